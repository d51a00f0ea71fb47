use std::io::{self, BufReader, Write};
use std::num::NonZeroUsize;
use std::path::{self, Path, PathBuf};
use std::thread;

use anyhow::Context as _;
use pfocr2rdf::Error;
use pfocr2rdf::convert::Converter;
use pfocr2rdf::diagnostic::{Diagnostic, Severity};
use pfocr2rdf::mapping::{Context, ImageUrl};
use pfocr2rdf::organisms::OrganismTable;
use pfocr2rdf::output::Output;
use pfocr2rdf::pipeline::Pipeline;
use pfocr2rdf::pmc_ids::PmcIds;
use pfocr2rdf::rdf_file;
use pfocr2rdf::serialize::{Format, SchemaOrg, Serializer};
use pfocr2rdf::shacl::Options;
use pfocr2rdf::sink::Part;
use pfocr2rdf::source::Input;
use pfocr2rdf::summary::Summary;

use super::messages::Messages;
use super::progress::Progress;
use super::{Status, shapes};

/// Convert records to RDF
///
/// Problems of the input are told on standard error with file, line, column and code; the run goes
/// on with the next record. At the end stands what was read and written.
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
#[command(after_help = "Examples:
  pfocr2rdf convert _figures/PMC100003__mb2410470011.md
  pfocr2rdf convert pfocr-database -o pfocr.nq.gz
  pfocr2rdf convert pfocr-database --parts core,links -t ntriples | gzip > pfocr.nt.gz")]
pub(super) struct Args {
    /// A record (.md .markdown .yml .yaml), a directory with _figures and _data or with records,
    /// or - for a record on standard input
    #[arg(required = true)]
    inputs: Vec<PathBuf>,

    /// Write to this file [default: standard output]
    ///
    /// It appears when it is complete. A name that ends in .gz or .zst is compressed.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// The format: turtle, ntriples, nquads or trig
    ///
    /// By default that of the output's extension (.ttl .nt .nq .trig), else turtle.
    #[arg(short, long, value_name = "FORMAT")]
    to: Option<Format>,

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

    /// Count warnings as problems: exit with 1 when there is one
    #[arg(long)]
    strict: bool,

    /// Write the summary to this file, as JSON
    #[arg(long, value_name = "FILE.json")]
    summary: Option<PathBuf>,

    /// Check the triples against these shapes instead of the bundled ones; can be given several
    /// times
    #[arg(long, value_name = "FILE")]
    shapes: Vec<PathBuf>,

    /// Do not check the triples against shapes
    #[arg(long, conflicts_with = "shapes")]
    no_check: bool,

    /// How many threads convert records [default: one for each core]
    ///
    /// The output is the same for every number.
    #[arg(short, long, value_name = "N", value_parser = number_of_threads)]
    jobs: Option<NonZeroUsize>,

    /// Tell errors only
    #[arg(short, long)]
    quiet: bool,
}

impl Args {
    pub(super) fn run(&self, out: &mut dyn Write) -> anyhow::Result<Status> {
        let messages = Messages::new(self.quiet);
        let organisms = self.organisms()?;
        let pmc_ids = self.pmc_ids()?;
        let mut converter = Converter::new(self.context(&organisms));
        if let Some(pmc_ids) = &pmc_ids {
            converter = converter.with_pmc_ids(pmc_ids);
        }
        let mut diagnostics = Vec::new();
        let data = self.data.as_deref();
        let inputs = self.inputs.iter().map(|path| Input::open(path, data, &mut diagnostics));
        let inputs = inputs.collect::<Result<Vec<_>, _>>()?;
        self.refuse_overwriting(&inputs)?;
        let records = inputs.iter().map(|input| input.records().len()).sum();
        let progress = Progress::start(records, !self.quiet)?;
        let mut report =
            |diagnostic: &Diagnostic| progress.suspend(|| messages.diagnostic(diagnostic));
        diagnostics.iter().for_each(&mut report);
        let shapes = match self.shapes.as_slice() {
            [] if self.no_check => None,
            [] => Some(shapes::bundled(!self.no_captions)?),
            files => Some(shapes::compile(files, Options::new(), &messages)?),
        };
        let observer = |records| progress.at(records);
        let mut pipeline =
            Pipeline::new(&inputs, &converter).with_jobs(self.jobs()).with_observer(&observer);
        if let Some(shapes) = &shapes {
            pipeline = pipeline.with_shapes(shapes);
        }
        let mut summary = self.write(pipeline, out, &mut report)?;
        progress.finish();
        summary.note_all(&diagnostics);
        if let Some(path) = &self.summary {
            write_summary(path, &summary)?;
        }
        messages.text(&summary.to_string());
        let worst = if self.strict { Severity::Warning } else { Severity::Error };
        let has_problems = summary.worst().is_some_and(|severity| severity >= worst);
        Ok(if has_problems { Status::Problems } else { Status::Fine })
    }

    fn context<'c>(&self, organisms: &'c OrganismTable) -> Context<'c> {
        let mut context = Context::new(organisms);
        context.captions = !self.no_captions;
        if !self.parts.is_empty() {
            context.parts = self.parts.iter().copied().collect();
        }
        context.image_url = self.image_url.clone();
        context
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

    fn jobs(&self) -> NonZeroUsize {
        let cores = || thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        self.jobs.unwrap_or_else(cores)
    }

    /// Converts everything to the output.
    fn write(
        &self,
        pipeline: Pipeline<'_>,
        out: &mut dyn Write,
        report: &mut dyn FnMut(&Diagnostic),
    ) -> anyhow::Result<Summary> {
        let by_name = self.output.as_deref().and_then(Format::from_path);
        let format = self.to.or(by_name).unwrap_or_default();
        let Some(path) = &self.output else {
            let serializer = Serializer::new(format, self.schema_base, out)?;
            let (serializer, summary) = pipeline.run(serializer, report)?;
            serializer.finish().map_err(|cause| Error::write("-", cause))?;
            return Ok(summary);
        };
        let serializer =
            Serializer::new(format, self.schema_base, Output::create(path, self.jobs())?)?;
        let (serializer, summary) = pipeline.with_output_name(path).run(serializer, report)?;
        serializer.finish().map_err(|cause| Error::write(path, cause))?.finish()?;
        Ok(summary)
    }

    /// Nobody wants a record replaced by its triples, or the triples by their summary.
    fn refuse_overwriting(&self, inputs: &[Input]) -> anyhow::Result<()> {
        if let (Some(output), Some(summary)) = (&self.output, &self.summary)
            && path::absolute(output)? == path::absolute(summary)?
        {
            anyhow::bail!("{}: is both the output and the summary", output.display());
        }
        let targets = [&self.output, &self.summary].into_iter().flatten();
        for target in targets.filter_map(|path| path.canonicalize().ok()) {
            let same = |path: &&Path| {
                path.file_name() == target.file_name()
                    && path.canonicalize().is_ok_and(|path| path == target)
            };
            if let Some(path) = self.files_read(inputs).find(same) {
                anyhow::bail!("{}: would be overwritten but is also read as input", path.display());
            }
        }
        Ok(())
    }

    fn files_read<'a>(&'a self, inputs: &'a [Input]) -> impl Iterator<Item = &'a Path> {
        let records = inputs.iter().flat_map(Input::records).filter_map(|record| record.path());
        let options = [&self.taxonomy, &self.pmc_ids].into_iter().flatten().chain(&self.shapes);
        records.chain(options.map(PathBuf::as_path))
    }
}

fn number_of_threads(text: &str) -> Result<NonZeroUsize, &'static str> {
    text.parse().map_err(|_| "expected a number from 1")
}

fn write_summary(path: &Path, summary: &Summary) -> anyhow::Result<()> {
    let mut output = Output::create(path, NonZeroUsize::MIN)?;
    serde_json::to_writer_pretty(&mut output, summary).map_err(io::Error::from)?;
    output.write_all(b"\n")?;
    Ok(output.finish()?)
}
