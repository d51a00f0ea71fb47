use std::io;

use super::{Mapped, QuadSink};

/// Passes on the triples of [shared nodes](crate::mapping::Rule::is_shared) alone.
#[derive(Debug)]
pub(crate) struct Descriptions<S>(S);

impl<S> Descriptions<S> {
    pub(crate) fn new(sink: S) -> Self {
        Self(sink)
    }
}

impl<S: QuadSink> QuadSink for Descriptions<S> {
    fn quad(&mut self, quad: &Mapped<'_>) -> io::Result<()> {
        if quad.rule.is_shared() { self.0.quad(quad) } else { Ok(()) }
    }

    fn describe(&mut self, key: u128) -> bool {
        self.0.describe(key)
    }
}
