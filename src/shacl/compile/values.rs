//! The constraints on each value by itself.

use std::sync::Arc;

use super::{Compiler, Fact, Kind, ProblemKind, TermId, vocab};
use crate::shacl::literal;
use crate::shacl::pattern;
use crate::shacl::program::{Check, Constraint, NodeKinds, Range, ValueCheck};

impl Compiler<'_> {
    pub(super) fn value_constraints(&mut self, node: TermId, out: &mut Vec<Constraint>) {
        let mut push = |component, check| {
            out.push(Constraint::new(component, Check::Value(check)));
        };
        for fact in self.outgoing(node, vocab::CLASS) {
            let classes = self.alternatives(fact);
            push(vocab::CLASS_COMPONENT, ValueCheck::Class(classes));
        }
        for fact in self.outgoing(node, vocab::ROOT_CLASS) {
            let classes = self.alternatives(fact);
            push(vocab::ROOT_CLASS_COMPONENT, ValueCheck::RootClass(classes));
        }
        if let Some(fact) = self.single(node, vocab::DATATYPE) {
            let datatypes = self.alternatives(fact);
            push(vocab::DATATYPE_COMPONENT, ValueCheck::Datatype(datatypes));
        }
        if let Some(fact) = self.single(node, vocab::NODE_KIND) {
            let kinds = self.node_kinds(fact);
            push(vocab::NODE_KIND_COMPONENT, ValueCheck::NodeKind(kinds));
        }
        if let Some(fact) = self.single(node, vocab::IN) {
            let members = self.list(fact).into_iter().collect();
            push(vocab::IN_COMPONENT, ValueCheck::In(members));
        }
        if self.is_true(node, vocab::SINGLE_LINE) {
            push(vocab::SINGLE_LINE_COMPONENT, ValueCheck::SingleLine);
        }
        self.range_constraints(node, out);
        self.string_constraints(node, out);
    }

    fn range_constraints(&mut self, node: TermId, out: &mut Vec<Constraint>) {
        let ranges = [
            (vocab::MIN_EXCLUSIVE, vocab::MIN_EXCLUSIVE_COMPONENT, Range::MinExclusive),
            (vocab::MIN_INCLUSIVE, vocab::MIN_INCLUSIVE_COMPONENT, Range::MinInclusive),
            (vocab::MAX_EXCLUSIVE, vocab::MAX_EXCLUSIVE_COMPONENT, Range::MaxExclusive),
            (vocab::MAX_INCLUSIVE, vocab::MAX_INCLUSIVE_COMPONENT, Range::MaxInclusive),
        ];
        for (parameter, component, range) in ranges {
            let Some(fact) = self.single(node, parameter) else { continue };
            if self.kind(fact.object) != Kind::Literal {
                self.ill_formed(fact, "must be a literal");
            }
            let check = Check::Value(ValueCheck::Range(range, fact.object));
            out.push(Constraint::new(component, check));
        }
    }

    fn string_constraints(&mut self, node: TermId, out: &mut Vec<Constraint>) {
        let mut push = |component, check| {
            out.push(Constraint::new(component, Check::Value(check)));
        };
        if let Some(length) = self.integer(node, vocab::MIN_LENGTH) {
            push(vocab::MIN_LENGTH_COMPONENT, ValueCheck::MinLength(length));
        }
        if let Some(length) = self.integer(node, vocab::MAX_LENGTH) {
            push(vocab::MAX_LENGTH_COMPONENT, ValueCheck::MaxLength(length));
        }
        if let Some(check) = self.pattern(node) {
            push(vocab::PATTERN_COMPONENT, check);
        }
        if let Some(check) = self.language_in(node) {
            push(vocab::LANGUAGE_IN_COMPONENT, check);
        }
    }

    /// One IRI; in SHACL 1.2 also a list of them.
    fn alternatives(&mut self, fact: Fact) -> Box<[TermId]> {
        if !self.is_v1_2() || self.kind(fact.object) == Kind::Iri {
            return self.iri(fact).into_iter().collect();
        }
        let members = self.list(fact);
        for member in &members {
            if self.kind(*member) != Kind::Iri {
                self.ill_formed(fact, "must be an IRI or a list of IRIs");
            }
        }
        members.into()
    }

    fn node_kinds(&mut self, fact: Fact) -> NodeKinds {
        let kinds: Option<Vec<_>> =
            self.alternatives(fact).iter().map(|kind| node_kind(*kind)).collect();
        let Some(kinds) = kinds else {
            self.ill_formed(fact, "must be one of the six node kinds");
            return NodeKinds::default();
        };
        kinds.into_iter().fold(NodeKinds::default(), NodeKinds::union)
    }

    fn pattern(&mut self, node: TermId) -> Option<ValueCheck> {
        let flags = self.single(node, vocab::FLAGS).map(|fact| self.string(fact));
        let pattern = self.single(node, vocab::PATTERN)?;
        let text = self.string(pattern)?;
        let flags = flags.unwrap_or_else(|| Some(String::new()))?;
        let key = (text, flags);
        if let Some(known) = self.patterns.get(&key) {
            return Some(ValueCheck::Pattern(Arc::clone(known)));
        }
        match pattern::compile(&key.0, &key.1) {
            Ok(compiled) => {
                let compiled = Arc::new(compiled);
                self.patterns.insert(key, Arc::clone(&compiled));
                Some(ValueCheck::Pattern(compiled))
            }
            Err(cause) => {
                self.report(pattern.origin, ProblemKind::Pattern(key.0, cause));
                None
            }
        }
    }

    fn language_in(&mut self, node: TermId) -> Option<ValueCheck> {
        let fact = self.single(node, vocab::LANGUAGE_IN)?;
        let mut ranges = Vec::new();
        for member in self.list(fact) {
            let key = self.terms.key(member);
            if key.datatype == vocab::XSD_STRING {
                ranges.push(key.text.to_ascii_lowercase());
            } else {
                self.ill_formed(fact, "must be a list of strings");
            }
        }
        Some(ValueCheck::LanguageIn(ranges.into()))
    }

    /// The object of a triple, which must be a string.
    pub(super) fn string(&mut self, fact: Fact) -> Option<String> {
        let key = self.terms.key(fact.object);
        if key.datatype == vocab::XSD_STRING {
            return Some(key.text.into());
        }
        self.ill_formed(fact, "must be a string");
        None
    }

    /// The only value of a predicate, which must be an integer.
    pub(super) fn integer(&mut self, node: TermId, predicate: TermId) -> Option<i64> {
        let fact = self.single(node, predicate)?;
        let key = self.terms.key(fact.object);
        if key.datatype != vocab::XSD_INTEGER || !literal::is_integer(key.text) {
            self.ill_formed(fact, "must be an integer");
            return None;
        }
        let limit = if key.text.starts_with('-') { i64::MIN } else { i64::MAX };
        Some(key.text.parse().unwrap_or(limit))
    }

    /// Whether the only value of a predicate, which must be a boolean, is written `true`.
    pub(super) fn is_true(&mut self, node: TermId, predicate: TermId) -> bool {
        let Some(fact) = self.single(node, predicate) else { return false };
        if self.boolean(fact.object).is_none() {
            self.ill_formed(fact, "must be a boolean");
        }
        self.boolean(fact.object) == Some("true")
    }
}

fn node_kind(term: TermId) -> Option<NodeKinds> {
    let kinds: &[Kind] = match term {
        vocab::IRI => &[Kind::Iri],
        vocab::BLANK_NODE => &[Kind::BlankNode],
        vocab::LITERAL => &[Kind::Literal],
        vocab::BLANK_NODE_OR_IRI => &[Kind::BlankNode, Kind::Iri],
        vocab::BLANK_NODE_OR_LITERAL => &[Kind::BlankNode, Kind::Literal],
        vocab::IRI_OR_LITERAL => &[Kind::Iri, Kind::Literal],
        _ => return None,
    };
    Some(kinds.iter().fold(NodeKinds::default(), |kinds, kind| kinds.with(*kind)))
}
