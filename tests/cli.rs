//! The program: exit codes, what goes where, and what stays as it was.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests may panic like tests"
)]

mod program;

use std::fs;
use std::io::Read;
use std::process::{Command, Stdio};

use program::{RECORD, database, run, run_with};

#[test]
fn data_goes_to_standard_output_and_the_rest_to_standard_error() {
    let folder = database();
    let (code, out, err) = run(folder.path(), "convert db -t ntriples --parts links");
    assert_eq!(code, 0);
    assert_eq!(
        out,
        "<http://id.nlm.nih.gov/mesh/D012965> <http://schema.org/sameAs> \
         <http://identifiers.org/mesh/D012965> .\n"
    );
    insta::assert_snapshot!(err, @"
    records: 1 read, 1 converted, 0 skipped
    rows:    1 read, 1 mapped, 0 without identifier, 0 malformed
    triples: 1 (core 0, links 1, wp 0, evidence 0)
    ");
}

#[test]
fn what_is_wrong_with_a_table_of_ids_is_told_once() {
    let folder = database();
    fs::write(folder.path().join("db/_data/wpid_map.tsv"), "PMC1__f\tWP1\nPMC1__f\tWP2\n").unwrap();
    let other = RECORD.replace("PMC1__f", "PMC1__g");
    fs::write(folder.path().join("db/_figures/PMC1__g.md"), other).unwrap();
    for inputs in ["db", "db/_figures/PMC1__f.md db/_figures/PMC1__g.md"] {
        let (_, _, err) = run(folder.path(), &format!("convert {inputs} -o a.nq"));
        let told = err.matches("db/_data/wpid_map.tsv:2:1: ").count();
        assert_eq!(told, 1, "{inputs}: {err}");
    }
}

#[test]
fn exit_codes_tell_the_input_from_the_program() {
    let folder = database();
    let t = |arguments: &str, expected: i32| {
        let (code, _, err) = run(folder.path(), arguments);
        assert_eq!(code, expected, "{arguments}: {err}");
        assert!(!err.contains("panicked"), "{err}");
    };
    t("convert db", 0);
    t("convert db/_figures/PMC1__f.md", 0);
    t("convert db odd", 0);
    t("convert odd", 0);
    t("convert odd --strict", 1);
    t("convert bad", 1);
    t("convert db/_figures db", 1);
    t("convert nowhere", 2);
    t("convert a.txt", 2);
    t("convert empty", 2);
    t("convert db -o db", 2);
    t("convert db -o nowhere/a.ttl", 2);
    t("convert db/_figures/PMC1__f.md -o db/_figures/PMC1__f.md", 2);
    t("convert db -o a.nt --summary ./a.nt", 2);
    t("convert db -o a.nt --summary db/_figures/PMC1__f.md", 2);
    t("convert db --taxonomy nowhere", 2);
    t("convert db --taxonomy a.txt", 2);
    t("convert db --pmc-ids a.txt", 2);
    t("convert db --parts cores", 2);
    t("convert db --to rdfxml", 2);
    t("convert db --image-url f.jpg", 2);
    t("convert db --schema-base ftp", 2);
    t("convert db --jobs 0", 2);
    t("convert db --data nowhere", 2);
    t("convert", 2);
    t("", 2);
    t("--help", 0);
    t("convert --help", 0);
    t("mapping", 0);
    t("vocab wp", 0);
    t("vocab nope", 2);
    t("completions bash", 0);
}

#[test]
fn messages_say_what_was_found_and_expected() {
    let folder = database();
    let t = |arguments: &str, expected: &str| {
        let (_, _, err) = run(folder.path(), arguments);
        assert!(err.contains(expected), "{arguments}: {err}");
    };
    t("convert odd", "odd/a.md:4:7: warning[invalid-year]: found \"soon\", expected a year");
    t("convert bad", "bad/a.md:1:1: error[missing-front-matter]: found \"no front matter\"");
    t("convert bad", "1 skipped (missing-front-matter 1)");
    t("convert nowhere", "pfocr2rdf: error: cannot read nowhere: No such file");
    t("convert a.txt", "a.txt: expected a directory, an archive (.tar, .tar.gz,");
    t("convert empty", "empty: found no record");
    t("convert db -o db", "cannot write db: is a directory");
    t("convert db -o a.rdf", "a.rdf: found a name of no known format, expected one in .ttl,");
    t("convert db --parts cores", "expected core, links, wp or evidence");
    t("convert db --to rdfxml", "expected turtle, ntriples, nquads or trig");
    t("convert db --pmc-ids a.txt", "a.txt: PMC ids: found no column");
    t("vocab nope", "expected one of schema, wp");
    t("convert db/_figures/PMC1__f.md -o db/_figures/PMC1__f.md", "is also read as input");
}

#[test]
fn the_output_s_name_tells_format_and_compression() {
    let folder = database();
    let path = |name: &str| folder.path().join(name);
    let (_, turtle, _) = run(folder.path(), "convert db");
    for name in ["a.ttl", "a.nt", "a.nq", "a.trig", "a.ttl.gz", "a.ttl.zst", "unknown"] {
        assert_eq!(run(folder.path(), &format!("convert -q db -o {name}")).0, 0);
    }
    assert_eq!(fs::read_to_string(path("a.ttl")).unwrap(), turtle);
    assert_eq!(fs::read_to_string(path("unknown")).unwrap(), turtle);
    let (mut gzip, file) = (String::new(), fs::File::open(path("a.ttl.gz")).unwrap());
    flate2::read::GzDecoder::new(file).read_to_string(&mut gzip).unwrap();
    assert_eq!(gzip, turtle);
    let zstd = zstd::decode_all(fs::File::open(path("a.ttl.zst")).unwrap()).unwrap();
    assert_eq!(zstd, turtle.as_bytes());
    let count = |name: &str| fs::read_to_string(path(name)).unwrap().lines().count();
    assert_eq!(count("a.nt"), count("a.nq"));
    assert!(fs::read_to_string(path("a.nq")).unwrap().contains("/graph/core> ."));
    assert!(fs::read_to_string(path("a.trig")).unwrap().contains("/graph/core> {"));
}

#[test]
fn a_failed_run_leaves_the_output_as_it_was() {
    let folder = database();
    let path = folder.path().join("a.nt");
    fs::write(&path, "old").unwrap();
    assert_eq!(run(folder.path(), "convert nowhere -o a.nt").0, 2);
    assert_eq!(fs::read_to_string(&path).unwrap(), "old");
    let before = fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(run(folder.path(), "convert db -o a.nt").0, 0);
    assert_ne!(fs::read_to_string(&path).unwrap(), "old");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), before);
}

#[test]
fn standard_input_is_a_record() {
    let folder = database();
    let (code, out, _) = run_with(folder.path(), "convert - -t nquads", RECORD);
    assert!(code == 0 && out.contains("PMC1__f> "), "{out}");
    let yaml = RECORD.replace("---\n", "");
    assert_eq!(run_with(folder.path(), "convert - -t nquads", &yaml).1, out);
    let (code, _, err) = run_with(folder.path(), "convert -", "---\n");
    assert!(code == 1 && err.contains("-:1:1: error["), "{err}");
    let (_, out, _) = run_with(folder.path(), "convert - --data db/_data -t nquads", RECORD);
    assert!(out.contains("D012965"));
}

#[test]
fn the_summary_is_written_as_json() {
    let folder = database();
    assert_eq!(run(folder.path(), "convert -q bad db --summary s.json -o a.nq").0, 1);
    let json = fs::read_to_string(folder.path().join("s.json")).unwrap();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["records"]["read"], 3);
    assert_eq!(json["records"]["converted"], 1);
    assert_eq!(json["records"]["skipped"]["duplicate-figid"], 1);
    assert_eq!(json["records"]["skipped"]["missing-front-matter"], 1);
    let triples = json["triples"].as_object().unwrap().values().map(|n| n.as_u64().unwrap());
    let lines = fs::read_to_string(folder.path().join("a.nq")).unwrap().lines().count();
    assert_eq!(triples.sum::<u64>(), lines as u64);
}

#[test]
fn verbose_tells_how_far_the_run_is() {
    let folder = database();
    let (code, _, err) = run(folder.path(), "convert db odd -v");
    let first = err.lines().find(|line| line.contains(" records, ")).unwrap();
    assert_eq!(code, 0);
    assert!(
        first.contains(" of 2 records, ") && first.ends_with(" 0 seconds left, 15 warnings"),
        "{err}"
    );
    assert!(!run(folder.path(), "convert db odd").2.contains(" of 2 records"));
    assert_eq!(run(folder.path(), "convert db -v -q").0, 2);
}

/// A shape that no record alone decides does not pass in silence.
#[test]
fn shapes_that_look_beyond_a_record_are_named() {
    let folder = database();
    let shapes =
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix schema: <http://schema.org/> .
        <x:a> sh:targetClass schema:ScholarlyArticle ; sh:property <x:b> ; sh:message \"no\" .
        <x:b> sh:path [ sh:inversePath schema:isPartOf ] ; sh:maxCount 1 .";
    fs::write(folder.path().join("s.ttl"), shapes).unwrap();
    for command in ["validate db --shapes s.ttl", "convert db --shapes s.ttl -o a.nt"] {
        let (_, _, told) = run(folder.path(), command);
        assert!(told.starts_with("warning: records are checked one by one"), "{told}");
        assert!(told.contains("\n  s.ttl:3: sh:MaxCountConstraintComponent of <x:b> "), "{told}");
    }
    let (_, _, told) = run(folder.path(), "validate a.nt --shapes s.ttl");
    assert!(!told.contains("one by one"), "{told}");
}

/// What a row says of a figure has its place in the row.
#[test]
fn a_result_on_a_mention_is_at_its_row() {
    let folder = tempfile::tempdir().unwrap();
    let shapes =
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix schema: <http://schema.org/> .
        <x:m> sh:targetClass schema:ImageObject ; sh:property <x:p> .
        <x:p> sh:path schema:mentions ; sh:nodeKind sh:Literal ; sh:message \"no\" .";
    fs::write(folder.path().join("m.ttl"), shapes).unwrap();
    let record = "---\nfigid: PMC1__f\npmcid: PMC1\norganisms_ner: Mus musculus\ngenes:\n\
        - {word: a, hgnc_symbol: A, entrez: 1}\n- {word: b, hgnc_symbol: B, entrez: 2}\n\
        chemicals:\n- {word: c, source: MESH, identifier: D000001}\n---\n";
    fs::write(folder.path().join("a.md"), record).unwrap();
    let (code, found, _) = run(folder.path(), "validate a.md --shapes m.ttl --report github -q");
    assert_eq!(code, 1);
    let line = |node: &str| {
        let line = found.lines().find(|line| line.contains(&format!("{node}>%0A"))).unwrap();
        line.split(['=', ',']).nth(3).unwrap().to_owned()
    };
    assert_eq!(line("NCBITaxon_10090"), "4");
    assert_eq!(line("ncbigene/1"), "6");
    assert_eq!(line("ncbigene/2"), "7");
    assert_eq!(line("mesh/D000001"), "9");
}

#[test]
fn quiet_tells_errors_only() {
    let folder = database();
    assert_eq!(run(folder.path(), "convert -q odd").2, "");
    let (_, _, err) = run(folder.path(), "convert -q bad odd");
    assert_eq!(err.lines().count(), 1, "{err}");
}

#[test]
fn convert_and_validate_end_with_the_same_numbers() {
    let folder = tempfile::tempdir().unwrap();
    let cases = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases");
    for case in ["wikipathways-and-ndex-maps", "count-mismatch", "figlink-forms", "duplicate-key"] {
        let summary = |command: &str| {
            let (_, _, err) = run(folder.path(), &format!("{command} {cases}/{case}"));
            let is_number = |line: &&str| {
                ["errors:", "warnings:", "notes:"].iter().any(|start| line.starts_with(start))
            };
            err.lines().filter(is_number).map(ToOwned::to_owned).collect::<Vec<_>>()
        };
        let numbers = summary("convert -o out.nq");
        assert!(!numbers.is_empty(), "{case}");
        assert_eq!(summary("validate"), numbers, "{case}");
    }
}

#[test]
fn errors_are_the_same_when_nothing_else_is_told() {
    let defects = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/defects");
    let folder = tempfile::tempdir().unwrap();
    let mut number = 0;
    for entry in fs::read_dir(defects).unwrap() {
        let defect = entry.unwrap().path();
        let convert = |options: &str| {
            run(folder.path(), &format!("convert {} -o out.nq {options}", defect.display()))
        };
        let (code, _, all) = convert("");
        let is_error = |line: &&str| line.contains(": error[");
        let expected: Vec<_> = all.lines().filter(is_error).collect();
        if expected.is_empty() {
            continue;
        }
        let (quiet_code, _, errors) = convert("-q");
        assert_eq!(errors.lines().collect::<Vec<_>>(), expected, "{}", defect.display());
        assert_eq!(quiet_code, code);
        number += expected.len();
    }
    assert!(number > 10, "{number}");
}

#[test]
fn no_colours_where_there_is_no_terminal() {
    let folder = database();
    assert!(!run(folder.path(), "convert bad odd").2.contains('\u{1b}'));
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let folder = tempfile::tempdir().unwrap();
    for number in 0..2000 {
        let record = RECORD.replace("PMC1", &format!("PMC{number}"));
        fs::write(folder.path().join(format!("{number}.md")), record).unwrap();
    }
    for jobs in ["1", "3"] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_pfocr2rdf"))
            .args(["convert", "--no-check", "--jobs", jobs, "-t", "nquads"])
            .arg(folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(String::from_utf8(output.stderr).unwrap(), "", "{jobs} jobs");
        assert_eq!(output.status.code(), Some(0));
    }
}

#[test]
fn the_mapping_is_the_same_in_every_form() {
    let folder = database();
    let (_, text, _) = run(folder.path(), "mapping");
    let (_, json, _) = run(folder.path(), "mapping --format json");
    let (_, markdown, _) = run(folder.path(), "mapping --format markdown");
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let (rules, dropped) = (json["rules"].as_array().unwrap(), json["dropped"].as_array().unwrap());
    assert!(rules.len() > 90 && dropped.len() > 10);
    for rule in rules {
        let triple = rule["triple"].as_str().unwrap();
        assert!(
            text.contains(triple) && markdown.contains(&triple.replace('|', "\\|")),
            "{triple}"
        );
    }
    for row in dropped {
        assert!(text.contains(row["input"].as_str().unwrap()));
    }
    insta::assert_snapshot!("mapping", text);
}

#[test]
fn completions_are_made_for_every_shell() {
    let folder = database();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let (code, out, _) = run(folder.path(), &format!("completions {shell}"));
        assert!(code == 0 && out.contains("pfocr2rdf") && out.contains("schema-base"), "{shell}");
    }
}

#[test]
fn diagnostics_are_explained_by_their_names() {
    let folder = database();
    let run = |arguments| run(folder.path(), arguments);
    let (code, out, err) = run("explain invalid-year");
    assert_eq!((code, err.as_str()), (0, ""));
    insta::assert_snapshot!("explain", out);
    let (code, out, err) = run("explain invalid-yea");
    assert_eq!((code, out.as_str()), (2, ""));
    insta::assert_snapshot!("explain_misspelt", err);
    let (_, listed, _) = run("explain");
    let (code, page, _) = run("explain --all --format markdown");
    assert_eq!((code, page.matches("\n## ").count()), (0, listed.lines().count()));
}
