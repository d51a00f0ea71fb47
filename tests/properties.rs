//! Any text in any field gives valid RDF that means the text; no bytes make the program panic, and
//! every place that it names lies in the file.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests may panic like tests")]

mod common;

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;

use common::cases;
use oxrdf::{Quad, Term};
use oxttl::{NQuadsParser, NTriplesParser, TriGParser, TurtleParser};
use pfocr2rdf::convert::{Conversion, Converter};
use pfocr2rdf::diagnostic::{Diagnostic, Severity};
use pfocr2rdf::mapping::Context;
use pfocr2rdf::organisms::OrganismTable;
use pfocr2rdf::raw::{Findings, Kind, Table};
use pfocr2rdf::serialize::{Format, SchemaOrg, Serializer, Target};
use pfocr2rdf::source::{Document, Folder, Input};
use pfocr2rdf::text;
use proptest::prelude::*;

/// Fields whose text becomes a literal as it is, with the predicate of the literal.
const LITERALS: [(&str, &str); 7] = [
    ("figtitle", "http://schema.org/name"),
    ("caption", "http://schema.org/caption"),
    ("figid_alias", "http://schema.org/alternateName"),
    ("number", "http://schema.org/position"),
    ("figtype", "http://schema.org/genre"),
    ("reftext", "http://purl.org/dc/terms/bibliographicCitation"),
    ("publisher_name", "http://schema.org/name"),
];
/// Fields whose text is checked, split or put into an IRI.
const OTHERS: [&str; 15] = [
    "figid",
    "pmcid",
    "filename",
    "figlink",
    "papertitle",
    "year",
    "doi",
    "journal_title",
    "journal_nlm_ta",
    "keywords",
    "automl_pathway",
    "organisms",
    "organisms_ner",
    "ndex",
    "wpid",
];

/// A double-quoted YAML scalar.
fn quoted(value: &str) -> String {
    let mut yaml = String::from("\"");
    for character in value.chars() {
        match character {
            '"' | '\\' => write!(yaml, "\\{character}").unwrap(),
            ' '..='~' => yaml.push(character),
            _ => write!(yaml, "\\U{:08x}", u32::from(character)).unwrap(),
        }
    }
    yaml + "\""
}

fn document(bytes: Vec<u8>, is_plain: bool) -> Document {
    Document { name: "record".to_owned(), bytes, is_plain }
}

/// Converts a document in a format.
fn convert(document: &Document, folder: &Folder, format: Format) -> (String, Conversion) {
    let organisms = OrganismTable::bundled();
    let converter = Converter::new(Context::new(&organisms));
    let mut serializer = Serializer::new(format, SchemaOrg::Http, Vec::new()).unwrap();
    let conversion = converter.convert(document, folder, &mut serializer).unwrap();
    serializer.end_record().unwrap();
    (String::from_utf8(serializer.finish().unwrap()).unwrap(), conversion)
}

/// The quads of a document by each parser; all formats must hold the same.
fn quads(document: &Document, folder: &Folder) -> BTreeSet<String> {
    let read = |format| convert(document, folder, format).0;
    let set =
        |quads: Vec<Quad>| -> BTreeSet<String> { quads.iter().map(ToString::to_string).collect() };
    let nquads: Vec<Quad> =
        NQuadsParser::new().for_slice(&read(Format::NQuads)).map(Result::unwrap).collect();
    let trig = TriGParser::new().for_slice(&read(Format::TriG)).map(Result::unwrap).collect();
    assert_eq!(set(nquads.clone()), set(trig));
    let merged: BTreeSet<String> =
        nquads.iter().map(|q| oxrdf::Triple::from(q.clone()).to_string()).collect();
    let turtle = read(Format::Turtle);
    let turtle = TurtleParser::new().for_slice(&turtle).map(|triple| triple.unwrap().to_string());
    assert_eq!(merged, turtle.collect());
    let lines = read(Format::NTriples);
    let lines = NTriplesParser::new().for_slice(&lines).map(|triple| triple.unwrap().to_string());
    assert_eq!(merged, lines.collect());
    set(nquads)
}

/// Every place must be a place of the file.
fn assert_places(diagnostics: &[Diagnostic], bytes: &[u8]) {
    let lines: Vec<&[u8]> = bytes.split(|&byte| byte == b'\n').collect();
    for diagnostic in diagnostics {
        let (line, column) = (diagnostic.location.line, diagnostic.location.column);
        let line = lines.get(usize::try_from(line - 1).unwrap());
        let line = line.unwrap_or_else(|| panic!("{diagnostic}"));
        let length = String::from_utf8_lossy(line).chars().count() as u64;
        assert!(column >= 1 && column <= length + 1, "{diagnostic}: {length}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn literals_are_the_clean_text(field in 0..LITERALS.len(), value in ".*|\\PC*|[ \\t\u{feff}\u{85}a]*") {
        let (key, predicate) = LITERALS[field];
        let yaml = format!("---\nfigid: PMC1__f\npmcid: PMC1\n{key}: {}\n---\n", quoted(&value));
        let document = document(yaml.into_bytes(), false);
        quads(&document, &Folder::default());
        let (lines, conversion) = convert(&document, &Folder::default(), Format::NTriples);
        prop_assert_eq!(conversion.diagnostics, vec![]);
        let literals: Vec<String> = NTriplesParser::new()
            .for_slice(&lines)
            .map(Result::unwrap)
            .filter(|triple| triple.predicate.as_str() == predicate)
            .filter_map(|triple| match triple.object {
                Term::Literal(literal) => Some(literal.value().to_owned()),
                _ => None,
            })
            .collect();
        let clean = text::present(&value);
        match clean {
            Some(clean) => prop_assert!(literals.iter().any(|literal| *literal == clean)),
            None => prop_assert!(literals.iter().all(|l| l.contains("PFOCR") || l.contains("Pathway"))),
        }
    }

    #[test]
    fn any_text_in_any_field_gives_valid_rdf(field in 0..OTHERS.len(), value in ".*|\\PC*") {
        let key = OTHERS[field];
        let others = if key == "figid" { "pmcid: PMC1\nfilename: f.jpg" } else { "figid: PMC1__f" };
        let yaml = format!("---\n{others}\n{key}: {}\n---\n", quoted(&value));
        let document = document(yaml.into_bytes(), false);
        quads(&document, &Folder::default());
        let (_, conversion) = convert(&document, &Folder::default(), Format::NTriples);
        assert_places(&conversion.diagnostics, &document.bytes);
        prop_assert!(key == "figid" || conversion.figid.is_some());
    }

    #[test]
    fn words_stay_verbatim(word in "[^\t\n\r]*", matched in "[^\t\n\r]*", id in "[1-9][0-9]{0,3}|NA|[^\t\n\r]*") {
        let folder = tempfile::tempdir().unwrap();
        let row = format!("organism_id\torganism_name\torganism_group\tword\tmatch\tncbigene_symbol\tncbigene_id\tsource\tcount_direct\tcount_synonym\tcount_match\n9606\tHomo sapiens\tx\t{word}\t{matched}\tA\t{id}\ts\tNA\tNA\t1\n");
        fs::write(folder.path().join("f.md"), "---\nfigid: PMC1__f\npmcid: PMC1\n---\n").unwrap();
        fs::write(folder.path().join("PMC1__f-genes.tsv"), &row).unwrap();
        let input = Input::open(folder.path(), None, &mut Vec::new()).unwrap();
        let document = input.records()[0].read().unwrap();
        quads(&document, input.tables());
        let (lines, conversion) = convert(&document, input.tables(), Format::NTriples);
        assert_places(&conversion.diagnostics, row.as_bytes());
        let words: Vec<String> = NTriplesParser::new()
            .for_slice(&lines)
            .map(Result::unwrap)
            .filter(|triple| triple.predicate.as_str() == "http://schema.org/text")
            .map(|triple| triple.object.to_string())
            .collect();
        let expected = text::verbatim(&word);
        let literal = oxrdf::Literal::new_simple_literal(expected.as_ref()).to_string();
        let expected = if text::text(&expected).is_empty() { vec![] } else { vec![literal] };
        prop_assert_eq!(words, expected);
    }

    #[test]
    fn no_bytes_make_it_panic(bytes: Vec<u8>, is_plain: bool, is_front_matter: bool) {
        let bytes = if is_front_matter { [b"---\n", &bytes[..], b"\n---\n"].concat() } else { bytes };
        let document = document(bytes, is_plain);
        let (_, conversion) = convert(&document, &Folder::default(), Format::Turtle);
        assert_places(&conversion.diagnostics, &document.bytes);
        prop_assert!(conversion.figid.is_some() || conversion.diagnostics.iter().any(|d| d.severity() == Severity::Error));
    }

    #[test]
    fn no_table_makes_it_panic(bytes: Vec<u8>, kind in 0..3usize, has_header: bool) {
        let kind = Kind::ALL[kind];
        let (written, others) = kind.columns();
        let header = [written, others].concat().join("\t");
        let bytes = if has_header { [header.as_bytes(), b"\n", &bytes].concat() } else { bytes };
        let mut findings = Findings::default();
        let table = Table::parse(kind, &bytes, &mut findings);
        prop_assert!(!table.rows.is_empty() || table.malformed > 0 || !findings.as_slice().is_empty() || has_header);
        assert_places(&findings.locate(("", ""), |_| ("table", &bytes)), &bytes);
    }

    #[test]
    fn damaged_records_do_not_make_it_panic(case: prop::sample::Index, at: prop::sample::Index, byte: u8, cut: bool) {
        let cases = cases();
        let case = case.get(&cases);
        for entry in fs::read_dir(case.folder.join("_figures")).unwrap() {
            let mut bytes = fs::read(entry.unwrap().path()).unwrap();
            if !bytes.is_empty() {
                let at = at.index(bytes.len());
                if cut { bytes.truncate(at) } else { bytes[at] = byte }
            }
            let document = document(bytes, false);
            quads(&document, &Folder::default());
            let (_, conversion) = convert(&document, &Folder::default(), Format::NQuads);
            assert_places(&conversion.diagnostics, &document.bytes);
        }
    }
}
