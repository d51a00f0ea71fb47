//! What tells terms apart.

use std::hash::Hasher;

use oxrdf::vocab::xsd;
use oxrdf::{NamedNodeRef, TermRef};
use rustc_hash::FxHasher;

use crate::shacl::vocab;

/// A term: its position in a [`Terms`](super::Terms).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct TermId(pub(crate) u32);

impl TermId {
    pub(crate) const MAX: Self = Self(u32::MAX);

    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }

    /// The term that was added after it.
    pub(crate) fn next(self) -> Self {
        Self(self.0.wrapping_add(1))
    }
}

/// The three kinds of [RDF terms](https://www.w3.org/TR/rdf11-concepts/#dfn-rdf-term).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    Iri,
    BlankNode,
    Literal,
}

/// What tells one term from all others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Key<'a> {
    pub(crate) kind: Kind,
    /// The IRI, the label of the blank node, or the lexical form.
    pub(crate) text: &'a str,
    /// The datatype of a literal; [`TermId::MAX`] for other terms.
    pub(crate) datatype: TermId,
    /// The language tag of a literal, or nothing.
    pub(crate) language: &'a str,
}

impl<'a> Key<'a> {
    pub(crate) fn iri(text: &'a str) -> Self {
        Self { kind: Kind::Iri, text, datatype: TermId::MAX, language: "" }
    }

    pub(crate) fn blank_node(text: &'a str) -> Self {
        Self { kind: Kind::BlankNode, ..Self::iri(text) }
    }

    fn literal(text: &'a str, datatype: TermId, language: &'a str) -> Self {
        Self { kind: Kind::Literal, text, datatype, language }
    }

    #[inline]
    pub(super) fn hash(&self) -> u64 {
        let mut hasher = FxHasher::default();
        hasher.write(self.text.as_bytes());
        if !self.language.is_empty() {
            hasher.write(self.language.as_bytes());
        }
        hasher.write_u64(u64::from(self.datatype.0) << 8 | self.kind as u64);
        hasher.finish()
    }
}

/// The key of a term, with a way to find the id of a datatype.
#[inline]
pub(super) fn key_of<'a>(
    term: TermRef<'a>,
    intern: impl FnOnce(NamedNodeRef<'a>) -> TermId,
) -> Key<'a> {
    match term {
        TermRef::NamedNode(node) => Key::iri(node.as_str()),
        TermRef::BlankNode(node) => Key::blank_node(node.as_str()),
        TermRef::Literal(literal) => {
            let language = literal.language();
            let datatype = match literal.datatype() {
                _ if language.is_some() => vocab::RDF_LANG_STRING,
                xsd::STRING => vocab::XSD_STRING,
                other => intern(other),
            };
            Key::literal(literal.value(), datatype, language.unwrap_or_default())
        }
    }
}
