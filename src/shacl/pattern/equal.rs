//! Compares patterns with those of the crate `regex`.

use fastrand::Rng;

use super::*;
use crate::plain::is_plain;

const ATOMS: [&str; 18] = [
    "a",
    "b",
    "c",
    "ab",
    "[ab]",
    "[^a]",
    ".",
    "[^ab]",
    "$",
    "[b-z]",
    "(?s:.)",
    "",
    "\u{e9}",
    "[a\u{e9}]",
    "[^b\u{e9}]",
    "[a\u{2004}-\u{2009}]",
    "[^\u{2004}-\u{2009}]",
    "\\w",
];
const COUNTS: [&str; 9] = ["*", "+", "?", "{2}", "{0,2}", "{1,3}", "{2,}", "{0}", "+?"];
const LETTERS: [&str; 8] = ["a", "b", "c", "\n", "\u{e9}", "\u{2009}", "\u{2013}", "\u{10ffff}"];

/// Characters of which only some stand in the classes of the bundled shapes.
const SIGNS: [&str; 12] =
    ["a", "N", "A", " ", ".", "|", "%20", ".jpg", "\u{7f}", "\u{a0}", "\u{e9}", "\u{3b1}"];

const BUNDLED: [&str; 8] = [
    "^$|^ | $|  |[\u{0}-\u{1f}\u{7f}-\u{a0}\u{1680}\u{2000}-\u{200a}\u{3000}\u{feff}]",
    "^[^\u{0}-\u{20}\u{7f}-\u{a0}\u{1680}]+( [^\u{0}-\u{20}\u{7f}-\u{a0}\u{1680}]+)*$",
    r"\.([Jj][Pp][Ee]?[Gg]|[Pp][Nn][Gg]|[Gg][Ii][Ff])$",
    r"^aN|\.([Jj][Pp][Ee]?[Gg]|[Pp][Nn][Gg]|[Gg][Ii][Ff])$",
    "%([01][0-9A-F]|20|7F|C2%[89][0-9A-F]|E2%80%(8[0-9A]|A[89F])|D0%[9A][0-9A-F])",
    r"^([^ ]| [^ |]| \|[^ ])*( \|?)?$",
    r"^([^N.]|N([^AUa]|A.|a([^N]|N.|$)|$)|\.([^n]|n([^a]|a([^.]|$)|$)|$)|$)",
    "^(aa:[0-9]+|a\\.[^\u{0}-\u{20}\u{7f}-\u{a0}A-Z\u{c0}-\u{d6}\u{391}-\u{3a9}]+|N*)$",
];

fn one<'a>(random: &mut Rng, choices: &[&'a str]) -> &'a str {
    choices[random.usize(..choices.len())]
}

fn part(random: &mut Rng, depth: u32) -> String {
    if depth == 0 {
        return one(random, &ATOMS).to_owned();
    }
    let left = part(random, depth - 1);
    match random.u32(..4) {
        0 => format!("(?:{left}|{})", part(random, depth - 1)),
        1 => format!("({left}){}", one(random, &COUNTS)),
        _ => left + &part(random, depth - 1),
    }
}

/// Alternatives, of which some begin with `^`, and few have another one.
fn pattern(random: &mut Rng) -> String {
    let alternatives = (0..=random.usize(..3)).map(|_| {
        let depth = random.u32(..4);
        let start = if random.bool() { "^" } else { "" };
        let inner = if random.u32(..20) == 0 { "^?" } else { "" };
        let end = if random.u32(..3) == 0 { "$" } else { "" };
        format!("{start}{}{inner}{end}", part(random, depth))
    });
    alternatives.collect::<Vec<_>>().join("|")
}

fn text(random: &mut Rng, characters: &[&str], longest: usize) -> String {
    (0..random.usize(..=longest)).map(|_| one(random, characters)).collect()
}

fn assert_equal(pattern: &Pattern, regex: &Regex, text: &str) {
    let expected = regex.is_match(text);
    assert_eq!(pattern.is_match(text), expected, "{regex} {text:?}");
    if !text.is_empty() && is_plain(text) {
        assert_eq!(pattern.answer_of_plain().unwrap_or(expected), expected, "{regex} {text:?}");
    }
}

#[test]
fn patterns_match_what_the_crate_regex_matches() {
    let (mut random, mut other_random) = (Rng::with_seed(3), Rng::with_seed(4));
    let (mut matches, mut one_answer, mut kinds) = (0, 0, [0; 6]);
    for _ in 0..1_500 {
        let written = pattern(&mut random);
        let regex = Regex::new(&written).unwrap();
        let (prefix, rest) = matcher(&regex_syntax::parse(&written).unwrap()).unwrap();
        kinds[match rest {
            Rest::Anything => 0,
            Rest::Text(_) => 1,
            Rest::Automaton(_) => 2,
            Rest::AtEnd(..) => 3,
            Rest::From(..) => 4,
            Rest::Regex(_) => 5,
        }] += 1;
        let pattern = Pattern { prefix, rest, text: written };
        for _ in 0..20 {
            let text = text(&mut random, &LETTERS, 6);
            matches += usize::from(regex.is_match(&text));
            assert_equal(&pattern, &regex, &text);
        }
        assert_equal(&pattern, &regex, &text(&mut random, &LETTERS, 60));
        let pieces = [3, 8].map(|last| text(&mut other_random, &LETTERS[..last], 40));
        assert_equal(&pattern, &regex, &pieces.concat());
        one_answer += usize::from(pattern.answer_of_plain().is_some());
    }
    assert!(one_answer > 300 && one_answer < 1_200, "{one_answer} with one answer for plain texts");
    assert!(matches > 8_000 && matches < 26_000, "{matches} matches");
    assert!(kinds.iter().all(|number| *number > 10) && kinds[5] < 150, "{kinds:?}");
}

#[test]
fn texts_that_begin_alike_match_as_they_do_alone() {
    let mut random = Rng::with_seed(11);
    let mut matches = 0;
    let random_patterns: Vec<_> = (0..300).map(|_| pattern(&mut random)).collect();
    for written in random_patterns.iter().map(String::as_str).chain(BUNDLED) {
        let (prefix, rest) = matcher(&regex_syntax::parse(written).unwrap()).unwrap();
        let pattern = Pattern { prefix, rest, text: written.to_owned() };
        let mut trail = Trail::default();
        let mut last = String::new();
        for _ in 0..60 {
            let characters = if random.bool() { &SIGNS[..] } else { &LETTERS };
            let kept = random.usize(..=last.chars().count());
            let text: String = last.chars().take(kept).collect();
            last = text + &self::text(&mut random, characters, 40);
            let expected = pattern.is_match(&last);
            matches += usize::from(expected);
            assert_eq!(pattern.is_match_along(&last, &mut trail), expected, "{written} {last:?}");
        }
    }
    assert!(matches > 2_000, "{matches} matches");
}

#[test]
fn bundled_patterns_match_what_the_crate_regex_matches() {
    let mut random = Rng::with_seed(5);
    for written in BUNDLED {
        let pattern = compile(written, "").unwrap();
        assert!(!matches!(pattern.rest, Rest::Regex(_)), "{written}");
        let regex = Regex::new(written).unwrap();
        for _ in 0..500 {
            assert_equal(&pattern, &regex, &text(&mut random, &SIGNS, 8));
            assert_equal(&pattern, &regex, &text(&mut random, &SIGNS[..8], 30));
            assert_equal(&pattern, &regex, &text(&mut random, &SIGNS[..3], 4));
            let pieces = [4, 12].map(|last| text(&mut random, &SIGNS[..last], 40));
            assert_equal(&pattern, &regex, &pieces.concat());
        }
    }
}

#[test]
fn most_bundled_patterns_have_one_answer_for_plain_texts() {
    let answer = |pattern: &str| compile(pattern, "").unwrap().answer_of_plain();
    assert_eq!(BUNDLED.map(answer)[..2], [Some(false), Some(true)]);
    assert_eq!(answer("^ |  "), Some(false));
    assert_eq!(answer("^[^a]*$"), None);
}

#[test]
fn patterns_are_matched_in_the_cheapest_way() {
    fn t(pattern: &str, flags: &str, expected: &str) {
        let rest = format!("{:?}", compile(pattern, flags).unwrap().rest);
        assert!(rest.starts_with(expected), "{pattern} {rest}");
    }
    t("", "", "Automaton(");
    t("^", "", "Anything");
    t("^a", "", "Anything");
    t("#gene-", "", "Text(");
    t("^a[0-9]", "", "Automaton(");
    t("^a|b[0-9]", "", "Automaton(");
    t("a[0-9]$", "", "AtEnd(2,");
    t("a[0-9]*$", "", "From(97,");
    t("^a|a[0-9]$", "", "Automaton(");
    t("%[0-9]", "", "From(37,");
    t("^[a\u{e9}]", "", "Automaton(");
    t("[k]", "i", "Automaton(");
    t("[a\u{e9}]$", "", "AtEnd(2,");
    t("b|a^", "", "Regex(");
    t("(^a)|b", "", "Regex(");
    t("^a[0-9]", "m", "Regex(");
    t("a[0-9]$", "m", "Regex(");
    t("[ab]{129}", "", "Regex(");
}
