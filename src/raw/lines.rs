//! The keys of a mapping that has one on each line, found without a parser.

use super::block::has_odd_characters;
use super::breaks::BREAKS;

/// The keys of the outermost mapping, by their lines.
pub(super) struct Keys<'t>(Vec<Key<'t>>);

struct Key<'t> {
    line: u64,
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
        for (number, line) in (1..).zip(yaml.split('\n')) {
            let line = line.trim_end_matches('\r');
            if !is_content(line) || (is_first && line == "---") {
                continue;
            }
            if !is_inside(line) {
                keys.push(Key::of(number, line)?);
            } else if is_first {
                return None;
            }
            is_first = false;
        }
        Some(Self(keys))
    }

    /// Line and column of an entry of the mapping: of its key, or of its value.
    ///
    /// Where the number of lines that can begin with a key is the number of the keys, `width`,
    /// they are these lines. Values that do not begin behind their keys are left to the parser.
    pub(super) fn locate(&self, width: usize, entry: usize, key: bool) -> Option<(u64, u64)> {
        let Key { line, name, value } = self.0.get(entry).filter(|_| self.0.len() == width)?;
        if key {
            return Some((*line, 1));
        }
        let begin = value.trim_start_matches(' ');
        let is_begin = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '"' | '.' | '/' | '(');
        let column = name.len() + 1 + (value.len() - begin.len()) + 1;
        begin.starts_with(is_begin).then_some((*line, column as u64))
    }
}

impl<'t> Key<'t> {
    fn of(number: u64, line: &'t str) -> Option<Self> {
        let (name, value) = line.split_once(':')?;
        let is_name = |c: u8| c.is_ascii_alphanumeric() || c == b'_' || c == b'-';
        let is_key = name.bytes().all(is_name) && (value.is_empty() || value.starts_with(' '));
        is_key.then_some(Self { line: number, name, value })
    }
}

/// Whether there are other line breaks than LF and CR LF.
fn has_other_breaks(yaml: &str) -> bool {
    let returns = yaml.matches('\r').count();
    yaml.contains(BREAKS) || returns != yaml.matches("\r\n").count()
}
