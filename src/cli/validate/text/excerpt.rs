//! The lines of the source that a report shows.

use std::fs;
use std::ops::Range;
use std::path::Path;

use pfocr2rdf::diagnostic::Location;
use pfocr2rdf::source::Input;

use super::yaml;
use crate::cli::visible::visible;

/// The number of columns of a line that are shown.
pub(super) const WIDTH: usize = 100;

/// A line of a file, with a mark.
#[derive(Debug, Eq, PartialEq)]
pub(super) struct Excerpt {
    /// The line.
    pub(super) line: String,
    /// The bytes of the line that are marked.
    pub(super) mark: Range<usize>,
}

/// What a line begins in.
#[derive(Clone, Copy, Debug)]
enum Form {
    Table,
    Block,
    /// YAML in brackets or braces.
    Flow,
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
        let form = match is_table {
            true => Form::Table,
            false if yaml::begins_in_flow(&before, &line) => Form::Flow,
            false => Form::Block,
        };
        mark(&line, location.column, form)
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

/// The line with a mark from a column to the end of the cell, key or value there.
fn mark(line: &str, column: u64, form: Form) -> Option<Excerpt> {
    let column = usize::try_from(column.checked_sub(1)?).ok()?;
    let mut starts = line.char_indices().map(|(start, _)| start).chain([line.len()]);
    let start = starts.nth(column)?;
    let (before, rest) = line.split_at(start);
    let end = match form {
        Form::Table => rest.find('\t'),
        Form::Flow => yaml::end_in_flow(rest),
        Form::Block if yaml::opens_flow(before) => yaml::end_in_flow(rest),
        Form::Block => yaml::end_in_block(rest),
    };
    let marked = rest.get(..end.unwrap_or(rest.len()))?.trim_end();
    Some(Excerpt { line: line.to_owned(), mark: start..start + marked.len() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_is_what_stands_at_the_place() {
        let t = |line: &str, column: u64, form: Form, expected: &str| {
            let excerpt = mark(line, column, form).unwrap();
            assert_eq!(excerpt.marked(), expected, "{line}");
        };
        t("year: soon  ", 7, Form::Block, "soon");
        t("year: soon", 1, Form::Block, "year");
        t("year:", 1, Form::Block, "year");
        t("  - a: b", 5, Form::Block, "a");
        t("doi: http://x/y", 6, Form::Block, "http://x/y");
        t("- ä: ö", 6, Form::Block, "ö");
        t("a: 'b''c' # d", 4, Form::Block, "'b''c'");
        t(r#"a: "b\"c" # d"#, 4, Form::Block, r#""b\"c""#);
        t("a: 'b", 4, Form::Block, "'b");
        t("a: 'b: c", 4, Form::Block, "'b: c");
        t("a: b, c]", 4, Form::Block, "b, c]");
        t("a: [b, ç d, e]", 5, Form::Block, "b");
        t("a: [b, ç d, e]", 8, Form::Block, "ç d");
        t("a: [b, ç d, e]", 13, Form::Block, "e");
        t("- {a: 'b', c: d}, {e: f}", 7, Form::Block, "'b'");
        t("- {a: 'b', c: d}", 15, Form::Block, "d");
        t("a: [{b: ['}', c], d: e}, {f: g}]", 5, Form::Block, "{b: ['}', c], d: e}");
        t("  - a: [b, c", 12, Form::Block, "c");
        t("a: [5'-b, 3'-c]", 5, Form::Block, "5'-b");
        t("<<: 6", 1, Form::Block, "<<");
        t("a, b   : c", 1, Form::Block, "a, b");
        t("'a: b': c", 1, Form::Block, "'a: b'");
        t("a: b # c: d", 4, Form::Block, "b # c: d");
        t("- {a: b, c d: e}", 7, Form::Block, "b");
        t("- {a: b, c d: e}", 10, Form::Block, "c d");
        t("a\tb c\td", 3, Form::Table, "b c");
        t("a\t\td", 3, Form::Table, "");
        t("year", 5, Form::Block, "");
        assert_eq!(mark("year", 6, Form::Block), None);
        assert_eq!(mark("year", 0, Form::Block), None);
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
