//! Nothing of the input is dropped in silence, and nothing is written that is not declared.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests may panic like tests"
)]

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use common::cases;
use oxrdf::Term;
use oxttl::NTriplesParser;
use pfocr2rdf::convert::Converter;
use pfocr2rdf::mapping::{self, Context, DROPPED};
use pfocr2rdf::organisms::OrganismTable;
use pfocr2rdf::raw::{Creator, InlineConcept, InlineGene, JsonLd, Kind, TOP_LEVEL_KEYS};
use pfocr2rdf::serialize::Format;
use pfocr2rdf::sink::{Mapped, QuadSink};
use pfocr2rdf::source::Input;
use pfocr2rdf::vocab;

/// A record with every key of every generation, each on a line of its own.
const RECORD: &str = "---
figid: PMC1__f
figtitle: A title
organisms: Homo sapiens
organisms_ner: [Mus musculus]
pmcid: PMC2
filename: f.jpg
figlink: /pmc/articles/PMC1/figure/f/
number: F1
caption: A caption
papertitle: A paper
reftext: A reference
year: '2001'
doi: 10.1000/1
journal_title: A journal
journal_nlm_ta: A J
publisher_name: A publisher
keywords: one | two
automl_pathway: 0.5
pathway_score: 0.25
figid_alias: PMC1__F1
figtype: Figure
redirect_from: /figures/PMC1__F1
ndex: 9699ac12-df07-11ea-99da-0ac135e8bacf
wpid: WP1
seo: CreativeWork
pmc_ranked_result_index: '7'
annotations: []
schema-jsonld:
  '@context': https://schema.org/
  '@id': https://pfocr.wikipathways.org/figures/PMC1__f.html
  '@type': Dataset
  description: A caption
  license: CC0
  name: CreativeWork
  creator:
    '@type': Organization
    name: WikiPathways
  keywords: [three]
genes:
- word: Akt
  symbol: AKT
  source: hgnc_symbol
  hgnc_symbol: AKT1
  entrez: '207'
chemicals:
- word: water
  source: MESH
  identifier: D014867
diseases:
- word: flu
  source: MESH
  identifier: D007251
---
";
const TABLES: [(Kind, &[(&str, &str)]); 3] = [
    (
        Kind::Genes,
        &[
            ("organism_id", "10090"),
            ("organism_name", "Mus musculus"),
            ("organism_group", "Vertebrates"),
            ("word", "Src"),
            ("match", "SRC"),
            ("ncbigene_symbol", "Src"),
            ("ncbigene_id", "20779"),
            ("source", "ncbigene_symbol"),
            ("count_direct", "1"),
            ("count_synonym", "NA"),
            ("count_match", "1"),
        ],
    ),
    (
        Kind::Chemicals,
        &[
            ("word", "salt"),
            ("mesh", "mesh:D012965"),
            ("match", "Salt"),
            ("name", "sodium chloride"),
            ("chebi", "chebi:26710"),
        ],
    ),
    (
        Kind::Diseases,
        &[
            ("word", "cold"),
            ("mesh", "mesh:D003139"),
            ("match", "NA"),
            ("name", "common cold"),
            ("doid", "doid:10459"),
        ],
    ),
];

/// The quads of the record and the tables.
fn quads(folder: &Path, record: &str, tables: &[(Kind, Vec<(&str, &str)>)]) -> BTreeSet<String> {
    fs::write(folder.join("f.md"), record).unwrap();
    for (kind, columns) in tables {
        let line = |part: fn(&(&str, &str)) -> String| {
            columns.iter().map(part).collect::<Vec<_>>().join("\t") + "\n"
        };
        let table = line(|column| column.0.to_owned()) + &line(|column| column.1.to_owned());
        fs::write(folder.join(format!("PMC1__f{}", kind.suffix())), table).unwrap();
    }
    let organisms = OrganismTable::bundled();
    let converter = Converter::new(Context::new(&organisms));
    let input = Input::open(folder, None, &mut Vec::new()).unwrap();
    let mut found = Rules::default();
    let document = input.records()[0].read().unwrap();
    converter.convert(&document, input.tables(), &mut found).unwrap();
    found.quads
}

/// Notes quads, and the rules that made them.
#[derive(Default)]
struct Rules {
    quads: BTreeSet<String>,
    rules: BTreeSet<String>,
}

impl QuadSink for Rules {
    fn quad(&mut self, quad: &Mapped<'_>) -> io::Result<()> {
        self.quads.insert(format!("{} {}", quad.triple(), quad.rule.part));
        self.rules.insert(name(quad.rule));
        Ok(())
    }
}

fn name(rule: &mapping::Rule) -> String {
    format!("{}: {} {rule}", rule.input, rule.part)
}

fn tables() -> Vec<(Kind, Vec<(&'static str, &'static str)>)> {
    TABLES.iter().map(|(kind, columns)| (*kind, columns.to_vec())).collect()
}

fn is_dropped(input: &str) -> bool {
    DROPPED.iter().any(|(dropped, _)| *dropped == input)
}

/// The record without the first key of this name in a section, and without what is below it.
fn without(section: &str, key: &str) -> String {
    let mut lines: Vec<String> = RECORD.lines().map(str::to_owned).collect();
    let is_header = |line: &String| line.trim() == format!("{section}:");
    let section = if section.is_empty() { 0 } else { lines.iter().position(is_header).unwrap() };
    let is_key = |line: &String| {
        let line = line.trim_start_matches([' ', '-', '\'']);
        line.strip_prefix(key).is_some_and(|rest| rest.starts_with([':', '\'']))
    };
    let depth = |line: &String| line.len() - line.trim_start_matches([' ', '-']).len();
    let at = section + lines[section..].iter().position(is_key).unwrap();
    let removed = lines.remove(at);
    while lines[at] != "---" && depth(&lines[at]) > depth(&removed) {
        lines.remove(at);
    }
    if removed.starts_with('-') {
        lines[at].replace_range(..1, "-");
    }
    lines.join("\n") + "\n"
}

#[test]
fn every_key_is_written_or_listed_as_dropped() {
    let folder = tempfile::tempdir().unwrap();
    let all = quads(folder.path(), RECORD, &tables());
    let check = |input: String, record: String| {
        assert_ne!(record, RECORD, "{input} is not in the record");
        let changes = quads(folder.path(), &record, &tables()) != all;
        assert_ne!(changes, is_dropped(&input), "{input}: output changes {changes}");
    };
    for key in TOP_LEVEL_KEYS {
        // The older name of automl_pathway counts when that is not there.
        if *key != "pathway_score" {
            check((*key).to_owned(), without("", key));
        }
    }
    for key in JsonLd::KEYS.iter().filter(|key| **key != "creator") {
        check(format!("schema-jsonld: {key}"), without("schema-jsonld", key));
    }
    for key in Creator::KEYS {
        check(format!("schema-jsonld: creator: {key}"), without("creator", key));
    }
    for key in InlineGene::KEYS {
        check(format!("genes: {key}"), without("genes", key));
    }
    for key in InlineConcept::KEYS {
        let input =
            if *key == "source" { "chemicals, diseases: source" } else { "chemicals: identifier" };
        check(input.to_owned(), without("chemicals", key));
        check(input.to_owned(), without("diseases", key));
    }
}

#[test]
fn the_older_score_is_written_when_it_is_alone() {
    let folder = tempfile::tempdir().unwrap();
    let scores = |record: &str| {
        let quads = quads(folder.path(), record, &tables());
        quads.iter().filter(|quad| quad.contains("/value>")).cloned().collect::<String>()
    };
    assert!(scores(RECORD).contains("\"0.5\""));
    assert!(scores(&without("", "automl_pathway")).contains("\"0.25\""));
}

#[test]
fn every_column_is_written_or_listed_as_dropped() {
    let folder = tempfile::tempdir().unwrap();
    let all = quads(folder.path(), RECORD, &tables());
    for (number, (kind, columns)) in TABLES.iter().enumerate() {
        let (written, others) = kind.columns();
        let names: BTreeSet<&str> = columns.iter().map(|column| column.0).collect();
        assert_eq!(names, written.iter().chain(others).copied().collect(), "{kind}");
        for (position, (column, value)) in columns.iter().enumerate() {
            let mut other_tables = tables();
            // Another value of the same form.
            let other = format!("{value}1");
            other_tables[number].1[position].1 =
                if *column == "match" && *value == "NA" { "Cold" } else { &other };
            let changes = quads(folder.path(), RECORD, &other_tables) != all;
            // The ontology's name counts when there is no match.
            let is_second =
                *column == "name" && columns.iter().any(|c| c.0 == "match" && c.1 != "NA");
            let input = format!("{kind}: {column}");
            assert_ne!(changes, is_dropped(&input) || is_second, "{input}: changes {changes}");
        }
    }
}

#[test]
fn every_rule_is_used_by_a_case() {
    let mut used = BTreeSet::new();
    for case in cases() {
        let mut rules = Rules::default();
        case.map(&mut rules);
        used.extend(rules.rules);
    }
    let all: BTreeSet<String> = mapping::rules().map(name).collect();
    let unused: Vec<&String> = all.difference(&used).collect();
    assert!(unused.is_empty(), "rules that no case uses: {unused:#?}");
    assert!(used.is_subset(&all), "rules that are on no list");
}

#[test]
fn every_term_is_declared_and_used() {
    let declared: BTreeSet<&str> = vocab::ALL
        .iter()
        .flat_map(|vocabulary| vocabulary.terms)
        .map(|term| term.as_str())
        .collect();
    let mut used = BTreeSet::new();
    for case in cases().iter().filter(|case| case.name != "option-schema-base") {
        for triple in NTriplesParser::new().for_slice(&case.convert(Format::NTriples).0) {
            let triple = triple.unwrap();
            let is_type = triple.predicate == vocab::rdf::TYPE;
            used.insert(triple.predicate.as_str().to_owned());
            match triple.object {
                Term::NamedNode(class) if is_type => used.extend([class.into_string()]),
                Term::NamedNode(node) if declared.contains(node.as_str()) => {
                    used.insert(node.into_string());
                }
                Term::Literal(literal) if literal.language().is_none() => {
                    let datatype = literal.datatype().as_str();
                    if datatype != "http://www.w3.org/2001/XMLSchema#string" {
                        used.insert(datatype.to_owned());
                    }
                }
                _ => {}
            }
        }
    }
    let used: BTreeSet<&str> = used.iter().map(String::as_str).collect();
    let undeclared: Vec<_> = used.difference(&declared).collect();
    let unused: Vec<_> = declared.difference(&used).collect();
    assert!(undeclared.is_empty(), "not declared: {undeclared:?}");
    assert!(unused.is_empty(), "declared but not used: {unused:?}");
}
