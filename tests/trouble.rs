//! What `pfocr2rdf validate` says in every kind of trouble: exit code, output and messages.

#![allow(clippy::unwrap_used, reason = "helpers of tests may panic like tests")]

use std::fmt::Write as _;
use std::fs;
use std::process::{Command, Stdio};

use tempfile::TempDir;

const GOOD: &str = "---\nfigid: PMC1__f\npmcid: PMC1\nfigtype: pathway\n---\n";
const ODD: &str = "---\nfigid: PMC2__f\npmcid: PMC2\nfigtype: pathway\nyear: soon\n---\n";
const SHAPES: &str = "@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix schema: <http://schema.org/> .
@prefix : <http://example.org/> .
:figure sh:targetClass schema:ImageObject ; sh:property :figure-genre .
:figure-genre sh:path schema:genre ; sh:minCount 1 ; sh:severity sh:Info .
";

fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let files = [
        ("good.md", GOOD),
        ("odd.md", ODD),
        ("bad.md", "no record\n"),
        ("poor.md", "---\nfigid: PMC3__f\npmcid: PMC3\n---\n"),
        ("empty/notes.txt", ""),
        ("notes.txt", ""),
        ("shapes.ttl", SHAPES),
        (
            "misspelt.ttl",
            "@prefix sh: <http://www.w3.org/ns/shacl#> .\n<#s> a sh:NodeShape ;\n  sh:minCoumt 1 .",
        ),
        ("broken.ttl", "<#s> a\n"),
        (
            "data.ttl",
            "@prefix schema: <http://schema.org/> . <http://example.org/f> a schema:ImageObject .",
        ),
    ];
    for (name, content) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    folder
}

/// The commands with all that they give.
fn transcript(folder: &TempDir, commands: &[&str]) -> String {
    let mut transcript = String::new();
    for command in commands {
        let mut program = assert_cmd::Command::new(env!("CARGO_BIN_EXE_pfocr2rdf"));
        let output = program.current_dir(folder.path()).args(command.split_whitespace());
        let output = output.write_stdin("").output().unwrap();
        let code = output.status.code().unwrap();
        writeln!(transcript, "$ {command}").unwrap();
        transcript.push_str(&String::from_utf8(output.stdout).unwrap());
        let err = String::from_utf8(output.stderr).unwrap();
        let lines = err.lines().map(|line| format!("! {line}"));
        lines.for_each(|line| writeln!(transcript, "{}", line.trim_end()).unwrap());
        writeln!(transcript, "exit {code}\n").unwrap();
    }
    transcript.replace(&folder.path().display().to_string(), "DIR")
}

#[test]
fn inputs_that_cannot_be_used() {
    let commands = [
        "validate",
        "validate nowhere",
        "validate nowhere.ttl",
        "validate notes.txt",
        "validate empty",
        "validate good.md data.ttl",
        "validate data.ttl --report sarif",
        "validate data.ttl --report github",
        "validate data.ttl --jobs 2",
        "validate broken.ttl",
        "validate -",
    ];
    insta::assert_snapshot!(transcript(&folder(), &commands), @"
    $ validate
    ! error: the following required arguments were not provided:
    !   <INPUTS>...
    !
    ! Usage: pfocr2rdf validate <INPUTS>...
    !
    ! For more information, try '--help'.
    exit 2

    $ validate nowhere
    ! pfocr2rdf: error: cannot read nowhere: No such file or directory (os error 2)
    exit 2

    $ validate nowhere.ttl
    ! pfocr2rdf: error: cannot read nowhere.ttl: No such file or directory (os error 2)
    exit 2

    $ validate notes.txt
    ! pfocr2rdf: error: notes.txt: expected a directory, an archive (.tar, .tar.gz, .tgz, .tar.zst or .zip), or a record: a file named .md, .markdown, .yml or .yaml
    exit 2

    $ validate empty
    ! pfocr2rdf: error: empty: found no record, expected files named .md, .markdown, .yml or .yaml
    exit 2

    $ validate good.md data.ttl
    ! pfocr2rdf: error: found records and RDF files, expected one of the two
    exit 2

    $ validate data.ttl --report sarif
    ! pfocr2rdf: error: found RDF files, expected records: only these have lines
    exit 2

    $ validate data.ttl --report github
    ! pfocr2rdf: error: found RDF files, expected records: only these have lines
    exit 2

    $ validate data.ttl --jobs 2
    ! pfocr2rdf: error: found RDF files, expected records: --jobs is for these only
    exit 2

    $ validate broken.ttl
    ! pfocr2rdf: error: broken.ttl:2:1: Unexpected end
    exit 2

    $ validate -
    ! pfocr2rdf: error: found nothing on standard input, expected a record or an archive
    exit 2
    ");
}

#[test]
fn values_that_cannot_be_used() {
    let commands = [
        "validate good.md --report xml",
        "validate good.md --fail-on error",
        "validate good.md --shacl 2",
        "validate good.md --schema-base ftp",
        "validate good.md --jobs 0",
        "validate good.md --data nowhere",
    ];
    insta::assert_snapshot!(transcript(&folder(), &commands), @r#"
    $ validate good.md --report xml
    ! error: invalid value 'xml' for '--report <REPORT>'
    !   [possible values: text, turtle, ntriples, json, github, sarif]
    !
    ! For more information, try '--help'.
    exit 2

    $ validate good.md --fail-on error
    ! error: invalid value 'error' for '--fail-on <FAIL_ON>'
    !   [possible values: violation, warning, info]
    !
    ! For more information, try '--help'.
    exit 2

    $ validate good.md --shacl 2
    ! error: invalid value '2' for '--shacl <VERSION>'
    !   [possible values: 1.0, 1.2]
    !
    ! For more information, try '--help'.
    exit 2

    $ validate good.md --schema-base ftp
    ! error: invalid value 'ftp' for '--schema-base <SCHEME>': found "ftp", expected "http" or "https"
    !
    ! For more information, try '--help'.
    exit 2

    $ validate good.md --jobs 0
    ! error: invalid value '0' for '--jobs <N>': expected a number from 1
    !
    ! For more information, try '--help'.
    exit 2

    $ validate good.md --data nowhere
    ! pfocr2rdf: error: cannot read nowhere: No such file or directory (os error 2)
    exit 2
    "#);
}

#[test]
fn options_that_cannot_be_used() {
    let commands = [
        "validate good.md --max-results -1",
        "validate good.md --json-schema",
        "validate good.md --colour",
    ];
    insta::assert_snapshot!(transcript(&folder(), &commands), @"
    $ validate good.md --max-results -1
    ! error: unexpected argument '-1' found
    !
    !   tip: to pass '-1' as a value, use '-- -1'
    !
    ! Usage: pfocr2rdf validate [OPTIONS] <INPUTS>...
    !
    ! For more information, try '--help'.
    exit 2

    $ validate good.md --json-schema
    ! error: the argument '--json-schema' cannot be used with one or more of the other specified arguments
    !
    ! Usage: pfocr2rdf validate [OPTIONS] <INPUTS>...
    !
    ! For more information, try '--help'.
    exit 2

    $ validate good.md --colour
    ! error: unexpected argument '--colour' found
    !
    !   tip: to pass '--colour' as a value, use '-- --colour'
    !
    ! Usage: pfocr2rdf validate <INPUTS>...
    !
    ! For more information, try '--help'.
    exit 2
    ");
}

#[test]
fn shapes_that_cannot_be_used() {
    let commands = [
        "validate good.md --shapes nowhere.ttl",
        "validate good.md --shapes broken.ttl",
        "validate good.md --shapes misspelt.ttl",
    ];
    insta::assert_snapshot!(transcript(&folder(), &commands), @"
    $ validate good.md --shapes nowhere.ttl
    ! pfocr2rdf: error: cannot read nowhere.ttl: No such file or directory (os error 2)
    exit 2

    $ validate good.md --shapes broken.ttl
    ! pfocr2rdf: error: broken.ttl:2: Unexpected end
    exit 2

    $ validate good.md --shapes misspelt.ttl
    ! pfocr2rdf: error: misspelt.ttl:3: unknown term sh:minCoumt on <file://DIR/misspelt.ttl#s>
    exit 2
    ");
}

#[test]
fn records_with_defects() {
    let commands = [
        "validate good.md --shapes shapes.ttl",
        "validate odd.md --shapes shapes.ttl",
        "validate bad.md odd.md poor.md --shapes shapes.ttl --max-results 1",
    ];
    insta::assert_snapshot!(transcript(&folder(), &commands), @r#"
    $ validate good.md --shapes shapes.ttl
    ! records: 1 read, 1 converted, 0 skipped
    ! rows:    0 read, 0 mapped, 0 without identifier, 0 malformed
    ! triples: 18 (core 18, links 0, wp 0, evidence 0)
    exit 0

    $ validate odd.md --shapes shapes.ttl
    warning[invalid-year]: found "soon", expected a year from 1900 to 2099
     --> odd.md:5:7
      |
    5 | year: soon
      |       ^^^^
      |
      = note: key year
      = help: Write the year of publication in four digits. (pfocr2rdf explain invalid-year)

    !      1 warning[invalid-year]
    ! records: 1 read, 1 converted, 0 skipped
    ! rows:    0 read, 0 mapped, 0 without identifier, 0 malformed
    ! triples: 18 (core 18, links 0, wp 0, evidence 0)
    ! warnings: 1 (invalid-year 1)
    exit 0

    $ validate bad.md odd.md poor.md --shapes shapes.ttl --max-results 1
    error[missing-front-matter]: found "no record", expected a "---" line
     --> bad.md:1:1
      |
    1 | no record
      | ^^^^^^^^^
      |
      = help: Put a line of three hyphens before the first key and another one behind the last. (pfocr2rdf explain missing-front-matter)

    2 of 3 results are not reported
    !      1 error[missing-front-matter]
    !      1 warning[invalid-year]
    !      1 note[figure-genre]
    ! records: 3 read, 2 converted, 1 skipped (missing-front-matter 1)
    ! rows:    0 read, 0 mapped, 0 without identifier, 0 malformed
    ! triples: 33 (core 33, links 0, wp 0, evidence 0)
    ! errors: 1 (missing-front-matter 1)
    ! warnings: 1 (invalid-year 1)
    ! notes: 1 (figure-genre 1)
    exit 1
    "#);
}

#[test]
fn reports_on_a_defect() {
    let commands = [
        "validate odd.md --shapes shapes.ttl --report github",
        "validate odd.md --shapes shapes.ttl --report json -q",
        "validate odd.md --shapes shapes.ttl --report sarif -q",
        "validate odd.md --shapes shapes.ttl --report ntriples -q",
    ];
    let transcript = transcript(&folder(), &commands);
    insta::assert_snapshot!(transcript.replace(env!("CARGO_PKG_VERSION"), "VERSION"), @r#"
    $ validate odd.md --shapes shapes.ttl --report github
    ::warning file=odd.md,line=5,col=7,title=invalid-year::found "soon", expected a year from 1900 to 2099%0Akey year%0Ahelp: Write the year of publication in four digits. (pfocr2rdf explain invalid-year)
    !      1 warning[invalid-year]
    ! records: 1 read, 1 converted, 0 skipped
    ! rows:    0 read, 0 mapped, 0 without identifier, 0 malformed
    ! triples: 18 (core 18, links 0, wp 0, evidence 0)
    ! warnings: 1 (invalid-year 1)
    exit 0

    $ validate odd.md --shapes shapes.ttl --report json -q
    {
    "results": [
    {"code":"invalid-year","severity":"warning","file":"odd.md","line":5,"column":7,"key":"year","message":"found \"soon\", expected a year from 1900 to 2099","help":"Write the year of publication in four digits. (pfocr2rdf explain invalid-year)"}
    ],
    "omitted": 0,
    "summary": [{"code":"invalid-year","severity":"warning","count":1}],
    "conforms": false,
    "passed": true
    }
    exit 0

    $ validate odd.md --shapes shapes.ttl --report sarif -q
    {
    "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
    "version": "2.1.0",
    "runs": [{
    "columnKind": "unicodeCodePoints",
    "results": [
    {"ruleId":"invalid-year","ruleIndex":0,"level":"warning","message":{"text":"found \"soon\", expected a year from 1900 to 2099"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"odd.md"},"region":{"startLine":5,"startColumn":7}},"logicalLocations":[{"fullyQualifiedName":"year"}]}],"partialFingerprints":{"defect/v1":"1c7e878cac30"}}
    ],
    "invocations": [{"executionSuccessful":true,"exitCode":0,"toolExecutionNotifications":[]}],
    "tool": {"driver":{"name":"pfocr2rdf","version":"VERSION","informationUri":"https://github.com/wikipathways/pfocr2rdf","rules":[{"id":"invalid-year","name":"InvalidYear","shortDescription":{"text":"A year that is not 1900 to 2099."},"fullDescription":{"text":"A year that is not 1900 to 2099. No date is written."},"defaultConfiguration":{"level":"warning"},"help":{"text":"Write the year of publication in four digits. (pfocr2rdf explain invalid-year)"}}]}}
    }]
    }
    exit 0

    $ validate odd.md --shapes shapes.ttl --report ntriples -q
    _:report1 <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/ns/shacl#ValidationReport> .
    _:report1 <http://www.w3.org/ns/shacl#conforms> "false"^^<http://www.w3.org/2001/XMLSchema#boolean> .
    _:report1 <http://www.w3.org/ns/shacl#result> _:report2 .
    _:report2 <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/ns/shacl#ValidationResult> .
    _:report2 <http://www.w3.org/2000/01/rdf-schema#comment> "Write the year of publication in four digits. (pfocr2rdf explain invalid-year)"@en .
    _:report2 <http://www.w3.org/ns/earl#pointer> _:report3 .
    _:report2 <http://www.w3.org/ns/shacl#focusNode> <file://DIR/odd.md> .
    _:report2 <http://www.w3.org/ns/shacl#resultMessage> "found \"soon\", expected a year from 1900 to 2099" .
    _:report2 <http://www.w3.org/ns/shacl#resultSeverity> <http://www.w3.org/ns/shacl#Warning> .
    _:report2 <http://www.w3.org/ns/shacl#sourceConstraintComponent> <https://pfocr.wikipathways.org/diagnostics/invalid-year> .
    _:report3 <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/2009/pointers#LineCharPointer> .
    _:report3 <http://www.w3.org/2000/01/rdf-schema#label> "key year"@en .
    _:report3 <http://www.w3.org/2009/pointers#charNumber> "7"^^<http://www.w3.org/2001/XMLSchema#positiveInteger> .
    _:report3 <http://www.w3.org/2009/pointers#lineNumber> "5"^^<http://www.w3.org/2001/XMLSchema#positiveInteger> .
    _:report3 <http://www.w3.org/2009/pointers#reference> <file://DIR/odd.md> .
    exit 0
    "#);
}

#[test]
fn the_severity_decides_on_the_exit_code() {
    let folder = folder();
    let t = |file: &str, [violation, warning, info]: [i32; 3]| {
        for (level, expected) in [("violation", violation), ("warning", warning), ("info", info)] {
            let command = format!("validate {file} -q -s shapes.ttl --fail-on {level}");
            let transcript = transcript(&folder, &[&command]);
            assert!(transcript.ends_with(&format!("exit {expected}\n\n")), "{transcript}");
        }
    };
    t("bad.md", [1, 1, 1]);
    t("odd.md", [0, 1, 1]);
    t("poor.md", [0, 0, 1]);
    t("good.md", [0, 0, 0]);
    t("data.ttl", [0, 0, 1]);
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_read_is_told() {
    let folder = folder();
    fs::create_dir(folder.path().join("db")).unwrap();
    std::os::unix::fs::symlink("nowhere", folder.path().join("db/a.md")).unwrap();
    fs::write(folder.path().join("db/b.md"), GOOD).unwrap();
    let commands = ["validate db --shapes shapes.ttl"];
    insta::assert_snapshot!(transcript(&folder, &commands), @"
    $ validate db --shapes shapes.ttl
    error[unreadable-file]: cannot be read: No such file or directory (os error 2)
    --> db/a.md:1:1
     = help: Look at the cause behind the message: give yourself the right to read the file, restore it, or remove a link that leads nowhere. (pfocr2rdf explain unreadable-file)

    !      1 error[unreadable-file]
    ! records: 2 read, 1 converted, 1 skipped (unreadable-file 1)
    ! rows:    0 read, 0 mapped, 0 without identifier, 0 malformed
    ! triples: 18 (core 18, links 0, wp 0, evidence 0)
    ! errors: 1 (unreadable-file 1)
    exit 1
    ");
}

#[test]
fn a_closed_pipe_ends_the_run() {
    let folder = tempfile::tempdir().unwrap();
    for number in 0..200 {
        let record = ODD.replace("PMC2", &format!("PMC{number}"));
        fs::write(folder.path().join(format!("{number}.md")), record).unwrap();
    }
    for format in ["text", "json", "github", "sarif", "ntriples"] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_pfocr2rdf"))
            .args(["validate", "--quiet", "--report", format])
            .arg(folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(String::from_utf8(output.stderr).unwrap(), "", "{format}");
        assert_eq!(output.status.code(), Some(0), "{format}");
    }
}
