//! The lines of the source that a report shows.

use std::fs;
use std::ops::Range;
use std::path::Path;

use pfocr2rdf::diagnostic::Location;
use pfocr2rdf::source::Input;

use crate::cli::visible::visible;

/// The number of columns of a line that are shown.
pub(super) const WIDTH: usize = 100;

/// How many lines before one are looked at for a flow collection that it is in.
const LINES: usize = 100;

/// A line of a file, with a mark.
#[derive(Debug, Eq, PartialEq)]
pub(super) struct Excerpt {
    /// The line.
    pub(super) line: String,
    /// The bytes of the line that are marked.
    pub(super) mark: Range<usize>,
}

/// The files that results are of; the last one is kept, as its results come one after the other.
#[derive(Debug, Default)]
pub(super) struct Sources<'i> {
    inputs: &'i [Input],
    name: String,
    bytes: Option<Vec<u8>>,
}

impl Excerpt {
    /// What is marked.
    #[cfg(test)]
    fn marked(&self) -> &str {
        self.line.get(self.mark.clone()).unwrap()
    }
}

impl<'i> Sources<'i> {
    /// The files of these inputs, and others.
    pub(super) fn new(inputs: &'i [Input]) -> Self {
        Self { inputs, ..Self::default() }
    }

    /// The line of a place, if the file can be read again and still has the place.
    pub(super) fn excerpt(&mut self, location: &Location) -> Option<Excerpt> {
        if self.name != location.file {
            self.bytes = read(&location.file, self.inputs);
            self.name.clone_from(&location.file);
        }
        let bytes = self.bytes.as_deref()?;
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let number = usize::try_from(location.line.checked_sub(1)?).ok()?;
        let mut lines = bytes.split(|&byte| byte == b'\n');
        let before: Vec<_> = lines.by_ref().take(number).collect();
        let line = lines.next()?;
        let line = String::from_utf8_lossy(line.strip_suffix(b"\r").unwrap_or(line));
        let is_table = Path::new(&location.file).extension().is_some_and(|end| end == "tsv");
        // Tabs end cells, and the renderer knows them.
        let line = line.split('\t').map(visible).collect::<Vec<_>>().join("\t");
        let is_inside = !is_table && begins_in_flow(&before, &line);
        mark(&line, location.column, is_table, is_inside)
    }
}

/// The bytes of a file: one on disk, unless it is a pipe, which can be read only once, or else
/// one of an archive or standard input.
fn read(name: &str, inputs: &[Input]) -> Option<Vec<u8>> {
    match fs::metadata(name).ok().filter(|_| name != "-") {
        Some(metadata) if metadata.is_file() => fs::read(name).ok(),
        Some(_) => None,
        None => inputs.iter().find_map(|input| input.read_file(name)),
    }
}

/// The line with a mark from a column to the end of the cell, key or value there; it may begin
/// inside a flow collection.
fn mark(line: &str, column: u64, is_table: bool, is_inside: bool) -> Option<Excerpt> {
    let column = usize::try_from(column.checked_sub(1)?).ok()?;
    let mut starts = line.char_indices().map(|(start, _)| start).chain([line.len()]);
    let start = starts.nth(column)?;
    let rest = line.get(start..)?;
    let end = if is_table {
        rest.find('\t')
    } else {
        let in_flow = || (is_inside || is_flow(line.get(..start)?)).then(|| end_in_flow(rest));
        end_of_key(rest).or_else(|| end_of_quoted(rest)).or_else(in_flow)
    };
    let marked = rest.get(..end.unwrap_or(rest.len()))?.trim_end();
    Some(Excerpt { line: line.to_owned(), mark: start..start + marked.len() })
}

/// Where the key ends, if it is a key that the text begins with.
fn end_of_key(text: &str) -> Option<usize> {
    let end = text.find(|c: char| !(c.is_alphanumeric() || "_-@".contains(c)))?;
    let after = text.get(end..)?.strip_prefix(':')?;
    (end > 0 && (after.is_empty() || after.starts_with(' '))).then_some(end)
}

/// Where a quoted value ends that the text begins with.
fn end_of_quoted(text: &str) -> Option<usize> {
    let quote = text.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
    let mut characters = text.char_indices().skip(1).peekable();
    while let Some((at, character)) = characters.next() {
        if quote == '"' && character == '\\' {
            characters.next();
        } else if character == quote {
            let is_doubled = quote == '\'' && characters.next_if(|(_, c)| *c == quote).is_some();
            if !is_doubled {
                return Some(at + 1);
            }
        }
    }
    None
}

/// Whether a line that begins like this goes on in a flow collection.
fn is_flow(start: &str) -> bool {
    value(start).starts_with(['[', '{'])
}

/// What a line begins with behind dashes and a key.
fn value(line: &str) -> &str {
    let mut rest = line.trim_start();
    while let Some(item) = rest.strip_prefix("- ") {
        rest = item.trim_start();
    }
    end_of_key(rest).and_then(|end| rest.get(end + 1..)).unwrap_or(rest).trim_start()
}

/// Whether a line begins inside a flow collection that one of the lines before it opens.
fn begins_in_flow(before: &[&[u8]], line: &str) -> bool {
    // Only what is indented can go on. What is behind the end of a collection is not in it.
    let (mut is_indented, mut text) = (line.starts_with(' '), String::from(" "));
    for line in before.iter().rev().take(LINES) {
        if !is_indented {
            return false;
        }
        let line = String::from_utf8_lossy(line);
        if is_flow(&line) {
            text.insert_str(0, value(&line));
            return end_in_flow(&text) == text.len();
        }
        is_indented = line.starts_with(' ');
        text.insert_str(0, &line);
    }
    false
}

/// Where a value or collection ends that the text in a flow collection begins with.
fn end_in_flow(text: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while let Some(character) = text.get(at..).and_then(|rest| rest.chars().next()) {
        match character {
            ',' | ']' | '}' if depth == 0 => return at,
            ']' | '}' if depth == 1 => return at + 1,
            ']' | '}' => depth -= 1,
            '[' | '{' => depth += 1,
            _ => {}
        }
        let (before, rest) = text.split_at(at);
        let is_first = before.is_empty() || before.ends_with([' ', ',', ':', '[', '{']);
        let quoted = if is_first { end_of_quoted(rest) } else { None };
        at += quoted.unwrap_or(character.len_utf8());
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_is_what_stands_at_the_place() {
        let t = |line: &str, column: u64, is_table: bool, expected: &str| {
            let excerpt = mark(line, column, is_table, false).unwrap();
            assert_eq!(excerpt.marked(), expected, "{line}");
        };
        t("year: soon  ", 7, false, "soon");
        t("year: soon", 1, false, "year");
        t("year:", 1, false, "year");
        t("  - a: b", 5, false, "a");
        t("doi: http://x/y", 6, false, "http://x/y");
        t("- ä: ö", 6, false, "ö");
        t("a: 'b''c' # d", 4, false, "'b''c'");
        t(r#"a: "b\"c" # d"#, 4, false, r#""b\"c""#);
        t("a: 'b", 4, false, "'b");
        t("a: b, c]", 4, false, "b, c]");
        t("a: [b, ç d, e]", 5, false, "b");
        t("a: [b, ç d, e]", 8, false, "ç d");
        t("a: [b, ç d, e]", 13, false, "e");
        t("- {a: 'b', c: d}, {e: f}", 7, false, "'b'");
        t("- {a: 'b', c: d}", 15, false, "d");
        t("a: [{b: ['}', c], d: e}, {f: g}]", 5, false, "{b: ['}', c], d: e}");
        t("  - a: [b, c", 12, false, "c");
        t("a: [5'-b, 3'-c]", 5, false, "5'-b");
        t("a\tb c\td", 3, true, "b c");
        t("a\t\td", 3, true, "");
        t("year", 5, false, "");
        assert_eq!(mark("year", 6, false, false), None);
        assert_eq!(mark("year", 0, false, false), None);
    }

    #[test]
    fn files_are_read_as_the_places_count() {
        let folder = tempfile::tempdir().unwrap();
        let t = |name: &str, bytes: &[u8], (line, column): (u64, u64), expected: Option<&str>| {
            let file = folder.path().join(name).display().to_string();
            fs::write(&file, bytes).unwrap();
            let excerpt = Sources::default().excerpt(&Location::new(file, line, column));
            assert_eq!(excerpt.as_ref().map(Excerpt::marked), expected, "{name}");
        };
        t("mark.md", b"\xEF\xBB\xBFyear: 1", (1, 1), Some("year"));
        t("crlf.md", b"---\r\nyear: 1\r\n", (2, 7), Some("1"));
        t("separator.md", "a: \u{2028}\nb: 2".as_bytes(), (2, 4), Some("2"));
        t("bytes.md", b"a: \xFF", (1, 4), Some("\u{FFFD}"));
        t("flow.md", b"a: [b,\n  c, d]\nb: c", (2, 3), Some("c"));
        t("items.md", b"a:\n- {b: c,\n   d: e}\n- f: g, h", (3, 7), Some("e"));
        t("behind.md", b"a: [b]\n  c, d", (2, 3), Some("c, d"));
        t("block.md", b"a: [b,\n  c]\nd:\n  e: f, g", (4, 6), Some("f, g"));
        t("short.md", b"a: b", (3, 1), None);
        let file = folder.path().display().to_string();
        assert_eq!(Sources::default().excerpt(&Location::new(file, 1, 1)), None);
    }
}
