//! What a shape looks at.

use rustc_hash::FxHashSet;

use super::ReasonKind;
use crate::shacl::path::Path;
use crate::shacl::program::{Check, Program, Shape, ShapeId, ValueCheck};
use crate::shacl::terms::TermId;

/// A shape and its component that look further than the triples of a focus node.
pub(super) type Found = (ShapeId, Option<TermId>, ReasonKind);

/// Where a shape is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum At {
    /// At the focus node, whose triples are in the record.
    Focus,
    /// At a node that the record refers to.
    Linked,
}

/// All that a shape with targets looks at besides the triples of its focus nodes.
pub(super) fn look(program: &Program, id: ShapeId) -> Vec<Found> {
    let mut look = Look::default();
    let targets = &program.targets;
    let by_object = targets.objects_of.values().flatten();
    if targets.nodes.iter().map(|(_, shape)| shape).chain(by_object).any(|shape| *shape == id) {
        look.found.push((id, None, ReasonKind::Target));
    }
    each_inside(program, [id], |id, shape, places| {
        look.shape(id, shape, places);
        Some(())
    });
    look.found
}

/// Visits shapes at the focus node and all shapes inside them, each once at each place: that of the
/// shape, and that of its values. Ends early if a visit gives nothing.
pub(super) fn each_inside(
    program: &Program,
    shapes: impl IntoIterator<Item = ShapeId>,
    mut visit: impl FnMut(ShapeId, &Shape, (At, At)) -> Option<()>,
) -> Option<()> {
    let mut seen = FxHashSet::default();
    // Shapes inside one another may be more than a stack of calls bears.
    let mut open: Vec<_> = shapes.into_iter().map(|id| (id, At::Focus)).collect();
    while let Some((id, at)) = open.pop() {
        let shape = program.shape(id).filter(|shape| !shape.deactivated);
        if let Some(shape) = shape.filter(|_| seen.insert((id, at))) {
            let values = if shape.path.is_some() { At::Linked } else { at };
            visit(id, shape, (at, values))?;
            let inner = shape.constraints.iter().rev().flat_map(|one| one.check.shapes());
            open.extend(inner.map(|inner| (inner, values)));
        }
    }
    Some(())
}

#[derive(Default)]
struct Look {
    found: Vec<Found>,
    /// The same as a set.
    known: FxHashSet<Found>,
}

impl Look {
    /// Adds what a shape looks at, without the shapes inside it.
    fn shape(&mut self, id: ShapeId, shape: &Shape, (at, values): (At, At)) {
        for (position, constraint) in shape.constraints.iter().enumerate() {
            let component = constraint.component;
            if let (0, Some(path)) = (position, &shape.path) {
                self.path(id, component, path, at);
            }
            if let Some(kind) = kind_of(&constraint.check, values) {
                self.add(id, component, kind);
            }
            if let Check::Pair(_, path) = &constraint.check {
                self.path(id, component, path, at);
            }
        }
    }

    /// A path of one step from the focus node stays with its triples.
    fn path(&mut self, id: ShapeId, component: TermId, path: &Path<TermId>, at: At) {
        if path.has_inverse() {
            self.add(id, component, ReasonKind::Incoming);
        }
        if at == At::Linked || !path.is_one_step() {
            self.add(id, component, ReasonKind::Linked);
        }
    }

    fn add(&mut self, id: ShapeId, component: TermId, kind: ReasonKind) {
        let found = (id, Some(component), kind);
        if self.known.insert(found) {
            self.found.push(found);
        }
    }
}

/// What a check looks at by itself.
fn kind_of(check: &Check, values: At) -> Option<ReasonKind> {
    match check {
        Check::Value(ValueCheck::Class(_)) | Check::Closed(_) => {
            (values == At::Linked).then_some(ReasonKind::Linked)
        }
        Check::UniqueValuesFor(_) => Some(ReasonKind::Keys),
        #[cfg(feature = "sparql")]
        Check::Query(_) => Some(ReasonKind::Query),
        _ => None,
    }
}
