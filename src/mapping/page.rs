use std::io;

use super::Nodes;
use super::rule::{Node, Object, Out, rules};
use crate::iri::{self, Template};
use crate::record::{Figure, License, Page};
use crate::sink::QuadSink;
use crate::text;
use crate::vocab::{rdf, schema, xsd};

rules! {
    first = super::figure::FIRST + super::figure::RULES.len();
    "figid":
    TYPE = Core Page rdf::TYPE, Object::Term(schema::DATASET);
    IDENTIFIER = Core Page schema::IDENTIFIER, Object::Plain(Template::new("{figid}"));
    MAIN_ENTITY = Core Page schema::MAIN_ENTITY, Object::Node(Node::Figure);
    URL = Core Page schema::URL, Object::Node(Node::Page);
    "figtitle, else figid":
    NAME = Core Page schema::NAME, Object::English(Template::new("PFOCR record: {figtitle}"));
    DESCRIPTION = Core Page schema::DESCRIPTION, Object::English(Template::new("Genes, chemicals and diseases recognised in the pathway figure {figtitle and figid}."));
    "pmcid":
    BASED_ON = Core Page schema::IS_BASED_ON, Object::Node(Node::Article);
    "automl_pathway, else pathway_score":
    SCORE = Core Page schema::VARIABLE_MEASURED, Object::Node(Node::Score);
    SCORE_TYPE = Core Score rdf::TYPE, Object::Term(schema::PROPERTY_VALUE);
    SCORE_PROPERTY = Core Score schema::PROPERTY_ID, Object::Plain(Template::new("automl_pathway"));
    SCORE_NAME = Core Score schema::NAME, Object::English(Template::new("pathway figure classifier score"));
    SCORE_VALUE = Core Score schema::VALUE, Object::Typed(xsd::DECIMAL);
    "schema-jsonld: keywords":
    KEYWORD = Core Page schema::KEYWORDS, Object::Plain(Template::new("{keyword}"));
    "schema-jsonld: license":
    LICENSE = Core Page schema::LICENSE, Object::Ready("IRI of the licence");
    "schema-jsonld: creator: name":
    CREATOR = Core Page schema::CREATOR, Object::Node(Node::Organization);
    CREATOR_TYPE = Core Organization rdf::TYPE, Object::Term(schema::ORGANIZATION);
    CREATOR_NAME = Core Organization schema::NAME, Object::Plain(Template::new("{name}"));
    "(always)":
    CATALOG = Core Page schema::INCLUDED_IN_DATA_CATALOG, Object::Node(Node::Catalog);
    CATALOG_TYPE = Core Catalog rdf::TYPE, Object::Term(schema::DATA_CATALOG);
    CATALOG_NAME = Core Catalog schema::NAME, Object::English(Template::new("Pathway Figure OCR"));
}

pub(super) fn map<S: QuadSink>(
    page: &Page<'_>,
    figure: &Figure<'_>,
    nodes: &Nodes,
    out: &mut Out<'_, S>,
) -> io::Result<()> {
    let subject = nodes.page.as_str();
    let id = figure.id.as_str();
    let title = figure.title.as_deref().unwrap_or(id);
    out.emit(&TYPE, subject, "")?;
    out.emit(&IDENTIFIER, subject, id)?;
    out.emit(&NAME, subject, title)?;
    out.emit(&DESCRIPTION, subject, &format!("\"{title}\" ({id})"))?;
    out.emit(&URL, subject, subject)?;
    out.emit(&MAIN_ENTITY, subject, &nodes.figure)?;
    out.emit_all(&BASED_ON, subject, &nodes.article)?;
    out.emit_all(&KEYWORD, subject, &page.keywords)?;
    out.emit_all(&LICENSE, subject, page.license.as_ref().map(license))?;
    out.emit_all(&CREATOR, subject, page.creator.as_deref().map(creator))?;
    out.emit(&CATALOG, subject, iri::CATALOG)?;
    let score = iri::SCORE.iri(id);
    out.emit_all(&SCORE, subject, page.score.iter().map(|_| &score))?;
    if let Some(value) = &page.score {
        out.emit(&SCORE_TYPE, &score, "")?;
        out.emit(&SCORE_PROPERTY, &score, "")?;
        out.emit(&SCORE_NAME, &score, "")?;
        out.emit(&SCORE_VALUE, &score, value.as_str())?;
    }
    Ok(())
}

/// The descriptions of the catalogue and of who made the record.
pub(super) fn map_surroundings<S: QuadSink>(
    page: &Page<'_>,
    out: &mut Out<'_, S>,
) -> io::Result<()> {
    out.describe((&CATALOG_TYPE, iri::CATALOG), (), |out| {
        out.emit(&CATALOG_TYPE, iri::CATALOG, "")?;
        out.emit(&CATALOG_NAME, iri::CATALOG, "")
    })?;
    let Some(name) = page.creator.as_deref() else { return Ok(()) };
    let creator = creator(name);
    out.describe((&CREATOR_TYPE, &creator), name, |out| {
        out.emit(&CREATOR_TYPE, &creator, "")?;
        out.emit(&CREATOR_NAME, &creator, name)
    })
}

fn license<'a>(license: &'a License<'_>) -> &'a str {
    match license {
        License::Cc0 => iri::CC0,
        License::Iri(iri) => iri,
    }
}

fn creator(name: &str) -> String {
    match name {
        "WikiPathways" => iri::WIKIPATHWAYS.to_owned(),
        name => iri::ORGANIZATION.iri(&text::slug(name)),
    }
}
