//! What has to be followed to place results. Rows are most of a record, and few results are
//! about rows of every kind.

use oxrdf::Term;

use super::{Caused, far_value, node, steps};
use crate::convert::Reading;
use crate::iri::{self, Template};
use crate::mapping::{self, Node, Rule};
use crate::raw::Kind;
use crate::trace::Scope;

/// The part of a record that makes the triples of the nodes that results are about.
pub(super) fn of(results: &[Caused], reading: &Reading<'_>) -> Scope {
    let page = iri::page(&reading.record.figure.id);
    let mut kinds: Vec<_> =
        results.iter().flat_map(|result| kinds(result, &page)).copied().collect();
    let is_of_table = |kind: &Kind| {
        let rows = reading.table(*kind).map_or(0, |table| table.rows.len());
        reading.record.rows(*kind) == rows
    };
    let has_front_matter =
        !results.iter().all(|result| lacks(result, &page)) || !kinds.iter().all(is_of_table);
    if has_front_matter {
        // What keys lack can be in a row that is not read.
        let tables = reading.tables.iter().filter(|table| table.malformed > 0);
        kinds.extend(tables.map(|table| table.kind));
    }
    kinds.sort_unstable();
    kinds.dedup();
    Scope { has_front_matter, kinds }
}

const GENES: &[Kind] = &[Kind::Genes];
const CONCEPTS: &[Kind] = &[Kind::Chemicals, Kind::Diseases];

/// The kinds of rows that make triples with a node, by the template of its IRI.
const MAKERS: [(Template, &[Kind]); 9] = [
    (iri::GENE, GENES),
    (iri::TAXON, GENES),
    (iri::MESH, CONCEPTS),
    (iri::CHEBI, CONCEPTS),
    (iri::DOID, CONCEPTS),
    (iri::ORGANISM, &[]),
    (iri::ARTICLE, &[]),
    (iri::JOURNAL, &[]),
    (iri::PUBLISHER, &[]),
];

/// The kinds of rows that make triples with the node that a result is about.
fn kinds(caused: &Caused, page: &str) -> &'static [Kind] {
    if far_value(&caused.0).is_some() {
        return &Kind::ALL;
    }
    let Term::NamedNode(focus) = &caused.0.focus_node else { return &Kind::ALL };
    if let Some(kinds) = kind_of_annotation(focus.as_str(), page) {
        return kinds;
    }
    let maker = MAKERS.iter().find(|(template, _)| focus.as_str().starts_with(template.prefix()));
    match maker {
        Some((_, kinds)) => kinds,
        None if can_be_of_row(caused) => &Kind::ALL,
        None => &[],
    }
}

/// The kind of the rows that make an annotation: its IRI tells it.
fn kind_of_annotation(iri: &str, page: &str) -> Option<&'static [Kind]> {
    let (kind, _) = iri.strip_prefix(page)?.strip_prefix('#')?.split_once('-')?;
    match kind {
        "gene" => Some(GENES),
        "chemical" => Some(&[Kind::Chemicals]),
        "disease" => Some(&[Kind::Diseases]),
        _ => None,
    }
}

/// Whether a result of a figure, or of what is not known, can be about a row.
fn can_be_of_row((result, cause): &Caused) -> bool {
    let is_of_row = |node: Node| {
        use Node::{Annotation, Chemical, Disease, Gene, Organism, Taxon};
        matches!(node, Annotation | Chemical | Disease | Gene | Organism | Taxon)
    };
    let is_cause_of_row =
        |rule: &Rule| is_of_row(rule.subject) || node(rule.object).is_some_and(is_of_row);
    let is_figure = |node: Node| node == Node::Figure;
    let is_missing_of_row = |rule: &Rule| {
        let is_of_figure = is_figure(rule.subject) || node(rule.object).is_some_and(is_figure);
        is_of_figure && Kind::ALL.iter().any(|kind| rule.input.contains(kind.as_str()))
    };
    let steps = result.path.as_ref().map(steps).unwrap_or_default();
    let is_step = |rule: &&Rule| steps.iter().any(|step| rule.predicate == *step.predicate);
    !result.is_too_few()
        || cause.is_none_or(is_cause_of_row)
        || mapping::rules().filter(is_step).any(is_missing_of_row)
}

/// Whether a result is about something that a row should say of an annotation.
fn lacks((result, cause): &Caused, page: &str) -> bool {
    let is_annotation = match &result.focus_node {
        Term::NamedNode(focus) => kind_of_annotation(focus.as_str(), page).is_some(),
        _ => false,
    };
    let is_cause = cause.is_some_and(|rule| rule.subject == Node::Annotation);
    is_annotation && is_cause && result.is_too_few()
}
