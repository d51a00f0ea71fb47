use super::Explanation;
use super::section::{self, one_line};
use crate::diagnostic::Code;

/// A section for each code: why it matters, an example between fences, the cure.
const TEXT: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/diagnostics.md"));

pub(super) fn explain(code: Code) -> Explanation {
    let name = code.as_str();
    let section = section::find(TEXT, name).unwrap_or_default();
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
