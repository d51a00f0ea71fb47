//! The parts of the output.

use std::fmt;
use std::str::FromStr;

use oxrdf::NamedNodeRef;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::iri;

/// A part of the output: a named graph, and a file of its own if one likes.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// The description with schema.org terms.
    Core,
    /// Other IRIs of the same things.
    Links,
    /// What WikiPathways would say of the figure.
    Wp,
    /// Which word in the figure gave which entity.
    Evidence,
}

impl Part {
    /// All parts, in the order in which they are written.
    pub const ALL: [Self; 4] = [Self::Core, Self::Links, Self::Wp, Self::Evidence];

    /// The name: `core`, `links`, `wp` or `evidence`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Core => "core",
            Self::Links => "links",
            Self::Wp => "wp",
            Self::Evidence => "evidence",
        }
    }

    /// The IRI of the named graph.
    ///
    /// ```
    /// use pfocr2rdf::sink::Part;
    ///
    /// assert_eq!(Part::Wp.graph().as_str(), "https://pfocr.wikipathways.org/graph/wp");
    /// ```
    #[must_use]
    pub fn graph(self) -> NamedNodeRef<'static> {
        let iri = iri::GRAPHS.get(self as usize).copied().unwrap_or_default();
        NamedNodeRef::new_unchecked(iri)
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Part {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self, Error> {
        let part = Self::ALL.into_iter().find(|part| part.as_str() == name);
        part.ok_or_else(|| {
            Error::invalid(format!("found the part {name:?}, expected core, links, wp or evidence"))
        })
    }
}

/// A set of parts.
///
/// ```
/// use pfocr2rdf::sink::{Part, Parts};
///
/// let parts = Parts::from_iter([Part::Core, Part::Links]);
/// assert!(parts.contains(Part::Links) && !parts.contains(Part::Wp));
/// assert!(Parts::ALL.contains(Part::Wp));
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Parts([bool; 4]);

impl Parts {
    /// All parts.
    pub const ALL: Self = Self([true; 4]);

    /// Whether the part is in the set.
    #[must_use]
    pub fn contains(self, part: Part) -> bool {
        self.0.get(part as usize).copied().unwrap_or_default()
    }

    /// The parts of the set, in the order in which they are written.
    pub fn iter(self) -> impl Iterator<Item = Part> {
        Part::ALL.into_iter().filter(move |part| self.contains(*part))
    }
}

impl FromIterator<Part> for Parts {
    fn from_iter<I: IntoIterator<Item = Part>>(parts: I) -> Self {
        let mut set = Self([false; 4]);
        for part in parts {
            if let Some(contained) = set.0.get_mut(part as usize) {
                *contained = true;
            }
        }
        set
    }
}
