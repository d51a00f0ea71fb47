//! [Lists](https://www.w3.org/TR/shacl/#syntax-rule-SHACL-list) and
//! [property paths](https://www.w3.org/TR/shacl/#property-paths).

use super::{Compiler, Fact, Kind, TermId, vocab};
use crate::shacl::path::Path;

/// How deep paths may be nested, and how many parts one may have: nodes can be shared, so a small
/// file can describe a path of any size.
const MAX_DEPTH: usize = 64;
const MAX_PARTS: usize = 4096;

impl Compiler<'_> {
    /// The members of a well-formed list.
    pub(super) fn list_members(&self, head: TermId) -> Option<Vec<TermId>> {
        let mut members = Vec::new();
        let mut node = head;
        while node != vocab::RDF_NIL {
            let [first] = self.graph.outgoing(node, vocab::RDF_FIRST) else { return None };
            let [rest] = self.graph.outgoing(node, vocab::RDF_REST) else { return None };
            members.push(first.object);
            // A list has no more members than the graph has triples, unless it is a cycle.
            if members.len() > self.lines.len() {
                return None;
            }
            node = rest.object;
        }
        let nil = self.graph.subject(vocab::RDF_NIL);
        let is_list = |fact: &&Fact| [vocab::RDF_FIRST, vocab::RDF_REST].contains(&fact.predicate);
        nil.iter().find(is_list).is_none().then_some(members)
    }

    /// The members of the list that is the object of a triple; a fault if it is none.
    pub(super) fn list(&mut self, fact: Fact) -> Vec<TermId> {
        self.list_members(fact.object).unwrap_or_else(|| {
            self.ill_formed(fact, "must be a list");
            Vec::new()
        })
    }

    /// The path that is the object of a triple; a fault if it is none.
    pub(super) fn path(&mut self, fact: Fact) -> Option<Path<TermId>> {
        let mut parts = 0;
        match self.path_of(fact.object, 0, &mut parts) {
            Ok(path) => Some(path),
            Err(rule) => {
                self.ill_formed(fact, rule);
                None
            }
        }
    }

    fn path_of(
        &self,
        node: TermId,
        depth: usize,
        parts: &mut usize,
    ) -> Result<Path<TermId>, &'static str> {
        *parts += 1;
        if depth > MAX_DEPTH || *parts > MAX_PARTS {
            return Err("must not be a path inside itself, nor one of thousands of parts");
        }
        match self.kind(node) {
            Kind::Iri if node == vocab::RDF_NIL => Err("must not be an empty list"),
            Kind::Iri => Ok(Path::Predicate(node)),
            Kind::Literal => Err("must be a path, not a literal"),
            Kind::BlankNode if self.is_list_node(node) => {
                Ok(Path::Sequence(self.path_list(node, depth, parts)?))
            }
            Kind::BlankNode => self.path_expression(node, depth, parts),
        }
    }

    fn is_list_node(&self, node: TermId) -> bool {
        !self.graph.outgoing(node, vocab::RDF_FIRST).is_empty()
    }

    /// A blank node with exactly one triple, which says what kind of path it is.
    fn path_expression(
        &self,
        node: TermId,
        depth: usize,
        parts: &mut usize,
    ) -> Result<Path<TermId>, &'static str> {
        let [fact] = self.graph.subject(node) else {
            return Err("must be a path: a blank node of exactly one triple");
        };
        if fact.predicate == vocab::ALTERNATIVE_PATH {
            return Ok(Path::Alternative(self.path_list(fact.object, depth, parts)?));
        }
        let wrap = match fact.predicate {
            vocab::INVERSE_PATH => Path::Inverse,
            vocab::ZERO_OR_MORE_PATH => Path::ZeroOrMore,
            vocab::ONE_OR_MORE_PATH => Path::OneOrMore,
            vocab::ZERO_OR_ONE_PATH => Path::ZeroOrOne,
            _ => return Err("must be a path"),
        };
        Ok(wrap(Box::new(self.path_of(fact.object, depth + 1, parts)?)))
    }

    fn path_list(
        &self,
        head: TermId,
        depth: usize,
        parts: &mut usize,
    ) -> Result<Vec<Path<TermId>>, &'static str> {
        let members = self.list_members(head).ok_or("must be a path of well-formed lists")?;
        if members.len() < 2 {
            return Err("must be a path whose lists have two members or more");
        }
        members.into_iter().map(|member| self.path_of(member, depth + 1, parts)).collect()
    }
}
