//! The keys of a mapping that has one on each line, and the items of its lists, found without a
//! parser.

use super::block::has_odd_characters;
use super::breaks::BREAKS;

/// The keys of the outermost mapping, by their lines.
pub(super) struct Keys<'t> {
    yaml: &'t str,
    keys: Vec<Key<'t>>,
}

/// The items of a list below such a key: the line that each begins in, and its lines.
pub(super) struct Items<'t>(Vec<(u64, &'t str)>);

struct Key<'t> {
    line: u64,
    /// Where the line begins.
    start: usize,
    name: &'t str,
    /// What follows the colon in the line.
    value: &'t str,
}

impl<'t> Keys<'t> {
    /// The keys that stand at the beginning of lines, where such a mapping has all its keys.
    ///
    /// Whatever could be otherwise is left to the parser: other forms of keys, and other line
    /// breaks than LF.
    pub(super) fn of(yaml: &'t str) -> Option<Self> {
        if (yaml.ends_with('\r') || has_odd_characters(yaml)) && has_other_breaks(yaml) {
            return None;
        }
        let is_content = |line: &str| !line.is_empty() && !line.starts_with('#');
        let is_inside = |line: &str| line.starts_with([' ', '\t', '-']);
        let (mut keys, mut is_first) = (Vec::new(), true);
        for (number, (start, line)) in (1..).zip(lines(yaml)) {
            let line = line.trim_end_matches('\r');
            if !is_content(line) || (is_first && line == "---") {
                continue;
            }
            if !is_inside(line) {
                keys.push(Key::of((number, start), line)?);
            } else if is_first {
                return None;
            }
            is_first = false;
        }
        Some(Self { yaml, keys })
    }

    /// Line and column of an entry of the mapping: of its key, or of its value.
    ///
    /// Where the number of lines that can begin with a key is the number of the keys, `width`,
    /// they are these lines. Values that do not begin behind their keys are left to the parser.
    pub(super) fn locate(&self, width: usize, entry: usize, key: bool) -> Option<(u64, u64)> {
        let Key { line, name, value, .. } = self.key(width, entry)?;
        if key {
            return Some((*line, 1));
        }
        let begin = value.trim_start_matches(' ');
        let is_begin = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '"' | '.' | '/' | '(');
        let column = name.len() + 1 + (value.len() - begin.len()) + 1;
        begin.starts_with(is_begin).then_some((*line, column as u64))
    }

    /// The items of the list that an entry of the mapping is, so many.
    ///
    /// Where the number of lines that can begin with an item is the number of the items, they are
    /// these lines.
    pub(super) fn items(&self, width: usize, entry: usize, number: usize) -> Option<Items<'t>> {
        let Key { line, start, value, .. } = self.key(width, entry)?;
        if !value.trim_matches(' ').is_empty() {
            return None;
        }
        let end = self.keys.get(entry + 1).map_or(self.yaml.len(), |next| next.start);
        let (_, list) = self.yaml.get(*start..end)?.split_once('\n')?;
        let (mut begins, mut indent) = (Vec::new(), None);
        for (number, (start, line)) in (line + 1..).zip(lines(list)) {
            let content = line.trim_start_matches(' ').trim_end_matches('\r');
            if content.is_empty() || content.starts_with('#') {
                continue;
            }
            let column = line.len() - line.trim_start_matches(' ').len();
            if content == "-" || content.starts_with("- ") {
                if *indent.get_or_insert(column) == column {
                    begins.push((number, start));
                }
            } else if indent.is_none() {
                return None;
            }
        }
        let ends = begins.iter().skip(1).map(|(_, start)| *start).chain([list.len()]);
        let item =
            |((number, start), end): (&(u64, usize), _)| Some((*number, list.get(*start..end)?));
        let items: Option<Vec<_>> = begins.iter().zip(ends).map(item).collect();
        items.filter(|items| items.len() == number).map(Items)
    }

    /// The key of an entry, if each line that can begin with one does so.
    fn key(&self, width: usize, entry: usize) -> Option<&Key<'t>> {
        self.keys.get(entry).filter(|_| self.keys.len() == width)
    }
}

impl<'t> Items<'t> {
    /// The line that an item begins in, and its lines, which are a list by themselves.
    pub(super) fn get(&self, item: usize) -> Option<(u64, &'t str)> {
        self.0.get(item).copied()
    }
}

impl<'t> Key<'t> {
    fn of((number, start): (u64, usize), line: &'t str) -> Option<Self> {
        let (name, value) = line.split_once(':')?;
        let is_name = |c: u8| c.is_ascii_alphanumeric() || c == b'_' || c == b'-';
        let is_key = name.bytes().all(is_name) && (value.is_empty() || value.starts_with(' '));
        is_key.then_some(Self { line: number, start, name, value })
    }
}

/// The lines of a text, each with where it begins.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split('\n').scan(0, |next, line| {
        let start = *next;
        *next += line.len() + 1;
        Some((start, line))
    })
}

/// Whether there are other line breaks than LF and CR LF.
fn has_other_breaks(yaml: &str) -> bool {
    let returns = yaml.matches('\r').count();
    yaml.contains(BREAKS) || returns != yaml.matches("\r\n").count()
}
