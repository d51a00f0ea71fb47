//! The delta between two databases, applied to the output of the first, gives that of the second.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests may panic like tests"
)]

mod database;

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fs;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::Path;

use database::{databases, write};
use pfocr2rdf::convert::Converter;
use pfocr2rdf::delta::{Delta, Writer};
use pfocr2rdf::error::ErrorKind;
use pfocr2rdf::manifest::{Manifest, Settings};
use pfocr2rdf::mapping::Context;
use pfocr2rdf::organisms::OrganismTable;
use pfocr2rdf::pipeline::{Pipeline, Unchanged};
use pfocr2rdf::serialize::{Format, SchemaOrg, Serializer, Target};
use pfocr2rdf::sink::Part;
use pfocr2rdf::source::Input;
use pfocr2rdf::summary::Summary;
use proptest::prelude::*;

/// Runs a pipeline over the database in a folder; gives its manifest too.
fn run<T: Target>(
    folder: &Path,
    jobs: usize,
    since: Option<(&Manifest, Unchanged)>,
    target: T,
) -> (T, Summary, Manifest) {
    let organisms = OrganismTable::bundled();
    let converter = Converter::new(Context::new(&organisms));
    let inputs = [Input::open(folder, None, &mut Vec::new()).unwrap()];
    let manifest = RefCell::new(Manifest::new(Settings::new(converter.context(), SchemaOrg::Http)));
    let recorder = |figid: &str, entry| manifest.borrow_mut().add(figid, entry);
    let mut pipeline = Pipeline::new(&inputs, &converter)
        .with_jobs(NonZeroUsize::new(jobs).unwrap())
        .with_recorder(&recorder);
    if let Some((before, unchanged)) = since {
        pipeline = pipeline.with_since(before, unchanged);
    }
    let (target, summary) = pipeline.run(target, &mut |_| {}).unwrap();
    (target, summary, manifest.into_inner())
}

fn quads() -> Serializer<Vec<u8>> {
    Serializer::new(Format::NQuads, SchemaOrg::Http, Vec::new()).unwrap()
}

fn convert(folder: &Path, jobs: usize) -> (String, Manifest) {
    let (serializer, summary, mut manifest) = run(folder, jobs, None, quads());
    let text = String::from_utf8(serializer.finish().unwrap()).unwrap();
    manifest.set_triples(Some(text.lines().count() as u64));
    assert_eq!(summary.converted(), manifest.records().count() as u64);
    (text, manifest)
}

/// The four files of a delta from an earlier output, and the new manifest.
fn delta(folder: &Path, jobs: usize, before: &Manifest, old: &Path) -> ([String; 4], Manifest) {
    let target = Delta::new(SchemaOrg::Http).unwrap();
    let (delta, _, now) = run(folder, jobs, Some((before, Unchanged::Descriptions)), target);
    let mut writer = Writer::new([const { Vec::new() }; 4], ("urn:1", "urn:2")).unwrap();
    delta.finish(&[old.to_owned()], (before, &now), &mut writer).unwrap();
    (writer.finish().unwrap().map(|bytes| String::from_utf8(bytes).unwrap()), now)
}

/// The lines, each of which stands there once.
fn set(text: &str) -> BTreeSet<&str> {
    let set: BTreeSet<_> = text.lines().collect();
    assert_eq!(set.len(), text.lines().count(), "a line stands twice");
    set
}

/// The quads of an update, as lines to delete and to insert.
#[cfg(feature = "sparql")]
fn operations(update: &str) -> (BTreeSet<String>, BTreeSet<String>) {
    use spargebra::{GraphUpdateOperation, SparqlParser};
    let (mut delete, mut insert) = (BTreeSet::new(), BTreeSet::new());
    for operation in SparqlParser::new().parse_update(update).unwrap().operations {
        match operation {
            GraphUpdateOperation::DeleteData { data } => {
                assert!(insert.is_empty());
                delete.extend(data.iter().map(|quad| format!("{quad} .")));
            }
            GraphUpdateOperation::InsertData { data } => {
                insert.extend(data.iter().map(|quad| format!("{quad} .")));
            }
            other => panic!("{other}"),
        }
    }
    (delete, insert)
}

#[test]
fn the_comparison_can_be_interrupted() {
    let folder = tempfile::tempdir().unwrap();
    let old = folder.path().join("old.nq");
    let quad = format!("<a:s> <a:p> <a:o> {} .\n", Part::Core.graph());
    fs::write(&old, quad.repeat(70_000)).unwrap();
    let organisms = OrganismTable::bundled();
    let settings = Settings::new(&Context::new(&organisms), SchemaOrg::Http);
    let manifest = Manifest::new(settings);
    // Each of the three passes asks once: over the new lines, the old ones, the new ones again.
    for last in 1..=4 {
        let asked = RefCell::new(0);
        let observer = |_| {
            *asked.borrow_mut() += 1;
            if *asked.borrow() == last { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let mut delta = Delta::new(SchemaOrg::Http).unwrap().with_observer(&observer);
        delta.lines(Part::Core, quad.repeat(70_000).as_bytes(), 70_000).unwrap();
        let mut writer = Writer::new([const { Vec::new() }; 4], ("urn:1", "urn:2")).unwrap();
        let result = delta.finish(std::slice::from_ref(&old), (&manifest, &manifest), &mut writer);
        let is_ended = result.is_err_and(|e| matches!(e.kind(), ErrorKind::Interrupted));
        assert_eq!((is_ended, *asked.borrow()), (last <= 3, last.min(3)));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn applied_to_the_old_output_gives_the_new_one((old, new) in databases(), jobs in 1..4_usize) {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        write(&old, &path("old"));
        write(&new, &path("new"));
        let (old, before) = convert(&path("old"), jobs);
        let (new, after) = convert(&path("new"), jobs);
        // The order of the lines does not matter.
        let reversed: String = old.split_inclusive('\n').rev().collect();
        fs::write(path("old.nq"), reversed).unwrap();
        let (files, mut now) = delta(&path("new"), jobs, &before, &path("old.nq"));
        let (expected, _) = delta(&path("new"), 1, &before, &path("old.nq"));
        prop_assert_eq!(&files, &expected, "the number of threads changes the bytes");
        let [delete, insert, patch, update] = files;
        now.set_triples(after.triples());
        prop_assert_eq!(now, after);
        let (old, new) = (set(&old), set(&new));
        prop_assert_eq!(&set(&delete), &old.difference(&new).copied().collect());
        prop_assert_eq!(&set(&insert), &new.difference(&old).copied().collect());
        let lines = |letter, text: &str| -> String {
            text.split_inclusive('\n').flat_map(|line| [letter, line].map(str::to_owned)).collect()
        };
        let changes = lines("D ", &delete) + &lines("A ", &insert);
        prop_assert_eq!(update.is_empty(), changes.is_empty());
        prop_assert_eq!(patch, format!("H id <urn:2> .\nH prev <urn:1> .\nTX .\n{changes}TC .\n"));
        #[cfg(feature = "sparql")]
        {
            let owned = |text| set(text).into_iter().map(str::to_owned).collect();
            prop_assert_eq!(operations(&update), (owned(&delete), owned(&insert)));
        }
    }

    #[test]
    fn only_what_changed_is_converted((old, new) in databases(), jobs in 1..4_usize) {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        write(&old, &path("old"));
        write(&new, &path("new"));
        let (_, before) = convert(&path("old"), jobs);
        let (all, after) = convert(&path("new"), jobs);
        let (_, full, _) = run(&path("new"), jobs, None, quads());
        let (serializer, summary, now) =
            run(&path("new"), jobs, Some((&before, Unchanged::Nothing)), quads());
        prop_assert_eq!(now.records().collect::<Vec<_>>(), after.records().collect::<Vec<_>>());
        let unchanged = |(figid, entry): &(&str, &pfocr2rdf::manifest::Entry)| {
            before.is_unchanged(figid, entry.sha256)
        };
        let number = after.records().filter(unchanged).count() as u64;
        prop_assert_eq!((summary.read(), summary.skipped()), (full.read(), full.skipped()));
        prop_assert_eq!(summary.converted() + number, full.converted());
        let text = String::from_utf8(serializer.finish().unwrap()).unwrap();
        let (all, some) = (set(&all), set(&text));
        prop_assert!(some.is_subset(&all));
        for (figid, _) in after.records().filter(|record| !unchanged(record)) {
            let id = format!("http://schema.org/identifier> \"{figid}\"");
            let of_record = |lines: &BTreeSet<&str>| {
                lines.iter().filter(|line| line.contains(&id)).count()
            };
            prop_assert_eq!(of_record(&some), 2);
        }
    }
}
