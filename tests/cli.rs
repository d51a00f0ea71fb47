//! The program: exit codes, what goes where, and what stays as it was.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests may panic like tests"
)]

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

const RECORD: &str = "---\nfigid: PMC1__f\npmcid: PMC1\nfigtitle: A title\n---\n";

/// A folder with a database: one record with a gene.
fn database() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, content: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    };
    write("db/_figures/PMC1__f.md", RECORD);
    write(
        "db/_data/PMC1__f-chemicals.tsv",
        "word\tmesh\tmatch\tname\tchebi\nsalt\tmesh:D012965\tSalt\tNA\tNA\n",
    );
    write("odd/a.md", "---\nfigid: PMC2__f\npmcid: PMC2\nyear: soon\n---\n");
    write("bad/a.md", "no front matter\n");
    write("bad/b.md", RECORD);
    fs::create_dir(folder.path().join("empty")).unwrap();
    fs::write(folder.path().join("a.txt"), "").unwrap();
    folder
}

/// Exit code, standard output and standard error.
fn run(folder: &Path, arguments: &str) -> (i32, String, String) {
    run_with(folder, arguments, "")
}

fn run_with(folder: &Path, arguments: &str, input: &str) -> (i32, String, String) {
    let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_pfocr2rdf"));
    command.current_dir(folder).args(arguments.split_whitespace()).write_stdin(input);
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

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
        let line = found.lines().find(|line| line.ends_with(&format!("{node}>"))).unwrap();
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
fn a_trace_shows_where_triples_come_from() {
    let (code, out, err) = run(Path::new(env!("CARGO_MANIFEST_DIR")), "trace examples/database");
    assert_eq!((code, err.as_str()), (0, ""));
    insta::assert_snapshot!("trace", out);
}

#[test]
fn a_trace_shows_the_keys_that_are_asked_for() {
    let folder = database();
    let t = |arguments: &str, expected: &[&str]| {
        let (code, out, err) = run(folder.path(), &format!("trace {arguments}"));
        assert_eq!(code, 0, "{err}");
        let shown: Vec<_> = out.lines().filter(|line| line.contains(": \"")).collect();
        assert_eq!(shown.len(), expected.len(), "{out}");
        for (shown, expected) in shown.iter().zip(expected) {
            assert!(shown.ends_with(expected), "{shown}");
        }
    };
    let all = [": figid: \"PMC1__f\"", ": pmcid: \"PMC1\"", ": figtitle: \"A title\""];
    t("db/_figures/PMC1__f.md --key figid --key pmcid", &all[..2]);
    t("db/_figures/PMC1__f.md --key year", &[]);
    t("db/_figures/PMC1__f.md --data odd", &all);
    t(
        "db -k chemicals",
        &[
            "word: \"salt\"",
            "mesh: \"mesh:D012965\"",
            "match: \"Salt\"",
            "name: \"NA\"",
            "chebi: \"NA\"",
        ],
    );
    let (code, _, err) = run(folder.path(), "trace db --key yaer");
    assert_eq!(code, 2);
    assert!(err.contains("found the key \"yaer\", expected one like year,"), "{err}");
    assert_eq!(run_with(folder.path(), "trace - --key pmcid", RECORD).0, 0);
}

#[test]
fn a_trace_steers_no_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let record = "---\nfigid: PMC1__f\n\"k\\e[31m\\n\": \"v\\e[0m\"\n---\n";
    fs::write(folder.path().join("a.md"), record).unwrap();
    let (_, out, _) = run(folder.path(), "trace a.md");
    assert!(out.contains("a.md:3:14: k␛[31m␊: \"v\\u{1b}[0m\"\n"), "{out:?}");
    assert!(!out.contains('\u{1b}'));
}

#[test]
fn a_trace_tells_what_is_wrong() {
    let folder = database();
    let (code, out, err) = run(folder.path(), "trace odd --key year");
    assert_eq!((code, err.as_str()), (0, ""));
    insta::assert_snapshot!(out, @r#"
    F figure, R record page, A article, J journal, P publisher, T taxon, G gene, C chemical, D disease, N annotation

    odd/a.md:4:7: year: "soon"
      warning[invalid-year]: found "soon", expected a year from 1900 to 2099
      no triple: what is wrong keeps it out
    "#);
    let (code, _, err) = run(folder.path(), "trace bad/a.md");
    assert_eq!(code, 1);
    assert!(err.starts_with("bad/a.md:1:1: error[missing-front-matter]"), "{err}");
    assert_eq!(run(folder.path(), "trace nowhere").0, 2);
    let (code, _, err) = run(folder.path(), "trace bad");
    assert!(code == 2 && err.contains("bad: found 2 records, expected one"), "{err}");
    let (code, out, err) = run_with(folder.path(), "trace -", "figid: PMC1__f\n");
    assert!(code == 0 && out.contains("isBasedOn pmc:PMC1 .") && err.contains("missing-pmcid"));
}

#[test]
fn a_trace_takes_the_options_of_convert() {
    let folder = database();
    let record = RECORD.replace("---\nfigid", "---\nfilename: a.jpg\norganisms: Sus fictus\nfigid");
    fs::write(folder.path().join("db/_figures/PMC1__f.md"), record).unwrap();
    fs::write(folder.path().join("ids.csv"), "PMCID,PMID,DOI\nPMC1,7,10.1000/a\n").unwrap();
    let names = "99\t|\tSus fictus\t|\t\t|\tscientific name\t|\n";
    fs::write(folder.path().join("names.dmp"), names).unwrap();
    let t = |arguments: &str, expected: &str| {
        let (code, out, err) = run(folder.path(), &format!("trace db {arguments}"));
        assert_eq!((code, err.as_str()), (0, ""), "{arguments}");
        assert!(out.contains(expected), "{arguments}: {out}");
    };
    t("--pmc-ids ids.csv -k pmcid", "pmc:PMC1 schema:identifier \"pubmed:7\" .");
    t("--pmc-ids ids.csv -k pmcid", "pmc:PMC1 schema:sameAs <https://doi.org/10.1000/a> .");
    t("--taxonomy names.dmp -k organisms", "schema:mentions obo:NCBITaxon_99 .");
    t("--image-url http://x/{filename} -k filename", "schema:contentUrl <http://x/a.jpg> .");
    t("--schema-base https", "\nschema: is <https://schema.org/>\n");
    let caption = RECORD.replace("figtitle", "caption");
    fs::write(folder.path().join("db/_figures/PMC1__f.md"), caption).unwrap();
    t("--no-captions -k caption", "  no triple: an option leaves it out\n");
    assert_eq!(run(folder.path(), "trace db --pmc-ids nowhere").0, 2);
}

#[test]
fn a_trace_shows_every_row_of_the_figure_in_the_tables_of_all() {
    let folder = database();
    let write = |name: &str, rows: &str| {
        fs::write(folder.path().join("db/_data").join(name), rows).unwrap();
    };
    let trace = || run(folder.path(), "trace db -k wpid_map.tsv -k ndex_map.tsv");
    write("wpid_map.tsv", "PMC9__f\tno\nPMC1__f\tWP1\nPMC9__g\n");
    let (code, out, err) = trace();
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.contains("wpid_map.tsv:2:9: wpid_map.tsv: \"WP1\"\n"), "{out}");
    assert!(!out.contains("PMC9"), "{out}");
    write("wpid_map.tsv", "PMC1__f\tNA\nPMC1__f\tWP1\nPMC1__f\tWP2\nPMC1__f\tWP3\tx\n");
    write("ndex_map.tsv", "PMC9__f\tno\nPMC1__f\tno\n");
    let (code, out, err) = trace();
    assert_eq!((code, err.as_str()), (1, ""));
    insta::assert_snapshot!(out, @r#"
    F figure, R record page, A article, J journal, P publisher, T taxon, G gene, C chemical, D disease, N annotation

    db/_data/wpid_map.tsv:1:9: wpid_map.tsv: "NA"
      no triple: the value is missing

    db/_data/wpid_map.tsv:2:9: wpid_map.tsv: "WP1"
      core      F schema:about <https://identifiers.org/wikipathways/{wpid}>
                pfocr:PMC1__f schema:about <https://identifiers.org/wikipathways/WP1> .

    db/_data/wpid_map.tsv:3:9: wpid_map.tsv: "WP2"
      error[invalid-map-row]: found the figid "PMC1__f" again
      no triple: what is wrong keeps it out

    db/_data/wpid_map.tsv:4:9: wpid_map.tsv: "WP3\tx"
      error[invalid-map-row]: found 3 cells, expected a figid, a tab and a value
      no triple: what is wrong keeps it out

    db/_data/ndex_map.tsv:2:9: ndex_map.tsv: "no"
      warning[invalid-ndex]: found "no", expected a UUID
      no triple: what is wrong keeps it out
    "#);
}

#[test]
fn completions_are_made_for_every_shell() {
    let folder = database();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let (code, out, _) = run(folder.path(), &format!("completions {shell}"));
        assert!(code == 0 && out.contains("pfocr2rdf") && out.contains("schema-base"), "{shell}");
    }
}

/// A folder with many records.
#[cfg(unix)]
fn many_records() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let records = folder.path().join("records");
    fs::create_dir(&records).unwrap();
    for number in 0..20_000 {
        let record = RECORD.replace("PMC1", &format!("PMC{number}"));
        fs::write(records.join(format!("{number}.md")), record).unwrap();
    }
    folder
}

/// Converts the records, and returns when the run has begun: a temporary file shows it.
#[cfg(unix)]
fn begin(folder: &Path, arguments: &str) -> Child {
    let mut child = Command::new(env!("CARGO_BIN_EXE_pfocr2rdf"))
        .current_dir(folder)
        .args(["convert", "--quiet", "records"])
        .args(arguments.split_whitespace())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    while fs::read_dir(folder).unwrap().count() < 2 {
        assert_eq!(child.try_wait().unwrap(), None, "the run ended before it was interrupted");
    }
    child
}

#[cfg(unix)]
fn send(signal: &str, child: &Child) {
    let pid = child.id().to_string();
    assert!(Command::new("kill").args([signal, &pid]).status().unwrap().success());
}

#[cfg(unix)]
#[test]
fn ctrl_c_leaves_no_file_behind() {
    let folder = many_records();
    for signal in ["-INT", "-TERM"] {
        let mut child = begin(folder.path(), "-o a.nq.gz");
        send(signal, &child);
        assert_eq!(child.wait().unwrap().code(), Some(130));
        let left: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
        assert_eq!(left.len(), 1, "{left:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_second_ctrl_c_ends_a_run_whose_output_nobody_reads() {
    let folder = many_records();
    let mut child = begin(folder.path(), "--summary s.json");
    let code = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status.code();
        }
        send("-INT", &child);
        thread::sleep(Duration::from_millis(50));
    };
    assert_eq!(code, Some(130));
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(left.len(), 1, "{left:?}");
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

#[cfg(unix)]
fn make_pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

#[cfg(unix)]
#[test]
fn a_pipe_in_a_folder_is_not_waited_for() {
    let folder = database();
    make_pipe(&folder.path().join("db/_figures/PMC3__f.md"));
    make_pipe(&folder.path().join("db/_data/PMC1__f-genes.tsv"));
    let (code, _, err) = run(folder.path(), "convert db --quiet -o a.nt");
    assert_eq!(code, 1, "{err}");
    for file in ["_figures/PMC3__f.md", "_data/PMC1__f-genes.tsv"] {
        let expected = format!(
            "db/{file}:1:1: error[unreadable-file]: cannot be read: found a pipe, expected a file"
        );
        assert!(err.contains(&expected), "{err}");
    }
    make_pipe(&folder.path().join("db/_data/wpid_map.tsv"));
    let (code, _, err) = run(folder.path(), "convert db -o a.nt");
    let expected = "cannot read db/_data/wpid_map.tsv: found a pipe, expected a file";
    assert!(code == 2 && err.contains(expected), "{err}");
}

#[cfg(unix)]
#[test]
fn a_record_can_be_a_pipe() {
    let folder = database();
    let pipe = folder.path().join("a.md");
    make_pipe(&pipe);
    let writer = thread::spawn(move || fs::write(pipe, RECORD).unwrap());
    let (code, out, _) = run(folder.path(), "convert a.md -t nquads --quiet --data db/_data");
    writer.join().unwrap();
    assert_eq!(code, 0);
    assert_eq!(out, run(folder.path(), "convert db -t nquads --quiet").1);
}

#[cfg(unix)]
#[test]
fn a_table_that_cannot_be_read_is_told() {
    let folder = database();
    let tables = folder.path().join("db/_data");
    fs::remove_file(tables.join("PMC1__f-chemicals.tsv")).unwrap();
    std::os::unix::fs::symlink("nowhere", tables.join("PMC1__f-chemicals.tsv")).unwrap();
    fs::create_dir(tables.join("PMC1__f-genes.tsv")).unwrap();
    let (code, _, err) = run(folder.path(), "convert db --quiet -o a.nt");
    assert_eq!((code, err.matches("error[unreadable-file]").count()), (1, 2), "{err}");
}
