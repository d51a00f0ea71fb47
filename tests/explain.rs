//! Every diagnostic is explained, and its example is one.

#![allow(clippy::unwrap_used, reason = "helpers of tests may panic like tests")]

use std::fs;
use std::path::Path;

use pfocr2rdf::convert::Converter;
use pfocr2rdf::diagnostic::{Code, Diagnostic};
use pfocr2rdf::explain::{self, Explanation};
use pfocr2rdf::mapping::Context;
use pfocr2rdf::organisms::OrganismTable;
use pfocr2rdf::pipeline::Pipeline;
use pfocr2rdf::serialize::{Format, SchemaOrg, Serializer};
use pfocr2rdf::shacl::{Options, Shapes, Source};
use pfocr2rdf::shapes;
use pfocr2rdf::source::Input;

#[test]
fn everything_is_explained() {
    for Explanation { name, severity: _, meaning, why, example, cure } in explain::all() {
        for text in [&meaning, &why, &cure] {
            assert!(text.len() > 10 && text.ends_with('.'), "{name}: {text:?}");
        }
        assert!(!example.is_empty() || name == "empty-file", "{name}");
        assert_eq!(explain::find(&name).unwrap().meaning, meaning);
    }
}

#[test]
fn every_shape_and_every_code_has_a_name_of_its_own() {
    let mut names: Vec<_> = explain::all().map(|one| one.name).collect();
    let number = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), number);
    let shapes: usize =
        shapes::ALL.iter().map(|file| file.turtle.matches("sh:severity").count()).sum();
    assert_eq!(number, Code::ALL.len() + shapes);
}

#[test]
fn the_example_of_each_code_gives_it() {
    for code in Code::ALL {
        let explanation = explain::find(code.as_str()).unwrap();
        let folder = tempfile::tempdir().unwrap();
        match code {
            // Its cause is a shape that nobody should write, so the example is a sentence.
            Code::CheckFailed => continue,
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

fn run(folder: &Path) -> Vec<Code> {
    let organisms = OrganismTable::bundled();
    let converter = Converter::new(Context::new(&organisms));
    let mut found = Vec::new();
    let inputs = [Input::open(folder, None, &mut found).unwrap()];
    let own = fs::read_to_string(folder.join("shapes.ttl")).ok();
    let texts = own
        .as_deref()
        .map_or_else(|| shapes::ALL.iter().map(|file| file.turtle).collect(), |own| vec![own]);
    let sources =
        texts.into_iter().map(|text| Source::turtle("", shapes::NAMESPACE, text).unwrap());
    let shapes = Shapes::compile(&sources.collect::<Vec<_>>(), &Options::new()).unwrap();
    let nowhere = Serializer::new(Format::NQuads, SchemaOrg::Http, Vec::new()).unwrap();
    let mut report = |diagnostic: &Diagnostic| found.push(diagnostic.clone());
    Pipeline::new(&inputs, &converter).with_shapes(&shapes).run(nowhere, &mut report).unwrap();
    found.iter().map(|diagnostic| diagnostic.code).collect()
}
