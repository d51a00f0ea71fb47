//! The options that say where triples are written, and how.

use std::io::Write;
use std::path::{Path, PathBuf};

use pfocr2rdf::Error;
use pfocr2rdf::diagnostic::Diagnostic;
use pfocr2rdf::output::{Complete, Compression, Directory, Encoding, NewDirectory, Output};
use pfocr2rdf::pipeline::Pipeline;
use pfocr2rdf::serialize::{Format, Serializer};
use pfocr2rdf::shards::{Shards, Split, Style};
use pfocr2rdf::summary::Summary;

use super::record_options::RecordOptions;

/// Where triples are written, and how.
#[derive(Debug, clap::Args)]
pub(super) struct OutputOptions {
    /// Write to this file, or with --split to this directory; - is standard output, the default
    ///
    /// A file appears when it is complete. A name that ends in .gz or .zst is compressed. A
    /// directory must be new or empty; its files appear when all are complete.
    #[arg(short = 'o', long = "output", value_name = "FILE|DIR")]
    path: Option<PathBuf>,

    /// The format: turtle, ntriples, nquads or trig
    ///
    /// By default that of the output's extension (.ttl .nt .nq .trig), else turtle; with --split
    /// nquads, or ntriples when each part has files of its own.
    #[arg(short, long, value_name = "FORMAT")]
    to: Option<Format>,

    /// Write several files: one for each part, one for each N records, or one whenever SIZE is
    /// reached (as 64MiB, before compression)
    ///
    /// They are called pfocr-core.nt.gz, pfocr-0001.nq.gz or, with part,N or part,SIZE,
    /// pfocr-core-0001.nt.gz. The triples of a record stay together.
    #[arg(long, value_name = "part|N|SIZE", requires = "path")]
    split: Option<Split>,

    /// How the files of --split are compressed: gzip, zstd or none [default: gzip]
    #[arg(long, value_name = "HOW", requires = "split")]
    compress: Option<Compression>,

    /// How hard to compress: 0 to 9 for gzip, 1 to 19 for zstd [default: 6 and 3]
    #[arg(long, value_name = "N", requires = "path")]
    level: Option<u32>,
}

/// What is complete, and gets its name when all else is.
pub(super) enum Written {
    /// Nothing: the triples went to standard output.
    Out,
    File(Complete),
    Directory(Directory),
    /// Files in a directory that may have others.
    Files(Vec<Complete>, NewDirectory),
}

impl Written {
    /// Gives the files their names.
    pub(super) fn publish(self) -> Result<(), Error> {
        match self {
            Self::Out => Ok(()),
            Self::File(file) => file.publish(),
            Self::Directory(directory) => directory.finish(),
            Self::Files(files, made) => {
                files.into_iter().try_for_each(Complete::publish)?;
                // Now that it has files, it stays.
                drop(made);
                Ok(())
            }
        }
    }
}

impl OutputOptions {
    /// The file or directory that is written; none is standard output.
    pub(super) fn path(&self) -> Option<&Path> {
        named(self.path.as_deref())
    }

    /// Refuses options that make nothing of standard output.
    pub(super) fn check(&self, is_delta: bool) -> Result<(), Error> {
        let needs = [
            ("--split", self.split.is_some()),
            ("--level", self.level.is_some()),
            ("--emit delta", is_delta),
        ];
        match needs.iter().find(|(_, is_given)| *is_given && self.path().is_none()) {
            None => Ok(()),
            Some((option, _)) => Err(Error::invalid(format!(
                "found standard output, expected the name of an output, which {option} needs"
            ))),
        }
    }

    /// Runs the pipeline and writes its triples, to `out` if there is no path. Files do not have
    /// their names yet.
    pub(super) fn write(
        &self,
        records: &RecordOptions,
        pipeline: Pipeline<'_>,
        out: &mut dyn Write,
        report: &mut dyn FnMut(&Diagnostic),
    ) -> anyhow::Result<(Written, Summary)> {
        match (self.path(), self.split) {
            (None, _) => {
                let format = self.to.unwrap_or_default();
                let serializer = Serializer::new(format, records.schema_base(), out)?;
                let (serializer, summary) = pipeline.run(serializer, report)?;
                let out = serializer.finish().and_then(Write::flush);
                out.map_err(|cause| Error::write("-", cause))?;
                Ok((Written::Out, summary))
            }
            (Some(path), None) => {
                let encoding = self.encoding(Compression::from_path(path))?;
                let output = Output::encoded(path, encoding, records.jobs())?;
                let serializer =
                    Serializer::new(self.format(path)?, records.schema_base(), output)?;
                let (serializer, summary) =
                    pipeline.with_output_name(path).run(serializer, report)?;
                let output = serializer.finish().map_err(|cause| Error::write(path, cause))?;
                Ok((Written::File(output.complete()?), summary))
            }
            (Some(path), Some(split)) => {
                let style = self.style(split, records)?;
                let directory = Directory::create(path)?;
                let cannot_write = |cause| Error::write(path, cause);
                let shards =
                    Shards::create(directory.path(), split, style).map_err(cannot_write)?;
                let (shards, summary) = pipeline.with_output_name(path).run(shards, report)?;
                shards.finish().map_err(cannot_write)?;
                Ok((Written::Directory(directory), summary))
            }
        }
    }

    /// The directory that is written by itself, and so can hold nothing else.
    pub(super) fn directory(&self) -> Option<&Path> {
        self.path().filter(|_| self.split.is_some())
    }

    fn style(&self, split: Split, records: &RecordOptions) -> Result<Style, Error> {
        let usual = if split.by_part { Format::NTriples } else { Format::NQuads };
        Ok(Style {
            stem: "pfocr".to_owned(),
            format: self.to.unwrap_or(usual),
            schema: records.schema_base(),
            encoding: self.encoding(self.compress.unwrap_or(Compression::Gzip))?,
            parts: records.parts(),
            threads: records.jobs(),
        })
    }

    fn encoding(&self, compression: Compression) -> Result<Encoding, Error> {
        let encoding = Encoding::new(compression);
        self.level.map_or(Ok(encoding), |level| encoding.with_level(level))
    }

    /// The format of a file: that of its name, unless the user says.
    fn format(&self, path: &Path) -> Result<Format, Error> {
        match self.to.or_else(|| Format::from_path(path)) {
            Some(format) => Ok(format),
            None if path.extension().is_none() => Ok(Format::default()),
            None => Err(Error::invalid(format!(
                "{}: found a name of no known format, expected one in .ttl, .nt, .nq or .trig \
                 with .gz, .zst or nothing behind it, or the option --to",
                path.display()
            ))),
        }
    }
}

/// The path of an output, unless it is standard output.
pub(super) fn named(path: Option<&Path>) -> Option<&Path> {
    path.filter(|path| *path != Path::new("-"))
}
