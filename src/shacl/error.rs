//! Why a shapes graph is refused, and why a validation fails.

use std::error;
use std::fmt;

/// A line of a shapes file.
///
/// ```
/// use pfocr2rdf::shacl::{Options, Shapes, Source};
///
/// let text = "@prefix sh: <http://www.w3.org/ns/shacl#> .\n<#s> a sh:NodeShape ;\n  sh:minCoumt 1 .";
/// let source = Source::turtle("s.ttl", "http://example.com/s.ttl", text)?;
/// let error = Shapes::compile(&[source], &Options::new()).unwrap_err();
/// let location = error.problems()[0].location().unwrap();
/// assert_eq!((location.file(), location.line()), ("s.ttl", 3));
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Location {
    file: String,
    line: u32,
}

impl Location {
    pub(crate) fn new(file: impl Into<String>, line: u32) -> Self {
        Self { file: file.into(), line }
    }

    /// The name the file was given with.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The line, from 1 on.
    #[must_use]
    pub fn line(&self) -> u32 {
        self.line
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// What is wrong with a shapes graph.
///
/// ```
/// use pfocr2rdf::shacl::ProblemKind;
///
/// let kind = ProblemKind::UnknownTerm("sh:minCoumt".into(), "<http://example.com/s>".into());
/// assert_eq!(kind.to_string(), "unknown term sh:minCoumt on <http://example.com/s>");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProblemKind {
    /// A file is not Turtle; the message of the parser.
    Syntax(String),
    /// A term in the namespace of SHACL that SHACL does not define: the term and what bears it.
    UnknownTerm(String, String),
    /// A term of SHACL that the engine does not implement: the term and what bears it.
    UnsupportedTerm(String, String),
    /// A shape, path or list that breaks the
    /// [syntax rules](https://www.w3.org/TR/shacl/#syntax-rules): what breaks the rule, and the
    /// rule.
    IllFormed(String, String),
    /// An [entailment regime](https://www.w3.org/TR/shacl/#shacl-entailment) that the engine does
    /// not implement.
    Entailment(String),
    /// A shape that [refers to itself](https://www.w3.org/TR/shacl/#shapes-recursion): the shapes
    /// from it back to it.
    Recursive(Vec<String>),
    /// A `sh:pattern` that is no regular expression, or one that cannot be translated: the pattern
    /// and why.
    Pattern(String, String),
    /// A SPARQL query that cannot be parsed or breaks the rules of
    /// [pre-binding](https://www.w3.org/TR/shacl/#pre-binding): what bears it and why.
    Query(String, String),
}

impl fmt::Display for ProblemKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax(message) => f.write_str(message),
            Self::UnknownTerm(term, bearer) => write!(f, "unknown term {term} on {bearer}"),
            Self::UnsupportedTerm(term, bearer) => {
                write!(f, "the term {term} on {bearer} is not supported")
            }
            Self::IllFormed(bearer, rule) => write!(f, "{bearer} is ill-formed: {rule}"),
            Self::Entailment(regime) => write!(f, "entailment regime {regime} is not supported"),
            Self::Recursive(shapes) => write!(f, "recursive shape: {}", shapes.join(" -> ")),
            Self::Pattern(pattern, cause) => write!(f, "pattern {pattern:?} is refused: {cause}"),
            Self::Query(bearer, cause) => write!(f, "query of {bearer} is refused: {cause}"),
        }
    }
}

/// One fault of a shapes graph.
///
/// See [`ShapesError`] for an example.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    location: Option<Location>,
    kind: ProblemKind,
}

impl Problem {
    pub(crate) fn new(location: Option<Location>, kind: ProblemKind) -> Self {
        Self { location, kind }
    }

    /// Where it is; unknown if the shapes graph did not come from Turtle.
    #[must_use]
    pub fn location(&self) -> Option<&Location> {
        self.location.as_ref()
    }

    /// What is wrong.
    #[must_use]
    pub fn kind(&self) -> &ProblemKind {
        &self.kind
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(location) = &self.location {
            write!(f, "{location}: ")?;
        }
        self.kind.fmt(f)
    }
}

/// A shapes graph is refused: everything that is wrong with it, in the order of the files.
///
/// ```
/// use pfocr2rdf::shacl::{Options, Shapes, Source};
///
/// let text = "@prefix sh: <http://www.w3.org/ns/shacl#> .\n<#s> a sh:NodeShape ;\n  sh:minCoumt 1 .";
/// let source = Source::turtle("s.ttl", "http://example.com/s.ttl", text)?;
/// let error = Shapes::compile(&[source], &Options::new()).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "s.ttl:3: unknown term sh:minCoumt on <http://example.com/s.ttl#s>",
/// );
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShapesError(Vec<Problem>);

impl ShapesError {
    pub(crate) fn new(mut problems: Vec<Problem>) -> Self {
        problems.sort_by(|a, b| a.location.cmp(&b.location));
        problems.dedup();
        Self(problems)
    }

    /// Everything that is wrong; never empty.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.0
    }
}

impl fmt::Display for ShapesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, problem) in self.0.iter().enumerate() {
            if position > 0 {
                f.write_str("\n")?;
            }
            problem.fmt(f)?;
        }
        Ok(())
    }
}

impl error::Error for ShapesError {}

/// A validation that came to no result: neither "conforms" nor "does not".
///
/// ```
/// use pfocr2rdf::shacl::Failure;
///
/// let message = Failure::TooDeep("http://example.com/s".into()).to_string();
/// assert_eq!(message, "shape http://example.com/s: too many shapes inside one another");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Failure {
    /// Shapes led from node to node more often than the stack allows; the shape it stopped at.
    TooDeep(String),
    /// Recursive shapes led from node to node in more ways than can be walked; the shape it
    /// stopped at.
    TooManySteps(String),
    /// A query failed: the shape and the cause.
    Query(String, String),
    /// A record has more than 4,294,967,294 triples.
    TooLarge,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooDeep(shape) => {
                write!(f, "shape {shape}: too many shapes inside one another")
            }
            Self::TooManySteps(shape) => {
                write!(f, "shape {shape}: too many ways from node to node")
            }
            Self::Query(shape, cause) => write!(f, "query of {shape} failed: {cause}"),
            Self::TooLarge => f.write_str("too many triples"),
        }
    }
}

impl error::Error for Failure {}
