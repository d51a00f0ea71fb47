use std::hash::{Hash, Hasher};
use std::io;

use rustc_hash::FxHashSet;
use xxhash_rust::xxh3::{Xxh3, xxh3_64, xxh3_128};

use super::sent::Sent;
use super::{Mapped, QuadSink};

/// Passes on every triple of a record, and those of shared nodes at their first mention only.
///
/// Two descriptions of a node that differ are both written, each triple once. Of a triple two hashes
/// of 64 bits are remembered, one of its subject and one of the whole.
///
/// ```
/// use pfocr2rdf::sink::{Once, QuadSink, Quads};
///
/// let mut once = Once::new(Quads::default());
/// assert!(once.describe(7));
/// assert!(!once.describe(7));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Once<S> {
    sink: S,
    descriptions: FxHashSet<u128>,
    sent: Sent,
}

impl<S> Once<S> {
    /// A filter in front of a sink.
    pub fn new(sink: S) -> Self {
        Self { sink, descriptions: FxHashSet::default(), sent: Sent::default() }
    }

    /// The sink behind.
    pub fn sink(&self) -> &S {
        &self.sink
    }

    /// The sink behind.
    pub fn sink_mut(&mut self) -> &mut S {
        &mut self.sink
    }

    /// The sink behind.
    pub fn into_inner(self) -> S {
        self.sink
    }
}

impl<S: QuadSink> QuadSink for Once<S> {
    fn quad(&mut self, quad: &Mapped<'_>) -> io::Result<()> {
        if quad.rule.is_shared() {
            self.sent.begin(hash_of_node(quad.subject));
            if !self.sent.insert(hash(quad)) {
                return Ok(());
            }
        }
        self.sink.quad(quad)
    }

    fn describe(&mut self, key: u128) -> bool {
        self.descriptions.insert(key) && self.sink.describe(key)
    }
}

/// A hash of a subject that is the same in every run.
pub(super) fn hash_of_node(iri: &str) -> u64 {
    xxh3_64(iri.as_bytes())
}

/// A hash of the quad that is the same in every run.
fn hash(quad: &Mapped<'_>) -> u64 {
    let mut hasher = Xxh3::new();
    quad.rule.part.hash(&mut hasher);
    quad.triple().hash(&mut hasher);
    hasher.digest()
}

/// A 128-bit hash of what is fed to the hasher; the same in every run.
pub(crate) fn fingerprint(feed: impl FnOnce(&mut Xxh3)) -> u128 {
    let mut hasher = Xxh3::new();
    feed(&mut hasher);
    hasher.digest128()
}

/// The same of a value. What is hashed is gathered first, since many small pieces take longer.
pub(crate) fn fingerprint_of(value: impl Hash, buffer: &mut Vec<u8>) -> u128 {
    buffer.clear();
    value.hash(&mut Gather(buffer));
    xxh3_128(buffer)
}

struct Gather<'b>(&'b mut Vec<u8>);

impl Hasher for Gather<'_> {
    fn write(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    fn finish(&self) -> u64 {
        xxh3_64(self.0)
    }
}
