//! The description of a release for search engines of datasets.

use serde_json::json;

use super::description::{ABOUT, KEYWORDS, TITLE, source, summary};
use super::manifest::Manifest;
use crate::{iri, vocab};

/// The file of this description.
pub const DATASET: &str = "dataset.jsonld";

/// The description for search engines, as JSON-LD. Its context is its own, so that a processor
/// needs nothing from elsewhere.
pub(super) fn json_ld(manifest: &Manifest) -> String {
    let base = &manifest.base;
    let files = manifest.data().map(|file| {
        json!({
            "@id": format!("{base}#{}", file.id().unwrap_or_default()),
            "@type": "DataDownload",
            "name": file.name,
            "description": super::page::holds(file).1,
            "contentUrl": { "@id": format!("{base}{}", file.name) },
            "encodingFormat": file.media_type,
            "contentSize": format!("{} B", file.bytes),
            "sha256": file.sha256,
        })
    });
    let node = |iri: &str| json!({ "@id": iri });
    let dataset = json!({
        "@context": { "@vocab": vocab::schema::NAMESPACE },
        "@id": format!("{base}#release"),
        "@type": "Dataset",
        "name": format!("{TITLE}, release {}", manifest.version),
        "alternateName": "PFOCR RDF",
        "description": ABOUT,
        "url": node(&format!("{base}index.html")),
        "isPartOf": node(&summary(manifest)),
        "identifier": format!("{base}#release"),
        "version": manifest.version,
        "datePublished": manifest.created,
        "license": node(iri::CC0),
        "isAccessibleForFree": true,
        "keywords": KEYWORDS,
        "measurementTechnique": "optical character recognition",
        "creator": {
            "@id": manifest.publisher, "@type": "Organization", "name": manifest.publisher_name,
        },
        "publisher": node(&manifest.publisher),
        "isBasedOn": node(&source(manifest)),
        "citation": node("https://doi.org/10.1186/s13059-020-02181-2"),
        "includedInDataCatalog": {
            "@id": iri::CATALOG, "@type": "DataCatalog", "name": "Pathway Figure OCR",
        },
        "distribution": files.collect::<Vec<_>>(),
    });
    format!("{dataset:#}\n")
}
