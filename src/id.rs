//! Identifiers of PFOCR, its articles and the databases it refers to: checked, never just text.
//!
//! All are made from [clean text](crate::text::text), which they borrow where they can.

mod figure;

use std::borrow::Cow;
use std::error;
use std::fmt;

use crate::raw::quote;

pub use self::figure::FigureId;

/// Something that is made from clean text when the text has the right form.
pub trait Id<'a>: Sized {
    /// The identifier in a clean text.
    ///
    /// # Errors
    ///
    /// The text does not have the form of the identifier.
    fn from_text(text: Cow<'a, str>) -> Result<Self, ParseIdError>;
}

/// The text is not an identifier of the wanted kind.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ParseIdError {
    found: String,
    expected: &'static str,
}

impl ParseIdError {
    fn new(found: &str, expected: &'static str) -> Self {
        Self { found: quote(found), expected }
    }
}

impl fmt::Display for ParseIdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "found {}, expected {}", self.found, self.expected)
    }
}

impl error::Error for ParseIdError {}

/// What all identifiers have in common besides their form.
macro_rules! common {
    ($name:ident) => {
        impl<'a> $name<'a> {
            /// The identifier in a clean text; see the type for its form.
            ///
            /// # Errors
            ///
            /// The text does not have that form.
            pub fn parse(text: &'a str) -> Result<Self, crate::id::ParseIdError> {
                crate::id::Id::from_text(std::borrow::Cow::Borrowed(text))
            }

            /// The identifier as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The identifier with its own text.
            #[must_use]
            pub fn into_owned(self) -> $name<'static> {
                $name(std::borrow::Cow::Owned(self.0.into_owned()))
            }
        }

        impl AsRef<str> for $name<'_> {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name<'_> {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}
use common;

/// Declares an identifier: how its text is normalized, what form it must have, and in words.
macro_rules! ids {
    ($( $(#[$doc:meta])+ $name:ident: $normalize:expr, $is_valid:expr, $expected:literal; )+) => { $(
        $(#[$doc])+
        #[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        pub struct $name<'a>(Cow<'a, str>);

        common!($name);

        impl<'a> Id<'a> for $name<'a> {
            fn from_text(text: Cow<'a, str>) -> Result<Self, ParseIdError> {
                let id = $normalize(text.clone());
                let is_valid: fn(&str) -> bool = $is_valid;
                if is_valid(&id) {
                    Ok(Self(id))
                } else {
                    Err(ParseIdError::new(&text, $expected))
                }
            }
        }
    )+ };
}

ids! {
    /// An article in [PubMed Central](https://pmc.ncbi.nlm.nih.gov/): `PMC` and digits.
    ///
    /// ```
    /// use pfocr2rdf::id::Pmcid;
    ///
    /// assert_eq!(Pmcid::parse("PMC100003")?.as_str(), "PMC100003");
    /// let error = Pmcid::parse("100003").unwrap_err();
    /// assert_eq!(error.to_string(), "found \"100003\", expected \"PMC\" and digits");
    /// # Ok::<_, pfocr2rdf::id::ParseIdError>(())
    /// ```
    Pmcid: as_is, |id| id.strip_prefix("PMC").is_some_and(is_digits), "\"PMC\" and digits";

    /// An article in [PubMed](https://pubmed.ncbi.nlm.nih.gov/): a positive integer.
    ///
    /// ```
    /// assert!(pfocr2rdf::id::PubmedId::parse("11604498").is_ok());
    /// ```
    PubmedId: as_is, is_positive, "a positive integer";

    /// A [Digital Object Identifier](https://www.doi.org/doi-handbook/), in lower case and
    /// without the address of a resolver.
    ///
    /// ```
    /// use pfocr2rdf::id::Doi;
    ///
    /// assert_eq!(Doi::parse("https://doi.org/10.1128/MCB.24")?.as_str(), "10.1128/mcb.24");
    /// assert!(Doi::parse("10.1128/a b").is_err());
    /// # Ok::<_, pfocr2rdf::id::ParseIdError>(())
    /// ```
    Doi: bare_doi, is_doi, "a DOI like 10.1000/182";

    /// A taxon of the [NCBI taxonomy](https://www.ncbi.nlm.nih.gov/taxonomy): a positive integer.
    ///
    /// ```
    /// assert!(pfocr2rdf::id::TaxonId::parse("9606").is_ok());
    /// ```
    TaxonId: as_is, is_positive, "a positive integer";

    /// A gene of [NCBI Gene](https://www.ncbi.nlm.nih.gov/gene): a positive integer.
    ///
    /// ```
    /// use pfocr2rdf::id::NcbiGeneId;
    ///
    /// assert!(NcbiGeneId::parse("207").is_ok());
    /// assert!(NcbiGeneId::parse("0207").is_err());
    /// ```
    NcbiGeneId: as_is, is_positive, "a positive integer";

    /// A concept of the [Medical Subject Headings](https://www.nlm.nih.gov/mesh/), without a
    /// prefix `mesh:`: `C`, `D` or `Q`, and digits.
    ///
    /// ```
    /// use pfocr2rdf::id::MeshId;
    ///
    /// assert_eq!(MeshId::parse("mesh:D005947")?.as_str(), "D005947");
    /// # Ok::<_, pfocr2rdf::id::ParseIdError>(())
    /// ```
    MeshId: |id| without_prefix(id, "mesh:"), is_mesh, "a MeSH id like mesh:D005947";

    /// A chemical of [ChEBI](https://www.ebi.ac.uk/chebi/), without a prefix `chebi:`: digits.
    ///
    /// ```
    /// use pfocr2rdf::id::ChebiId;
    ///
    /// assert_eq!(ChebiId::parse("chebi:4167")?.as_str(), "4167");
    /// # Ok::<_, pfocr2rdf::id::ParseIdError>(())
    /// ```
    ChebiId: |id| without_prefix(id, "chebi:"), is_digits, "a ChEBI id like chebi:4167";

    /// A disease of the [Disease Ontology](https://disease-ontology.org/), without a prefix
    /// `doid:`: digits, leading zeros stay.
    ///
    /// ```
    /// use pfocr2rdf::id::Doid;
    ///
    /// assert_eq!(Doid::parse("doid:0060239")?.as_str(), "0060239");
    /// # Ok::<_, pfocr2rdf::id::ParseIdError>(())
    /// ```
    Doid: |id| without_prefix(id, "doid:"), is_digits, "a Disease Ontology id like doid:0060239";

    /// A pathway of [WikiPathways](https://www.wikipathways.org/): `WP` and digits.
    ///
    /// ```
    /// assert!(pfocr2rdf::id::WikiPathwaysId::parse("WP254").is_ok());
    /// ```
    WikiPathwaysId: as_is, |id| id.strip_prefix("WP").is_some_and(is_digits), "\"WP\" and digits";

    /// A network of [NDEx](https://www.ndexbio.org/): a UUID, as written.
    ///
    /// ```
    /// use pfocr2rdf::id::NdexId;
    ///
    /// assert!(NdexId::parse("e93dea57-df07-11ea-99da-0ac135e8bacf").is_ok());
    /// assert!(NdexId::parse("e93dea57").is_err());
    /// ```
    NdexId: as_is, is_uuid, "a UUID";

    /// A year from 1900 to 2099.
    ///
    /// ```
    /// assert!(pfocr2rdf::id::Year::parse("2001").is_ok());
    /// ```
    Year: as_is, is_year, "a year from 1900 to 2099";

    /// A number from 0 to 1 in the form of an
    /// [`xsd:decimal`](https://www.w3.org/TR/xmlschema11-2/#decimal), as written.
    ///
    /// ```
    /// use pfocr2rdf::id::Score;
    ///
    /// assert_eq!(Score::parse("0.93250")?.as_str(), "0.93250");
    /// assert!(Score::parse("1e-3").is_err());
    /// # Ok::<_, pfocr2rdf::id::ParseIdError>(())
    /// ```
    Score: as_is, is_score, "a decimal number from 0 to 1";
}

fn as_is(id: Cow<'_, str>) -> Cow<'_, str> {
    id
}

fn without_prefix<'a>(id: Cow<'a, str>, prefix: &str) -> Cow<'a, str> {
    match id {
        Cow::Borrowed(id) => Cow::Borrowed(id.strip_prefix(prefix).unwrap_or(id)),
        Cow::Owned(id) => Cow::Owned(id.strip_prefix(prefix).map(str::to_owned).unwrap_or(id)),
    }
}

/// The DOI in lower case, without what resolvers put before it.
fn bare_doi(doi: Cow<'_, str>) -> Cow<'_, str> {
    const RESOLVERS: [&str; 2] = ["doi.org/", "dx.doi.org/"];
    let lower =
        if doi.chars().any(char::is_uppercase) { Cow::Owned(doi.to_lowercase()) } else { doi };
    let address = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"));
    let resolved =
        address.and_then(|rest| RESOLVERS.iter().find_map(|prefix| rest.strip_prefix(prefix)));
    let rest = resolved.unwrap_or(&lower);
    let bare = rest.strip_prefix("doi:").unwrap_or(rest).trim_start();
    if bare.len() == lower.len() { lower } else { Cow::Owned(bare.to_owned()) }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_positive(text: &str) -> bool {
    is_digits(text) && !text.starts_with('0')
}

fn is_doi(text: &str) -> bool {
    let parts = text.strip_prefix("10.").and_then(|text| text.split_once('/'));
    parts.is_some_and(|(registrant, suffix)| {
        is_digits(registrant)
            && (4..=9).contains(&registrant.len())
            && !suffix.is_empty()
            && !suffix.contains(char::is_whitespace)
    })
}

fn is_mesh(text: &str) -> bool {
    text.strip_prefix(['C', 'D', 'Q']).is_some_and(is_digits)
}

fn is_uuid(text: &str) -> bool {
    let groups = text.split('-').map(str::len);
    groups.eq([8, 4, 4, 4, 12]) && text.bytes().all(|b| b == b'-' || b.is_ascii_hexdigit())
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && is_digits(text) && (text.starts_with("19") || text.starts_with("20"))
}

fn is_score(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let digits = || whole.bytes().chain(fraction.bytes());
    let is_zero = |text: &str| text.bytes().all(|byte| byte == b'0');
    let whole_value = whole.trim_start_matches('0');
    digits().next().is_some()
        && digits().all(|byte| byte.is_ascii_digit())
        && (whole_value.is_empty() || (whole_value == "1" && is_zero(fraction)))
        && (!text.starts_with('-') || (is_zero(whole) && is_zero(fraction)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dois_lose_their_resolver() {
        fn t(text: &str, expected: Option<&str>) {
            assert_eq!(Doi::parse(text).ok().as_ref().map(Doi::as_str), expected, "{text}");
        }
        t("10.1128/MCB.24.1", Some("10.1128/mcb.24.1"));
        t("doi:10.1000/x", Some("10.1000/x"));
        t("DOI:10.1000/x", Some("10.1000/x"));
        t("http://dx.doi.org/10.1000/x", Some("10.1000/x"));
        t("https://doi.org/10.1000/x", Some("10.1000/x"));
        t("https://doi.org/doi:10.1000/x", Some("10.1000/x"));
        t("https://doi:10.1000/x", None);
        t("10.1002/(sici)1<1::aid-a>3.0.co;2-#", Some("10.1002/(sici)1<1::aid-a>3.0.co;2-#"));
        t("10.1000/Α-x", Some("10.1000/α-x"));
        t("10.100/x", None);
        t("10.1234567890/x", None);
        t("10.1000/", None);
        t("10.1000/a b", None);
    }

    #[test]
    fn scores_are_decimals_from_0_to_1() {
        fn t(text: &str, expected: bool) {
            assert_eq!(is_score(text), expected, "{text}");
        }
        for good in ["0", "1", "0.5", ".5", "1.", "1.000", "+0.25", "-0", "-0.0", "00.5", "01"] {
            t(good, true);
        }
        for bad in ["", ".", "+", "1.01", "2", "-0.1", "1e-3", "0,5", "0.5 ", "NaN", "0.5.5", "10"]
        {
            t(bad, false);
        }
    }

    #[test]
    fn forms() {
        assert!(MeshId::parse("mesh:C000657245").is_ok());
        for bad in ["mesh:", "MESH:D1", "E1", "D", "D1x"] {
            assert!(MeshId::parse(bad).is_err(), "{bad}");
        }
        for bad in ["1899", "2100", "20", "20011", "200x", "２００１"] {
            assert!(Year::parse(bad).is_err(), "{bad}");
        }
        assert!(NcbiGeneId::parse("-5").is_err());
        assert!(WikiPathwaysId::parse("WP").is_err());
        assert!(NdexId::parse("e93dea57-df07-11ea-99da-0ac135e8bacg").is_err());
    }
}
