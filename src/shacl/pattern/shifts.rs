//! Automata of few states: the next state of each is in one number for each byte.
//!
//! To take a byte is then to shift a number, which takes less time than to look into a table at a
//! place that the last look tells: see [Vognsen, Shift-based
//! DFAs](https://gist.github.com/pervognsen/218ea17743e1442e59bb60d29b1aa725).

/// How far the places of states are apart: a state has so many bits, enough for each place in a
/// number.
pub(super) const WIDTH: usize = 6;
const BITS: u64 = WIDTH as u64;
const PLACES: u64 = 1 << BITS;

/// For each byte, the next states: each is there as the place of its own next state.
#[derive(Debug)]
pub(super) struct Shifts([u64; 256]);

impl Shifts {
    /// The same as a table of the next states by state and byte, unless there are too many.
    pub(super) fn new(next: &[[u8; 256]]) -> Option<Self> {
        if next.len() as u64 > PLACES / BITS {
            return None;
        }
        let mut numbers = [0; 256];
        for (state, row) in (0..).zip(next) {
            for (number, next) in numbers.iter_mut().zip(row) {
                *number |= (u64::from(*next) * BITS) << (state * BITS);
            }
        }
        Some(Self(numbers))
    }

    /// The place of the state after some bytes.
    #[inline]
    pub(super) fn step(&self, place: usize, bytes: &[u8]) -> usize {
        // Only the lowest bits of what is carried on are a place, which is all that a shift takes.
        let next = |place: u64, byte: &u8| {
            let number = self.0.get(usize::from(*byte)).copied().unwrap_or_default();
            number >> (place % PLACES)
        };
        let last = bytes.iter().fold(place as u64, next);
        usize::try_from(last % PLACES).unwrap_or_default()
    }
}
