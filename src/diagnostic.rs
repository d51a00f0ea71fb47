//! A defect of the input, as data: a code, a severity, a place and a message.
//!
//! A defect of one record never stops a run; what does is an [`Error`](crate::Error).

mod code;

use std::fmt;
use std::io;

use oxrdf::NamedOrBlankNode;

use crate::shacl::ValidationResult;

pub use self::code::Code;

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

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A place in an input file; lines and columns count from 1, columns in characters.
#[derive(Clone, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Location {
    /// The file as the user knows it.
    pub file: String,
    /// The line.
    pub line: u64,
    /// The column, in characters.
    pub column: u64,
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// One defect of the input.
///
/// ```
/// use pfocr2rdf::diagnostic::{Code, Diagnostic, Location};
///
/// let location = Location { file: "a.md".to_owned(), line: 3, column: 7 };
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
    /// The result of a shape, when it is one.
    pub shape: Option<Box<ShapeResult>>,
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
    /// The last part of the IRI of the shape.
    #[must_use]
    pub fn name(&self) -> &str {
        let shape = match &self.result.source_shape {
            NamedOrBlankNode::NamedNode(node) => node.as_str(),
            NamedOrBlankNode::BlankNode(node) => node.as_str(),
        };
        shape.rsplit(['#', '/']).next().unwrap_or(shape)
    }
}

impl Diagnostic {
    /// A diagnostic of this code.
    pub fn new(code: Code, location: Location, message: impl Into<String>) -> Self {
        Self { code, location, message: message.into(), shape: None }
    }

    /// A file cannot be read.
    #[must_use]
    pub fn unreadable(file: String, cause: &io::Error) -> Self {
        let location = Location { file, line: 1, column: 1 };
        Self::new(Code::UnreadableFile, location, format!("cannot be read: {cause}"))
    }

    /// What it is called: the name of its code, or of the shape whose result it is.
    #[must_use]
    pub fn name(&self) -> &str {
        self.shape.as_ref().map_or(self.code.as_str(), |shape| shape.name())
    }

    /// How bad it is: the severity of its code.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        self.code.severity()
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (location, severity) = (&self.location, self.severity());
        write!(f, "{location}: {severity}[{}]: {}", self.name(), self.message)
    }
}
