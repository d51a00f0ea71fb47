//! The keys of a mapping that has one on each line, found without a parser.

/// Line and column of an entry of the outermost mapping: of its key, or of its value.
///
/// Such a mapping has all its keys at the beginning of lines. Where the number of lines that can
/// begin with one is the number of the keys, `width`, they are these lines. Whatever could be
/// otherwise is left to the parser: other forms of keys, other line breaks than LF, and values
/// that do not begin behind their keys.
pub(super) fn locate(yaml: &str, width: usize, entry: usize, key: bool) -> Option<(u64, u64)> {
    if yaml.contains(['\u{85}', '\u{2028}', '\u{2029}']) || has_other_returns(yaml) {
        return None;
    }
    let is_content = |line: &str| !line.is_empty() && !line.starts_with('#');
    let lines = || (1_u64..).zip(yaml.split('\n').map(|line| line.trim_end_matches('\r')));
    let is_first = |(_, line): &(u64, &str)| is_content(line) && *line != "---";
    if lines().find(is_first)?.1.starts_with([' ', '\t', '-']) {
        return None;
    }
    let candidates =
        lines().filter(|(_, line)| is_content(line) && !line.starts_with([' ', '\t', '-']));
    let (mut number, mut found) = (0, None);
    for (line, text) in candidates {
        let name = text.split_once(':').filter(|(name, value)| {
            let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
            name.chars().all(is_name) && (value.is_empty() || value.starts_with(' '))
        })?;
        if number == entry {
            found = Some((line, name));
        }
        number += 1;
    }
    let (line, (name, value)) = found.filter(|_| number == width)?;
    if key {
        return Some((line, 1));
    }
    let begin = value.trim_start_matches(' ');
    let is_plain = begin.starts_with(|c: char| c.is_alphanumeric() || c == '\'' || c == '"');
    let column = name.len() + 1 + (value.len() - begin.len()) + 1;
    is_plain.then_some((line, column as u64))
}

/// Whether there are carriage returns that no line feed follows.
fn has_other_returns(yaml: &str) -> bool {
    yaml.contains('\r') && yaml.matches('\r').count() != yaml.matches("\r\n").count()
}
