//! Whether a release that somebody downloaded is what it says.

mod conform;
mod data;
mod made;
mod sums;
mod syntax;
mod tree;

use std::path::Path;

use self::data::Data;
use self::tree::Tree;
use super::MANIFEST;
use super::manifest::Manifest;
use crate::error::Error;

/// How many problems of a kind are told.
const SHOWN: usize = 20;

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

/// Verifies the release in a directory: that it has the files that a release with the settings of
/// its manifest has, their checksums and syntax, that counts and hash are those of the manifest,
/// that the parts are disjoint and together the file of quads, that everything else is what this
/// program writes about these data, and that all conforms to the shapes.
///
/// Nothing outside the directory is read, and no link is followed.
///
/// # Errors
///
/// There is no manifest, or it cannot be read.
pub fn check(folder: &Path) -> Result<Vec<Check>, Error> {
    let tree = Tree::walk(folder)?;
    let path = folder.join(MANIFEST);
    let text = tree.read(MANIFEST).map_err(|cause| Error::read(&path, cause))?;
    let manifest: Manifest = serde_json::from_slice(&text)
        .map_err(|error| Error::invalid(format!("{}: {error}", path.display())))?;
    let sums = sums::check(&tree, &manifest);
    let (mut data, mut syntax) = Data::read(&tree, &manifest);
    let is_readable = syntax.is_empty();
    syntax.extend(data.miscounted(&manifest));
    syntax.extend(syntax::check(&tree, &manifest));
    let made = made::check(&tree, &manifest, &data.statistics)?;
    let union = if is_readable { data.disagreements(&manifest) } else { Vec::new() };
    let conform = if is_readable { conform::check(&tree, &manifest)? } else { Vec::new() };
    let checks = [
        ("files", [tree.problems, made.files].concat()),
        ("checksums and sizes", sums),
        ("syntax and counts of each file", syntax),
        ("parts, quads and canonical hash", union),
        ("description", made.description),
        ("shapes", conform),
    ];
    Ok(checks.into_iter().map(|(name, problems)| Check { name, problems }).collect())
}
