//! Scalars of YAML, for texts without tabs and other line breaks than LF.
//!
//! A function that gives nothing has met what it does not know.

use std::borrow::Cow;

use memchr::{memchr, memchr2};

/// Whether a plain scalar can begin like this text.
pub(super) fn can_begin_plain(text: &str) -> bool {
    match text.strip_prefix('-') {
        Some(after) => !after.starts_with([' ', '\n']),
        None => !text.starts_with([
            '?', ':', ',', '[', ']', '{', '}', '#', '&', '*', '!', '|', '>', '\'', '"', '%', '@',
            '`',
        ]),
    }
}

/// Whether a line is, to its end, part of a plain scalar.
pub(super) fn is_plain(line: &str) -> bool {
    if memchr2(b':', b'#', line.as_bytes()).is_none() {
        return true;
    }
    let has_end = line.contains(": ") || line.contains(" #");
    !has_end && !line.ends_with(':') && !line.starts_with('#')
}

/// Splits a text behind its first line.
pub(super) fn split_line(text: &str) -> Option<(&str, &str)> {
    let end = memchr(b'\n', text.as_bytes())?;
    Some((text.get(..end)?, text.get(end + 1..)?))
}

/// The text of a scalar that is not in double quotes, its lines folded.
pub(super) fn fold(raw: &str) -> Cow<'_, str> {
    let Some((first, mut rest)) = split_line(raw) else { return Cow::Borrowed(raw) };
    let mut text = String::with_capacity(raw.len());
    text.push_str(first.trim_end_matches(' '));
    loop {
        rest = fold_break(rest, &mut text);
        let Some((line, after)) = split_line(rest) else { break };
        text.push_str(line.trim_end_matches(' '));
        rest = after;
    }
    text.push_str(rest);
    Cow::Owned(text)
}

/// Adds what a line break and the blank lines behind it are folded to; gives what follows.
fn fold_break<'a>(after: &'a str, text: &mut String) -> &'a str {
    let length = text.len();
    let content = blank_lines(after, text);
    if text.len() == length {
        text.push(' ');
    }
    content
}

/// Adds a line break for each blank line; gives what follows.
fn blank_lines<'a>(after: &'a str, text: &mut String) -> &'a str {
    let content = after.trim_start_matches([' ', '\n']);
    let blank = after.get(..after.len() - content.len()).unwrap_or_default();
    text.extend(blank.chars().filter(|c| *c == '\n'));
    content
}

/// The text of a single-quoted scalar, and what follows it; from behind the first quote.
pub(super) fn single_quoted(from: &str) -> Option<(Cow<'_, str>, &str)> {
    let (raw, after) = split_at_quote(from, |text| memchr(b'\'', text.as_bytes()), "''")?;
    let text = fold(raw);
    let has_quotes = memchr(b'\'', raw.as_bytes()).is_some();
    Some((if has_quotes { Cow::Owned(text.replace("''", "'")) } else { text }, after))
}

/// The same of a double-quoted scalar.
pub(super) fn double_quoted(from: &str) -> Option<(Cow<'_, str>, &str)> {
    let (raw, after) = split_at_quote(from, |text| memchr2(b'"', b'\\', text.as_bytes()), "\\")?;
    let has_escapes = memchr(b'\\', raw.as_bytes()).is_some();
    let text = if has_escapes { Cow::Owned(unescape(raw)?) } else { fold(raw) };
    Some((text, after))
}

/// Splits a text at the quote that ends a scalar. `find` finds a quote or the `escape` that
/// stands before an ASCII character.
fn split_at_quote<'a>(
    from: &'a str,
    find: impl Fn(&str) -> Option<usize>,
    escape: &str,
) -> Option<(&'a str, &'a str)> {
    let mut end = find(from)?;
    while from.get(end..)?.starts_with(escape) {
        end += 2;
        end += find(from.get(end..)?)?;
    }
    let raw = from.get(..end)?;
    // A document can end there.
    let has_marks = split_line(raw).is_some() && (raw.contains("\n---") || raw.contains("\n..."));
    if has_marks { None } else { Some((raw, from.get(end + 1..)?)) }
}

/// The text of a double-quoted scalar, its lines folded but where breaks are escaped.
fn unescape(raw: &str) -> Option<String> {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((before, from)) =
        rest.find(['\\', '\n']).and_then(|at| rest.split_at_checked(at))
    {
        if let Some(after) = from.strip_prefix('\n') {
            text.push_str(before.trim_end_matches(' '));
            rest = fold_break(after, &mut text);
        } else {
            text.push_str(before);
            rest = escape(from.strip_prefix('\\')?, &mut text)?;
        }
    }
    text.push_str(rest);
    Some(text)
}

/// Adds the character that is escaped like this; gives what follows.
fn escape<'a>(from: &'a str, text: &mut String) -> Option<&'a str> {
    let (letter, after) = from.split_at_checked(1)?;
    let (character, after) = match letter {
        "\n" => return Some(blank_lines(after, text)),
        "x" => hexadecimal(after, 2)?,
        "u" => hexadecimal(after, 4)?,
        "U" => hexadecimal(after, 8)?,
        "n" => ('\n', after),
        "t" => ('\t', after),
        "r" => ('\r', after),
        "N" => ('\u{85}', after),
        "_" => ('\u{A0}', after),
        "L" => ('\u{2028}', after),
        "P" => ('\u{2029}', after),
        " " | "\"" | "\\" | "/" => (letter.chars().next()?, after),
        _ => return None,
    };
    text.push(character);
    Some(after)
}

fn hexadecimal(from: &str, length: usize) -> Option<(char, &str)> {
    let (digits, after) = from.split_at_checked(length)?;
    let value = digits.chars().try_fold(0, |value, c| Some(value << 4 | c.to_digit(16)?))?;
    Some((char::from_u32(value)?, after))
}

/// The text of a literal block without its last line breaks, and what follows it; from the
/// beginning of its first line. It is in a mapping or list with the indentation `parent`.
pub(super) fn literal(from: &str, parent: usize) -> Option<(String, &str)> {
    let (indentation, first) = from.split_at_checked(from.find(|c| c != ' ')?)?;
    if indentation.len() <= parent || first.starts_with('\n') {
        return None;
    }
    let mut text = String::new();
    let mut rest = from;
    while let Some((line, after)) = split_line(rest) {
        let blank = line.trim_start_matches(' ').is_empty().then_some("");
        let Some(content) = line.strip_prefix(indentation).or(blank) else { break };
        text.push_str(content);
        text.push('\n');
        rest = after;
    }
    text.truncate(text.trim_end_matches('\n').len());
    Some((text, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    type Read<'a> = Option<(Cow<'a, str>, &'a str)>;

    fn t(read: &Read<'_>, expected: Option<(&str, &str)>) {
        assert_eq!(read.as_ref().map(|(text, after)| (text.as_ref(), *after)), expected);
    }

    #[test]
    fn single_quotes_are_doubled() {
        t(&single_quoted("' b"), Some(("", " b")));
        t(&single_quoted(" a: '' # ' b"), Some((" a: ' # ", " b")));
        t(&single_quoted("a \n  b\n\n \n c'"), Some(("a b\n\nc", "")));
        t(&single_quoted("é''''"), None);
        t(&single_quoted("a\n... b'"), None);
        assert!(matches!(single_quoted("a'"), Some((Cow::Borrowed("a"), ""))));
    }

    #[test]
    fn double_quotes_are_escaped() {
        let (escaped, expected) = (r#"\"\\\/\ \x41\u00e9\U0001F600\n\r\t""#, "\"\\/ Aé😀\n\r\t");
        t(&double_quoted(escaped), Some((expected, "")));
        t(&double_quoted(r#"\N\_\L\P" b"#), Some(("\u{85}\u{A0}\u{2028}\u{2029}", " b")));
        t(&double_quoted("a \\\n  b \n c\\ \n\n\\\n\n d\""), Some(("a b c \n\nd", "")));
        for broken in ["a\\\"", "\\é\"", "\\u12\"", "\\x+1\"", "\\U00110000\"", "\\uD800\""] {
            t(&double_quoted(broken), None);
        }
        assert!(matches!(double_quoted("a\""), Some((Cow::Borrowed("a"), ""))));
    }

    #[test]
    fn literal_blocks_end_with_their_indentation() {
        let read = |from| literal(from, 0).map(|(text, after)| (text.into(), after));
        t(&read("  a\n   b \n\n \nc\n"), Some(("a\n b ", "c\n")));
        t(&read(" a\n   \nb\n"), Some(("a\n  ", "b\n")));
        t(&read("a\n"), None);
        t(&read(" \n a\n"), None);
    }
}
