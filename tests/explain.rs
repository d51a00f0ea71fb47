//! Every diagnostic is explained, and its example is one.

#![allow(clippy::unwrap_used, reason = "helpers of tests may panic like tests")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use oxrdf::{Term, Triple};
use oxttl::TurtleParser;
use pfocr2rdf::convert::Converter;
use pfocr2rdf::diagnostic::{Code, Diagnostic};
use pfocr2rdf::explain::{self, Explanation};
use pfocr2rdf::mapping::Context;
use pfocr2rdf::organisms::OrganismTable;
use pfocr2rdf::pipeline::Pipeline;
use pfocr2rdf::serialize::{Format, SchemaOrg, Serializer};
use pfocr2rdf::shacl::{Options, Shapes, Source, ValidationResult};
use pfocr2rdf::shapes::{self, ShapesFile};
use pfocr2rdf::source::Input;
use pfocr2rdf::trace;
use pfocr2rdf::vocab;

#[test]
fn everything_is_explained() {
    for Explanation { name, severity: _, meaning, why, example, cure } in explain::all() {
        for text in [&meaning, &why, &cure] {
            assert!(text.len() > 10 && text.ends_with('.'), "{name}: {text:?}");
        }
        assert!(!example.trim().is_empty(), "{name}");
        assert_eq!(explain::find(&name).unwrap().meaning, meaning);
    }
}

/// Each reading of the shapes has a graph of its own, whose order is chance.
#[test]
fn explanations_are_the_same_each_time() {
    let first: Vec<Explanation> = explain::all().collect();
    assert!((0..3).all(|_| explain::all().eq(first.iter().cloned())));
}

#[test]
fn every_shape_and_every_code_has_a_name_of_its_own() {
    let mut names: Vec<_> = explain::all().map(|one| one.name).collect();
    let number = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), number);
    let shapes: usize = every().map(|file| file.turtle.matches("sh:severity").count()).sum();
    assert_eq!(number, Code::ALL.len() + shapes);
}

#[test]
fn the_example_of_each_code_gives_it() {
    for code in Code::ALL {
        let explanation = explain::find(code.as_str()).unwrap();
        let folder = tempfile::tempdir().unwrap();
        match code {
            Code::CheckFailed => check_failed(folder.path(), &explanation.example),
            Code::EmptyFile => write(folder.path(), ""),
            Code::UnreadableFile => unreadable(folder.path()),
            Code::TooLarge => too_large(folder.path()),
            Code::MoreDefects => more_defects(folder.path()),
            _ => write(folder.path(), &explanation.example),
        }
        let found = run(folder.path());
        assert!(found.contains(code), "{code}: found {found:?}");
    }
}

/// Writes the files of an example: a file without a name is the record.
fn write(folder: &Path, example: &str) {
    let example = if example.starts_with("==> ") {
        example.to_owned()
    } else {
        format!(
            "==> _figures/PMC1__f1.md <==
{example}"
        )
    };
    for file in example.split("==> ").skip(1) {
        let (name, text) = file.split_once(" <==\n").unwrap();
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let (before, after) = text.split_once("\\xE9").unwrap_or((text, ""));
        let byte: &[u8] = if after.is_empty() { b"" } else { b"\xE9" };
        fs::write(path, [before.as_bytes(), byte, after.as_bytes()].concat()).unwrap();
    }
}

/// A link that leads nowhere.
fn unreadable(folder: &Path) {
    fs::create_dir(folder.join("_figures")).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("nowhere", folder.join("_figures/PMC1__f1.md")).unwrap();
}

/// A file of zeros that takes no place.
fn too_large(folder: &Path) {
    fs::create_dir(folder.join("_figures")).unwrap();
    let file = fs::File::create(folder.join("_figures/PMC1__f1.md")).unwrap();
    file.set_len(2 << 20).unwrap();
}

/// A record with many keys that nobody knows.
fn more_defects(folder: &Path) {
    let keys: Vec<_> = (1..=1500).map(|number| format!("key{number}:\n")).collect();
    write(folder, &format!("---\nfigid: PMC1__f1\npmcid: PMC1\n{}", keys.concat()));
}

/// Shapes inside one another, deeper than is asked.
fn check_failed(folder: &Path, example: &str) {
    let (files, _) = example.split_once("$ seq 401 ").unwrap();
    let shapes: Vec<_> = (1..=401).map(|n| format!("<#{n}> sh:node <#{}> .\n", n + 1)).collect();
    write(folder, &format!("{files}{}", shapes.concat()));
}

/// The codes of what is wrong with the records of a folder.
fn run(folder: &Path) -> Vec<Code> {
    diagnostics(folder).iter().map(|diagnostic| diagnostic.code).collect()
}

fn diagnostics(folder: &Path) -> Vec<Diagnostic> {
    let organisms = OrganismTable::bundled();
    let converter = Converter::new(Context::new(&organisms));
    let mut found = Vec::new();
    let inputs = [Input::open(folder, None, &mut found).unwrap()];
    let own = fs::read_to_string(folder.join("shapes.ttl")).ok();
    let texts = own
        .as_deref()
        .map_or_else(|| shapes::ALL.iter().map(|file| file.turtle).collect(), |own| vec![own]);
    let shapes = compile(texts);
    let nowhere = Serializer::new(Format::NQuads, SchemaOrg::Http, Vec::new()).unwrap();
    let mut report = |diagnostic: &Diagnostic| found.push(diagnostic.clone());
    Pipeline::new(&inputs, &converter).with_shapes(&shapes).run(nowhere, &mut report).unwrap();
    found
}

fn compile<'t>(texts: impl IntoIterator<Item = &'t str>) -> Shapes {
    let source = |text| Source::turtle("", shapes::NAMESPACE, text).unwrap();
    let sources: Vec<_> = texts.into_iter().map(source).collect();
    Shapes::compile(&sources, &Options::new()).unwrap()
}

/// The shapes of records and those of the description of a release.
fn every() -> impl Iterator<Item = &'static ShapesFile> {
    shapes::ALL.iter().chain([&shapes::DESCRIPTION])
}

fn bundled() -> Shapes {
    compile(every().map(|file| file.turtle))
}

/// All that is said of shapes.
fn explained_shapes() -> impl Iterator<Item = Explanation> {
    let is_code = |name: &str| Code::ALL.iter().any(|code| code.as_str() == name);
    explain::all().filter(move |one| !is_code(&one.name))
}

/// The triples of an example, which has the usual prefixes unless it declares its own.
fn triples(example: &str) -> Vec<Triple> {
    let terms = vocab::ALL.iter().map(|vocabulary| (vocabulary.prefix, vocabulary.namespace));
    let usual = terms.map(|(prefix, iri)| format!("@prefix {prefix}: <{iri}> .\n"));
    let prefixes = if example.contains("@prefix") { String::new() } else { usual.collect() };
    let turtle = prefixes + example;
    TurtleParser::new().for_slice(&turtle).collect::<Result<_, _>>().unwrap()
}

/// The shape under whose name a part of it is reported.
fn reporter(explanation: &Explanation) -> Option<&str> {
    let (_, rest) = explanation.cure.split_once("It is a part of `")?;
    rest.split('`').next()
}

/// The name of the shape that a result is of.
fn shape_of(result: &ValidationResult) -> String {
    explain::bare(&result.source_shape.to_string())
}

fn results(shapes: &Shapes, triples: &[Triple]) -> Vec<ValidationResult> {
    shapes.validator().validate(triples).unwrap().results
}

#[test]
fn the_example_of_each_shape_has_a_result_of_it() {
    let shapes = bundled();
    let (mut own, mut parts) = (0, 0);
    for explanation in explained_shapes() {
        let found = results(&shapes, &triples(&explanation.example));
        let found: Vec<_> = found.iter().map(shape_of).collect();
        let name = reporter(&explanation).unwrap_or(&explanation.name);
        // The levels of a description are nothing but their properties.
        let is_level = ["summary", "release", "distribution"].contains(&name);
        let is_of = |found: &str| found == name || (is_level && found.starts_with(name));
        assert!(found.iter().any(|found| is_of(found)), "{}: {found:?}", explanation.name);
        *if name == explanation.name { &mut own } else { &mut parts } += 1;
    }
    assert!(own > 200 && parts == 154, "{own} {parts}");
}

/// A part is reported under another name, so it is asked by itself: of what the result of the
/// whole is about.
#[test]
fn the_example_of_each_part_breaks_it() {
    for explanation in explained_shapes() {
        let Some(whole) = reporter(&explanation) else { continue };
        let part = explanation.name.as_str();
        let is_its_file = |file: &&ShapesFile| file.turtle.contains(&format!("shape:{part} a "));
        let turtle = every().find(is_its_file).unwrap().turtle;
        let triples = triples(&explanation.example);
        // What must not hold of a value holds of one of the example.
        let is_forbidden = |by: &str| turtle.contains(&format!("{by} shape:{part} "));
        if is_forbidden("sh:not") || part == "file-class" && is_forbidden("sh:qualifiedValueShape")
        {
            assert!(holds_of_a_value(turtle, part, &triples), "{part}");
            continue;
        }
        let reported = results(&compile([turtle]), &triples);
        let of_whole = reported.iter().find(|result| shape_of(result) == whole).unwrap();
        let targets = targets(of_whole, &triples).join(" , ");
        let is_property = turtle.contains(&format!("shape:{part} a sh:PropertyShape"));
        let by = if is_property { "property" } else { "node" };
        let asks = format!("shape:asks sh:targetNode {targets} ; sh:{by} shape:{part} .");
        let found = results(&compile([&*format!("{turtle}\n{asks}")]), &triples);
        let found = found.iter().flat_map(|result| result.details.iter().chain([result]));
        // Of a shape that is nothing but its properties no result has the name.
        let is_nothing_else = NOTHING_ELSE.contains(&part) || part.ends_with("-with-link");
        let expected = if is_nothing_else { "asks" } else { part };
        let found: Vec<_> = found.map(shape_of).collect();
        assert!(found.iter().any(|found| found == expected), "{part}: {found:?}");
    }
}

/// Shapes that are nothing but their properties.
const NOTHING_ELSE: [&str; 11] = [
    "figure-entity",
    "figure-of-jpeg",
    "figure-of-png",
    "figure-of-gif",
    "figure-of-other",
    "figure-elsewhere",
    "article-organism",
    "annotation-match-told",
    "classes-count",
    "literals-count",
    "graphs-count",
];

/// Whether a shape holds of something that the triples say.
fn holds_of_a_value(turtle: &str, part: &str, triples: &[Triple]) -> bool {
    let mut values = triples.iter().map(|triple| triple.object.to_string());
    values.any(|value| {
        let asks = format!("shape:asks sh:targetNode {value} ; sh:node shape:{part} .");
        results(&compile([&*format!("{turtle}\n{asks}")]), triples)
            .iter()
            .all(|result| shape_of(result) != "asks")
    })
}

/// What the result is about: the values of its property, or the node if it has none.
fn targets(result: &ValidationResult, triples: &[Triple]) -> Vec<String> {
    let Some(path) = &result.path else { return vec![result.focus_node.to_string()] };
    let is_value = |triple: &&Triple| {
        Term::from(triple.subject.clone()) == result.focus_node
            && triple.predicate.to_string() == path.to_string()
    };
    triples.iter().filter(is_value).map(|triple| triple.object.to_string()).collect()
}

#[test]
fn what_is_missing_has_a_cure_of_its_own() {
    let present: Vec<_> = explained_shapes().filter(|one| one.name.ends_with("-present")).collect();
    assert!(present.len() > 20);
    let cures: BTreeSet<_> = present.iter().map(|one| one.cure.as_str()).collect();
    assert_eq!(cures.len(), present.len());
}

/// Every key, column or option that a cure puts between backquotes is one.
#[test]
fn cures_name_keys_that_there_are() {
    let keys = trace::keys();
    let columns: BTreeSet<&str> = keys.iter().map(|key| key.rsplit(": ").next().unwrap()).collect();
    for Explanation { name, cure, .. } in explained_shapes() {
        let quoted = cure.split('`').skip(1).step_by(2);
        for word in quoted.filter(|word| word.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'))
        {
            let is_known = keys.iter().any(|key| key == word) || columns.contains(word);
            assert!(
                is_known || word.starts_with("genes") || SAID.contains(&word),
                "{name}: {word}"
            );
        }
        assert!(!cure.contains("the kind of the row") && !cure.contains("(always)"), "{name}");
    }
}

/// What is no key, but an example of a value or a section.
const SAID: [&str; 4] = ["chemicals", "diseases", "human", "ncbigene_symbol"];

/// What is said to come from no record comes from none of the cases, nor of the defects.
#[test]
fn what_no_record_gives_is_given_by_none() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut given = BTreeSet::new();
    let folders = fs::read_dir(root.join("cases")).unwrap().map(|entry| entry.unwrap().path());
    for folder in folders.filter(|path| path.is_dir()).chain([root.join("defects")]) {
        let shapes = diagnostics(&folder).into_iter().filter(|found| found.shape.is_some());
        given.extend(shapes.map(|found| found.name().to_owned()));
    }
    assert!(given.len() > 15, "{given:?}");
    for name in given {
        assert!(!explain::find(&name).unwrap().cure.contains("No record gives this"), "{name}");
    }
}

#[test]
fn names_are_taken_as_they_are_printed() {
    let t = |printed: &str, expected: &str| {
        assert_eq!(
            explain::find(printed).map(|one| one.name).as_deref(),
            Some(expected),
            "{printed}"
        );
    };
    t("warning[invalid-year]", "invalid-year");
    t("  INVALID-YEAR ", "invalid-year");
    t("note[Organism-Known]: The name", "organism-known");
    t("https://pfocr.wikipathways.org/shapes/page", "page");
    t("<https://pfocr.wikipathways.org/shapes/page-url>", "page-url");
    t("shape:page", "page");
    assert!(explain::find("").is_none());
}
