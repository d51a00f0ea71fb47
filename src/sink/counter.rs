use std::io;

use super::{Mapped, Part, QuadSink};
use crate::serialize::{LineFormat, Piece, Target};

/// Counts the triples of each part on their way to another sink.
///
/// ```
/// use pfocr2rdf::sink::{Counter, Part, Quads};
///
/// let counter = Counter::new(Quads::default());
/// assert_eq!(counter.count(Part::Core), 0);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Counter<S> {
    sink: S,
    counts: [u64; 4],
}

impl<S> Counter<S> {
    /// A counter in front of a sink.
    pub fn new(sink: S) -> Self {
        Self { sink, counts: [0; 4] }
    }

    /// The number of triples of a part so far.
    #[must_use]
    pub fn count(&self, part: Part) -> u64 {
        self.counts.get(part as usize).copied().unwrap_or_default()
    }

    fn add(&mut self, part: Part, number: u64) {
        if let Some(count) = self.counts.get_mut(part as usize) {
            *count += number;
        }
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

impl<S: QuadSink> QuadSink for Counter<S> {
    fn quad(&mut self, quad: &Mapped<'_>) -> io::Result<()> {
        self.add(quad.rule.part, 1);
        self.sink.quad(quad)
    }

    fn describe(&mut self, key: u128) -> bool {
        self.sink.describe(key)
    }
}

impl<T: Target> Target for Counter<T> {
    fn line_format(&self) -> Option<LineFormat> {
        self.sink.line_format()
    }

    fn lines(&mut self, part: Part, lines: &[u8], number: u64) -> io::Result<()> {
        self.add(part, number);
        self.sink.lines(part, lines, number)
    }

    fn pieces(&mut self, lines: &[u8], pieces: &[Piece]) -> io::Result<()> {
        for piece in pieces {
            self.add(piece.part, piece.number);
        }
        self.sink.pieces(lines, pieces)
    }

    fn end_record(&mut self) -> io::Result<()> {
        self.sink.end_record()
    }
}
