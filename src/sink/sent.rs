use std::mem;
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

/// The lines of a longer description are looked for in the set.
const FEW: usize = 64;

/// The lines on shared nodes that were sent, by their hashes.
///
/// Most nodes are described once. Their lines stand one behind the other, which takes a third of
/// the memory of a set, and less time as they lie together. The lines of other nodes are in a set.
#[derive(Debug, Default)]
pub(super) struct Sent {
    lines: Vec<u128>,
    /// Where the lines of each node are; nowhere if they are in the set.
    nodes: FxHashMap<u64, Range<u32>>,
    set: FxHashSet<u128>,
    /// The node that is being described for the first time, and where its lines begin.
    first: Option<(u64, usize)>,
}

impl Sent {
    /// Begins a description; `node` is a hash of what it describes. Its lines follow.
    pub(super) fn begin(&mut self, node: u64) {
        self.end();
        let Self { lines, nodes, set, first } = self;
        match nodes.get_mut(&node).map(mem::take) {
            Some(range) => set.extend(slice(lines, range)),
            None => *first = Some((node, lines.len())),
        }
    }

    /// Adds a line of the description; says whether it is one that was not sent.
    pub(super) fn insert(&mut self, line: u128) -> bool {
        let Some((node, start)) = self.first else { return self.set.insert(line) };
        let own = self.lines.get(start..).unwrap_or_default();
        if own.contains(&line) {
            return false;
        }
        if own.len() < FEW && u32::try_from(self.lines.len() + 1).is_ok() {
            self.lines.push(line);
            return true;
        }
        self.begin(node);
        self.set.insert(line)
    }

    /// Notes where the lines of the last node are.
    fn end(&mut self) {
        if let Some((node, start)) = self.first.take() {
            let [start, end] =
                [start, self.lines.len()].map(|at| u32::try_from(at).unwrap_or(u32::MAX));
            self.nodes.insert(node, start..end);
        }
    }
}

fn slice(lines: &[u128], range: Range<u32>) -> &[u128] {
    lines.get(range.start as usize..range.end as usize).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use fastrand::Rng;

    use super::*;

    #[test]
    fn each_line_is_new_once() {
        let mut random = Rng::with_seed(1);
        let (mut sent, mut expected) = (Sent::default(), HashSet::new());
        let mut repeated = 0;
        for _ in 0..2_000 {
            let node = random.u64(..600);
            sent.begin(node);
            let lines = if random.u8(..20) == 0 { 3 * FEW } else { random.usize(..12) };
            for _ in 0..lines {
                let line = u128::from(node) << 64 | random.u128(..2 * FEW as u128);
                let is_new = expected.insert(line);
                assert_eq!(sent.insert(line), is_new);
                repeated += usize::from(!is_new);
            }
        }
        assert!(repeated > 2_000 && expected.len() > 10_000, "{repeated} {}", expected.len());
    }

    #[test]
    fn lines_of_nodes_with_the_same_hash_are_told_apart() {
        let mut sent = Sent::default();
        for line in [1, 2] {
            sent.begin(7);
            assert!(sent.insert(line));
            assert!(!sent.insert(line));
        }
        sent.begin(7);
        assert!(!sent.insert(1) && !sent.insert(2) && sent.insert(3));
        assert_eq!(sent.lines, [1]);
        assert_eq!(sent.set.len(), 3);
    }
}
