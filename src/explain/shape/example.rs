use include_dir::{Dir, include_dir};
use oxrdf::vocab::rdf;
use oxrdf::{NamedNode, TermRef, Triple};

use super::file::{File, local, triples};
use crate::vocab;

/// Data that break the shapes; each file begins with the results that it has, and with the parts
/// of larger shapes that it breaks.
static EXAMPLES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/shapes/examples");

/// The triples that break the shape, in the smallest example of it.
pub(super) fn of(file: &File, shape: &NamedNode) -> Option<String> {
    let reporter = file.reporter(shape);
    let part = reporter.as_ref().map(|_| format!("# part {}", local(shape)));
    let whole = reporter.as_ref().unwrap_or(shape);
    let of_shape = format!(" {}", local(whole));
    let files = EXAMPLES.get_dir(file.name)?.files();
    let files = files.filter_map(include_dir::File::contents_utf8);
    let (text, result) = files
        .filter(|text| part.as_ref().is_none_or(|part| text.lines().any(|line| line == part)))
        .filter_map(|text| {
            let mut results = text.lines().map_while(|line| line.strip_prefix("# expect "));
            Some((text, results.find(|result| result.ends_with(&of_shape))?))
        })
        .min_by_key(|(text, _)| (text.matches("# expect ").count(), text.len()))?;
    Some(excerpt(text, result, &file.target_predicates(whole)))
}

/// What a node has of a property, all that it has if the path is not a property that it has; and
/// the links to it and the properties of `targets`, as these can be what makes a shape look at it.
/// Of a result that is about the node itself also the classes of the nodes that it links to.
fn excerpt(turtle: &str, result: &str, targets: &[String]) -> String {
    let mut fields = result.split(' ').skip(1);
    let (focus, path) = (fields.next().unwrap_or_default(), fields.next().unwrap_or_default());
    let is_about = |triple: &Triple| triple.subject.to_string() == focus;
    let all: Vec<Triple> = triples(turtle).collect();
    let predicate = path.strip_prefix('<').and_then(|path| path.strip_suffix('>'));
    let is_path = |triple: &Triple| Some(triple.predicate.as_str()) == predicate;
    let has_path = all.iter().any(|triple| is_about(triple) && is_path(triple));
    let is_shown = |triple: &&Triple| {
        let is_target = targets.iter().any(|target| triple.predicate.as_str() == target);
        let is_of_path = !has_path || triple.predicate == rdf::TYPE || is_path(triple) || is_target;
        let is_class_of_linked = path == "-"
            && triple.predicate == rdf::TYPE
            && all
                .iter()
                .any(|link| is_about(link) && link.object == triple.subject.clone().into());
        triple.object.to_string() == focus || (is_about(triple) && is_of_path) || is_class_of_linked
    };
    // Of a path of several properties, and of a node without any, what matters stands elsewhere.
    if path.contains(">/<") || !all.iter().any(is_about) {
        let is_data = |line: &&str| !line.starts_with("# ");
        return turtle.lines().filter(is_data).collect::<Vec<_>>().join("\n").trim().to_owned();
    }
    all.iter().filter(is_shown).map(line).collect::<Vec<_>>().join("\n")
}

fn line(triple: &Triple) -> String {
    let predicate = shown(triple.predicate.as_ref().into());
    format!("{} {predicate} {} .", triple.subject, shown(triple.object.as_ref()))
}

fn shown(term: TermRef<'_>) -> String {
    match term {
        TermRef::NamedNode(node) => {
            vocab::compact(node.as_str()).unwrap_or_else(|| node.to_string())
        }
        term => term.to_string(),
    }
}
