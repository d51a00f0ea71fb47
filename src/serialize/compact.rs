use std::fmt;

use oxrdf::vocab::xsd;
use oxrdf::{LiteralRef, TermRef, TripleRef};

use super::{SchemaOrg, prefixes};
use crate::vocab::rdf;

/// A triple as it may stand in Turtle below our prefixes.
///
/// ```
/// use oxrdf::{LiteralRef, NamedNodeRef, TripleRef};
/// use pfocr2rdf::serialize::Compact;
/// use pfocr2rdf::vocab::{schema, xsd};
///
/// let article = NamedNodeRef::new("https://identifiers.org/pmc/PMC1")?;
/// let year = LiteralRef::new_typed_literal("2001", xsd::G_YEAR);
/// let triple = TripleRef::new(article, schema::DATE_PUBLISHED, year);
/// assert_eq!(Compact(triple).to_string(), r#"pmc:PMC1 schema:datePublished "2001"^^xsd:gYear"#);
/// # Ok::<_, oxrdf::IriParseError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Compact<'a>(pub TripleRef<'a>);

impl fmt::Display for Compact<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let TripleRef { subject, predicate, object } = self.0;
        let predicate =
            if predicate == rdf::TYPE { "a".to_owned() } else { term(predicate.into()) };
        write!(f, "{} {predicate} {}", term(subject.into()), term(object))
    }
}

fn term(term: TermRef<'_>) -> String {
    match term {
        TermRef::NamedNode(node) => name(node.as_str()).unwrap_or_else(|| node.to_string()),
        TermRef::Literal(literal)
            if literal.language().is_none() && literal.datatype() != xsd::STRING =>
        {
            let value = LiteralRef::new_simple_literal(literal.value());
            format!("{value}^^{}", self::term(literal.datatype().into()))
        }
        term => term.to_string(),
    }
}

/// The IRI with a prefix, if what is behind it needs no escape.
fn name(iri: &str) -> Option<String> {
    prefixes(SchemaOrg::Http).find_map(|(prefix, namespace)| {
        let local = iri.strip_prefix(namespace)?;
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "_-.".contains(c);
        let is_name = local.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
            && local.chars().all(is_plain)
            && !local.ends_with('.');
        is_name.then(|| format!("{prefix}:{local}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_need_no_escape() {
        fn t(local: &str, expected: Option<&str>) {
            let iri = format!("https://pfocr.wikipathways.org/figures/{local}");
            assert_eq!(name(&iri).as_deref(), expected);
        }
        t("PMC1__a.b-1", Some("pfocr:PMC1__a.b-1"));
        t("PMC1__a.html", Some("pfocr:PMC1__a.html"));
        t("PMC1__a.", None);
        t("PMC1__a%20b", None);
        t("PMC1__a.html#gene-1", None);
        t("-a", None);
        t("", None);
    }
}
