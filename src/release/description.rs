//! The description of a release, for machines: VoID, DCAT, PAV, PROV, schema.org, and the three
//! levels (summary, version, distribution) of the
//! [HCLS dataset description](https://www.w3.org/TR/hcls-dataset/).

use std::collections::BTreeMap;

use minijinja::{Environment, Value, context};
use oxrdf::{Term, Triple};
use oxttl::{TurtleParser, TurtleSerializer};
use serde_json::json;

use super::manifest::{File, Manifest};
use crate::error::Error;
use crate::iri;
use crate::sink::Parts;
use crate::statistics::{Counts, Statistics, Target};
use crate::vocab;

/// The file of the description.
pub const DESCRIPTION: &str = "pfocr-rdf-void.ttl";

/// The description for search engines of datasets.
pub const DATASET: &str = "dataset.jsonld";

const TEMPLATE: &str =
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/release/description.ttl"));

const TITLE: &str = "Pathway Figure OCR as linked data";
const ABOUT: &str = "Which genes, chemicals and diseases the pathway figures of the biomedical \
    literature show, as read in the figures by optical character recognition: figures, articles, \
    entities with the identifiers of NCBI Gene, MeSH, ChEBI and the Disease Ontology, and the words \
    that gave them, in the vocabularies of schema.org, WikiPathways and Web Annotation.";
const KEYWORDS: [&str; 6] = [
    "biological pathways",
    "pathway figures",
    "optical character recognition",
    "genes",
    "chemicals",
    "diseases",
];
/// Where the records come from.
const REPOSITORY: &str = "https://github.com/wikipathways/pfocr-database";

/// The description as Turtle.
pub(super) fn turtle(manifest: &Manifest, statistics: &Statistics) -> Result<String, Error> {
    let invalid = |error: &dyn std::fmt::Display| Error::invalid(format!("{DESCRIPTION}: {error}"));
    let text = render(manifest, statistics).map_err(|error| invalid(&error))?;
    let mut parser = TurtleParser::new().for_slice(&text);
    let triples: Vec<_> =
        parser.by_ref().collect::<Result<_, _>>().map_err(|error| invalid(&error))?;
    let mut serializer = TurtleSerializer::new();
    for (prefix, namespace) in parser.prefixes() {
        serializer = serializer.with_prefix(prefix, namespace).map_err(|error| invalid(&error))?;
    }
    let mut serializer = serializer.for_writer(Vec::new());
    let written = triples.iter().try_for_each(|triple| serializer.serialize_triple(triple));
    let bytes = written.and_then(|()| serializer.finish()).map_err(|error| invalid(&error))?;
    String::from_utf8(bytes).map_err(|error| invalid(&error))
}

fn render(manifest: &Manifest, statistics: &Statistics) -> Result<String, minijinja::Error> {
    let file = |file: &File| {
        let id = id(file);
        let counts = match file.part {
            Some(part) => Some(statistics.counts(Parts::from_iter([part]))),
            None => (id != "metadata").then(|| statistics.counts(Parts::ALL)),
        };
        let (title, description) = super::page::holds(file);
        context! {
            id => id,
            iri => format!("{}#{id}", manifest.base),
            name => file.name.as_str(),
            title => title,
            description => description,
            media_type => file.media_type.as_str(),
            feature => format!("http://www.w3.org/ns/formats/{}", feature(&file.media_type)),
            compression => if id == "turtle" { "zstd" } else { "gzip" },
            bytes => file.bytes,
            sha256 => file.sha256.as_str(),
            graph => file.graph.as_deref().filter(|_| file.part.is_some()),
            triples => file.triples,
            counts => counts.as_ref().map(counted),
        }
    };
    let files = manifest.files.iter().filter(|file| file.triples.is_some()).map(file);
    let (software, software_version) = software(manifest);
    let context = context! {
        about => ABOUT,
        keywords => KEYWORDS.map(Value::from),
        summary => summary(manifest),
        base => manifest.base.as_str(),
        version => manifest.version.as_str(),
        created => manifest.created.as_str(),
        publisher => manifest.publisher.as_str(),
        previous => manifest.previous.as_deref(),
        source => source(manifest),
        license => iri::CC0,
        software => software,
        software_version => software_version,
        vocabularies => vocab::ALL.iter().map(|known| known.namespace).collect::<Vec<_>>(),
        targets => Target::all().map(target).collect::<Vec<_>>(),
        files => files.collect::<Vec<_>>(),
    };
    Environment::new().render_str(TEMPLATE, context)
}

fn target(target: Target) -> Value {
    let (name, title, homepage) = (target.name(), target.title(), target.homepage());
    context! { name => name, title => title, homepage => homepage }
}

fn counted(counts: &Counts) -> Value {
    let named = |numbers: &BTreeMap<String, u64>| {
        let numbers = numbers.iter().map(|(iri, number)| {
            context! { iri => iri.as_str(), id => short(iri), number => *number }
        });
        numbers.collect::<Vec<_>>()
    };
    let links = counts.links.iter().map(|((target, property), number)| {
        context! {
            id => format!("{}-{}", target.name(), short(property)),
            target => target.name(),
            property => property.as_str(),
            number => *number,
        }
    });
    context! {
        entities => counts.entities,
        subjects => counts.subjects,
        objects => counts.objects,
        classes => named(&counts.classes),
        properties => named(&counts.properties),
        datatypes => named(&counts.datatypes),
        links => links.collect::<Vec<_>>(),
    }
}

/// A term as part of an IRI: `schema-name`.
fn short(iri: &str) -> String {
    let (_, rest) = iri.split_once("://").unwrap_or(("", iri));
    let known = vocab::ALL.iter().find_map(|known| {
        let (_, namespace) = known.namespace.split_once("://")?;
        Some(format!("{}-{}", known.prefix, rest.strip_prefix(namespace)?))
    });
    known.unwrap_or_else(|| rest.replace(|c: char| !c.is_ascii_alphanumeric(), "-"))
}

/// What a file is called in the description.
fn id(file: &File) -> &'static str {
    match file.part {
        Some(part) => part.as_str(),
        None if file.name.contains("-metadata.") => "metadata",
        None if file.name.ends_with(".ttl.zst") => "turtle",
        None => "quads",
    }
}

/// The local name in the W3C's list of formats.
fn feature(media_type: &str) -> &'static str {
    match media_type {
        "application/n-quads" => "N-Quads",
        "text/turtle" => "Turtle",
        _ => "N-Triples",
    }
}

/// The dataset whatever its version.
fn summary(manifest: &Manifest) -> String {
    let version = format!("/{}/", manifest.version);
    let root = manifest
        .base
        .split_once(&version)
        .map_or_else(|| manifest.base.clone(), |(before, _)| format!("{before}/"));
    format!("{root}#pfocr")
}

/// The IRI of what the records are: a commit, or the repository.
fn source(manifest: &Manifest) -> String {
    match manifest.source.as_deref() {
        None => REPOSITORY.to_owned(),
        Some(source) if source.contains(':') => source.to_owned(),
        Some(commit) => format!("{REPOSITORY}/commit/{commit}"),
    }
}

/// The IRI and the version of the program that made the release.
fn software(manifest: &Manifest) -> (String, &str) {
    let version = manifest.generator.split_once(' ').map_or("", |(_, version)| version);
    (format!("{}/releases/tag/v{version}", env!("CARGO_PKG_REPOSITORY")), version)
}

/// What is wrong with the description of a release that was downloaded: each number in it must be
/// that of the data, and it must have all of them.
pub(super) fn problems(text: &str, manifest: &Manifest, statistics: &Statistics) -> Vec<String> {
    let expected = match turtle(manifest, statistics).map(|turtle| numbers(&turtle)) {
        Ok(Ok(expected)) => expected,
        Ok(Err(error)) => return vec![error],
        Err(error) => return vec![error.to_string()],
    };
    let found = match numbers(text) {
        Ok(found) => found,
        Err(error) => return vec![format!("{DESCRIPTION}: {error}")],
    };
    let wrong = expected.iter().filter_map(|(what, number)| match found.get(what) {
        Some(found) if found == number => None,
        Some(found) => Some(format!("{DESCRIPTION}: {what}: found {found}, expected {number}")),
        None => Some(format!("{DESCRIPTION}: {what}: found nothing, expected {number}")),
    });
    let unknown = found.keys().filter(|what| !expected.contains_key(*what));
    wrong
        .chain(unknown.map(|what| format!("{DESCRIPTION}: {what}: the data have no such")))
        .collect()
}

/// All numbers and checksums, by subject and predicate.
fn numbers(turtle: &str) -> Result<BTreeMap<String, String>, String> {
    let mut numbers = BTreeMap::new();
    for triple in TurtleParser::new().for_slice(turtle) {
        let Triple { subject, predicate, object } = triple.map_err(|error| error.to_string())?;
        if let Term::Literal(literal) = object
            && literal.value().bytes().all(|byte| byte.is_ascii_hexdigit())
            && !predicate.as_str().ends_with("ersion")
        {
            numbers.insert(format!("{subject} {predicate}"), literal.value().to_owned());
        }
    }
    Ok(numbers)
}

/// The description for search engines, as JSON-LD. Its context is its own, so that a processor
/// needs nothing from elsewhere.
pub(super) fn json_ld(manifest: &Manifest) -> String {
    let base = &manifest.base;
    let files = manifest.files.iter().filter(|file| file.triples.is_some()).map(|file| {
        json!({
            "@id": format!("{base}#{}", id(file)),
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
        "creator": { "@id": manifest.publisher, "@type": "Organization", "name": publisher(manifest) },
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

/// What people call the publisher.
fn publisher(manifest: &Manifest) -> &str {
    if manifest.publisher == iri::WIKIPATHWAYS { "WikiPathways" } else { &manifest.publisher }
}
