use std::mem;
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

/// The quads of a longer description are looked for in the set.
const FEW: usize = 64;

/// The quads on shared nodes that were sent, by 64-bit hashes of them and of their nodes.
///
/// Most nodes are described once. Their quads stand one behind the other, which takes a quarter of
/// the memory of a set, and less time as they lie together. The quads of other nodes are in a set.
#[derive(Clone, Debug, Default)]
pub(super) struct Sent {
    quads: Vec<u64>,
    /// Where the quads of each node are; nowhere if they are in the set.
    nodes: FxHashMap<u64, Range<u32>>,
    set: FxHashSet<(u64, u64)>,
    /// The node whose quads come.
    node: u64,
    /// Where they begin, if it is described for the first time.
    first: Option<usize>,
}

impl Sent {
    /// Says what node the quads are on that follow.
    pub(super) fn begin(&mut self, node: u64) {
        if self.node == node {
            return;
        }
        self.end();
        self.node = node;
        if self.nodes.contains_key(&node) {
            self.move_to_set();
        } else {
            self.first = Some(self.quads.len());
        }
    }

    /// Adds a quad on the node; says whether it is one that was not sent.
    pub(super) fn insert(&mut self, quad: u64) -> bool {
        let Some(start) = self.first else { return self.set.insert((self.node, quad)) };
        let own = self.quads.get(start..).unwrap_or_default();
        if own.contains(&quad) {
            return false;
        }
        if own.len() < FEW && u32::try_from(self.quads.len() + 1).is_ok() {
            self.quads.push(quad);
            return true;
        }
        self.end();
        self.move_to_set();
        self.set.insert((self.node, quad))
    }

    /// Notes where the quads of the node are, if they are not in the set.
    fn end(&mut self) {
        if let Some(start) = self.first.take() {
            let [start, end] =
                [start, self.quads.len()].map(|at| u32::try_from(at).unwrap_or(u32::MAX));
            self.nodes.insert(self.node, start..end);
        }
    }

    /// Moves the quads of the node to the set.
    fn move_to_set(&mut self) {
        let range = self.nodes.get_mut(&self.node).map(mem::take).unwrap_or_default();
        let quads = self.quads.get(range.start as usize..range.end as usize).unwrap_or_default();
        self.set.extend(quads.iter().map(|quad| (self.node, *quad)));
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use fastrand::Rng;

    use super::*;

    #[test]
    fn each_quad_is_new_once() {
        let mut random = Rng::with_seed(1);
        let (mut sent, mut expected) = (Sent::default(), HashSet::new());
        let mut repeated = 0;
        for _ in 0..2_000 {
            let node = random.u64(..600);
            sent.begin(node);
            let quads = if random.u8(..20) == 0 { 3 * FEW } else { random.usize(..12) };
            for _ in 0..quads {
                let quad = random.u64(..2 * FEW as u64);
                let is_new = expected.insert((node, quad));
                assert_eq!(sent.insert(quad), is_new);
                repeated += usize::from(!is_new);
            }
        }
        assert!(repeated > 2_000 && expected.len() > 10_000, "{repeated} {}", expected.len());
    }

    #[test]
    fn quads_of_nodes_that_come_again_are_in_the_set() {
        let mut sent = Sent::default();
        for node in [7, 8] {
            sent.begin(node);
            assert!(sent.insert(1) && !sent.insert(1) && sent.insert(2));
        }
        assert_eq!((sent.quads.len(), sent.set.len()), (4, 0));
        sent.begin(7);
        assert!(!sent.insert(1) && !sent.insert(2) && sent.insert(3));
        sent.begin(8);
        assert!(!sent.insert(2) && sent.insert(3));
        assert_eq!((sent.quads.len(), sent.set.len()), (4, 6));
    }
}
