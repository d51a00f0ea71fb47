use super::Text;
use super::value::{distinct, id, present};
use crate::diagnostic::Code;
use crate::id::{Doi, FigureId, Id, Pmcid, PubmedId, Year};
use crate::raw::{Findings, FrontMatter, Scalar, quote};
use crate::text;

/// An article.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Article<'a> {
    /// PubMed Central id.
    pub id: Pmcid<'a>,
    /// Title, without the full stop that is added to every one.
    pub title: Option<Text<'a>>,
    /// Citation.
    pub citation: Option<Text<'a>>,
    /// Year of publication.
    pub year: Option<Year<'a>>,
    /// DOI.
    pub doi: Option<Doi<'a>>,
    /// PubMed id; no record has it, it comes from a table of its own.
    pub pubmed: Option<PubmedId<'a>>,
    /// Journal.
    pub journal: Option<Journal<'a>>,
    /// Publisher.
    pub publisher: Option<Text<'a>>,
    /// Keywords of its authors.
    pub keywords: Vec<Text<'a>>,
    /// Names of the organisms it is about.
    pub organisms: Vec<Text<'a>>,
}

/// A journal; at least one of the two is there.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Journal<'a> {
    /// Title.
    pub title: Option<Text<'a>>,
    /// Abbreviation in the NLM catalogue.
    pub abbreviation: Option<Text<'a>>,
}

impl<'a> Article<'a> {
    /// An article of which nothing is known.
    pub(crate) fn new(id: Pmcid<'a>) -> Self {
        Self {
            id,
            title: None,
            citation: None,
            year: None,
            doi: None,
            pubmed: None,
            journal: None,
            publisher: None,
            keywords: Vec::new(),
            organisms: Vec::new(),
        }
    }

    pub(super) fn read(
        figure: &FigureId<'a>,
        raw: &'a FrontMatter<'_>,
        findings: &mut Findings,
    ) -> Option<Self> {
        let id = pmcid(figure, &raw.pmcid, findings);
        let article = Self {
            title: present(&raw.papertitle).and_then(without_stop),
            citation: present(&raw.reftext),
            year: self::id(&raw.year, Code::InvalidYear, findings),
            doi: self::id(&raw.doi, Code::InvalidDoi, findings),
            pubmed: None,
            journal: journal(&raw.journal_title, &raw.journal_nlm_ta),
            publisher: present(&raw.publisher_name),
            keywords: present(&raw.keywords).map(|joined| keywords(&joined)).unwrap_or_default(),
            organisms: distinct(&raw.organisms),
            id: id?,
        };
        Some(article)
    }
}

/// The pmcid of the record, else that of the figid.
fn pmcid<'a>(
    figure: &FigureId<'a>,
    scalar: &'a Scalar<'_>,
    findings: &mut Findings,
) -> Option<Pmcid<'a>> {
    let implied = figure.pmcid();
    let used = match &implied {
        Some(id) => format!("{id} of the figid is used"),
        None => "the figid has none either: the article is left out".to_owned(),
    };
    let Some(value) = present(scalar) else {
        let message = format!("found no pmcid, {used}");
        findings.add(Code::MissingPmcid, scalar.place, message);
        return implied;
    };
    match Pmcid::from_text(value) {
        Ok(given) => {
            if implied.as_ref() != Some(&given) {
                let figure = quote(figure.as_str());
                let message =
                    format!("found {given}, expected the beginning of the figid {figure}");
                findings.add(Code::PmcidMismatch, scalar.place, message);
            }
            Some(given)
        }
        Err(error) => {
            findings.add(Code::InvalidPmcid, scalar.place, format!("{error}; {used}"));
            implied
        }
    }
}

fn without_stop(title: Text<'_>) -> Option<Text<'_>> {
    let stem = |title: &str| title.strip_suffix('.').unwrap_or(title).trim_end().len();
    let title = match title {
        Text::Borrowed(title) => Text::Borrowed(title.get(..stem(title))?),
        Text::Owned(mut title) => {
            title.truncate(stem(&title));
            Text::Owned(title)
        }
    };
    (!text::is_missing(&title)).then_some(title)
}

fn journal<'a>(title: &'a Scalar<'_>, abbreviation: &'a Scalar<'_>) -> Option<Journal<'a>> {
    let (title, abbreviation) = (present(title), present(abbreviation));
    (title.is_some() || abbreviation.is_some()).then_some(Journal { title, abbreviation })
}

fn keywords<'a>(joined: &str) -> Vec<Text<'a>> {
    let mut keywords = Vec::new();
    // Two bars may share the space between them.
    let spaced = joined.replace(' ', "  ");
    for keyword in spaced.split(" | ").filter_map(text::present) {
        let keyword = Text::Owned(keyword.into_owned());
        if !keywords.contains(&keyword) {
            keywords.push(keyword);
        }
    }
    keywords
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_stop_is_taken_from_a_title() {
        fn t(title: &str, expected: Option<&str>) {
            assert_eq!(without_stop(Text::Borrowed(title)).as_deref(), expected);
            assert_eq!(without_stop(Text::Owned(title.to_owned())).as_deref(), expected);
        }
        t("Here?.", Some("Here?"));
        t("thaliana .", Some("thaliana"));
        t("Wait...", Some("Wait.."));
        t("No stop", Some("No stop"));
        t(".", None);
    }

    #[test]
    fn keywords_are_split_at_spaced_bars() {
        fn t(joined: &str, expected: &[&str]) {
            assert_eq!(keywords(&text::text(joined)), expected);
        }
        t("a | b c | d", &["a", "b c", "d"]);
        t("a|b | c\n| d", &["a|b", "c", "d"]);
        t("a |  | b | a", &["a", "b"]);
        t("NA | a", &["a"]);
        t("| a | | | b |", &["| a", "b |"]);
    }
}
