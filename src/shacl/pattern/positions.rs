//! The characters and classes of a pattern, and which may follow which: [Glushkov's
//! construction](https://en.wikipedia.org/wiki/Glushkov%27s_construction_algorithm).

use regex_syntax::hir::{Class, Hir, HirKind, Look, Repetition};

use super::others::Ranges;

/// A set of positions.
pub(super) type Set = u128;

/// How many positions there may be; longer patterns are left to the crate `regex`.
const MAX_POSITIONS: usize = Set::BITS as usize;

/// A part of a pattern: how a match of it may begin and end.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Part {
    pub(super) may_be_empty: bool,
    pub(super) first: Set,
    pub(super) last: Set,
}

/// What the positions match: characters, or the end of the text.
#[derive(Debug)]
pub(super) struct Positions {
    /// For each ASCII character, the positions that match it.
    pub(super) ascii: [Set; 128],
    /// The characters that each position matches.
    pub(super) ranges: Ranges,
    /// The positions that match the end.
    pub(super) ends: Set,
    /// The positions that may come after each.
    pub(super) follow: Vec<Set>,
}

impl Positions {
    pub(super) fn new() -> Self {
        Self { ascii: [0; 128], ranges: Vec::new(), ends: 0, follow: Vec::new() }
    }

    pub(super) fn part(&mut self, pattern: &Hir) -> Option<Part> {
        match pattern.kind() {
            HirKind::Empty => Some(Part { may_be_empty: true, ..Part::default() }),
            HirKind::Literal(literal) => {
                let text = str::from_utf8(&literal.0).ok()?;
                self.sequence(text.chars(), |positions, one| positions.characters([(one, one)]))
            }
            HirKind::Class(Class::Unicode(class)) => {
                self.characters(class.iter().map(|range| (range.start(), range.end())))
            }
            HirKind::Class(Class::Bytes(class)) => {
                let class = class.to_unicode_class()?;
                self.characters(class.iter().map(|range| (range.start(), range.end())))
            }
            HirKind::Look(Look::End) => {
                let end = self.add()?;
                self.ends |= end.first;
                Some(end)
            }
            HirKind::Look(_) => None,
            HirKind::Repetition(repetition) => self.repetition(repetition),
            HirKind::Capture(capture) => self.part(&capture.sub),
            HirKind::Concat(parts) => self.sequence(parts, Self::part),
            HirKind::Alternation(parts) => parts.iter().try_fold(Part::default(), |whole, part| {
                let part = self.part(part)?;
                Some(Part {
                    may_be_empty: whole.may_be_empty || part.may_be_empty,
                    first: whole.first | part.first,
                    last: whole.last | part.last,
                })
            }),
        }
    }

    /// A position that matches these characters.
    fn characters(&mut self, ranges: impl IntoIterator<Item = (char, char)>) -> Option<Part> {
        let position = self.follow.len();
        let part = self.add()?;
        for (start, end) in ranges {
            self.ranges.push((start.into(), end.into(), position));
            let ascii = self.ascii.get_mut(start as usize..=(end as usize).min(127));
            ascii.into_iter().flatten().for_each(|set| *set |= part.first);
        }
        Some(part)
    }

    fn add(&mut self) -> Option<Part> {
        let position = self.follow.len();
        let set = (position < MAX_POSITIONS).then(|| 1 << position)?;
        self.follow.push(0);
        Some(Part { may_be_empty: false, first: set, last: set })
    }

    fn sequence<T>(
        &mut self,
        parts: impl IntoIterator<Item = T>,
        part: impl Fn(&mut Self, T) -> Option<Part>,
    ) -> Option<Part> {
        let empty = Part { may_be_empty: true, ..Part::default() };
        parts.into_iter().try_fold(empty, |left, next| {
            let right = part(self, next)?;
            Some(self.join(left, right))
        })
    }

    fn join(&mut self, left: Part, right: Part) -> Part {
        self.connect(left.last, right.first);
        Part {
            may_be_empty: left.may_be_empty && right.may_be_empty,
            first: left.first | if left.may_be_empty { right.first } else { 0 },
            last: right.last | if right.may_be_empty { left.last } else { 0 },
        }
    }

    fn connect(&mut self, left: Set, right: Set) {
        for position in members(left) {
            if let Some(follow) = self.follow.get_mut(position) {
                *follow |= right;
            }
        }
    }

    /// As many copies of a part as it may stand there, the last one in a loop if that is no
    /// number.
    fn repetition(&mut self, repetition: &Repetition) -> Option<Part> {
        let min = usize::try_from(repetition.min).ok()?;
        let max = repetition.max.map_or(Some(min.max(1)), |max| usize::try_from(max).ok())?;
        if max > MAX_POSITIONS {
            return None;
        }
        self.sequence(0..max, |positions, copy| {
            let mut part = positions.part(&repetition.sub)?;
            if repetition.max.is_none() && copy + 1 == max {
                positions.connect(part.last, part.first);
            }
            part.may_be_empty |= copy >= min;
            Some(part)
        })
    }
}

/// The members of a set.
pub(super) fn members(mut set: u128) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let first = (set != 0).then(|| set.trailing_zeros() as usize)?;
        set &= set - 1;
        Some(first)
    })
}
