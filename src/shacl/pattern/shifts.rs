//! Automata of few states: the next state of each is in one number for each byte.
//!
//! To take a byte is then to shift a number, which takes less time than to look into a table at a
//! place that the last look tells: see [Vognsen, Shift-based
//! DFAs](https://gist.github.com/pervognsen/218ea17743e1442e59bb60d29b1aa725).

use super::automaton::Table;

/// The bits of a state: enough for each place in a number.
const BITS: u64 = 6;
const PLACES: u64 = 1 << BITS;

/// The next states by byte. Bytes that lead to the same states from each are one class, so that all
/// numbers together are small enough to stay near.
#[derive(Debug)]
pub(super) struct Shifts {
    /// For each place, whether a text matches that ends in its state.
    answers: u64,
    /// For each byte, its class.
    classes: [u8; 256],
    /// For each class, the next states: each is there as the place of its own next state.
    numbers: [u64; 256],
}

impl Shifts {
    /// The same as a table of the next states by state and byte, unless there are too many.
    pub(super) fn new(next: &[[u8; 256]], answers: &[bool]) -> Option<Self> {
        if next.len() as u64 > PLACES / BITS {
            return None;
        }
        let mut of_bytes = [0; 256];
        for (state, row) in (0..).zip(next) {
            for (number, next) in of_bytes.iter_mut().zip(row) {
                *number |= (u64::from(*next) * BITS) << (state * BITS);
            }
        }
        let mut shifts = Self { answers: 0, classes: [0; 256], numbers: [0; 256] };
        for (state, answer) in (0..).zip(answers) {
            shifts.answers |= u64::from(*answer) << (state * BITS);
        }
        let mut known = Vec::new();
        for (class, number) in shifts.classes.iter_mut().zip(of_bytes) {
            let position = known.iter().position(|one| *one == number).unwrap_or_else(|| {
                known.push(number);
                known.len() - 1
            });
            *class = u8::try_from(position).ok()?;
        }
        for (place, number) in shifts.numbers.iter_mut().zip(known) {
            *place = number;
        }
        Some(shifts)
    }
}

/// A state is its place.
impl Table for Shifts {
    #[inline]
    fn width(&self) -> usize {
        usize::try_from(BITS).unwrap_or_default()
    }

    #[inline]
    fn step(&self, place: usize, bytes: &[u8]) -> usize {
        // Only the lowest bits of what is carried on are a place, which is all that a shift takes.
        let next = |place: u64, byte: &u8| {
            let class = self.classes.get(usize::from(*byte)).copied().unwrap_or_default();
            let number = self.numbers.get(usize::from(class)).copied().unwrap_or_default();
            number >> (place % PLACES)
        };
        let last = bytes.iter().fold(place as u64, next);
        usize::try_from(last % PLACES).unwrap_or_default()
    }

    #[inline]
    fn is_match(&self, place: usize) -> bool {
        self.answers >> (place as u64 % PLACES) & 1 != 0
    }
}
