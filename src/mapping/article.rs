use std::io;

use super::entities::Entities;
use super::rule::{Node, Object, Out, rules};
use crate::iri::{self, Template};
use crate::record::{Article, Journal};
use crate::sink::QuadSink;
use crate::text;
use crate::vocab::{dcterms, rdf, schema, xsd};

rules! {
    first = super::page::FIRST + super::page::RULES.len();
    "pmcid":
    TYPE = Core Article rdf::TYPE, Object::Term(schema::SCHOLARLY_ARTICLE);
    IDENTIFIER = Core Article schema::IDENTIFIER, Object::Plain(Template::new("pmc:{pmcid}"));
    URL = Core Article schema::URL, Object::Iri(iri::ARTICLE_PAGE);
    "papertitle":
    NAME = Core Article schema::NAME, Object::English(Template::new("{papertitle without its last full stop}"));
    "reftext":
    CITATION = Core Article dcterms::BIBLIOGRAPHIC_CITATION, Object::Plain(Template::new("{reftext}"));
    "year":
    YEAR = Core Article schema::DATE_PUBLISHED, Object::Typed(xsd::G_YEAR);
    "doi, --pmc-ids":
    DOI = Core Article schema::SAME_AS, Object::Iri(iri::DOI);
    DOI_IDENTIFIER = Core Article schema::IDENTIFIER, Object::Plain(Template::new("doi:{doi}"));
    "--pmc-ids":
    PUBMED = Core Article schema::SAME_AS, Object::Iri(iri::PUBMED);
    PUBMED_IDENTIFIER = Core Article schema::IDENTIFIER, Object::Plain(Template::new("pubmed:{pmid}"));
    "keywords":
    KEYWORD = Core Article schema::KEYWORDS, Object::English(Template::new("{keyword}"));
    "organisms":
    TAXON = Core Article schema::MENTIONS, Object::Node(Node::Taxon);
    ORGANISM = Core Article schema::MENTIONS, Object::Node(Node::Organism);
    "journal_nlm_ta, else journal_title":
    JOURNAL = Core Article schema::IS_PART_OF, Object::Node(Node::Journal);
    JOURNAL_TYPE = Core Journal rdf::TYPE, Object::Term(schema::PERIODICAL);
    "journal_title":
    JOURNAL_NAME = Core Journal schema::NAME, Object::English(Template::new("{journal_title}"));
    "journal_nlm_ta":
    JOURNAL_ABBREVIATION = Core Journal schema::ALTERNATE_NAME, Object::Plain(Template::new("{journal_nlm_ta}"));
    "publisher_name":
    JOURNAL_PUBLISHER = Core Journal schema::PUBLISHER, Object::Node(Node::Publisher);
    "publisher_name, without a journal":
    PUBLISHER = Core Article schema::PUBLISHER, Object::Node(Node::Publisher);
    "publisher_name":
    PUBLISHER_TYPE = Core Publisher rdf::TYPE, Object::Term(schema::ORGANIZATION);
    PUBLISHER_NAME = Core Publisher schema::NAME, Object::Plain(Template::new("{publisher_name}"));
}

pub(super) fn map<S: QuadSink>(
    article: &Article<'_>,
    entities: &Entities<'_>,
    out: &mut Out<'_, S>,
) -> io::Result<()> {
    let journal = article.journal.as_ref().map(journal);
    let publisher = article.publisher.as_deref().map(publisher);
    let content = (article, entities.article_organisms.iter().map(|o| &o.iri).collect::<Vec<_>>());
    let subject = &iri::ARTICLE.iri(article.id.as_str());
    out.describe((&TYPE, subject), content, |out| {
        describe(article, subject, out)?;
        out.emit_all(&JOURNAL, subject, &journal)?;
        out.emit_all(&PUBLISHER, subject, publisher.iter().filter(|_| journal.is_none()))?;
        for organism in &entities.article_organisms {
            let rule = if organism.is_taxon { &TAXON } else { &ORGANISM };
            out.emit(rule, subject, &organism.iri)?;
        }
        Ok(())
    })?;
    if let (Some(journal), Some(iri)) = (&article.journal, &journal) {
        out.describe((&JOURNAL_TYPE, iri), (journal, &publisher), |out| {
            describe_journal(journal, iri, publisher.as_deref(), out)
        })?;
    }
    let (Some(name), Some(iri)) = (&article.publisher, &publisher) else { return Ok(()) };
    out.describe((&PUBLISHER_TYPE, iri), name, |out| {
        out.emit(&PUBLISHER_TYPE, iri, "")?;
        out.emit(&PUBLISHER_NAME, iri, name)
    })
}

fn describe<S: QuadSink>(
    article: &Article<'_>,
    subject: &str,
    out: &mut Out<'_, S>,
) -> io::Result<()> {
    out.emit(&TYPE, subject, "")?;
    out.emit(&IDENTIFIER, subject, article.id.as_str())?;
    out.emit_all(&DOI_IDENTIFIER, subject, &article.doi)?;
    out.emit_all(&PUBMED_IDENTIFIER, subject, &article.pubmed)?;
    out.emit_all(&NAME, subject, &article.title)?;
    out.emit_all(&CITATION, subject, &article.citation)?;
    out.emit_all(&YEAR, subject, &article.year)?;
    out.emit(&URL, subject, article.id.as_str())?;
    out.emit_all(&DOI, subject, &article.doi)?;
    out.emit_all(&PUBMED, subject, &article.pubmed)?;
    out.emit_all(&KEYWORD, subject, &article.keywords)
}

fn describe_journal<S: QuadSink>(
    journal: &Journal<'_>,
    subject: &str,
    publisher: Option<&str>,
    out: &mut Out<'_, S>,
) -> io::Result<()> {
    out.emit(&JOURNAL_TYPE, subject, "")?;
    out.emit_all(&JOURNAL_NAME, subject, &journal.title)?;
    out.emit_all(&JOURNAL_ABBREVIATION, subject, &journal.abbreviation)?;
    out.emit_all(&JOURNAL_PUBLISHER, subject, publisher)
}

fn journal(journal: &Journal<'_>) -> String {
    let name = journal.abbreviation.as_deref().or(journal.title.as_deref());
    iri::JOURNAL.iri(&text::slug(name.unwrap_or_default()))
}

fn publisher(name: &str) -> String {
    iri::PUBLISHER.iri(&text::slug(name))
}
