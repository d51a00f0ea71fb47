use std::fs;
use std::hash::Hasher;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

use flate2::bufread::GzDecoder;
use oxttl::{NQuadsParser, NTriplesParser, TurtleParser};

use crate::release::canonical::Canonical;
use crate::release::{File, Manifest, metadata};
use crate::sink::{Part, fingerprint};
use crate::statistics::Statistics;

/// About how many bytes are parsed at once.
const BLOCK: usize = 1 << 20;

/// What the data files of a release hold, as far as it can be told from one reading and little
/// memory. Sets of triples are compared by the sum of the hashes of their lines.
#[derive(Default)]
pub(super) struct Data {
    pub(super) statistics: Statistics,
    canonical: Canonical,
    /// The triples of all parts, as triples, as quads, and those of the metadata.
    parts: Lines,
    parts_as_quads: Lines,
    described: Lines,
    quads: Option<Lines>,
    turtle: Option<Lines>,
    metadata: Option<Lines>,
}

/// A number of lines and the sum of their hashes.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
struct Lines {
    number: u64,
    sum: u128,
}

impl Lines {
    /// Adds a line that comes in pieces.
    fn add(&mut self, pieces: &[&[u8]]) {
        self.number += 1;
        let hash = fingerprint(|hasher| pieces.iter().for_each(|piece| hasher.write(piece)));
        self.sum = self.sum.wrapping_add(hash);
    }
}

impl Data {
    /// Reads all files with triples; also gives what is wrong with them.
    pub(super) fn read(folder: &Path, manifest: &Manifest) -> (Self, Vec<String>) {
        let (mut data, mut problems) = (Self::default(), Vec::new());
        for file in &manifest.files {
            let Some(expected) = file.triples else { continue };
            match data.read_file(&folder.join(&file.name), file) {
                Ok(found) if found == expected => {}
                Ok(found) => problems
                    .push(format!("{}: found {found} triples, expected {expected}", file.name)),
                Err(error) => problems.push(format!("{}: {error}", file.name)),
            }
        }
        (data, problems)
    }

    fn read_file(&mut self, path: &Path, file: &File) -> io::Result<u64> {
        let mut lines = Lines::default();
        match (file.part, file.media_type.as_str()) {
            (Some(part), _) => {
                let graph = format!(" {} .\n", part.graph());
                blocks(path, |block| {
                    parse(NTriplesParser::new().for_slice(block))?;
                    self.statistics.add(part, block);
                    self.canonical.add(block)?;
                    for line in block.split_inclusive(|byte| *byte == b'\n') {
                        lines.add(&[line]);
                        self.parts.add(&[line]);
                        let triple = line.strip_suffix(b" .\n").unwrap_or(line);
                        self.parts_as_quads.add(&[triple, graph.as_bytes()]);
                        if part == Part::Core && metadata::contain(line) {
                            self.described.add(&[line]);
                        }
                    }
                    Ok(())
                })?;
            }
            (None, "application/n-quads") => {
                blocks(path, |block| {
                    parse(NQuadsParser::new().for_slice(block))?;
                    block
                        .split_inclusive(|byte| *byte == b'\n')
                        .for_each(|line| lines.add(&[line]));
                    Ok(())
                })?;
                self.quads = Some(lines);
            }
            (None, "application/n-triples") => {
                blocks(path, |block| {
                    parse(NTriplesParser::new().for_slice(block))?;
                    block
                        .split_inclusive(|byte| *byte == b'\n')
                        .for_each(|line| lines.add(&[line]));
                    Ok(())
                })?;
                self.metadata = Some(lines);
            }
            _ => {
                let reader = zstd::Decoder::new(fs::File::open(path)?)?;
                for triple in TurtleParser::new().for_reader(reader) {
                    lines.add(&[format!("{} .\n", triple.map_err(io::Error::other)?).as_bytes()]);
                }
                self.turtle = Some(lines);
            }
        }
        Ok(lines.number)
    }

    /// What the files contradict each other and the manifest in.
    pub(super) fn disagreements(&mut self, manifest: &Manifest) -> Vec<String> {
        let mut problems = Vec::new();
        let mut same = |found: Option<Lines>, expected: Lines, what: &str| {
            if found.is_some_and(|found| found != expected) {
                problems.push(what.to_owned());
            }
        };
        same(self.quads, self.parts_as_quads, "the file of quads is not the union of the parts");
        same(self.turtle, self.parts, "the Turtle file is not the union of the parts");
        same(self.metadata, self.described, "the metadata are not those of the core part");
        match std::mem::take(&mut self.canonical).finish_with_number() {
            Err(error) => problems.push(format!("the triples cannot be sorted: {error}")),
            Ok((hash, number)) => {
                if number != self.parts.number {
                    let twice = self.parts.number - number;
                    problems.push(format!("{twice} triples stand in two parts, or twice in one"));
                }
                if hash != manifest.canonical_hash {
                    let expected = &manifest.canonical_hash;
                    problems.push(format!("found the canonical hash {hash}, expected {expected}"));
                }
            }
        }
        problems
    }
}

/// Sees whether everything parses.
fn parse<T, E: Into<Box<dyn std::error::Error + Send + Sync>>>(
    mut parsed: impl Iterator<Item = Result<T, E>>,
) -> io::Result<()> {
    parsed.try_for_each(|item| item.map(drop)).map_err(io::Error::other)
}

/// Shows whole lines of a gzip file, which must be one member.
pub(super) fn blocks(path: &Path, mut show: impl FnMut(&[u8]) -> io::Result<()>) -> io::Result<()> {
    let file = BufReader::new(fs::File::open(path)?);
    let mut reader = BufReader::with_capacity(BLOCK, GzDecoder::new(file));
    let mut block = Vec::new();
    loop {
        block.clear();
        while block.len() < BLOCK && reader.read_until(b'\n', &mut block)? > 0 {}
        if block.is_empty() {
            break;
        }
        show(&block)?;
    }
    if reader.into_inner().into_inner().fill_buf()?.is_empty() {
        Ok(())
    } else {
        Err(io::Error::other("found more than one gzip member"))
    }
}
