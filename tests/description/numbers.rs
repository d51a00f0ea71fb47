//! The numbers and links of a description are those of the data.

use crate::*;

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
