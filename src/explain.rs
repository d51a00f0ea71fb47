//! What each diagnostic means, why it matters, an example, and the cure.

mod code;
mod section;
mod shape;

use std::fmt;

use crate::diagnostic::{Code, Diagnostic, Severity, ShapeResult};
use crate::shapes::NAMESPACE;

/// All that there is to say of the name that a diagnostic has: that of a [`Code`], or of one of
/// the bundled [shapes](crate::shapes).
///
/// ```
/// use pfocr2rdf::explain;
///
/// let explanation = explain::find("invalid-year").unwrap();
/// assert!(explanation.meaning.contains("No date is written"));
/// assert!(explanation.example.contains("year: in press"));
/// assert!(explain::find("article-doi-present").unwrap().cure.contains("doi"));
/// assert!(explain::find("no-such-code").is_none());
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Explanation {
    /// The name, in kebab case.
    pub name: String,
    /// How bad it is.
    pub severity: Severity,
    /// What it means, and what the converter does about it.
    pub meaning: String,
    /// Why somebody should care.
    pub why: String,
    /// An input for a code, triples for a shape.
    pub example: String,
    /// What to do.
    pub cure: String,
}

/// The explanation of a code or a shape, by its [name](bare) in any of the forms that are printed.
#[must_use]
pub fn find(name: &str) -> Option<Explanation> {
    let name = bare(name);
    let code = Code::ALL.iter().find(|code| code.as_str() == name);
    code.map(|code| code::explain(*code)).or_else(|| shape::explain(&name))
}

/// The name in one of the forms that are printed, in any case: what stands between brackets, as
/// in `warning[invalid-year]`, and the end of the IRI of a shape, be it whole or `shape:page`.
///
/// ```
/// use pfocr2rdf::explain::bare;
///
/// assert_eq!(bare("warning[invalid-year]"), "invalid-year");
/// assert_eq!(bare("Invalid-Year"), "invalid-year");
/// assert_eq!(bare("<https://pfocr.wikipathways.org/shapes/page>"), "page");
/// assert_eq!(bare("shape:page"), "page");
/// ```
#[must_use]
pub fn bare(name: &str) -> String {
    let (_, name) = name.split_once('[').unwrap_or(("", name));
    let (name, _) = name.split_once(']').unwrap_or((name, ""));
    let name = name.trim().trim_start_matches('<').trim_end_matches('>');
    let of_shape = ["shape:", NAMESPACE].into_iter().find_map(|before| name.strip_prefix(before));
    of_shape.unwrap_or(name).to_lowercase()
}

/// What to do about a diagnostic and how to learn more, if it is of a code or of a bundled shape.
///
/// ```
/// use pfocr2rdf::diagnostic::{Code, Diagnostic, Location};
/// use pfocr2rdf::explain;
///
/// let diagnostic = Diagnostic::new(Code::InvalidYear, Location::default(), "no year");
/// let help = explain::help(&diagnostic).unwrap();
/// assert!(help.ends_with("(pfocr2rdf explain invalid-year)"));
/// ```
#[must_use]
pub fn help(diagnostic: &Diagnostic) -> Option<String> {
    if !diagnostic.shape.as_deref().is_none_or(ShapeResult::is_bundled) {
        return None;
    }
    let name = diagnostic.name();
    let more = format!("pfocr2rdf explain {name}");
    let cure = diagnostic.shape.is_none().then(|| find(name)).flatten();
    Some(cure.map_or_else(|| more.clone(), |explanation| format!("{} ({more})", explanation.cure)))
}

/// All explanations: the codes in the order in which a record is read, then the shapes by file.
///
/// ```
/// let names: Vec<String> = pfocr2rdf::explain::all().map(|one| one.name).collect();
/// assert!(names.contains(&"orphan-table".to_owned()));
/// assert!(names.contains(&"gene-symbol-present".to_owned()));
/// ```
pub fn all() -> impl Iterator<Item = Explanation> {
    Code::ALL.iter().map(|code| code::explain(*code)).chain(shape::all())
}

impl Explanation {
    /// A section of a Markdown page.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        let Self { name, severity, meaning, why, example, cure } = self;
        format!(
            "## {name}\n\n*{severity}.* {meaning}\n\n**Why it matters.** {why}\n\n\
             **Example.**\n\n```text\n{example}\n```\n\n**Cure.** {cure}\n"
        )
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, severity, meaning, why, example, cure } = self;
        writeln!(f, "{severity}[{name}]\n\n{meaning}\n\nWhy it matters: {why}\n\nExample:\n")?;
        for line in example.lines() {
            writeln!(f, "    {line}")?;
        }
        writeln!(f, "\nCure: {cure}")
    }
}
