//! What was made last, for as long as the same is asked for.

use std::sync::{Arc, Mutex, PoisonError};

use crate::error::Result;

/// A value and what it was made from. A page that ranks after every key, or a
/// worker that ranks for every shop, asks with the same policy and rules again
/// and again.
pub(crate) struct Memo<K, V>(Mutex<Option<(K, Arc<V>)>>);

impl<K, V> Memo<K, V> {
    /// The last value if `same` says that its key is the one asked for, or else
    /// what `make` makes, with its key.
    pub(crate) fn get(
        &self,
        same: impl FnOnce(&K) -> bool,
        make: impl FnOnce() -> Result<(K, V)>,
    ) -> Result<Arc<V>> {
        // What another thread left when it panicked is a whole value or none.
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((key, value)) = &*last
            && same(key)
        {
            return Ok(value.clone());
        }
        let (key, value) = make()?;
        let value = Arc::new(value);
        *last = Some((key, value.clone()));
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
        Memo(Mutex::new(None))
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
        assert_eq!(*made(2).unwrap(), [2]);
        assert!(!Arc::ptr_eq(&first, &made(1).unwrap()), "one is kept");
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
