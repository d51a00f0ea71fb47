//! A [SHACL](https://www.w3.org/TR/shacl/) engine: shapes compile once and check a graph or a
//! stream of records.
//!
//! It has all of SHACL Core, SHACL-SPARQL (with the feature `sparql`), and of the draft of
//! [SHACL 1.2](https://www.w3.org/TR/shacl12-core/) what [`Version`] lists. What it cannot honour
//! it refuses: a shapes graph with a term it does not know, a shape that breaks a syntax rule, or
//! a query that cannot be answered is an error, and never a report that data conform. It reads no
//! file and asks no network; `owl:imports` and `sh:shapesGraph` bring in nothing by themselves.
//!
//! [`Source`] is a part of a shapes graph, [`Shapes`] the program it becomes, a [`Validator`] the
//! memory in which one thread runs it, and a [`Report`] what it finds in one record:
//!
//! ```
//! use oxttl::TurtleParser;
//! use pfocr2rdf::shacl::{Options, Shapes, Source};
//!
//! let shapes = "@prefix sh: <http://www.w3.org/ns/shacl#> .
//!     <#figure> sh:targetClass <#Figure> ; sh:property <#caption> .
//!     <#caption> sh:path <#text> ; sh:maxCount 1 ; sh:message 'two captions' .";
//! let shapes = Source::turtle("shapes.ttl", "http://example.com/", shapes)?;
//! let shapes = Shapes::compile(&[shapes], &Options::new())?;
//! assert!(shapes.scopes().iter().all(|scope| scope.is_local()));
//!
//! let mut validator = shapes.validator();
//! let mut reports = Vec::new();
//! for record in ["<#a> a <#Figure> ; <#text> 'one' .", "<#b> a <#Figure> ; <#text> '1', '2' ."] {
//!     let parser = TurtleParser::new().with_base_iri("http://example.com/")?;
//!     let triples = parser.for_slice(record).collect::<Result<Vec<_>, _>>()?;
//!     reports.push(validator.validate(&triples)?);
//! }
//! assert!(reports[0].conforms);
//! assert_eq!(reports[1].results[0].messages[0].value(), "two captions");
//! assert_eq!(reports[1].results[0].location.as_ref().unwrap().to_string(), "shapes.ttl:3");
//! # Ok::<_, Box<dyn std::error::Error>>(())
//! ```
#![cfg_attr(
    not(feature = "sparql"),
    expect(dead_code, reason = "parts of the index and of the vocabulary are only for queries")
)]

mod aside;
mod compile;
mod engine;
mod error;
mod form;
mod graph;
mod literal;
mod options;
mod path;
mod pattern;
mod plan;
mod program;
mod report;
mod scope;
mod shapes;
mod source;
#[cfg(feature = "sparql")]
mod sparql;
mod terms;
mod validator;
mod vocab;

pub use self::error::{Failure, Location, Problem, ProblemKind, ShapesError};
pub(crate) use self::form::Formed;
pub use self::options::{Options, Version};
pub use self::path::Path;
pub(crate) use self::report::Writer as ReportWriter;
pub use self::report::{Report, Severity, ValidationResult};
pub use self::scope::{Reason, ReasonKind, Scope};
pub use self::shapes::Shapes;
pub use self::source::Source;
pub(crate) use self::terms::{TermId, TermSet};
pub use self::validator::Validator;
