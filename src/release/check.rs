//! Whether a release that somebody downloaded is what it says.

mod conform;
mod data;
mod sums;

use std::fs;
use std::path::Path;

use self::data::Data;
use super::MANIFEST;
use super::manifest::Manifest;
use crate::error::Error;

/// One thing that was verified.
///
/// ```
/// use pfocr2rdf::release::Check;
///
/// let check = Check { name: "checksums", problems: vec!["a.nt.gz: not there".to_owned()] };
/// assert!(!check.problems.is_empty());
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Check {
    /// What was verified.
    pub name: &'static str,
    /// What is wrong; nothing if all is well.
    pub problems: Vec<String>,
}

/// Verifies the release in a directory: its checksums, that every file parses and is one gzip
/// member, that counts and hash are those of the manifest and the description, that the parts are
/// disjoint and together the file of quads, and that everything conforms to the shapes.
///
/// # Errors
///
/// There is no manifest, or it cannot be read.
pub fn check(folder: &Path) -> Result<Vec<Check>, Error> {
    let path = folder.join(MANIFEST);
    let text = fs::read(&path).map_err(|cause| Error::read(&path, cause))?;
    let manifest: Manifest = serde_json::from_slice(&text)
        .map_err(|error| Error::invalid(format!("{}: {error}", path.display())))?;
    let sums = Check { name: "checksums and sizes", problems: sums::check(folder, &manifest)? };
    let (mut data, syntax) = Data::read(folder, &manifest);
    let syntax = Check { name: "syntax and counts of each file", problems: syntax };
    let union = if syntax.problems.is_empty() { data.disagreements(&manifest) } else { Vec::new() };
    let union = Check { name: "parts, quads and canonical hash", problems: union };
    let conform =
        if syntax.problems.is_empty() { conform::check(folder, &manifest)? } else { Vec::new() };
    let conform = Check { name: "shapes", problems: conform };
    Ok(vec![sums, syntax, union, conform])
}
