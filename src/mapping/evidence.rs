use std::io;

use super::entities::{Entities, EntityKind};
use super::rule::{Node, Object, Out, rules};
use crate::iri::Template;
use crate::sink::QuadSink;
use crate::text;
use crate::vocab::{dcterms, oa, rdf, schema, xsd};

rules! {
    first = super::disease::FIRST + super::disease::RULES.len();
    "genes: word, match, source; chemicals, diseases: word, match":
    TYPE = Evidence Annotation rdf::TYPE, Object::Term(oa::ANNOTATION);
    WORK = Evidence Annotation rdf::TYPE, Object::Term(schema::CREATIVE_WORK);
    MOTIVATION = Evidence Annotation oa::MOTIVATED_BY, Object::Term(oa::IDENTIFYING);
    TARGET = Evidence Annotation oa::HAS_TARGET, Object::Node(Node::Figure);
    "the kind of the row":
    GENE_KIND = Evidence Annotation dcterms::SUBJECT, Object::Plain(Template::new("Gene"));
    CHEMICAL_KIND = Evidence Annotation dcterms::SUBJECT, Object::Plain(Template::new("Chemical"));
    DISEASE_KIND = Evidence Annotation dcterms::SUBJECT, Object::Plain(Template::new("Disease"));
    "genes, chemicals, diseases: word":
    WORD = Evidence Annotation schema::TEXT, Object::Plain(Template::new("{word}"));
    "genes, chemicals, diseases: match, symbol":
    MATCH = Evidence Annotation schema::NAME, Object::Plain(Template::new("{match}"));
    "genes: source; pubtator for the others":
    SOURCE = Evidence Annotation dcterms::SOURCE, Object::Plain(Template::new("{source}"));
    "genes: ncbigene_id, entrez":
    GENE = Evidence Annotation oa::HAS_BODY, Object::Node(Node::Gene);
    "chemicals: mesh, chebi, identifier":
    CHEMICAL = Evidence Annotation oa::HAS_BODY, Object::Node(Node::Chemical);
    "diseases: mesh, doid, identifier":
    DISEASE = Evidence Annotation oa::HAS_BODY, Object::Node(Node::Disease);
    "chemicals, diseases: equal rows":
    COUNT = Evidence Annotation schema::COMMENT_COUNT, Object::Typed(xsd::INTEGER);
}

pub(super) fn map<S: QuadSink>(
    (figure, page): (&str, &str),
    entities: &Entities<'_>,
    out: &mut Out<'_, S>,
) -> io::Result<()> {
    let mut subject = format!("{page}#");
    let page = subject.len();
    for annotation in &entities.annotations {
        let matched = annotation.matched.unwrap_or_default();
        let source = annotation.source.unwrap_or_default();
        let (kind, lower, kind_rule, body) = match annotation.kind {
            EntityKind::Gene => ("Gene", "gene", &GENE_KIND, &GENE),
            EntityKind::Chemical => ("Chemical", "chemical", &CHEMICAL_KIND, &CHEMICAL),
            EntityKind::Disease => ("Disease", "disease", &DISEASE_KIND, &DISEASE),
        };
        subject.truncate(page);
        subject.extend([lower, "-"]);
        subject.extend(text::hash_digits(&[kind, annotation.word, matched, source]));
        let subject = &subject;
        let word = Some(annotation.word).filter(|word| !text::text(word).is_empty());
        out.emit(&TYPE, subject, "")?;
        out.emit(&WORK, subject, "")?;
        out.emit(&MOTIVATION, subject, "")?;
        out.emit(&TARGET, subject, figure)?;
        out.emit(kind_rule, subject, "")?;
        out.emit_all(&WORD, subject, word)?;
        out.emit_all(&MATCH, subject, annotation.matched)?;
        out.emit_all(&SOURCE, subject, annotation.source)?;
        out.emit_all(body, subject, entities.bodies(annotation))?;
        if annotation.rows > 1 && annotation.kind != EntityKind::Gene {
            out.emit(&COUNT, subject, &annotation.rows.to_string())?;
        }
    }
    Ok(())
}
