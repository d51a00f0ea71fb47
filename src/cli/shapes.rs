use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use pfocr2rdf::serialize::SchemaOrg;
use pfocr2rdf::shacl::{Options, Shapes, Source};
use pfocr2rdf::{Error, rdf_file, shapes};

use super::Status;
use super::messages::Messages;

/// List the bundled shapes, or print some of them
///
/// They state what holds for everything that the converter writes, in SHACL 1.0 Core, so that
/// other engines can use them too.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The name of the file of shapes to print; without it they are listed
    name: Option<String>,
}

impl Args {
    pub(super) fn run(&self, out: &mut dyn Write) -> anyhow::Result<Status> {
        if let Some(name) = &self.name {
            let file = shapes::find(name).with_context(|| {
                let known = shapes::ALL.iter().chain([&shapes::DESCRIPTION]);
                let known: Vec<_> = known.map(|known| known.name).collect();
                format!("found the shapes {name:?}, expected one of {}", known.join(", "))
            })?;
            out.write_all(file.turtle.as_bytes())?;
            return Ok(Status::Fine);
        }
        for file in shapes::ALL.iter().chain([&shapes::DESCRIPTION]) {
            writeln!(out, "{:12} {}", file.name, file.description)?;
        }
        Ok(Status::Fine)
    }
}

/// The bundled shapes, with the terms of schema.org in this form, and without the one that asks for
/// captions when there are to be none.
pub(super) fn bundled(captions: bool, schema: SchemaOrg) -> anyhow::Result<Shapes> {
    const NO_CAPTIONS: &str = "@prefix sh: <http://www.w3.org/ns/shacl#> .
        <figure-caption-present> sh:deactivated true .";
    let source = |name: &str, turtle: &str| Source::turtle(name, shapes::NAMESPACE, turtle);
    let files = shapes::ALL
        .iter()
        .map(|file| source(&format!("shapes/{}", file.name), &file.turtle_with(schema)));
    let mut sources = files.collect::<Result<Vec<_>, _>>()?;
    if !captions {
        sources.push(source("--no-captions", NO_CAPTIONS)?);
    }
    Ok(Shapes::compile(&sources, &Options::new())?)
}

/// Compiles shapes from files.
pub(super) fn compile(
    files: &[PathBuf],
    options: Options,
    messages: &Messages,
) -> anyhow::Result<Shapes> {
    let sources = files.iter().map(|path| source(path));
    let sources = sources.collect::<anyhow::Result<Vec<_>>>()?;
    let shapes = Shapes::compile(&sources, &options)?;
    for iri in shapes.missing_imports() {
        messages.text(&format!("warning: {iri} is imported but not given\n"));
    }
    if shapes.scopes().is_empty() {
        messages.text("warning: no shape has a target, so no node is checked\n");
    }
    Ok(shapes)
}

/// Compiles shapes from files for records, and says which of them look beyond a record.
pub(super) fn compile_for_records(
    files: &[PathBuf],
    options: Options,
    messages: &Messages,
) -> anyhow::Result<Shapes> {
    let shapes = compile(files, options, messages)?;
    let scopes = shapes.scopes();
    let mut reasons = scopes.iter().filter_map(|scope| scope.reasons().first()).peekable();
    if reasons.peek().is_some() {
        messages.text(
            "warning: records are checked one by one; validate the RDF to check all together, as \
             these shapes ask for:\n",
        );
    }
    for reason in reasons {
        messages.text(&format!("  {reason}\n"));
    }
    Ok(shapes)
}

fn source(path: &Path) -> anyhow::Result<Source> {
    let text = fs::read_to_string(path).map_err(|cause| Error::read(path, cause))?;
    Ok(Source::turtle(&path.display().to_string(), &rdf_file::file_iri(path)?, &text)?)
}
