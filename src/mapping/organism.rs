use std::io;

use super::entities::Entities;
use super::rule::{Object, Out, rules};
use crate::iri::{self, Template};
use crate::sink::QuadSink;
use crate::vocab::{rdf, schema};

rules! {
    first = super::article::FIRST + super::article::RULES.len();
    "organisms, organisms_ner; genes: organism_id":
    TYPE = Core Taxon rdf::TYPE, Object::Term(schema::TAXON);
    IDENTIFIER = Core Taxon schema::IDENTIFIER, Object::Plain(Template::new("NCBITaxon:{id}"));
    IDENTIFIERS = Links Taxon schema::SAME_AS, Object::Iri(iri::TAXON_IDENTIFIERS);
    UNIPROT = Links Taxon schema::SAME_AS, Object::Iri(iri::TAXON_UNIPROT);
    "organisms, organisms_ner; genes: organism_name":
    NAME = Core Taxon schema::NAME, Object::Plain(Template::new("{name}"));
    "organisms, organisms_ner, no known taxon":
    OTHER_TYPE = Core Organism rdf::TYPE, Object::Term(schema::THING);
    OTHER_NAME = Core Organism schema::NAME, Object::Plain(Template::new("{name}"));
}

pub(super) fn map<S: QuadSink>(entities: &Entities<'_>, out: &mut Out<'_, S>) -> io::Result<()> {
    for taxon in &entities.taxa {
        out.describe((&TYPE, &taxon.iri), taxon, |out| {
            out.emit(&TYPE, &taxon.iri, "")?;
            out.emit_all(&NAME, &taxon.iri, taxon.names.iter())?;
            out.emit(&IDENTIFIER, &taxon.iri, &taxon.id)?;
            out.emit(&IDENTIFIERS, &taxon.iri, &taxon.id)?;
            out.emit(&UNIPROT, &taxon.iri, &taxon.id)
        })?;
    }
    for other in &entities.others {
        out.describe((&OTHER_TYPE, &other.iri), other, |out| {
            out.emit(&OTHER_TYPE, &other.iri, "")?;
            out.emit_all(&OTHER_NAME, &other.iri, other.names.iter())
        })?;
    }
    Ok(())
}
