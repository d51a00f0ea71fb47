//! The SHACL engine: one module per promise. The W3C suite is in `shacl_w3c`.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

#[cfg(feature = "sparql")]
mod definitions;
mod grammar;
mod plans;
mod recursion;
mod refused;
mod scopes;
mod shacl_shacl;
#[cfg(feature = "sparql")]
mod sparql;
mod stream;
mod text;
mod v1_2;
