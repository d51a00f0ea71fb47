//! The options of all sub-commands that read records.

use std::collections::HashSet;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::thread;

use pfocr2rdf::Error;
use pfocr2rdf::convert::Converter;
use pfocr2rdf::diagnostic::Diagnostic;
use pfocr2rdf::manifest::Settings;
use pfocr2rdf::serialize::SchemaOrg;
use pfocr2rdf::shacl::Shapes;
use pfocr2rdf::sink::{Part, Parts};
use pfocr2rdf::source::Input;

use super::limit_options::LimitOptions;
use super::mapping_options::{MappingOptions, Tables};
use super::shapes;

/// How records are read and which triples are made of them.
#[derive(Debug, clap::Args)]
pub(super) struct RecordOptions {
    /// The parts to write: some of core, links, wp, evidence [default: all]
    ///
    /// nquads and trig keep them apart as named graphs, turtle and ntriples merge them.
    #[arg(long, value_delimiter = ',', value_name = "PARTS")]
    parts: Vec<Part>,

    #[command(flatten)]
    mapping: MappingOptions,

    /// How many threads convert records [default: one for each core]
    ///
    /// The output is the same for every number.
    #[arg(short, long, value_name = "N", value_parser = number_of_threads)]
    jobs: Option<NonZeroUsize>,

    #[command(flatten)]
    source: SourceOptions,
}

/// Where records and their tables are, and how much of them is read.
#[derive(Debug, clap::Args)]
pub(super) struct SourceOptions {
    /// Where the tables are [default: _data beside the folder of the records]
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,

    #[command(flatten)]
    limits: LimitOptions,
}

impl RecordOptions {
    /// Reads the tables that are the same for all records.
    pub(super) fn tables(&self) -> anyhow::Result<Tables> {
        self.mapping.tables()
    }

    /// The converter.
    pub(super) fn converter<'t>(&self, tables: &'t Tables) -> Converter<'t> {
        self.mapping.converter(tables, self.parts())
    }

    /// The options that the triples depend on.
    pub(super) fn settings(&self, converter: &Converter<'_>) -> Result<Settings, Error> {
        self.mapping.settings(converter)
    }

    /// Opens the inputs; what is wrong with the tables of all records goes to `diagnostics`.
    pub(super) fn open(
        &self,
        inputs: &[PathBuf],
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Result<Vec<Input>, Error> {
        self.source.open(inputs, diagnostics)
    }

    /// Where the tables are said to be.
    pub(super) fn data(&self) -> Option<&Path> {
        self.source.data.as_deref()
    }

    /// The bundled shapes that records which are converted like this can keep.
    pub(super) fn bundled_shapes(&self) -> anyhow::Result<Shapes> {
        shapes::bundled(!self.mapping.no_captions, SchemaOrg::Http)
    }

    /// The bundled shapes for RDF files that were written with these options, or for files whose
    /// terms of schema.org all begin with https.
    pub(super) fn bundled_shapes_for_rdf(&self, is_https: bool) -> anyhow::Result<Shapes> {
        let schema = if is_https { SchemaOrg::Https } else { self.mapping.schema_base };
        shapes::bundled(!self.mapping.no_captions, schema)
    }

    /// The parts to write.
    pub(super) fn parts(&self) -> Parts {
        if self.parts.is_empty() { Parts::ALL } else { self.parts.iter().copied().collect() }
    }

    /// How the terms of schema.org begin in the output.
    pub(super) fn schema_base(&self) -> SchemaOrg {
        self.mapping.schema_base
    }

    /// The number of threads.
    pub(super) fn jobs(&self) -> NonZeroUsize {
        let cores = || thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        self.jobs.unwrap_or_else(cores)
    }

    /// The files that the options name.
    pub(super) fn files(&self) -> impl Iterator<Item = &Path> {
        self.mapping.files()
    }

    /// The name of an option that is not as it is by default, and that RDF files have no use for.
    pub(super) fn given(&self, are_shapes_bundled: bool) -> Option<&'static str> {
        let Self { parts, mapping, jobs, source } = self;
        let parts = (!parts.is_empty()).then_some("--parts");
        let jobs = jobs.is_some().then_some("--jobs");
        parts.or_else(|| source.given()).or_else(|| mapping.given(are_shapes_bundled)).or(jobs)
    }
}

impl SourceOptions {
    /// Opens the inputs; what is wrong with the tables of all records goes to `diagnostics`.
    pub(super) fn open(
        &self,
        inputs: &[PathBuf],
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Result<Vec<Input>, Error> {
        let (data, limits) = (self.data.as_deref(), self.limits.limits());
        let open = |path: &PathBuf| Input::open_with(path, data, limits, diagnostics);
        let opened = inputs.iter().map(open).collect();
        // Records of one database that are given one by one have the same tables of ids.
        let mut seen = HashSet::new();
        diagnostics.retain(|diagnostic| seen.insert(diagnostic.to_string()));
        opened
    }

    fn given(&self) -> Option<&'static str> {
        self.data.as_ref().map(|_| "--data").or_else(|| self.limits.given())
    }
}

fn number_of_threads(text: &str) -> Result<NonZeroUsize, &'static str> {
    text.parse().map_err(|_| "expected a number from 1")
}
