use std::io::Write;

use oxrdf::{Triple, TripleRef};
use oxttl::{NTriplesSerializer, TurtleSerializer};
use pfocr2rdf::shacl::Report;
use pfocr2rdf::vocab::{rdf, xsd};

/// The report in an order that is the same in every run.
fn triples(report: &Report) -> Vec<Triple> {
    let graph = report.to_graph();
    let mut triples: Vec<_> = graph.iter().map(TripleRef::into_owned).collect();
    triples.sort_by_cached_key(|triple| {
        let is_type = triple.predicate == rdf::TYPE;
        (triple.subject.to_string(), !is_type, triple.to_string())
    });
    triples
}

/// Writes the report as Turtle, or else as N-Triples.
pub(super) fn write(report: &Report, turtle: bool, out: &mut dyn Write) -> anyhow::Result<()> {
    if !turtle {
        let mut serializer = NTriplesSerializer::new().for_writer(out);
        for triple in &triples(report) {
            serializer.serialize_triple(triple)?;
        }
        return Ok(());
    }
    let serializer = TurtleSerializer::new()
        .with_prefix("sh", "http://www.w3.org/ns/shacl#")?
        .with_prefix(xsd::PREFIX, xsd::NAMESPACE)?;
    let mut serializer = serializer.for_writer(out);
    for triple in &triples(report) {
        serializer.serialize_triple(triple)?;
    }
    serializer.finish()?;
    Ok(())
}
