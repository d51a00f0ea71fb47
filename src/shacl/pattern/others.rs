//! Characters that are not ASCII, in classes: those of a class are matched by the same positions.

use super::positions::Set;

/// The first character that is not ASCII.
const FIRST: u32 = 0x80;

/// Ranges of characters, both ends included, with the position that matches them.
pub(super) type Ranges = Vec<(u32, u32, usize)>;

#[derive(Debug)]
pub(super) struct Others {
    /// Where the characters of a class begin; they end where the next ones begin.
    starts: Vec<(u32, u8)>,
    /// For each class, the positions that match its characters.
    pub(super) sets: Vec<Set>,
}

impl Others {
    /// The classes that these ranges make, unless they are too many.
    pub(super) fn new(ranges: &Ranges) -> Option<Self> {
        // Where positions begin or cease to match.
        let mut changes: Vec<(u32, Set)> = vec![(FIRST, 0)];
        for (start, end, position) in ranges.iter().filter(|(_, end, _)| *end >= FIRST) {
            let position: Set = 1 << position;
            changes.extend([((*start).max(FIRST), position), (end + 1, position)]);
        }
        changes.sort_unstable();
        let (mut starts, mut sets) = (Vec::new(), Vec::new());
        let mut set = 0;
        for changes in changes.chunk_by(|left, right| left.0 == right.0) {
            set = changes.iter().fold(set, |set, (_, position)| set ^ position);
            let known = sets.iter().position(|known| *known == set);
            let class = known.unwrap_or_else(|| {
                sets.push(set);
                sets.len() - 1
            });
            let start = changes.first().map_or(FIRST, |change| change.0);
            starts.push((start, u8::try_from(class).ok()?));
        }
        Some(Self { starts, sets })
    }

    /// The class of a character.
    pub(super) fn class(&self, character: char) -> usize {
        self.at(self.run(u32::from(character)))
    }

    /// The classes of the characters whose first byte is this one.
    pub(super) fn classes(&self, first: u8) -> impl Iterator<Item = usize> {
        let range = characters(first).map(|(start, end)| self.run(start)..self.run(end) + 1);
        range.into_iter().flatten().map(|run| self.at(run))
    }

    /// The position in `starts` of the characters that one is among.
    fn run(&self, character: u32) -> usize {
        self.starts.partition_point(|(start, _)| *start <= character).saturating_sub(1)
    }

    fn at(&self, run: usize) -> usize {
        self.starts.get(run).map_or(0, |(_, class)| usize::from(*class))
    }
}

/// The first and the last character whose [first byte](https://www.rfc-editor.org/rfc/rfc3629) is
/// this one, if there are some.
fn characters(first: u8) -> Option<(u32, u32)> {
    let (length, start) = match first {
        0xC2..=0xDF => (6, u32::from(first & 0x1F)),
        0xE0..=0xEF => (12, u32::from(first & 0xF)),
        0xF0..=0xF4 => (18, u32::from(first & 0x7)),
        _ => return None,
    };
    let end = ((start + 1) << length) - 1;
    Some(((start << length).max(FIRST), end.min(char::MAX.into())))
}
