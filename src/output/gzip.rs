//! One gzip member from several threads.
//!
//! The bytes are cut into blocks of the same size, each block is deflated by itself and ends with
//! a sync flush, and the blocks follow each other in one member: readers that stop after the
//! first member, as some do, miss nothing. The bytes do not depend on the number of threads.

use std::collections::VecDeque;
use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::thread;

use flate2::{Compress, Compression, Crc, FlushCompress};

/// The number of bytes that are compressed at once.
const BLOCK: usize = 1 << 20;
/// Magic number, deflate, no flags, no time, no extra flags, unknown system:
/// [RFC 1952](https://www.rfc-editor.org/rfc/rfc1952#section-2.3).
const HEADER: [u8; 10] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF];
/// An empty last block: [RFC 1951](https://www.rfc-editor.org/rfc/rfc1951#section-3.2.3).
const END: [u8; 2] = [0x03, 0x00];

/// Compresses what is written to it.
pub(super) struct Gzip<W: Write> {
    writer: W,
    block: Vec<u8>,
    crc: Crc,
    threads: VecDeque<Deflater>,
    /// How many blocks are with the threads; the first thread has the oldest.
    waiting: usize,
}

/// A thread that compresses blocks, in order.
struct Deflater {
    blocks: SyncSender<Vec<u8>>,
    deflated: Receiver<io::Result<(Vec<u8>, Crc)>>,
}

impl<W: Write> Gzip<W> {
    pub(super) fn new(
        mut writer: W,
        threads: NonZeroUsize,
        level: Compression,
    ) -> io::Result<Self> {
        writer.write_all(&HEADER)?;
        let threads = (0..threads.get()).map(|_| Deflater::start(level)).collect();
        Ok(Self { writer, block: Vec::with_capacity(BLOCK), crc: Crc::new(), threads, waiting: 0 })
    }

    /// Hands the block to the next thread, after that has given back the one before.
    fn send(&mut self) -> io::Result<()> {
        if self.waiting == self.threads.len() {
            self.receive()?;
        }
        let block = std::mem::replace(&mut self.block, Vec::with_capacity(BLOCK));
        if let Some(thread) = self.threads.get(self.waiting) {
            thread.blocks.send(block).map_err(|_| ended())?;
            self.waiting += 1;
        }
        Ok(())
    }

    /// Writes the oldest block.
    fn receive(&mut self) -> io::Result<()> {
        let Some(thread) = self.threads.front() else { return Ok(()) };
        let (deflated, crc) = thread.deflated.recv().map_err(|_| ended())??;
        self.threads.rotate_left(1);
        self.waiting -= 1;
        self.crc.combine(&crc);
        self.writer.write_all(&deflated)
    }

    /// Ends the member.
    pub(super) fn finish(mut self) -> io::Result<W> {
        if !self.block.is_empty() {
            self.send()?;
        }
        while self.waiting > 0 {
            self.receive()?;
        }
        self.writer.write_all(&END)?;
        self.writer.write_all(&self.crc.sum().to_le_bytes())?;
        self.writer.write_all(&self.crc.amount().to_le_bytes())?;
        Ok(self.writer)
    }
}

impl<W: Write> Write for Gzip<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let free = BLOCK - self.block.len();
        let taken = bytes.get(..free.min(bytes.len())).unwrap_or_default();
        self.block.extend_from_slice(taken);
        if self.block.len() == BLOCK {
            self.send()?;
        }
        Ok(taken.len())
    }

    /// Does nothing: where blocks end must not depend on how they are written.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Deflater {
    fn start(level: Compression) -> Self {
        let (blocks, received) = mpsc::sync_channel::<Vec<u8>>(1);
        let (sender, deflated) = mpsc::sync_channel(1);
        thread::spawn(move || {
            let mut compress = Compress::new(level, false);
            for block in received {
                let mut crc = Crc::new();
                crc.update(&block);
                let result = deflate(&mut compress, &block).map(|bytes| (bytes, crc));
                if sender.send(result).is_err() {
                    return;
                }
            }
        });
        Self { blocks, deflated }
    }
}

/// The block as raw deflate data that end at a byte.
fn deflate(compress: &mut Compress, block: &[u8]) -> io::Result<Vec<u8>> {
    compress.reset();
    let mut deflated = Vec::with_capacity(block.len() / 4 + 1024);
    loop {
        let done = usize::try_from(compress.total_in()).unwrap_or(usize::MAX);
        let rest = block.get(done..).unwrap_or_default();
        compress.compress_vec(rest, &mut deflated, FlushCompress::Sync)?;
        // Room that is left shows that nothing is held back.
        if deflated.len() < deflated.capacity() {
            return Ok(deflated);
        }
        deflated.reserve(deflated.capacity());
    }
}

fn ended() -> io::Error {
    io::Error::other("a thread that compresses has ended")
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use flate2::bufread::GzDecoder;

    use super::*;

    fn gzip(bytes: &[u8], threads: usize, piece: usize) -> Vec<u8> {
        let threads = NonZeroUsize::new(threads).unwrap();
        let mut gzip = Gzip::new(Vec::new(), threads, Compression::default()).unwrap();
        bytes.chunks(piece).for_each(|piece| gzip.write_all(piece).unwrap());
        gzip.finish().unwrap()
    }

    /// Bytes that compress well in some places and badly in others.
    fn bytes(length: usize) -> Vec<u8> {
        let mut state = 1_u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state.to_be_bytes()[0]
        };
        (0..length).map(|at| if at / 300_000 % 2 == 0 { next() } else { b'x' }).collect()
    }

    #[test]
    fn blocks_are_whole_at_every_level() {
        let bytes = bytes(700_000);
        for level in 0..=9 {
            for length in (0..40).map(|n| n * n * 440).chain(23_290..23_310) {
                let mut compress = Compress::new(Compression::new(level), false);
                let block = &bytes[..length];
                let mut deflated = deflate(&mut compress, block).unwrap();
                deflated.extend(END);
                let mut decoded = Vec::new();
                let mut reader = flate2::bufread::DeflateDecoder::new(deflated.as_slice());
                let read = reader.read_to_end(&mut decoded);
                assert!(read.is_ok() && decoded == block, "level {level}, {length} bytes");
            }
        }
    }

    #[test]
    fn one_member_holds_everything_for_every_number_of_threads() {
        for length in [0, 1, BLOCK - 1, BLOCK, 3 * BLOCK + 7] {
            let bytes = bytes(length);
            let expected = gzip(&bytes, 1, 1000);
            let mut reader = GzDecoder::new(expected.as_slice());
            let mut decoded = Vec::new();
            reader.read_to_end(&mut decoded).unwrap();
            assert!(decoded == bytes, "{length} bytes");
            assert!(reader.into_inner().is_empty(), "one member and nothing behind it");
            for threads in 2..4 {
                assert!(gzip(&bytes, threads, 77_777) == expected, "{threads} threads");
            }
        }
    }
}
