//! A hash table of ids with linear probing, half full at most.

use super::TermId;

/// A place for an id, and some bits of the hash of its term.
#[derive(Debug, Clone, Copy)]
struct Slot {
    hash: u32,
    id: TermId,
}

const EMPTY: Slot = Slot { hash: 0, id: TermId::MAX };

/// The number of slots is a power of two, or none.
#[derive(Debug, Clone, Default)]
pub(super) struct Slots {
    slots: Vec<Slot>,
    /// How many of them are taken.
    taken: usize,
}

impl Slots {
    /// The id of a term with this hash, or the slot where it would be.
    #[inline]
    pub(super) fn probe(&self, hash: u64, is_it: impl Fn(TermId) -> bool) -> Result<TermId, usize> {
        let last = self.slots.len().wrapping_sub(1);
        let mut position = (hash & 0xFFFF_FFFF) as usize & last;
        while let Some(slot) = self.slots.get(position).filter(|slot| slot.id != TermId::MAX) {
            if slot.hash == upper(hash) && is_it(slot.id) {
                return Ok(slot.id);
            }
            position = (position + 1) & last;
        }
        Err(position)
    }

    /// Whether there is room for one more.
    pub(super) fn has_room(&self) -> bool {
        2 * (self.taken + 1) <= self.slots.len()
    }

    /// Empties the table, and makes room for so many ids.
    pub(super) fn reset(&mut self, number: usize) {
        self.taken = 0;
        self.slots.clear();
        self.slots.resize((2 * number).next_power_of_two(), EMPTY);
    }

    /// Takes a slot that `probe` gave.
    #[inline]
    pub(super) fn put(&mut self, slot: usize, hash: u64, id: TermId) {
        if let Some(place) = self.slots.get_mut(slot) {
            *place = Slot { hash: upper(hash), id };
            self.taken += 1;
        }
    }

    /// Gives a slot back, if it is the one that was taken last of those that are taken.
    pub(super) fn free(&mut self, slot: usize) {
        if let Some(place) = self.slots.get_mut(slot) {
            *place = EMPTY;
            self.taken -= 1;
        }
    }
}

/// The bits of a hash that a slot keeps.
fn upper(hash: u64) -> u32 {
    (hash >> 32) as u32
}
