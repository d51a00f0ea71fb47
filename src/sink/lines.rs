use std::io;
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};
use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::once::hash_of_node;
use super::sent::Sent;
use super::{KEPT, Mapped, Part, QuadSink, Recent};
use crate::serialize::{Forms, LineFormat, Piece, Target};

/// The lines of some records, in N-Triples or N-Quads, kept until they are written in order.
///
/// Lines that describe shared nodes are kept apart, so that whoever writes them can leave out
/// those that are in the output already.
#[derive(Debug)]
pub(crate) struct Lines {
    forms: Forms,
    bytes: Vec<u8>,
    items: Vec<Item>,
}

/// A piece of the lines, each up to its `end` from the end of the one before.
#[derive(Clone, Copy, Debug)]
enum Item {
    /// Lines of the record itself.
    Own { part: Part, end: usize, number: u64 },
    /// The beginning of a description, whose lines follow unless they were sent before; `node` is a
    /// hash of what they describe.
    Description { key: u128, node: u64, is_complete: bool },
    /// A line of a description.
    Shared { part: Part, end: usize, hash: u64 },
}

/// Writes to [`Lines`] all but the descriptions that it knows.
///
/// What it knows it has sent before, so the writer, who takes everything in the same order, has
/// these lines already.
pub(crate) struct KnownDescriptions<'l> {
    lines: &'l mut Lines,
    known: &'l mut Recent,
    /// The description of which no line came yet.
    begun: Option<usize>,
}

impl<'l> KnownDescriptions<'l> {
    pub(crate) fn new(lines: &'l mut Lines, known: &'l mut Recent) -> Self {
        Self { lines, known, begun: None }
    }
}

/// Passes lines on, those that describe shared nodes once.
#[derive(Debug, Default)]
pub(crate) struct OnceLines {
    descriptions: FxHashSet<u128>,
    sent: Sent,
    /// Descriptions that only records had which were left out.
    left_out: FxHashMap<u128, LeftOut>,
    /// What is being sent; kept for its memory.
    pieces: Vec<Piece>,
}

/// A description of a node.
#[derive(Debug, Default)]
struct LeftOut {
    node: u64,
    lines: Vec<(Part, u64, Vec<u8>)>,
}

/// Sends pieces to a target, those that follow each other at once.
struct Joined<'l, T> {
    bytes: &'l [u8],
    target: &'l mut T,
    /// What was not sent yet.
    range: Range<usize>,
    pieces: &'l mut Vec<Piece>,
}

impl<T: Target> Joined<'_, T> {
    fn add(&mut self, part: Part, piece: Range<usize>, number: u64) -> io::Result<()> {
        if piece.start != self.range.end {
            self.flush()?;
            self.range.start = piece.start;
        }
        self.range.end = piece.end;
        let end = piece.end - self.range.start;
        match self.pieces.last_mut() {
            Some(last) if last.part == part => {
                (last.end, last.number) = (end, last.number + number);
            }
            _ => self.pieces.push(Piece { part, end, number }),
        }
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        if !self.pieces.is_empty() {
            let lines = self.bytes.get(self.range.clone()).unwrap_or_default();
            self.target.pieces(lines, self.pieces)?;
            self.pieces.clear();
        }
        self.range.start = self.range.end;
        Ok(())
    }
}

/// Sends the lines of a description that were left out, but those that were sent by now.
fn send_left_out(left_out: LeftOut, sent: &mut Sent, target: &mut impl Target) -> io::Result<()> {
    sent.begin(left_out.node);
    for (part, hash, line) in left_out.lines {
        if sent.insert(hash) {
            target.lines(part, &line, 1)?;
        }
    }
    Ok(())
}

impl Lines {
    pub(crate) fn new(format: LineFormat) -> Self {
        Self { forms: Forms::new(format), bytes: Vec::new(), items: Vec::new() }
    }

    /// Forgets all lines, but keeps most of their memory.
    pub(crate) fn clear(&mut self) {
        self.bytes.clear();
        self.bytes.shrink_to(KEPT);
        self.items.clear();
        self.items.shrink_to(KEPT / size_of::<Item>());
    }

    /// The number of bytes.
    pub(crate) fn size(&self) -> usize {
        self.bytes.len()
    }

    /// The number of pieces; what comes next begins there.
    pub(crate) fn len(&self) -> usize {
        self.items.len()
    }

    fn start(&self, item: usize) -> usize {
        let before = self.items.get(..item).unwrap_or_default().iter().rev();
        before.copied().find_map(Item::end).unwrap_or(0)
    }
}

impl Item {
    fn end(self) -> Option<usize> {
        match self {
            Self::Own { end, .. } | Self::Shared { end, .. } => Some(end),
            Self::Description { .. } => None,
        }
    }
}

impl QuadSink for KnownDescriptions<'_> {
    fn quad(&mut self, quad: &Mapped<'_>) -> io::Result<()> {
        let Lines { forms, bytes, items } = &mut *self.lines;
        let (start, part) = (bytes.len(), quad.rule.part);
        forms.write(quad, bytes);
        let end = bytes.len();
        if quad.rule.is_shared() {
            // What all lines of the part end with need not be hashed.
            let line = bytes.get(start..end - forms.end_length(part)).unwrap_or_default();
            let hash = xxh3_64_with_seed(line, part as u64);
            if let Some(begun) = self.begun.take().and_then(|begun| items.get_mut(begun))
                && let Item::Description { node, .. } = begun
            {
                *node = hash_of_node(quad.subject);
            }
            items.push(Item::Shared { part, end, hash });
            return Ok(());
        }
        match items.last_mut() {
            Some(Item::Own { part: last, end: last_end, number }) if *last == part => {
                (*last_end, *number) = (end, *number + 1);
            }
            _ => items.push(Item::Own { part, end, number: 1 }),
        }
        Ok(())
    }

    fn describe(&mut self, key: u128) -> bool {
        let is_complete = self.known.insert(key);
        self.begun = is_complete.then_some(self.lines.items.len());
        self.lines.items.push(Item::Description { key, node: 0, is_complete });
        is_complete
    }

    fn remembers(&self) -> bool {
        true
    }
}

impl OnceLines {
    /// Sends the pieces in this range to a target.
    pub(crate) fn send(
        &mut self,
        lines: &Lines,
        range: Range<usize>,
        target: &mut impl Target,
    ) -> io::Result<()> {
        let mut start = lines.start(range.start);
        let mut is_wanted = true;
        let pieces = &mut self.pieces;
        let mut joined = Joined { bytes: &lines.bytes, target, range: start..start, pieces };
        for item in lines.items.get(range).unwrap_or_default() {
            match *item {
                Item::Own { part, end, number } => joined.add(part, start..end, number)?,
                Item::Description { key, node, is_complete } => {
                    // What a worker knows is in the output, unless its record was left out.
                    let can_be_new = is_complete || !self.left_out.is_empty();
                    is_wanted = can_be_new && self.descriptions.insert(key);
                    if is_wanted && is_complete {
                        self.sent.begin(node);
                    } else if is_wanted {
                        joined.flush()?;
                        let left_out = self.left_out.remove(&key).unwrap_or_default();
                        send_left_out(left_out, &mut self.sent, joined.target)?;
                    }
                }
                Item::Shared { part, end, hash } => {
                    if is_wanted && self.sent.insert(hash) {
                        joined.add(part, start..end, 1)?;
                    }
                }
            }
            start = item.end().unwrap_or(start);
        }
        joined.flush()
    }

    /// Leaves out a record, but keeps its descriptions: later records may count on them.
    pub(crate) fn leave_out(&mut self, lines: &Lines, range: Range<usize>) {
        let mut start = lines.start(range.start);
        let mut description = None;
        for item in lines.items.get(range).unwrap_or_default() {
            match *item {
                Item::Description { key, node, is_complete } => {
                    let is_new = is_complete && !self.descriptions.contains(&key);
                    description = is_new.then_some((key, node));
                }
                Item::Shared { part, end, hash } => {
                    if let Some((key, node)) = description {
                        let line = lines.bytes.get(start..end).unwrap_or_default().to_vec();
                        let left_out = self.left_out.entry(key).or_default();
                        left_out.node = node;
                        left_out.lines.push((part, hash, line));
                    }
                }
                Item::Own { .. } => {}
            }
            start = item.end().unwrap_or(start);
        }
    }
}
