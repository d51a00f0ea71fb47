//! From YAML values to the fields of the front matter.

use std::borrow::Cow;

use rustc_hash::{FxBuildHasher, FxHashSet};

use super::front_matter::{Creator, InlineConcept, InlineGene, Items, JsonLd, Scalar};
use super::locate::Path;
use super::node::Node;
use super::yaml::quote;
use super::{Findings, Place};
use crate::diagnostic::Code;

/// Keys with their values.
type Entries<'a> = Vec<(Cow<'a, str>, Node<'a>)>;

/// The entries with distinct keys, each with its path; of a repeated key the first.
pub(super) fn distinct<'a>(
    entries: Entries<'a>,
    path: Path,
    findings: &mut Findings,
) -> Vec<(Cow<'a, str>, Node<'a>, Path)> {
    let mut distinct = Vec::with_capacity(entries.len());
    let mut known = FxHashSet::with_capacity_and_hasher(entries.len(), FxBuildHasher);
    for (position, (key, value)) in entries.into_iter().enumerate() {
        let path = path.child(position);
        if known.insert(key.clone()) {
            distinct.push((key, value, path));
        } else {
            let message = format!("found the key {} again, the first one is used", quote(&key));
            findings.add(Code::DuplicateKey, Place::Path(path.key()), message);
        }
    }
    distinct
}

pub(super) fn unknown_key(key: &str, path: Path, findings: &mut Findings) {
    let message = format!("found the key {}, which no generation of the records has", quote(key));
    findings.add(Code::UnknownKey, Place::Path(path.key()), message);
}

fn wrong_kind(node: &Node<'_>, expected: &str, path: Path, key: &str, findings: &mut Findings) {
    let message = format!("{key}: found {}, expected {expected}", node.kind());
    findings.add(Code::WrongKind, Place::Path(path), message);
}

pub(super) fn scalar<'a>(
    node: Node<'a>,
    path: Path,
    key: &str,
    findings: &mut Findings,
) -> Scalar<'a> {
    let place = Place::Path(path);
    let text = match node {
        Node::Null => None,
        Node::Scalar(text) => Some(text),
        node => {
            wrong_kind(&node, "a scalar", path, key, findings);
            None
        }
    };
    Scalar { text, place }
}

fn list<'a>(node: Node<'a>, path: Path, key: &str, findings: &mut Findings) -> Vec<Node<'a>> {
    match node {
        Node::Null => Vec::new(),
        Node::List(items) => items,
        // An empty scalar is how a missing value is written.
        Node::Scalar(text) if text.is_empty() => Vec::new(),
        node => {
            wrong_kind(&node, "a list", path, key, findings);
            Vec::new()
        }
    }
}

fn map<'a>(node: Node<'a>, path: Path, key: &str, findings: &mut Findings) -> Entries<'a> {
    match node {
        Node::Null => Vec::new(),
        Node::Map(entries) => entries,
        node => {
            wrong_kind(&node, "a mapping", path, key, findings);
            Vec::new()
        }
    }
}

pub(super) fn scalars<'a>(
    node: Node<'a>,
    path: Path,
    key: &str,
    findings: &mut Findings,
) -> Items<'a> {
    let items = list(node, path, key, findings).into_iter().enumerate();
    items.map(|(position, item)| scalar(item, path.child(position), key, findings)).collect()
}

pub(super) fn scalar_or_list<'a>(
    node: Node<'a>,
    path: Path,
    key: &str,
    findings: &mut Findings,
) -> Items<'a> {
    match node {
        Node::Scalar(_) => vec![scalar(node, path, key, findings)],
        node => scalars(node, path, key, findings),
    }
}

fn rows<'a, T>(
    (node, path, key): (Node<'a>, Path, &str),
    findings: &mut Findings,
    read: impl Fn(Entries<'a>, Path, &mut Findings) -> T,
) -> Vec<T> {
    let mut rows = Vec::new();
    for (position, item) in list(node, path, key, findings).into_iter().enumerate() {
        let path = path.child(position);
        let entries = map(item, path, key, findings);
        if !entries.is_empty() {
            rows.push(read(entries, path, findings));
        }
    }
    rows
}

pub(super) fn genes<'a>(
    node: Node<'a>,
    path: Path,
    key: &str,
    findings: &mut Findings,
) -> Vec<InlineGene<'a>> {
    rows((node, path, key), findings, InlineGene::read)
}

pub(super) fn concepts<'a>(
    node: Node<'a>,
    path: Path,
    key: &str,
    findings: &mut Findings,
) -> Vec<InlineConcept<'a>> {
    rows((node, path, key), findings, InlineConcept::read)
}

pub(super) fn json_ld<'a>(
    node: Node<'a>,
    path: Path,
    key: &str,
    findings: &mut Findings,
) -> JsonLd<'a> {
    let entries = map(node, path, key, findings);
    JsonLd::read(entries, path, findings)
}

pub(super) fn creator<'a>(
    node: Node<'a>,
    path: Path,
    key: &str,
    findings: &mut Findings,
) -> Creator<'a> {
    let entries = map(node, path, key, findings);
    Creator::read(entries, path, findings)
}

pub(super) fn not_empty(
    node: Node<'_>,
    path: Path,
    _key: &str,
    _findings: &mut Findings,
) -> Option<Place> {
    let empty = match node {
        Node::Null => true,
        Node::Scalar(text) => text.is_empty(),
        Node::List(items) => items.is_empty(),
        Node::Map(entries) => entries.is_empty(),
    };
    (!empty).then_some(Place::Path(path))
}
