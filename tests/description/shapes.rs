//! The shapes of a description see when something is missing.

use crate::*;

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
