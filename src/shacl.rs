//! A [SHACL](https://www.w3.org/TR/shacl/) engine: shapes compile once and check a graph or a
//! stream of records.
#![cfg_attr(
    not(feature = "sparql"),
    expect(dead_code, reason = "parts of the index and of the vocabulary are only for queries")
)]

mod compile;
mod engine;
mod error;
mod graph;
mod literal;
mod options;
mod path;
mod pattern;
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
pub use self::options::{Options, Version};
pub use self::path::Path;
pub use self::report::{Report, Severity, ValidationResult};
pub use self::scope::{Reason, ReasonKind, Scope};
pub use self::shapes::Shapes;
pub use self::source::Source;
pub use self::validator::Validator;
