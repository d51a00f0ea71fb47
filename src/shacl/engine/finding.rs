//! Results over interned terms.

#[cfg(feature = "sparql")]
use oxrdf::{Literal, NamedNode, Term};

use super::{Out, ShapeId, Site, TermId, Value};

/// A validation result, before its terms are looked up.
#[derive(Debug)]
pub(crate) struct Finding {
    pub(crate) focus: TermId,
    pub(crate) path: FindingPath,
    pub(crate) value: Option<TermId>,
    pub(crate) shape: ShapeId,
    /// The position of the constraint in the shape.
    pub(crate) constraint: usize,
    pub(crate) origin: u32,
    pub(crate) details: Vec<Finding>,
    #[cfg(feature = "sparql")]
    pub(crate) extra: Option<Box<Extra>>,
}

/// The path of a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FindingPath {
    /// That of the shape, if it has one.
    Shape,
    /// A predicate that a closed shape does not allow.
    Predicate(TermId),
}

/// What a query says about a result.
#[cfg(feature = "sparql")]
#[derive(Debug, Default)]
pub(crate) struct Extra {
    pub(crate) path: Option<NamedNode>,
    pub(crate) value: Option<Term>,
    pub(crate) messages: Vec<Literal>,
}

impl Finding {
    pub(crate) fn new(site: &Site<'_>, value: Option<Value>) -> Self {
        Self {
            focus: site.focus.term,
            path: FindingPath::Shape,
            value: value.map(|value| value.term),
            shape: site.id,
            constraint: site.position,
            origin: value.map_or(site.focus.origin, |value| value.origin),
            details: Vec::new(),
            #[cfg(feature = "sparql")]
            extra: None,
        }
    }

    /// Says that a constraint does not hold, and adds the result if there is a place for it.
    pub(crate) fn push(self, out: Out<'_>) -> bool {
        if let Some(out) = out {
            out.push(self);
        }
        false
    }
}

impl Site<'_> {
    /// Says that the constraint does not hold.
    pub(super) fn fail(&self, value: Option<Value>, out: Out<'_>) -> bool {
        match out {
            Some(out) => Finding::new(self, value).push(Some(out)),
            None => false,
        }
    }

    /// Says that the constraint does not hold, and why.
    pub(super) fn fail_with(
        &self,
        value: Option<Value>,
        details: Vec<Finding>,
        out: Out<'_>,
    ) -> bool {
        Finding { details, ..Finding::new(self, value) }.push(out)
    }
}
