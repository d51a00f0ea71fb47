//! Patterns as tables: a state and a byte give the next state.

use regex_syntax::hir::Hir;
use rustc_hash::FxHashMap;

use super::classes::Classes;
use super::positions::{Others, Part, Positions, Set, Symbols, members};
use super::shifts::Shifts;

/// No text matches that goes on from here.
const FAILED: u8 = 0;
/// Every text matches that goes on from here.
const MATCHED: u8 = 1;
/// Whether the text matches depends on which of the characters that are not ASCII it has.
const OPEN: u8 = 2;
const START: u8 = 3;

/// The next states, by state and byte.
type Rows = Vec<[u8; 256]>;

/// Whether a text matches that ends in a state, by state.
type Answers = Vec<Option<bool>>;

/// Matches the beginning of a text, and no more of it than the pattern asks for.
#[derive(Debug)]
pub(super) struct Automaton {
    next: Next,
    answers: Answers,
    is_complete: bool,
    only_first: Option<u8>,
}

/// The next states.
#[derive(Debug)]
enum Next {
    Shifts(Box<Shifts>),
    Classes(Box<Classes>),
}

impl Automaton {
    /// The automaton of a pattern, unless it has too many positions or needs more than is here.
    pub(super) fn new(pattern: &Hir) -> Option<Self> {
        let mut positions = Positions::default();
        let whole = positions.part(pattern)?;
        let (table, answers) = states(&positions, whole)?;
        let own = table.get(usize::from(START)..).unwrap_or_default();
        let is_complete = !own.iter().any(|row| row.contains(&OPEN));
        let only_first = own.first().and_then(only_first);
        let few = Shifts::new(&table).map(|shifts| Next::Shifts(Box::new(shifts)));
        let next = few.unwrap_or_else(|| Next::Classes(Box::new(Classes::new(&table))));
        Some(Self { next, answers, is_complete, only_first })
    }

    /// Whether it always knows whether a text matches.
    pub(super) fn is_complete(&self) -> bool {
        self.is_complete
    }

    /// The only byte that leads on from the start.
    pub(super) fn only_first(&self) -> Option<u8> {
        self.only_first
    }

    /// Whether the text matches, if that can be told, as it always can of ASCII.
    #[inline]
    pub(super) fn is_match(&self, text: &str) -> Option<bool> {
        let state = match &self.next {
            Next::Shifts(shifts) => run(text, |state, piece| shifts.step(state, piece)),
            Next::Classes(classes) => run(text, |state, piece| classes.step(state, piece)),
        };
        self.answers.get(usize::from(state?)).copied().flatten()
    }
}

/// The only byte that leads on from the start, whose row this is.
fn only_first(start: &[u8; 256]) -> Option<u8> {
    let mut firsts = (0..=u8::MAX).zip(start).filter(|(_, next)| **next != START);
    let (first, _) = firsts.next()?;
    firsts.next().is_none().then_some(first)
}

/// The state after a text, or the first one after which nothing matters.
#[inline]
fn run(text: &str, step: impl Fn(u8, &[u8]) -> Option<u8>) -> Option<u8> {
    let (pieces, rest) = text.as_bytes().as_chunks::<16>();
    let mut state = START;
    for piece in pieces {
        state = step(state, piece)?;
        if state < START {
            return Some(state);
        }
    }
    step(state, rest)
}

/// Finds the states that can be reached, and numbers them. A state is the set of positions that
/// may match what comes next.
fn states(positions: &Positions, whole: Part) -> Option<(Rows, Answers)> {
    let mut states = States::default();
    let mut answers = vec![Some(false), Some(true), None];
    if whole.may_be_empty {
        states.next.push([MATCHED; 256]);
        answers.push(Some(true));
        return Some((states.next, answers));
    }
    states.number(whole.first)?;
    while let Some(set) = states.sets.get(answers.len()).copied() {
        let of_set = || members(set).filter_map(|position| positions.symbols.get(position));
        let ascii = of_set().fold(0, |ascii, symbols| ascii | symbols.ascii);
        let mut row = [FAILED; 256];
        for symbol in members(ascii) {
            let is_it = |symbols: &Symbols| symbols.ascii & 1 << symbol != 0;
            let next = states.find(after(positions, set, whole.last, is_it))?;
            row.get_mut(symbol).into_iter().for_each(|place| *place = next);
        }
        // The first byte of a character stands for all of it.
        let surely = after(positions, set, whole.last, |symbols| symbols.others == Others::All);
        let maybe = after(positions, set, whole.last, |symbols| symbols.others != Others::None);
        let next = if surely == maybe { states.find(surely)? } else { OPEN };
        row.iter_mut().skip(192).for_each(|place| *place = next);
        let own = u8::try_from(answers.len()).ok()?;
        row.iter_mut().skip(128).take(64).for_each(|place| *place = own);
        states.next.push(row);
        answers.push(Some(may_end(positions, set, whole.last)));
    }
    Some((states.next, answers))
}

/// The positions that may match after those of a set that match a symbol; nothing if the whole
/// pattern has matched.
fn after(
    positions: &Positions,
    set: Set,
    last: Set,
    is_it: impl Fn(&Symbols) -> bool,
) -> Option<Set> {
    members(set).try_fold(0, |after, position| {
        if !positions.symbols.get(position).is_some_and(&is_it) {
            return Some(after);
        }
        let is_last = last & 1 << position != 0;
        (!is_last).then(|| after | positions.follow.get(position).copied().unwrap_or_default())
    })
}

/// Whether the pattern matches if the text ends, which may be asked for several times.
fn may_end(positions: &Positions, set: Set, last: Set) -> bool {
    let mut reached = set;
    loop {
        let is_end = |position: &usize| positions.symbols.get(*position).is_some_and(|one| one.end);
        let before = reached;
        for position in members(before).filter(is_end) {
            if last & 1 << position != 0 {
                return true;
            }
            reached |= positions.follow.get(position).copied().unwrap_or_default();
        }
        if reached == before {
            return false;
        }
    }
}

/// The states, by number and by set.
#[derive(Debug)]
struct States {
    next: Rows,
    sets: Vec<Set>,
    numbers: FxHashMap<Set, u8>,
    /// What was asked for last: often characters that follow one another lead to the same state.
    last: (Option<Set>, u8),
}

impl Default for States {
    fn default() -> Self {
        Self {
            next: vec![[FAILED; 256], [MATCHED; 256], [OPEN; 256]],
            // No set stands for the states that have matched or are open.
            sets: vec![0, 0, 0],
            numbers: [(0, FAILED)].into_iter().collect(),
            last: (None, MATCHED),
        }
    }
}

impl States {
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
    fn only_some_patterns_can_be_told_from_ascii_alone() {
        fn t(pattern: &str, is_complete: bool, text: &str, expected: Option<bool>) {
            let automaton = Automaton::new(&regex_syntax::parse(pattern).unwrap()).unwrap();
            assert_eq!(automaton.is_complete(), is_complete, "{pattern}");
            assert_eq!(automaton.is_match(text), expected, "{pattern} {text}");
        }
        t("[^a]b", true, "\u{e9}b", Some(true));
        t("[a-\u{e9}]b", false, "ab", Some(true));
        t("[a-\u{e9}]b", false, "\u{e9}b", None);
        t("[a-\u{e9}]b", false, "bc\u{e9}", Some(false));
        t("a\u{e9}", false, "a\u{e9}", None);
        t("a\u{e9}", false, "b\u{e9}", Some(false));
        t("(?:.|\u{e9})b", true, "\u{e9}b", Some(true));
        t(".*(?:b|\u{e9})", false, "ab\u{e9}", Some(true));
    }

    #[test]
    fn what_is_too_long_or_not_here_has_no_automaton() {
        for pattern in ["a{129}", "(ab){65}", "a^b", "(?m)a$", "\\b"] {
            let parsed = regex_syntax::parse(pattern).unwrap();
            assert!(Automaton::new(&parsed).is_none(), "{pattern}");
        }
    }
}
