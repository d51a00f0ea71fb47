//! The description of a release: its numbers are those of the data, its shapes see when something
//! is missing, and it is read by other parsers.

#![allow(clippy::panic, clippy::unwrap_used, reason = "helpers of tests may panic like tests")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::Command;

use flate2::read::GzDecoder;
use oxrdf::vocab::rdf;
use oxrdf::{Graph, Literal, NamedNode, NamedNodeRef, Term, Triple};
use oxttl::{NTriplesParser, TurtleParser};
use pfocr2rdf::shacl::{Options, Shapes, Source};
use pfocr2rdf::shapes::{DESCRIPTION, NAMESPACE};
use tempfile::TempDir;

const BASE: &str = "https://example.org/20261101/";
const VOID: &str = "http://rdfs.org/ns/void#";
const SH: &str = "http://www.w3.org/ns/shacl#";

/// The manifest of a release with two files.
const PREVIOUS: &str = r#"{
    "version": "20261001", "created": "2026-10-01T00:00:00Z", "base": "https://example.org/old/",
    "publisher": "https://example.org/", "publisherName": "Example", "source": null,
    "previous": null, "generator": "", "parts": ["core"], "turtle": false, "schemaBase": "http",
    "canonicalHash": "", "summary": {}, "files": [
        { "name": "core", "role": "part", "part": "core", "mediaType": "", "bytes": 0, "sha256": "" },
        { "name": "quads", "role": "quads", "mediaType": "", "bytes": 0, "sha256": "" },
        { "name": "page", "role": "page", "mediaType": "", "bytes": 0, "sha256": "" }
    ]
}"#;

/// A release of some records with genes, chemicals and diseases, in the folder `out`.
fn release() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for name in ["db/_figures", "db/_data"] {
        fs::create_dir_all(folder.path().join(name)).unwrap();
    }
    for index in 0..30 {
        let (article, figid) = (index / 2 + 1, format!("PMC{}__f{index}", index / 2 + 1));
        let mut yaml = format!(
            "---\nfigid: {figid}\npmcid: PMC{article}\nfigtitle: Title {}\nyear: 20{article:02}\n\
             doi: 10.1000/{article}\nautoml_pathway: 0.{index}\norganisms: Homo sapiens\n\
             organisms_ner:\n- Mus musculus\n- Odd thing\nwpid: WP{article}\ngenes:\n",
            index % 3
        );
        for gene in [index % 10 + 1, 1000 + index / 5] {
            writeln!(yaml, "- {{word: w, symbol: w, hgnc_symbol: G{gene}, entrez: {gene}}}")
                .unwrap();
        }
        fs::write(folder.path().join(format!("db/_figures/{figid}.md")), yaml + "---\n").unwrap();
        let (mesh, other) = (index % 7 + 1, index % 5 + 1);
        let chemicals = format!(
            "word\tmesh\tmatch\tname\tchebi\nx\tmesh:D00000{mesh}\tName {mesh}\tNA\tchebi:{mesh}\n\
             y\tNA\tOther {other}\tNA\tchebi:10{other}\n"
        );
        let diseases =
            format!("word\tmesh\tmatch\tname\tdoid\nz\tNA\tIll {other}\tNA\tdoid:{other}\n");
        let table = |kind: &str| folder.path().join(format!("db/_data/{figid}-{kind}.tsv"));
        fs::write(table("chemicals"), chemicals).unwrap();
        fs::write(table("diseases"), diseases).unwrap();
    }
    fs::create_dir(folder.path().join("old")).unwrap();
    fs::write(folder.path().join("old/manifest.json"), PREVIOUS).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_pfocr2rdf"));
    let arguments =
        "release db --version 20261101 --out out --quiet --turtle --previous old --base";
    command.args(arguments.split(' ')).arg(BASE);
    let output = command.current_dir(folder.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    folder
}

fn description(folder: &Path) -> Graph {
    let text = fs::read_to_string(folder.join("out/pfocr-rdf-void.ttl")).unwrap();
    TurtleParser::new().for_slice(&text).collect::<Result<_, _>>().unwrap()
}

/// The triples of parts, read by a parser.
fn triples(folder: &Path, parts: &[&str]) -> Vec<Triple> {
    let read = |part: &&str| {
        let path = folder.join(format!("out/pfocr-20261101-rdf-{part}.nt.gz"));
        let mut text = String::new();
        GzDecoder::new(fs::File::open(path).unwrap()).read_to_string(&mut text).unwrap();
        NTriplesParser::new().for_slice(&text).map(Result::unwrap).collect::<Vec<_>>()
    };
    parts.iter().flat_map(read).collect()
}

fn node(iri: impl Into<String>) -> NamedNode {
    NamedNode::new(iri).unwrap()
}

/// The number that a subject has.
fn number(graph: &Graph, subject: &NamedNode, property: &str) -> u64 {
    match graph.object_for_subject_predicate(subject, &node(format!("{VOID}{property}"))) {
        Some(oxrdf::TermRef::Literal(literal)) => literal.value().parse().unwrap(),
        found => panic!("{subject} {property}: {found:?}"),
    }
}

/// What the HCLS note counts as if it were a class.
const HCLS_CLASSES: [&str; 3] = [
    "http://www.w3.org/2000/01/rdf-schema#Class",
    "http://www.w3.org/2000/01/rdf-schema#Literal",
    "http://www.w3.org/ns/sparql-service-description#Graph",
];

/// The numbers of the partitions of a file, by what they are about.
fn partitions(
    graph: &Graph,
    file: &NamedNode,
    partition: &str,
    (about, count): (&str, &str),
) -> BTreeMap<String, u64> {
    let mut numbers = BTreeMap::new();
    for part in graph.objects_for_subject_predicate(file, &node(partition)) {
        let oxrdf::TermRef::NamedNode(part) = part else { panic!("{part}") };
        let Some(about) = graph.object_for_subject_predicate(part, &node(about)) else { continue };
        if HCLS_CLASSES.iter().any(|class| about.to_string() == format!("<{class}>")) {
            continue;
        }
        let number = number(graph, &part.into_owned(), count);
        assert!(numbers.insert(about.to_string(), number).is_none(), "{about}");
    }
    numbers
}

#[test]
fn the_numbers_are_those_of_the_data() {
    let folder = release();
    let graph = description(folder.path());
    let all = ["core", "links", "wp", "evidence"];
    let files = [("quads", &all[..]), ("turtle", &all[..]), ("metadata", &["metadata"][..])];
    let parts = all.iter().map(|part| (*part, std::slice::from_ref(part)));
    for (id, parts) in files.into_iter().chain(parts) {
        let (file, data) = (node(format!("{BASE}#{id}")), triples(folder.path(), parts));
        let subjects: BTreeSet<_> = data.iter().map(|t| t.subject.to_string()).collect();
        let objects: BTreeSet<_> = data.iter().map(|t| t.object.to_string()).collect();
        let typed = data.iter().filter(|t| t.predicate == rdf::TYPE);
        let entities: BTreeSet<_> = typed.clone().map(|t| t.subject.to_string()).collect();
        let count = |names: Vec<String>| {
            names.into_iter().fold(BTreeMap::<_, u64>::new(), |mut counts, name| {
                *counts.entry(name).or_default() += 1;
                counts
            })
        };
        let properties = count(data.iter().map(|t| t.predicate.to_string()).collect());
        let classes = count(typed.map(|t| t.object.to_string()).collect());
        let datatypes = data.iter().filter_map(|t| match &t.object {
            Term::Literal(literal) => Some(literal.datatype().to_string()),
            _ => None,
        });
        let datatypes = count(datatypes.collect());
        for (property, expected) in [
            ("triples", data.len()),
            ("entities", entities.len()),
            ("distinctSubjects", subjects.len()),
            ("distinctObjects", objects.len()),
            ("properties", properties.len()),
            ("classes", classes.len()),
        ] {
            assert_eq!(number(&graph, &file, property), expected as u64, "{id} {property}");
        }
        let void = |name: &str| format!("{VOID}{name}");
        let found = |partition: &str, about: &str, count: &str| {
            partitions(&graph, &file, partition, (about, count))
        };
        assert_eq!(found(&void("propertyPartition"), &void("property"), "triples"), properties);
        assert_eq!(found(&void("classPartition"), &void("class"), "entities"), classes);
        let ext = "http://ldf.fi/void-ext#";
        let found = found(&format!("{ext}datatypePartition"), &format!("{ext}datatype"), "triples");
        assert_eq!(found, datatypes);
        links(&graph, &file, &data);
        hcls_counts(&graph, id, &data, classes.len());
    }
}

/// The numbers that the HCLS note has as partitions.
fn hcls_counts(graph: &Graph, id: &str, data: &[Triple], classes: usize) {
    let literals = data.iter().filter(|triple| triple.object.is_literal());
    let literals: BTreeSet<_> = literals.map(|t| t.object.to_string()).collect();
    let graphs = match id {
        "quads" => 4,
        "turtle" => 0,
        _ => 1,
    };
    let void = |name: &str| node(format!("{VOID}{name}"));
    let expected = [("classes", classes), ("literals", literals.len()), ("graphs", graphs)];
    for ((name, expected), class) in expected.into_iter().zip(HCLS_CLASSES) {
        let part = node(format!("{BASE}#{id}-{name}"));
        assert_eq!(number(graph, &part, "distinctSubjects"), expected as u64, "{part}");
        let triple = Triple::new(part.clone(), void("class"), node(class));
        assert!(graph.contains(triple.as_ref()), "{triple}");
        let file = node(format!("{BASE}#{id}"));
        let triple = Triple::new(file, void("classPartition"), part);
        assert!(graph.contains(triple.as_ref()), "{triple}");
    }
}

#[test]
fn the_example_is_in_the_data() {
    let folder = release();
    let (graph, data) = (description(folder.path()), triples(folder.path(), &["core"]));
    let property = node(format!("{VOID}exampleResource"));
    let examples: BTreeSet<_> =
        graph.triples_for_predicate(&property).map(|triple| triple.object.to_string()).collect();
    assert_eq!(examples, BTreeSet::from([data[0].subject.to_string()]));
    let identifier = node("http://identifiers.org/idot/exampleIdentifier");
    let identifier = graph.object_for_subject_predicate(&node(format!("{BASE}#core")), &identifier);
    let figid = data[0].subject.to_string();
    let figid = figid.trim_end_matches('>').rsplit('/').next().unwrap();
    assert_eq!(identifier.unwrap().to_string(), format!("\"{figid}\""));
}

#[test]
fn only_files_that_the_release_before_had_are_linked() {
    let folder = release();
    let graph = description(folder.path());
    let property = node("http://purl.org/pav/previousVersion");
    let found: BTreeSet<_> =
        graph.triples_for_predicate(&property).map(|triple| triple.object.to_string()).collect();
    let expected =
        ["release", "core", "quads"].map(|id| format!("<https://example.org/old/#{id}>"));
    assert_eq!(found, BTreeSet::from(expected));
}

#[test]
fn files_are_datasets_of_hcls_in_english() {
    let folder = release();
    let graph = description(folder.path());
    for (subject, property, object) in [
        ("core", rdf::TYPE.as_str(), "http://purl.org/dc/dcmitype/Dataset"),
        ("core", "http://purl.org/dc/terms/language", "http://lexvo.org/id/iso639-3/eng"),
        ("release", "http://purl.org/dc/terms/language", "http://lexvo.org/id/iso639-3/eng"),
    ] {
        let triple = Triple::new(node(format!("{BASE}#{subject}")), node(property), node(object));
        assert!(graph.contains(triple.as_ref()), "{triple}");
    }
}

/// The linksets are the triples whose object is an IRI of another dataset.
fn links(graph: &Graph, file: &NamedNode, data: &[Triple]) {
    let prefixes = [
        ("ncbigene", "://identifiers.org/ncbigene/"),
        ("mesh", "//id.nlm.nih.gov/mesh/"),
        ("mesh", "http://identifiers.org/mesh/"),
        ("chebi", "/obo/CHEBI_"),
        ("chebi", "https://identifiers.org/chebi/"),
        ("doid", "/obo/DOID_"),
        ("ncbitaxon", "/obo/NCBITaxon_"),
        ("ncbitaxon", "http://identifiers.org/taxonomy/"),
        ("pmc", "https://identifiers.org/pmc/"),
        ("doi", "https://doi.org/"),
        ("pubmed", "https://identifiers.org/pubmed/"),
        ("wikipathways", "https://identifiers.org/wikipathways/"),
        ("uniprot", "http://purl.uniprot.org/"),
    ];
    let mut expected = BTreeMap::<_, u64>::new();
    for triple in data.iter().filter(|triple| triple.predicate != rdf::TYPE) {
        let Term::NamedNode(object) = &triple.object else { continue };
        let target = prefixes.iter().find(|(_, prefix)| object.as_str().contains(prefix));
        if let Some((target, _)) = target {
            let target = format!("<{BASE}#target-{target}>");
            *expected.entry((target, triple.predicate.to_string())).or_default() += 1;
        }
    }
    let mut found = BTreeMap::new();
    for linkset in graph.objects_for_subject_predicate(file, &node(format!("{VOID}subset"))) {
        let oxrdf::TermRef::NamedNode(linkset) = linkset else { panic!("{linkset}") };
        let object = |name: &str| {
            let object =
                graph.object_for_subject_predicate(linkset, &node(format!("{VOID}{name}")));
            object.unwrap().to_string()
        };
        let key = (object("objectsTarget"), object("linkPredicate"));
        found.insert(key, number(graph, &linkset.into_owned(), "triples"));
    }
    assert_eq!(found, expected, "{file}");
}

fn shapes() -> Shapes {
    let source = Source::turtle("description", NAMESPACE, DESCRIPTION.turtle).unwrap();
    Shapes::compile(&[source], &Options::new()).unwrap()
}

fn found(shapes: &Shapes, graph: &Graph) -> BTreeSet<String> {
    let triples: Vec<_> = graph.iter().map(oxrdf::TripleRef::into_owned).collect();
    let report = shapes.validator().validate(&triples).unwrap();
    report.results.iter().map(|result| result.source_shape.to_string()).collect()
}

/// Each property shape is violated, by itself or with others that want the same, when what it
/// wants is taken away or what it forbids is added.
#[test]
fn each_shape_sees_its_defect() {
    let folder = release();
    let (good, compiled) = (description(folder.path()), shapes());
    let info = format!("<{NAMESPACE}distribution-previous-version>");
    // The release before had not all of the files.
    assert_eq!(found(&compiled, &good), BTreeSet::from([info]));
    let text: Graph =
        TurtleParser::new().for_slice(DESCRIPTION.turtle).collect::<Result<_, _>>().unwrap();
    let mut seen = 0;
    for (level, focus) in [
        ("summary", "https://example.org/#pfocr".to_owned()),
        ("release", format!("{BASE}#release")),
        ("distribution", format!("{BASE}#core")),
    ] {
        let root = node(format!("{NAMESPACE}{level}"));
        for shape in text.objects_for_subject_predicate(&root, &node(format!("{SH}property"))) {
            let oxrdf::TermRef::NamedNode(shape) = shape else { panic!("{shape}") };
            for (path, bad) in defects(&text, shape, &node(focus.clone()), &good) {
                // Without the property that a level is known by, nothing is known to be of it.
                let is_target = shape.as_str().ends_with("/release-summary");
                let found = found(&compiled, &bad);
                assert!(
                    is_target || found.contains(&shape.to_string()),
                    "{shape} {path}: {found:?}"
                );
                seen += 1;
            }
        }
    }
    assert!(seen > 100, "{seen}");
}

/// Descriptions with what a shape is to find on a node: one for each of its properties if it
/// forbids them.
fn defects(
    shapes: &Graph,
    shape: NamedNodeRef<'_>,
    focus: &NamedNode,
    good: &Graph,
) -> Vec<(NamedNode, Graph)> {
    let object =
        |name: &str| shapes.object_for_subject_predicate(shape, &node(format!("{SH}{name}")));
    let zero = Literal::from(0);
    let forbids = ["maxCount", "qualifiedMaxCount"]
        .iter()
        .any(|name| object(name) == Some(zero.as_ref().into()));
    let defect = |path: NamedNode| {
        let mut bad = good.clone();
        if forbids && path == rdf::TYPE {
            bad.insert(
                Triple::new(focus.clone(), path.clone(), node(format!("{VOID}Dataset"))).as_ref(),
            );
        } else if forbids {
            let value = Literal::new_simple_literal("x");
            bad.insert(Triple::new(focus.clone(), path.clone(), value).as_ref());
        } else {
            let class = object("hasValue");
            let is_gone = |triple: &oxrdf::TripleRef<'_>| {
                triple.subject == focus.as_ref().into()
                    && triple.predicate == path.as_ref()
                    && class.is_none_or(|class| triple.object == class)
            };
            let gone: Vec<_> =
                good.iter().filter(is_gone).map(oxrdf::TripleRef::into_owned).collect();
            assert!(!gone.is_empty(), "{shape}");
            for triple in &gone {
                bad.remove(triple.as_ref());
            }
        }
        (path, bad)
    };
    paths(shapes, object("path").unwrap()).into_iter().map(defect).collect()
}

/// The properties of a path: one, or alternatives.
fn paths(shapes: &Graph, path: oxrdf::TermRef<'_>) -> Vec<NamedNode> {
    let path = match path {
        oxrdf::TermRef::NamedNode(path) => return vec![path.into_owned()],
        oxrdf::TermRef::BlankNode(path) => path,
        other @ oxrdf::TermRef::Literal(_) => panic!("{other}"),
    };
    let alternatives = node(format!("{SH}alternativePath"));
    let mut list = shapes.object_for_subject_predicate(path, &alternatives);
    let mut found = Vec::new();
    while let Some(oxrdf::TermRef::BlankNode(item)) = list {
        let first = shapes.object_for_subject_predicate(item, rdf::FIRST).unwrap();
        found.extend(paths(shapes, first));
        list = shapes.object_for_subject_predicate(item, rdf::REST);
    }
    found
}

#[test]
fn a_distribution_that_is_not_described_is_seen() {
    let folder = release();
    let (mut graph, compiled) = (description(folder.path()), shapes());
    let release = node(format!("{BASE}#release"));
    for (term, object, shape) in [
        ("http://www.w3.org/ns/dcat#distribution", "#none", "release-distribution"),
        ("http://purl.org/dc/terms/isVersionOf", "#nothing", "release-summary"),
    ] {
        let triple = Triple::new(release.clone(), node(term), node(format!("{BASE}{object}")));
        graph.insert(triple.as_ref());
        assert!(found(&compiled, &graph).contains(&format!("<{NAMESPACE}{shape}>")), "{shape}");
    }
}

#[test]
fn the_check_sees_wrong_numbers() {
    let folder = release();
    let path = folder.path().join("out/pfocr-rdf-void.ttl");
    let good = fs::read_to_string(&path).unwrap();
    let check = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pfocr2rdf"));
        let output =
            command.args(["release", "--check", "out"]).current_dir(folder.path()).output();
        String::from_utf8(output.unwrap().stdout).unwrap()
    };
    assert!(check().lines().all(|line| line.starts_with("ok ")), "{}", check());
    let line = good.lines().find(|line| line.contains("void:entities")).unwrap();
    for changed in ["\tvoid:entities 7777 ;", "\tvoid:documents 7 ;"] {
        fs::write(&path, good.replacen(line, changed, 1)).unwrap();
        assert!(check().contains("FAILED description"), "{}", check());
    }
}

#[test]
fn search_engines_can_read_it() {
    let folder = release();
    let text = fs::read(folder.path().join("out/dataset.jsonld")).unwrap();
    let quads: Vec<_> =
        oxjsonld::JsonLdParser::new().for_slice(&text).collect::<Result<_, _>>().unwrap();
    let has = |subject: &str, predicate: NamedNodeRef<'_>, object: &str| {
        quads.iter().any(|quad| {
            quad.subject.to_string() == format!("<{BASE}{subject}>")
                && quad.predicate == predicate
                && quad.object.to_string().contains(object)
        })
    };
    let schema = |name: &str| node(format!("http://schema.org/{name}"));
    assert!(has("#release", rdf::TYPE, "<http://schema.org/Dataset>"));
    assert!(has("#release", schema("distribution").as_ref(), &format!("<{BASE}#core>")));
    assert!(has("#release", schema("license").as_ref(), "<https://creativecommons.org/"));
    let file = format!("<{BASE}pfocr-20261101-rdf-core.nt.gz>");
    assert!(has("#core", schema("contentUrl").as_ref(), &file));
    let value: serde_json::Value = serde_json::from_slice(&text).unwrap();
    let length = value["description"].as_str().unwrap().len();
    // What Google's dataset search takes.
    assert!((50..=5000).contains(&length));
}
