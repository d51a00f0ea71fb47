use std::fmt;

use iri_string::types::IriStr;
use oxsdatatypes::Decimal;

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

/// What a key that only repeats another one must have.
enum Expected<'e> {
    Text(&'e str),
    /// This number, however it is written.
    Number(&'e str),
    /// Nothing, as this key has nothing to repeat.
    Without(&'static str),
}

impl<'e> Expected<'e> {
    fn repeated(value: Option<&'e str>, key: &'static str) -> Self {
        value.map_or(Self::Without(key), Self::Text)
    }

    fn is(&self, found: &str) -> bool {
        match self {
            Self::Text(expected) => found == *expected,
            Self::Number(expected) => match (found.parse::<Decimal>(), expected.parse()) {
                (Ok(found), Ok(expected)) => found == expected,
                _ => found == *expected,
            },
            Self::Without(_) => false,
        }
    }
}

impl fmt::Display for Expected<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(expected) | Self::Number(expected) => f.write_str(&quote(expected)),
            Self::Without(key) => write!(f, "nothing without {key}"),
        }
    }
}

/// Compares the keys that only repeat others with what they repeat.
fn check_copies(figure: &FigureId<'_>, raw: &FrontMatter<'_>, findings: &mut Findings) {
    use Expected::{Number, Text};
    let json_ld = &raw.schema_jsonld;
    let redirect = present(&raw.figid_alias).map(|alias| format!("/figures/{alias}"));
    let page = iri::page(figure);
    let score = present(&raw.automl_pathway);
    let mut check = |scalar: &Scalar<'_>, expected: Expected<'_>| {
        if let Some(found) = present(scalar).filter(|found| !expected.is(found)) {
            let message = format!("found {}, expected {expected}", quote(&found));
            findings.add(Code::RedundantMismatch, scalar.place, message);
        }
    };
    if let Some(score) = &score {
        check(&raw.pathway_score, Number(score));
    }
    check(&raw.redirect_from, Expected::repeated(redirect.as_deref(), "figid_alias"));
    check(&raw.seo, Text("CreativeWork"));
    check(&json_ld.context, Text("https://schema.org/"));
    check(&json_ld.id, Text(&page));
    check(&json_ld.ty, Text("Dataset"));
    check(&json_ld.name, Text("CreativeWork"));
    check(&json_ld.creator.ty, Text("Organization"));
    // Captions are long: those that are written alike need no cleaning.
    if json_ld.description.text != raw.caption.text {
        let caption = present(&raw.caption);
        check(&json_ld.description, Expected::repeated(caption.as_deref(), "caption"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_repeats_another_key_is_checked() {
        fn t(yaml: &str, expected: &[&str]) {
            let text = format!("figid: PMC1__f\n{yaml}");
            let mut findings = Findings::default();
            let raw = FrontMatter::parse(&text, true, &mut findings).unwrap();
            let id = crate::record::figure_id(&raw, &mut findings).unwrap();
            check_copies(&id, &raw, &mut findings);
            let found: Vec<_> = findings.as_slice().iter().map(|f| f.message.as_str()).collect();
            assert_eq!(found, expected, "{yaml}");
        }
        t("redirect_from: /figures/a\nfigid_alias: a", &[]);
        t("redirect_from: /foo\nfigid_alias: a", &["found \"/foo\", expected \"/figures/a\""]);
        t("redirect_from: /foo", &["found \"/foo\", expected nothing without figid_alias"]);
        t("schema-jsonld: {description: a}", &["found \"a\", expected nothing without caption"]);
        t("automl_pathway: .5\npathway_score: 0.50", &[]);
        t("automl_pathway: 0.5\npathway_score: 0.6", &["found \"0.6\", expected \"0.5\""]);
        t("automl_pathway: a\npathway_score: b", &["found \"b\", expected \"a\""]);
        t("pathway_score: 0.5", &[]);
    }
}
