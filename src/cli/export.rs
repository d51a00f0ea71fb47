//! `export`: the formats that PFOCR users have had before.

use std::collections::BTreeMap;
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
use pfocr2rdf::source::{Input, Limits};

use super::Status;
use super::messages::Messages;
use super::output_options::named;

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
    /// pfocr-gmt-chemicals.gmt.
    Gmt {
        #[command(flatten)]
        source: Source,

        /// The one set to write: chemicals, or a species by its name or NCBI taxon id
        #[arg(long, value_name = "SET")]
        set: Option<String>,
    },
    /// Documents of the BioThings API of PFOCR, one a line
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

    /// Where the tables are [default: _data beside the folder of the records]
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,

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
                (Some(set), _) => source.write(out, |record, out| {
                    lines(record, set).iter().try_for_each(|line| out.write_all(line.as_bytes()))
                }),
                (None, Some(folder)) => all_sets(source, folder),
                (None, None) => anyhow::bail!("found neither --set nor --output, expected one"),
            },
            Format::Biothings { source, tier, image_url } => source.write(out, |record, out| {
                let document = export::biothings(record, *tier, image_url);
                out.write_all(document.unwrap_or_default().as_bytes())
            }),
            Format::Documents { source, documents: forms, full } => {
                let syntaxes: Vec<_> = forms.iter().map(|form| form.syntax()).collect();
                documents(source, &syntaxes, *full, out)
            }
        }
    }
}

/// Writes a file for each figure and form, and prints what to add to the pages.
fn documents(
    source: &Source,
    syntaxes: &[Syntax],
    is_full: bool,
    out: &mut dyn Write,
) -> anyhow::Result<Status> {
    let Some(folder) = source.output() else {
        anyhow::bail!("found no --output for the documents")
    };
    let directory = Directory::create(folder)?;
    let organisms = OrganismTable::bundled();
    let context = Context::new(&organisms);
    let status = source.read(|record| {
        let triples = export::document(record, &context, is_full)?;
        syntaxes.iter().try_for_each(|syntax| {
            let path = directory.path().join(export::document_name(&record.figure.id, *syntax));
            fs::write(path, export::write_document(&triples, *syntax)?)
        })
    })?;
    directory.finish()?;
    for syntax in syntaxes {
        let (media_type, extension) = (syntax.media_type(), syntax.extension());
        let link = format!(
            r#"<link rel="alternate" type="{media_type}" href="{{{{ page.figid }}}}.{extension}">"#
        );
        writeln!(out, "{link}").map_err(|cause| Error::write("-", cause))?;
    }
    Ok(status)
}

/// The lines of a record in one set.
fn lines(record: &Record<'_>, set: &str) -> Vec<String> {
    if set == "chemicals" {
        return export::chemical_set(record).into_iter().collect();
    }
    let sets = export::gene_sets(record).into_iter();
    sets.filter(|((taxon, name), _)| taxon == set || name == set).map(|(_, line)| line).collect()
}

/// Writes each set into a file of its own.
fn all_sets(source: &Source, folder: &Path) -> anyhow::Result<Status> {
    let directory = Directory::create(folder)?;
    let mut files = BTreeMap::<String, String>::new();
    let mut add = |name: &str, line: &str| {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || ".-".contains(c);
        let name = name.replace(|c| !is_plain(c), "_");
        files.entry(format!("pfocr-gmt-{name}.gmt")).or_default().push_str(line);
    };
    let status = source.read(|record| {
        for ((taxon, name), line) in export::gene_sets(record) {
            let name = if name.is_empty() { format!("taxon {taxon}") } else { name };
            add(&name, &line);
        }
        add("chemicals", &export::chemical_set(record).unwrap_or_default());
        Ok(())
    })?;
    for (name, text) in files {
        fs::write(directory.path().join(name), text)
            .map_err(|cause| Error::write(folder, cause))?;
    }
    directory.finish()?;
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
        let Some(path) = self.output() else {
            return self.read(|record| make(record, out));
        };
        let mut output = Output::create(path, NonZeroUsize::MIN)?;
        let status = self.read(|record| make(record, &mut output))?;
        output.finish()?;
        Ok(status)
    }

    /// Shows all records, and tells what is wrong with them.
    fn read(&self, visit: impl FnMut(&Record<'_>) -> io::Result<()>) -> anyhow::Result<Status> {
        let messages = Messages::new(self.quiet);
        let mut diagnostics = Vec::new();
        let open = |path: &PathBuf| {
            Input::open_with(path, self.data.as_deref(), Limits::default(), &mut diagnostics)
        };
        let inputs = self.inputs.iter().map(open).collect::<Result<Vec<_>, _>>()?;
        if let Some(file) = self.output().and_then(|path| path.canonicalize().ok())
            && inputs.iter().any(|input| input.reads(&file))
        {
            anyhow::bail!("{}: would be overwritten but is also read as input", file.display());
        }
        let organisms = OrganismTable::bundled();
        let converter = Converter::new(Context::new(&organisms));
        let mut has_errors = false;
        let mut report = |diagnostic: &Diagnostic| {
            has_errors |= diagnostic.severity() == Severity::Error;
            messages.diagnostic(diagnostic);
        };
        diagnostics.iter().for_each(&mut report);
        let name = self.output().unwrap_or(Path::new("-"));
        export::for_each(&inputs, &converter, &mut report, visit)
            .map_err(|cause| Error::write(name, cause))?;
        Ok(if has_errors { Status::Problems } else { Status::Fine })
    }
}
