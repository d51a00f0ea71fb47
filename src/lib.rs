//! Pathway Figure OCR records as linked data.

pub mod diagnostic;
pub mod error;
pub mod shacl;
pub mod text;
pub mod vocab;

pub use self::error::Error;
