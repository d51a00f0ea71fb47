use oxrdf::vocab::rdf;
use oxrdf::{NamedNode, TermRef};

use super::file::{File, local};
use crate::explain::section::{self, one_line};
use crate::mapping::{self, Object, Rule};
use crate::shapes;
use crate::trace;

/// A section for each shape that is not explained by its constraint: why it matters, and the
/// cure.
const TEXT: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/shapes.md"));

/// A section for each level of the description of a release, and for each property of them.
const DESCRIPTION: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/description.md"));

/// Why a shape matters, and what to do about its results.
#[derive(Default)]
pub(super) struct Advice {
    pub(super) why: String,
    pub(super) cure: String,
}

/// What there is to say of all shapes with a constraint that only data from elsewhere break.
struct Constraint {
    /// The term that states it.
    term: &'static str,
    why: &'static str,
    /// What the converter does, so that no record breaks it.
    never: &'static str,
    cure: &'static str,
}

/// The constraints; of several of a shape the first counts.
const CONSTRAINTS: &[Constraint] = &[
    Constraint {
        term: "class",
        why: "The link leads to a node without the class that queries look for, so one that follows it finds nothing.",
        never: "describes every node that it links to",
        cure: "Load all files of the data together; if the node is in none of them, add it with the class that the message names.",
    },
    Constraint {
        term: "hasValue",
        why: "Queries find these nodes by this value, and miss one that does not have it.",
        never: "writes this value by itself, whatever the record says",
        cure: "Write the value that the message names, and no other.",
    },
    Constraint {
        term: "in",
        why: "Queries name the values that they know, and miss all others.",
        never: "writes no other values",
        cure: "Delete what the message does not name, and write what it does.",
    },
    Constraint {
        term: "minCount",
        why: "A query misses a node without the value, and counts one with two values twice.",
        never: "writes exactly one",
        cure: "If there is none, load the file again that it stood in; if there are two, two versions of the data were loaded together: keep one.",
    },
    Constraint {
        term: "maxCount",
        why: "A query gives a row for every value, so whatever has two is counted twice.",
        never: "writes one at most",
        cure: "Two versions of the data were probably loaded together: keep one.",
    },
    Constraint {
        term: "datatype",
        why: "A literal of another datatype is another value: it is not found, and is sorted and compared in another way.",
        never: "gives this datatype to every such value",
        cure: "Write the literal as the message expects it.",
    },
    Constraint {
        term: "languageIn",
        why: "Text is looked for by its language, and one with another tag, or with none, is not found.",
        never: "marks every such text as English",
        cure: "Write the text with the language tag en.",
    },
    Constraint {
        term: "pattern",
        why: "Links and queries compare it letter by letter, so another form of the same thing does not match anything.",
        never: "writes this form or nothing",
        cure: "Write it in the form that the message expects.",
    },
    Constraint {
        term: "nodeKind",
        why: "A link has to be an IRI: a text that looks like one leads nowhere.",
        never: "writes an IRI here, never a text",
        cure: "Write the address between < and > in the place of the text.",
    },
    Constraint {
        term: "minInclusive",
        why: "A number out of its range spoils every average, sum and comparison that it takes part in.",
        never: "leaves a number out of this range out",
        cure: "Correct the number, or delete it.",
    },
    Constraint {
        term: "not",
        why: "Values are compared letter by letter and shown as they are: what the message names is not found, and looks wrong.",
        never: "writes no such value",
        cure: "Write the value as the message expects it, or delete it.",
    },
    Constraint {
        term: "closed",
        why: "A property that the mapping does not know comes from somewhere else, and nobody has said what it means.",
        never: "gives no other property to such a node",
        cure: "Delete the property, or keep it in a graph of its own.",
    },
];

/// What is written of the shape itself, or of the one that reports it, else of its constraint.
pub(super) fn of(file: &File, shape: &NamedNode) -> Advice {
    if file.name == shapes::DESCRIPTION.name {
        return of_description(file, shape);
    }
    if let Some(section) = section::find(TEXT, local(shape)) {
        return written(section);
    }
    if let Some(reporter) = file.reporter(shape) {
        return of_part(file, &reporter);
    }
    let stated = |constraint: &&Constraint| file.object(shape, constraint.term).is_some();
    let Some(Constraint { why, never, cure, .. }) = CONSTRAINTS.iter().find(stated) else {
        return Advice::default();
    };
    let cure = format!(
        "No record gives this: the converter {never}. So the triples were changed later, or come \
         from another program. {cure}{}",
        origin(file, shape)
    );
    Advice { why: (*why).to_owned(), cure }
}

/// What there is to say of a shape that is reported under another name.
fn of_part(file: &File, reporter: &NamedNode) -> Advice {
    let (Advice { why, cure }, name) = (of(file, reporter), local(reporter));
    let cure = format!("It is a part of `{name}`, and reported under that name. {cure}");
    Advice { why, cure }
}

/// What is written of a shape.
fn written(section: &str) -> Advice {
    let (why, cure) = section.trim().split_once("\n\n").unwrap_or_default();
    Advice { why: one_line(why), cure: one_line(cure) }
}

/// What there is to say of a shape of the description of a release: the same of a property at each
/// level.
fn of_description(file: &File, shape: &NamedNode) -> Advice {
    if let Some(reporter) = file.reporter(shape) {
        return of_part(file, &reporter);
    }
    if ["maxCount", "qualifiedMaxCount"].iter().any(|most| file.literal(shape, most) == "0") {
        return Advice {
            why: "Summary, version and file are described apart: what one of them has is not true \
                  of another, and programs that look for a level know it by what it has."
                .to_owned(),
            cure: "`pfocr2rdf release` does not write this: the description was changed later, or \
                   two levels were given one IRI. Move the value to the level that it belongs to."
                .to_owned(),
        };
    }
    let Some(TermRef::NamedNode(path)) = file.object(shape, "path") else {
        return section::find(DESCRIPTION, local(shape)).map(written).unwrap_or_default();
    };
    let property = path.as_str().rsplit(['/', '#']).next().unwrap_or_default();
    // The property of the version has the name of the level below it.
    let name = if property == "distribution" { "distribution-of" } else { property };
    let Advice { why, cure } = section::find(DESCRIPTION, name).map(written).unwrap_or_default();
    let cure = format!(
        "`pfocr2rdf release` writes it, so the description was changed later, or comes from \
         another program. {cure} Or make the release again."
    );
    Advice { why, cure }
}

/// From which keys and columns the value comes, or else the node.
fn origin(file: &File, shape: &NamedNode) -> String {
    let path = match file.object(shape, "path") {
        Some(TermRef::NamedNode(path)) => path,
        _ => rdf::TYPE,
    };
    let keys = keys(file, |rule| rule.predicate == path && !is_constant(rule));
    if !keys.is_empty() {
        return format!(" To change the value, change {keys} and convert the record again.");
    }
    let keys = self::keys(file, |rule| rule.predicate == rdf::TYPE);
    if keys.is_empty() { String::new() } else { format!(" The node itself comes from {keys}.") }
}

/// The keys and columns that rules about the nodes of the file read.
fn keys(file: &File, is_meant: impl Fn(&Rule) -> bool) -> String {
    let is_meant =
        |rule: &&Rule| letters(file.name).contains(&rule.subject.letter()) && is_meant(rule);
    let read: Vec<String> = mapping::rules().filter(is_meant).flat_map(Rule::keys).collect();
    let known = trace::keys().into_iter().chain(["--pmc-ids".to_owned()]);
    let known: Vec<_> =
        known.filter(|key| read.contains(key)).map(|key| format!("`{key}`")).collect();
    match known.as_slice() {
        [rest @ .., last] if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        known => known.concat(),
    }
}

/// Whether the rule makes the same triple of every value.
fn is_constant(rule: &Rule) -> bool {
    match rule.object {
        Object::Term(_) => true,
        Object::Plain(template) | Object::English(template) => !template.as_str().contains('{'),
        _ => false,
    }
}

/// How the mapping calls the nodes that the shapes of a file are about.
fn letters(file: &'static str) -> &'static [&'static str] {
    match file {
        "figure" => &["F"],
        "page" => &["R"],
        "score" => &["R#automl_pathway"],
        "catalog" => &["catalog"],
        "organization" => &["P", "organization"],
        "article" => &["A"],
        "journal" => &["J"],
        "taxon" => &["T"],
        "organism" => &["organism"],
        "network" => &["network"],
        "gene" => &["G"],
        "chemical" => &["C"],
        "disease" => &["D"],
        "annotation" => &["N"],
        "link" => &["G", "T", "C", "D"],
        _ => &[],
    }
}
