//! From records to triples: pure, in a fixed order, without knowledge of formats and files.
//!
//! Every triple is made by a [`Rule`], and the rules are what `pfocr2rdf mapping` prints.

mod article;
mod chemical;
mod disease;
mod entities;
mod evidence;
mod figure;
mod gene;
mod image_url;
mod organism;
mod page;
mod rule;

use std::io;

use self::entities::Entities;
use self::rule::Out;
use crate::iri;
use crate::organisms::OrganismTable;
use crate::record::Record;
use crate::sink::{Parts, QuadSink};

pub use self::image_url::ImageUrl;
pub use self::rule::{Node, Object, Rule};

/// What the mapping needs besides the record.
///
/// ```
/// use pfocr2rdf::mapping::Context;
/// use pfocr2rdf::organisms::OrganismTable;
///
/// let organisms = OrganismTable::bundled();
/// let context = Context::new(&organisms);
/// assert!(context.captions);
/// ```
#[derive(Clone, Debug)]
pub struct Context<'c> {
    /// The organisms whose names are known.
    pub organisms: &'c OrganismTable,
    /// The parts that are mapped; all by default.
    pub parts: Parts,
    /// Whether captions are written; they are by default.
    pub captions: bool,
    /// The form of the addresses of images; at Europe PMC by default.
    pub image_url: ImageUrl,
}

impl<'c> Context<'c> {
    /// The default: all parts, with captions.
    #[must_use]
    pub fn new(organisms: &'c OrganismTable) -> Self {
        Self { organisms, parts: Parts::ALL, captions: true, image_url: ImageUrl::default() }
    }
}

/// The IRIs of the nodes that there is one of in each record.
struct Nodes {
    figure: String,
    page: String,
    pmcid: Option<String>,
    article: Option<String>,
}

/// Sends the triples of a record to a sink: figure, page, article, journal, publisher, catalogue,
/// organisms, genes, chemicals, diseases, annotations; all triples of a subject one after the other.
///
/// No triple is sent twice for one record, but for those that describe a concept which is both
/// chemical and disease: [`Once`](crate::sink::Once) drops them.
///
/// # Errors
///
/// Those of the sink.
pub fn map<S: QuadSink>(
    record: &Record<'_>,
    context: &Context<'_>,
    sink: &mut S,
) -> io::Result<()> {
    let pmcid = record.article.as_ref().map(|article| article.id.to_string());
    let nodes = Nodes {
        figure: iri::FIGURE.iri(record.figure.id.as_str()),
        page: iri::page(&record.figure.id),
        article: pmcid.as_deref().map(|pmcid| iri::ARTICLE.iri(pmcid)),
        pmcid,
    };
    let entities = Entities::new(record, context.organisms);
    let out = &mut Out::new(sink, context.parts);
    figure::map(&record.figure, &nodes, &entities, context, out)?;
    page::map(&record.page, &record.figure, &nodes, out)?;
    if let Some(article) = &record.article {
        article::map(article, &entities, out)?;
    }
    page::map_surroundings(&record.page, out)?;
    organism::map(&entities, out)?;
    figure::map_network(&record.figure, out)?;
    gene::map(&nodes.figure, &entities, out)?;
    chemical::map(&nodes.figure, &entities, out)?;
    disease::map(&entities, out)?;
    evidence::map((&nodes.figure, &nodes.page), &entities, out)
}

/// All rules, in the order in which a record's nodes are written.
///
/// ```
/// let rules: Vec<String> = pfocr2rdf::mapping::rules().map(|rule| rule.to_string()).collect();
/// assert!(rules.contains(&"F schema:name \"{figtitle}\"@en".to_owned()));
/// assert!(pfocr2rdf::mapping::rules().enumerate().all(|(number, rule)| rule.number == number));
/// ```
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    let modules = [
        figure::RULES,
        page::RULES,
        article::RULES,
        organism::RULES,
        gene::RULES,
        chemical::RULES,
        disease::RULES,
        evidence::RULES,
    ];
    modules.into_iter().flatten().copied()
}

/// Why nothing is written from a key or column, if that is so.
///
/// ```
/// use pfocr2rdf::mapping;
///
/// assert_eq!(mapping::dropped("genes: organism_group"), Some("follows from the organism"));
/// assert_eq!(mapping::dropped("year"), None);
/// ```
#[must_use]
pub fn dropped(key: &str) -> Option<&'static str> {
    let mut dropped = DROPPED.iter();
    dropped.find(|(input, _)| rule::keys(input).any(|known| known == key)).map(|(_, why)| *why)
}

/// The keys and columns that nothing is written from, each with the reason.
pub const DROPPED: &[(&str, &str)] = &[
    ("pmc_ranked_result_index", "the rank in a search that was made once"),
    ("annotations", "always empty; anything else is a warning"),
    ("redirect_from", "repeats figid_alias; checked"),
    ("seo", "always CreativeWork; checked"),
    ("schema-jsonld: @context", "always https://schema.org/; checked"),
    ("schema-jsonld: @id", "repeats figid; checked"),
    ("schema-jsonld: @type", "always Dataset; checked"),
    ("schema-jsonld: description", "repeats caption; checked"),
    ("schema-jsonld: name", "always CreativeWork; checked"),
    ("schema-jsonld: creator: @type", "always Organization; checked"),
    ("genes: organism_group", "follows from the organism"),
    ("genes: count_direct", "can be counted: rows with source ncbigene_symbol; checked"),
    ("genes: count_synonym", "can be counted: rows with source ncbigene_synonym; checked"),
    ("genes: count_match", "can be counted: distinct values of match; checked"),
    ("chemicals, diseases: source", "MESH says what the form of identifier shows"),
];
