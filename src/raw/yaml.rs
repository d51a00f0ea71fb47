//! The YAML of a record's text, and what can be wrong with it as a whole.

use memchr::{memchr_iter, memchr2_iter};

use super::node::Node;
use super::{Findings, Place};
use crate::diagnostic::Code;

/// The YAML of a record's text.
pub(super) fn part_of(text: &str) -> &str {
    split(text).map_or(text, |(yaml, _)| yaml)
}

/// The YAML of a record with its opening line, and whether a line closes it.
fn split(text: &str) -> Option<(&str, bool)> {
    let is_mark = |line: &str, mark| line.strip_prefix(mark).is_some_and(|s| s.trim().is_empty());
    let mut ends = memchr_iter(b'\n', text.as_bytes()).map(|end| end + 1).chain([text.len()]);
    let mut start = ends.next()?;
    if !is_mark(text.get(..start)?, "---") {
        return None;
    }
    for end in ends {
        let line = text.get(start..end)?;
        if is_mark(line, "---") || is_mark(line, "...") {
            return Some((text.get(..start)?, true));
        }
        start = end;
    }
    Some((text, false))
}

/// The YAML of a text, if there is any.
pub(super) fn of<'a>(text: &'a str, plain: bool, findings: &mut Findings) -> Option<&'a str> {
    if text.trim().is_empty() {
        findings.add(Code::EmptyFile, Place::Start, "found an empty file, expected a record");
        return None;
    }
    match split(text) {
        Some((yaml, closed)) => {
            if !closed && !plain {
                let message = "found no closing \"---\" line";
                findings.add(Code::UnclosedFrontMatter, Place::Start, message);
            }
            Some(yaml)
        }
        None if plain => Some(text),
        None => {
            let first = text.lines().next().unwrap_or_default();
            let message = format!("found {}, expected a \"---\" line", quote(first));
            findings.add(Code::MissingFrontMatter, Place::Start, message);
            None
        }
    }
}

/// The bracket with which more are open than any record has, as index of a byte. What the parser
/// does for each character grows with their number.
///
/// Brackets in texts are counted as well, since to tell them apart takes a parser.
pub(super) fn too_deep(yaml: &str) -> Option<usize> {
    const DEEPEST: usize = 1000;
    // To count them all is cheaper than to follow them.
    if memchr2_iter(b'[', b'{', yaml.as_bytes()).count() <= DEEPEST {
        return None;
    }
    let mut open = 0_usize;
    yaml.bytes().position(|byte| {
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        open > DEEPEST
    })
}

/// A value for a message: quoted, escaped, and cut when it is long.
///
/// ```
/// use pfocr2rdf::raw::quote;
///
/// assert_eq!(quote("a\t\"b\""), r#""a\t\"b\"""#);
/// assert_eq!(quote(&"a".repeat(61)), format!("\"{}\"…", "a".repeat(60)));
/// ```
#[must_use]
pub fn quote(value: &str) -> String {
    const LONGEST: usize = 60;
    match value.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{:?}…", value.get(..end).unwrap_or_default()),
        None => format!("{value:?}"),
    }
}

/// The first anchor, as index of a byte.
///
/// Values never hold the `&` of an anchor, so when as many stand in the text as in the values
/// there is no anchor; an alias cannot be without one.
pub(super) fn anchor(yaml: &str, root: &Node<'_>) -> Option<usize> {
    let ampersands = |text: &str| memchr_iter(b'&', text.as_bytes()).count();
    let written = ampersands(yaml);
    if written == 0 || written == count(root, &ampersands) {
        return None;
    }
    first_anchor(yaml)
}

fn count(node: &Node<'_>, in_text: &impl Fn(&str) -> usize) -> usize {
    match node {
        Node::Null => 0,
        Node::Scalar(text) => in_text(text),
        Node::List(items) => items.iter().map(|item| count(item, in_text)).sum(),
        Node::Map(entries) => {
            entries.iter().map(|(key, value)| in_text(key) + count(value, in_text)).sum()
        }
    }
}

/// The first `&` or `*` with a name behind it where a value can begin.
pub(super) fn first_anchor(yaml: &str) -> Option<usize> {
    let mut before = '\n';
    let mut blank = true;
    let mut characters = yaml.char_indices().peekable();
    while let Some((index, character)) = characters.next() {
        let named = characters.peek().is_some_and(|(_, next)| next.is_alphanumeric());
        if matches!(character, '&' | '*') && named && blank && "\n:-[{,?".contains(before) {
            return Some(index);
        }
        blank = character.is_whitespace();
        if character == '\n' || !blank {
            before = character;
        }
    }
    None
}
