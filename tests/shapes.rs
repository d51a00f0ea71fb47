//! The bundled shapes are complete, say what the mapping says, and find in each example of
//! `shapes/examples` exactly the results that its `# expect` lines name.

#![allow(clippy::unwrap_used, reason = "helpers of tests may panic like tests")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use oxrdf::vocab::{rdf, xsd};
use oxrdf::{Graph, NamedNode, NamedNodeRef, NamedOrBlankNodeRef, Term, TermRef, Triple};
use oxttl::TurtleParser;
use pfocr2rdf::mapping::{self, Node};
use pfocr2rdf::shacl::{Options, Shapes, Source, ValidationResult};
use pfocr2rdf::shapes::{ALL, DESCRIPTION, NAMESPACE, ShapesFile};
use pfocr2rdf::sink::Part;
use pfocr2rdf::vocab;

const SH: &str = "http://www.w3.org/ns/shacl#";

/// The shapes of records and those of the description of a release.
fn every() -> impl Iterator<Item = &'static ShapesFile> {
    ALL.iter().chain([&DESCRIPTION])
}

#[test]
fn every_file_is_bundled() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("shapes");
    let bundled: BTreeSet<PathBuf> =
        every().map(|file| root.join(format!("{}.ttl", file.name))).collect();
    let is_file = |path: &PathBuf| path.is_file();
    assert_eq!(bundled, files(&root).into_iter().filter(is_file).collect());
    assert!(every().all(|file| !file.description.is_empty()));
}

#[test]
fn every_shape_has_a_name_a_message_and_a_severity() {
    let mut seen = BTreeSet::new();
    for file in every() {
        let graph = file.graph();
        for shape in file.shapes() {
            assert!(shape.as_str().starts_with(NAMESPACE), "{shape}");
            assert!(seen.insert(shape.clone()), "{shape} is in two files");
            for term in ["name", "message"] {
                let [Term::Literal(text)] = &objects(&graph, &shape, term)[..] else {
                    panic!("{shape}: not one sh:{term}")
                };
                assert_eq!(text.language(), Some("en"), "{shape}");
            }
            let severity = objects(&graph, &shape, "severity");
            let known = ["Violation", "Warning", "Info"].map(|name| Term::from(sh(name)));
            assert!(severity.len() == 1 && known.contains(&severity[0]), "{shape}");
        }
    }
}

#[test]
fn blank_nodes_are_lists_and_paths_alone() {
    let allowed = [rdf::FIRST.into_owned(), rdf::REST.into_owned(), sh("alternativePath")];
    for file in every() {
        for triple in &file.graph() {
            let is_allowed = allowed.iter().any(|term| triple.predicate == *term);
            assert!(!triple.subject.is_blank_node() || is_allowed, "{}: {triple}", file.name);
        }
    }
}

/// Terms that our data never have.
const NEVER: [&str; 2] = [
    "http://vocabularies.wikipathways.org/wp#DataNode",
    "http://vocabularies.wikipathways.org/wp#Pathway",
];

/// A misspelt term would make a shape that looks at nothing, and conforms.
#[test]
fn shapes_use_terms_of_the_bundled_vocabularies() {
    let terms: BTreeSet<&str> =
        vocab::ALL.iter().flat_map(|vocabulary| vocabulary.terms).map(|t| t.as_str()).collect();
    let more: BTreeSet<String> =
        [rdf::FIRST, rdf::REST, rdf::NIL, xsd::STRING].map(|term| term.as_str().to_owned()).into();
    for file in ALL {
        for triple in &file.graph() {
            for iri in [Some(triple.predicate), named(triple.object)].into_iter().flatten() {
                let is_vocabulary = vocab::compact(iri.as_str()).is_some();
                let is_known = terms.contains(iri.as_str())
                    || more.contains(iri.as_str())
                    || (file.name == "never" && NEVER.contains(&iri.as_str()));
                assert!(!is_vocabulary || is_known, "{}: {iri}", file.name);
            }
        }
    }
}

#[test]
fn closed_shapes_allow_what_the_mapping_writes_and_nothing_else() {
    let mut written: BTreeMap<&str, BTreeSet<NamedNode>> = BTreeMap::new();
    for rule in mapping::rules() {
        for name in names(rule.subject) {
            written.entry(name).or_default().insert(rule.predicate.into_owned());
        }
    }
    for file in ALL.iter().filter(|file| !["link", "never"].contains(&file.name)) {
        assert_eq!(allowed(file, file.name), written[file.name], "{}", file.name);
    }
}

#[test]
fn shapes_of_the_part_wp_alone_allow_what_is_written_without_the_part_core() {
    let of = |node: Node| {
        let rules = mapping::rules().filter(|rule| rule.subject == node && rule.part != Part::Core);
        rules.map(|rule| rule.predicate.into_owned()).collect::<BTreeSet<_>>()
    };
    let file = |name| ALL.iter().find(|file| file.name == name).unwrap();
    assert_eq!(allowed(file("gene"), "gene-product-alone"), of(Node::Gene));
    assert_eq!(allowed(file("chemical"), "metabolite-alone"), of(Node::Chemical));
    let mut of_figure = of(Node::Figure);
    // Entities are looked at by themselves.
    of_figure.insert(vocab::schema::MENTIONS.into_owned());
    assert_eq!(allowed(file("figure"), "figure-of-wikipathways"), of_figure);
}

/// The properties that a closed shape allows.
fn allowed(file: &ShapesFile, shape: &str) -> BTreeSet<NamedNode> {
    let graph = file.graph();
    let shape = NamedNode::new(format!("{NAMESPACE}{shape}")).unwrap();
    assert_eq!(objects(&graph, &shape, "closed").len(), 1, "{shape}");
    let mut allowed: BTreeSet<NamedNode> = BTreeSet::new();
    for property in objects(&graph, &shape, "property") {
        let property = iri(&property).unwrap();
        allowed.extend(objects(&graph, &property, "path").iter().filter_map(iri));
    }
    for list in objects(&graph, &shape, "ignoredProperties") {
        allowed.extend(items(&graph, list).iter().filter_map(iri));
    }
    allowed
}

/// The names of the files that are about a kind of node: MeSH has concepts that are both chemical
/// and disease, so the properties of one are allowed on the other.
fn names(node: Node) -> &'static [&'static str] {
    match node {
        Node::Figure => &["figure"],
        Node::Page => &["page"],
        Node::Score => &["score"],
        Node::Catalog => &["catalog"],
        Node::Organization | Node::Publisher => &["organization"],
        Node::Article => &["article"],
        Node::Journal => &["journal"],
        Node::Taxon => &["taxon"],
        Node::Organism => &["organism"],
        Node::Network => &["network"],
        Node::Gene => &["gene"],
        Node::Chemical | Node::Disease => &["chemical", "disease"],
        Node::Annotation => &["annotation"],
    }
}

#[test]
fn examples_give_the_expected_results() {
    let mut failures = Vec::new();
    for file in every() {
        let shapes = file.compile();
        for example in file.examples() {
            let text = fs::read_to_string(&example).unwrap();
            let data: Vec<Triple> = turtle(&text);
            let report = shapes.validator().validate(&data).unwrap();
            let mut found: Vec<String> = report.results.iter().map(line).collect();
            let mut expected = expectations(&text);
            found.sort_unstable();
            expected.sort_unstable();
            if found != expected {
                failures.push(format!("{}: {found:#?}, not {expected:#?}", example.display()));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn every_shape_has_a_conforming_and_a_violating_example() {
    for file in every() {
        let examples: Vec<_> =
            file.examples().iter().map(|path| fs::read_to_string(path).unwrap()).collect();
        assert!(examples.iter().any(|text| expectations(text).is_empty()), "{}", file.name);
        let broken: BTreeSet<String> = examples
            .iter()
            .flat_map(|text| expectations(text))
            .map(|line| format!("{NAMESPACE}{}", line.rsplit(' ').next().unwrap()))
            .collect();
        let reported: BTreeSet<String> =
            file.reported().into_iter().map(NamedNode::into_string).collect();
        assert_eq!(reported, broken, "{}", file.name);
    }
}

trait Loaded {
    fn graph(&self) -> Graph;
    fn compile(&self) -> Shapes;
    fn shapes(&self) -> Vec<NamedNode>;
    fn reported(&self) -> BTreeSet<NamedNode>;
    fn examples(&self) -> Vec<PathBuf>;
}

impl Loaded for ShapesFile {
    fn graph(&self) -> Graph {
        turtle(self.turtle)
    }

    fn compile(&self) -> Shapes {
        let source = Source::turtle(self.name, NAMESPACE, self.turtle).unwrap();
        Shapes::compile(&[source], &Options::new()).unwrap()
    }

    fn shapes(&self) -> Vec<NamedNode> {
        let graph = self.graph();
        let kinds = [sh("NodeShape"), sh("PropertyShape")];
        let of = |kind| graph.subjects_for_predicate_object(rdf::TYPE, kind);
        let shape = |subject: NamedOrBlankNodeRef<'_>| iri(&subject.into_owned().into()).unwrap();
        kinds.iter().flat_map(of).map(shape).collect()
    }

    /// The shapes that results name: those with targets, and their properties.
    fn reported(&self) -> BTreeSet<NamedNode> {
        let graph = self.graph();
        let targets = ["targetNode", "targetClass", "targetSubjectsOf", "targetObjectsOf"];
        let is_target =
            |shape: &NamedNode| targets.iter().any(|t| !objects(&graph, shape, t).is_empty());
        let roots: Vec<_> = self.shapes().into_iter().filter(is_target).collect();
        let properties = roots.iter().flat_map(|shape| objects(&graph, shape, "property"));
        let properties: Vec<_> = properties.filter_map(|term| iri(&term)).collect();
        // The levels of a description are nothing but their properties.
        let roots = roots.into_iter().filter(|_| self.name != DESCRIPTION.name);
        properties.into_iter().chain(roots).collect()
    }

    fn examples(&self) -> Vec<PathBuf> {
        files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("shapes/examples").join(self.name))
    }
}

/// A result as the examples write it.
fn line(result: &ValidationResult) -> String {
    let local = |iri: &str, namespace: &str| iri.strip_prefix(namespace).unwrap().to_owned();
    let focus = match &result.focus_node {
        Term::BlankNode(_) => "_:".to_owned(),
        focus => focus.to_string(),
    };
    let path = result.path.as_ref().map_or("-".to_owned(), ToString::to_string);
    let severity = local(result.severity.iri().as_str(), SH);
    let component = local(result.component.as_str(), SH);
    let shape = iri(&result.source_shape.clone().into()).unwrap();
    format!("{severity} {focus} {path} {component} {}", local(shape.as_str(), NAMESPACE))
}

fn expectations(example: &str) -> Vec<String> {
    example.lines().map_while(|line| line.strip_prefix("# expect ")).map(str::to_owned).collect()
}

fn turtle<C: FromIterator<Triple>>(text: &str) -> C {
    TurtleParser::new().for_slice(text).collect::<Result<_, _>>().unwrap()
}

fn objects(graph: &Graph, subject: &NamedNode, term: &str) -> Vec<Term> {
    let objects = graph.objects_for_subject_predicate(subject, &sh(term));
    objects.map(TermRef::into_owned).collect()
}

fn items(graph: &Graph, list: Term) -> Vec<Term> {
    let Term::BlankNode(node) = list else { return Vec::new() };
    let first = graph.object_for_subject_predicate(&node, rdf::FIRST).unwrap();
    let rest = graph.object_for_subject_predicate(&node, rdf::REST).unwrap();
    [vec![first.into_owned()], items(graph, rest.into_owned())].concat()
}

fn iri(term: &Term) -> Option<NamedNode> {
    named(term.as_ref()).map(NamedNodeRef::into_owned)
}

fn named(term: TermRef<'_>) -> Option<NamedNodeRef<'_>> {
    if let TermRef::NamedNode(iri) = term { Some(iri) } else { None }
}

fn sh(local: &str) -> NamedNode {
    NamedNode::new(format!("{SH}{local}")).unwrap()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}
