//! Compiled shapes.

use std::collections::HashMap;

use oxrdf::{NamedNode, NamedOrBlankNode, Term, TripleRef};

use super::compile::compile;
use super::error::ShapesError;
use super::graph::{Fact, Graph, NO_ORIGIN};
use super::options::Options;
use super::program::Program;
use super::scope::{self, Scope};
use super::source::Source;
use super::validator::Validator;

/// A shapes graph, checked and compiled: the same for any number of validators and threads.
///
/// ```
/// use pfocr2rdf::shacl::{Options, Shapes, Source};
///
/// let text = "@prefix sh: <http://www.w3.org/ns/shacl#> . <#s> a sh:NodeShape .";
/// let source = Source::turtle("s.ttl", "http://example.com/", text)?;
/// let shapes = Shapes::compile(&[source], &Options::new())?;
/// assert_eq!(shapes.len(), 1);
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Shapes {
    pub(super) program: Program,
    missing_imports: Vec<NamedNode>,
    names: HashMap<NamedOrBlankNode, String>,
}

impl Shapes {
    /// Compiles the shapes graph that the sources are together.
    ///
    /// `owl:imports` brings in nothing: what is to be imported is to be given.
    ///
    /// # Errors
    ///
    /// If the shapes graph is ill-formed, or has shapes that the engine cannot check: the error
    /// names all of them.
    pub fn compile(sources: &[Source], options: &Options) -> Result<Self, ShapesError> {
        let program = compile(sources, *options)?;
        Ok(Self { program, missing_imports: missing_imports(sources), names: names(sources) })
    }

    /// What people call a shape: its [`sh:name`](https://www.w3.org/TR/shacl/#name), the English
    /// one if there are several.
    ///
    /// ```
    /// use oxrdf::NamedNode;
    /// use pfocr2rdf::shacl::{Options, Shapes, Source};
    ///
    /// let text = "@prefix sh: <http://www.w3.org/ns/shacl#> .
    ///     <#s> sh:path <#p> ; sh:name 'Titel'@de , 'title'@en .";
    /// let source = Source::turtle("s.ttl", "http://example.com/", text)?;
    /// let shapes = Shapes::compile(&[source], &Options::new())?;
    /// let shape = NamedNode::new("http://example.com/#s")?.into();
    /// assert_eq!(shapes.name(&shape), Some("title"));
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn name(&self, shape: &NamedOrBlankNode) -> Option<&str> {
        self.names.get(shape).map(String::as_str)
    }

    /// The ontologies that the sources import (`owl:imports`) and that are not among them.
    #[must_use]
    pub fn missing_imports(&self) -> &[NamedNode] {
        &self.missing_imports
    }

    /// Adds triples that belong to every record, like the class hierarchy of a vocabulary. Their
    /// nodes are focus nodes of no record, unless one is named by `sh:targetNode`.
    ///
    /// ```
    /// use oxrdf::vocab::rdfs;
    /// use oxrdf::{NamedNode, Triple};
    /// use pfocr2rdf::shacl::{Options, Shapes};
    ///
    /// let class = |iri: &str| NamedNode::new_unchecked(iri);
    /// let triple = Triple::new(class("http://a"), rdfs::SUB_CLASS_OF, class("http://b"));
    /// let shapes = Shapes::compile(&[], &Options::new())?.with_background([&triple]);
    /// assert!(shapes.is_empty());
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_background<'t, T: Into<TripleRef<'t>>>(
        mut self,
        triples: impl IntoIterator<Item = T>,
    ) -> Self {
        let mut graph = Graph::default();
        for triple in triples {
            let triple = triple.into();
            graph.push(Fact {
                subject: self.program.terms.intern(triple.subject.into()),
                predicate: self.program.terms.intern(triple.predicate.into()),
                object: self.program.terms.intern(triple.object),
                origin: NO_ORIGIN,
            });
        }
        graph.index(self.program.orders);
        self.program.background = graph;
        self
    }

    /// How many shapes there are, those inside others included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.program.shapes.len()
    }

    /// Whether there are no shapes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.program.shapes.is_empty()
    }

    /// For each shape that has targets, in the order of the files, whether a record alone decides
    /// it.
    #[must_use]
    pub fn scopes(&self) -> Vec<Scope> {
        scope::scopes(&self.program)
    }

    /// A validator of its own memory.
    #[must_use]
    pub fn validator(&self) -> Validator<'_> {
        Validator::new(self)
    }
}

fn missing_imports(sources: &[Source]) -> Vec<NamedNode> {
    let mut missing = Vec::new();
    for (triple, _) in sources.iter().flat_map(Source::triples) {
        let Term::NamedNode(iri) = &triple.object else { continue };
        let is_import = triple.predicate.as_str() == "http://www.w3.org/2002/07/owl#imports";
        let is_given = sources.iter().any(|source| source.iri() == iri);
        if is_import && !is_given && !missing.contains(iri) {
            missing.push(iri.clone());
        }
    }
    missing
}

fn names(sources: &[Source]) -> HashMap<NamedOrBlankNode, String> {
    let mut names = HashMap::new();
    for (triple, _) in sources.iter().flat_map(Source::triples) {
        let Term::Literal(name) = &triple.object else { continue };
        if triple.predicate.as_str() == "http://www.w3.org/ns/shacl#name" {
            let is_english = name.language().is_some_and(|language| language.starts_with("en"));
            if is_english || !names.contains_key(&triple.subject) {
                names.insert(triple.subject.clone(), name.value().to_owned());
            }
        }
    }
    names
}
