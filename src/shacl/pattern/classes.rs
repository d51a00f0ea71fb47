//! Automata of many states: bytes that no state tells apart are one class, so that all rows together
//! are small enough to stay near.

use std::iter;

use rustc_hash::FxHashMap;

use super::automaton::Table;

/// The next states, by state and class.
#[derive(Debug)]
pub(super) struct Classes {
    /// The class of each byte.
    of_bytes: [u8; 256],
    /// The number of classes, and so how far the rows are apart.
    width: usize,
    next: Vec<u16>,
    /// For each place in `next`, whether a text matches that ends in the state of its row.
    answers: Vec<bool>,
}

impl Classes {
    /// The same as a table of the next states by state and byte.
    pub(super) fn new(table: &[[u8; 256]], answers: &[bool]) -> Self {
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
        let of_row = |answer: &bool| iter::repeat_n(*answer, width);
        let answers = answers.iter().flat_map(of_row).collect();
        Self { of_bytes, width, next: table.iter().flat_map(row).collect(), answers }
    }
}

/// A state is where its row begins.
impl Table for Classes {
    #[inline]
    fn width(&self) -> usize {
        self.width
    }

    #[inline]
    fn step(&self, row: usize, bytes: &[u8]) -> usize {
        bytes.iter().fold(row, |row, byte| {
            let class = self.of_bytes.get(usize::from(*byte)).copied().unwrap_or_default();
            self.next.get(row + usize::from(class)).copied().map_or(0, usize::from)
        })
    }

    #[inline]
    fn is_match(&self, row: usize) -> bool {
        self.answers.get(row).copied().unwrap_or_default()
    }
}
