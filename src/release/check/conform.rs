use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use oxrdf::{NamedNode, NamedOrBlankNode, Quad, Term, Triple, TripleRef};
use oxttl::{NQuadsParser, TurtleParser};
use rustc_hash::{FxHashMap, FxHashSet};

use super::data::blocks;
use crate::error::Error;
use crate::release::Manifest;
use crate::shacl::{Failure, Options, Severity, Shapes, Source, ValidationResult, Validator};
use crate::shapes::{self, ShapesFile};
use crate::vocab::{rdf, schema};

/// How many shapes are named, each with its first violation.
const SHOWN: usize = 20;

/// What the shapes of the description find in it.
pub(super) fn check_description(turtle: &str) -> Result<Vec<String>, Error> {
    let invalid = |error: &dyn std::error::Error| Error::invalid(error.to_string());
    let triples = TurtleParser::new().for_slice(turtle).collect::<Result<Vec<_>, _>>();
    let triples = triples.map_err(|error| invalid(&error))?;
    let report = compile([&shapes::DESCRIPTION])?.validator().validate(&triples);
    let problem = |result: ValidationResult| {
        format!("{} violates {}", result.focus_node, result.source_shape)
    };
    Ok(report.map_err(|error| invalid(&error))?.results.into_iter().map(problem).collect())
}

fn compile<'f>(files: impl IntoIterator<Item = &'f ShapesFile>) -> Result<Shapes, Error> {
    let invalid = |error: &dyn std::error::Error| Error::invalid(error.to_string());
    let source = |file: &ShapesFile| Source::turtle(file.name, shapes::NAMESPACE, file.turtle);
    let sources = files.into_iter().map(source).collect::<Result<Vec<_>, _>>();
    let sources = sources.map_err(|error| invalid(&error))?;
    Shapes::compile(&sources, &Options::new()).map_err(|error| invalid(&error))
}

/// What violates the bundled shapes, one violation a shape.
pub(super) fn check(folder: &Path, manifest: &Manifest) -> Result<Vec<String>, Error> {
    let shapes = compile(shapes::ALL)?;
    let Some(quads) = manifest.files.iter().find(|file| file.media_type == "application/n-quads")
    else {
        return Ok(vec!["found no file of quads".to_owned()]);
    };
    let mut records = Records::new(&shapes);
    let is_https = manifest.schema_base == "https";
    let read = blocks(&folder.join(&quads.name), |block| {
        let http;
        let block = if is_https {
            http = with_http(block);
            http.as_slice()
        } else {
            block
        };
        for quad in NQuadsParser::new().for_slice(block) {
            records.add(quad.map_err(io::Error::other)?).map_err(io::Error::other)?;
        }
        Ok(())
    });
    let ended = read.and_then(|()| records.end().map_err(io::Error::other));
    let mut problems: Vec<_> = records.violations.into_values().take(SHOWN).collect();
    problems.extend(ended.err().map(|error| format!("{}: {error}", quads.name)));
    Ok(problems)
}

/// Lines with the terms of schema.org as the shapes have them.
fn with_http(lines: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(lines);
    text.replace(&format!("<{}", schema::HTTPS_NAMESPACE), &format!("<{}", schema::NAMESPACE))
        .into()
}

/// Validates one record after the other, each with what earlier ones say of the type of its nodes.
struct Records<'s> {
    validator: Validator<'s>,
    /// The types of nodes that several records can describe.
    types: FxHashMap<NamedNode, Vec<NamedNode>>,
    record: Vec<Triple>,
    /// By shape: the first violation.
    violations: BTreeMap<String, String>,
}

impl<'s> Records<'s> {
    fn new(shapes: &'s Shapes) -> Self {
        let (types, record, violations) = Default::default();
        Self { validator: shapes.validator(), types, record, violations }
    }

    /// Takes the next quad; a figure begins a record.
    fn add(&mut self, quad: Quad) -> Result<(), Failure> {
        let triple = Triple::from(quad);
        if triple.predicate == rdf::TYPE && triple.object == Term::from(schema::IMAGE_OBJECT) {
            self.end()?;
        }
        self.record.push(triple);
        Ok(())
    }

    /// Validates the record that was read.
    fn end(&mut self) -> Result<(), Failure> {
        let record = std::mem::take(&mut self.record);
        let mut elsewhere = FxHashSet::default();
        for triple in &record {
            self.validator.push(triple, 0);
            let object = if let Term::NamedNode(node) = &triple.object { Some(node) } else { None };
            let subject = if let NamedOrBlankNode::NamedNode(node) = &triple.subject {
                Some(node)
            } else {
                None
            };
            for node in [subject, object].into_iter().flatten() {
                let Some(types) = self.types.get(node) else { continue };
                if elsewhere.insert(node) {
                    for class in types {
                        self.validator.push(TripleRef::new(node, rdf::TYPE, class), 0);
                    }
                }
            }
        }
        let report = self.validator.finish()?;
        for result in report.results {
            let is_known =
                matches!(&result.focus_node, Term::NamedNode(node) if elsewhere.contains(node));
            if result.severity == Severity::Violation && !is_known {
                let shape = result.source_shape.to_string();
                let focus = &result.focus_node;
                self.violations
                    .entry(shape.clone())
                    .or_insert_with(|| format!("{focus} violates {shape}"));
            }
        }
        let figure = record.first().map(|triple| triple.subject.to_string()).unwrap_or_default();
        let figure = figure.trim_end_matches('>').to_owned();
        for triple in record {
            if let (NamedOrBlankNode::NamedNode(node), Term::NamedNode(class)) =
                (triple.subject, triple.object)
                && triple.predicate == rdf::TYPE
                && !node.to_string().starts_with(&figure)
            {
                self.types.entry(node).or_default().push(class);
            }
        }
        Ok(())
    }
}
