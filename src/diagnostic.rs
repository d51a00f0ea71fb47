//! A defect of the input, as data: a code, a severity, a place and a message.
//!
//! A defect of one record never stops a run; what does is an [`Error`](crate::Error).

mod code;
mod graph;
mod location;

use std::fmt;
use std::io;

use oxrdf::{Literal, NamedOrBlankNode, Term};

use crate::raw::quote;
use crate::shacl::{self, ValidationResult};
use crate::shapes;

pub use self::code::Code;
pub use self::graph::to_graph;
pub use self::location::{Field, Location};

/// How bad a defect is.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Severity {
    /// Worth a look; the output is what it should be.
    Note,
    /// A value is odd or was left out; the rest of the record is right.
    Warning,
    /// A record, table, row or value is broken and was left out.
    Error,
}

impl Severity {
    /// `note`, `warning` or `error`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl From<&shacl::Severity> for Severity {
    /// Results of shapes are errors unless they are milder.
    fn from(severity: &shacl::Severity) -> Self {
        match severity {
            shacl::Severity::Warning => Self::Warning,
            shacl::Severity::Info | shacl::Severity::Debug | shacl::Severity::Trace => Self::Note,
            _ => Self::Error,
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One defect of the input.
///
/// ```
/// use pfocr2rdf::diagnostic::{Code, Diagnostic, Location};
///
/// let location = Location::new("a.md", 3, 7);
/// let diagnostic = Diagnostic::new(Code::InvalidYear, location, "found \"19xx\", expected a year");
/// assert_eq!(
///     diagnostic.to_string(),
///     "a.md:3:7: warning[invalid-year]: found \"19xx\", expected a year",
/// );
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Diagnostic {
    /// What is wrong.
    pub code: Code,
    /// Where.
    pub location: Location,
    /// What was found and what was expected.
    pub message: String,
    /// The other places that it is about.
    pub related: Vec<Related>,
    /// The result of a shape, when it is one.
    pub shape: Option<Box<ShapeResult>>,
}

/// Another place that a defect is about, such as that of what it contradicts.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Related {
    /// The place.
    pub location: Location,
    /// What stands there.
    pub message: String,
}

/// A result of a SHACL shape.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ShapeResult {
    /// The result.
    pub result: ValidationResult,
    /// Whether the focus node is one that several records can describe.
    pub is_shared: bool,
}

impl ShapeResult {
    /// The last part of the IRI of the shape, or all of it where a code is called so.
    #[must_use]
    pub fn name(&self) -> &str {
        let shape = match &self.result.source_shape {
            NamedOrBlankNode::NamedNode(node) => node.as_str(),
            NamedOrBlankNode::BlankNode(node) => node.as_str(),
        };
        let name = shape.rsplit(['#', '/']).next().unwrap_or(shape);
        if Code::ALL.iter().any(|code| code.as_str() == name) { shape } else { name }
    }

    /// Whether the shape is one of those that are bundled.
    #[must_use]
    pub fn is_bundled(&self) -> bool {
        match &self.result.source_shape {
            NamedOrBlankNode::NamedNode(shape) => shape.as_str().starts_with(shapes::NAMESPACE),
            NamedOrBlankNode::BlankNode(_) => false,
        }
    }

    fn code(&self) -> Code {
        match Severity::from(&self.result.severity) {
            Severity::Error => Code::ShapeViolation,
            Severity::Warning => Code::ShapeWarning,
            Severity::Note => Code::ShapeInfo,
        }
    }

    /// The messages of the shape, and the value at fault.
    fn message(&self) -> String {
        let messages: Vec<_> = self.result.messages.iter().map(Literal::value).collect();
        let message = messages.join("; ");
        let found = match &self.result.value {
            Some(Term::Literal(literal)) => quote(literal.value()),
            Some(node) => node.to_string(),
            None => return message,
        };
        let is_sentence = message.ends_with('.');
        if is_sentence {
            format!("{message} Found: {found}")
        } else {
            format!("{message}: found {found}")
        }
    }
}

impl Diagnostic {
    /// A diagnostic of this code.
    pub fn new(code: Code, location: Location, message: impl Into<String>) -> Self {
        Self { code, location, message: message.into(), related: Vec::new(), shape: None }
    }

    /// The same, with another place that it is about.
    ///
    /// ```
    /// use pfocr2rdf::diagnostic::{Code, Diagnostic, Location};
    ///
    /// let location = |line| Location::new("a.md", line, 7);
    /// let diagnostic = Diagnostic::new(Code::SymbolConflict, location(3), "found another symbol")
    ///     .with_related(location(2), "the first symbol");
    /// assert_eq!(
    ///     diagnostic.to_string(),
    ///     "a.md:3:7: warning[symbol-conflict]: found another symbol (a.md:2:7)",
    /// );
    /// ```
    #[must_use]
    pub fn with_related(mut self, location: Location, message: impl Into<String>) -> Self {
        self.related.push(Related { location, message: message.into() });
        self
    }

    /// The result of a shape: an error if it is a violation, a warning or a note if it is milder.
    ///
    /// ```
    /// use oxrdf::{NamedNode, Triple};
    /// use pfocr2rdf::diagnostic::{Diagnostic, Location, ShapeResult};
    /// use pfocr2rdf::shacl::{Options, Shapes, Source};
    ///
    /// let text = "@prefix sh: <http://www.w3.org/ns/shacl#> .
    ///     <#thing> sh:targetSubjectsOf <#p> ; sh:nodeKind sh:BlankNode ; sh:message 'no IRIs' .";
    /// let source = Source::turtle("s.ttl", "http://example.com/", text)?;
    /// let shapes = Shapes::compile(&[source], &Options::new())?;
    /// let node = NamedNode::new("http://example.com/#p")?;
    /// let data = [Triple::new(node.clone(), node.clone(), node)];
    /// let result = shapes.validator().validate(&data)?.results.remove(0);
    ///
    /// let shape = ShapeResult { result, is_shared: false };
    /// let diagnostic = Diagnostic::of_shape(shape, Location::default());
    /// assert_eq!(diagnostic.name(), "thing");
    /// assert_eq!(diagnostic.message, "no IRIs: found <http://example.com/#p>");
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn of_shape(shape: ShapeResult, location: Location) -> Self {
        let (code, message) = (shape.code(), shape.message());
        Self { code, location, message, related: Vec::new(), shape: Some(Box::new(shape)) }
    }

    /// A file cannot be read, or is larger than the limits.
    #[must_use]
    pub fn unreadable(file: String, cause: &io::Error) -> Self {
        let location = Location::new(file, 1, 1);
        if cause.kind() == io::ErrorKind::FileTooLarge {
            return Self::new(Code::TooLarge, location, cause.to_string());
        }
        Self::new(Code::UnreadableFile, location, format!("cannot be read: {cause}"))
    }

    /// What it is called: the name of its code, or of the shape whose result it is.
    #[must_use]
    pub fn name(&self) -> &str {
        self.shape.as_ref().map_or(self.code.as_str(), |shape| shape.name())
    }

    /// What was found and what was expected, and behind that the other places.
    #[must_use]
    pub fn message_with_places(&self) -> String {
        let places = self.related.iter().map(|related| format!(" ({})", related.location));
        [self.message.clone()].into_iter().chain(places).collect()
    }

    /// How bad it is: the severity of its code.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        self.code.severity()
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (location, severity, name) = (&self.location, self.severity(), self.name());
        write!(f, "{location}: {severity}[{name}]: {}", self.message_with_places())
    }
}
