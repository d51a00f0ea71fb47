//! Shapes that come back to themselves.

use super::{Compiler, Problem, ProblemKind, ShapeId};
use crate::shacl::program::Shape;

impl Compiler<'_> {
    /// Marks the [recursive shapes](https://www.w3.org/TR/shacl/#shapes-recursion), and refuses
    /// them unless they are allowed.
    pub(super) fn check_recursion(&mut self, shapes: &mut [Shape]) {
        let references: Vec<_> = shapes.iter().map(references).collect();
        let on_cycle = on_cycles(&references);
        for (shape, recursive) in shapes.iter_mut().zip(&on_cycle) {
            shape.recursive = *recursive;
        }
        if self.options.recursion {
            return;
        }
        let Some(cycle) = find_cycle(&references, &on_cycle) else { return };
        let nodes = cycle.iter().filter_map(|shape| shapes.get(shape.index()));
        let names = nodes.map(|shape| self.show(shape.node)).collect();
        let location = cycle.first().and_then(|shape| shapes.get(shape.index())?.location.clone());
        self.problems.push(Problem::new(location, ProblemKind::Recursive(names)));
    }
}

/// The shapes a shape refers to.
fn references(shape: &Shape) -> Vec<ShapeId> {
    shape.constraints.iter().flat_map(|constraint| constraint.check.shapes()).collect()
}

/// Which shapes are on a cycle, or between two: those that stay when all that refer to nothing,
/// or that nothing refers to, have been taken away, again and again.
fn on_cycles(references: &[Vec<ShapeId>]) -> Vec<bool> {
    let mut referrers = vec![Vec::new(); references.len()];
    for (position, shapes) in (0..).zip(references) {
        for shape in shapes {
            if let Some(entry) = referrers.get_mut(shape.index()) {
                entry.push(ShapeId(position));
            }
        }
    }
    let forward = peel(references, &referrers);
    let backward = peel(&referrers, references);
    forward.iter().zip(backward).map(|(forward, backward)| *forward && backward).collect()
}

/// Takes away the shapes without outgoing references; says which stay.
fn peel(outgoing: &[Vec<ShapeId>], incoming: &[Vec<ShapeId>]) -> Vec<bool> {
    let mut counts: Vec<_> = outgoing.iter().map(Vec::len).collect();
    let ids = (0..).map(ShapeId);
    let mut free: Vec<_> =
        ids.zip(&counts).filter(|(_, count)| **count == 0).map(|(shape, _)| shape).collect();
    while let Some(shape) = free.pop() {
        for referrer in incoming.get(shape.index()).into_iter().flatten() {
            let Some(count) = counts.get_mut(referrer.index()) else { continue };
            *count -= 1;
            if *count == 0 {
                free.push(*referrer);
            }
        }
    }
    counts.into_iter().map(|count| count > 0).collect()
}

/// One cycle: the first shape of it comes again at the end.
fn find_cycle(references: &[Vec<ShapeId>], on_cycle: &[bool]) -> Option<Vec<ShapeId>> {
    let is_left = |shape: &ShapeId| on_cycle.get(shape.index()).copied().unwrap_or_default();
    let mut shape = (0..).map(ShapeId).take(references.len()).find(is_left)?;
    let mut walk = Vec::new();
    loop {
        if let Some(start) = walk.iter().position(|seen| *seen == shape) {
            walk.push(shape);
            return walk.get(start..).map(<[_]>::to_vec);
        }
        walk.push(shape);
        shape = references.get(shape.index())?.iter().copied().find(is_left)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cycles_are_found() {
        fn t(references: &[&[u32]], expected: &[bool], cycle: Option<&[u32]>) {
            let references: Vec<Vec<_>> = references
                .iter()
                .map(|shapes| shapes.iter().copied().map(ShapeId).collect())
                .collect();
            let found = on_cycles(&references);
            assert_eq!(found, expected);
            let walk = find_cycle(&references, &found);
            let walk = walk.map(|walk| walk.iter().map(|shape| shape.0).collect::<Vec<_>>());
            assert_eq!(walk.as_deref(), cycle);
        }
        t(&[&[1], &[2], &[]], &[false; 3], None);
        t(&[&[0]], &[true], Some(&[0, 0]));
        t(&[&[1], &[2], &[1, 3], &[]], &[false, true, true, false], Some(&[1, 2, 1]));
    }
}
