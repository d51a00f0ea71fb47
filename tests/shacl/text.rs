//! Shapes and data as text.

use oxrdf::{Term, Triple};
use oxttl::TurtleParser;
use pfocr2rdf::shacl::{Options, Shapes, ShapesError, Source};

const BASE: &str = "http://example.com/";

/// Compiles shapes in Turtle; the file is called `s.ttl`.
pub(crate) fn shapes(turtle: &str) -> Result<Shapes, ShapesError> {
    shapes_with(turtle, Options::new())
}

pub(crate) fn shapes_with(turtle: &str, options: Options) -> Result<Shapes, ShapesError> {
    let prefixes = "@prefix sh: <http://www.w3.org/ns/shacl#> . \
                    @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . \
                    @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . \
                    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . ";
    Shapes::compile(&[Source::turtle("s.ttl", BASE, &format!("{prefixes}{turtle}"))?], &options)
}

/// The triples of a Turtle document, in its order.
pub(crate) fn triples(turtle: &str) -> Vec<Triple> {
    let parser = TurtleParser::new().with_base_iri(BASE).unwrap();
    parser.for_slice(turtle).map(Result::unwrap).collect()
}

/// The results as focus node, path and value, in their order.
pub(crate) fn results(turtle: &str, data: &str) -> Vec<String> {
    let report = shapes(turtle).unwrap().validator().validate(&triples(data)).unwrap();
    let results = report.results.iter().map(|result| {
        let path = result.path.as_ref().map_or("-".into(), ToString::to_string);
        let value = result.value.as_ref().map_or("-".into(), show);
        format!("{} {path} {value}", show(&result.focus_node)).replace(BASE, "")
    });
    results.collect()
}

fn show(term: &Term) -> String {
    match term {
        Term::Literal(literal) => literal.value().into(),
        term => term.to_string(),
    }
}
