//! The files that explanations are written in.

/// The text below the heading of this name.
pub(super) fn find(text: &'static str, name: &str) -> Option<&'static str> {
    let (_, rest) = text.split_once(&format!("\n## {name}\n"))?;
    rest.split("\n## ").next()
}

/// The text without its line breaks.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
