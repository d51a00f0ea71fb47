//! Where keys and values of YAML end: as much of YAML as marks need.

/// How many lines before one are looked at for a flow collection that it is in.
const LINES: usize = 100;

/// Where the key or quoted value ends that the text begins with; another value goes to the end.
pub(super) fn end_in_block(text: &str) -> Option<usize> {
    end_of_quoted(text).or_else(|| end_of_key(text))
}

/// Where the key, value or collection ends that the text in a flow collection begins with.
pub(super) fn end_in_flow(text: &str) -> Option<usize> {
    let has_end = |key: &str| key.contains([',', '[', ']', '{', '}']);
    let key = || end_of_key(text).filter(|end| text.get(..*end).is_some_and(|key| !has_end(key)));
    end_of_quoted(text).or_else(key).or_else(|| Some(end_of_flow(text)))
}

/// Where the key ends, if it is a key that the text begins with: no value without quotes has a colon
/// before a space.
fn end_of_key(text: &str) -> Option<usize> {
    let is_end = |rest: &str| rest.is_empty() || rest.starts_with(' ');
    let mut colons = text.match_indices(':').map(|(at, _)| at);
    let end = colons.find(|at| text.get(at + 1..).is_some_and(is_end))?;
    let key = text.get(..end)?;
    let is_key =
        !key.is_empty() && !key.starts_with(['[', '{', '#', '\'', '"']) && !key.contains(" #");
    is_key.then_some(end)
}

/// Where a quoted value ends that the text begins with.
fn end_of_quoted(text: &str) -> Option<usize> {
    let quote = text.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
    let mut characters = text.char_indices().skip(1).peekable();
    while let Some((at, character)) = characters.next() {
        if quote == '"' && character == '\\' {
            characters.next();
        } else if character == quote {
            let is_doubled = quote == '\'' && characters.next_if(|(_, c)| *c == quote).is_some();
            if !is_doubled {
                return Some(at + 1);
            }
        }
    }
    None
}

/// Whether a line that begins like this goes on in a flow collection.
pub(super) fn opens_flow(start: &str) -> bool {
    value(start).starts_with(['[', '{'])
}

/// What a line begins with behind dashes and a key.
fn value(line: &str) -> &str {
    let mut rest = line.trim_start();
    while let Some(item) = rest.strip_prefix("- ") {
        rest = item.trim_start();
    }
    end_of_key(rest).and_then(|end| rest.get(end + 1..)).unwrap_or(rest).trim_start()
}

/// Whether a line begins inside a flow collection that one of the lines before it opens.
pub(super) fn begins_in_flow(before: &[&[u8]], line: &str) -> bool {
    // Only what is indented can go on. What is behind the end of a collection is not in it.
    let (mut is_indented, mut text) = (line.starts_with(' '), String::from(" "));
    for line in before.iter().rev().take(LINES) {
        if !is_indented {
            return false;
        }
        let line = String::from_utf8_lossy(line);
        if opens_flow(&line) {
            text.insert_str(0, value(&line));
            return end_of_flow(&text) == text.len();
        }
        is_indented = line.starts_with(' ');
        text.insert_str(0, &line);
    }
    false
}

/// Where a value or collection ends that the text in a flow collection begins with.
fn end_of_flow(text: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while let Some(character) = text.get(at..).and_then(|rest| rest.chars().next()) {
        match character {
            ',' | ']' | '}' if depth == 0 => return at,
            ']' | '}' if depth == 1 => return at + 1,
            ']' | '}' => depth -= 1,
            '[' | '{' => depth += 1,
            _ => {}
        }
        let (before, rest) = text.split_at(at);
        let is_first = before.is_empty() || before.ends_with([' ', ',', ':', '[', '{']);
        let quoted = if is_first { end_of_quoted(rest) } else { None };
        at += quoted.unwrap_or(character.len_utf8());
    }
    text.len()
}
