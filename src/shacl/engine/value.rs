//! Constraints on each value by itself: [value
//! types](https://www.w3.org/TR/shacl/#core-components-value-type), ranges and strings.

use std::cmp::Ordering;

use super::{Engine, Out, Site, TermId, vocab};
use crate::shacl::literal::{self, Typed};
use crate::shacl::program::{Range, ValueCheck};
use crate::shacl::terms::Kind;

impl<'a> Engine<'a> {
    pub(super) fn each_value(
        &mut self,
        site: &Site<'a>,
        check: &ValueCheck,
        mut out: Out<'_>,
    ) -> bool {
        let mut conforms = true;
        for position in site.start..site.end {
            let value = self.value(position);
            if !self.holds(check, value.term) {
                conforms = site.fail(Some(value), out.as_deref_mut());
                if out.is_none() {
                    break;
                }
            }
        }
        conforms
    }

    pub(super) fn holds(&mut self, check: &ValueCheck, term: TermId) -> bool {
        match check {
            ValueCheck::Class(classes) => {
                self.is_instance(term, classes) || self.is_incomplete(term)
            }
            ValueCheck::Datatype(datatypes) => self.has_datatype(term, datatypes),
            ValueCheck::NodeKind(kinds) => kinds.contains(self.lexicon.kind(term)),
            ValueCheck::Range(range, bound) => self.is_in_range(term, *range, *bound),
            ValueCheck::MinLength(length) => self.length(term).is_some_and(|own| own >= *length),
            ValueCheck::MaxLength(length) => self.length(term).is_some_and(|own| own <= *length),
            ValueCheck::Pattern(pattern) => {
                self.text(term).is_some_and(|text| pattern.is_match(text))
            }
            ValueCheck::LanguageIn(ranges) => {
                let tag = self.lexicon.key(term).language;
                ranges.iter().any(|range| matches_language(tag, range))
            }
            ValueCheck::In(terms) => terms.contains(&term),
            ValueCheck::SingleLine => {
                let is_break = ['\n', '\r', '\u{B}', '\u{C}'];
                self.text(term).is_some_and(|text| !text.contains(is_break))
            }
            ValueCheck::RootClass(classes) => self.is_subclass(term, classes),
        }
    }

    /// Whether a node is a [SHACL instance](https://www.w3.org/TR/shacl/#dfn-shacl-instance).
    fn is_instance(&mut self, node: TermId, classes: &[TermId]) -> bool {
        let mut types = self.view.outgoing(node, vocab::RDF_TYPE);
        types.any(|fact| classes.contains(&fact.object) || self.is_subclass(fact.object, classes))
    }

    fn is_subclass(&mut self, class: TermId, classes: &[TermId]) -> bool {
        if !self.hierarchy {
            return classes.contains(&class);
        }
        let start = self.scratch.values.len();
        self.superclasses(class);
        let found = self.scratch.values.get(start..).unwrap_or_default();
        let is_subclass = found.iter().any(|value| classes.contains(&value.term));
        self.scratch.values.truncate(start);
        is_subclass
    }

    fn has_datatype(&self, term: TermId, datatypes: &[TermId]) -> bool {
        let datatype = self.lexicon.datatype(term);
        let is_text = [vocab::XSD_STRING, vocab::RDF_LANG_STRING].contains(&datatype);
        self.lexicon.kind(term) == Kind::Literal
            && datatypes.contains(&datatype)
            && (is_text || self.typed(term).is_some_and(literal::is_well_formed))
    }

    /// A literal, if the term is one.
    fn typed(&self, term: TermId) -> Option<Typed<'a>> {
        let key = self.lexicon.key(term);
        let datatype = || self.lexicon.key(key.datatype).text;
        (key.kind == Kind::Literal).then(|| Typed { datatype: datatype(), text: key.text })
    }

    /// The text of a term, as `str` of SPARQL gives it: blank nodes have none.
    fn text(&self, term: TermId) -> Option<&'a str> {
        (self.lexicon.kind(term) != Kind::BlankNode).then(|| self.lexicon.text(term))
    }

    /// How many characters a term has.
    fn length(&self, term: TermId) -> Option<i64> {
        Some(i64::try_from(self.text(term)?.chars().count()).unwrap_or(i64::MAX))
    }

    /// The order of two terms; nothing if they cannot be compared.
    pub(super) fn compare(&self, left: TermId, right: TermId) -> Option<Ordering> {
        literal::compare(self.typed(left)?, self.typed(right)?)
    }

    fn is_in_range(&self, term: TermId, range: Range, bound: TermId) -> bool {
        self.compare(term, bound).is_some_and(|order| match range {
            Range::MinExclusive => order.is_gt(),
            Range::MinInclusive => order.is_ge(),
            Range::MaxExclusive => order.is_lt(),
            Range::MaxInclusive => order.is_le(),
        })
    }
}

/// [Basic filtering](https://www.rfc-editor.org/rfc/rfc4647#section-3.3.1): `range` is in lower
/// case.
fn matches_language(tag: &str, range: &str) -> bool {
    if tag.is_empty() {
        return false;
    }
    let start = tag.get(..range.len());
    let is_prefix = start.is_some_and(|start| start.eq_ignore_ascii_case(range));
    let is_whole = matches!(tag.as_bytes().get(range.len()), None | Some(b'-'));
    range == "*" || (is_prefix && is_whole)
}
