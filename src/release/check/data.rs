use std::fs;
use std::hash::Hasher;
use std::io::{self, BufRead, BufReader};

use flate2::bufread::GzDecoder;
use oxttl::{NQuadsParser, NTriplesParser, TurtleParser};

use super::tree::Tree;
use crate::release::canonical::Canonical;
use crate::release::{self, File, MANIFEST, Manifest, Role, metadata};
use crate::sink::{Part, Parts, fingerprint};
use crate::statistics::Statistics;
use crate::vocab::schema;

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
    pub(super) fn read(tree: &Tree, manifest: &Manifest) -> (Self, Vec<String>) {
        let mut data = Self { statistics: release::statistics(), ..Self::default() };
        let mut problems = Vec::new();
        for file in manifest.data() {
            let expected = file.triples.unwrap_or_default();
            match data.read_file(tree, file) {
                Ok(found) if found == expected => {}
                Ok(found) => problems
                    .push(format!("{}: found {found} triples, expected {expected}", file.name)),
                Err(error) => problems.push(format!("{}: {error}", file.name)),
            }
        }
        (data, problems)
    }

    fn read_file(&mut self, tree: &Tree, file: &File) -> io::Result<u64> {
        let lines = match (file.role, file.part) {
            (Role::Part, Some(part)) => self.read_part(tree.open(&file.name)?, part)?,
            (Role::Quads, _) => {
                let parse_block = |block: &[u8]| parse(NQuadsParser::new().for_slice(block));
                *self.quads.insert(lines(tree.open(&file.name)?, parse_block)?)
            }
            (Role::Turtle, _) => {
                let reader = zstd::Decoder::new(tree.open(&file.name)?)?;
                let mut lines = Lines::default();
                for triple in TurtleParser::new().for_reader(reader) {
                    lines.add(&[format!("{} .\n", triple.map_err(io::Error::other)?).as_bytes()]);
                }
                *self.turtle.insert(lines)
            }
            _ => {
                let parse_block = |block: &[u8]| parse(NTriplesParser::new().for_slice(block));
                *self.metadata.insert(lines(tree.open(&file.name)?, parse_block)?)
            }
        };
        Ok(lines.number)
    }

    fn read_part(&mut self, file: fs::File, part: Part) -> io::Result<Lines> {
        let mut lines = Lines::default();
        let graph = format!(" {} .\n", part.graph());
        blocks(file, |block| {
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
        Ok(lines)
    }

    /// Numbers in the summary of the run that are not those of the data.
    pub(super) fn miscounted(&self, manifest: &Manifest) -> Vec<String> {
        let mut problems = Vec::new();
        let mut same = |pointer: &str, found: u64| {
            let expected = manifest.summary.pointer(pointer).and_then(serde_json::Value::as_u64);
            if expected != Some(found) {
                let expected = expected.map_or("no number".to_owned(), |number| number.to_string());
                problems.push(format!(
                    "{MANIFEST}: summary{pointer}: found {expected}, expected {found}"
                ));
            }
        };
        for part in Part::ALL {
            let counts = self.statistics.counts(Parts::from_iter([part]));
            same(&format!("/triples/{part}"), counts.triples);
            if part == Part::Core && manifest.parts.contains(&part) {
                let class = release::extras::with_terms(
                    manifest.schema_base,
                    schema::IMAGE_OBJECT.as_str(),
                );
                let figures = counts.classes.get(&class).copied();
                same("/records/converted", figures.unwrap_or_default());
            }
        }
        problems
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
pub(super) fn parse<T, E: Into<Box<dyn std::error::Error + Send + Sync>>>(
    mut parsed: impl Iterator<Item = Result<T, E>>,
) -> io::Result<()> {
    parsed.try_for_each(|item| item.map(drop)).map_err(io::Error::other)
}

/// The lines of a gzip file, each block of which is shown.
fn lines(file: fs::File, see: impl Fn(&[u8]) -> io::Result<()>) -> io::Result<Lines> {
    let mut lines = Lines::default();
    blocks(file, |block| {
        see(block)?;
        block.split_inclusive(|byte| *byte == b'\n').for_each(|line| lines.add(&[line]));
        Ok(())
    })?;
    Ok(lines)
}

/// Shows whole lines of a gzip file, which must be one member.
pub(super) fn blocks(
    file: fs::File,
    mut show: impl FnMut(&[u8]) -> io::Result<()>,
) -> io::Result<()> {
    let mut reader = BufReader::with_capacity(BLOCK, GzDecoder::new(BufReader::new(file)));
    let mut block = Vec::new();
    loop {
        block.clear();
        while block.len() < BLOCK && reader.read_until(b'\n', &mut block)? > 0 {}
        if block.is_empty() {
            break;
        }
        show(&block)?;
    }
    end_member(reader.into_inner())
}

/// Sees whether a gzip file ends with the member that was read.
pub(super) fn end_member(reader: GzDecoder<impl BufRead>) -> io::Result<()> {
    if reader.into_inner().fill_buf()?.is_empty() {
        Ok(())
    } else {
        Err(io::Error::other("found more than one gzip member"))
    }
}
