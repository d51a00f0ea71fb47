//! All formats of a case hold the same triples, in the form that they promise.

#![allow(clippy::unwrap_used, reason = "helpers of tests may panic like tests")]

mod common;

use std::collections::BTreeSet;

use common::cases;
use oxrdf::Triple;
use oxttl::{NQuadsParser, NTriplesParser, TriGParser, TurtleParser};
use pfocr2rdf::serialize::Format;

#[test]
fn all_formats_hold_the_same_triples() {
    for case in cases() {
        let read = |format| case.convert(format).0;
        let nquads = read(Format::NQuads);
        let quads: BTreeSet<String> = nquads.lines().map(|line| line.to_owned() + "\n").collect();
        let trig = read(Format::TriG);
        let trig: BTreeSet<String> = TriGParser::new()
            .for_slice(&trig)
            .map(|quad| format!("{} .\n", quad.unwrap()))
            .collect();
        assert_eq!(quads, trig, "{}", case.name);
        let parsed = NQuadsParser::new().for_slice(&nquads);
        let merged: BTreeSet<String> =
            parsed.map(|quad| format!("{} .\n", Triple::from(quad.unwrap()))).collect();
        let lines = read(Format::NTriples);
        let lines: BTreeSet<String> = lines.lines().map(|line| line.to_owned() + "\n").collect();
        assert_eq!(merged, lines, "{}", case.name);
        let turtle = read(Format::Turtle);
        let turtle: BTreeSet<String> = TurtleParser::new()
            .for_slice(&turtle)
            .map(|triple| format!("{} .\n", triple.unwrap()))
            .collect();
        assert_eq!(merged, turtle, "{}", case.name);
    }
}

#[test]
fn lines_are_canonical() {
    for case in cases() {
        let (lines, _) = case.convert(Format::NTriples);
        for line in lines.split_inclusive('\n') {
            let triple = NTriplesParser::new().for_slice(line).next().unwrap().unwrap();
            assert_eq!(line, format!("{triple} .\n"), "{}", case.name);
        }
        let (lines, _) = case.convert(Format::NQuads);
        for line in lines.split_inclusive('\n') {
            let quad = NQuadsParser::new().for_slice(line).next().unwrap().unwrap();
            assert_eq!(line, format!("{quad} .\n"), "{}", case.name);
        }
    }
}

#[test]
fn turtle_is_made_to_be_read() {
    for case in cases() {
        let (turtle, _) = case.convert(Format::Turtle);
        let body: Vec<&str> =
            turtle.lines().skip_while(|line| line.starts_with("@prefix ")).collect();
        let name = &case.name;
        assert!(!body.iter().any(|line| line.starts_with('@')), "{name}: prefixes stand first");
        assert!(!turtle.contains("\"\"\""), "{name}: no long strings");
        assert!(!turtle.contains("^^xsd:string") && !turtle.contains("\\'"), "{name}");
        let subjects: Vec<&str> = body
            .iter()
            .filter(|line| !line.starts_with('\t'))
            .filter_map(|line| line.split(' ').next())
            .collect();
        let distinct: BTreeSet<&&str> = subjects.iter().collect();
        // Only what a later record adds to a shared node stands in a block of its own.
        if case.records() == 1 {
            assert_eq!(subjects.len(), distinct.len(), "{name}: one block for each subject");
        }
    }
}

#[test]
fn turtle_reads_like_this() {
    const SHOWN: [&str; 9] = [
        "generation-1",
        "generation-2",
        "generation-3",
        "generation-4",
        "generation-5",
        "shared-entities",
        "ocr-words",
        "odd-figid",
        "doi-forms",
    ];
    for case in cases().iter().filter(|case| SHOWN.contains(&case.name.as_str())) {
        let (turtle, _) = case.convert(Format::Turtle);
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(case.name.clone(), turtle);
        });
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    for case in cases() {
        for format in Format::ALL {
            assert_eq!(case.convert(format), case.convert(format), "{}", case.name);
        }
    }
}
