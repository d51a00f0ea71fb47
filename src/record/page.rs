use iri_string::types::IriStr;

use super::Text;
use super::value::{distinct, id, present};
use crate::diagnostic::Code;
use crate::id::{FigureId, Score};
use crate::iri;
use crate::raw::{Findings, FrontMatter, Scalar, quote};

/// The page of the record at the PFOCR site.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Page<'a> {
    /// Symbols and names of the entities.
    pub keywords: Vec<Text<'a>>,
    /// Licence of the record.
    pub license: Option<License<'a>>,
    /// Name of the organization that made the record.
    pub creator: Option<Text<'a>>,
    /// How sure the classifier is that the figure shows a pathway.
    pub score: Option<Score<'a>>,
}

/// A licence.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum License<'a> {
    /// Public domain.
    Cc0,
    /// Another one, by its IRI.
    Iri(Text<'a>),
}

impl<'a> Page<'a> {
    pub(super) fn read(
        figure: &FigureId<'_>,
        raw: &'a FrontMatter<'_>,
        findings: &mut Findings,
    ) -> Self {
        check_copies(figure, raw, findings);
        if let Some(place) = raw.annotations {
            let message = "found something in \"annotations\", expected an empty list";
            findings.add(Code::UnexpectedAnnotations, place, message);
        }
        let json_ld = &raw.schema_jsonld;
        let score = id(&raw.automl_pathway, Code::InvalidScore, findings);
        let old_score = id(&raw.pathway_score, Code::InvalidScore, findings);
        Self {
            keywords: distinct(&json_ld.keywords),
            license: license(&json_ld.license, findings),
            creator: present(&json_ld.creator.name),
            score: score.or(old_score),
        }
    }
}

fn license<'a>(scalar: &'a Scalar<'_>, findings: &mut Findings) -> Option<License<'a>> {
    let license = present(scalar)?;
    if license == "CC0" {
        return Some(License::Cc0);
    }
    if IriStr::new(&license).is_ok() {
        return Some(License::Iri(license));
    }
    let message = format!("found {}, expected \"CC0\" or an absolute IRI", quote(&license));
    findings.add(Code::InvalidLicense, scalar.place, message);
    None
}

/// Compares the keys that only repeat others with what they repeat.
fn check_copies(figure: &FigureId<'_>, raw: &FrontMatter<'_>, findings: &mut Findings) {
    let json_ld = &raw.schema_jsonld;
    let redirect = present(&raw.figid_alias).map(|alias| format!("/figures/{alias}"));
    let page = iri::page(figure);
    let score = present(&raw.automl_pathway);
    let mut check = |scalar: &Scalar<'_>, expected: &str| {
        if let Some(found) = present(scalar)
            && found != expected
        {
            let message = format!("found {}, expected {}", quote(&found), quote(expected));
            findings.add(Code::RedundantMismatch, scalar.place, message);
        }
    };
    if let Some(score) = &score {
        check(&raw.pathway_score, score);
    }
    check(&raw.redirect_from, redirect.as_deref().unwrap_or_default());
    check(&raw.seo, "CreativeWork");
    check(&json_ld.context, "https://schema.org/");
    check(&json_ld.id, &page);
    check(&json_ld.ty, "Dataset");
    check(&json_ld.name, "CreativeWork");
    check(&json_ld.creator.ty, "Organization");
    // Captions are long: those that are written alike need no cleaning.
    if json_ld.description.text != raw.caption.text {
        check(&json_ld.description, present(&raw.caption).as_deref().unwrap_or_default());
    }
}
