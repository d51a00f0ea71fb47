use std::env;
use std::fs::File;
use std::hash::Hasher;
use std::io::{self, BufRead, BufReader, BufWriter, Seek, Write};
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::rdf_file;
use crate::sink::{Part, fingerprint};

/// How many bytes of a file are read or written at once.
const BUFFER: usize = 1 << 16;

/// A temporary file with lines.
#[derive(Debug)]
pub(super) struct Spool {
    file: BufWriter<File>,
    number: u64,
}

impl Spool {
    pub(super) fn new() -> Result<Self, Error> {
        let file = tempfile::tempfile().map_err(cannot_spool)?;
        Ok(Self { file: BufWriter::with_capacity(BUFFER, file), number: 0 })
    }

    pub(super) fn write(&mut self, lines: &[u8], number: u64) -> io::Result<()> {
        self.number += number;
        self.file.write_all(lines)
    }

    /// The hashes of all lines; `observe` can end it at each.
    pub(super) fn hashes(
        &mut self,
        mut observe: impl FnMut() -> Result<(), Error>,
    ) -> Result<Vec<u128>, Error> {
        let mut hashes = Vec::with_capacity(usize::try_from(self.number).unwrap_or_default());
        self.each(|line| {
            hashes.push(hash(line));
            observe()
        })?;
        Ok(hashes)
    }

    /// Does something with each line.
    pub(super) fn each(
        &mut self,
        visit: impl FnMut(&[u8]) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.file.rewind().map_err(cannot_spool)?;
        let reader = BufReader::with_capacity(BUFFER, self.file.get_ref());
        each(reader, &spool_name(), visit)
    }
}

/// What the temporary file is called in errors: it has no name of its own.
pub(super) fn spool_name() -> PathBuf {
    format!("a temporary file in {}", env::temp_dir().display()).into()
}

fn cannot_spool(cause: io::Error) -> Error {
    Error::write(spool_name(), cause)
}

/// Does something with each line of a file.
pub(super) fn each_of(
    path: &Path,
    visit: impl FnMut(&[u8]) -> Result<(), Error>,
) -> Result<(), Error> {
    each(BufReader::with_capacity(BUFFER, rdf_file::open(path)?), path, visit)
}

fn each(
    mut reader: impl BufRead,
    path: &Path,
    mut visit: impl FnMut(&[u8]) -> Result<(), Error>,
) -> Result<(), Error> {
    let (mut line, mut number) = (Vec::new(), 0_u64);
    while reader.read_until(b'\n', &mut line).map_err(|cause| Error::read(path, cause))? > 0 {
        number += 1;
        if !line.starts_with(b"<") || part(&line).is_none() {
            return Err(Error::invalid(format!(
                "{}:{number}: found no quad, expected N-Quads as this program writes them",
                path.display()
            )));
        }
        visit(&line)?;
        line.clear();
    }
    Ok(())
}

/// The part whose graph a line ends with.
pub(super) fn part(line: &[u8]) -> Option<Part> {
    let line = line.strip_suffix(b"> .\n")?;
    Part::ALL.into_iter().find(|part| {
        let rest = line.strip_suffix(part.graph().as_str().as_bytes());
        rest.is_some_and(|rest| rest.ends_with(b" <"))
    })
}

pub(super) fn hash(line: &[u8]) -> u128 {
    fingerprint(|hasher| hasher.write(line))
}
