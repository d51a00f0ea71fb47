//! Patterns as tables: a state and a byte give the next state.

use regex_syntax::hir::Hir;
use rustc_hash::FxHashMap;

use super::classes::Classes;
use super::others::Others;
use super::positions::{Part, Positions, Set, members};
use super::shifts::Shifts;
use super::trail::{STEP, Trail};
use crate::plain::is_plain;

/// No text matches that goes on from here.
const FAILED: u8 = 0;
/// Every text matches that goes on from here.
const MATCHED: u8 = 1;
/// The first byte of a character does not tell the next state, but the whole of it does.
const OPEN: u8 = 2;
const START: u8 = 3;

/// Matches the beginning of a text, and no more of it than the pattern asks for.
#[derive(Debug)]
pub(super) struct Automaton {
    next: Next,
    others: Others,
    /// The next states by class of the characters that are not ASCII, by state.
    behind_others: Vec<Vec<u8>>,
    /// The state after the first byte, where it decides at once if the text matches.
    first: Box<[u8; 256]>,
    only_first: Option<u8>,
    answer_of_plain: Option<bool>,
}

/// The next states by byte. What a state is here is its number times the width.
pub(super) trait Table {
    fn width(&self) -> usize;
    /// The state after some bytes.
    fn step(&self, state: usize, bytes: &[u8]) -> usize;
    /// Whether a text matches that ends in a state.
    fn is_match(&self, state: usize) -> bool;
}

#[derive(Debug)]
enum Next {
    Shifts(Box<Shifts>),
    Classes(Box<Classes>),
}

impl Automaton {
    /// The automaton of a pattern, unless it has too many positions or needs more than is here.
    pub(super) fn new(pattern: &Hir) -> Option<Self> {
        let mut positions = Positions::new();
        let whole = positions.part(pattern)?;
        let others = Others::new(&positions.ranges)?;
        let states = States::new(&positions, &others, whole)?;
        let start = states.next.get(usize::from(START));
        let only_first = start.and_then(only_first);
        let first = Box::new(start.copied().unwrap_or([OPEN; 256]));
        let next = match Shifts::new(&states.next, &states.answers) {
            Some(shifts) => Next::Shifts(Box::new(shifts)),
            None => Next::Classes(Box::new(Classes::new(&states.next, &states.answers))),
        };
        let answer_of_plain = states.answer_of_plain();
        Some(Self {
            next,
            others,
            behind_others: states.behind_others,
            first,
            only_first,
            answer_of_plain,
        })
    }

    /// The only byte that leads on from the start.
    pub(super) fn only_first(&self) -> Option<u8> {
        self.only_first
    }

    /// Whether [plain](is_plain) texts match that are not empty, if all or none of them do.
    pub(super) fn answer_of_plain(&self) -> Option<bool> {
        self.answer_of_plain
    }

    #[inline]
    pub(super) fn is_match(&self, text: &str) -> bool {
        let first = text.as_bytes().first().and_then(|first| self.first.get(usize::from(*first)));
        if let Some(state @ (&FAILED | &MATCHED)) = first {
            return *state == MATCHED;
        }
        if text.len() >= STEP
            && let Some(answer) = self.answer_of_plain
            && is_plain(text)
        {
            return answer;
        }
        match &self.next {
            Next::Shifts(shifts) => self.matches(&**shifts, text),
            Next::Classes(classes) => self.matches(&**classes, text),
        }
    }

    /// The same of a text that may begin like the one before.
    pub(super) fn is_match_along(&self, text: &str, trail: &mut Trail) -> bool {
        let from = trail.turn(text);
        let note = |start, state| trail.note(start, state);
        match &self.next {
            Next::Shifts(shifts) => self.run(&**shifts, text, from, note),
            Next::Classes(classes) => self.run(&**classes, text, from, note),
        }
    }

    #[inline]
    fn matches(&self, table: &impl Table, text: &str) -> bool {
        if text.len() < STEP {
            let state = table.step(usize::from(START) * table.width(), text.as_bytes());
            if state != usize::from(OPEN) * table.width() {
                return table.is_match(state);
            }
        }
        self.run(table, text, None, |_, _| ())
    }

    /// Goes through a text until nothing matters any more; `from` is where to begin and in which
    /// state, if not at the start. Each step is noted.
    #[inline(never)]
    fn run(
        &self,
        table: &impl Table,
        text: &str,
        from: Option<(usize, usize)>,
        mut note: impl FnMut(usize, usize),
    ) -> bool {
        let open = usize::from(OPEN) * table.width();
        let (at, mut state) = from.unwrap_or((0, usize::from(START) * table.width()));
        let mut rest = text.as_bytes().get(at..).unwrap_or_default();
        while let Some((piece, behind)) = rest.split_first_chunk::<STEP>() {
            let next = table.step(state, piece);
            if next == open {
                (state, rest) = self.over_open(table, text, rest, state);
            } else {
                note(text.len() - rest.len(), next);
                (state, rest) = (next, behind);
            }
            if state < open {
                return table.is_match(state);
            }
        }
        let mut next = table.step(state, rest);
        while next == open {
            (state, rest) = self.over_open(table, text, rest, state);
            next = table.step(state, rest);
        }
        table.is_match(next)
    }

    /// Goes on to the next character that the first byte leaves open, and over it.
    #[cold]
    fn over_open<'t>(
        &self,
        table: &impl Table,
        text: &str,
        mut rest: &'t [u8],
        mut state: usize,
    ) -> (usize, &'t [u8]) {
        let width = table.width();
        while let Some((byte, behind)) = rest.split_first() {
            let next = table.step(state, &[*byte]);
            if next == usize::from(OPEN) * width {
                let at = text.len() - rest.len();
                let character = text.get(at..).and_then(|text| text.chars().next());
                let class = self.others.class(character.unwrap_or_default());
                let states = self.behind_others.get(state / width);
                let next = states.and_then(|states| states.get(class)).copied().unwrap_or(FAILED);
                let behind = rest.get(character.map_or(1, char::len_utf8)..).unwrap_or_default();
                return (usize::from(next) * width, behind);
            }
            (state, rest) = (next, behind);
        }
        (state, rest)
    }
}

/// The only byte that leads on from the start, whose row this is.
fn only_first(start: &[u8; 256]) -> Option<u8> {
    let mut firsts = (0..=u8::MAX).zip(start).filter(|(_, next)| **next != START);
    let (first, _) = firsts.next()?;
    firsts.next().is_none().then_some(first)
}

/// The positions that may match after those that have matched; nothing if one of these is the
/// last one, so that the whole pattern has matched.
fn after(positions: &Positions, matched: Set, last: Set) -> Option<Set> {
    let follow = |position| positions.follow.get(position).copied().unwrap_or_default();
    (matched & last == 0).then(|| members(matched).fold(0, |after, one| after | follow(one)))
}

/// Whether the pattern matches if the text ends, which may be asked for several times.
fn may_end(positions: &Positions, set: Set, last: Set) -> bool {
    let mut reached = set;
    loop {
        let Some(after) = after(positions, reached & positions.ends, last) else { return true };
        if after | reached == reached {
            return false;
        }
        reached |= after;
    }
}

/// The states, by number and by set: a state is the set of positions that may match what comes
/// next.
#[derive(Debug)]
struct States {
    next: Vec<[u8; 256]>,
    behind_others: Vec<Vec<u8>>,
    answers: Vec<bool>,
    sets: Vec<Set>,
    numbers: FxHashMap<Set, u8>,
    /// What was asked for last: often characters that follow one another lead to the same state.
    last: (Option<Set>, u8),
}

impl States {
    /// The states that can be reached, unless there are too many.
    fn new(positions: &Positions, others: &Others, whole: Part) -> Option<Self> {
        let mut states = Self {
            next: vec![[FAILED; 256], [MATCHED; 256], [OPEN; 256]],
            behind_others: vec![Vec::new(); usize::from(START)],
            answers: vec![false, true, false],
            // No set stands for the states that have matched or are open.
            sets: vec![0; usize::from(START)],
            numbers: [(0, FAILED)].into_iter().collect(),
            last: (None, MATCHED),
        };
        if whole.may_be_empty {
            states.next.push([MATCHED; 256]);
            states.answers.push(true);
            return Some(states);
        }
        states.number(whole.first)?;
        while let Some(set) = states.sets.get(states.answers.len()).copied() {
            states.add(positions, others, (set, whole.last))?;
        }
        Some(states)
    }

    /// Adds what comes after a state.
    fn add(
        &mut self,
        positions: &Positions,
        others: &Others,
        (set, last): (Set, Set),
    ) -> Option<()> {
        let own = u8::try_from(self.answers.len()).ok()?;
        let mut behind = |matching: &Set| self.find(after(positions, set & matching, last));
        let mut row = [own; 256];
        for (place, matching) in row.iter_mut().zip(&positions.ascii) {
            *place = behind(matching)?;
        }
        let of_class: Vec<u8> = others.sets.iter().map(behind).collect::<Option<_>>()?;
        // Bytes behind the first one of a character change nothing, and others do not come.
        for (first, place) in (0..=u8::MAX).zip(&mut row).skip(192) {
            let mut states = others.classes(first).filter_map(|class| of_class.get(class));
            let state = states.next().copied().unwrap_or(own);
            *place = if states.all(|other| *other == state) { state } else { OPEN };
        }
        self.next.push(row);
        self.behind_others.push(of_class);
        self.answers.push(may_end(positions, set, last));
        Some(())
    }

    /// The answer in all states that plain texts end in, if it is one.
    fn answer_of_plain(&self) -> Option<bool> {
        // Each with whether a space was the last byte, as no plain text begins with one.
        let (mut reached, mut position) = (vec![(START, true)], 0);
        while let Some((state, is_space)) = reached.get(position).copied() {
            position += 1;
            let row = self.next.get(usize::from(state))?;
            for (byte, next) in (b' '..=b'~').zip(row.iter().skip(usize::from(b' '))) {
                let next = (*next, byte == b' ');
                if !(is_space && next.1 || reached.contains(&next)) {
                    reached.push(next);
                }
            }
        }
        let ends = reached.iter().filter(|(_, is_space)| !is_space);
        let mut answers = ends.map(|(state, _)| self.answers.get(usize::from(*state)));
        let first = answers.next()??;
        answers.all(|answer| answer == Some(first)).then_some(*first)
    }

    /// The number of a state; none if there are too many.
    fn find(&mut self, set: Option<Set>) -> Option<u8> {
        if self.last.0 != set {
            self.last = (set, set.map_or(Some(MATCHED), |set| self.number(set))?);
        }
        Some(self.last.1)
    }

    fn number(&mut self, set: Set) -> Option<u8> {
        if let Some(number) = self.numbers.get(&set) {
            return Some(*number);
        }
        let number = u8::try_from(self.sets.len()).ok()?;
        self.sets.push(set);
        self.numbers.insert(set, number);
        Some(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_told_apart_by_all_their_bytes() {
        fn t(pattern: &str, matching: &[&str], others: &[&str]) {
            let automaton = Automaton::new(&regex_syntax::parse(pattern).unwrap()).unwrap();
            for (texts, expected) in [(matching, true), (others, false)] {
                for text in texts {
                    assert_eq!(automaton.is_match(text), expected, "{pattern} {text}");
                }
            }
        }
        t("[^a]b", &["\u{e9}b"], &["ab"]);
        t("[a-\u{e9}]b", &["\u{e9}b", "\u{80}b", "ab"], &["\u{ea}b", "\u{3b1}b", "bc\u{e9}"]);
        t("(?:.|\u{e9})b", &["\u{e9}b"], &["b"]);
        t(".*[b\u{2009}]", &["\u{2008}\u{2009}", "aaaaaaaaaaaaaaa\u{2009}"], &["\u{2008}"]);
        t("[^\u{10000}]{20}$", &[&"\u{e9}".repeat(20)], &[&"\u{10000}".repeat(20)]);
        t("[\u{7f}-\u{80}]", &["\u{7f}", "\u{80}"], &["~", "\u{81}"]);
        t("[\u{10fffe}-\u{10ffff}]", &["\u{10ffff}"], &["\u{10fffd}", "\u{ffff}"]);
        t("\\w$", &["\u{3b1}", "\u{4e00}", "_"], &["\u{2009}", "-"]);
    }

    #[test]
    fn what_is_too_long_or_not_here_has_no_automaton() {
        for pattern in ["a{129}", "(ab){65}", "a^b", "(?m)a$", "\\b"] {
            let parsed = regex_syntax::parse(pattern).unwrap();
            assert!(Automaton::new(&parsed).is_none(), "{pattern}");
        }
    }
}
