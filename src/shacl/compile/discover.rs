//! Which nodes of a shapes graph are [shapes](https://www.w3.org/TR/shacl/#shapes).

use rustc_hash::{FxHashMap, FxHashSet};

use super::components::Components;
use super::{Compiler, Fact, ShapeId, TermId, vocab};

/// The parameters whose values are shapes.
pub(super) const SHAPE_VALUED: &[TermId] =
    &[vocab::NODE, vocab::PROPERTY, vocab::NOT, vocab::QUALIFIED_VALUE_SHAPE, vocab::SOME_VALUE];

/// The parameters whose values are lists of shapes.
pub(super) const SHAPES_VALUED: &[TermId] = &[vocab::AND, vocab::OR, vocab::XONE];

/// The other parameters of constraint components, and the predicates of targets.
const OF_SHAPES: &[TermId] = &[
    vocab::TARGET_NODE,
    vocab::TARGET_CLASS,
    vocab::TARGET_SUBJECTS_OF,
    vocab::TARGET_OBJECTS_OF,
    vocab::CLASS,
    vocab::DATATYPE,
    vocab::NODE_KIND,
    vocab::MIN_COUNT,
    vocab::MAX_COUNT,
    vocab::MIN_EXCLUSIVE,
    vocab::MIN_INCLUSIVE,
    vocab::MAX_EXCLUSIVE,
    vocab::MAX_INCLUSIVE,
    vocab::MIN_LENGTH,
    vocab::MAX_LENGTH,
    vocab::PATTERN,
    vocab::FLAGS,
    vocab::LANGUAGE_IN,
    vocab::UNIQUE_LANG,
    vocab::EQUALS,
    vocab::DISJOINT,
    vocab::LESS_THAN,
    vocab::LESS_THAN_OR_EQUALS,
    vocab::QUALIFIED_MIN_COUNT,
    vocab::QUALIFIED_MAX_COUNT,
    vocab::QUALIFIED_VALUE_SHAPES_DISJOINT,
    vocab::CLOSED,
    vocab::IGNORED_PROPERTIES,
    vocab::HAS_VALUE,
    vocab::IN,
    vocab::SINGLE_LINE,
    vocab::SUBSET_OF,
    vocab::ROOT_CLASS,
    vocab::UNIQUE_VALUES_FOR,
    vocab::SPARQL,
];

impl Compiler<'_> {
    /// The nodes that are shapes, in the order of the files; fills the ids of shapes.
    pub(super) fn discover(&mut self, components: &Components) -> Vec<TermId> {
        let mut facts = self.graph.facts().to_vec();
        facts.sort_unstable_by_key(|fact| fact.origin);
        let mut parameters: FxHashSet<_> =
            OF_SHAPES.iter().chain(SHAPE_VALUED).chain(SHAPES_VALUED).copied().collect();
        parameters.extend(components.parameters());
        let mut first = FxHashMap::default();
        for fact in &facts {
            first.entry(fact.subject).or_insert(fact.origin);
        }
        let mut found = Vec::new();
        for fact in facts {
            if parameters.contains(&fact.predicate) || self.is_shape_type(fact) {
                found.push(fact.subject);
            }
            found.extend(self.referred(fact));
        }
        found.sort_by_key(|node| first.get(node).copied().unwrap_or(u32::MAX));
        let mut nodes = Vec::new();
        for node in found {
            let next = ShapeId(u32::try_from(nodes.len()).unwrap_or(u32::MAX));
            if *self.shapes.entry(node).or_insert(next) == next {
                nodes.push(node);
            }
        }
        nodes
    }

    fn is_shape_type(&self, fact: Fact) -> bool {
        fact.predicate == vocab::RDF_TYPE
            && [vocab::NODE_SHAPE, vocab::PROPERTY_SHAPE]
                .iter()
                .any(|class| self.is_instance(fact.subject, *class))
    }

    /// The shapes a triple refers to; faults of lists are reported where the shape is compiled.
    fn referred(&self, fact: Fact) -> Vec<TermId> {
        let nodes = if SHAPE_VALUED.contains(&fact.predicate) {
            vec![fact.object]
        } else if SHAPES_VALUED.contains(&fact.predicate) {
            self.list_members(fact.object).unwrap_or_default()
        } else {
            Vec::new()
        };
        nodes.into_iter().filter(|node| self.kind(*node) != super::Kind::Literal).collect()
    }
}
