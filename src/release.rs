//! A release: what a data publisher puts on a web server.
//!
//! The data as one compressed file for each part, all of them as N-Quads, a small file of
//! metadata, and everything that helps to find, trust and load them: a description, checksums, the
//! shapes and what they found, recipes for stores, a page for people.

mod books;
mod canonical;
mod check;
mod checksum;
mod contents;
mod dataset;
mod description;
mod dump;
mod extras;
mod manifest;
mod metadata;
mod page;
mod settings;

use std::fs;
use std::path::Path;

use self::books::Accounts;
use self::contents::Entry;
use self::dump::Names;
use crate::error::Error;
use crate::output::Directory;
use crate::sink::Part;
use crate::statistics::Statistics;
use crate::summary::Summary;

pub use self::canonical::Canonical;
pub use self::check::{Check, check};
pub use self::dataset::DATASET;
pub use self::description::DESCRIPTION;
pub use self::dump::Dump;
pub use self::manifest::{File, Manifest, Previous, Role};
pub use self::settings::Settings;

/// What the shapes and the reading of the records found, as `validate --report json` says it.
pub const REPORT: &str = "validation-report.json.gz";

/// The page for people.
const PAGE: &str = "index.html";

/// The [`Manifest`].
pub const MANIFEST: &str = "manifest.json";

/// The checksums of all other files, as `sha256sum` writes them.
pub const SUMS: &str = "SHA256SUMS";

/// A release that is being made, in a directory that appears when it is complete.
#[derive(Debug)]
pub struct Release<'s> {
    settings: &'s Settings,
    names: Names,
    directory: Directory,
}

impl<'s> Release<'s> {
    /// Begins a release in a new or empty directory.
    ///
    /// # Errors
    ///
    /// The directory is not empty or cannot be made.
    pub fn begin(path: &Path, settings: &'s Settings) -> Result<Self, Error> {
        let directory = Directory::create(path)?;
        Ok(Self { settings, names: Names::new(&settings.version), directory })
    }

    /// Where the files are until the release is complete; the [report](REPORT) goes there.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.directory.path()
    }

    /// What the triples are to be written to.
    ///
    /// # Errors
    ///
    /// The files cannot be made.
    pub fn dump(&self) -> Result<Dump, Error> {
        Dump::create(self.folder(), &self.names, self.settings)
    }

    /// Writes everything else, and lets the release appear. The [report](REPORT) must be there.
    ///
    /// # Errors
    ///
    /// A file cannot be written.
    pub fn finish(self, dump: Dump, summary: &Summary) -> Result<Manifest, Error> {
        let cannot_write = |cause| Error::write(self.folder(), cause);
        let (accounts, described) = dump.finish().map_err(cannot_write)?;
        let Accounts { statistics, canonical, .. } = accounts;
        let mut manifest = self.settings.manifest();
        manifest.canonical_hash = canonical.finish().map_err(cannot_write)?;
        manifest.summary =
            serde_json::to_value(summary).map_err(|error| cannot_write(error.into()))?;
        for entry in contents::data(self.settings) {
            let triples = match (entry.role, entry.part) {
                (Role::Metadata, _) => described,
                (_, Some(part)) => summary.triples(part),
                _ => Part::ALL.into_iter().map(|part| summary.triples(part)).sum(),
            };
            manifest.files.push(File { triples: Some(triples), ..self.file(entry)? });
        }
        for (entry, text) in texts(&manifest, self.settings, &statistics)? {
            extras::write(self.folder(), &entry.name, &text)?;
            manifest.files.push(self.file(entry)?);
        }
        manifest.files.push(self.file(contents::report())?);
        let json =
            serde_json::to_string_pretty(&manifest).map_err(|error| cannot_write(error.into()))?;
        self.write(MANIFEST, &(json + "\n"))?;
        self.write(SUMS, &self.sums(&manifest)?)?;
        self.directory.finish()?;
        Ok(manifest)
    }

    /// A file that is complete.
    fn file(&self, entry: Entry) -> Result<File, Error> {
        let path = self.folder().join(&entry.name);
        let (bytes, sha256) = checksum::of(&path).map_err(|cause| Error::read(&path, cause))?;
        let Entry { name, role, media_type, part, graph } = entry;
        let (media_type, graph) = (media_type.to_owned(), graph.map(str::to_owned));
        Ok(File { name, role, media_type, bytes, sha256, part, graph, triples: None })
    }

    fn write(&self, name: &str, text: &str) -> Result<(), Error> {
        let path = self.folder().join(name);
        fs::write(&path, text).map_err(|cause| Error::write(path, cause))
    }

    /// All checksums, as `sha256sum` writes and checks them.
    fn sums(&self, manifest: &Manifest) -> Result<String, Error> {
        let path = self.folder().join(MANIFEST);
        let (_, sum) = checksum::of(&path).map_err(|cause| Error::read(&path, cause))?;
        let files = manifest.files.iter().map(|file| (file.name.as_str(), file.sha256.as_str()));
        let mut files: Vec<_> = files.chain([(MANIFEST, sum.as_str())]).collect();
        files.sort_unstable();
        let line = |sums, (name, sum)| format!("{sums}{sum}  {name}\n");
        Ok(files.into_iter().fold(String::new(), line))
    }
}

/// All files that follow from the settings, the data files and what is in them.
fn texts(
    manifest: &Manifest,
    settings: &Settings,
    statistics: &Statistics,
) -> Result<Vec<(Entry, String)>, Error> {
    let graphs = contents::data(settings)
        .into_iter()
        .filter_map(|entry| Some((contents::sidecar(&entry.name), format!("{}\n", entry.graph?))));
    let mut texts: Vec<_> =
        graphs.map(|(name, graph)| (Entry::new(name, Role::Graph, "text/plain"), graph)).collect();
    let dataset = dataset::json_ld(manifest);
    let page = page::html(manifest, statistics, &dataset)?;
    texts.push((contents::description(), description::turtle(manifest, statistics)?));
    texts.push((contents::dataset(), dataset));
    texts.extend(extras::files(settings.schema));
    texts.push((contents::page(), page));
    Ok(texts)
}

/// Statistics of the parts and of the metadata.
fn statistics() -> Statistics {
    Statistics::with_subset(|part, line| part == Part::Core && metadata::contain(line))
}
