#![doc = include_str!("../README.md")]

pub mod check;
mod claims;
pub mod convert;
pub mod delta;
pub mod diagnostic;
pub mod error;
pub mod explain;
pub mod export;
pub mod id;
pub mod iri;
pub mod manifest;
pub mod mapping;
pub mod organisms;
pub mod output;
pub mod pipeline;
mod plain;
pub mod pmc_ids;
pub mod raw;
pub mod rdf_file;
pub mod record;
pub mod release;
pub mod serialize;
pub mod shacl;
pub mod shapes;
pub mod shards;
pub mod sink;
pub mod source;
pub mod statistics;
pub mod summary;
pub mod text;
pub mod trace;
pub mod vocab;

pub use self::error::Error;
