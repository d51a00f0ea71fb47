//! The files of a release that are the same in each: recipes, queries, shapes and vocabularies.

use std::fs;
use std::path::Path;

use crate::error::Error;
use crate::{shapes, vocab};

macro_rules! data {
    ($path:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/release/", $path))
    };
}

/// Recipes for stores: the name of the store, the file, and how it is called.
pub(super) const RECIPES: [(&str, &str, &str); 4] = [
    ("Oxigraph", "oxigraph.sh", "load/oxigraph.sh pfocr-oxigraph"),
    ("Virtuoso", "virtuoso.sh", "VIRTUOSO_PASSWORD=dba load/virtuoso.sh 1111"),
    ("Apache Jena", "jena.sh", "load/jena.sh pfocr-tdb2"),
    ("QLever", "Qleverfile", "cp load/Qleverfile . && qlever index && qlever start"),
];

/// Queries: the file and its text.
pub(super) const QUERIES: [(&str, &str); 4] = [
    ("figures-of-a-gene.rq", data!("queries/figures-of-a-gene.rq")),
    ("genes-drawn-together.rq", data!("queries/genes-drawn-together.rq")),
    ("words-of-a-figure.rq", data!("queries/words-of-a-figure.rq")),
    ("triples-of-each-part.rq", data!("queries/triples-of-each-part.rq")),
];

const LOAD: [&str; 4] = [
    data!("load/oxigraph.sh"),
    data!("load/virtuoso.sh"),
    data!("load/jena.sh"),
    data!("load/Qleverfile"),
];

/// Writes the files into the folder of a release; gives their names and media types.
pub(super) fn write(folder: &Path) -> Result<Vec<(String, &'static str)>, Error> {
    let mut written = Vec::new();
    let mut write = |name: String, media_type, text: &str| {
        let path = folder.join(&name);
        let made = path.parent().map_or(Ok(()), fs::create_dir_all);
        made.and_then(|()| fs::write(&path, text)).map_err(|cause| Error::write(&path, cause))?;
        if text.starts_with("#!") {
            make_executable(&path)?;
        }
        written.push((name, media_type));
        Ok(())
    };
    for ((_, file, _), text) in RECIPES.into_iter().zip(LOAD) {
        let media_type = if text.starts_with("#!") { "application/x-sh" } else { "text/plain" };
        write(format!("load/{file}"), media_type, text)?;
    }
    for (file, text) in QUERIES {
        write(format!("queries/{file}"), "application/sparql-query", text)?;
    }
    for file in shapes::ALL.iter().chain([&shapes::DESCRIPTION]) {
        write(format!("shapes/{}.ttl", file.name), "text/turtle", file.turtle)?;
    }
    for vocabulary in vocab::ALL {
        let name = format!("vocab/{}.ttl", vocabulary.prefix);
        write(name, "text/turtle", vocabulary.turtle)?;
    }
    Ok(written)
}

#[cfg(unix)]
fn make_executable(path: &Path) -> Result<(), Error> {
    use std::os::unix::fs::PermissionsExt;
    let permissions = fs::Permissions::from_mode(0o755);
    fs::set_permissions(path, permissions).map_err(|cause| Error::write(path, cause))
}

#[cfg(not(unix))]
fn make_executable(_: &Path) -> Result<(), Error> {
    Ok(())
}
