//! What a run made its output of, record by record, so that a later run can tell what changed.
//!
//! A [`Manifest`] is written with `convert --manifest` and read with `convert --since`. It is
//! JSON: the program, the [`Settings`], the number of triples, and for each record by its figid
//! the name of its file and a hash. The hash is over all that the triples of the record depend
//! on but the settings: its file, its tables, its rows in `wpid_map.tsv` and `ndex_map.tsv`, and
//! what a table of PMC ids knows of its article. So a new table of PMC ids changes only the
//! records of which it knows more than the old one.

mod digest;
mod settings;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

pub use self::digest::Digest;
pub use self::settings::Settings;
use crate::error::Error;
use crate::rdf_file;

/// The records of a run and what else its output depends on.
///
/// ```
/// use pfocr2rdf::manifest::{Digest, Entry, Manifest, Settings};
/// use pfocr2rdf::mapping::Context;
/// use pfocr2rdf::organisms::OrganismTable;
/// use pfocr2rdf::serialize::SchemaOrg;
///
/// let organisms = OrganismTable::bundled();
/// let settings = Settings::new(&Context::new(&organisms), SchemaOrg::Http);
/// let entry = |content: &[u8]| {
///     let sha256 = Digest::from_reader(content)?;
///     std::io::Result::Ok(Entry { file: "PMC1__f.md".to_owned(), sha256 })
/// };
/// let mut old = Manifest::new(settings.clone());
/// old.add("PMC1__f", entry(b"one")?);
/// let mut new = Manifest::new(settings);
/// new.add("PMC1__f", entry(b"two")?);
/// assert!(!old.is_unchanged("PMC1__f", entry(b"two")?.sha256));
/// assert_eq!(old.removed(&new).count(), 0);
/// # std::io::Result::Ok(())
/// ```
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    program: String,
    settings: Settings,
    /// None when the run wrote only some of the triples.
    triples: Option<u64>,
    records: BTreeMap<String, Entry>,
}

/// What a manifest knows of a record.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The name of its file, without folders.
    pub file: String,
    /// The hash of its content.
    pub sha256: Digest,
}

impl Manifest {
    /// A manifest of this program without records.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        let program = concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION")).to_owned();
        Self { program, settings, triples: None, records: BTreeMap::new() }
    }

    /// Reads a manifest; by its name, what it was compressed from is read.
    ///
    /// # Errors
    ///
    /// The file cannot be read or is no manifest.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let reader = io::BufReader::new(rdf_file::open(path)?);
        serde_json::from_reader(reader).map_err(|error| {
            if error.is_io() {
                return Error::read(path, error.into());
            }
            Error::invalid(format!("{}: expected a manifest: {error}", path.display()))
        })
    }

    /// Writes it, the records in the order of their figids.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn write(&self, mut writer: impl Write) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut writer, self)?;
        writer.write_all(b"\n")
    }

    /// An IRI that is the same for the same records with the same settings.
    ///
    /// # Errors
    ///
    /// It cannot be written as JSON; ours can.
    pub fn id(&self) -> io::Result<String> {
        let content = serde_json::to_vec(&(&self.program, &self.settings, &self.records))?;
        Ok(format!("urn:uuid:{}", Digest::from_reader(content.as_slice())?.uuid()))
    }

    /// Adds a record.
    pub fn add(&mut self, figid: &str, entry: Entry) {
        self.records.insert(figid.to_owned(), entry);
    }

    /// The records by their figids.
    pub fn records(&self) -> impl Iterator<Item = (&str, &Entry)> {
        self.records.iter().map(|(figid, entry)| (figid.as_str(), entry))
    }

    /// The number of triples of the output, when the run wrote it whole.
    #[must_use]
    pub fn triples(&self) -> Option<u64> {
        self.triples
    }

    /// Notes the number of triples of the whole output.
    pub fn set_triples(&mut self, triples: Option<u64>) {
        self.triples = triples;
    }

    /// Why the triples of this run and of one with another manifest can differ for the same
    /// records, if so.
    ///
    /// # Errors
    ///
    /// The program or a setting is not the same; the message says which.
    pub fn check_same_settings(&self, other: &Self) -> Result<(), String> {
        if self.program != other.program {
            return Err(format!("it is of {}, this is {}", self.program, other.program));
        }
        match self.settings.difference(&other.settings) {
            Some(option) => Err(format!("it was written with another {option}")),
            None => Ok(()),
        }
    }

    /// Whether the triples of a record are the same as then, by the hash of its content now.
    ///
    /// A figid that ends in `.html` names a figure whose IRI is that of the page of another one.
    /// Two such records are never told apart, and so never unchanged.
    #[must_use]
    pub fn is_unchanged(&self, figid: &str, sha256: Digest) -> bool {
        const PAGE: &str = ".html";
        self.records.get(figid).is_some_and(|entry| entry.sha256 == sha256)
            && !figid.ends_with(PAGE)
            && !self.records.contains_key(&format!("{figid}{PAGE}"))
    }

    /// The records which a later manifest does not have any more.
    pub fn removed<'m>(&'m self, later: &Manifest) -> impl Iterator<Item = (&'m str, &'m Entry)> {
        self.records().filter(|(figid, _)| !later.records.contains_key(*figid))
    }
}
