/// The hashes of the lines that are wanted, and which of them were found.
#[derive(Debug)]
pub(super) struct Wanted {
    hashes: Vec<u128>,
    found: Vec<bool>,
}

impl Wanted {
    pub(super) fn new(mut hashes: Vec<u128>) -> Self {
        hashes.sort_unstable();
        hashes.dedup();
        let found = vec![false; hashes.len()];
        Self { hashes, found }
    }

    /// Whether a wanted line was found before; nothing if it is not wanted.
    pub(super) fn find(&mut self, hash: u128) -> Option<bool> {
        let position = self.hashes.binary_search(&hash).ok()?;
        Some(std::mem::replace(self.found.get_mut(position)?, true))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_found_for_the_first_time_once() {
        let mut wanted = Wanted::new(vec![3, 1, 3]);
        assert_eq!([1, 2, 3, 1, 3].map(|hash| wanted.find(hash)), {
            [Some(false), None, Some(false), Some(true), Some(true)]
        });
    }
}
