use std::fs;
use std::path::{Path, PathBuf};

use pfocr2rdf::shacl::{Options, Shapes, Source};
use pfocr2rdf::{Error, rdf_file};

use super::messages::Messages;

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
    Ok(shapes)
}

fn source(path: &Path) -> anyhow::Result<Source> {
    let text = fs::read_to_string(path).map_err(|cause| Error::read(path, cause))?;
    Ok(Source::turtle(&path.display().to_string(), &rdf_file::file_iri(path)?, &text)?)
}
