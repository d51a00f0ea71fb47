//! The options of all sub-commands that read records.

use std::io::BufReader;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::thread;

use anyhow::Context as _;
use pfocr2rdf::convert::Converter;
use pfocr2rdf::diagnostic::Diagnostic;
use pfocr2rdf::manifest::{Digest, Settings};
use pfocr2rdf::mapping::{Context, ImageUrl};
use pfocr2rdf::organisms::OrganismTable;
use pfocr2rdf::pmc_ids::PmcIds;
use pfocr2rdf::serialize::SchemaOrg;
use pfocr2rdf::shacl::Shapes;
use pfocr2rdf::sink::{Part, Parts};
use pfocr2rdf::source::Input;
use pfocr2rdf::{Error, rdf_file};

use super::limit_options::LimitOptions;
use super::shapes;

/// How records are read and which triples are made of them.
#[derive(Debug, clap::Args)]
pub(super) struct RecordOptions {
    /// The parts to write: some of core, links, wp, evidence [default: all]
    ///
    /// nquads and trig keep them apart as named graphs, turtle and ntriples merge them.
    #[arg(long, value_delimiter = ',', value_name = "PARTS")]
    parts: Vec<Part>,

    /// Where the tables are [default: _data beside the folder of the records]
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,

    /// Leave the captions of the figures out
    #[arg(long)]
    no_captions: bool,

    /// Whether schema.org terms begin with http or https
    ///
    /// Shapes always see those of records with http; the bundled ones suit RDF files with either.
    #[arg(long, value_name = "SCHEME", default_value = "http")]
    schema_base: SchemaOrg,

    /// The addresses of images, with {pmcid}, {figid} and {filename}
    #[arg(long, value_name = "TEMPLATE", default_value_t)]
    image_url: ImageUrl,

    /// More names of organisms: the names.dmp of the NCBI taxonomy
    #[arg(long, value_name = "names.dmp")]
    taxonomy: Option<PathBuf>,

    /// PubMed ids and DOIs of articles: NCBI's PMC-ids.csv or PMC-ids.csv.gz
    #[arg(long, value_name = "PMC-ids.csv")]
    pmc_ids: Option<PathBuf>,

    /// How many threads convert records [default: one for each core]
    ///
    /// The output is the same for every number.
    #[arg(short, long, value_name = "N", value_parser = number_of_threads)]
    jobs: Option<NonZeroUsize>,

    #[command(flatten)]
    limits: LimitOptions,
}

/// The tables that the options name.
#[derive(Debug)]
pub(super) struct Tables {
    organisms: OrganismTable,
    pmc_ids: Option<PmcIds>,
}

impl RecordOptions {
    /// Reads the tables that are the same for all records.
    pub(super) fn tables(&self) -> anyhow::Result<Tables> {
        Ok(Tables { organisms: self.organisms()?, pmc_ids: self.pmc_ids()? })
    }

    fn organisms(&self) -> anyhow::Result<OrganismTable> {
        let mut organisms = OrganismTable::bundled();
        if let Some(path) = &self.taxonomy {
            let names = BufReader::new(rdf_file::open(path)?);
            organisms.extend_from_names_dmp(names).with_context(|| path.display().to_string())?;
        }
        Ok(organisms)
    }

    fn pmc_ids(&self) -> anyhow::Result<Option<PmcIds>> {
        let Some(path) = &self.pmc_ids else { return Ok(None) };
        let table = PmcIds::from_reader(rdf_file::open(path)?);
        Ok(Some(table.with_context(|| path.display().to_string())?))
    }

    /// The converter.
    pub(super) fn converter<'t>(&self, tables: &'t Tables) -> Converter<'t> {
        let mut context = Context::new(&tables.organisms);
        context.captions = !self.no_captions;
        context.parts = self.parts();
        context.image_url = self.image_url.clone();
        let converter = Converter::new(context);
        match &tables.pmc_ids {
            Some(pmc_ids) => converter.with_pmc_ids(pmc_ids),
            None => converter,
        }
    }

    /// The options that the triples depend on.
    pub(super) fn settings(&self, converter: &Converter<'_>) -> Result<Settings, Error> {
        let settings = Settings::new(converter.context(), self.schema_base);
        let Some(path) = &self.taxonomy else { return Ok(settings) };
        let names = Digest::from_reader(rdf_file::open(path)?);
        Ok(settings.with_taxonomy(names.map_err(|cause| Error::read(path, cause))?))
    }

    /// Opens the inputs; what is wrong with the tables of all records goes to `diagnostics`.
    pub(super) fn open(
        &self,
        inputs: &[PathBuf],
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Result<Vec<Input>, Error> {
        let (data, limits) = (self.data.as_deref(), self.limits.limits());
        inputs.iter().map(|path| Input::open_with(path, data, limits, diagnostics)).collect()
    }

    /// The bundled shapes that records which are converted like this can keep.
    pub(super) fn bundled_shapes(&self) -> anyhow::Result<Shapes> {
        shapes::bundled(!self.no_captions, SchemaOrg::Http)
    }

    /// The bundled shapes for RDF files that were written with these options.
    pub(super) fn bundled_shapes_for_rdf(&self) -> anyhow::Result<Shapes> {
        shapes::bundled(!self.no_captions, self.schema_base)
    }

    /// The parts to write.
    pub(super) fn parts(&self) -> Parts {
        if self.parts.is_empty() { Parts::ALL } else { self.parts.iter().copied().collect() }
    }

    /// How the terms of schema.org begin in the output.
    pub(super) fn schema_base(&self) -> SchemaOrg {
        self.schema_base
    }

    /// The number of threads.
    pub(super) fn jobs(&self) -> NonZeroUsize {
        let cores = || thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        self.jobs.unwrap_or_else(cores)
    }

    /// The files that the options name.
    pub(super) fn files(&self) -> impl Iterator<Item = &Path> {
        [&self.taxonomy, &self.pmc_ids].into_iter().flatten().map(PathBuf::as_path)
    }

    /// The name of an option that is not as it is by default, and that RDF files have no use for.
    pub(super) fn given(&self, are_shapes_bundled: bool) -> Option<&'static str> {
        let Self {
            parts,
            data,
            no_captions,
            schema_base,
            image_url,
            taxonomy,
            pmc_ids,
            jobs,
            limits,
        } = self;
        let options = [
            ("--parts", !parts.is_empty()),
            ("--data", data.is_some()),
            ("--no-captions", *no_captions),
            ("--schema-base", *schema_base != SchemaOrg::default() && !are_shapes_bundled),
            ("--image-url", *image_url != ImageUrl::default()),
            ("--taxonomy", taxonomy.is_some()),
            ("--pmc-ids", pmc_ids.is_some()),
            ("--jobs", jobs.is_some()),
        ];
        let given = options.into_iter().find_map(|(name, is_given)| is_given.then_some(name));
        given.or_else(|| limits.given())
    }
}

fn number_of_threads(text: &str) -> Result<NonZeroUsize, &'static str> {
    text.parse().map_err(|_| "expected a number from 1")
}
