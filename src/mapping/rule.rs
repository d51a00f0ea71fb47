//! The mapping as data: one rule for each kind of triple.

use std::fmt;
use std::hash::Hash;
use std::io;

use oxrdf::{LiteralRef, NamedNodeRef, TermRef};

use crate::iri::Template;
use crate::sink::{Mapped, Part, Parts, QuadSink, fingerprint_of};
use crate::vocab;

/// What makes one kind of triple from one kind of value.
#[derive(Debug)]
pub struct Rule {
    /// Its position among all rules, from 0.
    pub number: usize,
    /// The keys and columns that the value comes from.
    pub input: &'static str,
    /// The part that the triple belongs to.
    pub part: Part,
    /// The kind of the subject.
    pub subject: Node,
    /// The predicate.
    pub predicate: NamedNodeRef<'static>,
    /// How the object is made from the value.
    pub object: Object,
}

/// A kind of node that the converter describes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Node {
    /// A figure.
    Figure,
    /// The page of a record.
    Page,
    /// The score of a page.
    Score,
    /// The catalogue of all records.
    Catalog,
    /// An organization that makes records.
    Organization,
    /// An article.
    Article,
    /// A journal.
    Journal,
    /// A publisher.
    Publisher,
    /// A taxon.
    Taxon,
    /// An organism that is no known taxon.
    Organism,
    /// An NDEx network.
    Network,
    /// A gene.
    Gene,
    /// A chemical.
    Chemical,
    /// A disease.
    Disease,
    /// An annotation.
    Annotation,
}

impl Node {
    /// Every kind, in the order in which a record's nodes are written.
    pub const ALL: [Self; 15] = [
        Self::Figure,
        Self::Page,
        Self::Score,
        Self::Catalog,
        Self::Organization,
        Self::Article,
        Self::Journal,
        Self::Publisher,
        Self::Taxon,
        Self::Organism,
        Self::Network,
        Self::Gene,
        Self::Chemical,
        Self::Disease,
        Self::Annotation,
    ];

    /// How the table of the mapping calls it.
    #[must_use]
    pub const fn letter(self) -> &'static str {
        match self {
            Self::Figure => "F",
            Self::Page => "R",
            Self::Score => "R#automl_pathway",
            Self::Catalog => "catalog",
            Self::Organization => "organization",
            Self::Article => "A",
            Self::Journal => "J",
            Self::Publisher => "P",
            Self::Taxon => "T",
            Self::Organism => "organism",
            Self::Network => "network",
            Self::Gene => "G",
            Self::Chemical => "C",
            Self::Disease => "D",
            Self::Annotation => "N",
        }
    }

    /// Whether several records can describe the same node.
    #[must_use]
    pub const fn is_shared(self) -> bool {
        !matches!(self, Self::Figure | Self::Page | Self::Score | Self::Annotation)
    }
}

/// How an object is made from a value.
#[derive(Clone, Copy, Debug)]
pub enum Object {
    /// This term, whatever the value.
    Term(NamedNodeRef<'static>),
    /// The IRI of a node of this kind.
    Node(Node),
    /// An IRI made from more than one value, in the form that is shown here.
    Ready(&'static str),
    /// An IRI with the percent-encoded value in it.
    Iri(Template),
    /// A string.
    Plain(Template),
    /// A text in English.
    English(Template),
    /// A literal of this datatype, in the lexical form of the value.
    Typed(NamedNodeRef<'static>),
}

impl Rule {
    /// The keys and columns that its [`input`](Self::input) names, the one that is preferred first. Words
    /// that are no key, like `with mesh`, are among them.
    ///
    /// ```
    /// use pfocr2rdf::mapping;
    ///
    /// let rule = mapping::rules().find(|rule| rule.input == "figtitle, else figid").unwrap();
    /// assert_eq!(rule.keys().collect::<Vec<_>>(), ["figtitle", "figid"]);
    /// let rule = mapping::rules().find(|rule| rule.input == "chemicals: match, else name").unwrap();
    /// assert_eq!(rule.keys().collect::<Vec<_>>(), ["chemicals: match", "chemicals: name"]);
    /// ```
    pub fn keys(&self) -> impl Iterator<Item = String> {
        keys(self.input)
    }

    /// The text of the object, if it is the same whatever the value.
    pub(crate) const fn fixed_object(&self) -> Option<&'static str> {
        match self.object {
            Object::Term(term) => Some(term.as_str()),
            Object::Plain(template) | Object::English(template) => template.fixed(),
            _ => None,
        }
    }

    /// The object with this text: the IRI or the value of the literal.
    pub(crate) fn object<'t>(&self, text: &'t str) -> TermRef<'t> {
        match self.object {
            Object::Term(_) | Object::Node(_) | Object::Ready(_) | Object::Iri(_) => {
                NamedNodeRef::new_unchecked(text).into()
            }
            Object::Plain(_) => LiteralRef::new_simple_literal(text).into(),
            Object::English(_) => {
                LiteralRef::new_language_tagged_literal_unchecked(text, "en").into()
            }
            Object::Typed(datatype) => LiteralRef::new_typed_literal(text, datatype).into(),
        }
    }

    /// Whether the triple describes a node that several records can describe, and does not
    /// depend on the record.
    #[must_use]
    pub const fn is_shared(&self) -> bool {
        self.subject.is_shared() && !matches!(self.object, Object::Node(Node::Figure))
    }
}

/// The keys in a list like `organisms; genes, chemicals: word, else name`.
pub(super) fn keys(input: &'static str) -> impl Iterator<Item = String> {
    input.split("; ").flat_map(|group| {
        let (sections, names) = group.rsplit_once(": ").unwrap_or(("", group));
        let key = move |section: &str, name: &str| match section {
            "" => name.to_owned(),
            section => format!("{section}: {name}"),
        };
        let names =
            move || names.split(", ").map(|name| name.strip_prefix("else ").unwrap_or(name));
        sections.split(", ").flat_map(move |section| names().map(move |name| key(section, name)))
    })
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let term = |iri: &str| vocab::compact(iri).unwrap_or_else(|| format!("<{iri}>"));
        let predicate = match term(self.predicate.as_str()) {
            ty if ty == "rdf:type" => "a".to_owned(),
            predicate => predicate,
        };
        write!(f, "{} {predicate} ", self.subject.letter())?;
        match self.object {
            Object::Term(object) => f.write_str(&term(object.as_str())),
            Object::Node(node) => f.write_str(node.letter()),
            Object::Ready(form) => write!(f, "<{form}>"),
            Object::Iri(template) => write!(f, "<{}>", template.as_str()),
            Object::Plain(template) => write!(f, "\"{}\"", template.as_str()),
            Object::English(template) => write!(f, "\"{}\"@en", template.as_str()),
            Object::Typed(datatype) => write!(f, "\"{{value}}\"^^{}", term(datatype.as_str())),
        }
    }
}

/// Declares rules, which are numbered from `first` on, and the list of them.
macro_rules! rules {
    (first = $first:expr; $( $input:literal: $( $name:ident = $part:ident $subject:ident $predicate:expr, $object:expr; )+ )+) => {
        /// The positions of the rules in this module.
        #[allow(non_camel_case_types, clippy::upper_case_acronyms, reason = "names of statics")]
        enum Position { $( $( $name, )+ )+ }

        /// The number of the first rule.
        pub(super) const FIRST: usize = $first;

        $( $(
            static $name: crate::mapping::Rule = crate::mapping::Rule {
                number: FIRST + Position::$name as usize,
                input: $input,
                part: crate::sink::Part::$part,
                subject: crate::mapping::Node::$subject,
                predicate: $predicate,
                object: $object,
            };
        )+ )+

        /// The rules of this module.
        pub(super) const RULES: &[&crate::mapping::Rule] = &[$( $( &$name, )+ )+];
    };
}
pub(super) use rules;

/// Most IRIs and descriptions have fewer bytes.
const USUAL: usize = 256;

/// Applies rules to values and sends the triples on.
pub(super) struct Out<'s, S> {
    sink: &'s mut S,
    parts: Parts,
    scratch: String,
    content: Vec<u8>,
}

impl<'s, S: QuadSink> Out<'s, S> {
    pub(super) fn new(sink: &'s mut S, parts: Parts) -> Self {
        let (scratch, content) = (String::with_capacity(USUAL), Vec::with_capacity(USUAL));
        Self { sink, parts, scratch, content }
    }

    /// The triple that the rule makes from the value.
    ///
    /// `value` is the whole IRI for the rules whose object is a node or ready, and nothing for
    /// those whose object is fixed.
    pub(super) fn emit(
        &mut self,
        rule: &'static Rule,
        subject: &str,
        value: &str,
    ) -> io::Result<()> {
        if !self.parts.contains(rule.part) {
            return Ok(());
        }
        self.scratch.clear();
        let object = match &rule.object {
            Object::Iri(template) => {
                template.encode(value, &mut self.scratch);
                &self.scratch
            }
            Object::Plain(template) | Object::English(template) => {
                filled(*template, value, &mut self.scratch)
            }
            Object::Term(term) => term.as_str(),
            Object::Node(_) | Object::Ready(_) | Object::Typed(_) => value,
        };
        self.sink.quad(&Mapped { rule, subject, object })
    }

    /// The description of a node that several records can describe, unless the sink has it from
    /// the same content; then its type alone.
    pub(super) fn describe(
        &mut self,
        (ty, subject): (&'static Rule, &str),
        content: impl Hash,
        write: impl FnOnce(&mut Self) -> io::Result<()>,
    ) -> io::Result<()> {
        let key = fingerprint_of((ty.subject.letter(), content), &mut self.content);
        if self.sink.describe(key) {
            return write(self);
        }
        if let (Object::Term(class), true) = (ty.object, self.parts.contains(ty.part)) {
            self.sink.known(&Mapped { rule: ty, subject, object: class.as_str() });
        }
        Ok(())
    }

    /// The triples that the rule makes from the values.
    pub(super) fn emit_all<V: AsRef<str>>(
        &mut self,
        rule: &'static Rule,
        subject: &str,
        values: impl IntoIterator<Item = V>,
    ) -> io::Result<()> {
        values.into_iter().try_for_each(|value| self.emit(rule, subject, value.as_ref()))
    }
}

fn filled<'a>(template: Template, value: &'a str, scratch: &'a mut String) -> &'a str {
    if template.is_identity() {
        return value;
    }
    template.fixed().unwrap_or_else(|| {
        template.fill(value, scratch);
        scratch
    })
}
