use std::io;
use std::mem;
use std::sync::mpsc::{self, SyncSender};
use std::thread::{self, JoinHandle};

use oxttl::turtle::WriterTurtleSerializer;
use oxttl::{NTriplesParser, TurtleSerializer};

use super::canonical::Canonical;
use crate::output::Output;
use crate::sink::Part;
use crate::statistics::Statistics;

/// How many blocks wait to be entered.
const QUEUE: usize = 4;

/// What is kept of the triples of a release while they are written, in a thread of its own.
pub(super) struct Books {
    blocks: SyncSender<(Part, Vec<u8>)>,
    thread: JoinHandle<io::Result<Accounts>>,
}

/// What the [`Books`] say in the end.
pub(super) struct Accounts {
    pub(super) statistics: Statistics,
    pub(super) canonical: Canonical,
    turtle: Option<Turtle>,
}

/// The same triples in Turtle.
type Turtle = WriterTurtleSerializer<Output>;

impl Books {
    /// Opens the books; with `turtle`, triples are written to that as well.
    pub(super) fn open(turtle: Option<(TurtleSerializer, Output)>) -> Self {
        let (blocks, received) = mpsc::sync_channel::<(Part, Vec<u8>)>(QUEUE);
        let turtle = turtle.map(|(serializer, output)| serializer.for_writer(output));
        let thread = thread::spawn(move || {
            let (statistics, canonical) = (super::statistics(), Canonical::default());
            let mut accounts = Accounts { statistics, canonical, turtle };
            received.iter().try_for_each(|(part, lines)| accounts.enter(part, &lines))?;
            Ok(accounts)
        });
        Self { blocks, thread }
    }

    /// Enters lines of N-Triples, and leaves the buffer empty.
    pub(super) fn enter(&self, part: Part, lines: &mut Vec<u8>) -> io::Result<()> {
        let room = Vec::with_capacity(lines.capacity());
        let block = mem::replace(lines, room);
        // If the thread is gone, closing tells why.
        self.blocks.send((part, block)).map_err(|_| io::Error::other("the books are closed"))
    }

    /// Closes the books.
    pub(super) fn close(self) -> io::Result<Accounts> {
        drop(self.blocks);
        let ended = |_| io::Error::other("the thread that counts has ended");
        let mut accounts = self.thread.join().map_err(ended)??;
        if let Some(turtle) = accounts.turtle.take() {
            turtle.finish()?.finish().map_err(crate::Error::into_cause)?;
        }
        Ok(accounts)
    }
}

impl Accounts {
    fn enter(&mut self, part: Part, lines: &[u8]) -> io::Result<()> {
        self.statistics.add(part, lines);
        self.canonical.add(lines)?;
        if let Some(turtle) = &mut self.turtle {
            for triple in NTriplesParser::new().for_slice(lines) {
                turtle.serialize_triple(&triple.map_err(io::Error::other)?)?;
            }
        }
        Ok(())
    }
}
