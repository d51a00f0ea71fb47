//! The compiler of shapes: any text is either refused or compiled, and what compiles validates
//! its own shapes graph.
#![no_main]

use libfuzzer_sys::fuzz_target;
use oxrdf::Triple;
use oxttl::TurtleParser;
use pfocr2rdf::shacl::{Options, Shapes, Source, Version};

const BASE: &str = "http://example.com/";
const PREFIXES: &str = "@prefix sh: <http://www.w3.org/ns/shacl#> . \
                        @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . \
                        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . \
                        @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . ";

fuzz_target!(|text: &str| {
    let text = format!("{PREFIXES}{text}");
    let Ok(source) = Source::turtle("s.ttl", BASE, &text) else { return };
    let parser = TurtleParser::new().with_base_iri(BASE).expect("an IRI");
    let triples: Result<Vec<Triple>, _> = parser.for_slice(&text).collect();
    let triples = triples.expect("the source was read");
    for options in [Options::new(), Options::new().with_version(Version::V1_2).with_recursion()] {
        let Ok(shapes) = Shapes::compile(std::slice::from_ref(&source), &options) else { continue };
        assert!(shapes.scopes().len() <= shapes.len());
        let Ok(report) = shapes.validator().validate(&triples) else { continue };
        assert!(report.to_graph().len() > report.results.len());
    }
});
