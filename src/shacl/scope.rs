//! Which shapes a record alone decides, and why the others need more.

mod linked;
mod reach;

use std::fmt;

use oxrdf::{NamedNode, NamedOrBlankNode, TermRef};

use super::error::Location;
use super::program::{Program, ShapeId};
use super::terms::TermId;
use super::vocab::SH;

pub(crate) use self::linked::linked;

/// Whether a record alone decides a shape that has targets.
///
/// The question is how a graph may be cut into records so that the results of all records are
/// those of the graph. A [local](Self::is_local) shape allows any cut that
///
/// * leaves all triples with the same subject in one record, and
/// * puts what is about all records, `rdfs:subClassOf` and `sh:incompleteURIStart`, in the
///   [background](super::Shapes::with_background).
///
/// For other shapes the [reasons](Self::reasons) say what more they ask of a cut. One record that
/// holds the whole graph is always exact.
///
/// ```
/// use pfocr2rdf::shacl::{Options, Shapes, Source};
///
/// let text = "@prefix sh: <http://www.w3.org/ns/shacl#> .
///     <#name> sh:targetClass <#Figure> ; sh:path <#name> ; sh:minCount 1 .
///     <#gene> sh:targetClass <#Figure> ; sh:path <#gene> ; sh:class <#Gene> .";
/// let source = Source::turtle("s.ttl", "http://example.com/", text)?;
/// let scopes = Shapes::compile(&[source], &Options::new())?.scopes();
/// assert!(scopes[0].is_local());
/// assert_eq!(
///     scopes[1].reasons()[0].to_string(),
///     "s.ttl:3: sh:ClassConstraintComponent of <http://example.com/#gene> \
///      looks at triples of other nodes than the focus node",
/// );
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    pub(crate) id: ShapeId,
    shape: NamedOrBlankNode,
    location: Option<Location>,
    reasons: Vec<Reason>,
}

impl Scope {
    /// The shape.
    #[must_use]
    pub fn shape(&self) -> &NamedOrBlankNode {
        &self.shape
    }

    /// Where the shape is in its file.
    #[must_use]
    pub fn location(&self) -> Option<&Location> {
        self.location.as_ref()
    }

    /// Whether a record alone decides the shape: whether there are no reasons against it.
    #[must_use]
    pub fn is_local(&self) -> bool {
        self.reasons.is_empty()
    }

    /// Why a record alone does not decide the shape, each once.
    #[must_use]
    pub fn reasons(&self) -> &[Reason] {
        &self.reasons
    }
}

/// One reason why a record alone does not decide a shape.
///
/// See [`Scope`] for an example.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    kind: ReasonKind,
    shape: NamedOrBlankNode,
    component: Option<NamedNode>,
    location: Option<Location>,
}

impl Reason {
    /// What the shape looks at.
    #[must_use]
    pub fn kind(&self) -> ReasonKind {
        self.kind
    }

    /// The shape that looks at it: the one with targets, or one inside it.
    #[must_use]
    pub fn shape(&self) -> &NamedOrBlankNode {
        &self.shape
    }

    /// The constraint component that looks at it; none if the targets do.
    #[must_use]
    pub fn component(&self) -> Option<&NamedNode> {
        self.component.as_ref()
    }

    /// Where that shape is in its file.
    #[must_use]
    pub fn location(&self) -> Option<&Location> {
        self.location.as_ref()
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(location) = &self.location {
            write!(f, "{location}: ")?;
        }
        match &self.component {
            None => f.write_str("the target")?,
            Some(component) => match component.as_str().strip_prefix(SH) {
                Some(local) => write!(f, "sh:{local}")?,
                None => component.fmt(f)?,
            },
        }
        write!(f, " of {} {}", self.shape, self.kind)
    }
}

/// What a shape looks at besides the triples of its focus nodes.
///
/// ```
/// use pfocr2rdf::shacl::ReasonKind;
///
/// assert_eq!(ReasonKind::Keys.to_string(), "compares all focus nodes");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ReasonKind {
    /// Triples of other nodes that the triples of the focus node lead to. A record decides the
    /// shape if it describes those nodes in full as well.
    Linked,
    /// Triples that lead to a node. A record decides the shape if no other one refers to the
    /// nodes that it refers to or describes.
    Incoming,
    /// A node that a target names, or an object: another record may describe it. A record decides
    /// the shape if it describes the node in full, and the node is not asked for in another
    /// record; see [`Validator::finish_for`](super::Validator::finish_for).
    Target,
    /// The keys of all focus nodes: `sh:uniqueValuesFor`. No record decides it.
    Keys,
    /// Anything: a query. A record decides it if the query stays with what hangs on its focus
    /// node; the engine does not know that.
    Query,
}

impl fmt::Display for ReasonKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Linked => "looks at triples of other nodes than the focus node",
            Self::Incoming => "looks at triples that lead to a node",
            Self::Target => "takes nodes that other records may describe",
            Self::Keys => "compares all focus nodes",
            Self::Query => "is a query, which may look at anything",
        })
    }
}

/// The scopes of the shapes that have targets, in the order of the files.
pub(crate) fn scopes(program: &Program) -> Vec<Scope> {
    let mut shapes: Vec<_> = program.targets.shapes().collect();
    shapes.sort_unstable();
    shapes.dedup();
    shapes.into_iter().filter_map(|id| scope(program, id)).collect()
}

fn scope(program: &Program, id: ShapeId) -> Option<Scope> {
    let shape = program.shape(id)?;
    let mut reasons = Vec::new();
    for (found, component, kind) in reach::look(program, id) {
        let Some(found) = program.shape(found) else { continue };
        reasons.push(Reason {
            kind,
            shape: node(program, found.node),
            component: component.map(|id| NamedNode::new_unchecked(program.terms.key(id).text)),
            location: found.location.clone(),
        });
    }
    Some(Scope { id, shape: node(program, shape.node), location: shape.location.clone(), reasons })
}

fn node(program: &Program, id: TermId) -> NamedOrBlankNode {
    match program.terms.term(id) {
        TermRef::BlankNode(node) => node.into_owned().into(),
        _ => NamedNode::new_unchecked(program.terms.key(id).text).into(),
    }
}
