use super::Explanation;
use crate::diagnostic::Code;

/// A section for each code: why it matters, an example between fences, the cure.
const TEXT: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/diagnostics.md"));

pub(super) fn explain(code: Code) -> Explanation {
    let name = code.as_str();
    let heading = format!("\n## {name}\n");
    let section = TEXT.split_once(&heading).map_or("", |(_, rest)| rest);
    let section = section.split("\n## ").next().unwrap_or_default();
    let (why, rest) = section.split_once("```text\n").unwrap_or_default();
    let (example, cure) = rest.split_once("\n```").unwrap_or_default();
    Explanation {
        name: name.to_owned(),
        severity: code.severity(),
        meaning: one_line(code.explanation()),
        why: one_line(why),
        example: example.to_owned(),
        cure: one_line(cure),
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
