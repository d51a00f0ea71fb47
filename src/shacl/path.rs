//! Property paths.

use std::fmt;

use oxrdf::NamedNode;

/// A [property path](https://www.w3.org/TR/shacl/#property-paths).
///
/// It is shown in the syntax of
/// [SPARQL](https://www.w3.org/TR/sparql11-query/#propertypaths):
///
/// ```
/// use oxrdf::NamedNode;
/// use pfocr2rdf::shacl::Path;
///
/// let part = Path::Predicate(NamedNode::new("http://schema.org/hasPart")?);
/// let path = Path::Sequence(vec![Path::ZeroOrMore(Box::new(part.clone())), Path::Inverse(Box::new(part))]);
/// assert_eq!(path.to_string(), "<http://schema.org/hasPart>*/^<http://schema.org/hasPart>");
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Path<T = NamedNode> {
    /// The objects of the triples with a predicate.
    Predicate(T),
    /// A path, walked backwards.
    Inverse(Box<Self>),
    /// One path after the other.
    Sequence(Vec<Self>),
    /// Any of the paths.
    Alternative(Vec<Self>),
    /// A path, any number of times.
    ZeroOrMore(Box<Self>),
    /// A path, at least once.
    OneOrMore(Box<Self>),
    /// A path, at most once.
    ZeroOrOne(Box<Self>),
}

impl<T> Path<T> {
    /// The same path over other terms.
    pub(crate) fn map<U>(&self, term: &impl Fn(&T) -> U) -> Path<U> {
        let boxed = |path: &Self| Box::new(path.map(term));
        let all = |paths: &[Self]| paths.iter().map(|path| path.map(term)).collect();
        match self {
            Self::Predicate(predicate) => Path::Predicate(term(predicate)),
            Self::Inverse(path) => Path::Inverse(boxed(path)),
            Self::Sequence(paths) => Path::Sequence(all(paths)),
            Self::Alternative(paths) => Path::Alternative(all(paths)),
            Self::ZeroOrMore(path) => Path::ZeroOrMore(boxed(path)),
            Self::OneOrMore(path) => Path::OneOrMore(boxed(path)),
            Self::ZeroOrOne(path) => Path::ZeroOrOne(boxed(path)),
        }
    }

    /// Whether its values are the node itself, and nodes one triple away.
    pub(crate) fn is_one_step(&self) -> bool {
        match self {
            Self::Predicate(_) => true,
            Self::Inverse(path) | Self::ZeroOrOne(path) => path.is_one_step(),
            Self::Alternative(paths) => paths.iter().all(Self::is_one_step),
            Self::Sequence(_) | Self::ZeroOrMore(_) | Self::OneOrMore(_) => false,
        }
    }

    /// Whether some part of it is walked backwards.
    pub(crate) fn has_inverse(&self) -> bool {
        match self {
            Self::Predicate(_) => false,
            Self::Inverse(_) => true,
            Self::Sequence(paths) | Self::Alternative(paths) => paths.iter().any(Self::has_inverse),
            Self::ZeroOrMore(path) | Self::OneOrMore(path) | Self::ZeroOrOne(path) => {
                path.has_inverse()
            }
        }
    }
}

impl<T: PartialEq> Path<T> {
    /// Whether some part of it is this predicate.
    pub(crate) fn has_step(&self, predicate: &T) -> bool {
        match self {
            Self::Predicate(own) => own == predicate,
            Self::Sequence(paths) | Self::Alternative(paths) => {
                paths.iter().any(|path| path.has_step(predicate))
            }
            Self::Inverse(path)
            | Self::ZeroOrMore(path)
            | Self::OneOrMore(path)
            | Self::ZeroOrOne(path) => path.has_step(predicate),
        }
    }
}

impl<T: fmt::Display> Path<T> {
    /// Writes the path as an operand: in parentheses if it has more than one part.
    fn fmt_operand(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Predicate(predicate) => write!(f, "{predicate}"),
            path => write!(f, "({path})"),
        }
    }

    fn fmt_joined(f: &mut fmt::Formatter<'_>, paths: &[Self], separator: &str) -> fmt::Result {
        for (position, path) in paths.iter().enumerate() {
            if position > 0 {
                f.write_str(separator)?;
            }
            match path {
                Self::Sequence(_) | Self::Alternative(_) => path.fmt_operand(f)?,
                path => write!(f, "{path}")?,
            }
        }
        Ok(())
    }
}

impl<T: fmt::Display> fmt::Display for Path<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let suffixed = |path: &Self, suffix: &str, f: &mut fmt::Formatter<'_>| {
            path.fmt_operand(f)?;
            f.write_str(suffix)
        };
        match self {
            Self::Predicate(predicate) => write!(f, "{predicate}"),
            Self::Inverse(path) => {
                f.write_str("^")?;
                path.fmt_operand(f)
            }
            Self::Sequence(paths) => Self::fmt_joined(f, paths, "/"),
            Self::Alternative(paths) => Self::fmt_joined(f, paths, "|"),
            Self::ZeroOrMore(path) => suffixed(path, "*", f),
            Self::OneOrMore(path) => suffixed(path, "+", f),
            Self::ZeroOrOne(path) => suffixed(path, "?", f),
        }
    }
}
