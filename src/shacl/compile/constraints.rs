//! The constraints on all values together, and those that refer to other shapes.

use rustc_hash::FxHashSet;

use super::components::Components;
use super::{Compiler, Fact, Kind, ShapeId, TermId, vocab};
use crate::shacl::path::Path;
use crate::shacl::program::{Check, Constraint, Pair, Qualified};

/// The parameters that only property shapes may have.
const OF_PROPERTY_SHAPES: &[TermId] = &[
    vocab::MIN_COUNT,
    vocab::MAX_COUNT,
    vocab::UNIQUE_LANG,
    vocab::LESS_THAN,
    vocab::LESS_THAN_OR_EQUALS,
    vocab::QUALIFIED_VALUE_SHAPE,
    vocab::SOME_VALUE,
    vocab::SUBSET_OF,
];

impl Compiler<'_> {
    /// The constraints of a shape, in the order in which their results are reported.
    pub(super) fn constraints(
        &mut self,
        node: TermId,
        is_property: bool,
        components: &Components,
    ) -> Vec<Constraint> {
        let mut out = Vec::new();
        self.check_scope(node, is_property);
        self.count_constraints(node, &mut out);
        self.value_constraints(node, &mut out);
        self.pair_constraints(node, &mut out);
        self.shape_constraints(node, &mut out);
        self.list_constraints(node, &mut out);
        self.qualified_constraints(node, &mut out);
        self.node_constraints(node, &mut out);
        self.custom_constraints(node, is_property, components, &mut out);
        out
    }

    fn check_scope(&mut self, node: TermId, is_property: bool) {
        for parameter in OF_PROPERTY_SHAPES {
            for fact in self.outgoing(node, *parameter) {
                if !is_property {
                    self.ill_formed(fact, "is only for property shapes");
                }
            }
        }
        for fact in self.outgoing(node, vocab::UNIQUE_VALUES_FOR) {
            if is_property {
                self.ill_formed(fact, "is only for node shapes");
            }
        }
    }

    fn count_constraints(&mut self, node: TermId, out: &mut Vec<Constraint>) {
        if let Some(count) = self.integer(node, vocab::MIN_COUNT) {
            out.push(Constraint::new(vocab::MIN_COUNT_COMPONENT, Check::MinCount(count)));
        }
        if let Some(count) = self.integer(node, vocab::MAX_COUNT) {
            out.push(Constraint::new(vocab::MAX_COUNT_COMPONENT, Check::MaxCount(count)));
        }
        for fact in self.outgoing(node, vocab::HAS_VALUE) {
            out.push(Constraint::new(vocab::HAS_VALUE_COMPONENT, Check::HasValue(fact.object)));
        }
        if self.is_true(node, vocab::UNIQUE_LANG) {
            out.push(Constraint::new(vocab::UNIQUE_LANG_COMPONENT, Check::UniqueLang));
        }
    }

    fn pair_constraints(&mut self, node: TermId, out: &mut Vec<Constraint>) {
        let pairs = [
            (vocab::EQUALS, vocab::EQUALS_COMPONENT, Pair::Equals),
            (vocab::DISJOINT, vocab::DISJOINT_COMPONENT, Pair::Disjoint),
            (vocab::LESS_THAN, vocab::LESS_THAN_COMPONENT, Pair::LessThan),
            (
                vocab::LESS_THAN_OR_EQUALS,
                vocab::LESS_THAN_OR_EQUALS_COMPONENT,
                Pair::LessThanOrEquals,
            ),
            (vocab::SUBSET_OF, vocab::SUBSET_OF_COMPONENT, Pair::SubsetOf),
        ];
        for (parameter, component, pair) in pairs {
            for fact in self.outgoing(node, parameter) {
                let Some(path) = self.other_path(fact) else { continue };
                out.push(Constraint::new(component, Check::Pair(pair, path)));
            }
        }
    }

    /// An IRI; in SHACL 1.2 also a path.
    fn other_path(&mut self, fact: Fact) -> Option<Path<TermId>> {
        if self.is_v1_2() { self.path(fact) } else { self.iri(fact).map(Path::Predicate) }
    }

    fn shape_constraints(&mut self, node: TermId, out: &mut Vec<Constraint>) {
        for fact in self.outgoing(node, vocab::NOT) {
            let Some(shape) = self.shape_of(fact) else { continue };
            out.push(Constraint::new(vocab::NOT_COMPONENT, Check::Not(shape)));
        }
        for fact in self.outgoing(node, vocab::NODE) {
            if !self.graph.outgoing(fact.object, vocab::PATH).is_empty() {
                self.ill_formed(fact, "must be a node shape");
            }
            let Some(shape) = self.shape_of(fact) else { continue };
            out.push(Constraint::new(vocab::NODE_COMPONENT, Check::Node(shape)));
        }
        for fact in self.outgoing(node, vocab::PROPERTY) {
            if self.graph.outgoing(fact.object, vocab::PATH).is_empty() {
                self.ill_formed(fact, "must be a property shape: one with sh:path");
            }
            let Some(shape) = self.shape_of(fact) else { continue };
            out.push(Constraint::new(vocab::PROPERTY_COMPONENT, Check::Property(shape)));
        }
        for fact in self.outgoing(node, vocab::SOME_VALUE) {
            let Some(shape) = self.shape_of(fact) else { continue };
            out.push(Constraint::new(vocab::SOME_VALUE_COMPONENT, Check::SomeValue(shape)));
        }
    }

    fn list_constraints(&mut self, node: TermId, out: &mut Vec<Constraint>) {
        type Make = fn(Box<[ShapeId]>) -> Check;
        let lists: [(TermId, TermId, Make); 3] = [
            (vocab::AND, vocab::AND_COMPONENT, Check::And),
            (vocab::OR, vocab::OR_COMPONENT, Check::Or),
            (vocab::XONE, vocab::XONE_COMPONENT, Check::Xone),
        ];
        for (parameter, component, make) in lists {
            for fact in self.outgoing(node, parameter) {
                let members = self.list(fact).into_iter();
                let shapes =
                    members.filter_map(|object| self.shape_of(Fact { object, ..fact })).collect();
                out.push(Constraint::new(component, make(shapes)));
            }
        }
    }

    /// The shape that is the object of a triple.
    fn shape_of(&mut self, fact: Fact) -> Option<ShapeId> {
        if self.kind(fact.object) == Kind::Literal {
            self.ill_formed(fact, "must be a shape, not a literal");
        }
        self.shapes.get(&fact.object).copied()
    }

    fn qualified_constraints(&mut self, node: TermId, out: &mut Vec<Constraint>) {
        let shape = self.single(node, vocab::QUALIFIED_VALUE_SHAPE);
        let minimum = self.integer(node, vocab::QUALIFIED_MIN_COUNT);
        let maximum = self.integer(node, vocab::QUALIFIED_MAX_COUNT);
        let disjoint = self.is_true(node, vocab::QUALIFIED_VALUE_SHAPES_DISJOINT);
        let Some(fact) = shape else { return };
        let Some(shape) = self.shape_of(fact) else { return };
        let siblings = if disjoint { self.siblings(node, shape) } else { Box::default() };
        let qualified = || Qualified { shape, siblings: siblings.clone() };
        if let Some(count) = minimum {
            let check = Check::QualifiedMin(count, qualified());
            out.push(Constraint::new(vocab::QUALIFIED_MIN_COUNT_COMPONENT, check));
        }
        if let Some(count) = maximum {
            let check = Check::QualifiedMax(count, qualified());
            out.push(Constraint::new(vocab::QUALIFIED_MAX_COUNT_COMPONENT, check));
        }
    }

    /// The [sibling shapes](https://www.w3.org/TR/shacl/#dfn-sibling-shapes) of a qualified one.
    fn siblings(&self, node: TermId, own: ShapeId) -> Box<[ShapeId]> {
        let mut siblings = Vec::new();
        for parent in self.graph.incoming(node, vocab::PROPERTY) {
            for property in self.graph.outgoing(parent.subject, vocab::PROPERTY) {
                let values = self.graph.outgoing(property.object, vocab::QUALIFIED_VALUE_SHAPE);
                siblings.extend(values.iter().filter_map(|fact| self.shapes.get(&fact.object)));
            }
        }
        siblings.retain(|sibling| *sibling != own);
        siblings.sort_unstable();
        siblings.dedup();
        siblings.into()
    }

    fn node_constraints(&mut self, node: TermId, out: &mut Vec<Constraint>) {
        let ignored = self.single(node, vocab::IGNORED_PROPERTIES);
        let ignored = ignored.map(|fact| self.iri_list(fact)).unwrap_or_default();
        if self.is_true(node, vocab::CLOSED) {
            let mut allowed: FxHashSet<_> = ignored.into_iter().collect();
            for fact in self.outgoing(node, vocab::PROPERTY) {
                let paths = self.graph.outgoing(fact.object, vocab::PATH);
                allowed.extend(paths.iter().map(|fact| fact.object));
            }
            out.push(Constraint::new(vocab::CLOSED_COMPONENT, Check::Closed(allowed)));
        }
        for fact in self.outgoing(node, vocab::UNIQUE_VALUES_FOR) {
            let paths = self.key_paths(fact);
            let check = Check::UniqueValuesFor(paths);
            out.push(Constraint::new(vocab::UNIQUE_VALUES_FOR_COMPONENT, check));
        }
    }

    fn iri_list(&mut self, fact: Fact) -> Vec<TermId> {
        let members = self.list(fact).into_iter();
        members.filter_map(|object| self.iri(Fact { object, ..fact })).collect()
    }

    /// The paths of a key: one, or a list of them.
    fn key_paths(&mut self, fact: Fact) -> Box<[Path<TermId>]> {
        match self.list_members(fact.object) {
            Some(members) if !members.is_empty() => members
                .into_iter()
                .filter_map(|object| self.path(Fact { object, ..fact }))
                .collect(),
            _ => self.path(fact).into_iter().collect(),
        }
    }
}
