//! The triples of each record against SHACL shapes, with results placed in the source.

mod place;
mod sink;

use rustc_hash::FxHashSet;

use crate::convert::{Converter, Reading};
use crate::diagnostic::{Code, Diagnostic, ShapeResult};
use crate::mapping::{self, Object, Rule};
use crate::raw::Place;
use crate::shacl::{
    Failure, Known, Prepared, Shapes, TermId, TermSet, ValidationResult, Validator,
};
use crate::sink::Mapped;

pub(crate) use self::sink::Checked;

/// Checks records, one after the other.
///
/// A description that several records share is checked once; in later records only the type of
/// its node is seen.
///
/// ```
/// use pfocr2rdf::check::Checker;
/// use pfocr2rdf::convert::Converter;
/// use pfocr2rdf::mapping::Context;
/// use pfocr2rdf::organisms::OrganismTable;
/// use pfocr2rdf::shacl::{Options, Shapes, Source};
/// use pfocr2rdf::sink::Quads;
/// use pfocr2rdf::source::{Document, Folder};
///
/// let text = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix schema: <http://schema.org/> .
///     <#figure> sh:targetClass schema:ImageObject ; sh:property <#figure-number> .
///     <#figure-number> sh:path schema:position ; sh:maxLength 3 ; sh:message 'too long'@en .";
/// let source = Source::turtle("s.ttl", "http://example.org/", text)?;
/// let shapes = Shapes::compile(&[source], &Options::new())?;
/// let organisms = OrganismTable::bundled();
/// let converter = Converter::new(Context::new(&organisms));
///
/// let bytes = b"---\nfigid: PMC1__f1\npmcid: PMC1\nnumber: Figure 1\n---\n".to_vec();
/// let document = Document { name: "f1.md".to_owned(), bytes, is_plain: false };
/// let mut checker = Checker::new(&shapes);
/// let (folder, mut quads) = (Folder::default(), Quads::default());
/// let conversion = converter.convert_checked(&document, &folder, &mut quads, &mut checker)?;
/// assert_eq!(
///     conversion.diagnostics[0].to_string(),
///     "f1.md:4:9: error[figure-number]: too long: found \"Figure 1\"",
/// );
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Checker<'s> {
    validator: Validator<'s>,
    /// The descriptions that were checked.
    known: FxHashSet<u128>,
    /// The nodes of this record that were checked in others.
    elsewhere: TermSet,
    /// The terms that each rule always has or had last, by its number.
    prepared: Vec<Prepared>,
    /// The rules that made the triples of this record.
    rules: Vec<&'static Rule>,
}

impl<'s> Checker<'s> {
    /// A checker with these shapes.
    #[must_use]
    pub fn new(shapes: &'s Shapes) -> Self {
        let mut validator = shapes.validator();
        let prepared = |rule: &'static Rule| {
            let predicate = validator.prepare(rule.predicate.into());
            let object = match rule.object {
                Object::Term(term) => Known::Surely(validator.prepare(term.into())),
                _ => Known::Maybe(predicate),
            };
            Prepared { predicate, object }
        };
        Self {
            prepared: mapping::rules().map(prepared).collect(),
            validator,
            known: FxHashSet::default(),
            elsewhere: TermSet::default(),
            rules: Vec::new(),
        }
    }

    /// Takes a triple of the record; gives the id of its subject.
    fn push(&mut self, quad: &Mapped<'_>) -> TermId {
        let index = u32::try_from(self.rules.len()).unwrap_or(u32::MAX);
        self.rules.push(quad.rule);
        match self.prepared.get_mut(quad.rule.number) {
            Some(prepared) => self.validator.push_prepared(&quad.triple, prepared, index),
            None => self.validator.push_unprepared(&quad.triple, index),
        }
    }

    /// Checks the record whose triples were sent, and forgets it. What is found is said with the
    /// places of the record and its tables.
    pub(crate) fn finish(
        &mut self,
        converter: &Converter<'_>,
        reading: &Reading<'_>,
    ) -> Vec<Diagnostic> {
        let elsewhere = &self.elsewhere;
        let report = self.validator.finish_where(|node, _| !elsewhere.contains(node));
        let found = match report {
            Ok(report) => self.found(report.results, converter, reading),
            Err(failure) => vec![failed(&failure, reading)],
        };
        self.elsewhere.clear();
        self.rules.clear();
        found
    }

    fn found(
        &self,
        results: Vec<ValidationResult>,
        converter: &Converter<'_>,
        reading: &Reading<'_>,
    ) -> Vec<Diagnostic> {
        let cause = |result: ValidationResult| {
            let rule = result.triple.and_then(|index| self.rules.get(index as usize)).copied();
            (result, rule)
        };
        let results: Vec<_> = results.into_iter().map(cause).collect();
        let locations = place::locations(&results, converter, reading);
        let diagnostic = |((result, rule), location): ((_, Option<&Rule>), _)| {
            let is_shared = rule.is_some_and(|rule| rule.subject.is_shared());
            Diagnostic::of_shape(ShapeResult { result, is_shared }, location)
        };
        results.into_iter().zip(locations).map(diagnostic).collect()
    }
}

fn failed(failure: &Failure, reading: &Reading<'_>) -> Diagnostic {
    Diagnostic::new(
        Code::CheckFailed,
        reading.files.locator().locate(Place::Start),
        failure.to_string(),
    )
}
