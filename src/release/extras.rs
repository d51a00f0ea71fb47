//! The files of a release that do not depend on the data: recipes, queries, shapes and
//! vocabularies.

use std::fs;
use std::path::Path;

use super::contents::Entry;
use super::manifest::Role;
use crate::error::Error;
use crate::serialize::SchemaOrg;
use crate::shapes::{self, ShapesFile};
use crate::vocab::{self, schema};

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

const QUERIES: [(&str, &str); 4] = [
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

/// The files, with the terms of schema.org as the data have them.
pub(super) fn files(schema: SchemaOrg) -> Vec<(Entry, String)> {
    let mut files = Vec::new();
    for ((_, file, _), text) in RECIPES.into_iter().zip(LOAD) {
        let media_type = if is_script(text) { "application/x-sh" } else { "text/plain" };
        let entry = Entry::new(format!("load/{file}"), Role::Recipe, media_type);
        files.push((entry, text.to_owned()));
    }
    for (file, text) in queries(schema) {
        let entry = Entry::new(format!("queries/{file}"), Role::Query, "application/sparql-query");
        files.push((entry, text));
    }
    let turtle = |name: String, role| Entry::new(name, role, "text/turtle");
    let shapes = |file: &ShapesFile| turtle(format!("shapes/{}.ttl", file.name), Role::Shapes);
    for file in shapes::ALL {
        files.push((shapes(file), with_terms(schema, file.turtle)));
    }
    // The description is about the data, and has the terms of schema.org by itself.
    files.push((shapes(&shapes::DESCRIPTION), shapes::DESCRIPTION.turtle.to_owned()));
    for vocabulary in vocab::ALL {
        let entry = turtle(format!("vocab/{}.ttl", vocabulary.prefix), Role::Vocabulary);
        files.push((entry, with_terms(schema, vocabulary.turtle)));
    }
    files
}

/// The queries: the file and its text.
pub(super) fn queries(schema: SchemaOrg) -> impl Iterator<Item = (&'static str, String)> {
    QUERIES.into_iter().map(move |(file, text)| (file, with_terms(schema, text)))
}

/// A text that names schema.org only by its namespace, with the other form of that.
pub(super) fn with_terms(schema: SchemaOrg, text: &str) -> String {
    text.replace(schema::NAMESPACE, schema.namespace())
}

/// Writes a file into the folder of a release.
pub(super) fn write(folder: &Path, name: &str, text: &str) -> Result<(), Error> {
    let path = folder.join(name);
    let made = path.parent().map_or(Ok(()), fs::create_dir_all);
    made.and_then(|()| fs::write(&path, text)).map_err(|cause| Error::write(&path, cause))?;
    if is_script(text) { make_executable(&path) } else { Ok(()) }
}

fn is_script(text: &str) -> bool {
    text.starts_with("#!")
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
