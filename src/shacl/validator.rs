//! Validation of one record after the other.

mod formed;

use oxrdf::{NamedOrBlankNodeRef, TermRef, TripleRef};
use rustc_hash::FxHashMap;

use super::aside::Aside;
use super::engine::{Engine, Finding, Scratch};
use super::error::Failure;
use super::form::Form;
use super::graph::{Fact, Graph, View};
use super::options::Version;
use super::program::ShapeId;
use super::report::{Converter, Report};
use super::scope::Scope;
use super::shapes::Shapes;
use super::terms::{Key, TermId, Terms};

/// Validates graphs, or a stream of records, against [`Shapes`].
///
/// Memory is kept from one record to the next, and holds one record. Each record is validated by
/// itself: which shapes that decides is said by [`Shapes::scopes`]. A whole graph is one record.
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
    /// The fixed terms, and those of the record.
    terms: Terms,
    record: Graph,
    /// The nodes of the record that are not in the graph.
    aside: Aside<'s>,
    /// What is known of triples before they come.
    forms: Vec<Form>,
    /// The subject of the last triple, which the next one often has as well.
    subject: TermId,
    scratch: Scratch,
    findings: Vec<Finding>,
    /// For each shape, whether its targets are validated.
    wanted: Option<Vec<bool>>,
    max_results: usize,
}

impl<'s> Validator<'s> {
    pub(super) fn new(shapes: &'s Shapes) -> Self {
        let mut terms = shapes.program.terms.clone();
        terms.fix();
        Self {
            shapes,
            terms,
            record: Graph::default(),
            aside: Aside::default(),
            forms: Vec::new(),
            subject: TermId::MAX,
            scratch: Scratch::default(),
            findings: Vec::new(),
            wanted: None,
            max_results: usize::MAX,
        }
    }

    /// Validates only the shapes that are wanted: the targets of others are not looked for, but
    /// they are still asked where a wanted shape refers to them.
    ///
    /// ```
    /// use pfocr2rdf::shacl::{Options, Scope, Shapes, Source};
    ///
    /// let text = "@prefix sh: <http://www.w3.org/ns/shacl#> .
    ///     <#s> sh:targetNode <#a> ; sh:property [ sh:path <#p> ; sh:minCount 1 ] .";
    /// let source = Source::turtle("s.ttl", "http://example.com/", text)?;
    /// let shapes = Shapes::compile(&[source], &Options::new())?;
    /// assert!(!shapes.validator().conforms()?);
    /// assert!(shapes.validator().with_shapes(Scope::is_local).conforms()?);
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_shapes(mut self, is_wanted: impl Fn(&Scope) -> bool) -> Self {
        let mut wanted = vec![false; self.shapes.len()];
        for scope in self.shapes.scopes().iter().filter(|scope| is_wanted(scope)) {
            if let Some(place) = wanted.get_mut(scope.id.index()) {
                *place = true;
            }
        }
        self.wanted = Some(wanted);
        self
    }

    /// Reports so many results of a record at most, and how many more there are; the default is
    /// all of them.
    ///
    /// ```
    /// use pfocr2rdf::shacl::{Options, Shapes, Source};
    ///
    /// let text = "@prefix sh: <http://www.w3.org/ns/shacl#> .
    ///     <#s> sh:targetNode 1 , 2 , 3 ; sh:nodeKind sh:IRI .";
    /// let source = Source::turtle("s.ttl", "http://example.com/", text)?;
    /// let shapes = Shapes::compile(&[source], &Options::new())?;
    /// let report = shapes.validator().with_max_results(1).finish()?;
    /// assert_eq!((report.results.len(), report.omitted), (1, 2));
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_max_results(mut self, max_results: usize) -> Self {
        self.max_results = max_results;
        self
    }

    /// Adds a triple to the record; `origin` is what results call it.
    pub fn push<'t>(&mut self, triple: impl Into<TripleRef<'t>>, origin: u32) {
        let triple = triple.into();
        let predicate = self.terms.intern(triple.predicate.into());
        let object = self.terms.intern(triple.object);
        let subject = match triple.subject {
            NamedOrBlankNodeRef::NamedNode(node) => Key::iri(node.as_str()),
            NamedOrBlankNodeRef::BlankNode(node) => Key::blank_node(node.as_str()),
        };
        self.push_fact(&subject, predicate, object, origin);
    }

    #[inline]
    fn push_fact(
        &mut self,
        subject: &Key<'_>,
        predicate: TermId,
        object: TermId,
        origin: u32,
    ) -> TermId {
        if !self.terms.has(self.subject, subject) {
            // Nodes often are described in the order in which others mention them.
            self.subject = self.terms.intern_near(self.subject.next(), subject);
        }
        self.record.push(Fact { subject: self.subject, predicate, object, origin });
        self.subject
    }

    /// Validates the record, and forgets it.
    ///
    /// # Errors
    ///
    /// If there is no answer: a query failed, or the data led too deep into recursive shapes.
    pub fn finish(&mut self) -> Result<Report, Failure> {
        self.finish_where(|_, _| true)
    }

    /// Validates the focus nodes of the record that are wanted, and forgets the record. Other
    /// nodes are still looked at where a wanted one leads to them.
    ///
    /// So a node that many records describe is validated once, and not in each of them:
    ///
    /// ```
    /// use std::collections::HashSet;
    ///
    /// use oxrdf::{NamedNode, TermRef, Triple, vocab::rdf};
    /// use pfocr2rdf::shacl::{Options, Shapes, Source};
    ///
    /// let text = "@prefix sh: <http://www.w3.org/ns/shacl#> .
    ///     <#s> sh:targetClass <#Gene> ; sh:property [ sh:path <#symbol> ; sh:minCount 1 ] .";
    /// let source = Source::turtle("s.ttl", "http://example.com/", text)?;
    /// let shapes = Shapes::compile(&[source], &Options::new())?;
    /// let class = NamedNode::new("http://example.com/#Gene")?;
    /// let gene = Triple::new(NamedNode::new("http://example.com/g")?, rdf::TYPE, class);
    ///
    /// let mut validator = shapes.validator();
    /// let mut seen = HashSet::new();
    /// let mut faults = 0;
    /// for record in [[&gene], [&gene]] {
    ///     record.map(|triple| validator.push(triple, 0));
    ///     faults += validator.finish_for(|node| seen.insert(node.into_owned()))?.results.len();
    /// }
    /// assert_eq!(faults, 1);
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// `is_wanted` is asked once for each focus node, whatever the number of its shapes.
    ///
    /// # Errors
    ///
    /// As for [`finish`](Self::finish).
    pub fn finish_for(
        &mut self,
        mut is_wanted: impl FnMut(TermRef<'_>) -> bool,
    ) -> Result<Report, Failure> {
        let mut asked = FxHashMap::default();
        self.finish_where(|node, lexicon| {
            *asked.entry(node).or_insert_with(|| is_wanted(lexicon.term(node)))
        })
    }

    /// The same with ids.
    pub(crate) fn finish_where(
        &mut self,
        is_wanted: impl FnMut(TermId, &Terms) -> bool,
    ) -> Result<Report, Failure> {
        let mut findings = std::mem::take(&mut self.findings);
        let outcome = self.run(is_wanted, Some(&mut findings));
        let program = &self.shapes.program;
        let converter = Converter { program, lexicon: &self.terms };
        let shown = findings.get(..self.max_results).unwrap_or(&findings);
        let report = Report {
            conforms: match program.version {
                Version::V1_0 => findings.is_empty(),
                Version::V1_2 => findings.iter().all(|finding| converter.is_harmless(finding)),
            },
            results: converter.results(shown),
            omitted: findings.len() - shown.len(),
        };
        findings.clear();
        self.findings = findings;
        self.clear();
        outcome.map(|_| report)
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
        let outcome = self.run(|_, _| true, None);
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

    fn run(
        &mut self,
        mut is_wanted: impl FnMut(TermId, &Terms) -> bool,
        out: Option<&mut Vec<Finding>>,
    ) -> Result<bool, Failure> {
        let program = &self.shapes.program;
        if self.terms.is_full() {
            return Err(Failure::TooLarge);
        }
        self.settle();
        let view = View { record: &self.record, background: &program.background };
        let lexicon = &self.terms;
        let wanted = self.wanted.as_deref();
        let is_wanted_shape = |shape: ShapeId| {
            wanted.is_none_or(|wanted| wanted.get(shape.index()).copied().unwrap_or_default())
        };
        Engine::new(program, view, lexicon, &mut self.scratch)
            .run(is_wanted_shape, |node| is_wanted(node, lexicon), out)
            .map_err(|failure| *failure)
    }

    /// Decides what needs no graph, and makes the graph of the rest.
    fn settle(&mut self) {
        if !self.aside.is_empty() {
            self.end_aside();
            if !self.record.is_indexed() {
                self.aside.distrust();
            }
        }
        self.index();
        let program = &self.shapes.program;
        if self.aside.settle(program, &self.forms, &mut self.terms, &mut self.record) {
            self.index();
        }
    }

    fn index(&mut self) {
        if !self.record.is_indexed() {
            self.record.index(self.shapes.program.orders);
        }
    }

    fn clear(&mut self) {
        self.record.clear();
        self.aside.clear();
        self.terms.clear();
    }
}
