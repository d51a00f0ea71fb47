use std::collections::BTreeSet;
use std::str::FromStr;

use serde_json::json;

use crate::error::Error;
use crate::id::MeshId;
use crate::iri;
use crate::mapping::ImageUrl;
use crate::record::{Concept, Gene, Record};

/// Which genes count, by the lexicon that gave them.
///
/// ```
/// use pfocr2rdf::export::Tier;
///
/// assert_eq!("strict".parse::<Tier>()?, Tier::Strict);
/// assert!("loose".parse::<Tier>().is_err());
/// # Ok::<_, pfocr2rdf::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Tier {
    /// All.
    #[default]
    All,
    /// Those whose symbol or synonym was read: not the members of families and complexes.
    Synonyms,
    /// Those whose own symbol was read.
    Strict,
}

impl Tier {
    /// Whether a match in a lexicon counts; the lexicons of all generations are known.
    fn takes(self, source: &str) -> bool {
        let is_symbol = matches!(source, "ncbigene_symbol" | "hgnc_symbol");
        let synonyms = ["ncbigene_synonym", "hgnc_alias_symbol", "hgnc_prev_symbol"];
        match self {
            Self::All => true,
            Self::Synonyms => is_symbol || synonyms.contains(&source),
            Self::Strict => is_symbol,
        }
    }
}

impl FromStr for Tier {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self, Error> {
        match name {
            "all" => Ok(Self::All),
            "synonyms" => Ok(Self::Synonyms),
            "strict" => Ok(Self::Strict),
            _ => Err(Error::invalid(format!(
                "found the tier {name:?}, expected all, synonyms or strict"
            ))),
        }
    }
}

/// A figure as a document of the BioThings API of PFOCR, on one line with its end: ids are texts,
/// each once, in their order. None if nothing is mentioned.
///
/// Every document has all keys, so that programs can ask for them: a title or image that the record
/// does not have is null, which stores of documents take for missing.
///
/// What some readers take for the end of a line, U+0085, U+2028 and U+2029, is escaped.
///
/// ```
/// use pfocr2rdf::export::{self, Tier};
/// use pfocr2rdf::mapping::ImageUrl;
/// use pfocr2rdf::raw::{Findings, FrontMatter};
/// use pfocr2rdf::record::{Extra, Record, figure_id};
///
/// let text = "---\nfigid: PMC1__f1\npmcid: PMC1\nfigtitle: A toy\ngenes:\n\
///     - {word: a, hgnc_symbol: A, entrez: 10, source: hgnc_alias_symbol}\n\
///     - {word: b, hgnc_symbol: B, entrez: 9, source: hgnc_symbol}\n---\n";
/// let mut findings = Findings::default();
/// let front_matter = FrontMatter::parse(text, false, &mut findings).unwrap();
/// let id = figure_id(&front_matter, &mut findings).unwrap();
/// let record = Record::read(id, &front_matter, &[], Extra::default(), &mut findings);
/// let document = |tier| export::biothings(&record, tier, &ImageUrl::default()).unwrap();
/// assert!(document(Tier::All).contains("\"genes\":{\"ncbigene\":[\"9\",\"10\"]}"));
/// assert!(document(Tier::Strict).contains("\"genes\":{\"ncbigene\":[\"9\"]}"));
/// assert!(document(Tier::All).starts_with("{\"_id\":\"PMC1__f1\",\"associatedWith\":{"));
/// ```
#[must_use]
pub fn biothings(record: &Record<'_>, tier: Tier, image_url: &ImageUrl) -> Option<String> {
    let genes = record.genes.iter().filter(|gene| takes(tier, gene));
    // Numbers in their order: short ones first.
    let genes: BTreeSet<_> = genes
        .filter_map(|gene| gene.id.as_ref())
        .map(|id| (id.as_str().len(), id.as_str()))
        .collect();
    let genes: Vec<_> = genes.into_iter().map(|(_, id)| id).collect();
    let (chemicals, diseases) = (mesh(&record.chemicals), mesh(&record.diseases));
    if genes.is_empty() && chemicals.is_empty() && diseases.is_empty() {
        return None;
    }
    let (figure, article) = (&record.figure, record.article.as_ref());
    let pmcid = article.map(|article| article.id.as_str());
    let image = figure.file.as_deref().zip(pmcid);
    let document = json!({
        "_id": figure.id.as_str(),
        "associatedWith": {
            "title": figure.title,
            "pfocrUrl": iri::page(&figure.id),
            "figureUrl": image.map(|(file, pmcid)| image_url.iri(pmcid, figure.id.as_str(), file)),
            "pmc": pmcid,
            "mentions": {
                "chemicals": { "mesh": chemicals },
                "diseases": { "mesh": diseases },
                "genes": { "ncbigene": genes },
            },
        },
    });
    let text = document.to_string();
    let escape = |text: String, (from, to)| text.replace::<char>(from, to);
    let ends = [('\u{85}', "\\u0085"), ('\u{2028}', "\\u2028"), ('\u{2029}', "\\u2029")];
    Some(ends.into_iter().fold(text, escape) + "\n")
}

fn takes(tier: Tier, gene: &Gene<'_>) -> bool {
    tier.takes(gene.mention.source.as_deref().unwrap_or_default())
}

fn mesh<'c>(concepts: &'c [Concept<'_>]) -> BTreeSet<&'c str> {
    concepts.iter().filter_map(|concept| concept.mesh.as_ref()).map(MeshId::as_str).collect()
}
