//! The triples of each record against SHACL shapes, with results placed in the source.

mod place;
mod sink;

use rustc_hash::FxHashSet;

use crate::diagnostic::{Code, Diagnostic, Location, ShapeResult};
use crate::mapping::Rule;
use crate::raw::Place;
use crate::shacl::{Failure, Shapes, ValidationResult, Validator};

pub(crate) use self::place::Source;
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
    /// The nodes of this record that were checked in others, as hashes of their IRIs.
    elsewhere: FxHashSet<u128>,
    /// The rules that made the triples of this record.
    rules: Vec<&'static Rule>,
}

impl<'s> Checker<'s> {
    /// A checker with these shapes.
    #[must_use]
    pub fn new(shapes: &'s Shapes) -> Self {
        Self {
            validator: shapes.validator(),
            known: FxHashSet::default(),
            elsewhere: FxHashSet::default(),
            rules: Vec::new(),
        }
    }

    /// Checks the record whose triples were sent, and forgets it. What is found is said with the
    /// places of the record and its tables.
    pub(crate) fn finish(&mut self, source: &Source<'_>) -> Vec<(Place, Diagnostic)> {
        let elsewhere = &self.elsewhere;
        let report = self.validator.finish_for(|node| !sink::contains(elsewhere, node));
        let found = match report {
            Ok(report) => report.results.iter().map(|result| self.found(result, source)).collect(),
            Err(failure) => vec![(Place::Start, failed(&failure))],
        };
        self.elsewhere.clear();
        self.rules.clear();
        found
    }

    fn found(&self, result: &ValidationResult, source: &Source<'_>) -> (Place, Diagnostic) {
        let rule = result.triple.and_then(|index| self.rules.get(index as usize)).copied();
        let is_shared = rule.is_some_and(|rule| rule.subject.is_shared());
        let shape = ShapeResult { result: result.clone(), is_shared };
        (source.place(result, rule), Diagnostic::of_shape(shape, Location::default()))
    }
}

fn failed(failure: &Failure) -> Diagnostic {
    Diagnostic::new(Code::CheckFailed, Location::default(), failure.to_string())
}
