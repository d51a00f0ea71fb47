//! The IRIs that the converter makes, each from a template.
//!
//! A value goes into an IRI percent-encoded: what [RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#section-3.3)
//! allows in a path segment stays, everything else becomes `%` and two hexadecimal digits for
//! each byte of its UTF-8.

use std::fmt::Write;

use crate::id::FigureId;

/// A text with one place for a value, written `{name}`, or with none.
///
/// ```
/// use pfocr2rdf::iri::Template;
///
/// const DOI: Template = Template::new("https://doi.org/{doi}");
/// let mut iri = String::new();
/// DOI.encode("10.1000/a<b>", &mut iri);
/// assert_eq!(iri, "https://doi.org/10.1000%2Fa%3Cb%3E");
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Template {
    text: &'static str,
    before: &'static str,
    after: &'static str,
    slash: bool,
}

impl Template {
    /// A template from its text.
    #[must_use]
    pub const fn new(text: &'static str) -> Self {
        let bytes = text.as_bytes();
        let (mut start, mut end) = (bytes.len(), bytes.len());
        let mut index = 0;
        let mut rest = bytes;
        while let [byte, tail @ ..] = rest {
            match byte {
                b'{' => start = index,
                b'}' => end = index + 1,
                _ => {}
            }
            index += 1;
            rest = tail;
        }
        Self { text, before: text.split_at(start).0, after: text.split_at(end).1, slash: false }
    }

    /// The same, but `/` stays as it is in values.
    #[must_use]
    pub const fn with_slash(mut self) -> Self {
        self.slash = true;
        self
    }

    /// The text of the template.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        self.text
    }

    /// The text, if there is no place in it.
    #[must_use]
    pub const fn fixed(&self) -> Option<&'static str> {
        if self.before.len() == self.text.len() { Some(self.text) } else { None }
    }

    /// What all IRIs of this template begin with.
    #[must_use]
    pub const fn prefix(&self) -> &'static str {
        self.before
    }

    /// Whether the template is just the place for the value.
    #[must_use]
    pub const fn is_identity(&self) -> bool {
        self.before.is_empty() && self.after.is_empty()
    }

    /// Appends the template with the value in its place, as it is.
    pub fn fill(&self, value: &str, out: &mut String) {
        out.push_str(self.before);
        out.push_str(value);
        out.push_str(self.after);
    }

    /// Appends the template with the value in its place, percent-encoded.
    pub fn encode(&self, value: &str, out: &mut String) {
        out.push_str(self.before);
        encode(value, self.slash, out);
        out.push_str(self.after);
    }

    /// The template with the percent-encoded value in its place.
    #[must_use]
    pub fn iri(&self, value: &str) -> String {
        let mut iri = String::with_capacity(self.text.len() + value.len());
        self.encode(value, &mut iri);
        iri
    }
}

/// Appends the value, percent-encoded.
fn encode(value: &str, slash: bool, out: &mut String) {
    let is_kept = |byte: u8| {
        byte.is_ascii_alphanumeric()
            || b"-._~!$&'()*+,;=:@".contains(&byte)
            || (slash && byte == b'/')
    };
    if value.bytes().all(is_kept) {
        out.push_str(value);
        return;
    }
    for byte in value.bytes() {
        if is_kept(byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
}

/// Declares templates.
macro_rules! templates {
    ($( $(#[doc = $doc:literal])+ $name:ident $template:literal $(+ $slash:ident)?; )+) => {
        $( $(#[doc = $doc])+ pub const $name: Template = Template::new($template)$(.$slash())?; )+

        #[cfg(test)]
        const ALL: &[Template] = &[$($name),+];
    };
}

templates! {
    /// A figure.
    FIGURE "https://pfocr.wikipathways.org/figures/{figid}";
    /// A figure's page.
    PAGE "https://pfocr.wikipathways.org/figures/{figid}.html";
    /// The score of a page.
    SCORE "https://pfocr.wikipathways.org/figures/{figid}.html#automl_pathway";
    /// A journal, by a slug.
    JOURNAL "https://pfocr.wikipathways.org/#journal-{slug}";
    /// A publisher, by a slug.
    PUBLISHER "https://pfocr.wikipathways.org/#publisher-{slug}";
    /// An organism that is in no table, by a slug.
    ORGANISM "https://pfocr.wikipathways.org/#organism-{slug}";
    /// An organization, by a slug.
    ORGANIZATION "https://pfocr.wikipathways.org/#organization-{slug}";
    /// An article.
    ARTICLE "https://identifiers.org/pmc/{pmcid}";
    /// An article's page.
    ARTICLE_PAGE "https://pmc.ncbi.nlm.nih.gov/articles/{pmcid}/";
    /// A figure's page at PubMed Central.
    FIGURE_PAGE "https://pmc.ncbi.nlm.nih.gov/{path}" + with_slash;
    /// An article, by its DOI.
    DOI "https://doi.org/{doi}" + with_slash;
    /// An article, by its PubMed id.
    PUBMED "https://identifiers.org/pubmed/{pmid}";
    /// A pathway of WikiPathways.
    PATHWAY "https://identifiers.org/wikipathways/{wpid}";
    /// A network of NDEx.
    NETWORK "https://www.ndexbio.org/viewer/networks/{uuid}";
    /// A taxon.
    TAXON "http://purl.obolibrary.org/obo/NCBITaxon_{id}";
    /// A taxon, as identifiers.org has it.
    TAXON_IDENTIFIERS "http://identifiers.org/taxonomy/{id}";
    /// A taxon, as UniProt has it.
    TAXON_UNIPROT "http://purl.uniprot.org/taxonomy/{id}";
    /// A gene.
    GENE "https://identifiers.org/ncbigene/{id}";
    /// A gene, in the older form of identifiers.org.
    GENE_HTTP "http://identifiers.org/ncbigene/{id}";
    /// A gene, as UniProt has it.
    GENE_UNIPROT "http://purl.uniprot.org/geneid/{id}";
    /// A gene, by its HGNC symbol.
    HGNC_SYMBOL "https://identifiers.org/hgnc.symbol/{symbol}";
    /// A MeSH concept.
    MESH "http://id.nlm.nih.gov/mesh/{mesh}";
    /// A MeSH concept, as identifiers.org has it.
    MESH_IDENTIFIERS "http://identifiers.org/mesh/{mesh}";
    /// The page of a MeSH concept.
    MESH_PAGE "https://meshb.nlm.nih.gov/record/ui?ui={mesh}";
    /// A chemical.
    CHEBI "http://purl.obolibrary.org/obo/CHEBI_{n}";
    /// A chemical, as identifiers.org has it.
    CHEBI_IDENTIFIERS "https://identifiers.org/chebi/CHEBI:{n}";
    /// A code of a diagnostic, in reports.
    DIAGNOSTIC "https://pfocr.wikipathways.org/diagnostics/{code}";
    /// A disease.
    DOID "http://purl.obolibrary.org/obo/DOID_{n}";
}

/// The licence of the PFOCR records, CC0 1.0.
pub const CC0: &str = "https://creativecommons.org/publicdomain/zero/1.0/";
/// The catalogue of all records.
pub const CATALOG: &str = "https://data.wikipathways.org/pfocr/";
/// The organization that makes PFOCR.
pub const WIKIPATHWAYS: &str = "https://www.wikipathways.org/";

/// The named graphs of the parts core, links, wp and evidence.
pub const GRAPHS: [&str; 4] = [
    "https://pfocr.wikipathways.org/graph/core",
    "https://pfocr.wikipathways.org/graph/links",
    "https://pfocr.wikipathways.org/graph/wp",
    "https://pfocr.wikipathways.org/graph/evidence",
];

/// The prefixes of the IRIs of figures, genes and so on; those of the terms are with their
/// [vocabularies](crate::vocab).
pub const PREFIXES: [(&str, &str); 5] = [
    ("pfocr", "https://pfocr.wikipathways.org/figures/"),
    ("pmc", "https://identifiers.org/pmc/"),
    ("ncbigene", "https://identifiers.org/ncbigene/"),
    ("mesh", "http://id.nlm.nih.gov/mesh/"),
    ("obo", "http://purl.obolibrary.org/obo/"),
];

/// The IRI of a figure's page.
///
/// ```
/// use pfocr2rdf::id::FigureId;
///
/// let page = pfocr2rdf::iri::page(&FigureId::parse("PMC1__a b")?);
/// assert_eq!(page, "https://pfocr.wikipathways.org/figures/PMC1__a%20b.html");
/// # Ok::<_, pfocr2rdf::id::ParseIdError>(())
/// ```
#[must_use]
pub fn page(figure: &FigureId<'_>) -> String {
    PAGE.iri(figure.as_str())
}

#[cfg(test)]
mod tests {
    use oxrdf::NamedNode;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_what_is_illegal_is_encoded() {
        fn t(value: &str, expected: &str) {
            assert_eq!(Template::new("{v}").iri(value), expected);
        }
        t("aZ09-._~!$&'()*+,;=:@", "aZ09-._~!$&'()*+,;=:@");
        t("a/b c%20", "a%2Fb%20c%2520");
        t("<>\"{}|\\^`", "%3C%3E%22%7B%7D%7C%5C%5E%60");
        t("?#[]", "%3F%23%5B%5D");
        t("β\u{2028}", "%CE%B2%E2%80%A8");
        t("", "");
    }

    #[test]
    fn constants_are_iris() {
        for iri in [CC0, CATALOG, WIKIPATHWAYS].into_iter().chain(GRAPHS) {
            assert!(NamedNode::new(iri).is_ok(), "{iri}");
        }
    }

    proptest! {
        #[test]
        fn every_value_gives_a_valid_iri(value: String) {
            for template in ALL {
                prop_assert!(NamedNode::new(template.iri(&value)).is_ok());
            }
        }
    }
}
