//! A graph as sorted vectors of interned triples.

use std::ops::Range;

use super::terms::TermId;
use super::vocab;

/// The most triples one graph may have, and so the largest origin.
pub(crate) const NO_ORIGIN: u32 = u32::MAX;

/// A triple, and what the caller calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Fact {
    pub(crate) subject: TermId,
    pub(crate) predicate: TermId,
    pub(crate) object: TermId,
    pub(crate) origin: u32,
}

impl Fact {
    /// A number that sorts by predicate and object: faster than comparing two.
    fn key(&self) -> u64 {
        u64::from(self.predicate.0) << 32 | u64::from(self.object.0)
    }
}

/// Which orders a graph must have besides (subject, predicate, object).
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Orders {
    /// By (object, predicate, subject): for inverse paths.
    pub(crate) inverse: bool,
    /// By (predicate, subject, object): for queries.
    pub(crate) predicate: bool,
}

/// A graph; look-up is by position for a subject, else binary search.
#[derive(Debug, Clone, Default)]
pub(crate) struct Graph {
    facts: Vec<Fact>,
    /// Where the triples of each subject begin and end; nowhere for other terms.
    ranges: Vec<Range<u32>>,
    /// The subjects, each once if all its triples follow each other.
    subjects: Vec<TermId>,
    by_object: Vec<Fact>,
    by_predicate: Vec<Fact>,
    /// How many triples there were when they were sorted.
    indexed: usize,
}

impl Graph {
    #[cfg(feature = "sparql")]
    pub(crate) const fn new() -> Self {
        Self {
            facts: Vec::new(),
            ranges: Vec::new(),
            subjects: Vec::new(),
            by_object: Vec::new(),
            by_predicate: Vec::new(),
            indexed: 0,
        }
    }

    pub(crate) fn clear(&mut self) {
        self.facts.clear();
        self.forget_ranges();
        self.by_object.clear();
        self.by_predicate.clear();
        self.indexed = 0;
    }

    pub(crate) fn push(&mut self, fact: Fact) {
        self.facts.push(fact);
    }

    /// Whether no triple has come since they were sorted.
    pub(crate) fn is_indexed(&self) -> bool {
        self.indexed == self.facts.len()
    }

    /// Sorts the triples and drops the repeated ones; the first origin of each stays.
    pub(crate) fn index(&mut self, orders: Orders) {
        if !self.sort_runs() {
            let key = |fact: &Fact| (fact.subject, fact.predicate, fact.object, fact.origin);
            self.facts.sort_unstable_by_key(key);
            self.facts.dedup_by_key(|fact| (fact.subject, fact.predicate, fact.object));
            self.sort_runs();
        }
        if orders.inverse {
            self.by_object.clone_from(&self.facts);
            self.by_object.sort_unstable_by_key(|fact| (fact.object, fact.predicate, fact.subject));
        }
        if orders.predicate {
            self.by_predicate.clone_from(&self.facts);
            self.by_predicate.sort_by_key(|fact| fact.predicate);
        }
        self.indexed = self.facts.len();
    }

    /// Sorts the triples of each subject, and notes where they are. Says whether that is all: no
    /// subject comes again after others, and no triple.
    fn sort_runs(&mut self) -> bool {
        self.forget_ranges();
        let (mut start, mut is_all) = (0, true);
        for run in self.facts.chunk_by_mut(|left, right| left.subject == right.subject) {
            let is_before = |fact: &Fact, next: &Fact| fact.key() < next.key();
            if !run.is_sorted_by(is_before) {
                run.sort_unstable_by_key(Fact::key);
                is_all &= run.is_sorted_by(is_before);
            }
            let end = start + length(run);
            let subject = run.first().map_or(TermId::default(), |fact| fact.subject);
            self.subjects.push(subject);
            if self.ranges.len() <= subject.index() {
                self.ranges.resize(subject.index() + 1, 0..0);
            }
            if let Some(range) = self.ranges.get_mut(subject.index()) {
                is_all &= range.start == range.end;
                *range = start..end;
            }
            start = end;
        }
        is_all
    }

    /// Most terms are no subjects: it takes less time to forget the ranges of those that are.
    fn forget_ranges(&mut self) {
        for subject in self.subjects.drain(..) {
            if let Some(range) = self.ranges.get_mut(subject.index()) {
                *range = 0..0;
            }
        }
    }

    /// All triples: those of a subject one after the other, by predicate and object.
    pub(crate) fn facts(&self) -> &[Fact] {
        &self.facts
    }

    /// The triples with a subject.
    pub(crate) fn subject(&self, subject: TermId) -> &[Fact] {
        let range = self.ranges.get(subject.index()).cloned().unwrap_or_default();
        self.facts.get(range.start as usize..range.end as usize).unwrap_or_default()
    }

    /// The triples that give a node a class: their predicate is the first of all terms.
    fn types(&self, node: TermId) -> impl Iterator<Item = &Fact> {
        self.subject(node).iter().take_while(|fact| fact.predicate == vocab::RDF_TYPE)
    }

    /// The triples with a subject and a predicate, by object.
    pub(crate) fn outgoing(&self, subject: TermId, predicate: TermId) -> &[Fact] {
        range(self.subject(subject), |fact| fact.predicate, predicate)
    }

    /// The triples with an object and a predicate, by subject: [`Orders::inverse`] is needed.
    pub(crate) fn incoming(&self, object: TermId, predicate: TermId) -> &[Fact] {
        range(&self.by_object, |fact| (fact.object, fact.predicate), (object, predicate))
    }

    /// The triples with an object: [`Orders::inverse`] is needed.
    pub(crate) fn object(&self, object: TermId) -> &[Fact] {
        range(&self.by_object, |fact| fact.object, object)
    }

    /// The triple of three terms, if it is there.
    #[cfg(feature = "sparql")]
    pub(crate) fn triple(&self, subject: TermId, predicate: TermId, object: TermId) -> &[Fact] {
        let key = (predicate, object);
        range(self.subject(subject), |fact| (fact.predicate, fact.object), key)
    }

    /// The triples with a predicate: [`Orders::predicate`] is needed.
    pub(crate) fn predicate(&self, predicate: TermId) -> &[Fact] {
        range(&self.by_predicate, |fact| fact.predicate, predicate)
    }

    pub(crate) fn contains(&self, subject: TermId, predicate: TermId, object: TermId) -> bool {
        let key = (predicate, object);
        let facts = self.subject(subject);
        facts.binary_search_by_key(&key, |fact| (fact.predicate, fact.object)).is_ok()
    }
}

fn length(facts: &[Fact]) -> u32 {
    u32::try_from(facts.len()).unwrap_or(u32::MAX)
}

/// The triples with a key, of triples that are sorted by it.
fn range<K: Ord + Copy>(facts: &[Fact], key: impl Fn(&Fact) -> K, wanted: K) -> &[Fact] {
    let start = facts.partition_point(|fact| key(fact) < wanted);
    let rest = facts.get(start..).unwrap_or_default();
    let length = rest.iter().take_while(|fact| key(fact) == wanted).count();
    rest.get(..length).unwrap_or_default()
}

/// What an engine looks at: the triples of the record and the fixed ones.
#[derive(Debug, Clone, Copy)]
pub(crate) struct View<'a> {
    pub(crate) record: &'a Graph,
    pub(crate) background: &'a Graph,
}

impl<'a> View<'a> {
    pub(crate) fn outgoing(
        self,
        subject: TermId,
        predicate: TermId,
    ) -> impl Iterator<Item = Fact> + 'a {
        self.merge(
            self.record.outgoing(subject, predicate),
            self.background.outgoing(subject, predicate),
        )
    }

    /// The classes of a node.
    pub(crate) fn types(self, node: TermId) -> impl Iterator<Item = TermId> {
        self.record.types(node).chain(self.background.types(node)).map(|fact| fact.object)
    }

    /// The triples of a subject, if none of them are fixed ones.
    pub(crate) fn only_subject(self, subject: TermId) -> Option<&'a [Fact]> {
        self.background.subject(subject).is_empty().then(|| self.record.subject(subject))
    }

    pub(crate) fn incoming(
        self,
        object: TermId,
        predicate: TermId,
    ) -> impl Iterator<Item = Fact> + 'a {
        self.merge(
            self.record.incoming(object, predicate),
            self.background.incoming(object, predicate),
        )
    }

    pub(crate) fn subject(self, subject: TermId) -> impl Iterator<Item = Fact> + 'a {
        self.merge(self.record.subject(subject), self.background.subject(subject))
    }

    /// A triple that is in both graphs is that of the record.
    pub(crate) fn merge(
        self,
        record: &'a [Fact],
        background: &'a [Fact],
    ) -> impl Iterator<Item = Fact> + 'a {
        let fixed = background.iter().filter(move |fact| {
            record.is_empty() || !self.record.contains(fact.subject, fact.predicate, fact.object)
        });
        record.iter().chain(fixed).copied()
    }
}
