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

/// A triple of which the form is known.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Formed<'t> {
    /// The number of the form.
    pub(crate) number: u32,
    /// The IRI of the subject.
    pub(crate) subject: &'t str,
    /// The text of the object.
    pub(crate) object: &'t str,
}

/// The language tag of a term, or nothing.
pub(crate) fn language(term: TermRef<'static>) -> &'static str {
    let TermRef::Literal(literal) = term else { return "" };
    literal.language().unwrap_or_default()
}
