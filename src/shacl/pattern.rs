//! Regular expressions of [XPath](https://www.w3.org/TR/xpath-functions/#regex-syntax), which
//! `sh:pattern` has by way of [SPARQL](https://www.w3.org/TR/sparql11-query/#func-regex), as those
//! of the crate `regex`.

mod anchor;
mod automaton;
mod classes;
#[cfg(test)]
mod equal;
mod others;
mod positions;
mod shifts;
mod trail;

use std::iter::Peekable;
use std::str::Chars;

use memchr::memchr;
use memchr::memmem::Finder;
use regex::Regex;
use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Hir, HirKind, Look};

use self::anchor::{at_start, end_length, split_prefix};
use self::automaton::Automaton;
pub(crate) use self::trail::Trail;

/// The [characters a name may begin with](https://www.w3.org/TR/xml/#NT-NameStartChar): `\i`.
const NAME_START: &str = r":A-Z_a-z\u{C0}-\u{D6}\u{D8}-\u{F6}\u{F8}-\u{2FF}\u{370}-\u{37D}\u{37F}-\u{1FFF}\u{200C}-\u{200D}\u{2070}-\u{218F}\u{2C00}-\u{2FEF}\u{3001}-\u{D7FF}\u{F900}-\u{FDCF}\u{FDF0}-\u{FFFD}\u{10000}-\u{EFFFF}";

/// The characters a name may have besides: `\c`.
const NAME_MORE: &str = r"\-.0-9\u{B7}\u{300}-\u{36F}\u{203F}-\u{2040}";

/// A compiled pattern.
///
/// Patterns of IRIs mostly begin with the same long text, which is compared faster than it is
/// matched.
#[derive(Debug)]
pub(crate) struct Pattern {
    /// How each text begins that matches.
    prefix: String,
    rest: Rest,
    text: String,
}

/// What must match behind the prefix.
#[derive(Debug)]
enum Rest {
    Anything,
    /// A text, wherever it is.
    Text(Box<Finder<'static>>),
    Automaton(Automaton),
    /// Only that many bytes at the end of a text matter.
    AtEnd(usize, Automaton),
    /// Nothing in front of a byte matters.
    From(u8, Automaton),
    Regex(Regex),
}

impl Pattern {
    #[inline]
    pub(crate) fn is_match(&self, text: &str) -> bool {
        self.behind_prefix(text).is_some_and(|text| match &self.rest {
            Rest::Anything => true,
            Rest::Text(finder) => finder.find(text.as_bytes()).is_some(),
            Rest::Automaton(automaton) => automaton.is_match(text),
            Rest::AtEnd(length, automaton) => {
                let end = text.get(text.len().saturating_sub(*length)..);
                automaton.is_match(end.unwrap_or(text))
            }
            Rest::From(byte, automaton) => {
                let from = memchr(*byte, text.as_bytes()).and_then(|at| text.get(at..));
                automaton.is_match(from.unwrap_or_default())
            }
            Rest::Regex(regex) => regex.is_match(text),
        })
    }

    /// The same of a text that may begin like the one before.
    pub(crate) fn is_match_along(&self, text: &str, trail: &mut Trail) -> bool {
        match &self.rest {
            Rest::Automaton(automaton) => {
                self.behind_prefix(text).is_some_and(|text| automaton.is_match_along(text, trail))
            }
            _ => self.is_match(text),
        }
    }

    /// Whether [plain](is_plain) texts match that are not empty, if all or none of them do.
    pub(crate) fn answer_of_plain(&self) -> Option<bool> {
        match &self.rest {
            Rest::Automaton(automaton) if self.prefix.is_empty() => automaton.answer_of_plain(),
            _ => None,
        }
    }

    /// What comes behind the prefix, if the text has it.
    #[inline]
    fn behind_prefix<'t>(&self, text: &'t str) -> Option<&'t str> {
        // To compare an empty prefix takes longer than a long one, as it lies nowhere.
        match self.prefix.as_str() {
            "" => Some(text),
            prefix => text.strip_prefix(prefix),
        }
    }

    /// The pattern as it is written for the crate `regex`.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }
}

/// Compiles a pattern; the error says why it is refused.
pub(crate) fn compile(pattern: &str, flags: &str) -> Result<Pattern, String> {
    if let Some(flag) = flags.chars().find(|flag| !"smixq".contains(*flag)) {
        return Err(format!("unknown flag {flag:?}"));
    }
    let translated = if flags.contains('q') {
        regex::escape(pattern)
    } else {
        Translator::new(pattern, flags.contains('x')).translate()?
    };
    let parsed = ParserBuilder::new()
        .dot_matches_new_line(flags.contains('s'))
        .multi_line(flags.contains('m'))
        .case_insensitive(flags.contains('i'))
        .build()
        .parse(&translated)
        .map_err(|error| last_line(&error))?;
    let (prefix, rest) = matcher(&parsed)?;
    Ok(Pattern { prefix, rest, text: translated })
}

/// How texts begin that match, and what must match behind that.
fn matcher(pattern: &Hir) -> Result<(String, Rest), String> {
    let regex = |pattern: &Hir| Regex::new(&pattern.to_string()).map_err(|error| last_line(&error));
    if let HirKind::Literal(text) = pattern.kind() {
        return Ok((String::new(), Rest::Text(Box::new(Finder::new(&text.0).into_owned()))));
    }
    let Some((prefix, rest)) = at_start(pattern).map(split_prefix) else {
        return Ok((String::new(), Rest::Regex(regex(pattern)?)));
    };
    let regex = || match prefix.as_str() {
        "" => regex(pattern),
        _ => regex(&Hir::concat(vec![Hir::look(Look::Start), rest.clone()])),
    };
    if matches!(rest.kind(), HirKind::Empty) {
        return Ok((prefix, Rest::Anything));
    }
    let rest = match Automaton::new(&rest) {
        None => Rest::Regex(regex()?),
        Some(automaton) => match (end_length(pattern), automaton.only_first()) {
            (Some(length), _) => Rest::AtEnd(length, automaton),
            (None, Some(byte)) => Rest::From(byte, automaton),
            (None, None) => Rest::Automaton(automaton),
        },
    };
    Ok((prefix, rest))
}

fn last_line(error: &impl ToString) -> String {
    let message = error.to_string();
    message.lines().last().unwrap_or_default().trim_start_matches("error: ").into()
}

struct Translator<'a> {
    rest: Peekable<Chars<'a>>,
    /// Whether white space is left out.
    compact: bool,
    out: String,
}

impl<'a> Translator<'a> {
    fn new(pattern: &'a str, compact: bool) -> Self {
        Self { rest: pattern.chars().peekable(), compact, out: String::new() }
    }

    fn translate(mut self) -> Result<String, String> {
        let mut quantified = false;
        while let Some(c) = self.rest.next() {
            if self.compact && c.is_ascii_whitespace() {
                continue;
            }
            if quantified && matches!(c, '*' | '+' | '{') {
                return Err(format!("{c:?} after a quantifier"));
            }
            quantified = matches!(c, '*' | '+' | '?' | '}');
            match c {
                '\\' => {
                    let escape = self.escape()?;
                    self.out.push_str(&escape);
                }
                '[' => {
                    let class = self.class(0)?;
                    self.out.push_str(&class);
                }
                '(' => self.group()?,
                _ => self.out.push(c),
            }
        }
        Ok(self.out)
    }

    fn group(&mut self) -> Result<(), String> {
        self.out.push('(');
        if self.rest.next_if_eq(&'?').is_some() {
            if self.rest.next_if_eq(&':').is_none() {
                return Err("only (?: may follow a parenthesis".into());
            }
            self.out.push_str("?:");
        }
        Ok(())
    }

    fn escape(&mut self) -> Result<String, String> {
        Ok(match self.rest.next() {
            None => return Err("a backslash at the end".into()),
            Some(c @ ('n' | 'r' | 't' | 'd' | 'D')) => format!("\\{c}"),
            Some('s') => "[ \\t\\n\\r]".into(),
            Some('S') => "[^ \\t\\n\\r]".into(),
            Some('w') => "[^\\p{P}\\p{Z}\\p{C}]".into(),
            Some('W') => "[\\p{P}\\p{Z}\\p{C}]".into(),
            Some('i') => format!("[{NAME_START}]"),
            Some('I') => format!("[^{NAME_START}]"),
            Some('c') => format!("[{NAME_START}{NAME_MORE}]"),
            Some('C') => format!("[^{NAME_START}{NAME_MORE}]"),
            Some(c @ ('p' | 'P')) => self.category(c)?,
            Some(c) if c.is_ascii_digit() => return Err("a back-reference".into()),
            Some(c) if c.is_alphabetic() => return Err(format!("unknown escape \\{c}")),
            Some(c) => regex::escape(&c.to_string()),
        })
    }

    fn category(&mut self, letter: char) -> Result<String, String> {
        let name: String = self.rest.by_ref().take_while(|c| *c != '}').collect();
        let name = name.strip_prefix('{').ok_or("\\p without a category")?;
        if name.starts_with("Is") {
            return Err(format!("Unicode blocks ({name}) are not supported"));
        }
        Ok(format!("\\{letter}{{{name}}}"))
    }

    /// A character class, whose `[` has been read. What is taken away (`[a-z-[aeiou]]`) is taken
    /// away after the negation.
    fn class(&mut self, depth: usize) -> Result<String, String> {
        if depth > 32 {
            return Err("too many classes inside one another".into());
        }
        let mut class = String::from("[");
        if self.rest.next_if_eq(&'^').is_some() {
            class.push('^');
        }
        loop {
            match self.rest.next() {
                None => return Err("a class without an end".into()),
                Some(']') => break,
                Some('\\') => class.push_str(&self.escape()?),
                Some('-') if self.rest.next_if_eq(&'[').is_some() => {
                    let without = self.class(depth + 1)?;
                    if self.rest.next() != Some(']') {
                        return Err("a class goes on after what is taken away".into());
                    }
                    return Ok(format!("[{class}]--{without}]"));
                }
                Some(c @ ('[' | '&' | '~' | '^')) => class.extend(['\\', c]),
                Some(c) => class.push(c),
            }
        }
        class.push(']');
        Ok(class)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_as_in_xpath() {
        fn t(pattern: &str, flags: &str, text: &str, expected: bool) {
            let regex = compile(pattern, flags).unwrap();
            assert_eq!(regex.is_match(text), expected, "{pattern} {text}");
        }
        t("^[a-z-[aeiou]]+$", "", "xyz", true);
        t("^[a-z-[aeiou]]+$", "", "xya", false);
        t("^[^a-z-[A]]+$", "", "B", true);
        t("^[^a-z-[A]]+$", "", "A", false);
        t(r"^\i\c*$", "", "a-1", true);
        t(r"^\i\c*$", "", "1a", false);
        t(r"^[\w-]+$", "", "a-b", true);
        t(r"^\w+$", "", "a_b", false);
        t("a b", "x", "ab", true);
        t("a.b", "q", "axb", false);
        t("A.B", "iq", "a.b", true);
        t("a.b", "", "a\nb", false);
        t("a.b", "s", "a\nb", true);
        t("^b", "m", "a\nb", true);
        t("(?:a|b){2}?c", "", "abc", true);
        t(r"^\d{3}-\d{2}$", "", "123-45", true);
        t(r"[a&&b]", "", "a", true);
        t(r"https?:\/\/", "", "http://", true);
    }

    #[test]
    fn a_prefix_is_taken_out_where_it_means_the_same() {
        fn t(pattern: &str, flags: &str, prefix: &str, matching: &str) {
            let compiled = compile(pattern, flags).unwrap();
            assert_eq!(compiled.prefix, prefix, "{pattern}");
            assert!(compiled.is_match(matching), "{pattern}");
            assert!(!compiled.is_match("http:/a/b"), "{pattern}");
        }
        t("^http://a/[0-9]+$", "", "http://a/", "http://a/12");
        t("^http://a/", "", "http://a/", "http://a/b");
        t("^é$", "", "é", "é");
        t("http://a", "", "", "see http://a");
        t("^http://a", "i", "", "HTTP://A");
        t("^http://a$", "m", "", "b\nhttp://a");
        t("^http://(^a)?", "", "", "http://a");
    }

    #[test]
    fn what_cannot_be_translated_is_refused() {
        fn t(pattern: &str, flags: &str, expected: &str) {
            assert_eq!(compile(pattern, flags).unwrap_err(), expected);
        }
        t("a", "g", "unknown flag 'g'");
        t(r"(a)\1", "", "a back-reference");
        t("(?=a)", "", "only (?: may follow a parenthesis");
        t("(?i)a", "", "only (?: may follow a parenthesis");
        t(r"\b", "", "unknown escape \\b");
        t("a++", "", "'+' after a quantifier");
        t(r"\p{IsGreek}", "", "Unicode blocks (IsGreek) are not supported");
        t("[a", "", "a class without an end");
        t("(a", "", "unclosed group");
    }
}
