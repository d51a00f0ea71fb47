use serde::{Deserialize, Serialize};

use crate::sink::Part;

/// What a release holds, for programs: `manifest.json`.
///
/// ```
/// use pfocr2rdf::release::Manifest;
///
/// let json = r#"{
///   "version": "20261101", "created": "2026-11-01T00:00:00Z", "base": "https://example.org/",
///   "publisher": "https://example.org/", "source": null, "previous": null,
///   "generator": "pfocr2rdf 0.1.0", "schemaBase": "http", "canonicalHash": "00", "summary": {},
///   "files": [{ "name": "a.nt.gz", "mediaType": "application/n-triples", "bytes": 20,
///     "sha256": "00", "part": "core", "graph": "https://example.org/core", "triples": 0 }]
/// }"#;
/// let manifest: Manifest = serde_json::from_str(json)?;
/// assert_eq!(manifest.files[0].triples, Some(0));
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
    /// Where the records are from: an IRI, or a commit.
    pub source: Option<String>,
    /// The IRI of the release before.
    pub previous: Option<String>,
    /// The program that made it, with its version.
    pub generator: String,
    /// Whether the terms of schema.org begin with `http` or `https`.
    pub schema_base: String,
    /// The SHA-256 of all triples as sorted N-Triples, each once.
    pub canonical_hash: String,
    /// What was read and written, as `convert --summary` says it.
    pub summary: serde_json::Value,
    /// The files, but for this one and `SHA256SUMS`.
    pub files: Vec<File>,
}

/// A file of a release.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct File {
    /// Its path in the release, with `/`.
    pub name: String,
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
