use std::io::{self, Write};

use oxrdf::vocab::rdfs;
use oxrdf::{Literal, NamedNodeRef, NamedOrBlankNodeRef, Triple, TripleRef};
use oxttl::{NTriplesSerializer, TurtleSerializer};
use pfocr2rdf::diagnostic::{self, Diagnostic};
use pfocr2rdf::vocab::{rdf, xsd};

use super::report::{Report, Totals};

const REPORT: NamedNodeRef<'_> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/shacl#ValidationReport");

/// How a graph is written.
#[derive(Clone, Copy, Debug)]
pub(super) enum Syntax {
    Turtle,
    NTriples,
}

/// The `sh:ValidationReport`, written when it is whole.
pub(super) struct Graph<'o> {
    out: &'o mut dyn Write,
    syntax: Syntax,
    diagnostics: Vec<Diagnostic>,
}

impl<'o> Graph<'o> {
    pub(super) fn new(syntax: Syntax, out: &'o mut dyn Write) -> Self {
        Self { out, syntax, diagnostics: Vec::new() }
    }
}

impl Report for Graph<'_> {
    fn add(&mut self, diagnostic: &Diagnostic) -> io::Result<()> {
        self.diagnostics.push(diagnostic.clone());
        Ok(())
    }

    fn finish(&mut self, totals: &Totals) -> io::Result<()> {
        let graph = diagnostic::to_graph(&self.diagnostics, totals.found() == 0);
        write(graph.map_err(io::Error::other)?, totals.cut(), self.syntax, self.out)
    }
}

/// Writes the graph of a report, with a comment if it is cut, in an order that is the same in every
/// run: that of the numbers in the labels of its blank nodes.
pub(super) fn write(
    mut graph: oxrdf::Graph,
    cut: Option<String>,
    syntax: Syntax,
    out: &mut dyn Write,
) -> io::Result<()> {
    let report = graph.subject_for_predicate_object(rdf::TYPE, REPORT);
    if let Some((report, cut)) = report.map(NamedOrBlankNodeRef::into_owned).zip(cut) {
        let cut = Literal::new_language_tagged_literal_unchecked(cut, "en");
        graph.insert(&Triple::new(report, rdfs::COMMENT, cut));
    }
    let mut triples: Vec<_> = graph.iter().map(TripleRef::into_owned).collect();
    triples.sort_by_cached_key(|triple| {
        let (subject, predicate) = (triple.subject.to_string(), triple.predicate.to_string());
        let is_type = triple.predicate == rdf::TYPE;
        let object = triple.object.to_string();
        let length = if triple.object.is_blank_node() { object.len() } else { 0 };
        (subject.len(), subject, !is_type, predicate, length, object)
    });
    match syntax {
        Syntax::Turtle => turtle(&triples, out),
        Syntax::NTriples => {
            let mut serializer = NTriplesSerializer::new().for_writer(out);
            triples.iter().try_for_each(|triple| serializer.serialize_triple(triple))
        }
    }
}

fn turtle(triples: &[Triple], out: &mut dyn Write) -> io::Result<()> {
    let serializer = TurtleSerializer::new()
        .with_prefix("sh", "http://www.w3.org/ns/shacl#")
        .and_then(|serializer| serializer.with_prefix("earl", "http://www.w3.org/ns/earl#"))
        .and_then(|serializer| serializer.with_prefix("ptr", "http://www.w3.org/2009/pointers#"))
        .and_then(|serializer| serializer.with_prefix(xsd::PREFIX, xsd::NAMESPACE));
    let mut serializer = serializer.map_err(io::Error::other)?.for_writer(out);
    for triple in triples {
        serializer.serialize_triple(triple)?;
    }
    serializer.finish().map(drop)
}
