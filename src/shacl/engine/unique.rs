//! Keys: `sh:uniqueValuesFor` of [SHACL 1.2](https://www.w3.org/TR/shacl12-core/).

use rustc_hash::FxHashMap;

use super::{Engine, Out, ShapeId, Site, TermId, Value};
use crate::shacl::path::Path;

/// For each constraint the focus nodes by key.
pub(super) type Keys = FxHashMap<(ShapeId, usize), FxHashMap<Vec<TermId>, Vec<Value>>>;

impl<'a> Engine<'a> {
    /// One result for each other focus node that has, for every path, a value in common.
    pub(super) fn unique_values(
        &mut self,
        site: &Site<'a>,
        paths: &'a [Path<TermId>],
        mut out: Out<'_>,
    ) -> bool {
        let table = (site.id, site.position);
        if !self.scratch.keys.contains_key(&table) {
            let by_key = self.nodes_by_key(site.id, paths);
            self.scratch.keys.insert(table, by_key);
        }
        let mut others = Vec::new();
        for key in self.keys_of(site.focus, paths) {
            let nodes = self.scratch.keys.get(&table).and_then(|nodes| nodes.get(&key));
            others.extend(nodes.into_iter().flatten().map(|node| (node.term, node.origin)));
        }
        others.retain(|(term, _)| *term != site.focus.term);
        others.sort_unstable();
        others.dedup_by_key(|(term, _)| *term);
        for (term, origin) in &others {
            site.fail(Some(Value { term: *term, origin: *origin }), out.as_deref_mut());
        }
        others.is_empty()
    }

    fn nodes_by_key(
        &mut self,
        shape: ShapeId,
        paths: &'a [Path<TermId>],
    ) -> FxHashMap<Vec<TermId>, Vec<Value>> {
        let mut by_key = FxHashMap::<_, Vec<_>>::default();
        let mut position = 0;
        while let Some(focus) = self.focus_node(shape, position) {
            position += 1;
            for key in self.keys_of(focus, paths) {
                by_key.entry(key).or_default().push(focus);
            }
        }
        by_key
    }

    /// The keys of a node: all ways to take one value of each path.
    fn keys_of(&mut self, node: Value, paths: &'a [Path<TermId>]) -> Vec<Vec<TermId>> {
        let mut keys = vec![Vec::new()];
        for path in paths {
            let start = self.scratch.values.len();
            self.walk(path, node);
            let values = self.scratch.values.get(start..).unwrap_or_default();
            let extended = keys.iter().flat_map(|key: &Vec<TermId>| {
                values.iter().map(move |value| [key.as_slice(), &[value.term]].concat())
            });
            keys = extended.collect();
            self.scratch.values.truncate(start);
        }
        keys
    }
}
