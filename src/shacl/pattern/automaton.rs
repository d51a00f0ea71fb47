//! Patterns as tables: a state and a byte give the next state.

use regex_syntax::hir::Hir;
use rustc_hash::FxHashMap;

use super::positions::{Part, Positions, Set, Symbols, members};

/// No text matches that goes on from here.
const FAILED: u8 = 0;
/// Every text matches that goes on from here.
const MATCHED: u8 = 1;
const START: u8 = 2;

/// Matches the beginning of a text, and no more of it than the pattern asks for.
#[derive(Debug)]
pub(super) struct Automaton {
    /// The next states, by state and byte.
    next: Vec<[u8; 256]>,
    /// Whether a text may end in a state.
    ends: Vec<bool>,
}

impl Automaton {
    /// The automaton of a pattern, unless it has too many positions or needs more than is here.
    pub(super) fn new(pattern: &Hir) -> Option<Self> {
        let mut positions = Positions::default();
        let whole = positions.part(pattern)?;
        automaton(&positions, whole)
    }

    pub(super) fn is_match(&self, text: &str) -> bool {
        let mut state = START;
        for piece in text.as_bytes().chunks(16) {
            for byte in piece {
                let row = self.next.get(usize::from(state));
                let next = row.and_then(|row| row.get(usize::from(*byte)));
                state = next.copied().unwrap_or(FAILED);
            }
            if state < START {
                break;
            }
        }
        self.ends.get(usize::from(state)).copied().unwrap_or_default()
    }
}

/// Finds the states that can be reached, and numbers them. A state is the set of positions that
/// may match what comes next.
fn automaton(positions: &Positions, whole: Part) -> Option<Automaton> {
    let mut states = States::default();
    if whole.may_be_empty {
        states.next = vec![[FAILED; 256], [MATCHED; 256], [MATCHED; 256]];
        return Some(Automaton { next: states.next, ends: vec![false, true, true] });
    }
    let mut ends = vec![false, true];
    states.number(whole.first)?;
    while let Some(set) = states.sets.get(ends.len()).copied() {
        let of_set = || members(set).filter_map(|position| positions.symbols.get(position));
        let ascii = of_set().fold(0, |ascii, symbols| ascii | symbols.ascii);
        let mut row = [FAILED; 256];
        for symbol in members(ascii) {
            let is_it = |symbols: &Symbols| symbols.ascii & 1 << symbol != 0;
            let next = states.find(after(positions, set, whole.last, is_it))?;
            row.get_mut(symbol).into_iter().for_each(|place| *place = next);
        }
        // The first byte of a character stands for all of it.
        let next = states.find(after(positions, set, whole.last, |symbols| symbols.others))?;
        row.iter_mut().skip(192).for_each(|place| *place = next);
        let own = u8::try_from(ends.len()).ok()?;
        row.iter_mut().skip(128).take(64).for_each(|place| *place = own);
        states.next.push(row);
        ends.push(may_end(positions, set, whole.last));
    }
    Some(Automaton { next: states.next, ends })
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
    next: Vec<[u8; 256]>,
    sets: Vec<Set>,
    numbers: FxHashMap<Set, u8>,
    /// What was asked for last: often characters that follow one another lead to the same state.
    last: (Option<Set>, u8),
}

impl Default for States {
    fn default() -> Self {
        Self {
            next: vec![[FAILED; 256], [MATCHED; 256]],
            // No set stands for the state that has matched.
            sets: vec![0, 0],
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
    use fastrand::Rng;
    use regex::Regex;

    use super::*;

    const ATOMS: [&str; 12] =
        ["a", "b", "c", "ab", "[ab]", "[^a]", ".", "[^ab]", "$", "[b-z]", "(?s:.)", ""];
    const COUNTS: [&str; 9] = ["*", "+", "?", "{2}", "{0,2}", "{1,3}", "{2,}", "{0}", "+?"];

    fn one<'a>(random: &mut Rng, choices: &[&'a str]) -> &'a str {
        choices[random.usize(..choices.len())]
    }

    fn pattern(random: &mut Rng, depth: u32) -> String {
        if depth == 0 {
            return one(random, &ATOMS).to_owned();
        }
        let left = pattern(random, depth - 1);
        match random.u32(..4) {
            0 => format!("(?:{left}|{})", pattern(random, depth - 1)),
            1 => format!("({left}){}", one(random, &COUNTS)),
            _ => left + &pattern(random, depth - 1),
        }
    }

    #[test]
    fn automata_match_what_the_crate_regex_matches() {
        let mut random = Rng::with_seed(3);
        let (mut number, mut matches) = (0, 0);
        for _ in 0..3_000 {
            let depth = random.u32(..4);
            let pattern = pattern(&mut random, depth);
            let parsed = regex_syntax::parse(&pattern).unwrap();
            let regex = Regex::new(&format!("^(?:{pattern})")).unwrap();
            let Some(automaton) = Automaton::new(&parsed) else { continue };
            number += 1;
            for _ in 0..20 {
                let length = random.usize(..6);
                let letters = ["a", "b", "c", "\n", "\u{e9}", "\u{10ffff}"];
                let text: String = (0..length).map(|_| one(&mut random, &letters)).collect();
                matches += usize::from(regex.is_match(&text));
                assert_eq!(automaton.is_match(&text), regex.is_match(&text), "{pattern} {text:?}");
            }
        }
        assert!(number > 2_500, "{number} automata");
        assert!(matches > 10_000 && matches < 50_000, "{matches} matches");
    }

    #[test]
    fn what_is_too_long_or_not_here_has_no_automaton() {
        for pattern in ["a{129}", "(ab){65}", "[a-\u{e9}]", "a^b", "(?m)a$", "\\b"] {
            let parsed = regex_syntax::parse(pattern).unwrap();
            assert!(Automaton::new(&parsed).is_none(), "{pattern}");
        }
    }
}
