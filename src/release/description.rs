//! The description of a release, for machines: VoID, DCAT, PAV, PROV, schema.org, and the three
//! levels (summary, version, distribution) of the
//! [HCLS dataset description](https://www.w3.org/TR/hcls-dataset/).

use std::collections::BTreeMap;

use minijinja::{Environment, Value, context};
use oxrdf::Literal;
use oxttl::{TurtleParser, TurtleSerializer};

use super::extras;
use super::manifest::{File, Manifest, Previous, Role};
use crate::error::Error;
use crate::iri;
use crate::sink::{Part, Parts};
use crate::statistics::{Counts, Statistics, Target};
use crate::vocab;

/// The file of the description.
pub const DESCRIPTION: &str = "pfocr-rdf-void.ttl";

const TEMPLATE: &str =
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/release/description.ttl"));

pub(super) const TITLE: &str = "Pathway Figure OCR as linked data";
pub(super) const ABOUT: &str = "Which genes, chemicals and diseases the pathway figures of the biomedical \
    literature show, as read in the figures by optical character recognition: figures, articles, \
    entities with the identifiers of NCBI Gene, MeSH, ChEBI and the Disease Ontology, and the words \
    that gave them, in the vocabularies of schema.org, WikiPathways and Web Annotation.";
pub(super) const KEYWORDS: [&str; 6] = [
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
    let previous = manifest.previous.as_ref();
    let file = |file: &File| {
        let id = file.id().unwrap_or_default();
        let counts = match (file.role, file.part) {
            (_, Some(part)) => statistics.counts(Parts::from_iter([part])),
            (Role::Metadata, _) => statistics.subset_counts(),
            _ => statistics.counts(Parts::ALL),
        };
        let (title, description) = super::page::holds(file);
        let is_known = |previous: &&Previous| previous.files.iter().any(|file| file == id);
        context! {
            id => id,
            iri => format!("{}#{id}", manifest.base),
            name => file.name.as_str(),
            title => title,
            description => description,
            media_type => file.media_type.as_str(),
            feature => format!("http://www.w3.org/ns/formats/{}", feature(&file.media_type)),
            compression => if file.role == Role::Turtle { "zstd" } else { "gzip" },
            bytes => file.bytes,
            sha256 => file.sha256.as_str(),
            graph => file.graph.as_deref().filter(|_| file.part.is_some()),
            graphs => graphs(file, statistics),
            previous => previous.filter(is_known).map(|previous| previous.base.as_str()),
            triples => file.triples,
            counts => counted(&counts),
        }
    };
    let files = manifest.data().map(file);
    let example = statistics.first_figure();
    let (software, software_version) = software(manifest);
    let context = context! {
        about => ABOUT,
        keywords => KEYWORDS.map(Value::from),
        summary => summary(manifest),
        base => manifest.base.as_str(),
        version => manifest.version.as_str(),
        created => manifest.created.as_str(),
        publisher => manifest.publisher.as_str(),
        publisher_name => Literal::from(manifest.publisher_name.as_str()).to_string(),
        previous => previous.map(|previous| previous.base.as_str()),
        source => source(manifest),
        license => iri::CC0,
        software => software,
        software_version => software_version,
        example => example,
        example_identifier => example.and_then(|iri| iri.strip_prefix(iri::FIGURE.prefix())),
        uri_space => iri::FIGURE.prefix(),
        vocabularies => vocab::ALL
            .iter()
            .map(|known| extras::with_terms(manifest.schema_base, known.namespace))
            .collect::<Vec<_>>(),
        targets => Target::all().map(target).collect::<Vec<_>>(),
        files => files.collect::<Vec<_>>(),
    };
    Environment::new().render_str(TEMPLATE, context)
}

/// The number of named graphs that a file is loaded into.
fn graphs(file: &File, statistics: &Statistics) -> usize {
    let has_triples = |part: &Part| statistics.counts(Parts::from_iter([*part])).triples > 0;
    match file.role {
        Role::Quads => Part::ALL.iter().filter(|part| has_triples(part)).count(),
        _ => usize::from(file.graph.is_some()),
    }
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
        literals => counts.literals,
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

/// The local name in the W3C's list of formats.
fn feature(media_type: &str) -> &'static str {
    match media_type {
        "application/n-quads" => "N-Quads",
        "text/turtle" => "Turtle",
        _ => "N-Triples",
    }
}

/// The dataset whatever its version.
pub(super) fn summary(manifest: &Manifest) -> String {
    let version = format!("/{}/", manifest.version);
    let root = manifest
        .base
        .split_once(&version)
        .map_or_else(|| manifest.base.clone(), |(before, _)| format!("{before}/"));
    format!("{root}#pfocr")
}

/// The IRI of what the records are: a commit, or the repository.
pub(super) fn source(manifest: &Manifest) -> String {
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
