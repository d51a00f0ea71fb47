use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::front_matter::GUESS;
use super::leaf::{self, Leaf};
use super::lines::{Items, Keys};
use super::locate::{self, Path};
use super::node::{self, Node};
use super::table::{column_of_cell, lines, texts};
use super::{Kind, Place, yaml};
use crate::diagnostic::{Field, Location};

/// The files of a record, to say in words that users know where something stands. What it takes
/// is read when it is needed, and once.
pub(crate) struct Locator<'t> {
    /// The name and the text of the record.
    record: (&'t str, &'t str),
    yaml: OnceCell<&'t str>,
    keys: OnceCell<Option<Keys<'t>>>,
    root: OnceCell<Option<Node<'t>>>,
    /// The items of the lists that were asked for, by the entry of each.
    items: RefCell<FxHashMap<u32, Option<Rc<Items<'t>>>>>,
    tables: [Table<'t>; 3],
}

struct Table<'t> {
    file: (&'t str, &'t [u8]),
    lines: OnceCell<Vec<&'t [u8]>>,
}

impl<'t> Locator<'t> {
    /// The places of a record with the names and bytes of its tables, in the order of
    /// [`Kind::ALL`].
    pub(crate) fn new(record: (&'t str, &'t str), tables: [(&'t str, &'t [u8]); 3]) -> Self {
        let tables = tables.map(|file| Table { file, lines: OnceCell::new() });
        let (yaml, keys, root) = (OnceCell::new(), OnceCell::new(), OnceCell::new());
        Self { record, yaml, keys, root, items: RefCell::default(), tables }
    }

    pub(crate) fn locate(&self, place: Place) -> Location {
        let (file, text) = self.record;
        let ((line, column), field) = match place {
            Place::Start => ((1, 1), None),
            Place::Byte(index) => (locate::line_and_column(text, index), None),
            Place::Path(path) => (self.line_and_column(&path), self.key(&path).map(Field::Key)),
            Place::Cell(kind, row, position) => return self.cell(kind, row, position),
            Place::Row(kind, row) => return self.locate(Place::Character(kind, row, 1)),
            Place::Character(kind, row, column) => {
                let file = self.table(kind).map_or("", |table| table.file.0);
                let field = Field::Cell { table: kind.to_string(), row, column: None };
                return Location::new(file, row, column).with_field(field);
            }
        };
        Location { field, ..Location::new(file, line, column) }
    }

    fn cell(&self, kind: Kind, row: u64, position: usize) -> Location {
        let Some(table) = self.table(kind) else { return Location::default() };
        let line = table.line(row.checked_sub(1));
        let header = texts(table.line(Some(0))).nth(position);
        let column = header.map(|name| name.trim_end_matches('\r').to_owned());
        let field = Field::Cell { table: kind.to_string(), row, column };
        Location::new(table.file.0, row, column_of_cell(line, position)).with_field(field)
    }

    fn table(&self, kind: Kind) -> Option<&Table<'t>> {
        let mut tables = Kind::ALL.into_iter().zip(&self.tables);
        tables.find_map(|(of, table)| (of == kind).then_some(table))
    }

    /// The values of the record's text, in the order of the file; none when it cannot be read.
    pub(crate) fn leaves(&self) -> Vec<Leaf<'_>> {
        self.root().map_or_else(Vec::new, leaf::leaves)
    }

    fn yaml(&self) -> &'t str {
        self.yaml.get_or_init(|| yaml::part_of(self.record.1))
    }

    fn root(&self) -> Option<&Node<'t>> {
        self.root.get_or_init(|| node::parse(self.yaml(), &GUESS).ok()).as_ref()
    }

    fn line_and_column(&self, path: &Path) -> (u64, u64) {
        let keys = self.keys.get_or_init(|| Keys::of(self.yaml())).as_ref();
        let by_lines = keys.and_then(|keys| {
            let in_item = || locate::locate_in_item(&*self.items(keys, path)?, path);
            locate::locate_entry(keys, path).or_else(in_item)
        });
        by_lines.unwrap_or_else(|| locate::locate(self.yaml(), path))
    }

    /// The items of the list that a path leads into.
    fn items(&self, keys: &Keys<'t>, path: &Path) -> Option<Rc<Items<'t>>> {
        let entry = *path.steps().first()?;
        let find = || {
            let Node::Map(entries) = self.root()? else { return None };
            let (_, Node::List(items)) = entries.get(entry as usize)? else { return None };
            locate::items(keys, path, items.len()).map(Rc::new)
        };
        self.items.borrow_mut().entry(entry).or_insert_with(find).clone()
    }

    /// The keys that lead to a value, as `schema-jsonld: license`.
    fn key(&self, path: &Path) -> Option<String> {
        let mut node = self.root()?;
        let mut keys = Vec::new();
        for step in path.steps() {
            let step = *step as usize;
            node = match node {
                Node::Map(entries) => {
                    let (key, value) = entries.get(step)?;
                    keys.push(key.as_ref());
                    value
                }
                Node::List(items) => items.get(step)?,
                _ => break,
            };
        }
        (!keys.is_empty()).then(|| keys.join(": "))
    }
}

impl<'t> Table<'t> {
    /// The line with this index, if there is one.
    fn line(&self, index: Option<u64>) -> &'t [u8] {
        let lines = self.lines.get_or_init(|| lines(self.file.1).collect());
        let line = index.and_then(|index| lines.get(usize::try_from(index).ok()?));
        line.copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raw::{self, Findings, FrontMatter};

    #[test]
    fn a_place_has_the_name_of_its_value() {
        let text = "---\nfigid: PMC1__f\ncolour: red\norganisms: {a: b}\nschema-jsonld:\n  \
            creator: {name: [x]}\ngenes:\n- {word: a, entrez: [1]}\n---\n";
        let mut findings = Findings::default();
        FrontMatter::parse(text, false, &mut findings).unwrap();
        let locator = Locator::new(("a.md", text), [("", &[]); 3]);
        let located = findings.located(&locator);
        let found: Vec<_> =
            located.iter().map(|d| (d.location.line, d.location.field.clone().unwrap())).collect();
        let expected = [
            (3, "colour"),
            (4, "organisms"),
            (6, "schema-jsonld: creator: name"),
            (8, "genes: entrez"),
        ];
        let mut found: Vec<_> =
            found.iter().map(|(line, field)| (*line, field.qualified_name())).collect();
        found.sort_unstable();
        assert_eq!(found, expected.map(|(line, key)| (line, key.to_owned())));
    }

    #[test]
    fn a_cell_has_the_name_of_its_column() {
        let table = b"\xEF\xBB\xBFword\tmesh\r\na b\tc\td\r\n";
        let locator = Locator::new(("", ""), [("", &[]), ("c.tsv", table), ("", &[])]);
        let t = |row, position, column: u64, name: &str| {
            let location = locator.locate(Place::Cell(Kind::Chemicals, row, position));
            assert_eq!(location.to_string(), format!("c.tsv:{row}:{column}"));
            assert_eq!(location.field.unwrap().to_string(), name);
        };
        t(1, 1, 6, "row 1, column mesh");
        t(2, 0, 1, "row 2, column word");
        t(2, 1, 5, "row 2, column mesh");
        t(2, 2, 7, "row 2");
        let row = locator.locate(Place::Row(Kind::Chemicals, 2));
        assert_eq!(row.to_string(), "c.tsv:2:1");
        assert_eq!(row.field.unwrap().to_string(), "row 2");
    }

    #[test]
    fn what_is_wrong_with_a_row_or_table_names_no_column() {
        let t = |table: &[u8], expected: &[&str]| {
            let mut findings = Findings::default();
            let _ = raw::Table::parse(Kind::Diseases, table, &mut findings);
            let locator = Locator::new(("", ""), [("", &[]), ("", &[]), ("d.tsv", table)]);
            let located = findings.located(&locator);
            let fields: Vec<_> =
                located.iter().map(|d| d.location.field.as_ref().unwrap().to_string()).collect();
            assert_eq!(fields, expected);
        };
        t(b"", &["row 1"]);
        t(b"word\tmesh\tmatch\tname\n", &["row 1"]);
        t(b"word\tmesh\tmatch\tname\tdoid\na\tb\n", &["row 2"]);
    }
}
