//! Whether a release that somebody downloaded is what it says.

mod conform;
mod data;
mod sums;

use std::fs;
use std::path::Path;

use self::data::Data;
use super::MANIFEST;
use super::description::{self, DESCRIPTION};
use super::manifest::Manifest;
use crate::error::Error;
use crate::statistics::Statistics;

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
    let (mut data, syntax) = Data::read(folder, &manifest);
    let is_readable = syntax.is_empty();
    let sums = sums::check(folder, &manifest)?;
    let union = if is_readable { data.disagreements(&manifest) } else { Vec::new() };
    let described = described(folder, &manifest, &data.statistics)?;
    let conform = if is_readable { conform::check(folder, &manifest)? } else { Vec::new() };
    let checks = [
        ("checksums and sizes", sums),
        ("syntax and counts of each file", syntax),
        ("parts, quads and canonical hash", union),
        ("description", described),
        ("shapes", conform),
    ];
    Ok(checks.into_iter().map(|(name, problems)| Check { name, problems }).collect())
}

/// What is wrong with the description.
fn described(
    folder: &Path,
    manifest: &Manifest,
    statistics: &Statistics,
) -> Result<Vec<String>, Error> {
    let path = folder.join(DESCRIPTION);
    let text = fs::read_to_string(&path).map_err(|cause| Error::read(&path, cause))?;
    let mut problems = description::problems(&text, manifest, statistics);
    problems.extend(conform::check_description(&text)?);
    Ok(problems)
}
