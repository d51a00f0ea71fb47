//! Every value of a front matter, whether the schema knows its key or not.

use std::rc::Rc;

use super::locate::Path;
use super::node::Node;

/// A scalar of the front matter, or a list or mapping that holds none.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Leaf<'n> {
    /// The keys that lead to it, as `schema-jsonld: creator: name`.
    pub(crate) key: Rc<str>,
    /// Its text as written; nothing for YAML null, an empty list or an empty mapping.
    pub(crate) text: Option<&'n str>,
    pub(crate) path: Path,
    /// The position of the mapping that it is in, when that is an item of a list of the record.
    pub(crate) row: Option<usize>,
}

/// The values of a front matter, in the order of the file.
pub(super) fn leaves<'n>(root: &'n Node<'_>) -> Vec<Leaf<'n>> {
    let mut leaves = Vec::new();
    let start = Leaf { key: Rc::default(), text: None, path: root.root(), row: None };
    start.walk(root, &mut leaves);
    leaves
}

impl<'n> Leaf<'n> {
    fn walk(self, node: &'n Node<'_>, leaves: &mut Vec<Self>) {
        match node {
            Node::Map(entries) if !entries.is_empty() => {
                for (position, (key, value)) in entries.iter().enumerate() {
                    self.below(key, position).walk(value, leaves);
                }
            }
            Node::List(items) if !items.is_empty() => {
                for (position, item) in items.iter().enumerate() {
                    self.item(position, item).walk(item, leaves);
                }
            }
            Node::Scalar(text) => leaves.push(Self { text: Some(text), ..self }),
            _ => leaves.push(self),
        }
    }

    fn below(&self, key: &str, position: usize) -> Self {
        let key = match &*self.key {
            "" => key.into(),
            outer => [outer, ": ", key].concat().into(),
        };
        Self { key, text: None, path: self.path.child(position), row: self.row }
    }

    fn item(&self, position: usize, item: &Node<'_>) -> Self {
        let is_row = self.path.depth() == 1 && matches!(item, Node::Map(_));
        let row = is_row.then_some(position);
        Self { key: Rc::clone(&self.key), text: None, path: self.path.child(position), row }
    }
}

#[cfg(test)]
mod tests {
    use crate::raw::Locator;

    #[test]
    fn every_value_is_a_leaf_of_its_keys() {
        fn t(text: &str, expected: &[(&str, Option<&str>, Option<usize>)]) {
            let locator = Locator::new(("", text), [("", &[]); 3]);
            let leaves = locator.leaves();
            let found: Vec<_> = leaves.iter().map(|l| (&*l.key, l.text, l.row)).collect();
            assert_eq!(found, expected, "{text}");
        }
        t("a: 1\na: 2", &[("a", Some("1"), None), ("a", Some("2"), None)]);
        t("a: []\nb:", &[("a", None, None), ("b", None, None)]);
        t("a: {b: {c: 1}}", &[("a: b: c", Some("1"), None)]);
        t("a: [x, ~]", &[("a", Some("x"), None), ("a", None, None)]);
        t("a: [{b: 1}, {b: 2}]", &[("a: b", Some("1"), Some(0)), ("a: b", Some("2"), Some(1))]);
        t("a: {b: [{c: 1}]}", &[("a: b: c", Some("1"), None)]);
        t("a: [", &[]);
    }
}
