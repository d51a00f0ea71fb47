//! Why YAML cannot be read, and where.

use super::yaml::first_anchor;
use super::{Findings, Place};
use crate::diagnostic::Code;

/// Notes why the YAML cannot be read.
pub(super) fn add(yaml: &str, error: &serde_yaml::Error, findings: &mut Findings) {
    let text = error.to_string();
    // The place is told by line and column.
    let message = text.split(" at line ").next().unwrap_or_default();
    let message = message.split(" at position ").next().unwrap_or_default();
    let is_character = message.contains("control characters");
    let forbidden = yaml.find(is_forbidden).filter(|_| is_character);
    let found = forbidden.or_else(|| error.location().map(|l| l.index()));
    let begun = found.and_then(|found| begun(yaml, &text, found));
    let index = begun.map(|(index, _)| index).or(found);
    let place = index.map_or(Place::Start, Place::Byte);
    let alias = message.contains("unknown anchor") || message.contains("repetition limit");
    if let (true, Some(index)) = (alias, first_anchor(yaml)) {
        let message = "found a YAML anchor or alias, expected plain values";
        findings.add(Code::YamlAlias, Place::Byte(index), message);
    } else {
        let begun = begun.map(|(_, what)| format!(" {what}")).unwrap_or_default();
        let message = format!("the YAML cannot be read: {message}{begun}");
        findings.add(Code::InvalidYaml, place, message);
    }
}

/// Whether YAML does not allow a character; its parser tells no line of such.
fn is_forbidden(c: char) -> bool {
    let is_noncharacter = matches!(c, '\u{FFFE}' | '\u{FFFF}');
    is_noncharacter || (c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{85}'))
}

/// Where what has no end begins, and what the parser was doing with it, by what it says; it found
/// something else at the index of a byte. Lines are counted as it does, which knows no breaks but `\n`
/// in what it is given.
fn begun<'m>(yaml: &str, message: &'m str, found: usize) -> Option<(usize, &'m str)> {
    let (_, context) = message.rsplit_once(", ")?;
    let (what, place) = context.split_once(" at line ")?;
    let (line, column) = place.split_once(" column ")?;
    let (line, column): (usize, usize) = (line.parse().ok()?, column.parse().ok()?);
    let start: usize = yaml.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
    let rest = yaml.get(start..)?;
    let index = start + rest.char_indices().nth(column.checked_sub(1)?)?.0;
    let end = yaml.get(found..)?.find('\n').map_or(yaml.len(), |end| found + end);
    let mut lines = yaml.get(index..end)?.split('\n').skip(1);
    let mut has_other_key = || lines.any(|line| line.starts_with(|c: char| c.is_alphanumeric()));
    let has_no_end = match what {
        "while scanning a quoted scalar" => message.contains("found unexpected end of stream"),
        "while scanning a simple key" => true,
        "while parsing a flow sequence" | "while parsing a flow mapping" => has_other_key(),
        _ => false,
    };
    has_no_end.then_some((index, what))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raw::FrontMatter;

    #[test]
    fn what_is_not_closed_is_where_it_begins() {
        let t = |line: &str, expected: &str, message: &str| {
            let text = format!("---\nfigid: PMC1__f\n{line}\nseo: x\n---\n");
            let mut findings = Findings::default();
            assert!(FrontMatter::parse(&text, false, &mut findings).is_none(), "{line}");
            let [found] = findings.as_slice() else { panic!("{line}: {findings:?}") };
            let Place::Byte(index) = found.place else { panic!("{line}: {found:?}") };
            let rest = text.get(index..).unwrap();
            assert!(rest.starts_with(expected), "{line}: {rest:?}");
            assert_eq!(found.message, format!("the YAML cannot be read: {message}"));
        };
        let end = "found unexpected end of stream while scanning a quoted scalar";
        t("a: \"b", "\"b\n", end);
        t("ä: 'b\u{2028}c", "'b\u{2028}c\n", end);
        t("a:'b'", "a:'b'\n", "could not find expected ':' while scanning a simple key");
        t("a: [b", "[b\n", "did not find expected ',' or ']' while parsing a flow sequence");
        t("a: {b: c", "{b: c\n", "did not find expected ',' or '}' while parsing a flow mapping");
        t("a: [\"b\" c]", "c]\n", "did not find expected ',' or ']'");
        t("a: [b,\n  \"c\" d]", "d]\n", "did not find expected ',' or ']'");
        t("a: \"b\\q\"", "\\q\"\n", "found unknown escape character");
    }
}
