//! `export`: the formats that PFOCR users have had before.

mod gmt;

use std::fs;
use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use clap::{Subcommand, ValueEnum};
use pfocr2rdf::Error;
use pfocr2rdf::convert::Converter;
use pfocr2rdf::diagnostic::{Diagnostic, Severity};
use pfocr2rdf::export::{self, Syntax, Tier};
use pfocr2rdf::mapping::{Context, ImageUrl};
use pfocr2rdf::organisms::OrganismTable;
use pfocr2rdf::output::{Directory, Output};
use pfocr2rdf::record::Record;
use pfocr2rdf::sink::Parts;

use super::Status;
use super::mapping_options::MappingOptions;
use super::messages::Messages;
use super::output_options::named;
use super::record_options::SourceOptions;

/// Write records in other formats than RDF
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  pfocr2rdf export gmt pfocr-database -o gmt
  pfocr2rdf export gmt pfocr-database --set chemicals > chemicals.gmt
  pfocr2rdf export biothings pfocr-database --tier strict -o pfocr_strict.ndjson.gz
  pfocr2rdf export documents pfocr-database --documents ttl,jsonld -o figures")]
pub(super) struct Args {
    #[command(subcommand)]
    format: Format,
}

#[derive(Debug, Subcommand)]
enum Format {
    /// Sets of genes by NCBI Gene id, a file for each species, and of chemicals by ChEBI id
    ///
    /// A line is a figure: its alias or figid, its title, its ids. A set of genes has three or
    /// more. Into a directory go all sets: pfocr-gmt-Homo_sapiens.gmt and so on, and
    /// pfocr-gmt-chemicals.gmt. Genes belong together by their taxon id; the name is that of the
    /// first row that has one.
    Gmt {
        #[command(flatten)]
        source: Source,

        /// The one set to write: chemicals, or a species by its name or NCBI taxon id
        #[arg(long, value_name = "SET")]
        set: Option<String>,
    },
    /// Documents of the BioThings API of PFOCR, one a line
    ///
    /// A title or image that a record does not have is null.
    Biothings {
        #[command(flatten)]
        source: Source,

        /// Which genes: all, synonyms (symbols and synonyms) or strict (symbols)
        #[arg(long, value_name = "TIER", default_value = "all")]
        tier: Tier,

        /// The addresses of images, with {pmcid}, {figid} and {filename}
        #[arg(long, value_name = "TEMPLATE", default_value_t)]
        image_url: ImageUrl,
    },
    /// A small file for each figure, to lie beside its page on a static site
    ///
    /// What to add to the pages is printed.
    Documents {
        #[command(flatten)]
        source: Source,

        #[command(flatten)]
        mapping: MappingOptions,

        /// The forms of the files
        #[arg(long, value_enum, value_delimiter = ',', default_values = ["ttl", "jsonld"])]
        documents: Vec<Form>,

        /// All triples, not only those of the figure, its page and its article without what the
        /// figure shows
        #[arg(long)]
        full: bool,
    },
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Form {
    /// Turtle
    Ttl,
    /// JSON-LD
    Jsonld,
}

impl Form {
    fn syntax(self) -> Syntax {
        match self {
            Self::Ttl => Syntax::Turtle,
            Self::Jsonld => Syntax::JsonLd,
        }
    }
}

#[derive(Debug, clap::Args)]
struct Source {
    /// Records, directories or archives, as of `convert`
    #[arg(required = true)]
    inputs: Vec<PathBuf>,

    #[command(flatten)]
    options: SourceOptions,

    /// Write to this file, or all sets of gmt to this new or empty directory
    #[arg(short, long, value_name = "FILE|DIR")]
    output: Option<PathBuf>,

    /// Tell errors only
    #[arg(short, long)]
    quiet: bool,
}

impl Args {
    pub(super) fn run(&self, out: &mut dyn Write) -> anyhow::Result<Status> {
        match &self.format {
            Format::Gmt { source, set } => match (set, source.output()) {
                (Some(set), _) => {
                    let organisms = OrganismTable::bundled();
                    source.write(out, |record, out| {
                        let lines = gmt::lines(record, set, &organisms);
                        lines.iter().try_for_each(|line| out.write_all(line.as_bytes()))
                    })
                }
                (None, Some(folder)) => gmt::all_sets(source, folder),
                (None, None) => anyhow::bail!("found neither --set nor --output, expected one"),
            },
            Format::Biothings { source, tier, image_url } => source.write(out, |record, out| {
                let document = export::biothings(record, *tier, image_url);
                out.write_all(document.unwrap_or_default().as_bytes())
            }),
            Format::Documents { source, mapping, documents: forms, full } => {
                let syntaxes: Vec<_> = forms.iter().map(|form| form.syntax()).collect();
                documents((source, mapping), &syntaxes, *full, out)
            }
        }
    }
}

/// Writes a file for each figure and form, and prints what to add to the pages.
fn documents(
    (source, mapping): (&Source, &MappingOptions),
    syntaxes: &[Syntax],
    is_full: bool,
    out: &mut dyn Write,
) -> anyhow::Result<Status> {
    let Some(folder) = source.output() else {
        anyhow::bail!("found no --output for the documents")
    };
    let directory = Directory::create(folder)?;
    let tables = mapping.tables()?;
    let converter = mapping.converter(&tables, Parts::ALL);
    let schema = mapping.schema_base;
    let status = source.read(&converter, |record| {
        let triples = export::document(record, converter.context(), schema, is_full)?;
        syntaxes.iter().try_for_each(|syntax| {
            let path = directory.path().join(export::document_name(&record.figure.id, *syntax));
            fs::write(path, export::write_document(&triples, schema, *syntax)?)
        })
    })?;
    directory.finish()?;
    for syntax in syntaxes {
        let (media_type, extension) = (syntax.media_type(), syntax.extension());
        // Records of old generations have the file name of the image as their figid.
        let name = r#"{{ page.figid | remove: ".jpeg" | remove: ".jpg" }}"#;
        let link =
            format!(r#"<link rel="alternate" type="{media_type}" href="{name}.{extension}">"#);
        writeln!(out, "{link}").map_err(|cause| Error::write("-", cause))?;
    }
    Ok(status)
}

impl Source {
    /// The file or directory that is written; none is standard output.
    fn output(&self) -> Option<&Path> {
        named(self.output.as_deref())
    }

    /// Reads all records, and writes what is made of each to the output.
    fn write(
        &self,
        out: &mut dyn Write,
        make: impl Fn(&Record<'_>, &mut dyn Write) -> io::Result<()>,
    ) -> anyhow::Result<Status> {
        let organisms = OrganismTable::bundled();
        let converter = Converter::new(Context::new(&organisms));
        let Some(path) = self.output() else {
            return self.read(&converter, |record| make(record, out));
        };
        let mut output = Output::create(path, NonZeroUsize::MIN)?;
        let status = self.read(&converter, |record| make(record, &mut output))?;
        output.finish()?;
        Ok(status)
    }

    /// Shows all records, and tells what is wrong with them.
    fn read(
        &self,
        converter: &Converter<'_>,
        visit: impl FnMut(&Record<'_>) -> io::Result<()>,
    ) -> anyhow::Result<Status> {
        let messages = Messages::new(self.quiet);
        let mut diagnostics = Vec::new();
        let inputs = self.options.open(&self.inputs, &mut diagnostics)?;
        if let Some(file) = self.output().and_then(|path| path.canonicalize().ok())
            && inputs.iter().any(|input| input.reads(&file))
        {
            anyhow::bail!("{}: would be overwritten but is also read as input", file.display());
        }
        let mut has_errors = false;
        let mut report = |diagnostic: &Diagnostic| {
            has_errors |= diagnostic.severity() == Severity::Error;
            messages.diagnostic(diagnostic);
        };
        diagnostics.iter().for_each(&mut report);
        let name = self.output().unwrap_or(Path::new("-"));
        export::for_each(&inputs, converter, &mut report, visit)
            .map_err(|cause| Error::write(name, cause))?;
        Ok(if has_errors { Status::Problems } else { Status::Fine })
    }
}
