//! What is known of triples before they come.

use oxrdf::TermRef;

use super::terms::{Key, Kind, TermId};

/// What all triples that are made in one way have in common.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Form {
    pub(crate) predicate: TermId,
    pub(crate) object: ObjectForm,
}

/// What is known of an object.
#[derive(Debug, Clone, Copy)]
pub(crate) enum ObjectForm {
    /// It is this term.
    Term(TermId),
    /// It is a term of this kind, with any text.
    Text(TextForm),
}

/// A term but for its text: see [`Key`].
#[derive(Debug, Clone, Copy)]
pub(crate) struct TextForm {
    pub(crate) kind: Kind,
    pub(crate) datatype: TermId,
    pub(crate) language: &'static str,
}

impl TextForm {
    /// The term with this text.
    #[inline]
    pub(crate) fn key<'t>(&self, text: &'t str) -> Key<'t> {
        Key { kind: self.kind, text, datatype: self.datatype, language: self.language }
    }
}

/// The text of a term.
#[inline]
pub(crate) fn text(term: TermRef<'_>) -> &str {
    match term {
        TermRef::NamedNode(node) => node.as_str(),
        TermRef::BlankNode(node) => node.as_str(),
        TermRef::Literal(literal) => literal.value(),
    }
}

/// The language tag of a term, or nothing.
pub(crate) fn language(term: TermRef<'static>) -> &'static str {
    let TermRef::Literal(literal) = term else { return "" };
    literal.language().unwrap_or_default()
}
