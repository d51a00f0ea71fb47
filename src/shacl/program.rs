//! A compiled shapes graph.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::error::Location;
use super::graph::{Graph, Orders};
use super::options::Version;
use super::path::Path;
use super::pattern::Pattern;
use super::plan::{Bundle, Plan};
#[cfg(feature = "sparql")]
use super::sparql::Query;
use super::terms::{Kind, TermId, Terms};

/// A shape: its position in [`Program::shapes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ShapeId(pub(crate) u32);

impl ShapeId {
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// Everything an engine needs to know before it sees data.
#[derive(Debug)]
pub(crate) struct Program {
    pub(crate) version: Version,
    pub(crate) terms: Terms,
    pub(crate) shapes: Vec<Shape>,
    /// The number of properties in the plans of all shapes.
    pub(crate) properties: usize,
    pub(crate) targets: Targets,
    /// The shapes that have targets, in their order.
    pub(crate) targeted: Box<[ShapeId]>,
    /// For each term, the shapes whose target it is as a class.
    pub(crate) bundles: Vec<Option<Box<Bundle>>>,
    /// For each term, whether its subjects or its objects as a predicate are a target.
    pub(crate) is_target: Vec<bool>,
    /// Triples that belong to every record.
    pub(crate) background: Graph,
    /// The shapes graph itself, for queries that ask for it, and its name.
    #[cfg(feature = "sparql")]
    pub(crate) shapes_graph: Graph,
    #[cfg(feature = "sparql")]
    pub(crate) shapes_name: TermId,
    /// The orders of triples that the shapes need.
    pub(crate) orders: Orders,
}

impl Program {
    pub(crate) fn shape(&self, id: ShapeId) -> Option<&Shape> {
        self.shapes.get(id.index())
    }

    /// Puts the shapes of each class together.
    pub(crate) fn bundle_shapes(&mut self) {
        let bundle = |class: TermId| {
            let shapes = self.targets.classes.get(&class)?;
            let bundle = Bundle::new(shapes, &self.shapes, self.properties);
            self.properties += bundle.plan.properties.len();
            Some(Box::new(bundle))
        };
        self.bundles = self.terms.ids().map(bundle).collect();
    }

    /// The shapes whose target is a class.
    #[inline]
    pub(crate) fn bundle(&self, class: TermId) -> Option<&Bundle> {
        self.bundles.get(class.index())?.as_deref()
    }

    /// Whether subjects or objects of a predicate are a target.
    #[inline]
    pub(crate) fn is_target(&self, predicate: TermId) -> bool {
        self.is_target.get(predicate.index()).copied().unwrap_or_default()
    }
}

/// Which nodes which shapes start from; see [targets](https://www.w3.org/TR/shacl/#targets).
#[derive(Debug, Default)]
pub(crate) struct Targets {
    pub(crate) nodes: Vec<(TermId, ShapeId)>,
    pub(crate) classes: FxHashMap<TermId, Vec<ShapeId>>,
    pub(crate) subjects_of: FxHashMap<TermId, Vec<ShapeId>>,
    pub(crate) objects_of: FxHashMap<TermId, Vec<ShapeId>>,
}

impl Targets {
    /// Whether subjects or objects of a predicate are a target.
    pub(crate) fn has_predicate(&self, predicate: TermId) -> bool {
        self.subjects_of.contains_key(&predicate) || self.objects_of.contains_key(&predicate)
    }

    /// The shapes that have targets, in no order and maybe more than once.
    pub(crate) fn shapes(&self) -> impl Iterator<Item = ShapeId> {
        let nodes = self.nodes.iter().map(|(_, shape)| shape);
        let by_term = [&self.classes, &self.subjects_of, &self.objects_of];
        nodes.chain(by_term.into_iter().flat_map(|map| map.values().flatten())).copied()
    }
}

/// A node shape, or a property shape if it has a path.
#[derive(Debug)]
pub(crate) struct Shape {
    pub(crate) node: TermId,
    pub(crate) path: Option<Path<TermId>>,
    pub(crate) deactivated: bool,
    pub(crate) severity: TermId,
    pub(crate) messages: Box<[TermId]>,
    pub(crate) constraints: Box<[Constraint]>,
    /// Whether the shape can come back to itself.
    pub(crate) recursive: bool,
    pub(crate) plan: Plan,
    pub(crate) location: Option<Location>,
}

/// One constraint of a shape.
#[derive(Debug)]
pub(crate) struct Constraint {
    pub(crate) component: TermId,
    pub(crate) check: Check,
    /// The node of a SPARQL-based constraint.
    pub(crate) source: Option<TermId>,
    /// Messages of its own, which come before those of the shape.
    pub(crate) messages: Box<[TermId]>,
    /// A severity of its own, which comes before that of the shape.
    pub(crate) severity: Option<TermId>,
}

impl Constraint {
    pub(crate) fn new(component: TermId, check: Check) -> Self {
        Self { component, check, source: None, messages: Box::default(), severity: None }
    }
}

/// What must hold of the value nodes of a focus node.
#[derive(Debug)]
pub(crate) enum Check {
    /// Each value on its own.
    Value(ValueCheck),
    MinCount(i64),
    MaxCount(i64),
    HasValue(TermId),
    UniqueLang,
    /// The values and those of another path.
    Pair(Pair, Path<TermId>),
    /// The only predicates of each value.
    Closed(FxHashSet<TermId>),
    Not(ShapeId),
    And(Box<[ShapeId]>),
    Or(Box<[ShapeId]>),
    Xone(Box<[ShapeId]>),
    Node(ShapeId),
    Property(ShapeId),
    QualifiedMin(i64, Qualified),
    QualifiedMax(i64, Qualified),
    SomeValue(ShapeId),
    /// No other focus node of the shape has the same values of these paths.
    UniqueValuesFor(Box<[Path<TermId>]>),
    #[cfg(feature = "sparql")]
    Query(Box<Query>),
}

impl Check {
    /// The shapes it refers to.
    pub(crate) fn shapes(&self) -> impl Iterator<Item = ShapeId> {
        let (one, more): (Option<ShapeId>, &[ShapeId]) = match self {
            Self::Not(shape)
            | Self::Node(shape)
            | Self::Property(shape)
            | Self::SomeValue(shape) => (Some(*shape), &[]),
            Self::And(shapes) | Self::Or(shapes) | Self::Xone(shapes) => (None, shapes),
            Self::QualifiedMin(_, qualified) | Self::QualifiedMax(_, qualified) => {
                (Some(qualified.shape), &qualified.siblings)
            }
            _ => (None, &[]),
        };
        one.into_iter().chain(more.iter().copied())
    }
}

/// Values that conform to a shape, and to none of the sibling shapes.
#[derive(Debug)]
pub(crate) struct Qualified {
    pub(crate) shape: ShapeId,
    pub(crate) siblings: Box<[ShapeId]>,
}

/// How the values and those of another path must relate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pair {
    Equals,
    Disjoint,
    LessThan,
    LessThanOrEquals,
    SubsetOf,
}

/// What must hold of a value, whatever the other values are.
#[derive(Debug)]
pub(crate) enum ValueCheck {
    /// An instance of one of the classes.
    Class(Box<[TermId]>),
    /// A well-formed literal of one of the datatypes.
    Datatype(Box<[TermId]>),
    NodeKind(NodeKinds),
    Range(Range, TermId),
    MinLength(i64),
    MaxLength(i64),
    Pattern(Arc<Pattern>),
    /// Language ranges, in lower case.
    LanguageIn(Box<[String]>),
    In(FxHashSet<TermId>),
    SingleLine,
    /// One of the classes or a subclass of it.
    RootClass(Box<[TermId]>),
}

/// On which side of a bound a value must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Range {
    MinExclusive,
    MinInclusive,
    MaxExclusive,
    MaxInclusive,
}

/// A set of kinds of terms.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct NodeKinds(u8);

impl NodeKinds {
    pub(crate) const ALL: Self = Self(u8::MAX);

    pub(crate) fn with(self, kind: Kind) -> Self {
        Self(self.0 | 1 << kind as u8)
    }

    pub(crate) fn contains(self, kind: Kind) -> bool {
        self.0 & (1 << kind as u8) != 0
    }

    pub(crate) fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(crate) fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}
