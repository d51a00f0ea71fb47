//! Validation of one record after the other.

use oxrdf::TripleRef;

use super::engine::{Engine, Finding, Scratch};
use super::error::Failure;
use super::graph::{Fact, Graph, View};
use super::options::Version;
use super::program::ShapeId;
use super::report::{Converter, Report};
use super::shapes::Shapes;
use super::terms::{Lexicon, Local};

/// Validates graphs, or a stream of records, against [`Shapes`].
///
/// Memory is kept from one record to the next, and holds one record. Each record is validated by
/// itself: what that leaves out is said by [`Shapes::scopes`]. A whole graph is one record.
///
/// ```
/// use oxrdf::{Literal, NamedNode, Triple};
/// use pfocr2rdf::shacl::{Options, Shapes, Source};
///
/// let text = "@prefix sh: <http://www.w3.org/ns/shacl#> .
///     <#s> sh:targetSubjectsOf <#p> ; sh:path <#p> ; sh:maxLength 2 .";
/// let source = Source::turtle("s.ttl", "http://example.com/", text)?;
/// let shapes = Shapes::compile(&[source], &Options::new())?;
/// let triple = |value: &str| {
///     let term = |iri: &str| NamedNode::new_unchecked(iri);
///     Triple::new(term("a:"), term("http://example.com/#p"), Literal::new_simple_literal(value))
/// };
///
/// let mut validator = shapes.validator();
/// validator.push(&triple("one"), 7);
/// let report = validator.finish()?;
/// assert_eq!(report.results[0].triple, Some(7));
/// validator.push(&triple("1"), 8);
/// assert!(validator.finish()?.conforms);
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Validator<'s> {
    shapes: &'s Shapes,
    terms: Local,
    record: Graph,
    scratch: Scratch,
    findings: Vec<Finding>,
    /// For each shape, whether its targets are validated.
    wanted: Option<Vec<bool>>,
}

impl<'s> Validator<'s> {
    pub(super) fn new(shapes: &'s Shapes) -> Self {
        Self {
            shapes,
            terms: Local::new(&shapes.program.terms),
            record: Graph::default(),
            scratch: Scratch::default(),
            findings: Vec::new(),
            wanted: None,
        }
    }

    /// Adds a triple to the record; `origin` is what results call it.
    pub fn push<'t>(&mut self, triple: impl Into<TripleRef<'t>>, origin: u32) {
        let triple = triple.into();
        let fixed = &self.shapes.program.terms;
        let fact = Fact {
            subject: self.terms.intern(fixed, triple.subject.into()),
            predicate: self.terms.intern(fixed, triple.predicate.into()),
            object: self.terms.intern(fixed, triple.object),
            origin,
        };
        self.record.push(fact);
    }

    /// Validates the record, and forgets it.
    ///
    /// # Errors
    ///
    /// If there is no answer: a query failed, or the data led too deep into recursive shapes.
    pub fn finish(&mut self) -> Result<Report, Failure> {
        let mut findings = std::mem::take(&mut self.findings);
        let outcome = self.run(Some(&mut findings));
        let program = &self.shapes.program;
        let lexicon = Lexicon::new(&program.terms, &self.terms);
        let results = Converter { program, lexicon }.results(&findings);
        findings.clear();
        self.findings = findings;
        self.clear();
        outcome?;
        let conforms = match program.version {
            Version::V1_0 => results.is_empty(),
            Version::V1_2 => results.iter().all(|result| result.severity.is_harmless()),
        };
        Ok(Report { conforms, results })
    }

    /// Says whether the record conforms, and forgets it: faster than a report, as it stops at the
    /// first result.
    ///
    /// # Errors
    ///
    /// As for [`finish`](Self::finish).
    pub fn conforms(&mut self) -> Result<bool, Failure> {
        if self.shapes.program.version != Version::V1_0 {
            return self.finish().map(|report| report.conforms);
        }
        let outcome = self.run(None);
        self.clear();
        outcome
    }

    /// Validates triples as one record; results have the position of their triple.
    ///
    /// # Errors
    ///
    /// As for [`finish`](Self::finish), and if there are more than 4,294,967,294 triples.
    pub fn validate<'t, T: Into<TripleRef<'t>>>(
        &mut self,
        triples: impl IntoIterator<Item = T>,
    ) -> Result<Report, Failure> {
        self.clear();
        for (origin, triple) in triples.into_iter().enumerate() {
            let origin = u32::try_from(origin).map_err(|_| Failure::TooLarge)?;
            self.push(triple, origin);
        }
        self.finish()
    }

    fn run(&mut self, out: Option<&mut Vec<Finding>>) -> Result<bool, Failure> {
        let program = &self.shapes.program;
        if self.terms.is_full() {
            return Err(Failure::TooLarge);
        }
        self.record.index(program.orders);
        let view = View { record: &self.record, background: &program.background };
        let lexicon = Lexicon::new(&program.terms, &self.terms);
        let wanted = self.wanted.as_deref();
        let is_wanted = |shape: ShapeId| {
            wanted.is_none_or(|wanted| wanted.get(shape.index()).copied().unwrap_or_default())
        };
        Engine::new(program, view, lexicon, &mut self.scratch).run(is_wanted, out)
    }

    fn clear(&mut self) {
        self.record.clear();
        self.terms.clear();
    }
}
