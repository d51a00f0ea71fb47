//! The options of a run that builds on an earlier one, and what they add to it.

use std::cell::RefCell;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use pfocr2rdf::Error;
use pfocr2rdf::delta::{Delta, Writer};
use pfocr2rdf::diagnostic::Diagnostic;
use pfocr2rdf::manifest::{Entry, Manifest, Settings};
use pfocr2rdf::output::{Complete, NewDirectory, Output};
use pfocr2rdf::pipeline::{Pipeline, Unchanged};
use pfocr2rdf::sink::Part;
use pfocr2rdf::summary::Summary;

use super::messages::Messages;
use super::output_options::Written;

/// What later runs need, and what changed since an earlier one.
#[derive(Debug, clap::Args)]
pub(super) struct IncrementalOptions {
    /// Write what the output is made of to this file, for a later --since
    #[arg(long, value_name = "FILE.json", help_heading = "Changes")]
    pub(super) manifest: Option<PathBuf>,

    /// Convert only the records whose content changed since the run that wrote this manifest
    ///
    /// Records that are gone are told of, on standard error and in the summary. What is wrong with
    /// records that did not change is not told again.
    #[arg(long, value_name = "FILE.json", help_heading = "Changes")]
    since: Option<PathBuf>,

    /// Write something else than triples: the delta, which quads must be deleted and inserted
    ///
    /// The output is a directory, with delete.nq, insert.nq, patch.rdfp (RDF Patch) and update.ru
    /// (SPARQL Update).
    #[arg(long, value_name = "WHAT", help_heading = "Changes")]
    #[arg(requires_all = ["since", "old", "path"], conflicts_with_all = ["to", "split"])]
    emit: Option<Emit>,

    /// The N-Quads of the earlier run, for --emit delta; can be given several times
    #[arg(long, value_name = "FILE", requires = "emit", help_heading = "Changes")]
    old: Vec<PathBuf>,

    /// Compress the files of the delta; .gz is put behind their names
    #[arg(long, requires = "emit", help_heading = "Changes")]
    gzip: bool,
}

/// What a run writes instead of triples.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
enum Emit {
    Delta,
}

/// A run that knows of an earlier one, or that a later one will know of.
pub(super) struct Incremental<'o> {
    options: &'o IncrementalOptions,
    before: Option<Manifest>,
    now: RefCell<Manifest>,
    /// Begun before the run, which would be in vain if it cannot be.
    output: Option<(&'o Path, Output)>,
}

impl IncrementalOptions {
    /// Whether a delta is written.
    pub(super) fn is_delta(&self) -> bool {
        self.emit == Some(Emit::Delta)
    }

    /// The files that are read.
    pub(super) fn files(&self) -> impl Iterator<Item = &Path> {
        self.since.iter().chain(&self.old).map(PathBuf::as_path)
    }

    /// The files of a delta in this directory.
    pub(super) fn delta_files(&self, directory: &Path) -> [PathBuf; 4] {
        let end = if self.gzip { ".gz" } else { "" };
        Writer::<Output>::NAMES.map(|name| directory.join(format!("{name}{end}")))
    }

    /// Reads the manifest of the earlier run, and begins that of this one, if an option wants one
    /// of them.
    pub(super) fn start(
        &self,
        settings: impl FnOnce() -> Result<Settings, Error>,
    ) -> anyhow::Result<Option<Incremental<'_>>> {
        if self.manifest.is_none() && self.since.is_none() {
            return Ok(None);
        }
        let before = self.since.as_deref().map(Manifest::read).transpose()?;
        let now = Manifest::new(settings()?);
        if let (Some(path), Some(before)) = (&self.since, &before)
            && let Err(reason) = before.check_same_settings(&now)
        {
            anyhow::bail!(
                "{}: does not tell what changed: {reason}; convert everything, without --since",
                path.display()
            );
        }
        let output = self.manifest.as_deref().map(|path| {
            let output = Output::create(path, NonZeroUsize::MIN)?;
            Ok::<_, Error>((path, output))
        });
        let (now, output) = (RefCell::new(now), output.transpose()?);
        Ok(Some(Incremental { options: self, before, now, output }))
    }
}

impl Incremental<'_> {
    /// Notes a record of the output.
    pub(super) fn record(&self, figid: &str, entry: Entry) {
        self.now.borrow_mut().add(figid, entry);
    }

    /// The pipeline that leaves out what did not change.
    pub(super) fn reduce<'p>(&'p self, pipeline: Pipeline<'p>) -> Pipeline<'p> {
        match (&self.before, self.options.is_delta()) {
            (None, _) => pipeline,
            (Some(before), false) => pipeline.with_since(before, Unchanged::Nothing),
            (Some(before), true) => pipeline.with_since(before, Unchanged::Descriptions),
        }
    }

    /// Writes the delta into a directory, which is made if there is none. Its files do not have
    /// their names yet.
    pub(super) fn write_delta(
        &self,
        pipeline: Pipeline<'_>,
        delta: Delta<'_>,
        (directory, jobs): (&Path, NonZeroUsize),
        report: &mut dyn FnMut(&Diagnostic),
    ) -> anyhow::Result<(Written, Summary)> {
        let Some(before) = &self.before else { anyhow::bail!("a delta needs --since") };
        let cannot_write = |cause| Error::write(directory, cause);
        let made = NewDirectory::create(directory)?;
        let create = |path: &PathBuf| Output::create(path, jobs);
        let [delete, insert, patch, update] = &self.options.delta_files(directory);
        let outputs = [create(delete)?, create(insert)?, create(patch)?, create(update)?];
        let pipeline = pipeline.with_output_name(&Delta::spool_name());
        let (delta, mut summary) = pipeline.run(delta, report)?;
        let now = self.now.borrow();
        let (old_id, new_id) = (before.id()?, now.id()?);
        let mut writer = Writer::new(outputs, (&old_id, &new_id)).map_err(cannot_write)?;
        let delta = delta.with_output_name(directory);
        delta.finish(&self.options.old, (before, &now), &mut writer)?;
        let inserted = Part::ALL.map(|part| {
            summary.set_triples(part, writer.inserted(part));
            writer.inserted(part)
        });
        summary.set_delta(writer.deleted(), inserted.iter().sum());
        let files = writer.finish().map_err(cannot_write)?.into_iter().map(Output::complete);
        Ok((Written::Files(files.collect::<Result<_, _>>()?, made), summary))
    }

    /// Tells which records are gone, and writes the manifest, if one is wanted.
    pub(super) fn finish(
        self,
        summary: &mut Summary,
        messages: &Messages,
    ) -> Result<Option<Complete>, Error> {
        let mut now = self.now.into_inner();
        if let Some(before) = &self.before {
            for (figid, entry) in before.removed(&now) {
                messages.text(&format!("removed: {figid} ({})\n", entry.file));
            }
            let figids = before.removed(&now).map(|(figid, _)| figid.to_owned());
            summary.set_removed(figids.collect());
        }
        let Some((path, mut output)) = self.output else { return Ok(None) };
        let written: u64 = Part::ALL.into_iter().map(|part| summary.triples(part)).sum();
        now.set_triples(match (&self.before, summary.deleted()) {
            (None, _) => Some(written),
            (Some(before), Some(deleted)) => {
                before.triples().and_then(|old| (old + written).checked_sub(deleted))
            }
            (Some(_), None) => None,
        });
        now.write(&mut output).map_err(|cause| Error::write(path, cause))?;
        output.complete().map(Some)
    }
}
