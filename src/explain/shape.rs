use include_dir::{Dir, include_dir};
use oxrdf::vocab::rdf;
use oxrdf::{Graph, NamedNode, NamedOrBlankNode, NamedOrBlankNodeRef, TermRef, Triple};
use oxttl::TurtleParser;

use super::Explanation;
use crate::diagnostic::Severity;
use crate::mapping;
use crate::shapes::{self, NAMESPACE, ShapesFile};
use crate::vocab;

/// Data that break the shapes; each file begins with the results that it has.
static EXAMPLES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/shapes/examples");

/// Why a constraint matters, by the term that states it; of several the first.
const REASONS: &[(&str, &str)] = &[
    (
        "equals",
        "Two places say the same thing. Where they differ, the answer depends on which of them a query asks.",
    ),
    (
        "qualifiedValueShape",
        "Queries and links rely on this identifier. Without it the node cannot be joined with other databases.",
    ),
    (
        "class",
        "The link leads to a node that nothing describes, so a query that follows it finds nothing.",
    ),
    ("hasValue", "Queries find these nodes by this value, and miss one that does not have it."),
    (
        "minCount",
        "Queries that ask for this value miss the node, as a pattern that is not optional matches only what has it.",
    ),
    ("maxCount", "A query gives a row for every value, so whatever has two is counted twice."),
    (
        "datatype",
        "A literal of another datatype is another value: it is not found, and is sorted and compared in another way.",
    ),
    (
        "languageIn",
        "Text is looked for by its language, and one with another tag, or with none, is not found.",
    ),
    (
        "pattern",
        "Links and queries compare it letter by letter, so another form of the same thing does not match anything.",
    ),
    ("in", "Queries name the values that they know, and miss all others."),
    ("nodeKind", "A link has to be an IRI: a text that looks like one leads nowhere."),
    (
        "minInclusive",
        "A number out of its range spoils every average, sum and comparison that it takes part in.",
    ),
    (
        "maxInclusive",
        "A number out of its range spoils every average, sum and comparison that it takes part in.",
    ),
    (
        "closed",
        "A property that the mapping does not know comes from somewhere else, and nobody has said what it means.",
    ),
    (
        "or",
        "The values are fine one by one, but together they contradict each other, so one of them is wrong.",
    ),
    ("node", "The node is not what the link to it says that it is."),
    ("property", "A part of a larger condition, which says when it counts."),
];

/// What else there is to say of a shape in these files.
pub(super) fn explain(name: &str) -> Option<Explanation> {
    let shape = NamedNode::new(format!("{NAMESPACE}{name}")).ok()?;
    shapes::ALL.iter().find_map(|file| {
        let graph = graph(file.turtle);
        graph.object_for_subject_predicate(&shape, &sh("severity"))?;
        Some(File { file, graph: &graph }.explain(&shape))
    })
}

/// The shapes of all files, in the order in which they stand there.
pub(super) fn all() -> impl Iterator<Item = Explanation> {
    shapes::ALL.iter().flat_map(|file| {
        let graph = graph(file.turtle);
        let file = File { file, graph: &graph };
        let subjects =
            triples(file.file.turtle).filter(|triple| triple.predicate == sh("severity"));
        let explain = |triple: Triple| match &triple.subject {
            NamedOrBlankNode::NamedNode(shape) => Some(file.explain(shape)),
            NamedOrBlankNode::BlankNode(_) => None,
        };
        subjects.filter_map(explain).collect::<Vec<_>>()
    })
}

fn triples(turtle: &str) -> impl Iterator<Item = Triple> {
    TurtleParser::new().for_slice(turtle).map_while(Result::ok)
}

fn graph(turtle: &str) -> Graph {
    triples(turtle).collect()
}

#[derive(Clone, Copy)]
struct File<'f> {
    file: &'f ShapesFile,
    graph: &'f Graph,
}

impl File<'_> {
    fn explain(&self, shape: &NamedNode) -> Explanation {
        let severity = match self.object(shape, "severity") {
            Some(TermRef::NamedNode(node)) if node == sh("Warning") => Severity::Warning,
            Some(TermRef::NamedNode(node)) if node == sh("Info") => Severity::Note,
            _ => Severity::Error,
        };
        let stated = |(term, _): &&(&str, &str)| self.object(shape, term).is_some();
        Explanation {
            name: local(shape.as_str()).to_owned(),
            severity,
            meaning: self.literal(shape, "message").to_owned(),
            why: REASONS.iter().find(stated).map_or("", |(_, reason)| reason).to_owned(),
            example: self.example(shape).unwrap_or_default(),
            cure: self.cure(shape),
        }
    }

    fn object(&self, shape: &NamedNode, term: &str) -> Option<TermRef<'_>> {
        self.graph.object_for_subject_predicate(shape, &sh(term))
    }

    fn literal(&self, shape: &NamedNode, term: &str) -> &str {
        match self.object(shape, term) {
            Some(TermRef::Literal(literal)) => literal.value(),
            _ => "",
        }
    }

    /// The keys and columns that the values come from, if the shape is about some.
    fn cure(&self, shape: &NamedNode) -> String {
        let elsewhere = "The converter always writes this as it should be. If the data come from \
                         elsewhere, correct them there; if they come from the converter, please \
                         report it.";
        let mut inputs: Vec<&str> = match self.object(shape, "path") {
            Some(TermRef::NamedNode(path)) => mapping::rules()
                .filter(|rule| rule.predicate == path && self.is_about(rule.subject.letter()))
                .filter(|rule| rule.keys().next().is_some())
                .map(|rule| rule.input)
                .collect(),
            _ => Vec::new(),
        };
        inputs.sort_unstable();
        inputs.dedup();
        if inputs.is_empty() {
            return elsewhere.to_owned();
        }
        let inputs: Vec<_> = inputs.iter().map(|input| format!("`{input}`")).collect();
        format!(
            "The value is made from {}: look there first. If it is right there and the data come \
             from the converter, please report it.",
            inputs.join(", or ")
        )
    }

    /// Whether the shapes are those of the nodes that the mapping calls so.
    fn is_about(&self, letter: &str) -> bool {
        let letters: &[&str] = match self.file.name {
            "figure" => &["F"],
            "page" => &["R"],
            "score" => &["R#automl_pathway"],
            "article" => &["A"],
            "journal" => &["J"],
            "organization" => &["P", "organization"],
            "taxon" => &["T"],
            "gene" => &["G"],
            "chemical" => &["C"],
            "disease" => &["D"],
            "annotation" => &["N"],
            name => &[name],
        };
        letters.contains(&letter)
    }

    /// The triples that break the shape, in the smallest example of it or of a shape around it.
    fn example(&self, shape: &NamedNode) -> Option<String> {
        let name = local(shape.as_str());
        let files = EXAMPLES.get_dir(self.file.name)?.files();
        let mut found: Vec<(&str, &str)> = files
            .filter_map(include_dir::File::contents_utf8)
            .flat_map(|text| {
                let results = text.lines().map_while(|line| line.strip_prefix("# expect "));
                results.map(move |result| (text, result))
            })
            .filter(|(_, result)| result.ends_with(&format!(" {name}")))
            .collect();
        found.sort_by_key(|(text, _)| (text.matches("# expect ").count(), text.len()));
        match found.first() {
            Some((text, result)) => Some(excerpt(text, result)),
            None => self.example(&self.around(shape.into())?),
        }
    }

    /// The shape that refers to a shape, maybe in a list.
    fn around(&self, node: NamedOrBlankNodeRef<'_>) -> Option<NamedNode> {
        let mut referring = self.graph.triples_for_object(node);
        match referring.next()?.subject {
            NamedOrBlankNodeRef::NamedNode(shape) => Some(shape.into_owned()),
            list @ NamedOrBlankNodeRef::BlankNode(_) => self.around(list),
        }
    }
}

/// What a node has of a property; all that it has if the path is not a property that it has.
fn excerpt(turtle: &str, result: &str) -> String {
    let mut fields = result.split(' ').skip(1);
    let (focus, path) = (fields.next().unwrap_or_default(), fields.next().unwrap_or_default());
    let of_focus = |triple: &Triple| triple.subject.to_string() == focus;
    let of_focus: Vec<Triple> = triples(turtle).filter(of_focus).collect();
    let predicate = path.strip_prefix('<').and_then(|path| path.strip_suffix('>'));
    let is_path = |triple: &Triple| Some(triple.predicate.as_str()) == predicate;
    let has_path = of_focus.iter().any(is_path);
    let mut lines: Vec<String> = of_focus
        .iter()
        .filter(|triple| !has_path || triple.predicate == rdf::TYPE || is_path(triple))
        .map(|triple| {
            let predicate = shown(triple.predicate.as_ref().into());
            format!("{focus} {predicate} {} .", shown(triple.object.as_ref()))
        })
        .collect();
    if lines.is_empty() || path.contains(">/<") {
        // What matters stands at other nodes.
        lines = turtle
            .lines()
            .filter(|line| !line.starts_with("# expect"))
            .map(str::to_owned)
            .collect();
    }
    lines.join("\n").trim().to_owned()
}

fn shown(term: TermRef<'_>) -> String {
    match term {
        TermRef::NamedNode(node) => {
            vocab::compact(node.as_str()).unwrap_or_else(|| node.to_string())
        }
        term => term.to_string(),
    }
}

/// A term of [SHACL](https://www.w3.org/TR/shacl/).
fn sh(local: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("http://www.w3.org/ns/shacl#{local}"))
}

fn local(iri: &str) -> &str {
    iri.strip_prefix(NAMESPACE).unwrap_or(iri)
}
