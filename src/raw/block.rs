//! A reader for the forms of YAML that PFOCR records have.
//!
//! A YAML parser spends most of its time on what no record has. This one knows block mappings and
//! lists with the scalars of `scalar`, and at the slightest doubt it reads nothing, so that the
//! parser decides. What it reads is what the parser reads.

use std::borrow::Cow;

use super::node::Node;
use super::scalar;

/// No record is indented further. With each column the nesting can grow by two, and the parser
/// refuses a document with 128 levels.
const WIDEST: usize = 40;

/// Reads a document.
pub(super) fn read(yaml: &str) -> Option<Node<'_>> {
    if !yaml.ends_with('\n') || has_odd_characters(yaml) {
        return None;
    }
    let mut reader = Reader { rest: "", indent: None };
    reader.begin_line(yaml.strip_prefix("---\n").unwrap_or(yaml));
    let root = if reader.indent == Some(0) { reader.mapping(0) } else { None };
    root.filter(|_| reader.indent.is_none())
}

/// Whether there can be tabs, other line breaks than LF, byte order marks, or characters that
/// YAML forbids.
///
/// Each is known by one or two bytes, which some harmless characters have as well. Without an
/// early end, the compiler can look at many bytes at once.
pub(super) fn has_odd_characters(yaml: &str) -> bool {
    let bytes = yaml.as_bytes();
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    pairs.fold(false, |odd, pair| {
        odd | matches!(
            pair,
            (0..=9 | 11..=0x1F | 0x7F, _)
                | (0xC2, 0x80..=0x9F)
                | (0x80, 0xA8 | 0xA9)
                | (0xEF, 0xBB)
                | (0xBF, 0xBE | 0xBF)
        )
    })
}

struct Reader<'a> {
    /// What is not read yet, between two values from the first character of a line that is not
    /// a space.
    rest: &'a str,
    /// The indentation of that line; none at the end.
    indent: Option<usize>,
}

impl<'a> Reader<'a> {
    /// Goes on at the beginning of a line, or at the end of the one before.
    fn begin_line(&mut self, text: &'a str) {
        let content = text.trim_start_matches([' ', '\n']);
        let blank = text.get(..text.len() - content.len()).unwrap_or_default();
        let indent = blank.rsplit('\n').next().unwrap_or_default().len();
        self.indent = (!content.is_empty()).then_some(indent);
        self.rest = content;
    }

    /// Goes on behind a value that ends its line.
    fn end_line(&mut self, after: &'a str) -> Option<()> {
        let end = after.trim_start_matches(' ');
        end.starts_with('\n').then(|| self.begin_line(end))
    }

    fn mapping(&mut self, indent: usize) -> Option<Node<'a>> {
        if indent >= WIDEST {
            return None;
        }
        let mut entries = Vec::new();
        loop {
            let (key, after) = key(self.rest)?;
            self.rest = after;
            entries.push((Cow::Borrowed(key), self.value(indent)?));
            if self.indent != Some(indent) {
                return Some(Node::Map(entries));
            }
        }
    }

    /// The value behind a key of a mapping with this indentation. A list may be as far left.
    fn value(&mut self, parent: usize) -> Option<Node<'a>> {
        self.rest = self.rest.trim_start_matches(' ');
        if !self.rest.starts_with('\n') {
            return self.scalar(parent);
        }
        self.begin_line(self.rest);
        match self.indent {
            Some(indent) if indent >= parent && item(self.rest).is_some() => self.list(indent),
            Some(indent) if indent > parent => self.mapping(indent),
            _ => Some(Node::Null),
        }
    }

    fn list(&mut self, indent: usize) -> Option<Node<'a>> {
        let mut items = Vec::new();
        while self.indent == Some(indent)
            && let Some(after) = item(self.rest)
        {
            self.rest = after.trim_start_matches(' ');
            let column = indent + 1 + (after.len() - self.rest.len());
            items.push(self.item(indent, column)?);
        }
        Some(Node::List(items))
    }

    /// An item that begins at this column, of a list with this indentation.
    fn item(&mut self, parent: usize, column: usize) -> Option<Node<'a>> {
        if self.rest.starts_with('\n') {
            self.begin_line(self.rest);
            return (self.indent <= Some(parent)).then_some(Node::Null);
        }
        if key(self.rest).is_some() { self.mapping(column) } else { self.scalar(parent) }
    }

    /// A scalar or an empty list or mapping in a mapping or list with this indentation.
    fn scalar(&mut self, parent: usize) -> Option<Node<'a>> {
        let (start, after) = self.rest.split_at_checked(1).unwrap_or_default();
        let node = |(text, after)| (Node::Scalar(text), after);
        let (node, after) = match start {
            "'" => scalar::single_quoted(after).map(node)?,
            "\"" => scalar::double_quoted(after).map(node)?,
            "[" => (Node::List(Vec::new()), after.strip_prefix(']')?),
            "{" => (Node::Map(Vec::new()), after.strip_prefix('}')?),
            "|" => {
                let (text, after) = scalar::literal(after.strip_prefix("-\n")?, parent)?;
                self.begin_line(after);
                return Some(Node::Scalar(text.into()));
            }
            _ => return self.plain(parent),
        };
        self.end_line(after).map(|()| node)
    }

    /// A plain scalar, which goes on in all lines that are indented further.
    fn plain(&mut self, parent: usize) -> Option<Node<'a>> {
        let start = self.rest;
        let mut end = 0;
        if !scalar::can_begin_plain(start) {
            return None;
        }
        while end == 0 || self.indent > Some(parent) {
            let (line, after) = scalar::split_line(self.rest)?;
            if !scalar::is_plain(line) {
                return None;
            }
            end = start.len() - self.rest.len() + line.trim_end_matches(' ').len();
            self.begin_line(after);
        }
        Some(match start.get(..end)? {
            "~" | "null" | "Null" | "NULL" => Node::Null,
            text => Node::Scalar(scalar::fold(text)),
        })
    }
}

/// What follows the `-` of an item.
fn item(text: &str) -> Option<&str> {
    text.strip_prefix('-').filter(|after| after.starts_with([' ', '\n']))
}

/// A key, and what follows its colon. Longer ones are no keys for the parser.
fn key(text: &str) -> Option<(&str, &str)> {
    const LONGEST: usize = 1000;
    let (key, after) = if let Some(quoted) = text.strip_prefix('\'') {
        quoted.split_once('\'')?
    } else {
        let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
        text.split_at_checked(text.bytes().position(|byte| !is_name(byte))?)?
    };
    let is_key = key.len() < LONGEST && !key.contains('\n') && !text.starts_with(['-', ':']);
    let after = after.strip_prefix(':').filter(|after| after.starts_with([' ', '\n']))?;
    is_key.then_some((key, after))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use proptest::prelude::*;
    use proptest::sample::{Index, select};

    use super::*;
    use crate::raw::node::{Guess, parse_any};

    const GUESS: Guess = Guess::Map(&[
        ("a", Guess::List(&Guess::Scalar)),
        ("b", Guess::List(&Guess::Map(&[]))),
        ("c", Guess::Map(&[])),
    ]);

    /// Whether a document is read here; the parser reads the same.
    fn is_read(yaml: &str) -> bool {
        let node = read(yaml);
        if let Some(node) = &node {
            assert_eq!(parse_any(yaml, &GUESS).ok().as_ref(), Some(node), "{yaml:?}");
        }
        node.is_some()
    }

    #[test]
    fn forms_of_records_are_read() {
        for yaml in [
            RECORD,
            "---\na: b\n",
            "a: []\nb: {}\nc: ''\nd: ~\ne: null\nf: \ng:\n\n",
            "a: b c\n  d\n\n   - e:f\n",
            "a: -b# c\n",
            "a: 'b: '' # c'\n'd e': \"\"\n'': f\n",
            "a: ' b \n  c''\n\n   d\n '\n",
            "a: \"b \\\"\\uFEFF\\x41 \\\n  \\ c\\ \n  d\n\n  \\_\"\n",
            "a:\n- b\n- 'c'\n-\n- d\n  e\nf: g\n",
            "a:\n  - b\n  - []\nf: g\n",
            "a:\n- b: c\n  d:\n  - e\n  f:\n    g: h\n-   i: j\n    k: l\nm: n\n",
            "a: |-\n  b\n   c # d \n\n  e: f\n \n   \n\ng: h\n",
        ] {
            assert!(is_read(yaml), "{yaml:?}");
        }
    }

    #[test]
    fn other_forms_are_left_to_the_parser() {
        let lines = "a|- a| a: b|a: [b]|a: {b: c}|a: &b c|a: *b|a: !b c|a: >-|a: b # c|# a|a: 'b|a: 'b' c|\
            a: \"\\q\"|a: \"\\uD800\"|a: \"\\x+1\"|a: b: c|a: b:|a: - b|? a|a : b|a:b|: a|%a: b|a: @b|a: b\t|\
            a: b\r|a: b\u{7F}|a: b\u{85}|a: b\u{9F}|a: \u{2028}|a: \u{2029}|a: \u{FEFF}|a: \u{FFFF}";
        for line in lines.split('|') {
            assert!(!is_read(&format!("{line}\n")), "{line:?}");
        }
        let others = "a: b|\n|---\n|a: b\n c: d\n|a: b\n- c\n|a:\n  b\n|a: 'b\n--- c'\n|a:\n- - b\n|a:\n-\n  b\n";
        for yaml in others.split('|').chain(["a: |\n  b\n", "a: |-\nb: c\n"]) {
            assert!(!is_read(yaml), "{yaml:?}");
        }
        let deep = |depth| (0..depth).fold(String::new(), |yaml, n| yaml + &" ".repeat(n) + "a:\n");
        assert!(is_read(&deep(WIDEST)) && !is_read(&deep(WIDEST + 1)));
        let long = |length| format!("{}: b\n", "a".repeat(length));
        assert!(is_read(&long(900)) && !is_read(&long(1025)));
    }

    #[test]
    fn records_of_all_generations_are_read() {
        let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
        for generation in 1..=5 {
            let folder = cases.join(format!("generation-{generation}/_figures"));
            for entry in fs::read_dir(folder).unwrap() {
                let text = fs::read_to_string(entry.unwrap().path()).unwrap();
                assert!(is_read(text.strip_suffix("---\n").unwrap()), "{generation}");
            }
        }
    }

    const RECORD: &str = "---\nfigid: PMC1__f1\ncaption: 'The cells: a,\n  ''b'' and\n\n  c.'\n\
        number: F1\nfigtitle: Signals of\n  cells - and more\n  a#1\na:\n- x\n- 'On'\n-\nb:\n- word: (Src\n  \
        symbol: ~\n- word: y\n  z: \"\\\"u\\\n    \\ v\\x41\n    w\"\nc:\n  '@id': https://x\n  d:\n    e: |-\n      \
        f\n       g\n\n      h\n    i: []\n  k:\n  - l\n  - m\n  n: {}\nyear: '2001'\n";

    const INDENTS: &[&str] = &["", "", "", "", "  ", "  ", "    ", " "];
    const BEGINS: &str = "|- |- |-|a:|a: |b: |b:|c:|'@d': |e:  |- a: |-  b: |f:";
    const TEXTS: &str = "|x|x y|x |'x|y'|'x'|\"x|\\\"y\"|\"|\\|[]|{}|~|null|é|1e5";
    const PIECES: &str = "x| |  |'|''|\"|\\|\\n|\\x4|\\u00e9|:|: | #|#|-|- |[|]|{|}|,|>|?|? |&y|*y|!y|%|@|`|\
        \t|\r|\u{85}|\u{2028}|\u{FEFF}|---|...|\n|\n\n|\n  |\n- |\n    |\n---\n|a: |~|[]";

    fn piece(pieces: &'static str) -> impl Strategy<Value = &'static str> {
        select(pieces.split('|').chain(["|-"]).collect::<Vec<_>>())
    }

    proptest! {
        #[test]
        fn what_is_read_is_what_the_parser_reads(
            lines in prop::collection::vec(
                (select(INDENTS), piece(BEGINS), prop_oneof![
                    4 => piece(TEXTS).prop_map(str::to_owned),
                    1 => prop::collection::vec(piece(PIECES), 0..4).prop_map(|pieces| pieces.concat()),
                ]),
                0..6,
            )
        ) {
            let line = |(indent, begin, text)| format!("{indent}{begin}{text}\n");
            is_read(&format!("a:\n{}", lines.into_iter().map(line).collect::<String>()));
        }

        #[test]
        fn damaged_records_are_read_as_the_parser_reads_them(
            changes in prop::collection::vec((any::<Index>(), 0..3_usize, piece(PIECES)), 1..4)
        ) {
            let mut yaml: Vec<char> = RECORD.chars().collect();
            for (at, deleted, inserted) in changes {
                let at = at.index(yaml.len());
                yaml.splice(at..(at + deleted).min(yaml.len()), inserted.chars());
            }
            is_read(&yaml.into_iter().collect::<String>());
        }
    }
}
