//! Results for the caller.

mod convert;
mod graph;
mod message;

use oxrdf::{Graph, Literal, NamedNode, NamedOrBlankNode, Term};

use super::error::Location;
use super::path::Path;
use super::vocab::{self, SH};

pub(crate) use self::convert::Converter;
pub(crate) use self::graph::Writer;

/// A [validation report](https://www.w3.org/TR/shacl/#validation-report).
///
/// ```
/// use oxrdf::vocab::rdf;
/// use oxrdf::{NamedNode, Triple};
/// use pfocr2rdf::shacl::{Options, Shapes, Source};
///
/// let text = "@prefix sh: <http://www.w3.org/ns/shacl#> .
///     <#s> sh:targetClass <#C> ; sh:property <#p> .
///     <#p> sh:path <#name> ; sh:minCount 1 ; sh:message 'needs a name'@en .";
/// let source = Source::turtle("s.ttl", "http://example.com/", text)?;
/// let shapes = Shapes::compile(&[source], &Options::new())?;
/// let figure = NamedNode::new("http://example.com/#f")?;
/// let data = [Triple::new(figure.clone(), rdf::TYPE, NamedNode::new("http://example.com/#C")?)];
///
/// let report = shapes.validator().validate(&data)?;
/// assert!(!report.conforms);
/// assert_eq!(report.results[0].focus_node, figure.into());
/// assert_eq!(report.results[0].messages[0].value(), "needs a name");
/// assert_eq!(report.results[0].triple, Some(0));
/// assert_eq!(report.to_graph().len(), 10);
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// Whether the data [conform](https://www.w3.org/TR/shacl/#conforms): in SHACL 1.0 if there
    /// are no results, whatever their severity.
    pub conforms: bool,
    /// The results: by shape in the order of the shapes files, then by focus node in the order of
    /// the data.
    pub results: Vec<ValidationResult>,
    /// How many results there are besides: more than
    /// [`with_max_results`](super::Validator::with_max_results) allows.
    pub omitted: usize,
}

impl Report {
    /// The report as RDF: one `sh:ValidationReport` with its results, and their details.
    #[must_use]
    pub fn to_graph(&self) -> Graph {
        graph::write(self)
    }
}

/// A [validation result](https://www.w3.org/TR/shacl/#results-validation-result).
///
/// See [`Report`] for an example.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ValidationResult {
    /// The node that was validated.
    pub focus_node: Term,
    /// The path from the focus node to the value.
    pub path: Option<Path>,
    /// The value at fault, if it is one value.
    pub value: Option<Term>,
    /// The constraint component, like `sh:MinCountConstraintComponent`.
    pub component: NamedNode,
    /// The shape.
    pub source_shape: NamedOrBlankNode,
    /// The SPARQL-based constraint, if it is one.
    pub source_constraint: Option<Term>,
    /// How bad it is.
    pub severity: Severity,
    /// The messages of the shape, or one in English if it has none.
    pub messages: Vec<Literal>,
    /// Why a value does not conform to the shapes of `sh:node`, `sh:and`, `sh:or`, `sh:xone`,
    /// `sh:qualifiedMinCount` or `sh:someValue`.
    pub details: Vec<Self>,
    /// What the caller called the triple that caused it: the one of the value, or the one that
    /// made the focus node one. In [`validate`](super::Validator::validate) it is the position of
    /// the triple.
    pub triple: Option<u32>,
    /// Where the shape is in its file.
    pub location: Option<Location>,
}

impl ValidationResult {
    /// Whether it is about values that are not there.
    pub(crate) fn is_too_few(&self) -> bool {
        let too_few = [
            vocab::MIN_COUNT_COMPONENT,
            vocab::QUALIFIED_MIN_COUNT_COMPONENT,
            vocab::HAS_VALUE_COMPONENT,
        ];
        let mut names = too_few.iter().filter_map(|id| vocab::KNOWN.get(id.0 as usize));
        names.any(|name| self.component.as_str() == *name)
    }
}

/// A [severity](https://www.w3.org/TR/shacl/#severity).
///
/// ```
/// use pfocr2rdf::shacl::Severity;
///
/// assert_eq!(Severity::Warning.iri().as_str(), "http://www.w3.org/ns/shacl#Warning");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Severity {
    /// `sh:Violation`, the default.
    Violation,
    /// `sh:Warning`.
    Warning,
    /// `sh:Info`.
    Info,
    /// `sh:Debug` of SHACL 1.2.
    Debug,
    /// `sh:Trace` of SHACL 1.2.
    Trace,
    /// Any other IRI.
    Other(NamedNode),
}

impl Severity {
    /// The IRI of the severity.
    #[must_use]
    pub fn iri(&self) -> NamedNode {
        let id = match self {
            Self::Violation => vocab::VIOLATION,
            Self::Warning => vocab::WARNING,
            Self::Info => vocab::INFO,
            Self::Debug => vocab::DEBUG,
            Self::Trace => vocab::TRACE,
            Self::Other(iri) => return iri.clone(),
        };
        known(id)
    }

    fn of(iri: &str) -> Self {
        match iri.strip_prefix(SH) {
            Some("Violation") => Self::Violation,
            Some("Warning") => Self::Warning,
            Some("Info") => Self::Info,
            Some("Debug") => Self::Debug,
            Some("Trace") => Self::Trace,
            _ => Self::Other(NamedNode::new_unchecked(iri)),
        }
    }

    /// Whether data with such a result conform, by SHACL 1.2.
    pub(crate) fn is_harmless(&self) -> bool {
        !matches!(self, Self::Violation | Self::Warning | Self::Info)
    }
}

/// The IRI of a constant.
fn known(id: super::terms::TermId) -> NamedNode {
    NamedNode::new_unchecked(vocab::KNOWN.get(id.index()).copied().unwrap_or_default())
}
