//! Automata of many states: bytes that no state tells apart are one class, so that all rows together
//! are small enough to stay near.

use rustc_hash::FxHashMap;

/// The next states, by state and class. Here a state is where its row begins.
#[derive(Debug)]
pub(super) struct Classes {
    /// The class of each byte.
    of_bytes: [u8; 256],
    /// The number of classes, and so how far the rows are apart.
    pub(super) width: usize,
    next: Vec<u16>,
    /// For each state, whether a text matches that ends in it.
    answers: Vec<bool>,
}

impl Classes {
    /// The same as a table of the next states by state and byte.
    pub(super) fn new(table: &[[u8; 256]], answers: Vec<bool>) -> Self {
        let mut columns = FxHashMap::default();
        let (mut of_bytes, mut firsts) = ([0; 256], Vec::new());
        for (byte, class) in of_bytes.iter_mut().enumerate() {
            let column: Vec<_> = table.iter().filter_map(|row| row.get(byte).copied()).collect();
            let number = columns.len();
            let number = *columns.entry(column).or_insert_with(|| {
                firsts.push(byte);
                number
            });
            *class = u8::try_from(number).unwrap_or(u8::MAX);
        }
        let width = firsts.len();
        let start = |state: &u8| u16::try_from(usize::from(*state) * width).unwrap_or(u16::MAX);
        let row = |row: &[u8; 256]| -> Vec<_> {
            firsts.iter().filter_map(|byte| row.get(*byte)).map(start).collect()
        };
        Self { of_bytes, width, next: table.iter().flat_map(row).collect(), answers }
    }

    /// The row of the state after some bytes.
    #[inline]
    pub(super) fn step(&self, row: usize, bytes: &[u8]) -> usize {
        bytes.iter().fold(row, |row, byte| {
            let class = self.of_bytes.get(usize::from(*byte)).copied().unwrap_or_default();
            self.next.get(row + usize::from(class)).copied().map_or(0, usize::from)
        })
    }

    /// Whether a text matches that ends in the state of a row.
    #[inline]
    pub(super) fn is_match(&self, row: usize) -> bool {
        self.answers.get(row / self.width).copied().unwrap_or_default()
    }
}
