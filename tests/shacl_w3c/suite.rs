//! The W3C test suite of SHACL: its manifests, and its rule for comparing reports.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::{env, fs};

use oxrdf::dataset::CanonicalizationAlgorithm;
use oxrdf::vocab::rdf;
use oxrdf::{BlankNode, Graph, NamedNode, NamedNodeRef, NamedOrBlankNode, Term, TermRef, Triple};
use oxttl::TurtleParser;
use pfocr2rdf::shacl::{Options, Shapes, ShapesError, Source};

const MF: &str = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#";
const SHT: &str = "http://www.w3.org/ns/shacl-test#";
const SH: &str = "http://www.w3.org/ns/shacl#";

/// What the suite compares of a result.
const COMPARED: [&str; 7] = [
    "focusNode",
    "resultPath",
    "resultSeverity",
    "sourceConstraint",
    "sourceConstraintComponent",
    "sourceShape",
    "value",
];

/// A test of the suite.
pub(crate) struct Test {
    /// The path of its file in the suite, without the extension.
    pub(crate) name: String,
    pub(crate) data: PathBuf,
    pub(crate) shapes: PathBuf,
    pub(crate) expected: Expected,
}

/// What a test must give.
pub(crate) enum Expected {
    Failure,
    /// A report, reduced to what is compared, and its messages.
    Report(Box<Graph>, HashSet<Term>),
}

/// The folder of the suites, if the environment names it.
pub(crate) fn root() -> Option<PathBuf> {
    env::var_os("W3C_TESTS").map(PathBuf::from)
}

/// All tests of a manifest and those it includes, in order.
pub(crate) fn tests(root: &Path, manifest: &Path) -> Vec<Test> {
    let (graph, base) = read(manifest);
    let mut found = Vec::new();
    for include in objects(&graph, &base.clone().into(), &format!("{MF}include")) {
        found.extend(tests(root, &file(&include)));
    }
    for list in objects(&graph, &base.into(), &format!("{MF}entries")) {
        for entry in list_members(&graph, &list) {
            found.push(test(root, manifest, &graph, &entry));
        }
    }
    found
}

fn test(root: &Path, manifest: &Path, graph: &Graph, entry: &Term) -> Test {
    let action = object(graph, entry, &format!("{MF}action"));
    let result = object(graph, entry, &format!("{MF}result"));
    let name = manifest.strip_prefix(root).unwrap().with_extension("");
    Test {
        name: name.to_string_lossy().into_owned(),
        data: file(&object(graph, &action, &format!("{SHT}dataGraph"))),
        shapes: file(&object(graph, &action, &format!("{SHT}shapesGraph"))),
        expected: if result == iri(&format!("{SHT}Failure")) {
            Expected::Failure
        } else {
            let messages = messages(graph);
            Expected::Report(Box::new(reduce(graph, &result, &messages)), messages)
        },
    }
}

/// Compiles the shapes of a file.
pub(crate) fn compile(path: &Path, options: Options) -> Result<Shapes, ShapesError> {
    let turtle = fs::read_to_string(path).unwrap();
    let name = path.file_name().unwrap().to_string_lossy();
    let source = Source::turtle(&name, &file_iri(path), &turtle)?;
    Shapes::compile(&[source], &options)
}

/// Runs a test; the error says what differs.
pub(crate) fn run(test: &Test, options: Options) -> Result<(), String> {
    let shapes = compile(&test.shapes, options);
    let (data, _) = read(&test.data);
    let report = shapes
        .map_err(|error| error.to_string())
        .and_then(|shapes| shapes.validator().validate(&data).map_err(|error| error.to_string()));
    match (report, &test.expected) {
        (Err(_), Expected::Failure) => Ok(()),
        (Err(error), Expected::Report(..)) => Err(format!("refused: {error}")),
        (Ok(report), Expected::Failure) => Err(format!("not refused: {report:?}")),
        (Ok(report), Expected::Report(expected, messages)) => {
            let graph = report.to_graph();
            let root = root_of(&graph);
            compare(expected, &reduce(&graph, &root, messages))
        }
    }
}

fn compare(expected: &Graph, found: &Graph) -> Result<(), String> {
    let canonical = |graph: &Graph| {
        let mut graph = graph.clone();
        graph.canonicalize(CanonicalizationAlgorithm::Unstable);
        graph
    };
    if canonical(expected) == canonical(found) {
        return Ok(());
    }
    Err(format!("expected\n{}found\n{}", show(expected), show(found)))
}

fn show(graph: &Graph) -> String {
    let mut lines: Vec<_> = graph.iter().map(|triple| format!("    {triple} .\n")).collect();
    lines.sort();
    lines.concat()
}

/// Reduces a report to what is compared; paths are copied, so that no two results share nodes.
fn reduce(graph: &Graph, report: &Term, messages: &HashSet<Term>) -> Graph {
    let mut out = Graph::new();
    let root = NamedOrBlankNode::from(BlankNode::default());
    let mut add = |subject: &NamedOrBlankNode, predicate: &str, object: Term| {
        let predicate = NamedNode::new_unchecked(predicate);
        out.insert(&Triple::new(subject.clone(), predicate, object));
    };
    add(&root, rdf::TYPE.as_str(), iri(&format!("{SH}ValidationReport")));
    for value in objects(graph, report, &format!("{SH}conforms")) {
        add(&root, &format!("{SH}conforms"), value);
    }
    let mut paths = Vec::new();
    for result in objects(graph, report, &format!("{SH}result")) {
        let node = NamedOrBlankNode::from(BlankNode::default());
        add(&root, &format!("{SH}result"), node.clone().into());
        add(&node, rdf::TYPE.as_str(), iri(&format!("{SH}ValidationResult")));
        for local in COMPARED {
            for value in objects(graph, &result, &format!("{SH}{local}")) {
                let value =
                    if local == "resultPath" { copy(graph, &value, &mut paths) } else { value };
                add(&node, &format!("{SH}{local}"), value);
            }
        }
        for message in objects(graph, &result, &format!("{SH}resultMessage")) {
            if messages.contains(&message) {
                add(&node, &format!("{SH}resultMessage"), message);
            }
        }
    }
    out.extend(&paths);
    out
}

/// Copies a blank node and what hangs on it.
fn copy(graph: &Graph, term: &Term, out: &mut Vec<Triple>) -> Term {
    let Term::BlankNode(node) = term else {
        return term.clone();
    };
    let fresh = BlankNode::default();
    for triple in graph.triples_for_subject(node) {
        let object = copy(graph, &triple.object.into_owned(), out);
        out.push(Triple::new(fresh.clone(), triple.predicate, object));
    }
    fresh.into()
}

fn messages(graph: &Graph) -> HashSet<Term> {
    let predicate = NamedNode::new_unchecked(format!("{SH}resultMessage"));
    let triples = graph.triples_for_predicate(&predicate);
    triples.map(|triple| triple.object.into_owned()).collect()
}

fn root_of(graph: &Graph) -> Term {
    let class = iri(&format!("{SH}ValidationReport"));
    let roots: Vec<_> = graph.subjects_for_predicate_object(rdf::TYPE, &class).collect();
    assert_eq!(roots.len(), 1, "one report");
    TermRef::from(roots[0]).into_owned()
}

fn iri(iri: &str) -> Term {
    NamedNode::new_unchecked(iri).into()
}

fn objects(graph: &Graph, subject: &Term, predicate: &str) -> Vec<Term> {
    let subject = match subject {
        Term::NamedNode(node) => NamedOrBlankNode::from(node.clone()),
        Term::BlankNode(node) => node.clone().into(),
        Term::Literal(_) => return Vec::new(),
    };
    let predicate = NamedNodeRef::new_unchecked(predicate);
    graph.objects_for_subject_predicate(&subject, predicate).map(TermRef::into_owned).collect()
}

fn object(graph: &Graph, subject: &Term, predicate: &str) -> Term {
    let mut found = objects(graph, subject, predicate);
    assert_eq!(found.len(), 1, "{subject} {predicate}");
    found.remove(0)
}

fn list_members(graph: &Graph, head: &Term) -> Vec<Term> {
    if *head == Term::from(rdf::NIL.into_owned()) {
        return Vec::new();
    }
    let mut members = vec![object(graph, head, rdf::FIRST.as_str())];
    members.extend(list_members(graph, &object(graph, head, rdf::REST.as_str())));
    members
}

fn file_iri(path: &Path) -> String {
    format!("file://{}", path.display())
}

fn file(term: &Term) -> PathBuf {
    let Term::NamedNode(iri) = term else { panic!("{term} is no file") };
    iri.as_str().strip_prefix("file://").expect("a file").into()
}

fn read(path: &Path) -> (Graph, NamedNode) {
    let text =
        fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let base = file_iri(path);
    let parser = TurtleParser::new().with_base_iri(&base).unwrap();
    let triples = parser
        .for_slice(&text)
        .map(|triple| triple.unwrap_or_else(|error| panic!("{}: {error}", path.display())));
    (triples.collect(), NamedNode::new_unchecked(base))
}
