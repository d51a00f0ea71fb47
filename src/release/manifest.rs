use serde::{Deserialize, Serialize};

use super::settings::Settings;
use crate::error::Error;
use crate::serialize::SchemaOrg;
use crate::sink::{Part, Parts};

/// What a release holds, for programs: `manifest.json`. From its settings and from the data the
/// rest of the release follows.
///
/// ```
/// use pfocr2rdf::release::{Manifest, Role};
///
/// let json = r#"{
///   "version": "20261101", "created": "2026-11-01T00:00:00Z", "base": "https://example.org/",
///   "publisher": "https://example.org/", "publisherName": "Example", "source": null,
///   "previous": null, "generator": "pfocr2rdf 0.1.0", "parts": ["core"], "turtle": false,
///   "schemaBase": "http", "canonicalHash": "00", "summary": {},
///   "files": [{ "name": "a.nt.gz", "role": "part", "mediaType": "application/n-triples",
///     "bytes": 20, "sha256": "00", "part": "core", "graph": "https://example.org/core",
///     "triples": 0 }]
/// }"#;
/// let manifest: Manifest = serde_json::from_str(json)?;
/// assert_eq!(manifest.files[0].role, Role::Part);
/// # Ok::<_, serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Manifest {
    /// The version, as `20261101`.
    pub version: String,
    /// When the release was made, as `xsd:dateTime`.
    pub created: String,
    /// The IRI of the directory that the files are published in, with `/` at its end.
    pub base: String,
    /// The IRI of who publishes it.
    pub publisher: String,
    /// What people call the publisher.
    pub publisher_name: String,
    /// Where the records are from: an IRI, or a commit.
    pub source: Option<String>,
    /// The release before.
    pub previous: Option<Previous>,
    /// The program that made it, with its version.
    pub generator: String,
    /// The parts that were written.
    pub parts: Vec<Part>,
    /// Whether all triples were written as Turtle as well.
    pub turtle: bool,
    /// Whether the terms of schema.org begin with `http` or `https`.
    pub schema_base: SchemaOrg,
    /// The SHA-256 of all triples as sorted N-Triples, each once.
    pub canonical_hash: String,
    /// What was read and written, as `convert --summary` says it.
    pub summary: serde_json::Value,
    /// The files, but for this one and `SHA256SUMS`.
    pub files: Vec<File>,
}

/// The release before another.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Previous {
    /// The IRI of the directory that its files are published in, with `/` at its end.
    pub base: String,
    /// What its data files are called in its description, as `core`, as far as that is known.
    pub files: Vec<String>,
}

/// A file of a release.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct File {
    /// Its path in the release, with `/`.
    pub name: String,
    /// What it is for.
    pub role: Role,
    /// The media type of its content, before it is compressed.
    pub media_type: String,
    /// Its size.
    pub bytes: u64,
    /// Its SHA-256, in hexadecimal digits.
    pub sha256: String,
    /// The part that it holds, if it holds one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<Part>,
    /// The named graph that it is to be loaded into.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub graph: Option<String>,
    /// The number of its triples or quads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub triples: Option<u64>,
}

/// What a file of a release is for.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// The triples of a part.
    Part,
    /// All parts with their graphs.
    Quads,
    /// All parts in one graph.
    Turtle,
    /// Figures and articles without what the figures show.
    Metadata,
    /// The name of the graph that a file is to be loaded into.
    Graph,
    /// The description, as Turtle.
    Description,
    /// The description for search engines.
    Dataset,
    /// A recipe for a store.
    Recipe,
    /// A query.
    Query,
    /// Shapes.
    Shapes,
    /// The terms of a vocabulary.
    Vocabulary,
    /// What the shapes and the reading of the records found.
    Report,
    /// The page for people.
    Page,
}

impl Previous {
    /// The release at this IRI: that of its directory, with or without `/` at its end, or of the
    /// release in its description, which ends with `#release`.
    ///
    /// ```
    /// use pfocr2rdf::release::Previous;
    ///
    /// for iri in ["https://example.org/a", "https://example.org/a/#release"] {
    ///     assert_eq!(Previous::at(iri).base, "https://example.org/a/");
    /// }
    /// ```
    #[must_use]
    pub fn at(iri: &str) -> Self {
        let base = iri.strip_suffix("#release").unwrap_or(iri).trim_end_matches('/');
        Self { base: format!("{base}/"), files: Vec::new() }
    }
}

impl From<&Manifest> for Previous {
    fn from(manifest: &Manifest) -> Self {
        let files = manifest.data().filter_map(File::id).map(str::to_owned);
        Self { base: manifest.base.clone(), files: files.collect() }
    }
}

impl File {
    /// What a file of data is called in the description: its part, or else its role.
    #[must_use]
    pub fn id(&self) -> Option<&'static str> {
        match (self.role, self.part) {
            (Role::Part, Some(part)) => Some(part.as_str()),
            (Role::Quads, _) => Some("quads"),
            (Role::Turtle, _) => Some("turtle"),
            (Role::Metadata, _) => Some("metadata"),
            _ => None,
        }
    }
}

impl Manifest {
    /// The files with triples.
    pub(super) fn data(&self) -> impl Iterator<Item = &File> {
        self.files.iter().filter(|file| file.id().is_some())
    }

    /// The settings that the release was made with.
    ///
    /// # Errors
    ///
    /// It cannot have been made with these.
    pub(super) fn settings(&self) -> Result<Settings, Error> {
        let mut settings = Settings::new(&self.version)?.with_created(&self.created)?;
        settings.base.clone_from(&self.base);
        settings.publisher.clone_from(&self.publisher);
        settings.publisher_name = Some(self.publisher_name.clone());
        settings.source.clone_from(&self.source);
        settings.previous.clone_from(&self.previous);
        settings.parts = self.parts.iter().copied().collect::<Parts>();
        settings.schema = self.schema_base;
        settings.has_turtle = self.turtle;
        settings.check()?;
        Ok(settings)
    }
}
