use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Seek, Write};

use sha2::{Digest, Sha256};

/// How many bytes are sorted at once, in memory.
const RUN: usize = 64 << 20;

/// The hash of a set of lines, whatever their order and however often each comes.
///
/// It is the SHA-256 of what `LC_ALL=C sort -u` writes. For N-Triples without blank nodes that is
/// the hash of the graph in its [canonical form](https://www.w3.org/TR/rdf-canon/).
///
/// Lines are sorted in runs of 64 MiB, which wait in compressed temporary files, so memory is
/// bounded: one run, and about 1 MiB for each when they are merged.
///
/// ```
/// use pfocr2rdf::release::Canonical;
///
/// let mut canonical = Canonical::default();
/// canonical.add(b"b\na\n")?;
/// canonical.add(b"b\n")?;
/// let hash = canonical.finish()?;
/// // printf 'a\nb\n' | sha256sum
/// assert_eq!(&hash[..16], "911169ddaaf146af");
/// # std::io::Result::Ok(())
/// ```
#[derive(Debug)]
pub struct Canonical {
    /// Lines, each with its end.
    lines: Vec<u8>,
    /// How many bytes are sorted at once.
    run: usize,
    runs: Vec<File>,
}

impl Default for Canonical {
    fn default() -> Self {
        Self { lines: Vec::new(), run: RUN, runs: Vec::new() }
    }
}

impl Canonical {
    /// Adds lines, each with its `\n`.
    ///
    /// # Errors
    ///
    /// A temporary file cannot be written.
    pub fn add(&mut self, lines: &[u8]) -> io::Result<()> {
        if self.lines.len() + lines.len() > self.run && !self.lines.is_empty() {
            self.end_run()?;
        }
        self.lines.extend_from_slice(lines);
        Ok(())
    }

    /// Sorts what is there into a temporary file.
    fn end_run(&mut self) -> io::Result<()> {
        let mut lines: Vec<&[u8]> = self.lines.split_inclusive(|byte| *byte == b'\n').collect();
        lines.sort_unstable();
        lines.dedup();
        let mut file = zstd::Encoder::new(tempfile::tempfile()?, 1)?;
        lines.into_iter().try_for_each(|line| file.write_all(line))?;
        let mut file = file.finish()?;
        file.rewind()?;
        self.runs.push(file);
        self.lines.clear();
        Ok(())
    }

    /// The hash, in hexadecimal digits.
    ///
    /// # Errors
    ///
    /// A temporary file cannot be written or read.
    pub fn finish(self) -> io::Result<String> {
        self.finish_with_number().map(|(hash, _)| hash)
    }

    /// The same, and the number of different lines.
    pub(super) fn finish_with_number(mut self) -> io::Result<(String, u64)> {
        self.end_run()?;
        let (mut hash, mut number) = (Sha256::new(), 0);
        merge(self.runs, |line| {
            hash.update(line);
            number += 1;
        })?;
        Ok((hex(&hash.finalize()), number))
    }
}

/// Shows the lines of sorted files in their order, each once.
fn merge(runs: Vec<File>, mut show: impl FnMut(&[u8])) -> io::Result<()> {
    let readers = runs.into_iter().map(|run| zstd::Decoder::new(run).map(BufReader::new));
    let mut readers = readers.collect::<io::Result<Vec<_>>>()?;
    let mut next = BinaryHeap::new();
    for (run, reader) in readers.iter_mut().enumerate() {
        let mut line = Vec::new();
        if reader.read_until(b'\n', &mut line)? > 0 {
            next.push(Reverse((line, run)));
        }
    }
    let mut last = Vec::new();
    while let Some(Reverse((mut line, run))) = next.pop() {
        if line != last {
            show(&line);
        }
        std::mem::swap(&mut line, &mut last);
        line.clear();
        if let Some(reader) = readers.get_mut(run)
            && reader.read_until(b'\n', &mut line)? > 0
        {
            next.push(Reverse((line, run)));
        }
    }
    Ok(())
}

/// Bytes as hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // A string takes everything.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_hash_is_that_of_the_sorted_lines(
            lines in vec("[ab\u{e9}]{0,3}", 0..200), run in 1..100_usize, piece in 1..9_usize
        ) {
            let lines: Vec<String> = lines.into_iter().map(|line| line + "\n").collect();
            let mut canonical = Canonical { run, ..Canonical::default() };
            for piece in lines.chunks(piece) {
                canonical.add(piece.concat().as_bytes()).unwrap();
            }
            let mut sorted = lines;
            sorted.sort();
            sorted.dedup();
            let expected = Sha256::digest(sorted.concat());
            prop_assert_eq!(canonical.finish().unwrap(), hex(&expected));
        }
    }
}
