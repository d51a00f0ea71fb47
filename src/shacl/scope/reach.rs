//! What a shape looks at.

use rustc_hash::FxHashSet;

use super::ReasonKind;
use crate::shacl::path::Path;
use crate::shacl::program::{Check, Program, ShapeId, ValueCheck};
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
    let mut look = Look { program, found: Vec::new(), seen: FxHashSet::default() };
    let targets = &program.targets;
    let by_object = targets.objects_of.values().flatten();
    if targets.nodes.iter().map(|(_, shape)| shape).chain(by_object).any(|shape| *shape == id) {
        look.found.push((id, None, ReasonKind::Target));
    }
    look.shape(id, At::Focus);
    look.found
}

struct Look<'a> {
    program: &'a Program,
    found: Vec<Found>,
    seen: FxHashSet<(ShapeId, At)>,
}

impl Look<'_> {
    fn shape(&mut self, id: ShapeId, at: At) {
        let Some(shape) = self.program.shape(id).filter(|shape| !shape.deactivated) else { return };
        if !self.seen.insert((id, at)) {
            return;
        }
        let values = if shape.path.is_some() { At::Linked } else { at };
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
            for inner in constraint.check.shapes() {
                self.shape(inner, values);
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
        if !self.found.contains(&found) {
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
