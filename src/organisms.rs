//! Names of organisms and their numbers in the
//! [NCBI taxonomy](https://www.ncbi.nlm.nih.gov/taxonomy).

use std::collections::HashMap;
use std::io::BufRead;

use crate::error::Error;
use crate::id::TaxonId;
use crate::text;

const BUNDLED: &str = include_str!("../data/organisms.tsv");

/// A table of the names of organisms, for exact look-up of clean names.
///
/// ```
/// use pfocr2rdf::organisms::OrganismTable;
///
/// let organisms = OrganismTable::bundled();
/// assert_eq!(organisms.get("Mus musculus"), Some(("10090", "Mus musculus")));
/// assert_eq!(organisms.get("herbal medicine"), None);
/// assert_eq!(organisms.name("10090"), Some("Mus musculus"));
/// ```
#[derive(Clone, Debug)]
pub struct OrganismTable {
    names: HashMap<String, Entry>,
    scientific: HashMap<u64, String>,
}

/// How a name is known; a lower rank beats a higher one.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Rank {
    Bundled,
    Scientific,
    Synonym,
}

#[derive(Clone, Debug)]
struct Entry {
    rank: Rank,
    id: String,
    /// Two taxa of the same rank have the name, so it tells neither.
    ambiguous: bool,
}

impl OrganismTable {
    /// The table that comes with the package: the organisms that PFOCR names most.
    #[must_use]
    pub fn bundled() -> Self {
        let mut table = Self { names: HashMap::new(), scientific: HashMap::new() };
        for line in BUNDLED.lines().skip(1) {
            if let Some((id, name)) = line.split_once('\t') {
                table.add(Rank::Bundled, id, name);
            }
        }
        table
    }

    /// Adds the scientific names, synonyms and equivalent names of a `names.dmp` of the
    /// [NCBI taxonomy dump](https://ftp.ncbi.nlm.nih.gov/pub/taxonomy/).
    ///
    /// Names that are in the table keep their number, a scientific name beats a synonym, and a
    /// name that two taxa have is not added.
    ///
    /// # Errors
    ///
    /// The file cannot be read, has no line, or a line is not four fields that end in `|`.
    ///
    /// ```
    /// use pfocr2rdf::organisms::OrganismTable;
    ///
    /// let dump = "8839\t|\tAnas platyrhynchos\t|\t\t|\tscientific name\t|\n";
    /// let mut organisms = OrganismTable::bundled();
    /// organisms.extend_from_names_dmp(dump.as_bytes())?;
    /// assert_eq!(organisms.get("Anas platyrhynchos").unwrap().0, "8839");
    /// # Ok::<_, pfocr2rdf::Error>(())
    /// ```
    pub fn extend_from_names_dmp(&mut self, dump: impl BufRead) -> Result<(), Error> {
        let mut lines = (1..).zip(dump.lines()).peekable();
        if lines.peek().is_none() {
            return Err(Error::invalid("names.dmp: found an empty file, expected names"));
        }
        for (number, line) in lines {
            let line = line.map_err(|cause| Error::read("names.dmp", cause))?;
            let fields: Vec<&str> = line.split('|').map(str::trim).collect();
            let [id, name, _, class, _] = fields.as_slice() else {
                let message = format!("names.dmp:{number}: expected four fields that end in \"|\"");
                return Err(Error::invalid(message));
            };
            if let Err(error) = TaxonId::parse(id) {
                return Err(Error::invalid(format!("names.dmp:{number}: {error}")));
            }
            match *class {
                "scientific name" => self.add(Rank::Scientific, id, name),
                "synonym" | "equivalent name" => self.add(Rank::Synonym, id, name),
                _ => {}
            }
        }
        Ok(())
    }

    /// The number and the scientific name of the organism with this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<(&str, &str)> {
        let (known, entry) = self.names.get_key_value(name)?;
        if entry.ambiguous {
            return None;
        }
        let scientific = entry.id.parse().ok().and_then(|id: u64| self.scientific.get(&id));
        Some((&entry.id, scientific.unwrap_or(known)))
    }

    /// The scientific name of the organism with this number.
    #[must_use]
    pub fn name(&self, id: &str) -> Option<&str> {
        self.scientific.get(&id.parse().ok()?).map(String::as_str)
    }

    fn add(&mut self, rank: Rank, id: &str, name: &str) {
        let name = text::text(name).into_owned();
        if rank < Rank::Synonym
            && let Ok(id) = id.parse()
        {
            self.scientific.entry(id).or_insert_with(|| name.clone());
        }
        let new = Entry { rank, id: id.to_owned(), ambiguous: false };
        let entry = self.names.entry(name).or_insert_with(|| new.clone());
        if rank < entry.rank {
            *entry = new;
        } else if rank == entry.rank && entry.id != id {
            entry.ambiguous = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DUMP: &str = "\
9606\t|\thuman being\t|\t\t|\tsynonym\t|
9606\t|\tman\t|\t\t|\tcommon name\t|
1386\t|\tBacillus\t|\tBacillus <bacteria>\t|\tscientific name\t|
55087\t|\tBacillus\t|\tBacillus <insects>\t|\tscientific name\t|
8839\t|\tAnas  platyrhynchos\t|\t\t|\tscientific name\t|
8840\t|\tAnas platyrhynchos\t|\t\t|\tsynonym\t|
7\t|\tMus musculus\t|\t\t|\tscientific name\t|
";

    #[test]
    fn names_lead_to_one_taxon() {
        fn t(name: &str, expected: Option<(&str, &str)>) {
            let mut table = OrganismTable::bundled();
            table.extend_from_names_dmp(DUMP.as_bytes()).unwrap();
            assert_eq!(table.get(name), expected);
        }
        t("Homo sapiens", Some(("9606", "Homo sapiens")));
        t("human being", Some(("9606", "Homo sapiens")));
        t("man", None);
        t("Bacillus", None);
        t("Anas platyrhynchos", Some(("8839", "Anas platyrhynchos")));
        t("Mus musculus", Some(("10090", "Mus musculus")));
        t("homo sapiens", None);
    }

    #[test]
    fn a_broken_dump_is_refused_with_its_line() {
        fn t(dump: &str, expected: &str) {
            let error = OrganismTable::bundled().extend_from_names_dmp(dump.as_bytes());
            assert_eq!(error.unwrap_err().to_string(), expected);
        }
        t("", "names.dmp: found an empty file, expected names");
        t("1\t|\tx\n", "names.dmp:1: expected four fields that end in \"|\"");
        t("x\t|\tx\t|\t\t|\ty\t|\n", "names.dmp:1: found \"x\", expected a positive integer");
    }
}
