use std::str::FromStr;

use oxrdf::{NamedNodeRef, TripleRef};
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::mapping::Object;
use crate::sink::Mapped;
use crate::vocab::schema;

/// How the terms of schema.org begin.
///
/// ```
/// use pfocr2rdf::serialize::SchemaOrg;
///
/// assert_eq!(SchemaOrg::default().namespace(), "http://schema.org/");
/// assert_eq!("https".parse::<SchemaOrg>()?.namespace(), "https://schema.org/");
/// # Ok::<_, pfocr2rdf::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SchemaOrg {
    /// With `http:`, which the [JSON-LD context](https://schema.org/docs/jsonldcontext.json) of
    /// schema.org expands to.
    #[default]
    Http,
    /// With `https:`, the address of the definitions.
    Https,
}

impl SchemaOrg {
    /// The IRI that all terms begin with.
    #[must_use]
    pub const fn namespace(self) -> &'static str {
        match self {
            Self::Http => schema::NAMESPACE,
            Self::Https => schema::HTTPS_NAMESPACE,
        }
    }

    /// `http` or `https`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
        }
    }

    /// Gives on the triple with its terms of schema.org in this form. An IRI of the input that
    /// only looks like such a term stays what it is.
    pub(crate) fn apply<R>(self, quad: &Mapped<'_>, write: impl FnOnce(TripleRef<'_>) -> R) -> R {
        let rewritten = |term: NamedNodeRef<'_>| {
            let local = term.as_str().strip_prefix(schema::NAMESPACE)?;
            Some(format!("{}{local}", self.namespace()))
        };
        let mut triple = quad.triple();
        if self == Self::Http {
            return write(triple);
        }
        let predicate = rewritten(triple.predicate);
        let object = match quad.rule.object {
            Object::Term(term) => rewritten(term),
            _ => None,
        };
        if let Some(iri) = &predicate {
            triple.predicate = NamedNodeRef::new_unchecked(iri);
        }
        if let Some(iri) = &object {
            triple.object = NamedNodeRef::new_unchecked(iri).into();
        }
        write(triple)
    }
}

impl FromStr for SchemaOrg {
    type Err = Error;

    fn from_str(scheme: &str) -> Result<Self, Error> {
        match scheme {
            "http" => Ok(Self::Http),
            "https" => Ok(Self::Https),
            _ => Err(Error::invalid(format!("found {scheme:?}, expected \"http\" or \"https\""))),
        }
    }
}
