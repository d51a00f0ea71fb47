//! Where in a file something stands, found only when a diagnostic needs it.
//!
//! The YAML parser knows the place of every value but tells it only in errors. So the front
//! matter is read once more up to the value in question, where reading is made to fail.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::breaks;
use super::lines::{Items, Keys};

/// The way to a value or key: positions in the mappings and lists from the outermost inwards.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Path {
    steps: [u32; 3],
    depth: u8,
    key: bool,
    /// The number of entries of the outermost mapping.
    width: u32,
}

impl Path {
    /// The way to the document itself, a mapping with so many entries.
    pub(super) fn root(width: usize) -> Self {
        let width = u32::try_from(width).unwrap_or(u32::MAX);
        Self { steps: [0; 3], depth: 0, key: false, width }
    }

    /// The way to the value at this position of the mapping or list that `self` leads to.
    /// No schema is deeper than three levels; what lies deeper is placed at the third.
    pub(super) fn child(mut self, position: usize) -> Self {
        if let Some(step) = self.steps.get_mut(usize::from(self.depth)) {
            *step = u32::try_from(position).unwrap_or(u32::MAX);
            self.depth += 1;
        }
        self
    }

    /// The way to the key of the value that `self` leads to.
    pub(super) fn key(mut self) -> Self {
        self.key = true;
        self
    }

    /// The way to the item of a list of the record that this leads into.
    pub(crate) fn item(mut self) -> Self {
        self.depth = self.depth.min(2);
        self.key = false;
        self
    }

    /// The way to the key, or else the value, of the entry of the record that this leads into.
    pub(crate) fn entry(mut self, is_key: bool) -> Self {
        self.depth = self.depth.min(1);
        self.key = is_key;
        self
    }

    /// The number of steps.
    pub(super) fn depth(&self) -> u8 {
        self.depth
    }

    /// Whether it leads to that value, or to something that the value is in.
    pub(crate) fn is_way_to(&self, value: &Self) -> bool {
        value.steps().starts_with(self.steps())
    }

    pub(super) fn steps(&self) -> &[u32] {
        self.steps.get(..usize::from(self.depth)).unwrap_or_default()
    }
}

/// Line and column of a value or key of a YAML document, both from 1: by reading the document up to
/// the place.
pub(super) fn locate(yaml: &str, path: &Path) -> (u64, u64) {
    parse(yaml, path.steps(), path.key)
}

/// The same of an entry of the outermost mapping, by what the lines show.
pub(super) fn locate_entry(keys: &Keys<'_>, path: &Path) -> Option<(u64, u64)> {
    let [entry] = path.steps() else { return None };
    keys.locate(path.width as usize, *entry as usize, path.key)
}

/// The same of what is in an item of a list, by reading that item alone.
pub(super) fn locate_in_item(items: &Items<'_>, path: &Path) -> Option<(u64, u64)> {
    let [_, item, steps @ ..] = path.steps() else { return None };
    let (first, text) = items.get(*item as usize)?;
    let (line, column) = parse(text, &[&[0], steps].concat(), path.key);
    Some((first + line - 1, column))
}

/// The items of the list of so many that the path leads into.
pub(super) fn items<'t>(keys: &Keys<'t>, path: &Path, number: usize) -> Option<Items<'t>> {
    keys.items(path.width as usize, *path.steps().first()? as usize, number)
}

fn parse(yaml: &str, steps: &[u32], key: bool) -> (u64, u64) {
    let seed = Walk { steps, key };
    let hidden = breaks::hide(yaml);
    let parsed = hidden.as_ref().map_or(yaml, |hidden| hidden.text.as_str());
    let stopped = seed.deserialize(serde_yaml::Deserializer::from_str(parsed));
    let index = stopped.err().and_then(|error| error.location()).map(|l| l.index());
    line_and_column(yaml, index.unwrap_or(0))
}

/// Line and column of the byte with this index. Only LF ends a line: the YAML parser's own line
/// numbers count U+2028 and its like as well.
pub(super) fn line_and_column(text: &str, index: usize) -> (u64, u64) {
    let before = text.char_indices().take_while(|(start, _)| *start < index);
    before.fold((1, 1), |(line, column), (_, character)| match character {
        '\n' => (line + 1, 1),
        _ => (line, column + 1),
    })
}

/// Reads along the steps and fails where they end.
struct Walk<'s> {
    steps: &'s [u32],
    key: bool,
}

impl Walk<'_> {
    /// The number of children to pass over before the next step, and the way from there.
    fn next<E: Error>(&self) -> Result<(u32, Self), E> {
        let Some((first, steps)) = self.steps.split_first() else {
            return Err(E::custom("the end of the way"));
        };
        let key = self.key;
        Ok((*first, Self { steps, key }))
    }
}

impl<'de> DeserializeSeed<'de> for Walk<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Walk<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the end of the way")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let (first, rest) = self.next()?;
        for _ in 0..first {
            seq.next_element::<IgnoredAny>()?;
        }
        seq.next_element_seed(rest).map(drop)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let (first, rest) = self.next()?;
        for _ in 0..first {
            map.next_entry::<IgnoredAny, IgnoredAny>()?;
        }
        if rest.steps.is_empty() && rest.key {
            return map.next_key_seed(rest).map(drop);
        }
        map.next_key::<IgnoredAny>()?;
        map.next_value_seed(rest)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::raw::node::{self, Guess, Node};

    /// How many places of the outermost entries the lines alone tell; the parser agrees.
    fn told(yaml: &str) -> usize {
        let Ok(Node::Map(entries)) = node::parse(yaml, &Guess::Scalar) else { return 0 };
        let (mut told, keys) = (0, Keys::of(yaml));
        for entry in 0..entries.len() {
            let path = Path::root(entries.len()).child(entry);
            for path in [path, path.key()] {
                let found = keys.as_ref().and_then(|k| k.locate(entries.len(), entry, path.key));
                if let Some(found) = found {
                    assert_eq!(found, locate(yaml, &path), "{yaml:?}");
                    told += 1;
                }
            }
        }
        told
    }

    #[test]
    fn lines_tell_the_places_of_a_record() {
        assert_eq!(told("---\nfigid: a\nyear:  '2001'\norganisms:\n- x\nseo: \"b\n  c\"\n"), 7);
        assert_eq!(told("figid: |\n  a\nb: c\n"), 3);
        assert_eq!(told("doi: .na.character\nfiglink: /pmc/a\nfigtitle: (A) b\r\n"), 6);
    }

    #[test]
    fn lines_do_not_tell_what_they_may_not_know() {
        for yaml in ["a: 'x\nb: y'\n", " a: x\n", "{a: x}\n", "\"a\": x\n", "a: x\rb: y\n"] {
            assert_eq!(told(yaml), 0, "{yaml:?}");
        }
    }

    /// How many places in items of lists the item alone tells; the parser agrees.
    fn told_in_items(yaml: &str) -> usize {
        const GUESS: Guess = Guess::Map(&[("a", Guess::List(&Guess::Map(&[])))]);
        let Ok(Node::Map(entries)) = node::parse(yaml, &GUESS) else { return 0 };
        let Some(keys) = Keys::of(yaml) else { return 0 };
        let mut told = 0;
        for (entry, (_, node)) in entries.iter().enumerate() {
            let Node::List(list) = node else { continue };
            let path = Path::root(entries.len()).child(entry);
            let Some(items) = items(&keys, &path, list.len()) else { continue };
            for (item, node) in list.iter().enumerate() {
                let path = path.child(item);
                let below = if let Node::Map(entries) = node { entries.len() } else { 0 };
                let paths =
                    (0..below).flat_map(|below| [path.child(below), path.child(below).key()]);
                for path in paths.chain([path]) {
                    let found = locate_in_item(&items, &path);
                    assert_eq!(found, Some(locate(yaml, &path)), "{yaml:?}");
                    told += 1;
                }
            }
        }
        told
    }

    #[test]
    fn items_tell_the_places_in_them() {
        assert_eq!(told_in_items("b: c\na:\n- d: e\n  f: g\n- h\n-\n\n- {i: j}\nk: l\n"), 10);
        assert_eq!(
            told_in_items("---\na:\r\n  - b:\r\n    - c\r\n  # d\r\n  - 'e\r\n\r\n  f'\r\n"),
            4
        );
        for yaml in
            ["a: [b, c]\n", "a:\n  [b,\n  c]\n", "a:\n- 'b\n\n- c'\n", "a:\n- |\n  - b\n  - c\n"]
        {
            assert!(told_in_items(yaml) <= 1, "{yaml:?}");
        }
    }

    proptest! {
        #[test]
        fn lines_and_parser_agree(
            lines in prop::collection::vec(
                prop::sample::select(vec![
                    "a: x", "b: 'y", "z'", "c:", "- x", "  d: e", "\"f", "f: g\"", "h: |", "  i", "# j",
                    "", "---", "k: [", "l]", "m: {", "n: o}", "'p': q", "? r", ": s", "t: u\u{2028}v: w",
                    " a: b", "x: 1\r", "y: \"", "\"", "é: z", "q: &a b", "r: # s",
                    "u: .na", "v: ...", "w: /", "A: (B", "...", "C: ~", "/D: e", "\r",
                ]),
                0..9,
            )
        ) {
            told(&lines.join("\n"));
        }

        #[test]
        fn items_and_parser_agree(
            lines in prop::collection::vec(
                prop::sample::select(vec![
                    "- b", "- c: d", "  e: f", "- 'g", "- h'", "  - i", "-", "- - j", "  |", "- |", "- >-",
                    "- {k: l}", "- [m,", "n]", "  'o", "p: q", "a:", "", "# r", "  # s", "- t: u\r", "- \"v",
                    "    w: x", "- ? y", "-z", "- é: ü",
                ]),
                0..9,
            )
        ) {
            told_in_items(&format!("a:\n{}", lines.join("\n")));
        }
    }
}
