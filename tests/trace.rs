//! A trace shows every triple of a record once, and every value of its files once; also those of
//! real records when `PFOCR_CORPUS` names a folder with them.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests may panic like tests"
)]

mod common;

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

use common::{Case, cases};
use oxrdf::Triple;
use oxttl::{NQuadsParser, TurtleParser};
use pfocr2rdf::convert::Converter;
use pfocr2rdf::diagnostic::Location;
use pfocr2rdf::mapping::{Context, Node};
use pfocr2rdf::organisms::OrganismTable;
use pfocr2rdf::raw::Kind;
use pfocr2rdf::serialize::Compact;
use pfocr2rdf::sink::{Once, Part, Parts, Quads};
use pfocr2rdf::source::{Document, Folder, Input};
use pfocr2rdf::trace::{Reason, Trace, Value};
use pfocr2rdf::{iri, vocab};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_yaml::Value as Yaml;

/// The triples of a record with their parts, sorted.
fn converted(
    converter: &Converter<'_>,
    document: &Document,
    tables: &Folder,
) -> Vec<(Part, String)> {
    let mut sink = Once::new(Quads::default());
    converter.convert(document, tables, &mut sink).unwrap();
    let quads = sink.into_inner();
    let mut quads: Vec<_> = quads.iter().map(|q| (q.rule.part, q.triple().to_string())).collect();
    quads.sort_unstable();
    quads
}

fn traced(trace: &Trace) -> Vec<(Part, String)> {
    let made = trace.values.iter().flat_map(|value| &value.triples);
    let mut quads: Vec<_> = made.map(|made| (made.rule.part, made.triple.to_string())).collect();
    quads.sort_unstable();
    quads
}

/// Compares the traces of records with their conversions; the number of triples.
fn compare(case: &Case) -> usize {
    let mut triples = 0;
    case.each(|converter, document, tables| {
        let expected = converted(converter, document, tables);
        match Trace::new(converter, document, tables) {
            Ok(trace) => {
                assert_eq!(traced(&trace), expected, "{}", case.name);
                for value in &trace.values {
                    let is_silent = value.triples.is_empty() && value.repeats.is_empty();
                    let place = &value.location;
                    assert_eq!(is_silent, value.reason.is_some(), "{}: {place}", case.name);
                }
            }
            Err(_) => assert!(expected.is_empty(), "{}", case.name),
        }
        triples += expected.len();
    });
    triples
}

#[test]
fn every_triple_of_a_conversion_is_shown_once_and_every_silence_explained() {
    assert!(cases().iter().map(compare).sum::<usize>() > 5000);
}

#[test]
fn every_triple_of_real_records_is_shown_once() {
    let Some(corpus) = env::var_os("PFOCR_CORPUS").map(PathBuf::from) else { return };
    let generations = fs::read_dir(corpus.join("generations")).unwrap();
    let folders = generations.map(|entry| entry.unwrap().path()).chain([corpus.clone()]);
    let of_folder = |folder: PathBuf| compare(&Case { name: "real".to_owned(), folder });
    assert!(folders.map(of_folder).sum::<usize>() > 30_000);
}

/// A copy of a case below another folder, with one byte of one file changed or the rest cut off.
fn damaged(case: &Case, folder: &Path, (file, at): (Index, Index), byte: Option<u8>) -> Case {
    let mut copies = Vec::new();
    for name in ["_figures", "_data"] {
        let Ok(files) = fs::read_dir(case.folder.join(name)) else { continue };
        fs::create_dir(folder.join(name)).unwrap();
        for path in files.map(|file| file.unwrap().path()) {
            let copy = folder.join(name).join(path.file_name().unwrap());
            fs::copy(path, &copy).unwrap();
            copies.push(copy);
        }
    }
    copies.sort();
    let path = file.get(&copies);
    let mut bytes = fs::read(path).unwrap();
    let at = at.index(bytes.len() + 1);
    match (byte, bytes.get_mut(at)) {
        (Some(byte), Some(found)) => *found = byte,
        _ => bytes.truncate(at),
    }
    fs::write(path, bytes).unwrap();
    Case { name: case.name.clone(), folder: folder.to_owned() }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn of_damaged_files_as_well(case: Index, place: (Index, Index), byte: Option<u8>) {
        let (cases, folder) = (cases(), tempfile::tempdir().unwrap());
        compare(&damaged(case.get(&cases), folder.path(), place, byte));
    }
}

#[test]
fn the_triples_of_all_records_are_the_expected_quads() {
    // A trace does not know which record of the same figid comes first.
    for case in cases().iter().filter(|case| !case.name.contains("duplicate-figid")) {
        if case.option("--schema-base").is_some() {
            continue;
        }
        let file = fs::read_to_string(case.folder.join("expected.nq")).unwrap();
        let expected: BTreeSet<String> =
            NQuadsParser::new().for_slice(&file).map(|quad| quad.unwrap().to_string()).collect();
        let mut found = BTreeSet::new();
        case.each(|converter, document, tables| {
            let Ok(trace) = Trace::new(converter, document, tables) else { return };
            for made in trace.values.into_iter().flat_map(|value| value.triples) {
                found.insert(made.triple.in_graph(made.rule.part.graph()).to_string());
            }
        });
        assert_eq!(found, expected, "{}", case.name);
    }
}

/// The number of scalars, and of lists and mappings without any.
fn number_of_leaves(yaml: &Yaml) -> usize {
    match yaml {
        Yaml::Sequence(items) if !items.is_empty() => items.iter().map(number_of_leaves).sum(),
        Yaml::Mapping(entries) if !entries.is_empty() => {
            entries.iter().map(|(_, value)| number_of_leaves(value)).sum()
        }
        _ => 1,
    }
}

/// The cells of a table below the header that are not empty, with their lines and columns.
fn cells(table: &str) -> Vec<(u64, u64, String)> {
    let mut cells = Vec::new();
    let table = table.trim_start_matches('\u{feff}');
    for (line, row) in (1..).zip(table.split('\n')).skip(1) {
        let mut column = 1;
        for cell in row.trim_end_matches('\r').split('\t') {
            if !cell.is_empty() {
                cells.push((line, column, cell.to_owned()));
            }
            column += cell.chars().count() as u64 + 1;
        }
    }
    cells
}

fn figid(trace: &Trace) -> &str {
    trace.values.iter().find(|value| value.key == "figid").unwrap().text.as_deref().unwrap()
}

#[test]
fn every_value_of_a_record_is_shown_once() {
    let (mut records, mut tables) = (0, 0);
    for case in cases() {
        case.each(|converter, document, folder| {
            let Ok(trace) = Trace::new(converter, document, folder) else { return };
            let of_file = |name: &str| {
                trace.values.iter().filter(|v| v.location.file == name).collect::<Vec<_>>()
            };
            let places: BTreeSet<&Location> =
                trace.values.iter().map(|value| &value.location).collect();
            assert_eq!(places.len(), trace.values.len(), "{}", case.name);
            let text = str::from_utf8(&document.bytes).unwrap().trim_start_matches('\u{feff}');
            let yaml =
                text.strip_prefix("---").map_or(text, |rest| rest.split("\n---").next().unwrap());
            // What stands twice is refused by this reader.
            if let Ok(yaml) = serde_yaml::from_str::<Yaml>(yaml) {
                assert_eq!(of_file(&document.name).len(), number_of_leaves(&yaml), "{}", case.name);
                records += 1;
            }
            for kind in Kind::ALL {
                let figid = figid(&trace).trim_end_matches(".jpg");
                let Some(file) = folder.read(figid, kind).unwrap() else { continue };
                let table = String::from_utf8_lossy(&file.bytes).into_owned();
                let cell = |value: &Value| {
                    let Location { line, column, .. } = value.location;
                    (line, column, value.text.clone().unwrap())
                };
                let (empty, found): (Vec<_>, Vec<_>) =
                    of_file(&file.name).into_iter().partition(|v| v.text.as_deref() == Some(""));
                let found: Vec<_> = found.into_iter().map(cell).collect();
                let is_told = |v: &&Value| !v.triples.is_empty() || !v.diagnostics.is_empty();
                assert!(empty.iter().all(is_told), "{}", case.name);
                assert_eq!(found, cells(&table), "{}", case.name);
                tables += 1;
            }
        });
    }
    assert!(records > 100 && tables > 50, "{records} {tables}");
}

#[test]
fn a_rule_reads_the_key_that_its_triples_are_shown_at() {
    for case in cases() {
        case.each(|converter, document, folder| {
            let Ok(trace) = Trace::new(converter, document, folder) else { return };
            for Value { key, triples, location, .. } in &trace.values {
                for made in triples {
                    let reads = |key: &str| made.rule.keys().any(|read| read == key);
                    // The genes of older generations are human.
                    let is_human = key == "genes: entrez"
                        && (reads("genes: organism_id") || reads("genes: organism_name"));
                    let is_cause = ["figid", "pmcid"].contains(&key.as_str())
                        || key.ends_with(": word")
                        // The first value of a row without a word.
                        || (key == "genes: symbol" && made.rule.subject == Node::Annotation)
                        || is_human;
                    assert!(reads(key) || is_cause, "{location}: {key}: {}", made.rule);
                }
            }
        });
    }
}

#[test]
fn compact_triples_are_turtle() {
    let terms = vocab::ALL.iter().map(|vocabulary| (vocabulary.prefix, vocabulary.namespace));
    let prefixes = iri::PREFIXES.into_iter().chain(terms);
    let mut turtle: String = prefixes
        .flat_map(|(prefix, namespace)| ["@prefix ", prefix, ": <", namespace, "> .\n"])
        .collect();
    let mut expected: Vec<Triple> = Vec::new();
    for case in cases() {
        case.each(|converter, document, tables| {
            let Ok(trace) = Trace::new(converter, document, tables) else { return };
            let made = trace.values.into_iter().flat_map(|value| value.triples);
            expected.extend(made.map(|made| made.triple));
        });
    }
    for triple in &expected {
        writeln!(turtle, "{} .", Compact(triple.as_ref())).unwrap();
    }
    let found = TurtleParser::new().for_slice(&turtle).map(Result::unwrap);
    assert_eq!(found.collect::<Vec<_>>(), expected);
}

/// The values of a record as `line key: why nothing is made of it`.
fn reasons(text: &str, tables: &[(Kind, &str)]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.md"), text).unwrap();
    for (kind, table) in tables {
        fs::write(folder.path().join(format!("PMC1__f{}", kind.suffix())), table).unwrap();
    }
    let organisms = OrganismTable::bundled();
    let converter = Converter::new(Context::new(&organisms));
    let input = Input::open(folder.path(), None, &mut Vec::new()).unwrap();
    let document = input.records()[0].read().unwrap();
    let trace = Trace::new(&converter, &document, input.tables()).unwrap();
    let reason = |value: &Value| {
        let reason = value.reason.as_ref()?;
        Some(format!("{} {}: {reason}", value.location.line, value.key))
    };
    trace.values.iter().filter_map(reason).collect()
}

#[test]
fn reasons_are_said_in_words() {
    fn t(yaml: &str, tables: &[(Kind, &str)], expected: &[&str]) {
        let found = reasons(&format!("---\nfigid: PMC1__f\n{yaml}---\n"), tables);
        assert_eq!(found, expected, "{yaml}");
    }
    t("year: NA\n", &[], &["3 year: the value is missing"]);
    t("organisms: []\n", &[], &["3 organisms: the value is missing"]);
    t("year: soon\n", &[], &["3 year: what is wrong keeps it out"]);
    t("colour: red\n", &[], &["3 colour: what is wrong keeps it out"]);
    t("seo: CreativeWork\n", &[], &["3 seo: always CreativeWork; checked"]);
    t(
        "automl_pathway: 0.5\npathway_score: 0.5\n",
        &[],
        &["4 pathway_score: automl_pathway is used instead"],
    );
    t(
        "automl_pathway: no\npathway_score: 0.5\n",
        &[],
        &["3 automl_pathway: what is wrong keeps it out"],
    );
    t("year: 2001\nyear: 2002\n", &[], &["4 year: what is wrong keeps it out"]);
    let chemicals = "word\tmesh\tmatch\tname\tchebi\na\tNA\tNA\tb\tNA\n";
    t(
        "pmcid: PMC1\n",
        &[(Kind::Chemicals, chemicals)],
        &[
            "2 chemicals: mesh: the value is missing",
            "2 chemicals: match: the value is missing",
            "2 chemicals: name: the row has no identifier",
            "2 chemicals: chebi: the value is missing",
        ],
    );
    let short = "word\tmesh\tmatch\tname\tchebi\na\n";
    let kept_out = "2 chemicals: word: what is wrong keeps it out";
    t("pmcid: PMC1\n", &[(Kind::Chemicals, short)], &[kept_out]);
    let headless = "word\tword\na\tb\n";
    t("pmcid: PMC1\n", &[(Kind::Chemicals, headless)], &[kept_out, kept_out]);
}

#[test]
fn what_has_no_article_or_is_not_wanted_says_so() {
    let organisms = OrganismTable::bundled();
    let t = |text: &str, change: fn(&mut Context<'_>), expected: Reason| {
        let mut context = Context::new(&organisms);
        change(&mut context);
        let document =
            Document { name: "a.md".to_owned(), bytes: text.as_bytes().to_vec(), is_plain: true };
        let converter = Converter::new(context);
        let trace = Trace::new(&converter, &document, &Folder::default()).unwrap();
        assert_eq!(trace.values[1].reason, Some(expected));
    };
    t("figid: odd\nyear: 2001\n", |_| {}, Reason::NoArticle);
    t("figid: PMC1__f\ncaption: a\n", |context| context.captions = false, Reason::Option);
    t(
        "figid: PMC1__f\nyear: 2001\n",
        |context| context.parts = Parts::from_iter([Part::Wp]),
        Reason::Option,
    );
}
