use std::io::{self, BufReader};

use flate2::bufread::GzDecoder;
use oxjsonld::JsonLdParser;
use oxttl::TurtleParser;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;

use super::data::{end_member, parse};
use super::tree::Tree;
use crate::release::{File, Manifest, Role};

/// Files without triples that do not parse.
pub(super) fn check(tree: &Tree, manifest: &Manifest) -> Vec<String> {
    let problem = |file: &File| {
        let error = parsed(tree, file, manifest).err()?;
        Some(format!("{}: {error}", file.name))
    };
    manifest.files.iter().filter_map(problem).collect()
}

fn parsed(tree: &Tree, file: &File, manifest: &Manifest) -> io::Result<()> {
    let read = || tree.read(&file.name);
    match file.role {
        Role::Description | Role::Shapes | Role::Vocabulary => {
            parse(TurtleParser::new().for_slice(&read()?))
        }
        Role::Dataset => parse(JsonLdParser::new().for_slice(&read()?)),
        Role::Query => query(&read()?),
        Role::Report => report(tree, file, manifest),
        // What is no language of its own is compared with what it must be.
        Role::Part
        | Role::Quads
        | Role::Turtle
        | Role::Metadata
        | Role::Graph
        | Role::Recipe
        | Role::Page => Ok(()),
    }
}

#[cfg(feature = "sparql")]
fn query(text: &[u8]) -> io::Result<()> {
    let text = str::from_utf8(text).map_err(io::Error::other)?;
    spargebra::SparqlParser::new().parse_query(text).map(drop).map_err(io::Error::other)
}

#[cfg(not(feature = "sparql"))]
fn query(text: &[u8]) -> io::Result<()> {
    str::from_utf8(text).map(drop).map_err(io::Error::other)
}

/// As much of a report as is compared; its results need no memory.
#[derive(Deserialize)]
struct Report {
    results: Vec<IgnoredAny>,
}

/// The report has as many results as the summary of the run.
fn report(tree: &Tree, file: &File, manifest: &Manifest) -> io::Result<()> {
    let mut reader = GzDecoder::new(BufReader::new(tree.open(&file.name)?));
    let report: Report = serde_json::from_reader(BufReader::new(&mut reader))?;
    end_member(reader)?;
    let found = report.results.len() as u64;
    let codes = manifest.summary.get("diagnostics").and_then(Value::as_object);
    let expected: u64 =
        codes.into_iter().flat_map(|codes| codes.values()).filter_map(Value::as_u64).sum();
    if found == expected {
        Ok(())
    } else {
        Err(io::Error::other(format!("found {found} results, expected {expected}")))
    }
}
