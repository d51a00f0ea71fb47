use std::io;

use super::entities::{ConceptEntity, Entities};
use super::rule::{Node, Object, Out, rules};
use crate::iri::{self, Template};
use crate::sink::QuadSink;
use crate::vocab::{dcterms, rdf, rdfs, schema, skos, wp};

rules! {
    first = super::gene::FIRST + super::gene::RULES.len();
    "chemicals: mesh, chebi, identifier":
    TYPE = Core Chemical rdf::TYPE, Object::Term(schema::CHEMICAL_SUBSTANCE);
    WP_TYPE = Wp Chemical rdf::TYPE, Object::Term(wp::METABOLITE);
    WP_FIGURE = Wp Chemical dcterms::IS_PART_OF, Object::Node(Node::Figure);
    "chemicals: match, else name":
    NAME = Core Chemical schema::NAME, Object::English(Template::new("{name}"));
    WP_LABEL = Wp Chemical rdfs::LABEL, Object::Plain(Template::new("{name}"));
    "chemicals: mesh, identifier":
    MESH = Core Chemical schema::IDENTIFIER, Object::Plain(Template::new("mesh:{mesh}"));
    MESH_PAGE = Core Chemical schema::URL, Object::Iri(iri::MESH_PAGE);
    MESH_IDENTIFIERS = Links Chemical schema::SAME_AS, Object::Iri(iri::MESH_IDENTIFIERS);
    "chemicals: chebi":
    WP_CHEBI = Wp Chemical wp::BDB_CHEBI, Object::Iri(iri::CHEBI_IDENTIFIERS);
    "chemicals: chebi, with mesh":
    CLOSE = Links Chemical skos::CLOSE_MATCH, Object::Iri(iri::CHEBI);
    CLOSE_IDENTIFIERS = Links Chemical skos::CLOSE_MATCH, Object::Iri(iri::CHEBI_IDENTIFIERS);
    "chemicals: chebi, without mesh":
    CHEBI = Core Chemical schema::IDENTIFIER, Object::Plain(Template::new("chebi:{n}"));
    SAME_IDENTIFIERS = Links Chemical schema::SAME_AS, Object::Iri(iri::CHEBI_IDENTIFIERS);
}

pub(super) fn map<S: QuadSink>(
    figure: &str,
    entities: &Entities<'_>,
    out: &mut Out<'_, S>,
) -> io::Result<()> {
    for chemical in &entities.chemicals {
        // What is a disease here as well is described by both together.
        let disease = entities.diseases.iter().find(|disease| disease.iri == chemical.iri);
        let content = (chemical, disease);
        out.describe((&TYPE, &chemical.iri), content, |out| describe(chemical, out))?;
        out.emit(&WP_FIGURE, &chemical.iri, figure)?;
    }
    Ok(())
}

fn describe<S: QuadSink>(chemical: &ConceptEntity<'_>, out: &mut Out<'_, S>) -> io::Result<()> {
    let subject = chemical.iri.as_str();
    let (mesh, chebis) = (chemical.mesh, || chemical.others.iter());
    out.emit(&TYPE, subject, "")?;
    out.emit(&WP_TYPE, subject, "")?;
    out.emit_all(&NAME, subject, chemical.names.iter())?;
    out.emit_all(&MESH, subject, mesh)?;
    out.emit_all(&CHEBI, subject, chebis().filter(|_| mesh.is_none()))?;
    out.emit_all(&MESH_PAGE, subject, mesh)?;
    out.emit_all(&MESH_IDENTIFIERS, subject, mesh)?;
    out.emit_all(&SAME_IDENTIFIERS, subject, chebis().filter(|_| mesh.is_none()))?;
    for chebi in chebis().filter(|_| mesh.is_some()) {
        out.emit(&CLOSE, subject, chebi)?;
        out.emit(&CLOSE_IDENTIFIERS, subject, chebi)?;
    }
    out.emit_all(&WP_LABEL, subject, chemical.names.iter())?;
    out.emit_all(&WP_CHEBI, subject, chebis())
}
