//! Terms as numbers.

mod filter;
mod key;
mod set;
mod slots;

use oxrdf::{BlankNodeRef, LiteralRef, NamedNodeRef, TermRef};

use self::filter::Filter;
use self::key::key_of;
pub(crate) use self::key::{Key, Kind, TermId};
pub(crate) use self::set::TermSet;
use self::slots::Slots;
use super::vocab;

/// A term: its text and its language are a piece of [`Terms::text`].
#[derive(Debug, Clone, Copy)]
struct Entry {
    start: usize,
    text: u32,
    language: u32,
    datatype: TermId,
    kind: Kind,
    /// Where it is in its table.
    slot: usize,
}

/// A set of terms in one buffer of text.
///
/// A validator has a copy of those of the compiled shapes graph, the fixed terms. It adds the terms
/// of a record and takes them away again after the record. These have a table of their own, which is
/// small enough to stay near.
#[derive(Debug, Clone)]
pub(crate) struct Terms {
    text: String,
    entries: Vec<Entry>,
    /// How many terms are fixed.
    fixed: usize,
    of_fixed: Slots,
    /// The hashes of the fixed terms.
    filter: Filter,
    /// As the last term is always the first to go, the slots are then as they were before it came.
    of_record: Slots,
}

impl Terms {
    /// The terms of [`vocab::KNOWN`], in their order.
    pub(crate) fn new() -> Self {
        let mut terms = Self {
            text: String::new(),
            entries: Vec::new(),
            fixed: 0,
            of_fixed: Slots::default(),
            filter: Filter::default(),
            of_record: Slots::default(),
        };
        for iri in vocab::KNOWN {
            terms.intern_key(&Key::iri(iri));
        }
        terms
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(crate) fn ids(&self) -> impl Iterator<Item = TermId> + use<> {
        (0..u32::try_from(self.len()).unwrap_or(u32::MAX)).map(TermId)
    }

    /// Whether there are more terms than ids.
    pub(crate) fn is_full(&self) -> bool {
        self.len() >= TermId::MAX.index()
    }

    /// Whether a term is fixed.
    pub(crate) fn is_fixed(&self, id: TermId) -> bool {
        id.index() < self.fixed
    }

    /// Makes all terms fixed.
    pub(crate) fn fix(&mut self) {
        self.of_fixed.reset(self.len());
        self.of_record.reset(0);
        self.fixed = self.len();
        for id in self.ids() {
            let key = self.key(id);
            let hash = key.hash();
            self.filter.insert(hash);
            if let Err(slot) = self.of_fixed.probe(hash, |_| false) {
                self.of_fixed.put(slot, hash, id);
            }
        }
    }

    /// Forgets all terms that are not fixed.
    pub(crate) fn clear(&mut self) {
        for entry in self.entries.get(self.fixed..).unwrap_or_default().iter().rev() {
            self.of_record.free(entry.slot);
        }
        if let Some(first) = self.entries.get(self.fixed) {
            self.text.truncate(first.start);
        }
        self.entries.truncate(self.fixed);
    }

    #[inline]
    fn entry(&self, id: TermId) -> Option<&Entry> {
        self.entries.get(id.index())
    }

    fn key_of_entry(&self, entry: &Entry) -> Key<'_> {
        Key {
            kind: entry.kind,
            text: self.text_of(entry),
            datatype: entry.datatype,
            language: self.language(entry),
        }
    }

    pub(crate) fn key(&self, id: TermId) -> Key<'_> {
        self.entry(id).map_or(Key::iri(""), |entry| self.key_of_entry(entry))
    }

    #[inline]
    pub(crate) fn kind(&self, id: TermId) -> Kind {
        self.entry(id).map_or(Kind::Iri, |entry| entry.kind)
    }

    /// The datatype of a literal; [`TermId::MAX`] for other terms.
    #[inline]
    pub(crate) fn datatype(&self, id: TermId) -> TermId {
        self.entry(id).map_or(TermId::MAX, |entry| entry.datatype)
    }

    pub(crate) fn term(&self, id: TermId) -> TermRef<'_> {
        let key = self.key(id);
        match key.kind {
            Kind::Iri => NamedNodeRef::new_unchecked(key.text).into(),
            Kind::BlankNode => BlankNodeRef::new_unchecked(key.text).into(),
            Kind::Literal if !key.language.is_empty() => {
                LiteralRef::new_language_tagged_literal_unchecked(key.text, key.language).into()
            }
            Kind::Literal => {
                let datatype = NamedNodeRef::new_unchecked(self.key(key.datatype).text);
                LiteralRef::new_typed_literal(key.text, datatype).into()
            }
        }
    }

    /// The text of a term, whatever it is.
    #[inline]
    pub(crate) fn text(&self, id: TermId) -> &str {
        self.entry(id).map(|entry| self.text_of(entry)).unwrap_or_default()
    }

    #[inline]
    fn text_of(&self, entry: &Entry) -> &str {
        self.text.get(entry.start..entry.start + entry.text as usize).unwrap_or_default()
    }

    /// Whether an entry has this key. Empty languages are left alone: to compare two of them takes
    /// longer than to compare two IRIs, as they lie nowhere.
    #[inline]
    fn is(&self, entry: &Entry, key: &Key<'_>) -> bool {
        entry.text as usize == key.text.len()
            && entry.datatype == key.datatype
            && entry.kind == key.kind
            && entry.language as usize == key.language.len()
            && self.bytes(entry) == key.text.as_bytes()
            && (key.language.is_empty() || self.language(entry) == key.language)
    }

    fn language(&self, entry: &Entry) -> &str {
        let middle = entry.start + entry.text as usize;
        match entry.language as usize {
            0 => "",
            length => self.text.get(middle..middle + length).unwrap_or_default(),
        }
    }

    /// The id of a term, or the slot where it would be.
    #[inline]
    fn probe(&self, hash: u64, key: &Key<'_>) -> Result<TermId, usize> {
        let is_it = |id| self.has(id, key);
        self.of_record.probe(hash, is_it).or_else(|slot| {
            let fixed = self.filter.may_have(hash).then(|| self.of_fixed.probe(hash, is_it));
            fixed.and_then(Result::ok).ok_or(slot)
        })
    }

    /// The id of a term, if it has one.
    pub(crate) fn find(&self, term: TermRef<'_>) -> Option<TermId> {
        let mut known = true;
        let key = key_of(term, |datatype| {
            let id = self.find(datatype.into());
            known = id.is_some();
            id.unwrap_or(TermId::MAX)
        });
        if known { self.find_key(&key) } else { None }
    }

    pub(crate) fn find_key(&self, key: &Key<'_>) -> Option<TermId> {
        self.probe(key.hash(), key).ok()
    }

    pub(crate) fn intern(&mut self, term: TermRef<'_>) -> TermId {
        let key = key_of(term, |datatype| self.intern(datatype.into()));
        self.intern_key(&key)
    }

    /// The id of a term, which often is this one, if it has one.
    pub(crate) fn find_near(&self, guess: TermId, key: &Key<'_>) -> Option<TermId> {
        if self.has(guess, key) { Some(guess) } else { self.find_key(key) }
    }

    /// Whether a term has this key.
    #[inline]
    pub(crate) fn has(&self, id: TermId, key: &Key<'_>) -> bool {
        self.entry(id).is_some_and(|entry| self.is(entry, key))
    }

    /// The bytes of the text of an entry.
    #[inline]
    fn bytes(&self, entry: &Entry) -> &[u8] {
        let range = entry.start..entry.start + entry.text as usize;
        self.text.as_bytes().get(range).unwrap_or_default()
    }

    #[inline]
    pub(crate) fn intern_key(&mut self, key: &Key<'_>) -> TermId {
        let hash = key.hash();
        match self.probe(hash, key) {
            Ok(id) => id,
            Err(slot) => self.add(key, hash, slot),
        }
    }

    /// The same of a term that often is this one.
    #[inline]
    pub(crate) fn intern_near(&mut self, guess: TermId, key: &Key<'_>) -> TermId {
        if self.has(guess, key) { guess } else { self.intern_key(key) }
    }

    fn add(&mut self, key: &Key<'_>, hash: u64, slot: usize) -> TermId {
        let id = TermId(u32::try_from(self.len()).unwrap_or(u32::MAX));
        self.entries.push(Entry {
            start: self.text.len(),
            text: u32::try_from(key.text.len()).unwrap_or(u32::MAX),
            language: u32::try_from(key.language.len()).unwrap_or(u32::MAX),
            datatype: key.datatype,
            kind: key.kind,
            slot,
        });
        self.text.push_str(key.text);
        if !key.language.is_empty() {
            self.text.push_str(key.language);
        }
        if self.of_record.has_room() {
            self.of_record.put(slot, hash, id);
        } else {
            self.grow();
        }
        id
    }

    /// Makes more slots for the terms of the record, and puts them there in their order.
    fn grow(&mut self) {
        self.of_record.reset(2 * (self.len() - self.fixed));
        for id in self.ids().skip(self.fixed) {
            let hash = self.key(id).hash();
            let Err(slot) = self.of_record.probe(hash, |_| false) else { continue };
            self.of_record.put(slot, hash, id);
            if let Some(entry) = self.entries.get_mut(id.index()) {
                entry.slot = slot;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use oxrdf::vocab::xsd;

    use super::*;

    #[test]
    fn terms_come_back_as_they_went_in() {
        let mut known = Terms::new();
        let terms: [TermRef<'_>; 6] = [
            NamedNodeRef::new_unchecked("http://example.com/a").into(),
            BlankNodeRef::new_unchecked("a").into(),
            LiteralRef::new_simple_literal("a").into(),
            LiteralRef::new_language_tagged_literal_unchecked("a", "en").into(),
            LiteralRef::new_typed_literal("1", xsd::INTEGER).into(),
            LiteralRef::new_typed_literal("01", xsd::INTEGER).into(),
        ];
        let ids = terms.map(|term| known.intern(term));
        let again = terms.map(|term| known.intern(term));
        assert_eq!(ids, again);
        assert_eq!(ids.map(|id| known.term(id)), terms);
        assert_eq!(terms.map(|term| known.find(term)), ids.map(Some));
    }

    #[test]
    fn constants_are_the_fixed_terms() {
        let fixed = Terms::new();
        assert_eq!(fixed.key(vocab::MIN_COUNT).text, "http://www.w3.org/ns/shacl#minCount");
        assert_eq!(fixed.len(), vocab::KNOWN.len());
        assert_eq!(vocab::RDF_TYPE.index(), 0);
    }

    #[test]
    fn terms_of_a_record_go_and_the_others_stay() {
        let mut terms = Terms::new();
        terms.fix();
        let fixed = terms.len();
        let mut random = fastrand::Rng::with_seed(7);
        for number in [1, 3_000, 40, 9_000] {
            let mut expected = HashMap::new();
            for _ in 0..number {
                let text = random.u32(..number * 2).to_string();
                let id = terms.intern(LiteralRef::new_simple_literal(&text).into());
                assert_eq!(*expected.entry(text).or_insert(id), id);
            }
            assert_eq!(terms.len(), fixed + expected.len());
            terms.clear();
            let is_known = |text: &String| terms.find(LiteralRef::new_simple_literal(text).into());
            assert!(expected.keys().all(|text| is_known(text).is_none()));
            for iri in vocab::KNOWN {
                let id = terms.find(NamedNodeRef::new_unchecked(iri).into()).unwrap();
                assert_eq!(terms.key(id).text, *iri);
                assert_eq!(terms.intern_key(&Key::iri(iri)), id);
            }
            assert_eq!(terms.len(), fixed);
        }
    }
}
