use std::io;

use super::entities::{Entities, GeneEntity};
use super::rule::{Node, Object, Out, rules};
use crate::iri::{self, Template};
use crate::sink::QuadSink;
use crate::vocab::{dcterms, rdf, rdfs, schema, wp};

rules! {
    first = super::organism::FIRST + super::organism::RULES.len();
    "genes: ncbigene_id, entrez":
    TYPE = Core Gene rdf::TYPE, Object::Term(schema::GENE);
    IDENTIFIER = Core Gene schema::IDENTIFIER, Object::Plain(Template::new("ncbigene:{id}"));
    IDENTIFIERS = Links Gene schema::SAME_AS, Object::Iri(iri::GENE_HTTP);
    UNIPROT = Links Gene schema::SAME_AS, Object::Iri(iri::GENE_UNIPROT);
    WP_TYPE = Wp Gene rdf::TYPE, Object::Term(wp::GENE_PRODUCT);
    WP_ENTREZ = Wp Gene wp::BDB_ENTREZ_GENE, Object::Node(Node::Gene);
    WP_FIGURE = Wp Gene dcterms::IS_PART_OF, Object::Node(Node::Figure);
    "genes: ncbigene_symbol, hgnc_symbol":
    NAME = Core Gene schema::NAME, Object::Plain(Template::new("{symbol}"));
    WP_LABEL = Wp Gene rdfs::LABEL, Object::Plain(Template::new("{symbol}"));
    "genes: organism_id":
    TAXON = Core Gene schema::TAXONOMIC_RANGE, Object::Node(Node::Taxon);
    "genes: hgnc_symbol":
    WP_HGNC = Wp Gene wp::BDB_HGNC_SYMBOL, Object::Iri(iri::HGNC_SYMBOL);
}

pub(super) fn map<S: QuadSink>(
    figure: &str,
    entities: &Entities<'_>,
    out: &mut Out<'_, S>,
) -> io::Result<()> {
    for (iri, gene) in entities.genes() {
        out.describe((&TYPE, iri), gene, |out| describe(gene, iri, out))?;
        out.emit(&WP_FIGURE, iri, figure)?;
    }
    Ok(())
}

fn describe<S: QuadSink>(
    gene: &GeneEntity<'_>,
    subject: &str,
    out: &mut Out<'_, S>,
) -> io::Result<()> {
    out.emit(&TYPE, subject, "")?;
    out.emit(&WP_TYPE, subject, "")?;
    out.emit(&IDENTIFIER, subject, gene.id)?;
    out.emit_all(&NAME, subject, gene.symbols.iter())?;
    out.emit_all(&TAXON, subject, gene.taxa.iter())?;
    out.emit(&IDENTIFIERS, subject, gene.id)?;
    out.emit(&UNIPROT, subject, gene.id)?;
    out.emit_all(&WP_LABEL, subject, gene.symbols.iter())?;
    out.emit(&WP_ENTREZ, subject, subject)?;
    out.emit_all(&WP_HGNC, subject, gene.hgnc_symbols.iter())
}
