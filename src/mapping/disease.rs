use std::io;

use super::entities::{ConceptEntity, Entities};
use super::rule::{Object, Out, rules};
use crate::iri::{self, Template};
use crate::sink::QuadSink;
use crate::vocab::{rdf, schema, skos};

rules! {
    first = super::chemical::FIRST + super::chemical::RULES.len();
    "diseases: mesh, doid, identifier":
    TYPE = Core Disease rdf::TYPE, Object::Term(schema::MEDICAL_CONDITION);
    "diseases: match, else name":
    NAME = Core Disease schema::NAME, Object::English(Template::new("{name}"));
    "diseases: mesh, identifier":
    MESH = Core Disease schema::IDENTIFIER, Object::Plain(Template::new("mesh:{mesh}"));
    MESH_PAGE = Core Disease schema::URL, Object::Iri(iri::MESH_PAGE);
    MESH_IDENTIFIERS = Links Disease schema::SAME_AS, Object::Iri(iri::MESH_IDENTIFIERS);
    "diseases: doid, with mesh":
    CLOSE = Links Disease skos::CLOSE_MATCH, Object::Iri(iri::DOID);
    "diseases: doid, without mesh":
    DOID = Core Disease schema::IDENTIFIER, Object::Plain(Template::new("doid:{n}"));
}

pub(super) fn map<S: QuadSink>(entities: &Entities<'_>, out: &mut Out<'_, S>) -> io::Result<()> {
    for disease in &entities.diseases {
        let chemical = entities.chemicals.iter().find(|chemical| chemical.iri == disease.iri);
        let content = (disease, chemical);
        out.describe((&TYPE, &disease.iri), content, |out| describe(disease, out))?;
    }
    Ok(())
}

fn describe<S: QuadSink>(disease: &ConceptEntity<'_>, out: &mut Out<'_, S>) -> io::Result<()> {
    let subject = disease.iri.as_str();
    let (mesh, doids) = (disease.mesh, || disease.others.iter());
    out.emit(&TYPE, subject, "")?;
    out.emit_all(&NAME, subject, disease.names.iter())?;
    out.emit_all(&MESH, subject, mesh)?;
    out.emit_all(&DOID, subject, doids().filter(|_| mesh.is_none()))?;
    out.emit_all(&MESH_PAGE, subject, mesh)?;
    out.emit_all(&MESH_IDENTIFIERS, subject, mesh)?;
    out.emit_all(&CLOSE, subject, doids().filter(|_| mesh.is_some()))
}
