//! Shapes files, with the line of each triple.

use std::collections::HashMap;

use oxrdf::{BlankNode, Graph, NamedNode, NamedOrBlankNode, Term, Triple};
use oxttl::TurtleParser;
use oxttl::turtle::LowLevelTurtleParser;

use super::error::{Location, Problem, ProblemKind, ShapesError};

/// A part of a shapes graph: one file, or a graph.
///
/// Blank nodes are renamed in the order of the file, so that the same file always gives the same
/// report.
///
/// ```
/// use pfocr2rdf::shacl::Source;
///
/// let source = Source::turtle("s.ttl", "http://example.com/s.ttl", "<#a> <#b> <#c> .")?;
/// assert_eq!(source.iri().as_str(), "http://example.com/s.ttl");
/// assert_eq!(source.len(), 1);
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Source {
    name: String,
    iri: NamedNode,
    triples: Vec<(Triple, u32)>,
}

impl Source {
    /// Reads Turtle; `name` is what errors call the file, `iri` its base IRI.
    ///
    /// # Errors
    ///
    /// If `iri` is no IRI, or `text` is not Turtle.
    pub fn turtle(name: &str, iri: &str, text: &str) -> Result<Self, ShapesError> {
        let invalid = |message: String| {
            let kind = ProblemKind::Syntax(message);
            ShapesError::new(vec![Problem::new(Some(Location::new(name, 1)), kind)])
        };
        let base = NamedNode::new(iri).map_err(|error| invalid(error.to_string()))?;
        let parser =
            TurtleParser::new().with_base_iri(iri).map_err(|error| invalid(error.to_string()))?;
        let triples = read(parser.low_level(), name, text)?;
        Ok(Self { name: name.into(), iri: base, triples })
    }

    /// Takes a graph as it is; its errors have no location.
    ///
    /// ```
    /// use oxrdf::{Graph, NamedNode};
    /// use pfocr2rdf::shacl::Source;
    ///
    /// let source = Source::graph(NamedNode::new("http://example.com/s")?, &Graph::new());
    /// assert!(source.is_empty());
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn graph(iri: NamedNode, graph: &Graph) -> Self {
        let mut triples: Vec<_> = graph.iter().map(|triple| (triple.into_owned(), 0)).collect();
        triples.sort_by_cached_key(|(triple, _)| triple.to_string());
        Self { name: iri.as_str().into(), iri, triples }
    }

    /// The IRI of the file.
    #[must_use]
    pub fn iri(&self) -> &NamedNode {
        &self.iri
    }

    /// How many triples it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.triples.len()
    }

    /// Whether it has no triples.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.triples.is_empty()
    }

    pub(crate) fn triples(&self) -> impl Iterator<Item = (&Triple, u32)> {
        self.triples.iter().map(|(triple, line)| (triple, *line))
    }

    pub(crate) fn location(&self, line: u32) -> Option<Location> {
        (line > 0).then(|| Location::new(&self.name, line))
    }
}

/// Feeds the parser line by line: a triple is on the line that completes it.
fn read(
    mut parser: LowLevelTurtleParser,
    name: &str,
    text: &str,
) -> Result<Vec<(Triple, u32)>, ShapesError> {
    let mut labels = Labels { file: name, known: HashMap::new() };
    let mut triples = Vec::new();
    let (mut rest, mut line) = (text, 1);
    loop {
        let (chunk, tail) = rest.split_at(end_of_line(rest));
        parser.extend_from_slice(chunk.as_bytes());
        if tail.is_empty() {
            parser.end();
        }
        while let Some(result) = parser.parse_next() {
            let triple = result.map_err(|error| {
                let line = u32::try_from(error.location().start.line + 1).unwrap_or(u32::MAX);
                let kind = ProblemKind::Syntax(error.message().into());
                ShapesError::new(vec![Problem::new(Some(Location::new(name, line)), kind)])
            })?;
            triples.push((labels.rename(triple), line));
        }
        if tail.is_empty() {
            return Ok(triples);
        }
        line += u32::try_from(chunk.matches('\n').count()).unwrap_or(u32::MAX);
        rest = tail;
    }
}

/// The end of the first line, with the punctuation the next one begins with: a parser that needs
/// one token more to finish a triple gets it.
fn end_of_line(text: &str) -> usize {
    let Some(line) = text.find('\n') else { return text.len() };
    let mut end = line + 1;
    let mut rest = text.get(end..).unwrap_or_default().char_indices().peekable();
    while let Some((offset, c)) = rest.next() {
        let is_stop = c == '.' && rest.peek().is_none_or(|(_, next)| next.is_whitespace());
        if is_stop || matches!(c, ';' | ',' | ']' | ')') {
            end = line + 2 + offset;
        } else if !matches!(c, ' ' | '\t') {
            break;
        }
    }
    end
}

/// The names of the blank nodes of a file, in the order of the file.
struct Labels<'a> {
    file: &'a str,
    known: HashMap<BlankNode, BlankNode>,
}

impl Labels<'_> {
    fn rename(&mut self, triple: Triple) -> Triple {
        let subject = match triple.subject {
            NamedOrBlankNode::BlankNode(node) => self.label(node).into(),
            subject @ NamedOrBlankNode::NamedNode(_) => subject,
        };
        let object = match triple.object {
            Term::BlankNode(node) => self.label(node).into(),
            object => object,
        };
        Triple { subject, predicate: triple.predicate, object }
    }

    fn label(&mut self, node: BlankNode) -> BlankNode {
        let next = self.known.len();
        let stem: String = self.file.chars().filter(char::is_ascii_alphanumeric).collect();
        self.known
            .entry(node)
            .or_insert_with(|| BlankNode::new_unchecked(format!("shapes-{stem}-{next}")))
            .clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn triples_have_the_line_of_their_object() {
        fn t(text: &str, expected: &[u32]) {
            let source = Source::turtle("t", "http://example.com/", text).unwrap();
            let lines: Vec<_> = source.triples().map(|(_, line)| line).collect();
            assert_eq!(lines, expected, "{text}");
        }
        t("<a> <b> <c> .", &[1]);
        t("<a>\n<b>\n<c>\n.", &[3]);
        t("<a> <b> \"c\"\n  ; <d> 1\n. <e> <f> 'g'@en\n.", &[1, 2, 3]);
        t("<a> <b> \"\"\"c\n\n\"\"\" ;\n  <d> 1.5\n.", &[3, 4]);
        t("<a> <b> 1\n, .5\n.", &[1, 2]);
    }

    #[test]
    fn errors_have_a_line() {
        let error = Source::turtle("t.ttl", "http://example.com/", "<a> <b> <c> .\n<a> <b> . .");
        let problem = error.unwrap_err().problems()[0].clone();
        assert_eq!(problem.location(), Some(&Location::new("t.ttl", 2)));
    }
}
