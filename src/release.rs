//! A release: what a data publisher puts on a web server.
//!
//! The data as one compressed file for each part, all of them as N-Quads, a small file of
//! metadata, and everything that helps to find, trust and load them: a description, checksums, the
//! shapes and what they found, recipes for stores, a page for people.

mod books;
mod canonical;
mod check;
mod checksum;
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
use self::dump::Names;
use crate::error::Error;
use crate::output::Directory;
use crate::serialize::Format;
use crate::sink::{Part, Parts};
use crate::statistics::Statistics;
use crate::summary::Summary;

pub use self::canonical::Canonical;
pub use self::check::{Check, check};
pub use self::description::{DATASET, DESCRIPTION};
pub use self::dump::Dump;
pub use self::manifest::{File, Manifest};
pub use self::settings::Settings;

/// What the shapes and the reading of the records found, as `validate --report json` says it.
pub const REPORT: &str = "validation-report.json.gz";

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

    /// Writes everything else, and lets the release appear.
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
        manifest.files = self.data(summary, described)?;
        manifest.files.extend(self.write_sidecars(&manifest.files)?);
        self.write(DESCRIPTION, &description::turtle(&manifest, &statistics)?)?;
        self.write(DATASET, &description::json_ld(&manifest))?;
        let described = [(DESCRIPTION, "text/turtle"), (DATASET, "application/ld+json")];
        for (name, media_type) in described {
            manifest.files.push(self.file(name.to_owned(), media_type)?);
        }
        for (name, media_type) in extras::write(self.folder())? {
            manifest.files.push(self.file(name, media_type)?);
        }
        if self.folder().join(REPORT).exists() {
            manifest.files.push(self.file(REPORT.to_owned(), "application/json")?);
        }
        self.write("index.html", &page::html(&manifest, &counts(summary, &statistics))?)?;
        manifest.files.push(self.file("index.html".to_owned(), "text/html")?);
        let json =
            serde_json::to_string_pretty(&manifest).map_err(|error| cannot_write(error.into()))?;
        self.write(MANIFEST, &(json + "\n"))?;
        self.write(SUMS, &self.sums(&manifest)?)?;
        self.directory.finish()?;
        Ok(manifest)
    }

    /// The files with triples.
    fn data(&self, summary: &Summary, described: u64) -> Result<Vec<File>, Error> {
        let all = Part::ALL.into_iter().map(|part| summary.triples(part)).sum();
        let file = |name, format: Format, triples, graph: Option<Part>| {
            let graph = graph.map(|part| part.graph().as_str().to_owned());
            let file = self.file(name, format.media_type())?;
            Ok::<_, Error>(File { triples: Some(triples), graph, ..file })
        };
        let names = &self.names;
        let part = |part| {
            let triples = summary.triples(part);
            let file = file(names.part(part), Format::NTriples, triples, Some(part))?;
            Ok(File { part: Some(part), ..file })
        };
        let mut files = self.settings.parts.iter().map(part).collect::<Result<Vec<_>, Error>>()?;
        files.push(file(names.quads(), Format::NQuads, all, None)?);
        if self.settings.has_turtle {
            files.push(file(names.turtle(), Format::Turtle, all, None)?);
        }
        files.push(file(names.metadata(), Format::NTriples, described, Some(Part::Core))?);
        Ok(files)
    }

    /// Writes the name of its graph beside each file that is to be loaded into one. Virtuoso looks
    /// for that of `a.nt.gz` in `a.nt.graph`.
    fn write_sidecars(&self, data: &[File]) -> Result<Vec<File>, Error> {
        let graphs = data.iter().filter_map(|file| Some((&file.name, file.graph.as_ref()?)));
        let sidecar = |(name, graph): (&String, &String)| {
            let name = format!("{}.graph", name.trim_end_matches(".gz"));
            self.write(&name, &format!("{graph}\n"))?;
            self.file(name, "text/plain")
        };
        graphs.map(sidecar).collect()
    }

    /// A file that is complete.
    fn file(&self, name: String, media_type: &str) -> Result<File, Error> {
        let path = self.folder().join(&name);
        let (bytes, sha256) = checksum::of(&path).map_err(|cause| Error::read(&path, cause))?;
        let media_type = media_type.to_owned();
        Ok(File { name, media_type, bytes, sha256, part: None, graph: None, triples: None })
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

/// The numbers that the page begins with.
fn counts(summary: &Summary, statistics: &Statistics) -> Vec<(&'static str, u64)> {
    let counts = statistics.counts(Parts::ALL);
    let of_class = |name: &str| {
        let classes = counts.classes.iter();
        let number = classes.filter(|(class, _)| class.ends_with(name)).map(|(_, number)| number);
        number.sum()
    };
    vec![
        ("figures", summary.converted()),
        ("articles", of_class("schema.org/ScholarlyArticle")),
        ("genes", of_class("schema.org/Gene")),
        ("chemicals", of_class("schema.org/ChemicalSubstance")),
        ("diseases", of_class("schema.org/MedicalCondition")),
        ("triples", counts.triples),
    ]
}
