use std::io;
use std::path::Path;

use super::refusal;
use crate::source::folder::is_table;
use crate::source::{Limits, is_record};

/// The folder of the records.
pub(super) const FIGURES: &str = "_figures";
/// The folder of the tables.
pub(super) const DATA: &str = "_data";
/// What the archives of macOS have beside the files: more about them, under the same names.
const MACOS: &str = "__MACOSX";

/// The files of a folder of an archive, by the bytes of their names.
#[derive(Debug, Default)]
pub(super) struct Index(Vec<Entry>);

/// A file in an archive.
#[derive(Debug)]
pub(in crate::source) struct Entry {
    name: Box<str>,
    /// Where it is; what that means depends on the archive.
    pub(super) at: u64,
    /// The number of its bytes.
    pub(in crate::source) size: u64,
}

/// What an entry of an archive is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Kind {
    File,
    Directory,
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
    figures: Index,
    data: Index,
}

/// A wanted file.
#[derive(Debug)]
pub(super) struct Wanted {
    folder: &'static str,
    name: Box<str>,
}

impl Index {
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|entry| &*entry.name)
    }

    pub(super) fn get(&self, name: &str) -> Option<&Entry> {
        let position = self.0.binary_search_by(|entry| (*entry.name).cmp(name)).ok()?;
        self.0.get(position)
    }

    fn sorted(mut self, folder: &str) -> io::Result<Self> {
        self.0.shrink_to_fit();
        self.0.sort_unstable_by(|a, b| a.name.cmp(&b.name));
        let twice = self.0.windows(2).find_map(|pair| match pair {
            [first, second] if first.name == second.name => Some(&first.name),
            _ => None,
        });
        match twice {
            Some(name) => Err(refusal(format!("found {folder}/{name} twice"))),
            None => Ok(self),
        }
    }
}

impl<'l> Indexer<'l> {
    pub(super) fn new(limits: &'l Limits) -> Self {
        let (figures, data) = (Index::default(), Index::default());
        Self { limits, seen: 0, top: None, figures, data }
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
        let path = String::from_utf8_lossy(path);
        let steps = steps(&path)?;
        let Some((top, folder, name)) = locate(&steps) else { return Ok(None) };
        let name = match (kind, name) {
            (Kind::File, Some(name)) => name,
            (Kind::Other(what), _) => {
                return Err(refusal(format!("found {what} at {path:?}, expected a file")));
            }
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
    pub(super) fn add(&mut self, wanted: Wanted, at: u64, size: u64) {
        let Wanted { folder, name } = wanted;
        let index = if folder == DATA { &mut self.data } else { &mut self.figures };
        index.0.push(Entry { name, at, size });
    }

    /// The files of the two folders, if the second has any.
    pub(super) fn finish(self) -> io::Result<(Index, Option<Index>)> {
        let data = Some(self.data).filter(|data| !data.0.is_empty());
        let data = data.map(|data| data.sorted(DATA)).transpose()?;
        Ok((self.figures.sorted(FIGURES)?, data))
    }
}

/// The names of the folders on the way, and of the file.
fn steps(path: &str) -> io::Result<Vec<&str>> {
    let steps: Vec<_> = path.split('/').filter(|step| !matches!(*step, "" | ".")).collect();
    if path.starts_with('/') || steps.contains(&"..") {
        return Err(refusal(format!("found the path {path:?}, expected one inside the archive")));
    }
    Ok(steps)
}

/// What a path is in a database: the folder that has the folders of the database, which of these,
/// and the wanted file in there.
fn locate<'p>(steps: &[&'p str]) -> Option<(&'p str, &'static str, Option<&'p str>)> {
    let (top, steps) = match steps {
        [FIGURES | DATA, ..] => ("", steps),
        [MACOS, ..] | [] => return None,
        [top, steps @ ..] => (*top, steps),
    };
    let is_wanted = |folder: &str, name: &str| {
        is_table(name) || (folder == FIGURES && is_record(Path::new(name)))
    };
    let (folder, steps) = match steps {
        [FIGURES, steps @ ..] => (FIGURES, steps),
        [DATA, steps @ ..] => (DATA, steps),
        _ => return None,
    };
    match steps {
        [] => Some((top, folder, None)),
        [name] if is_wanted(folder, name) => Some((top, folder, Some(name))),
        _ => None,
    }
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
                indexer.add(wanted, 0, 0);
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
