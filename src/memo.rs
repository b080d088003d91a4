//! What was made lately, for as long as the same is asked for.

use std::sync::{Arc, Mutex, PoisonError};

use crate::error::Result;

/// The last few values and what they were made from. A page that ranks after
/// every key, or a worker that ranks for every shop, asks with the same policies
/// and rules again and again.
pub(crate) struct Memo<K, V>(Mutex<Kept<K, V>>);

/// Values, and whose turn it is to go.
type Kept<K, V> = ([Option<(K, Arc<V>)>; KEPT], usize);

/// How many values are kept.
const KEPT: usize = 4;

impl<K, V> Memo<K, V> {
    /// The kept value of whose key `same` says that it is the one asked for, or
    /// else what `make` makes, with its key.
    pub(crate) fn get(
        &self,
        same: impl Fn(&K) -> bool,
        make: impl FnOnce() -> Result<(K, V)>,
    ) -> Result<Arc<V>> {
        // What another thread left when it panicked is whole values.
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (values, next) = &mut *kept;
        if let Some((_, value)) = values.iter().flatten().find(|(key, _)| same(key)) {
            return Ok(value.clone());
        }
        let (key, value) = make()?;
        let value = Arc::new(value);
        values[*next] = Some((key, value.clone()));
        *next = (*next + 1) % KEPT;
        Ok(value)
    }
}

impl<K, V> Memo<K, V> {
    /// Forgets it: what it was made from is no longer so.
    pub(crate) fn forget(&mut self) {
        *self = Memo::default();
    }
}

impl<K, V> Default for Memo<K, V> {
    fn default() -> Memo<K, V> {
        Memo(Mutex::new(([const { None }; KEPT], 0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Kind;

    #[test]
    fn makes_a_value_once_and_again_for_another_key() {
        let memo = Memo::default();
        let made = |key: u8| memo.get(|&k| k == key, || Ok((key, vec![key])));
        let first = made(1).unwrap();
        assert!(Arc::ptr_eq(&first, &made(1).unwrap()));
        for key in 2..5 {
            assert_eq!(*made(key).unwrap(), [key]);
        }
        assert!(Arc::ptr_eq(&first, &made(1).unwrap()), "four are kept");
        made(5).unwrap();
        assert!(!Arc::ptr_eq(&first, &made(1).unwrap()), "and no fifth");
    }

    #[test]
    fn an_error_is_not_kept() {
        let memo: Memo<u8, u8> = Memo::default();
        let error = || {
            Err(Kind::UnknownShop {
                id: String::from("s"),
            }
            .into())
        };
        memo.get(|_| true, error).unwrap_err();
        assert_eq!(*memo.get(|_| true, || Ok((1, 7))).unwrap(), 7);
    }
}
