//! The text blocks that were inflated, as many as there is room for. Goods that
//! are shown together, and the shop's that speak for them, are asked for again
//! and again; inflating a block takes a hundred times as long as finding it.

use std::sync::{Arc, Mutex, PoisonError};

use super::text::Unpacked;
use crate::error::Result;

/// Bytes that are kept unless somebody asks for more.
const ROOM: usize = 4 << 20;

/// Inflated blocks by their numbers.
#[derive(Debug)]
pub(super) struct Inflated(Mutex<Kept>);

#[derive(Debug)]
struct Kept {
    room: usize,
    held: usize,
    blocks: Vec<Option<Arc<Unpacked>>>,
    /// Where to look for one that may go, round and round.
    hand: usize,
}

impl Default for Inflated {
    fn default() -> Inflated {
        Inflated(Mutex::new(Kept {
            room: ROOM,
            held: 0,
            blocks: Vec::new(),
            hand: 0,
        }))
    }
}

impl Inflated {
    /// The block of this number, made by `inflate` where it is not kept.
    pub(super) fn get(
        &self,
        number: usize,
        inflate: impl FnOnce() -> Result<Unpacked>,
    ) -> Result<Arc<Unpacked>> {
        self.with(|kept| {
            if let Some(Some(block)) = kept.blocks.get(number) {
                return Ok(block.clone());
            }
            let block = Arc::new(inflate()?);
            kept.keep(number, &block);
            Ok(block)
        })
    }

    /// How many bytes are kept from now on.
    pub(super) fn set_room(&self, bytes: usize) {
        self.with(|kept| {
            kept.room = bytes;
            kept.make_room(0);
        });
    }

    fn with<R>(&self, work: impl FnOnce(&mut Kept) -> R) -> R {
        // What another thread left when it panicked is whole blocks.
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Kept {
    fn keep(&mut self, number: usize, block: &Arc<Unpacked>) {
        self.make_room(block.len());
        while self.blocks.len() <= number {
            self.blocks.push(None);
        }
        self.held += block.len();
        self.blocks[number] = Some(block.clone());
    }

    /// Lets go of blocks in turn, whenever they were asked for: what is asked for
    /// often comes back, and no list has to be kept in order.
    fn make_room(&mut self, bytes: usize) {
        while self.held > 0 && self.held + bytes > self.room {
            self.hand = (self.hand + 1) % self.blocks.len();
            let block = self.blocks[self.hand].take();
            self.held -= block.map_or(0, |block| block.len());
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
mod tests {
    use super::*;
    use crate::error::Error;
    use proptest::prelude::*;

    /// Whether a block of so many bytes had to be made.
    fn made(inflated: &Inflated, number: usize, len: usize) -> bool {
        let mut made = false;
        let block = inflated.get(number, || {
            made = true;
            Unpacked::new(number, vec![0; len], 0..0, &[])
        });
        assert_eq!(block.unwrap().len(), len);
        made
    }

    #[test]
    fn what_there_is_room_for_is_kept() {
        let inflated = Inflated::default();
        inflated.set_room(3);
        assert!((0..3).all(|n| made(&inflated, n, 1)), "each is new");
        assert!(!(0..3).any(|n| made(&inflated, n, 1)), "and kept");
        assert!(made(&inflated, 3, 1), "for which 1 goes");
        assert!(![0, 2, 3].into_iter().any(|n| made(&inflated, n, 1)));
        assert!(made(&inflated, 1, 1), "for which 2 goes, round and round");
        assert!(![0, 1, 3].into_iter().any(|n| made(&inflated, n, 1)));
        inflated.set_room(0);
        assert!(made(&inflated, 3, 1), "as all go now");
    }

    #[test]
    fn an_error_is_not_kept() {
        let inflated = Inflated::default();
        let error = inflated.get(7, || Err(Error::damaged("text", "a", "b")));
        assert!(error.is_err() && made(&inflated, 7, 1));
    }

    proptest! {
        /// Whatever is asked for in whatever room, what is held is what is there.
        #[test]
        fn never_more_than_there_is_room_for(
            steps in prop::collection::vec((0usize..12, 0usize..40), 0..80)
        ) {
            let inflated = Inflated::default();
            for (number, room) in steps {
                inflated.set_room(room);
                made(&inflated, number, number);
                let again = made(&inflated, number, number);
                prop_assert!(!again, "the last is always kept");
                inflated.with(|kept| {
                    let blocks = kept.blocks.iter().flatten();
                    assert_eq!(blocks.map(|b| b.len()).sum::<usize>(), kept.held);
                    assert!(kept.held <= kept.room.max(number));
                });
            }
        }
    }
}
