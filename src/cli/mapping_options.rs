//! The options of all sub-commands that make triples.

use std::io::BufReader;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use pfocr2rdf::convert::Converter;
use pfocr2rdf::manifest::{Digest, Settings};
use pfocr2rdf::mapping::{Context, ImageUrl};
use pfocr2rdf::organisms::OrganismTable;
use pfocr2rdf::pmc_ids::PmcIds;
use pfocr2rdf::serialize::SchemaOrg;
use pfocr2rdf::sink::Parts;
use pfocr2rdf::{Error, rdf_file};

/// Which triples are made of records.
#[derive(Debug, clap::Args)]
pub(super) struct MappingOptions {
    /// Leave the captions of the figures out
    #[arg(long)]
    pub(super) no_captions: bool,

    /// Whether schema.org terms begin with http or https
    ///
    /// Shapes always see those of records with http; the bundled ones suit RDF files with either.
    #[arg(long, value_name = "SCHEME", default_value = "http")]
    pub(super) schema_base: SchemaOrg,

    /// The addresses of images, with {pmcid}, {figid} and {filename}
    #[arg(long, value_name = "TEMPLATE", default_value_t)]
    image_url: ImageUrl,

    /// More names of organisms: the names.dmp of the NCBI taxonomy
    #[arg(long, value_name = "names.dmp")]
    taxonomy: Option<PathBuf>,

    /// PubMed ids and DOIs of articles: NCBI's PMC-ids.csv or PMC-ids.csv.gz
    #[arg(long, value_name = "PMC-ids.csv")]
    pmc_ids: Option<PathBuf>,
}

/// The tables that the options name.
#[derive(Debug)]
pub(super) struct Tables {
    organisms: OrganismTable,
    pmc_ids: Option<PmcIds>,
}

impl MappingOptions {
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

    /// The converter to some parts.
    pub(super) fn converter<'t>(&self, tables: &'t Tables, parts: Parts) -> Converter<'t> {
        let mut context = Context::new(&tables.organisms);
        context.captions = !self.no_captions;
        context.parts = parts;
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

    /// The files that the options name.
    pub(super) fn files(&self) -> impl Iterator<Item = &Path> {
        [&self.taxonomy, &self.pmc_ids].into_iter().flatten().map(PathBuf::as_path)
    }

    /// The name of an option that is not as it is by default, and that RDF files have no use for.
    pub(super) fn given(&self, are_shapes_bundled: bool) -> Option<&'static str> {
        let Self { no_captions, schema_base, image_url, taxonomy, pmc_ids } = self;
        let options = [
            ("--no-captions", *no_captions),
            ("--schema-base", *schema_base != SchemaOrg::default() && !are_shapes_bundled),
            ("--image-url", *image_url != ImageUrl::default()),
            ("--taxonomy", taxonomy.is_some()),
            ("--pmc-ids", pmc_ids.is_some()),
        ];
        options.into_iter().find_map(|(name, is_given)| is_given.then_some(name))
    }
}
