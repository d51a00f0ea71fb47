use std::io::{self, Write};

use oxrdf::{Triple, TripleRef};
use oxttl::{NTriplesSerializer, TurtleSerializer};
use pfocr2rdf::diagnostic::Diagnostic;
use pfocr2rdf::shacl::{self, Shapes};
use pfocr2rdf::vocab::{rdf, xsd};

use super::report::{Report, Totals};

/// How a graph is written.
#[derive(Clone, Copy, Debug)]
pub(super) enum Syntax {
    Turtle,
    NTriples,
}

/// The `sh:ValidationReport` of the results of shapes. A graph is written when it is whole.
pub(super) struct Graph<'o> {
    out: &'o mut dyn Write,
    syntax: Syntax,
    report: shacl::Report,
}

impl<'o> Graph<'o> {
    pub(super) fn new(
        syntax: Syntax,
        shapes: &Shapes,
        out: &'o mut dyn Write,
    ) -> anyhow::Result<Self> {
        Ok(Self { out, syntax, report: shapes.validator().finish()? })
    }
}

impl Report for Graph<'_> {
    fn add(&mut self, diagnostic: &Diagnostic) -> io::Result<()> {
        let result = diagnostic.shape.as_ref().map(|shape| shape.result.clone());
        self.report.results.extend(result);
        Ok(())
    }

    fn finish(&mut self, _: &Totals) -> io::Result<()> {
        self.report.conforms = self.report.results.is_empty();
        write(&self.report.to_graph(), self.syntax, self.out)
    }
}

/// Writes a graph in an order that is the same in every run.
pub(super) fn write(graph: &oxrdf::Graph, syntax: Syntax, out: &mut dyn Write) -> io::Result<()> {
    let mut triples: Vec<_> = graph.iter().map(TripleRef::into_owned).collect();
    triples.sort_by_cached_key(|triple| {
        let is_type = triple.predicate == rdf::TYPE;
        (triple.subject.to_string(), !is_type, triple.to_string())
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
        .and_then(|serializer| serializer.with_prefix(xsd::PREFIX, xsd::NAMESPACE));
    let mut serializer = serializer.map_err(io::Error::other)?.for_writer(out);
    for triple in triples {
        serializer.serialize_triple(triple)?;
    }
    serializer.finish().map(drop)
}
