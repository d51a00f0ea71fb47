use std::collections::BTreeSet;
use std::io;
use std::path::Path;

use super::index::Index;
use super::refusal;
use crate::source::folder::is_table;
use crate::source::{Limits, is_record};

/// The folder of the records.
pub(super) const FIGURES: &str = "_figures";
/// The folder of the tables.
pub(super) const DATA: &str = "_data";
/// What the archives of macOS have beside the files: more about them, under the same names.
const MACOS: &str = "__MACOSX";

/// What an entry of an archive is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Kind {
    File,
    Directory,
    /// Something about the archive as a whole, whose path means nothing.
    Remark,
    /// Something that an archive of the database does not have, and what it is called.
    Other(&'static str),
}

/// Gathers the wanted files while the entries of an archive go by.
#[derive(Debug)]
pub(super) struct Indexer<'l> {
    limits: &'l Limits,
    seen: u64,
    /// The folder that has the folders of the database, empty when there is none; `None` until
    /// the first wanted file.
    top: Option<String>,
    /// Those that have a folder of tables, which counts also when it has none.
    with_data: BTreeSet<String>,
    figures: Index,
    data: Index,
}

/// A wanted file.
#[derive(Debug)]
pub(super) struct Wanted {
    folder: &'static str,
    name: Box<str>,
}

impl<'l> Indexer<'l> {
    pub(super) fn new(limits: &'l Limits) -> Self {
        let (figures, data) = (Index::default(), Index::default());
        Self { limits, seen: 0, top: None, with_data: BTreeSet::new(), figures, data }
    }

    /// The next entry: whether it is a file of the database.
    ///
    /// # Errors
    ///
    /// There are too many, the path leads out of the archive, or it is that of a file of the
    /// database but something else is there.
    pub(super) fn see(&mut self, path: &[u8], kind: Kind) -> io::Result<Option<Wanted>> {
        self.seen += 1;
        self.limits.check_entries(self.seen)?;
        if kind == Kind::Remark {
            return Ok(None);
        }
        let path = String::from_utf8_lossy(path);
        let steps = steps(&path)?;
        let Some((top, folder, below)) = locate(&steps) else { return Ok(None) };
        let is_folder = kind == Kind::Directory || !below.is_empty();
        if folder == DATA && is_folder && !self.with_data.contains(top) {
            self.with_data.insert(top.to_owned());
        }
        let name = match (kind, below) {
            (_, [_, _, ..]) => return Ok(None),
            (_, [name]) if !is_wanted(folder, name) => return Ok(None),
            (Kind::Other(what), _) => {
                return Err(refusal(format!("found {what} at {path:?}, expected a file")));
            }
            (Kind::File, [name]) => *name,
            _ => return Ok(None),
        };
        if path.contains(|character: char| character.is_control() || character == '\u{FFFD}') {
            return Err(refusal(format!("found the path {path:?}, expected plain text")));
        }
        let known = self.top.get_or_insert_with(|| top.to_owned());
        if known != top {
            let (one, other) = (format!("{known}/{FIGURES}"), format!("{top}/{folder}"));
            return Err(refusal(format!("found {one:?} and {other:?}, expected one database")));
        }
        Ok(Some(Wanted { folder, name: name.into() }))
    }

    /// Adds a wanted file.
    ///
    /// # Errors
    ///
    /// There are too many.
    pub(super) fn add(&mut self, wanted: &Wanted, at: u64, size: u64) -> io::Result<()> {
        let index = if wanted.folder == DATA { &mut self.data } else { &mut self.figures };
        index.add(&wanted.name, at, size)
    }

    /// The files of the two folders, if there is the second.
    pub(super) fn finish(self) -> io::Result<(Index, Option<Index>)> {
        let is_there = self.top.is_some_and(|top| self.with_data.contains(&top));
        let data = is_there.then_some(self.data);
        let data = data.map(|data| data.sorted(DATA)).transpose()?;
        Ok((self.figures.sorted(FIGURES)?, data))
    }
}

/// The names of the folders on the way, and of the file.
fn steps(path: &str) -> io::Result<Vec<&str>> {
    // What is a name here is a path on Windows, and both are refused everywhere.
    let is_outside = path.starts_with(['/', '\\']) || path.split(['/', '\\']).any(|s| s == "..");
    if is_outside {
        return Err(refusal(format!("found the path {path:?}, expected one inside the archive")));
    }
    Ok(path.split('/').filter(|step| !matches!(*step, "" | ".")).collect())
}

/// What a path is in a database: the folder that has the folders of the database, which of these,
/// and the steps below that.
fn locate<'p, 's>(steps: &'s [&'p str]) -> Option<(&'p str, &'static str, &'s [&'p str])> {
    let (top, steps) = match steps {
        [FIGURES | DATA, ..] => ("", steps),
        [MACOS, ..] | [] => return None,
        [top, steps @ ..] => (*top, steps),
    };
    match steps {
        [FIGURES, below @ ..] => Some((top, FIGURES, below)),
        [DATA, below @ ..] => Some((top, DATA, below)),
        _ => None,
    }
}

fn is_wanted(folder: &str, name: &str) -> bool {
    is_table(name) || (folder == FIGURES && is_record(Path::new(name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index(paths: &[&str]) -> Result<(Vec<String>, Vec<String>), String> {
        let limits = Limits { archive_entries: 4, ..Limits::default() };
        let mut indexer = Indexer::new(&limits);
        for path in paths {
            let wanted = indexer.see(path.as_bytes(), Kind::File).map_err(|e| e.to_string())?;
            if let Some(wanted) = wanted {
                indexer.add(&wanted, 0, 0).unwrap();
            }
        }
        let (figures, data) = indexer.finish().map_err(|error| error.to_string())?;
        let names = |index: Index| index.names().map(str::to_owned).collect();
        Ok((names(figures), data.map(names).unwrap_or_default()))
    }

    #[test]
    fn files_of_the_database_are_wanted() {
        fn t(path: &str, in_figures: bool, in_data: bool) {
            let (figures, data) = index(&[path]).unwrap();
            assert_eq!((figures.len() == 1, data.len() == 1), (in_figures, in_data), "{path}");
        }
        t("_figures/a.md", true, false);
        t("./_figures/a.yaml", true, false);
        t("top/_figures//a.md", true, false);
        t("_figures/a-genes.tsv", true, false);
        t("top/_data/a-genes.tsv", false, true);
        t("_data/wpid_map.tsv", false, true);
        t("_data/a.md", false, false);
        t("_data/a.tsv", false, false);
        t("_figures/a.png", false, false);
        t("_figures/b/a.md", false, false);
        t("_figures/_figures/a.md", false, false);
        t("a/b/_figures/a.md", false, false);
        t("__MACOSX/_figures/a.md", false, false);
        t("_figures", false, false);
        t("a.md", false, false);
        t("", false, false);
    }

    #[test]
    fn a_folder_is_there_when_something_is_in_it() {
        let limits = Limits::default();
        let t = |path: &str, kind: Kind, expected: bool| {
            let mut indexer = Indexer::new(&limits);
            indexer.see(path.as_bytes(), kind).unwrap();
            let wanted = indexer.see(b"top/_figures/a.md", Kind::File).unwrap();
            indexer.add(&wanted.unwrap(), 0, 0).unwrap();
            assert_eq!(indexer.finish().unwrap().1.is_some(), expected, "{path}");
        };
        t("top/_data", Kind::Directory, true);
        t("top/_data/", Kind::Directory, true);
        t("top/_data/notes.txt", Kind::File, true);
        t("top/_data/sub/notes.txt", Kind::File, true);
        t("top/_data", Kind::File, false);
        t("_data/notes.txt", Kind::File, false);
        t("top/_figures/_data/notes.txt", Kind::File, false);
    }

    #[test]
    fn names_are_sorted() {
        let (figures, _) = index(&["_figures/b.md", "_figures/a.md", "_figures/B.md"]).unwrap();
        assert_eq!(figures, ["B.md", "a.md", "b.md"]);
    }

    #[test]
    fn what_no_database_has_is_refused() {
        fn t(paths: &[&str], expected: &str) {
            assert_eq!(index(paths).unwrap_err(), expected);
        }
        t(&["../x"], "found the path \"../x\", expected one inside the archive");
        t(&["a/../x"], "found the path \"a/../x\", expected one inside the archive");
        t(&["..\\x"], "found the path \"..\\\\x\", expected one inside the archive");
        t(&["/x"], "found the path \"/x\", expected one inside the archive");
        t(&["_figures/\u{1b}.md"], "found the path \"_figures/\\u{1b}.md\", expected plain text");
        t(&["_data/a-genes.tsv", "./_data/a-genes.tsv"], "found _data/a-genes.tsv twice");
        t(
            &["a/_figures/x.md", "b/_figures/x.md"],
            "found \"a/_figures\" and \"b/_figures\", expected one database",
        );
        t(&["a"; 5], "found more than 4 entries, the largest number that is read");
    }

    #[test]
    fn links_are_refused_where_they_could_matter() {
        let limits = Limits::default();
        let t = |path: &str, is_refused: bool| {
            let seen = Indexer::new(&limits).see(path.as_bytes(), Kind::Other("a symbolic link"));
            assert_eq!(seen.is_err(), is_refused, "{path}");
        };
        t("_figures/a.md", true);
        t("top/_data", true);
        t("top/_figures/a.png", false);
        t("docs", false);
    }
}
