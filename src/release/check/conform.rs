use std::collections::BTreeMap;
use std::{io, mem};

use oxrdf::{NamedNode, NamedOrBlankNode, Quad, Term, Triple, TripleRef};
use oxttl::{NQuadsParser, TurtleParser};
use rustc_hash::{FxHashMap, FxHashSet};

use super::SHOWN;
use super::data::blocks;
use super::tree::Tree;
use crate::error::Error;
use crate::iri;
use crate::release::{Manifest, Role};
use crate::serialize::SchemaOrg;
use crate::shacl::{Failure, Options, Severity, Shapes, Source, ValidationResult, Validator};
use crate::shapes::{self, ShapesFile};
use crate::vocab::{rdf, schema};

/// What the shapes of the description find in it, worth a look or worse.
pub(super) fn check_description(turtle: &[u8]) -> Result<Vec<String>, Error> {
    let invalid = |error: &dyn std::error::Error| Error::invalid(error.to_string());
    // What does not parse is told elsewhere.
    let triples: Vec<_> = TurtleParser::new().for_slice(turtle).map_while(Result::ok).collect();
    let report = compile([&shapes::DESCRIPTION])?.validator().validate(&triples);
    let results = report.map_err(|error| invalid(&error))?.results.into_iter();
    let poor = results.filter(|result| result.severity != Severity::Info);
    let problem = |result: ValidationResult| {
        format!("{} violates {}", result.focus_node, result.source_shape)
    };
    Ok(poor.map(problem).collect())
}

fn compile<'f>(files: impl IntoIterator<Item = &'f ShapesFile>) -> Result<Shapes, Error> {
    let invalid = |error: &dyn std::error::Error| Error::invalid(error.to_string());
    let source = |file: &ShapesFile| Source::turtle(file.name, shapes::NAMESPACE, file.turtle);
    let sources = files.into_iter().map(source).collect::<Result<Vec<_>, _>>();
    let sources = sources.map_err(|error| invalid(&error))?;
    Shapes::compile(&sources, &Options::new()).map_err(|error| invalid(&error))
}

/// What violates the bundled shapes, one violation a shape.
pub(super) fn check(tree: &Tree, manifest: &Manifest) -> Result<Vec<String>, Error> {
    let shapes = compile(shapes::ALL)?;
    let Some(quads) = manifest.files.iter().find(|file| file.role == Role::Quads) else {
        return Ok(vec!["found no file of quads".to_owned()]);
    };
    let mut records = Records::new(&shapes);
    let is_https = manifest.schema_base == SchemaOrg::Https;
    let read = tree.open(&quads.name).and_then(|file| {
        blocks(file, |block| {
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
        })
    });
    let ended = read.and_then(|()| records.end().map_err(io::Error::other));
    let mut problems: Vec<_> = records.violations.into_values().take(SHOWN).collect();
    problems.extend(records.misplaced.into_iter().take(SHOWN));
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
///
/// The triples of a record follow each other, from one that says something of its figure to the
/// next that says something of another figure.
struct Records<'s> {
    validator: Validator<'s>,
    /// The types of nodes that several records can describe.
    types: FxHashMap<NamedNode, Vec<NamedNode>>,
    record: Vec<Triple>,
    /// The figure of the record.
    figure: Option<String>,
    /// The figures of all records so far.
    figures: FxHashSet<String>,
    /// By shape: the first violation.
    violations: BTreeMap<String, String>,
    /// Triples that are not with others of their figure.
    misplaced: Vec<String>,
}

impl<'s> Records<'s> {
    fn new(shapes: &'s Shapes) -> Self {
        let (types, record, figure, figures) = Default::default();
        let (violations, misplaced) = Default::default();
        let validator = shapes.validator();
        Self { validator, types, record, figure, figures, violations, misplaced }
    }

    /// Takes the next quad.
    fn add(&mut self, quad: Quad) -> Result<(), Failure> {
        let triple = Triple::from(quad);
        match (figure(&triple.subject), &self.figure) {
            (Some(figure), Some(current)) if figure == current => {}
            (Some(figure), _) => {
                let figure = figure.to_owned();
                self.end()?;
                if !self.figures.insert(figure.clone()) {
                    self.misplaced.push(format!(
                        "{triple}: not in the order in which it is written, so it cannot be checked"
                    ));
                }
                self.figure = Some(figure);
            }
            // Without figures there are no records: each node is by itself.
            (None, None) => {
                let is_other = |last: &Triple| last.subject != triple.subject;
                if self.record.last().is_some_and(is_other) {
                    self.end()?;
                }
            }
            (None, Some(_)) => {}
        }
        self.record.push(triple);
        Ok(())
    }

    /// Validates the record that was read.
    fn end(&mut self) -> Result<(), Failure> {
        let record = mem::take(&mut self.record);
        let mut elsewhere = FxHashSet::default();
        for triple in &record {
            self.validator.push(triple, 0);
            let nodes = [named(&triple.subject), object(&triple.object)];
            for node in nodes.into_iter().flatten() {
                let Some(types) = self.types.get(node) else { continue };
                if elsewhere.insert(node) {
                    for class in types {
                        self.validator.push(TripleRef::new(node, rdf::TYPE, class), 0);
                    }
                }
            }
        }
        let is_known = |result: &ValidationResult| matches!(&result.focus_node, Term::NamedNode(node) if elsewhere.contains(node));
        for result in self.validator.finish()?.results {
            let is_certain = !is_known(&result) || is_about_values(&result);
            if result.severity == Severity::Violation && is_certain {
                let (focus, shape) = (&result.focus_node, result.source_shape.to_string());
                let violation = format!("{focus} violates {shape}");
                self.violations.entry(shape).or_insert(violation);
            }
        }
        for triple in record.into_iter().filter(|triple| triple.predicate == rdf::TYPE) {
            let is_shared = figure(&triple.subject).is_none();
            if let (NamedOrBlankNode::NamedNode(node), Term::NamedNode(class), true) =
                (triple.subject, triple.object, is_shared)
            {
                self.types.entry(node).or_default().push(class);
            }
        }
        Ok(())
    }
}

/// Whether a result stays true when more is said of its node elsewhere.
fn is_about_values(result: &ValidationResult) -> bool {
    let name = result.component.as_str().trim_end_matches("ConstraintComponent");
    let of_values =
        ["Datatype", "NodeKind", "Pattern", "In", "LanguageIn", "UniqueLang", "MaxCount"];
    of_values
        .iter()
        .chain(&["MinInclusive", "MaxInclusive", "Closed"])
        .any(|component| name.rsplit_once('#').is_some_and(|(_, name)| name == *component))
}

fn named(node: &NamedOrBlankNode) -> Option<&NamedNode> {
    if let NamedOrBlankNode::NamedNode(node) = node { Some(node) } else { None }
}

fn object(term: &Term) -> Option<&NamedNode> {
    if let Term::NamedNode(node) = term { Some(node) } else { None }
}

/// The figure that a node belongs to: it, its page, or something on its page.
fn figure(node: &NamedOrBlankNode) -> Option<&str> {
    let local = named(node)?.as_str().strip_prefix(iri::FIGURE.prefix())?;
    let (page, _) = local.split_once('#').unwrap_or((local, ""));
    Some(page.trim_end_matches(".html"))
}
