//! Records are checked as a stream: most annotations are decided from their texts alone, and of what
//! an earlier record described only what matters is seen. The results must be those of the triples.

use std::collections::HashSet;
use std::fmt::Write;

use oxrdf::TermRef;
use pfocr2rdf::check::Checker;
use pfocr2rdf::convert::Converter;
use pfocr2rdf::diagnostic::Diagnostic;
use pfocr2rdf::mapping::Context;
use pfocr2rdf::organisms::OrganismTable;
use pfocr2rdf::shacl::ValidationResult;
use pfocr2rdf::sink::{Mapped, Part, Quads};
use pfocr2rdf::source::{Document, Folder};
use pfocr2rdf::text::short_hash;
use pfocr2rdf::vocab::{dcterms, oa, rdf, schema, wp};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use crate::scopes::comparable;
use crate::{grammar, text};

/// A row: what was read, what it matched, where that is from, and the number of the gene.
type Row = (&'static str, &'static str, &'static str, Option<u8>);

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 1_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn the_results_of_a_stream_are_those_of_its_triples(
        shapes in grammar::shapes(),
        names in names(),
        records in proptest::collection::vec(proptest::collection::vec(row(), 0..6), 2),
    ) {
        let shapes = names.iter().fold(shapes, |shapes, (name, iri)| {
            shapes.replace(&format!("<{name}>"), &format!("<{iri}>"))
        });
        check(&shapes, &records)?;
    }
}

#[test]
fn an_annotation_that_a_shape_names_is_seen() {
    let shapes = format!(
        "<s> sh:targetNode <{}> ;
         sh:property [ sh:path <{}> ; sh:maxCount 0 ] .",
        annotation("text"),
        schema::TEXT.as_str(),
    );
    let row = |word| vec![(word, "text", "text", Some(1))];
    assert_eq!(check(&shapes, &[row("text"), row("one")]).unwrap(), 1);
}

#[test]
fn annotations_that_are_targets_as_subjects_are_seen() {
    fn t(constraints: &str, expected: usize) {
        let shapes = format!("<s> sh:targetSubjectsOf {} ; {constraints} .", oa::HAS_TARGET);
        let shapes = shapes.replace("<text>", &schema::TEXT.to_string());
        let row = |word| (word, "text", "text", Some(1));
        let records = [vec![row("text"), row("one")], vec![row("n1")]];
        assert_eq!(check(&shapes, &records).unwrap(), expected, "{constraints}");
    }
    let (annotation, gene) =
        (format!("sh:class {}", oa::ANNOTATION), format!("sh:class {}", schema::GENE));
    t(&annotation, 0);
    t(&gene, 3);
    t(&format!("sh:not [ {annotation} ]"), 3);
    t(&format!("sh:or ( [ {gene} ] [ {annotation} ] )"), 0);
    t("sh:pattern '#gene-'", 0);
    t("sh:pattern '#disease-'", 3);
    t("sh:property [ sh:path <text> ; sh:pattern '^[to]' ]", 1);
    t("sh:property [ sh:path <text> ; sh:pattern '^[to]' ] ; sh:deactivated true", 0);
    t("sh:path <text> ; sh:pattern '^t'", 2);
    t("sh:closed true", 27);
}

#[test]
fn every_entity_that_a_figure_mentions_is_seen() {
    fn t(constraints: &str, expected: usize) {
        let shapes = format!(
            "<s> sh:targetClass <{}> ; {constraints} .
             <entity> sh:property [ sh:path <{}> ; sh:minCount 1 ; sh:in ( <{}> <{}> ) ] .",
            schema::IMAGE_OBJECT.as_str(),
            rdf::TYPE.as_str(),
            schema::GENE.as_str(),
            wp::GENE_PRODUCT.as_str(),
        );
        let shapes = shapes.replace("mentions", schema::MENTIONS.as_str());
        let row = |gene| ("text", "text", "text", Some(gene));
        let records = [vec![row(1), row(2), row(3)], vec![row(2), row(3)]];
        assert_eq!(check(&shapes, &records).unwrap(), expected, "{constraints}");
    }
    let property = "sh:property [ sh:path <mentions>";
    t(&format!("{property} ; sh:maxCount 2 ]"), 1);
    t(&format!("{property} ; sh:minCount 3 ]"), 1);
    t(&format!("{property} ; sh:hasValue <https://identifiers.org/ncbigene/1> ]"), 1);
    t(&format!("{property} ; sh:pattern '[13]$' ]"), 2);
    t(&format!("{property} ; sh:not [ sh:pattern '3$' ] ]"), 2);
    t(&format!("{property} ; sh:datatype <mentions> ]"), 5);
    let counted = format!("{property} ; sh:qualifiedValueShape [ sh:pattern '[13]$' ]");
    t(&format!("{counted} ; sh:qualifiedMinCount 2 ]"), 1);
    t(&format!("{counted} ; sh:qualifiedMaxCount 1 ]"), 1);
    t(&format!("{property} ; sh:node <entity> ]"), 0);
    let name = format!("[ sh:property [ sh:path <{}> ; sh:minCount 1 ] ]", schema::NAME.as_str());
    t(&format!("{property} ; sh:node {name} ]"), 2);
    t(&format!("{property} ; sh:minCount 1 ; sh:class <{}> ]", schema::TAXON.as_str()), 5);
}

/// Compares the results of records, one after the other; gives their number.
fn check(shapes: &str, records: &[Vec<Row>]) -> Result<usize, TestCaseError> {
    let shapes = text::shapes(shapes).unwrap();
    let organisms = OrganismTable::bundled();
    let converter = Converter::new(Context::new(&organisms));
    let (mut checker, mut validator) = (Checker::new(&shapes), shapes.validator());
    let (mut known, mut found) = (HashSet::new(), 0);
    for (number, rows) in records.iter().enumerate() {
        let (document, folder) = (document(number, rows), Folder::default());
        let mut quads = Quads::default();
        let conversion =
            converter.convert_checked(&document, &folder, &mut quads, &mut checker).unwrap();
        let shared = quads.iter().filter(|quad| quad.rule.subject.is_shared());
        let shared: HashSet<_> = shared.map(|quad| quad.subject.to_owned()).collect();
        let elsewhere: HashSet<_> = shared.intersection(&known).cloned().collect();
        for quad in quads.iter().filter(|quad| is_seen(quad, &elsewhere)) {
            validator.push(quad.triple(), 0);
        }
        let is_elsewhere = |node: TermRef<'_>| match node {
            TermRef::NamedNode(node) => elsewhere.contains(node.as_str()),
            _ => false,
        };
        // The depth that is too much depends on where a node is asked.
        let Ok(report) = validator.finish_for(|node| !is_elsewhere(node)) else { break };
        found += report.results.len();
        let expected = comparable(report.results);
        prop_assert_eq!(comparable(results(conversion.diagnostics)), expected);
        known.extend(shared);
    }
    Ok(found)
}

/// The annotation of a word in the first record, if it matches `text`.
fn annotation(word: &str) -> String {
    let hash = short_hash(&["Gene", word, "text", "text"]);
    format!("https://pfocr.wikipathways.org/figures/PMC1__f0.html#gene-{hash}")
}

/// Whether a checker sees a triple when an earlier record described these nodes.
fn is_seen(quad: &Mapped<'_>, elsewhere: &HashSet<String>) -> bool {
    let is_type = quad.rule.part == Part::Core && quad.rule.predicate == rdf::TYPE;
    !elsewhere.contains(quad.subject) || !quad.rule.is_shared() || is_type
}

fn results(diagnostics: Vec<Diagnostic>) -> Vec<ValidationResult> {
    diagnostics.into_iter().filter_map(|diagnostic| Some(diagnostic.shape?.result)).collect()
}

/// What the names of the shapes stand for.
fn names() -> impl Strategy<Value = Vec<(&'static str, String)>> {
    let predicates = [
        oa::HAS_BODY,
        oa::HAS_TARGET,
        oa::MOTIVATED_BY,
        dcterms::SUBJECT,
        dcterms::SOURCE,
        dcterms::IS_PART_OF,
        schema::TEXT,
        schema::NAME,
        schema::MENTIONS,
        rdf::TYPE,
    ];
    let classes = [oa::ANNOTATION, schema::CREATIVE_WORK, schema::GENE, schema::IMAGE_OBJECT];
    let terms =
        move |number: usize, terms: &[_]| subsequence(terms.to_vec(), number).prop_shuffle();
    let nodes = [
        "https://identifiers.org/ncbigene/1".to_owned(),
        annotation("text"),
        oa::IDENTIFYING.as_str().to_owned(),
    ];
    let nodes = subsequence(nodes.to_vec(), 2).prop_shuffle();
    (terms(3, &predicates), terms(2, &classes), nodes).prop_map(|(predicates, classes, nodes)| {
        let iris = predicates.into_iter().chain(classes).map(|term| term.as_str().to_owned());
        ["p0", "p1", "p2", "c0", "c1", "n0", "n1"].into_iter().zip(iris.chain(nodes)).collect()
    })
}

fn row() -> impl Strategy<Value = Row> {
    let texts = |texts: &[_]| select(texts.to_vec());
    (
        texts(&["text", "one", "one, too", "n1"]),
        texts(&["text", "one", "Two", ""]),
        texts(&["text", "ncbigene_symbol", ""]),
        proptest::option::of(1..4_u8),
    )
}

fn document(number: usize, rows: &[Row]) -> Document {
    let mut text = format!("---\nfigid: PMC1__f{number}\npmcid: PMC1\ngenes:\n");
    for (word, symbol, source, gene) in rows {
        let (name, id) = match gene {
            Some(gene) => (format!("G{gene}"), gene.to_string()),
            None => Default::default(),
        };
        write!(
            text,
            "- word: '{word}'\n  symbol: '{symbol}'\n  source: '{source}'\n  \
             hgnc_symbol: '{name}'\n  entrez: '{id}'\n"
        )
        .unwrap();
    }
    text.push_str("---\n");
    Document { name: "f.md".to_owned(), bytes: text.into_bytes(), is_plain: false }
}
