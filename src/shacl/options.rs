//! How a shapes graph is read.

/// A version of SHACL.
///
/// The terms of [SHACL 1.2](https://www.w3.org/TR/shacl12-core/) that change nothing for shapes
/// without them (`sh:singleLine`, `sh:someValue`, `sh:subsetOf`, `sh:rootClass`,
/// `sh:uniqueValuesFor`) are understood in both.
///
/// ```
/// use pfocr2rdf::shacl::{Options, Shapes, Source, Version};
///
/// let text = "@prefix sh: <http://www.w3.org/ns/shacl#> .
///     <#s> sh:targetNode <#a> ; sh:nodeKind ( sh:IRI sh:Literal ) .";
/// let source = [Source::turtle("s.ttl", "http://example.com/", text)?];
/// assert!(Shapes::compile(&source, &Options::new()).is_err());
/// assert!(Shapes::compile(&source, &Options::new().with_version(Version::V1_2)).is_ok());
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Version {
    /// [SHACL 1.0](https://www.w3.org/TR/2017/REC-shacl-20170720/): the default.
    #[default]
    V1_0,
    /// The draft of SHACL 1.2. Lists are values of `sh:class`, `sh:datatype` and `sh:nodeKind`,
    /// and paths are values of `sh:equals` and the like; a graph conforms if no result is a
    /// violation, a warning or an information; nodes that the data call incomplete
    /// (`sh:incomplete`, `sh:incompleteURIStart`) need not have what may be said elsewhere.
    V1_2,
}

/// How [`Shapes::compile`](super::Shapes::compile) reads a shapes graph.
///
/// ```
/// use pfocr2rdf::shacl::{Options, Version};
///
/// let options = Options::new().with_version(Version::V1_2).with_recursion();
/// assert_ne!(options, Options::default());
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[must_use]
pub struct Options {
    pub(crate) version: Version,
    pub(crate) recursion: bool,
}

impl Options {
    /// SHACL 1.0 without recursive shapes.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads the shapes by another version of SHACL.
    pub fn with_version(mut self, version: Version) -> Self {
        self.version = version;
        self
    }

    /// Allows [recursive shapes](https://www.w3.org/TR/shacl/#shapes-recursion), whose meaning
    /// SHACL leaves open: a node conforms to a shape for as long as the question whether it does
    /// is being answered. Data that lead through more than 400 shapes inside one another, or to
    /// recursive shapes more than a million times from one focus node, are a
    /// [`Failure`](super::Failure).
    pub fn with_recursion(mut self) -> Self {
        self.recursion = true;
        self
    }
}
