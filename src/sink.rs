//! Where mapped triples go.

mod counter;
mod descriptions;
mod lines;
mod once;
mod part;
mod quads;
mod recent;
mod sent;

use std::io;

use oxrdf::{NamedNodeRef, TripleRef};

use crate::mapping::Rule;

pub use self::counter::Counter;
pub(crate) use self::descriptions::Descriptions;
pub(crate) use self::lines::{KnownDescriptions, Lines, OnceLines};
pub use self::once::Once;
pub(crate) use self::once::{fingerprint, fingerprint_of};
pub use self::part::{Part, Parts};
pub use self::quads::Quads;
pub(crate) use self::recent::Recent;

/// How many bytes of memory are kept when triples are forgotten.
const KEPT: usize = 8 << 20;

/// A triple: the rule that made it, and what the rule leaves open.
///
/// ```
/// use pfocr2rdf::mapping;
/// use pfocr2rdf::sink::Mapped;
///
/// let rule = mapping::rules().find(|rule| rule.input == "number").unwrap();
/// let quad = Mapped { rule, subject: "http://example.org/f", object: "Figure 1" };
/// assert_eq!(
///     quad.triple().to_string(),
///     "<http://example.org/f> <http://schema.org/position> \"Figure 1\"",
/// );
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Mapped<'a> {
    /// The rule; it knows the part, the predicate, and what kind of term the object is.
    pub rule: &'static Rule,
    /// The IRI of the subject.
    pub subject: &'a str,
    /// The IRI of the object, or the value of the literal that it is.
    pub object: &'a str,
}

impl<'a> Mapped<'a> {
    /// The triple.
    #[must_use]
    pub fn triple(&self) -> TripleRef<'a> {
        let subject = NamedNodeRef::new_unchecked(self.subject);
        TripleRef::new(subject, self.rule.predicate, self.rule.object(self.object))
    }
}

/// Something that takes the triples of a record in their fixed order.
///
/// ```
/// use std::io;
///
/// use pfocr2rdf::sink::{Mapped, QuadSink};
///
/// struct Predicates(Vec<String>);
///
/// impl QuadSink for Predicates {
///     fn quad(&mut self, quad: &Mapped<'_>) -> io::Result<()> {
///         self.0.push(quad.rule.predicate.to_string());
///         Ok(())
///     }
/// }
/// ```
pub trait QuadSink {
    /// Takes one triple.
    ///
    /// # Errors
    ///
    /// What the sink writes to cannot be written.
    fn quad(&mut self, quad: &Mapped<'_>) -> io::Result<()>;

    /// Whether a description is wanted. What follows until the next call, if it is, are the
    /// triples of a node that [several records can describe](Rule::is_shared); `key` is the same
    /// for the same triples. By default every description is wanted.
    fn describe(&mut self, key: u128) -> bool {
        let _ = key;
        true
    }

    /// Whether [`describe`](Self::describe) answers false for every key that it was asked for
    /// before. By default it does not.
    fn remembers(&self) -> bool {
        false
    }

    /// Takes note of the type of a node whose description was not wanted. By default nothing is
    /// done.
    fn known(&mut self, quad: &Mapped<'_>) {
        let _ = quad;
    }
}

impl<S: QuadSink + ?Sized> QuadSink for &mut S {
    fn quad(&mut self, quad: &Mapped<'_>) -> io::Result<()> {
        (**self).quad(quad)
    }

    fn describe(&mut self, key: u128) -> bool {
        (**self).describe(key)
    }

    fn remembers(&self) -> bool {
        (**self).remembers()
    }

    fn known(&mut self, quad: &Mapped<'_>) {
        (**self).known(quad);
    }
}
