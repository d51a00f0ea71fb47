//! The result of a shape stands at the value that makes its triple, as a trace shows it, or where
//! a missing value should be.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "helpers of tests may panic like tests"
)]

mod common;

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use common::cases;
use oxrdf::Term;
use pfocr2rdf::check::Checker;
use pfocr2rdf::convert::Converter;
use pfocr2rdf::diagnostic::{Diagnostic, Location};
use pfocr2rdf::mapping::Context;
use pfocr2rdf::organisms::OrganismTable;
use pfocr2rdf::pmc_ids::PmcIds;
use pfocr2rdf::raw::Kind;
use pfocr2rdf::shacl::{Options, Path as ShaclPath, Shapes, Source};
use pfocr2rdf::sink::Quads;
use pfocr2rdf::source::Input;
use pfocr2rdf::trace::Trace;
use pfocr2rdf::vocab;

/// Shapes in Turtle, without the prefixes.
fn shapes(body: &str) -> Shapes {
    let terms = vocab::ALL.iter().map(|vocabulary| (vocabulary.prefix, vocabulary.namespace));
    let prefixes =
        terms.chain([("sh", "http://www.w3.org/ns/shacl#"), ("", "http://example.org/")]);
    let turtle: String = prefixes
        .flat_map(|(prefix, namespace)| ["@prefix ", prefix, ": <", namespace, "> .\n"])
        .chain([body])
        .collect();
    let source = Source::turtle("shapes.ttl", "http://example.org/", &turtle).unwrap();
    Shapes::compile(&[source], &Options::new()).unwrap()
}

fn bundled() -> Shapes {
    let files = pfocr2rdf::shapes::ALL.iter();
    let sources: Vec<_> = files
        .map(|file| {
            Source::turtle("shapes.ttl", pfocr2rdf::shapes::NAMESPACE, file.turtle).unwrap()
        })
        .collect();
    Shapes::compile(&sources, &Options::new()).unwrap()
}

/// What shapes find in a record with tables.
fn check(folder: &Path, shapes: &Shapes, pmc_ids: Option<&PmcIds>) -> Vec<Diagnostic> {
    let organisms = OrganismTable::bundled();
    let mut converter = Converter::new(Context::new(&organisms));
    if let Some(pmc_ids) = pmc_ids {
        converter = converter.with_pmc_ids(pmc_ids);
    }
    let input = Input::open(folder, None, &mut Vec::new()).unwrap();
    let document = input.records()[0].read().unwrap();
    let (mut checker, mut sink) = (Checker::new(shapes), Quads::default());
    let conversion =
        converter.convert_checked(&document, input.tables(), &mut sink, &mut checker).unwrap();
    conversion.diagnostics.into_iter().filter(|d| d.shape.is_some()).collect()
}

/// The places of all results in the record that begins with these lines, as
/// `name file:line:column`.
fn found(record: &str, tables: &[(Kind, &str)], shapes: &Shapes) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.md"), format!("---\nfigid: PMC1__f\n{record}---\n")).unwrap();
    for (kind, table) in tables {
        fs::write(folder.path().join(format!("PMC1__f{}", kind.suffix())), table).unwrap();
    }
    let prefix = format!("{}/", folder.path().display());
    let line = |diagnostic: Diagnostic| {
        let place = diagnostic.location.to_string();
        format!("{} {}", diagnostic.name(), place.strip_prefix(&prefix).unwrap())
    };
    check(folder.path(), shapes, None).into_iter().map(line).collect()
}

/// The places of the results with this name.
fn of(name: &str, found: Vec<String>) -> Vec<String> {
    let of_name = |line: String| Some(line.strip_prefix(name)?.strip_prefix(' ')?.to_owned());
    found.into_iter().filter_map(of_name).collect()
}

const GENES: &str = "organism_id\torganism_name\torganism_group\tword\tmatch\tncbigene_symbol\t\
    ncbigene_id\tsource\tcount_direct\tcount_synonym\tcount_match\n";

fn gene(organism: &str, symbol: &str, id: &str) -> String {
    format!("9606\t{organism}\tanimals\tw\tm\t{symbol}\t{id}\tncbigene_symbol\t1\tNA\t1\n")
}

#[test]
fn what_a_row_of_the_front_matter_lacks_is_at_its_key() {
    let bundled = bundled();
    let t = |rows: &str, name: &str, place: &str| {
        assert_eq!(of(name, found(rows, &[], &bundled)), [place], "{rows}");
    };
    let gene = |keys: &str| format!("genes:\n- {{word: a, {keys}}}\n");
    t(&gene("hgnc_symbol: '', entrez: '1'"), "gene-symbol-present", "a.md:4:26");
    t(&gene("entrez: '1'"), "gene-symbol-present", "a.md:4:3");
    t("genes:\n- word: a\n  entrez: '1'\n", "gene-symbol-present", "a.md:4:3");
    t(&gene("hgnc_symbol: A, entrez: NA"), "annotation-entity-present", "a.md:4:37");
    t(&gene("source: , entrez: '1'"), "annotation-source-present", "a.md:4:21");
    t("genes:\n- {entrez: '1', word: ''}\n", "annotation-word-present", "a.md:4:23");
    t("diseases:\n- {word: a, identifier: NA}\n", "annotation-entity-present", "a.md:4:25");
    t("chemicals:\n- {word: a, identifier: D000001}\n", "chemical-name-present", "a.md:4:3");
}

#[test]
fn a_value_of_a_row_of_the_front_matter_is_at_its_key() {
    let no = |path: &str| {
        format!(
            ":a sh:targetSubjectsOf {path} ; sh:property :no . :no sh:path {path} ; sh:nodeKind sh:BlankNode ."
        )
    };
    let rows = "genes:\n- {word: a, symbol: b, source: c, hgnc_symbol: D, entrez: '1'}\n";
    let t = |path: &str, places: &[&str]| {
        assert_eq!(of("no", found(rows, &[], &shapes(&no(path)))), places, "{path}");
    };
    t("schema:text", &["a.md:4:10"]);
    t("dcterms:source", &["a.md:4:32"]);
    t("oa:hasBody", &["a.md:4:59"]);
    t("wp:bdbHgncSymbol", &["a.md:4:48"]);
    t("rdfs:label", &["a.md:4:48"]);
    t("schema:taxonomicRange", &["a.md:4:59"]);
    t("schema:commentCount", &[]);
}

#[test]
fn a_value_at_the_end_of_a_path_is_at_its_cell() {
    let genes = [GENES, &gene("Homo sapiens", "ATM", "472"), &gene("Homo sapiens", "TOOLONG", "1")];
    let genes = genes.concat();
    let record = "organisms_ner: [Weird]\nschema-jsonld:\n  keywords: [ATM, X1]\n";
    let t = |class: &str, path: &str, rest: &str, expected: &[&str]| {
        let shape = format!(
            ":a sh:targetClass schema:{class} ; sh:property :p .
            :p sh:path {path} ; {rest} ; sh:message 'no' ."
        );
        let found = found(record, &[(Kind::Genes, &genes)], &shapes(&shape));
        assert_eq!(of("p", found), expected, "{shape}");
    };
    let keywords = "( schema:mainEntityOfPage schema:keywords )";
    t("ImageObject", keywords, "sh:maxLength 2", &["a.md:5:14"]);
    let names = ["a.md:3:17", "PMC1__f-genes.tsv:3:31"];
    t("ImageObject", "( schema:mentions schema:name )", "sh:in ( 'ATM' 'Homo sapiens' )", &names);
    // Where nothing is found, the place is that of the focus node.
    let nothing = "( schema:mainEntityOfPage schema:about )";
    t("ImageObject", nothing, "sh:minCount 1", &["a.md:2:8"]);
    let labels = "( [ sh:inversePath schema:isPartOf ] schema:mentions rdfs:label )";
    t("ScholarlyArticle", labels, "sh:maxLength 3", &["PMC1__f-genes.tsv:3:31"]);
}

#[test]
fn a_value_of_a_table_is_at_its_cell() {
    let rows = [gene("Homo sapiens", "ATM", "472"), gene("Homo sapiens", "P", "1")];
    let more = [gene("Homo Sapiens", "TOOLONG", "472"), gene("Homo sapiens", "ATM", "472")];
    let genes = [GENES, &rows.concat(), &more.concat()].concat();
    let chemicals = "word\tmesh\tmatch\tname\tchebi\na\tmesh:D000001\tb\tNA\tchebi:1\n\
        a\tmesh:D000001\tc\tNA\tchebi:2\n";
    let record = "figtitle: t\norganisms_ner: [Weird]\norganisms: WEIRD\nschema-jsonld:\n  keywords: [ATM, X1]\n";
    let t = |shape: &str, expected: &[&str]| {
        let shape = format!(":a {shape} . :p sh:message 'no' .");
        let tables = [(Kind::Genes, genes.as_str()), (Kind::Chemicals, chemicals)];
        let found = found(record, &tables, &shapes(&shape));
        assert_eq!(of("p", found), expected, "{shape}");
    };
    t(
        "sh:targetClass schema:Gene ; sh:property :p . :p sh:path schema:name ; sh:maxLength 4",
        &["PMC1__f-genes.tsv:4:31"],
    );
    t(
        "sh:targetClass schema:Gene ; sh:property :p . :p sh:path schema:name ; sh:maxCount 1",
        &["PMC1__f-genes.tsv:2:31"],
    );
    t(
        "sh:targetClass schema:Taxon ; sh:property :p . :p sh:path schema:name ; sh:in ('Homo sapiens')",
        &["PMC1__f-genes.tsv:4:6"],
    );
    t(
        "sh:targetClass schema:ImageObject ; sh:property :p . :p sh:path wp:organismName ; sh:pattern 'sapiens'",
        &["a.md:4:17", "PMC1__f-genes.tsv:4:6"],
    );
    t(
        "sh:targetClass schema:ChemicalSubstance ; sh:property :p . :p sh:path schema:name ; sh:in ('b'@en)",
        &["PMC1__f-chemicals.tsv:3:16"],
    );
    t(
        "sh:targetClass wp:Metabolite ; sh:property :p . :p sh:path wp:bdbChEBI ; sh:pattern ':1$'",
        &["PMC1__f-chemicals.tsv:3:21"],
    );
    t(
        "sh:targetClass schema:Dataset ; sh:property :p . :p sh:path schema:keywords ; sh:maxLength 2",
        &["a.md:7:14"],
    );
    t(
        "sh:targetClass schema:Thing ; sh:property :p . :p sh:path schema:name ; sh:maxLength 4",
        &["a.md:4:17", "a.md:5:12"],
    );
    t(
        "sh:targetClass schema:Gene ; sh:property :p . :p sh:path [ sh:inversePath schema:mentions ] ; sh:maxLength 4",
        &["PMC1__f-genes.tsv:2:35", "PMC1__f-genes.tsv:3:33"],
    );
    t(
        "sh:targetObjectsOf rdfs:label ; sh:targetClass schema:Nothing ; sh:property :p ; sh:maxLength 4 . :p sh:path schema:url",
        &[],
    );
}

#[test]
fn a_value_of_no_file_of_the_record_is_at_the_id_of_the_article() {
    let csv = "PMCID,PMID,DOI\nPMC1,7,10.1000/a\n";
    let pmc_ids = PmcIds::from_reader(csv.as_bytes()).unwrap();
    let shapes = shapes(
        ":a sh:targetClass schema:ScholarlyArticle ; sh:property :no .
        :no sh:path schema:sameAs ; sh:nodeKind sh:Literal .",
    );
    let t = |doi: &str, expected: &[(u64, u64)]| {
        let folder = tempfile::tempdir().unwrap();
        let record = format!("---\nfigid: PMC1__f\ndoi: {doi}\npmcid: PMC1\n---\n");
        fs::write(folder.path().join("a.md"), record).unwrap();
        let found = check(folder.path(), &shapes, Some(&pmc_ids));
        let places: Vec<_> = found.iter().map(|d| (d.location.line, d.location.column)).collect();
        assert_eq!(places, expected, "{doi}");
    };
    t("NA", &[(4, 8), (4, 8)]);
    t("none", &[(4, 8), (4, 8)]);
    t("10.1000/b", &[(3, 6), (4, 8)]);
}

#[test]
fn what_rows_lack_is_in_the_row_that_makes_the_node() {
    let bundled = bundled();
    let t = |record: &str, tables: &[(Kind, &str)], name: &str, places: &[&str]| {
        assert_eq!(of(name, found(record, tables, &bundled)), places, "{record}");
    };
    let genes = [
        GENES,
        &gene("Homo sapiens", "NA", "1"),
        &gene("Homo sapiens", "A", "NA").replace("\tw\t", "\tv\t"),
    ];
    let genes = [(Kind::Genes, genes.concat())];
    let genes = genes.each_ref().map(|(kind, table)| (*kind, table.as_str()));
    let places = ["PMC1__f-genes.tsv:2:31"];
    t("", &genes, "gene-symbol-present", &places);
    t("genes:\n- {word: a, hgnc_symbol: B, entrez: '2'}\n", &genes, "gene-symbol-present", &places);
    t("genes:\n- {word: a, entrez: '1'}\n", &genes, "gene-symbol-present", &["a.md:4:3"]);
    let unidentified = ["PMC1__f-genes.tsv:3:33"];
    t("", &genes, "annotation-entity-present", &unidentified);
    t(
        "chemicals:\n- {word: a, identifier: D000001}\n",
        &genes,
        "annotation-entity-present",
        &unidentified,
    );
    let both = ["a.md:4:25", unidentified[0]];
    t("chemicals:\n- {word: a, identifier: NA}\n", &genes, "annotation-entity-present", &both);
    let broken =
        [genes[0], (Kind::Chemicals, "word\tmesh\tmatch\tname\tchebi\na\tNA\nb\tNA\tc\tNA\tNA\n")];
    let both = ["PMC1__f-chemicals.tsv:3:3", unidentified[0]];
    t("", &broken, "annotation-entity-present", &both);
}

#[test]
fn what_is_chemical_and_disease_is_where_it_stands_first() {
    let diseases = "word\tmesh\tmatch\tname\tdoid\na\tmesh:D000001\tNA\tNA\tNA\n";
    let chemicals = "word\tmesh\tmatch\tname\tchebi\na\tmesh:D000001\tb\tNA\tNA\n";
    let t = |record: &str, shape: &str, places: &[&str]| {
        let shape = format!(
            ":a sh:targetClass schema:MedicalCondition ; sh:property :p . :p {shape} ; sh:message 'no' ."
        );
        let tables = [(Kind::Chemicals, chemicals), (Kind::Diseases, diseases)];
        assert_eq!(of("p", found(record, &tables, &shapes(&shape))), places, "{record}");
    };
    let inline = "diseases:\n- {word: a, identifier: D000001}\n";
    t("", "sh:path schema:name ; sh:maxLength 0", &["PMC1__f-chemicals.tsv:2:16"]);
    t("", "sh:path schema:name ; sh:minCount 2", &["PMC1__f-diseases.tsv:2:16"]);
    t(
        "",
        "sh:path [ sh:inversePath schema:mentions ] ; sh:maxLength 0",
        &["PMC1__f-chemicals.tsv:2:3"],
    );
    t(inline, "sh:path schema:name ; sh:maxLength 0", &["PMC1__f-chemicals.tsv:2:16"]);
    t(inline, "sh:path schema:name ; sh:minCount 2", &["a.md:4:3"]);
    t(inline, "sh:path [ sh:inversePath schema:mentions ] ; sh:maxLength 0", &["a.md:4:25"]);
}

const CLASSES: &str = "schema:ImageObject schema:Dataset schema:PropertyValue schema:DataCatalog \
    schema:Organization schema:ScholarlyArticle schema:Periodical schema:Taxon schema:Thing \
    schema:Gene schema:ChemicalSubstance schema:MedicalCondition oa:Annotation";

/// A result for each triple of nodes of these classes: no property is allowed.
fn nothing(classes: &str) -> Shapes {
    let targets = classes.replace(' ', " , ");
    shapes(&format!(":nothing sh:targetClass {targets} ; sh:closed true ; sh:message 'no' ."))
}

#[test]
fn every_triple_is_where_a_trace_shows_it() {
    let all = are_where_a_trace_shows_them(&nothing(CLASSES));
    assert!(all > 5000, "{all}");
    // What is looked for alone is not looked for everywhere.
    let alone = |class| are_where_a_trace_shows_them(&nothing(class));
    let classes = ["schema:Gene", "schema:Taxon", "schema:MedicalCondition", "oa:Annotation"];
    assert!(classes.into_iter().map(alone).sum::<usize>() > 1000);
}

/// How many triples shapes find, in all cases.
fn are_where_a_trace_shows_them(shapes: &Shapes) -> usize {
    let mut triples = 0;
    for case in cases() {
        case.each(|converter, document, tables| {
            let Ok(trace) = Trace::new(converter, document, tables) else { return };
            let mut shown: HashMap<(Term, String, Term), &Location> = HashMap::new();
            for value in &trace.values {
                for triple in value.triples.iter().map(|made| &made.triple) {
                    let (subject, predicate) = (triple.subject.clone(), &triple.predicate);
                    let key = (subject.into(), predicate.to_string(), triple.object.clone());
                    shown.insert(key, &value.location);
                }
            }
            let (mut checker, mut sink) = (Checker::new(shapes), Quads::default());
            let conversion =
                converter.convert_checked(document, tables, &mut sink, &mut checker).unwrap();
            for diagnostic in conversion.diagnostics {
                let Some(shape) = diagnostic.shape else { continue };
                let result = shape.result;
                let Some(ShaclPath::Predicate(predicate)) = result.path else { panic!() };
                let key = (result.focus_node, predicate.to_string(), result.value.unwrap());
                assert_eq!(Some(&&diagnostic.location), shown.get(&key), "{}: {key:?}", case.name);
                triples += 1;
            }
        });
    }
    triples
}
