use std::io;

use oxjsonld::JsonLdSerializer;
use oxrdf::{GraphNameRef, Triple, TripleRef};
use rustc_hash::FxHashMap;

use crate::id::FigureId;
use crate::iri;
use crate::mapping::{self, Context, Node};
use crate::record::Record;
use crate::serialize::{self, SchemaOrg};
use crate::sink::{Mapped, Part, Quads};
use crate::vocab::schema;

/// The form of a document for one figure.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Syntax {
    /// [Turtle](https://www.w3.org/TR/turtle/)
    Turtle,
    /// [JSON-LD](https://www.w3.org/TR/json-ld11/), with all names in a context of its own.
    JsonLd,
}

impl Syntax {
    /// The extension of file names, without the dot.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Turtle => "ttl",
            Self::JsonLd => "jsonld",
        }
    }

    /// The media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Turtle => "text/turtle",
            Self::JsonLd => "application/ld+json",
        }
    }
}

/// The triples of a figure for documents beside its page: each subject at once. With `is_full` all
/// triples of the parts of the context, else the metadata: the figure, its page and its article,
/// without what the figure shows.
///
/// ```
/// use pfocr2rdf::export::{self, Syntax};
/// use pfocr2rdf::mapping::Context;
/// use pfocr2rdf::organisms::OrganismTable;
/// use pfocr2rdf::raw::{Findings, FrontMatter};
/// use pfocr2rdf::record::{Extra, Record, figure_id};
/// use pfocr2rdf::serialize::SchemaOrg;
///
/// let text = "---\nfigid: PMC1__f1\npmcid: PMC1\nfigtitle: A toy\norganisms: Homo sapiens\n---\n";
/// let mut findings = Findings::default();
/// let front_matter = FrontMatter::parse(text, false, &mut findings).unwrap();
/// let id = figure_id(&front_matter, &mut findings).unwrap();
/// let record = Record::read(id, &front_matter, &[], Extra::default(), &mut findings);
/// let organisms = OrganismTable::bundled();
/// let context = Context::new(&organisms);
/// let metadata = export::document(&record, &context, SchemaOrg::Http, false)?;
/// assert!(metadata.len() < export::document(&record, &context, SchemaOrg::Http, true)?.len());
/// let turtle = export::write_document(&metadata, SchemaOrg::Http, Syntax::Turtle)?;
/// assert!(String::from_utf8_lossy(&turtle).contains("schema:name \"A toy\"@en"));
/// # std::io::Result::Ok(())
/// ```
///
/// # Errors
///
/// None: the sink takes everything.
pub fn document(
    record: &Record<'_>,
    context: &Context<'_>,
    schema: SchemaOrg,
    is_full: bool,
) -> io::Result<Vec<Triple>> {
    let mut quads = Quads::default();
    mapping::map(record, context, &mut quads)?;
    let is_wanted = |quad: &Mapped<'_>| is_full || is_metadata(quad);
    let mut triples: Vec<Triple> =
        quads.iter().filter(is_wanted).map(|quad| schema.apply(&quad, owned)).collect();
    let mut order = FxHashMap::default();
    for triple in &triples {
        let next = order.len();
        order.entry(triple.subject.clone()).or_insert(next);
    }
    triples.sort_by_key(|triple| order.get(&triple.subject).copied());
    Ok(triples)
}

fn owned(triple: TripleRef<'_>) -> Triple {
    triple.into_owned()
}

fn is_metadata(quad: &Mapped<'_>) -> bool {
    let is_entity = matches!(
        quad.rule.subject,
        Node::Gene
            | Node::Chemical
            | Node::Disease
            | Node::Taxon
            | Node::Organism
            | Node::Annotation
    );
    quad.rule.part == Part::Core && !is_entity && quad.rule.predicate != schema::MENTIONS
}

/// Triples as a document, with a prefix for schema.org as the triples have it.
///
/// # Errors
///
/// A prefix is no IRI; ours are.
pub fn write_document(
    triples: &[Triple],
    schema: SchemaOrg,
    syntax: Syntax,
) -> io::Result<Vec<u8>> {
    match syntax {
        Syntax::Turtle => {
            let turtle = serialize::turtle(schema).map_err(io::Error::other)?;
            let mut turtle = turtle.for_writer(Vec::new());
            triples.iter().try_for_each(|triple| turtle.serialize_triple(triple))?;
            turtle.finish()
        }
        Syntax::JsonLd => {
            let mut json = JsonLdSerializer::new();
            for (prefix, namespace) in serialize::prefixes(schema) {
                json = json.with_prefix(prefix, namespace).map_err(io::Error::other)?;
            }
            let mut json = json.for_writer(Vec::new());
            for triple in triples {
                json.serialize_quad(triple.as_ref().in_graph(GraphNameRef::DefaultGraph))?;
            }
            json.finish()
        }
    }
}

/// The name of the document of a figure, beside its page.
///
/// ```
/// use pfocr2rdf::export::{self, Syntax};
/// use pfocr2rdf::id::FigureId;
///
/// let name = export::document_name(&FigureId::parse("PMC1__a b")?, Syntax::JsonLd);
/// assert_eq!(name, "PMC1__a%20b.jsonld");
/// # Ok::<_, pfocr2rdf::id::ParseIdError>(())
/// ```
#[must_use]
pub fn document_name(figure: &FigureId<'_>, syntax: Syntax) -> String {
    let figure = iri::FIGURE.iri(figure.as_str());
    let name = figure.strip_prefix(iri::FIGURE.prefix()).unwrap_or(&figure);
    format!("{name}.{}", syntax.extension())
}
