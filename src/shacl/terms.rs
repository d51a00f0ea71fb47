//! Terms as numbers.

use std::hash::{BuildHasher, BuildHasherDefault};

use hashbrown::HashTable;
use oxrdf::vocab::{rdf, xsd};
use oxrdf::{BlankNodeRef, LiteralRef, NamedNodeRef, NamedOrBlankNodeRef, TermRef};
use rustc_hash::FxHasher;

use super::vocab;

/// A term: its position in a [`Lexicon`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct TermId(pub(crate) u32);

impl TermId {
    pub(crate) const MAX: Self = Self(u32::MAX);

    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// The three kinds of [RDF terms](https://www.w3.org/TR/rdf11-concepts/#dfn-rdf-term).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    Iri,
    BlankNode,
    Literal,
}

/// What tells one term from all others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Key<'a> {
    pub(crate) kind: Kind,
    /// The IRI, the label of the blank node, or the lexical form.
    pub(crate) text: &'a str,
    /// The datatype of a literal; [`TermId::MAX`] for other terms.
    pub(crate) datatype: TermId,
    /// The language tag of a literal, or nothing.
    pub(crate) language: &'a str,
}

impl<'a> Key<'a> {
    pub(crate) fn iri(text: &'a str) -> Self {
        Self { kind: Kind::Iri, text, datatype: TermId::MAX, language: "" }
    }

    pub(crate) fn blank_node(text: &'a str) -> Self {
        Self { kind: Kind::BlankNode, ..Self::iri(text) }
    }

    fn literal(text: &'a str, datatype: TermId, language: &'a str) -> Self {
        Self { kind: Kind::Literal, text, datatype, language }
    }

    fn hash(&self) -> u64 {
        BuildHasherDefault::<FxHasher>::default().hash_one(self)
    }
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    hash: u64,
    start: usize,
    text: u32,
    language: u32,
    datatype: TermId,
    kind: Kind,
}

/// A set of terms in one buffer of text, numbered from `first` on.
#[derive(Debug, Clone, Default)]
struct Table {
    first: u32,
    text: String,
    entries: Vec<Entry>,
    ids: HashTable<u32>,
}

impl Table {
    fn len(&self) -> u32 {
        u32::try_from(self.entries.len()).unwrap_or(u32::MAX)
    }

    fn clear(&mut self) {
        self.text.clear();
        self.entries.clear();
        self.ids.clear();
    }

    fn key(&self, entry: &Entry) -> Key<'_> {
        let middle = entry.start + entry.text as usize;
        Key {
            kind: entry.kind,
            text: self.text.get(entry.start..middle).unwrap_or_default(),
            datatype: entry.datatype,
            language: self.text.get(middle..middle + entry.language as usize).unwrap_or_default(),
        }
    }

    fn entry(&self, id: TermId) -> Option<&Entry> {
        self.entries.get(id.index().checked_sub(self.first as usize)?)
    }

    fn get(&self, id: TermId) -> Option<Key<'_>> {
        self.entry(id).map(|entry| self.key(entry))
    }

    /// Whether an entry has this key. Empty languages are left alone: to compare two of them can
    /// take longer than to compare two IRIs, as they lie nowhere.
    fn is(&self, entry: &Entry, key: &Key<'_>) -> bool {
        let text = |start: usize, length: usize| self.text.as_bytes().get(start..start + length);
        let (length, language) = (entry.text as usize, entry.language as usize);
        length == key.text.len()
            && language == key.language.len()
            && entry.kind == key.kind
            && entry.datatype == key.datatype
            && text(entry.start, length) == Some(key.text.as_bytes())
            && (language == 0
                || text(entry.start + length, language) == Some(key.language.as_bytes()))
    }

    fn find(&self, hash: u64, key: &Key<'_>) -> Option<TermId> {
        let is_key = |position: &u32| {
            self.entries.get(*position as usize).is_some_and(|entry| self.is(entry, key))
        };
        self.ids.find(hash, is_key).map(|position| TermId(self.first + position))
    }

    fn insert(&mut self, hash: u64, key: &Key<'_>) -> TermId {
        let position = self.len();
        self.entries.push(Entry {
            hash,
            start: self.text.len(),
            text: u32::try_from(key.text.len()).unwrap_or(u32::MAX),
            language: u32::try_from(key.language.len()).unwrap_or(u32::MAX),
            datatype: key.datatype,
            kind: key.kind,
        });
        self.text.push_str(key.text);
        self.text.push_str(key.language);
        let entries = &self.entries;
        self.ids.insert_unique(hash, position, |position| {
            entries.get(*position as usize).map_or(0, |entry| entry.hash)
        });
        TermId(self.first + position)
    }
}

/// The fixed terms of a compiled shapes graph.
#[derive(Debug, Clone)]
pub(crate) struct Fixed {
    table: Table,
    /// A bit for some bits of each hash: most terms of records are seen not to be here at once.
    filter: [u64; 1 << (FILTER_BITS - 6)],
}

const FILTER_BITS: u32 = 13;

impl Fixed {
    /// The terms of [`vocab::KNOWN`], in their order.
    pub(crate) fn new() -> Self {
        let filter = [0; 1 << (FILTER_BITS - 6)];
        let mut fixed = Self { table: Table::default(), filter };
        for iri in vocab::KNOWN {
            let key = Key::iri(iri);
            fixed.insert(key.hash(), &key);
        }
        fixed
    }

    pub(crate) fn len(&self) -> u32 {
        self.table.len()
    }

    fn find(&self, hash: u64, key: &Key<'_>) -> Option<TermId> {
        let (word, bit) = place_in_filter(hash);
        let is_possible = self.filter.get(word).is_some_and(|word| word & bit != 0);
        is_possible.then(|| self.table.find(hash, key)).flatten()
    }

    fn insert(&mut self, hash: u64, key: &Key<'_>) -> TermId {
        let (word, bit) = place_in_filter(hash);
        if let Some(word) = self.filter.get_mut(word) {
            *word |= bit;
        }
        self.table.insert(hash, key)
    }

    pub(crate) fn intern(&mut self, term: TermRef<'_>) -> TermId {
        let key = key_of(term, |datatype| self.intern(datatype.into()));
        let hash = key.hash();
        match self.find(hash, &key) {
            Some(id) => id,
            None => self.insert(hash, &key),
        }
    }
}

/// The word and the bit of a filter that stand for a hash.
fn place_in_filter(hash: u64) -> (usize, u64) {
    // The upper bits choose the word, the lower ones are those of the hash table.
    let bits = (hash >> (64 - FILTER_BITS)) as usize;
    (bits >> 6, 1 << (bits & 63))
}

/// The terms of one record: numbered above the fixed ones, forgotten after the record.
#[derive(Debug, Default)]
pub(crate) struct Local(Table);

impl Local {
    pub(crate) fn new(fixed: &Fixed) -> Self {
        Self(Table { first: fixed.len(), ..Table::default() })
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// Whether there are more terms than ids.
    pub(crate) fn is_full(&self) -> bool {
        self.0.first.checked_add(self.0.len()).is_none_or(|next| next == u32::MAX)
    }

    /// The id of a node, which may be the same as that of the last one.
    pub(crate) fn intern_after(
        &mut self,
        last: TermId,
        fixed: &Fixed,
        node: NamedOrBlankNodeRef<'_>,
    ) -> TermId {
        let key = key_of(node.into(), |_| TermId::MAX);
        match self.0.entry(last) {
            Some(entry) if self.0.is(entry, &key) => last,
            _ => self.intern(fixed, node.into()),
        }
    }

    pub(crate) fn intern(&mut self, fixed: &Fixed, term: TermRef<'_>) -> TermId {
        let key = key_of(term, |datatype| self.intern(fixed, datatype.into()));
        let hash = key.hash();
        if let Some(id) = fixed.find(hash, &key).or_else(|| self.0.find(hash, &key)) {
            return id;
        }
        self.0.insert(hash, &key)
    }
}

fn key_of<'a>(term: TermRef<'a>, intern: impl FnOnce(NamedNodeRef<'a>) -> TermId) -> Key<'a> {
    match term {
        TermRef::NamedNode(node) => Key::iri(node.as_str()),
        TermRef::BlankNode(node) => Key::blank_node(node.as_str()),
        TermRef::Literal(literal) => {
            let datatype = match literal.datatype() {
                xsd::STRING => vocab::XSD_STRING,
                rdf::LANG_STRING => vocab::RDF_LANG_STRING,
                other => intern(other),
            };
            Key::literal(literal.value(), datatype, literal.language().unwrap_or_default())
        }
    }
}

/// The terms an engine sees: the fixed ones and those of the record.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lexicon<'a> {
    fixed: &'a Fixed,
    local: Option<&'a Local>,
}

impl<'a> Lexicon<'a> {
    pub(crate) fn new(fixed: &'a Fixed, local: &'a Local) -> Self {
        Self { fixed, local: Some(local) }
    }

    pub(crate) fn of_fixed(fixed: &'a Fixed) -> Self {
        Self { fixed, local: None }
    }

    pub(crate) fn key(self, id: TermId) -> Key<'a> {
        let local = || self.local.and_then(|local| local.0.get(id));
        self.fixed.table.get(id).or_else(local).unwrap_or(Key::iri(""))
    }

    /// The id of a term, if it has one.
    pub(crate) fn find(self, term: TermRef<'_>) -> Option<TermId> {
        let mut known = true;
        let key = key_of(term, |datatype| {
            let id = self.find(datatype.into());
            known = id.is_some();
            id.unwrap_or(TermId::MAX)
        });
        let hash = key.hash();
        let local = || self.local.and_then(|local| local.0.find(hash, &key));
        known.then(|| self.fixed.find(hash, &key).or_else(local)).flatten()
    }

    pub(crate) fn kind(self, id: TermId) -> Kind {
        let local = || self.local.and_then(|local| local.0.entry(id));
        self.fixed.table.entry(id).or_else(local).map_or(Kind::Iri, |entry| entry.kind)
    }

    pub(crate) fn term(self, id: TermId) -> TermRef<'a> {
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
}

#[cfg(test)]
mod tests {
    use oxrdf::vocab::xsd;

    use super::*;

    #[test]
    fn terms_come_back_as_they_went_in() {
        let fixed = Fixed::new();
        let mut local = Local::new(&fixed);
        let terms: [TermRef<'_>; 6] = [
            NamedNodeRef::new_unchecked("http://example.com/a").into(),
            BlankNodeRef::new_unchecked("a").into(),
            LiteralRef::new_simple_literal("a").into(),
            LiteralRef::new_language_tagged_literal_unchecked("a", "en").into(),
            LiteralRef::new_typed_literal("1", xsd::INTEGER).into(),
            LiteralRef::new_typed_literal("01", xsd::INTEGER).into(),
        ];
        let ids = terms.map(|term| local.intern(&fixed, term));
        let again = terms.map(|term| local.intern(&fixed, term));
        assert_eq!(ids, again);
        let lexicon = Lexicon::new(&fixed, &local);
        assert_eq!(ids.map(|id| lexicon.term(id)), terms);
        assert_eq!(terms.map(|term| lexicon.find(term)), ids.map(Some));
    }

    #[test]
    fn constants_are_the_fixed_terms() {
        let fixed = Fixed::new();
        let lexicon = Lexicon::of_fixed(&fixed);
        assert_eq!(lexicon.key(vocab::MIN_COUNT).text, "http://www.w3.org/ns/shacl#minCount");
        assert_eq!(fixed.len() as usize, vocab::KNOWN.len());
    }
}
