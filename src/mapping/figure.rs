use std::io;

use super::entities::Entities;
use super::rule::{Node, Object, Out, rules};
use super::{Context, Nodes};
use crate::iri::{self, Template};
use crate::record::{Figure, MediaType};
use crate::sink::QuadSink;
use crate::vocab::{rdf, schema, wp};

rules! {
    first = 0;
    "figid":
    TYPE = Core Figure rdf::TYPE, Object::Term(schema::IMAGE_OBJECT);
    IDENTIFIER = Core Figure schema::IDENTIFIER, Object::Plain(Template::new("{figid}"));
    PAGE = Core Figure schema::MAIN_ENTITY_OF_PAGE, Object::Node(Node::Page);
    "figtitle":
    NAME = Core Figure schema::NAME, Object::English(Template::new("{figtitle}"));
    "caption":
    CAPTION = Core Figure schema::CAPTION, Object::English(Template::new("{caption}"));
    "figid_alias":
    ALIAS = Core Figure schema::ALTERNATE_NAME, Object::Plain(Template::new("{figid_alias}"));
    "number":
    NUMBER = Core Figure schema::POSITION, Object::Plain(Template::new("{number}"));
    "figtype":
    GENRE = Core Figure schema::GENRE, Object::English(Template::new("{figtype}"));
    "filename":
    FILE = Core Figure schema::CONTENT_URL, Object::Ready("https://europepmc.org/articles/{pmcid}/bin/{filename}");
    MEDIA_TYPE = Core Figure schema::ENCODING_FORMAT, Object::Plain(Template::new("{media type by extension}"));
    "figlink":
    LINK = Core Figure schema::URL, Object::Iri(iri::FIGURE_PAGE);
    "pmcid":
    ARTICLE = Core Figure schema::IS_PART_OF, Object::Node(Node::Article);
    "wpid, wpid_map.tsv":
    PATHWAY = Core Figure schema::ABOUT, Object::Iri(iri::PATHWAY);
    "ndex, ndex_map.tsv":
    NETWORK = Core Figure schema::SUBJECT_OF, Object::Node(Node::Network);
    NETWORK_TYPE = Core Network rdf::TYPE, Object::Term(schema::DATASET);
    "organisms_ner":
    TAXON = Core Figure schema::MENTIONS, Object::Node(Node::Taxon);
    ORGANISM = Core Figure schema::MENTIONS, Object::Node(Node::Organism);
    "genes: ncbigene_id, entrez":
    GENE = Core Figure schema::MENTIONS, Object::Node(Node::Gene);
    "chemicals: mesh, chebi, identifier":
    CHEMICAL = Core Figure schema::MENTIONS, Object::Node(Node::Chemical);
    "diseases: mesh, doid, identifier":
    DISEASE = Core Figure schema::MENTIONS, Object::Node(Node::Disease);
    "organisms_ner; genes: organism_id":
    WP_ORGANISM = Wp Figure wp::ORGANISM, Object::Node(Node::Taxon);
    "organisms_ner; genes: organism_name":
    WP_ORGANISM_NAME = Wp Figure wp::ORGANISM_NAME, Object::Plain(Template::new("{organism_name}"));
    "diseases: doid":
    WP_DISEASE = Wp Figure wp::DISEASE_ONTOLOGY_TAG, Object::Iri(iri::DOID);
    WP_ONTOLOGY = Wp Figure wp::ONTOLOGY_TAG, Object::Iri(iri::DOID);
}

pub(super) fn map<S: QuadSink>(
    figure: &Figure<'_>,
    nodes: &Nodes,
    entities: &Entities<'_>,
    context: &Context<'_>,
    out: &mut Out<'_, S>,
) -> io::Result<()> {
    let subject = nodes.figure.as_str();
    out.emit(&TYPE, subject, "")?;
    out.emit(&IDENTIFIER, subject, figure.id.as_str())?;
    out.emit_all(&NAME, subject, &figure.title)?;
    out.emit_all(&ALIAS, subject, &figure.alias)?;
    out.emit_all(&CAPTION, subject, figure.caption.iter().filter(|_| context.captions))?;
    out.emit_all(&NUMBER, subject, &figure.number)?;
    out.emit_all(&GENRE, subject, &figure.genre)?;
    out.emit_all(&FILE, subject, image(figure, nodes, context))?;
    out.emit_all(&MEDIA_TYPE, subject, figure.media_type.map(MediaType::as_str))?;
    out.emit_all(&LINK, subject, figure.link.as_deref().map(path))?;
    out.emit(&PAGE, subject, &nodes.page)?;
    out.emit_all(&ARTICLE, subject, &nodes.article)?;
    out.emit_all(&PATHWAY, subject, &figure.wikipathways)?;
    out.emit_all(&NETWORK, subject, network(figure))?;
    mentions(subject, entities, out)
}

fn mentions<S: QuadSink>(
    subject: &str,
    entities: &Entities<'_>,
    out: &mut Out<'_, S>,
) -> io::Result<()> {
    for organism in &entities.figure_organisms {
        let rule = if organism.is_taxon { &TAXON } else { &ORGANISM };
        out.emit(rule, subject, &organism.iri)?;
    }
    out.emit_all(&GENE, subject, entities.genes().map(|(iri, _)| iri))?;
    out.emit_all(&CHEMICAL, subject, entities.chemicals.iter().map(|chemical| &chemical.iri))?;
    // MeSH has concepts that are read as a chemical here and as a disease there.
    let is_chemical = |iri: &&String| entities.chemicals.iter().any(|c| c.iri == **iri);
    let diseases = entities.diseases.iter().map(|disease| &disease.iri);
    out.emit_all(&DISEASE, subject, diseases.filter(|iri| !is_chemical(iri)))?;
    out.emit_all(&WP_ORGANISM, subject, &entities.figure_taxa)?;
    out.emit_all(&WP_ORGANISM_NAME, subject, &entities.organism_names)?;
    out.emit_all(&WP_DISEASE, subject, &entities.doids)?;
    out.emit_all(&WP_ONTOLOGY, subject, &entities.doids)
}

/// The description of the network made from the figure.
pub(super) fn map_network<S: QuadSink>(
    figure: &Figure<'_>,
    out: &mut Out<'_, S>,
) -> io::Result<()> {
    let Some(network) = network(figure) else { return Ok(()) };
    out.describe((&NETWORK_TYPE, &network), &network, |out| out.emit(&NETWORK_TYPE, &network, ""))
}

fn network(figure: &Figure<'_>) -> Option<String> {
    figure.ndex.as_ref().map(|id| iri::NETWORK.iri(id.as_str()))
}

fn image(figure: &Figure<'_>, nodes: &Nodes, context: &Context<'_>) -> Option<String> {
    let (file, pmcid) = (figure.file.as_deref()?, nodes.pmcid.as_deref()?);
    Some(context.image_url.iri(pmcid, figure.id.as_str(), file))
}

/// The path below PubMed Central: some are written with a `/` before it, some with `pmc/`.
fn path(link: &str) -> &str {
    let link = link.strip_prefix('/').unwrap_or(link);
    link.strip_prefix("pmc/").unwrap_or(link)
}

#[cfg(test)]
mod tests {
    use super::path;

    #[test]
    fn links_are_paths_below_pubmed_central() {
        fn t(link: &str, expected: &str) {
            assert_eq!(path(link), expected);
        }
        t("/pmc/articles/PMC1/figure/f1/", "articles/PMC1/figure/f1/");
        t("pmc/articles/PMC1/figure/f1", "articles/PMC1/figure/f1");
        t("articles/PMC1/figure/f1", "articles/PMC1/figure/f1");
        t("//pmc/pmc/x", "/pmc/pmc/x");
    }
}
