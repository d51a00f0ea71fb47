use std::mem;

use rustc_hash::FxHashSet;

/// How many keys are kept as the new ones.
const NEW: usize = 50_000;

/// The keys that came lately: those that come again and again stay, others go after a while.
///
/// Of the descriptions of a database most genes come back, and most articles do not.
#[derive(Debug, Default)]
pub(crate) struct Recent {
    new: FxHashSet<u128>,
    /// Those that were the new ones before.
    old: FxHashSet<u128>,
}

impl Recent {
    /// Adds a key; says whether it is one that is not known.
    pub(crate) fn insert(&mut self, key: u128) -> bool {
        if !self.new.insert(key) {
            return false;
        }
        let is_old = self.old.contains(&key);
        if self.new.len() >= NEW {
            mem::swap(&mut self.new, &mut self.old);
            self.new.clear();
        }
        !is_old
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_come_back_stay_and_others_go() {
        let mut recent = Recent::default();
        let mut new = 0;
        for key in 100..500_000 {
            new += usize::from(recent.insert(key % 100));
            assert!(recent.insert(key));
            assert!(recent.new.len() < NEW && recent.old.len() <= NEW);
        }
        assert_eq!(new, 100);
        assert!(!recent.insert(499_999));
        assert!(recent.insert(100));
    }
}
