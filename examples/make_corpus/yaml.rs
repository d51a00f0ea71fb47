//! Scalars as the emitter of the real records writes them: without quotes where they need none,
//! and broken at the first space behind column 80.

use std::iter;

/// Where lines are broken.
const WIDTH: usize = 80;

/// Quotes around a text.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Style {
    Plain,
    Single,
    Double,
}

/// A line `key: text` with its continuations, indented by this many columns.
pub(crate) fn entry(indent: usize, key: &str, text: &str) -> String {
    let start = format!("{:indent$}{key}: ", "");
    let column = start.chars().count();
    format!("{start}{}\n", scalar(text, column, indent + 2))
}

/// An item of a list.
pub(crate) fn item(indent: usize, text: &str) -> String {
    format!("{:indent$}- {}\n", "", scalar(text, indent + 2, indent + 2))
}

/// A text that begins at this column, with the indentation of its other lines.
fn scalar(text: &str, mut column: usize, indent: usize) -> String {
    let style = style(text);
    let quote = match style {
        Style::Plain => "",
        Style::Single => "'",
        Style::Double => "\"",
    };
    let mut out = quote.to_owned();
    let mut characters = text.chars().peekable();
    let mut last = ' ';
    while let Some(character) = characters.next() {
        let is_alone = last != ' ' && characters.peek().is_some_and(|next| *next != ' ');
        column += 1;
        match character {
            ' ' if is_alone && column > WIDTH => {
                out.push('\n');
                out.extend(iter::repeat_n(' ', indent));
                column = indent;
            }
            '\'' if style == Style::Single => out.push_str("''"),
            '"' | '\\' if style == Style::Double => out.extend(['\\', character]),
            '\u{FEFF}' if style == Style::Double => out.push_str("\\uFEFF"),
            _ => out.push(character),
        }
        last = character;
    }
    out + quote
}

/// The quotes that a text needs so that it is read as it stands.
fn style(text: &str) -> Style {
    const MARKS: &str = "'\"[]{}>|*&!%#@`,?:-";
    let is_number = || text.parse::<f64>().is_ok();
    let is_word = || ["no", "on", "off", "yes", "n", "y"].contains(&&*text.to_lowercase());
    let is_marked = || text.starts_with(|c| MARKS.contains(c)) || text.ends_with([' ', ':']);
    let has_mark = || [": ", " #", "\u{2028}"].iter().any(|mark| text.contains(mark));
    if text.contains('\u{FEFF}') {
        Style::Double
    } else if text.is_empty() || is_number() || is_word() || is_marked() || has_mark() {
        Style::Single
    } else {
        Style::Plain
    }
}
