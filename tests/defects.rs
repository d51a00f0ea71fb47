//! Every record below `tests/defects` has one planted defect, and its name says which codes are
//! reported for it, and where.

#![allow(clippy::unwrap_used, reason = "helpers of tests may panic like tests")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use pfocr2rdf::convert::Converter;
use pfocr2rdf::diagnostic::{Code, Diagnostic};
use pfocr2rdf::mapping::Context;
use pfocr2rdf::organisms::OrganismTable;
use pfocr2rdf::pipeline::Pipeline;
use pfocr2rdf::serialize::{Format, SchemaOrg, Serializer};
use pfocr2rdf::shacl::{Options, Shapes, Source};
use pfocr2rdf::shapes;
use pfocr2rdf::source::Input;

/// Codes that no file below `tests/defects` can have, and why.
const ELSEWHERE: [(Code, &str); 4] = [
    (Code::UnreadableFile, "what git keeps can be read; tests/trouble.rs has one"),
    (Code::TooLarge, "nobody keeps such files in git; tests/archives has some"),
    (Code::MoreDefects, "these are no small records; tests/archives has one"),
    (Code::CheckFailed, "only recursive shapes, queries and huge records fail"),
];

/// The files and folders below `tests/defects`, by name.
fn defects() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/defects");
    let entries = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path());
    let mut defects: Vec<_> = entries.filter(|path| !path.ends_with("README.md")).collect();
    defects.sort();
    defects
}

fn compile<'t>(texts: impl Iterator<Item = &'t str>) -> Shapes {
    let source = |text| Source::turtle("shapes", shapes::NAMESPACE, text).unwrap();
    Shapes::compile(&texts.map(source).collect::<Vec<_>>(), &Options::new()).unwrap()
}

fn bundled() -> Shapes {
    compile(shapes::ALL.iter().map(|file| file.turtle))
}

/// All that is found in a record, or in a folder with records, which can have shapes of its own.
fn check(path: &Path, bundled: &Shapes) -> Vec<Diagnostic> {
    let organisms = OrganismTable::bundled();
    let converter = Converter::new(Context::new(&organisms));
    let mut found = Vec::new();
    let inputs = [Input::open(path, None, &mut found).unwrap()];
    let nowhere = Serializer::new(Format::NQuads, SchemaOrg::Http, Vec::new()).unwrap();
    let own = fs::read_to_string(path.join("shapes.ttl"));
    let own = own.ok().map(|turtle| compile([turtle.as_str()].into_iter()));
    let shapes = own.as_ref().unwrap_or(bundled);
    let mut report = |diagnostic: &Diagnostic| found.push(diagnostic.clone());
    Pipeline::new(&inputs, &converter).with_shapes(shapes).run(nowhere, &mut report).unwrap();
    found
}

/// The results that a name promises, as `code FILE:LINE:COLUMN`: the part before `@` holds the
/// codes, with `+` between them, the one behind it the end of the file's name (if it is not that
/// of the only record), the line and the column.
fn promised(name: &str) -> BTreeSet<String> {
    let Some((codes, place)) = name.split_once('@') else { return BTreeSet::new() };
    let mut parts = place.rsplitn(3, '-');
    let (column, line) = (parts.next().unwrap(), parts.next().unwrap());
    let file = parts.next().unwrap_or_default();
    codes.split('+').map(|code| format!("{code} {file}:{line}:{column}")).collect()
}

/// A diagnostic in the same form, with as much of the file's name as the name of the defect has.
fn shown(diagnostic: &Diagnostic, name: &str) -> String {
    let location = &diagnostic.location;
    let file = Path::new(&location.file).file_stem().unwrap().to_str().unwrap();
    let place = name.split_once('@').map_or("", |(_, place)| place);
    let known = place.rsplitn(3, '-').nth(2);
    let file = known.map_or("", |known| if file.ends_with(known) { known } else { file });
    format!("{} {file}:{}:{}", diagnostic.name(), location.line, location.column)
}

#[test]
fn each_defect_is_found_where_it_is_and_nothing_else() {
    let (mut failures, bundled) = (String::new(), bundled());
    for path in defects() {
        let name = path.file_stem().unwrap().to_str().unwrap();
        let found = check(&path, &bundled);
        let found: Vec<_> = found.iter().map(|diagnostic| shown(diagnostic, name)).collect();
        let set: BTreeSet<_> = found.iter().cloned().collect();
        if set != promised(name) || set.len() != found.len() {
            writeln!(failures, "{name}: found {found:?}").unwrap();
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

#[test]
fn there_is_a_defect_for_every_code() {
    let defects = defects();
    assert!(defects.len() > 60);
    let bundled = bundled();
    let found = defects.iter().flat_map(|path| check(path, &bundled));
    let mut codes: BTreeSet<_> = found.map(|diagnostic| diagnostic.code).collect();
    for (code, reason) in ELSEWHERE {
        assert!(codes.insert(code), "{code} has a defect, so this does not hold: {reason}");
    }
    let missing: Vec<_> = Code::ALL.iter().filter(|code| !codes.contains(code)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
