/// How many groups of places there are: a power of two.
const GROUPS: u128 = 1 << 15;

/// The keys of a group lie in one cache line.
const PLACES: usize = 4;

/// The keys that came lately: each has a few places, where it stays until as many others came for
/// them.
///
/// Of the descriptions of a database most genes come back, and most articles do not.
#[derive(Debug)]
pub(crate) struct Recent(Vec<[u128; PLACES]>);

impl Default for Recent {
    fn default() -> Self {
        // No key is in the same group as its neighbour.
        Self((0..GROUPS).map(|group| [group ^ 1; PLACES]).collect())
    }
}

impl Recent {
    /// Adds a key; says whether it is one that is not known.
    pub(crate) fn insert(&mut self, key: u128) -> bool {
        let group = usize::try_from(key % GROUPS).ok().and_then(|group| self.0.get_mut(group));
        let Some(keys) = group else { return true };
        if keys.contains(&key) {
            return false;
        }
        keys.rotate_right(1);
        if let Some(first) = keys.first_mut() {
            *first = key;
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_known_until_others_took_their_places() {
        let mut recent = Recent::default();
        for key in (0..4 * GROUPS).chain([u128::MAX, GROUPS << 64]) {
            assert!(recent.insert(key), "{key}");
            assert!(!recent.insert(key), "{key}");
        }
        for time in 0..4 {
            assert!(!recent.insert(1 + time * GROUPS), "{time}");
        }
        assert!(recent.insert(1 + 4 * GROUPS));
        assert!(recent.insert(1));
        assert!(!recent.insert(1 + 3 * GROUPS));
    }
}
