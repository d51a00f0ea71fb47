use std::io;
use std::ops::Range;

use super::{KEPT, Mapped, QuadSink};
use crate::mapping::Rule;

/// The triples of a record, kept to be sent on later, once or several times.
///
/// All their text stands in one buffer, which [`clear`](Self::clear) keeps.
///
/// ```
/// use pfocr2rdf::mapping;
/// use pfocr2rdf::sink::{Mapped, QuadSink, Quads};
///
/// let rule = mapping::rules().next().unwrap();
/// let mut quads = Quads::default();
/// quads.quad(&Mapped { rule, subject: "http://example.org/s", object: "o" })?;
/// let mut copy = Quads::default();
/// quads.send(&mut copy)?;
/// assert_eq!(copy.iter().next().unwrap().object, "o");
/// # std::io::Result::Ok(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Quads {
    text: String,
    items: Vec<Item>,
}

#[derive(Clone, Copy, Debug)]
enum Item {
    Description(u128),
    /// The text from `start` holds the subject, up to `object`, and the object, up to `end`.
    Quad {
        rule: &'static Rule,
        start: usize,
        object: usize,
        end: usize,
    },
}

impl Quads {
    /// Forgets all triples, but keeps most of their memory.
    pub fn clear(&mut self) {
        self.text.clear();
        self.text.shrink_to(KEPT);
        self.items.clear();
        self.items.shrink_to(KEPT / size_of::<Item>());
    }

    /// The number of bytes of the terms.
    pub(crate) fn size(&self) -> usize {
        self.text.len()
    }

    /// The triples in their order.
    pub fn iter(&self) -> impl Iterator<Item = Mapped<'_>> {
        self.items.iter().filter_map(|item| self.mapped(*item))
    }

    /// Sends everything to a sink, as it came.
    ///
    /// # Errors
    ///
    /// Those of the sink.
    pub fn send(&self, sink: &mut impl QuadSink) -> io::Result<()> {
        self.send_range(0..self.items.len(), sink)
    }

    /// The number of items; what comes next begins there.
    pub(crate) fn len(&self) -> usize {
        self.items.len()
    }

    /// Sends the items in this range to a sink.
    pub(crate) fn send_range(
        &self,
        range: Range<usize>,
        sink: &mut impl QuadSink,
    ) -> io::Result<()> {
        let mut wanted = true;
        for item in self.items.get(range).unwrap_or_default() {
            if let Item::Description(key) = item {
                wanted = sink.describe(*key);
            } else if let Some(quad) = self.mapped(*item)
                && (wanted || !quad.rule.is_shared())
            {
                sink.quad(&quad)?;
            }
        }
        Ok(())
    }

    fn mapped(&self, item: Item) -> Option<Mapped<'_>> {
        let Item::Quad { rule, start, object, end } = item else { return None };
        let subject = self.text.get(start..object)?;
        Some(Mapped { rule, subject, object: self.text.get(object..end)? })
    }
}

impl QuadSink for Quads {
    fn quad(&mut self, quad: &Mapped<'_>) -> io::Result<()> {
        let start = self.text.len();
        self.text.push_str(quad.subject);
        let object = self.text.len();
        self.text.push_str(quad.object);
        self.items.push(Item::Quad { rule: quad.rule, start, object, end: self.text.len() });
        Ok(())
    }

    fn describe(&mut self, key: u128) -> bool {
        self.items.push(Item::Description(key));
        true
    }
}
