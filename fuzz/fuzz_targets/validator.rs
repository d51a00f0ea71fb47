//! The validator: random triples over the terms of SHACL and a few nodes are shapes and data.
//! Reports do not depend on the order of the data, nor on what was validated before.
#![no_main]

use libfuzzer_sys::fuzz_target;
use oxrdf::vocab::{rdf, rdfs, xsd};
use oxrdf::{BlankNode, Graph, Literal, NamedNode, Term, Triple};
use pfocr2rdf::shacl::{Options, Report, Shapes, Source, Version};

const SH: &[&str] = &[
    "NodeShape",
    "PropertyShape",
    "targetNode",
    "targetClass",
    "targetSubjectsOf",
    "targetObjectsOf",
    "path",
    "alternativePath",
    "inversePath",
    "zeroOrMorePath",
    "oneOrMorePath",
    "zeroOrOnePath",
    "property",
    "node",
    "not",
    "and",
    "or",
    "xone",
    "class",
    "datatype",
    "nodeKind",
    "IRI",
    "Literal",
    "minCount",
    "maxCount",
    "minLength",
    "pattern",
    "minInclusive",
    "lessThan",
    "equals",
    "disjoint",
    "closed",
    "ignoredProperties",
    "in",
    "hasValue",
    "languageIn",
    "uniqueLang",
    "qualifiedValueShape",
    "qualifiedMinCount",
    "qualifiedMaxCount",
    "qualifiedValueShapesDisjoint",
    "uniqueValuesFor",
    "subsetOf",
    "someValue",
    "rootClass",
    "singleLine",
    "deactivated",
    "severity",
    "sparql",
    "select",
    "incomplete",
    "incompleteURIStart",
];

fn term(code: u8) -> Term {
    let iri = |iri: &str| NamedNode::new_unchecked(iri);
    match code {
        0..100 => match SH.get(usize::from(code)) {
            Some(local) => iri(&format!("http://www.w3.org/ns/shacl#{local}")).into(),
            None => BlankNode::new_unchecked(format!("b{code}")).into(),
        },
        100..110 => iri(&format!("http://example.com/p{code}")).into(),
        110..200 => iri(&format!("http://example.com/n{}", code % 16)).into(),
        200 => rdf::TYPE.into_owned().into(),
        201 => rdf::FIRST.into_owned().into(),
        202 => rdf::REST.into_owned().into(),
        203 => rdf::NIL.into_owned().into(),
        204 => rdfs::SUB_CLASS_OF.into_owned().into(),
        205 => rdfs::CLASS.into_owned().into(),
        206 => xsd::INTEGER.into_owned().into(),
        207 => Literal::from(true).into(),
        208 => Literal::new_simple_literal("SELECT $this ?value { $this ?path ?value }").into(),
        209 => Literal::new_language_tagged_literal_unchecked("text", "en").into(),
        210..230 => Literal::from(i64::from(code) - 215).into(),
        _ => Literal::new_simple_literal(format!("[{}-z]", char::from(code % 26 + b'a'))).into(),
    }
}

/// The triples of three bytes each; those that RDF does not allow are left out.
fn triples(bytes: &[u8]) -> Vec<Triple> {
    let triples = bytes.chunks_exact(3).filter_map(|chunk| {
        let predicate = NamedNode::try_from(term(chunk[1])).ok()?;
        Triple::from_terms(term(chunk[0]), predicate, term(chunk[2])).ok()
    });
    triples.collect()
}

/// The results without what depends on the order of the data.
fn results(report: &Report) -> Vec<String> {
    let shown = report.results.iter().map(|result| {
        let terms = (&result.focus_node, &result.path, &result.value);
        format!("{terms:?} {:?} {:?}", result.component, result.source_shape)
    });
    let mut shown: Vec<_> = shown.collect();
    shown.sort();
    shown
}

fuzz_target!(|input: (Vec<u8>, Vec<u8>)| {
    let (shapes, data) = input;
    let graph: Graph = triples(&shapes).into_iter().collect();
    let source = Source::graph(NamedNode::new_unchecked("http://example.com/"), &graph);
    let mut data = triples(&data);
    let draft = Options::new().with_version(Version::V1_2).with_recursion();
    if let Ok(shapes) = Shapes::compile(std::slice::from_ref(&source), &draft) {
        // An answer or a failure, but an end.
        let _ = shapes.validator().validate(&data);
    }
    let Ok(shapes) = Shapes::compile(&[source], &Options::new()) else { return };
    let mut validator = shapes.validator();
    let Ok(report) = validator.validate(&data) else { return };
    data.reverse();
    let again = validator.validate(&data).expect("an answer as before");
    assert_eq!(results(&report), results(&again));
    data.iter().for_each(|triple| validator.push(triple, 0));
    assert_eq!(validator.conforms(), Ok(report.conforms));
});
