//! Constraints on each value by itself: [value
//! types](https://www.w3.org/TR/shacl/#core-components-value-type), ranges and strings.

use std::cmp::Ordering;

use super::{Engine, Out, Site, TermId, vocab};
use crate::shacl::literal::{self, Typed};
use crate::shacl::program::{Range, ValueCheck};
use crate::shacl::terms::{Key, Kind, Terms};

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
            ValueCheck::In(terms) => terms.contains(&term),
            ValueCheck::RootClass(classes) => self.is_subclass(term, classes),
            _ => is_met(check, &self.lexicon.key(term), self.lexicon),
        }
    }

    /// Whether a node is a [SHACL instance](https://www.w3.org/TR/shacl/#dfn-shacl-instance).
    fn is_instance(&mut self, node: TermId, classes: &[TermId]) -> bool {
        let mut types = self.view.types(node);
        types.any(|class| classes.contains(&class) || self.is_subclass(class, classes))
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

    /// The order of two terms; nothing if they cannot be compared.
    pub(super) fn compare(&self, left: TermId, right: TermId) -> Option<Ordering> {
        compare(&self.lexicon.key(left), &self.lexicon.key(right), self.lexicon)
    }
}

/// Whether a term meets a constraint that asks for nothing but what the term is.
pub(crate) fn is_met(check: &ValueCheck, term: &Key<'_>, lexicon: &Terms) -> bool {
    match check {
        ValueCheck::Datatype(datatypes) => has_datatype(term, datatypes, lexicon),
        ValueCheck::NodeKind(kinds) => kinds.contains(term.kind),
        ValueCheck::Range(range, bound) => {
            compare(term, &lexicon.key(*bound), lexicon).is_some_and(|order| range.contains(order))
        }
        ValueCheck::MinLength(length) => self::length(term).is_some_and(|own| own >= *length),
        ValueCheck::MaxLength(length) => self::length(term).is_some_and(|own| own <= *length),
        ValueCheck::Pattern(pattern) => text(term).is_some_and(|text| pattern.is_match(text)),
        ValueCheck::LanguageIn(ranges) => {
            ranges.iter().any(|range| matches_language(term.language, range))
        }
        ValueCheck::SingleLine => {
            let is_break = ['\n', '\r', '\u{B}', '\u{C}'];
            text(term).is_some_and(|text| !text.contains(is_break))
        }
        ValueCheck::Class(_) | ValueCheck::In(_) | ValueCheck::RootClass(_) => false,
    }
}

fn has_datatype(term: &Key<'_>, datatypes: &[TermId], lexicon: &Terms) -> bool {
    let is_text = [vocab::XSD_STRING, vocab::RDF_LANG_STRING].contains(&term.datatype);
    term.kind == Kind::Literal
        && datatypes.contains(&term.datatype)
        && (is_text || typed(term, lexicon).is_some_and(literal::is_well_formed))
}

/// A literal, if the term is one.
fn typed<'t>(term: &Key<'t>, lexicon: &'t Terms) -> Option<Typed<'t>> {
    let datatype = || lexicon.text(term.datatype);
    (term.kind == Kind::Literal).then(|| Typed { datatype: datatype(), text: term.text })
}

/// The text of a term, as `str` of SPARQL gives it: blank nodes have none.
fn text<'t>(term: &Key<'t>) -> Option<&'t str> {
    (term.kind != Kind::BlankNode).then_some(term.text)
}

/// How many characters a term has.
fn length(term: &Key<'_>) -> Option<i64> {
    Some(i64::try_from(text(term)?.chars().count()).unwrap_or(i64::MAX))
}

fn compare(left: &Key<'_>, right: &Key<'_>, lexicon: &Terms) -> Option<Ordering> {
    literal::compare(typed(left, lexicon)?, typed(right, lexicon)?)
}

impl Range {
    /// Whether a value that stands so to the bound is on the right side of it.
    fn contains(self, order: Ordering) -> bool {
        match self {
            Self::MinExclusive => order.is_gt(),
            Self::MinInclusive => order.is_ge(),
            Self::MaxExclusive => order.is_lt(),
            Self::MaxInclusive => order.is_le(),
        }
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
