//! The report for people.

use super::{folder, validate, validate_with};

const HEADER: &str = "word\tmesh\tmatch\tname\tchebi\n";

/// The report on one record with a table of chemicals.
fn report(record: &str, rows: &str) -> String {
    let record = format!("---\nfigid: PMC1__f\npmcid: PMC1\n{record}---\n");
    let table = format!("{HEADER}{rows}");
    let files = [
        ("db/_figures/PMC1__f.md", record.as_str()),
        ("db/_data/PMC1__f-chemicals.tsv", table.as_str()),
    ];
    let (_, out, err) = validate(folder(&files).path(), "db -q --shapes shapes.ttl");
    assert_eq!(err, "");
    out
}

#[test]
fn the_source_is_shown_with_the_place_marked() {
    let rows = "salt\tmesh:12965\tSalt\tNA\tNA\n";
    insta::assert_snapshot!(report("year: in press\ncolour: red\nfigtype:\n", rows), @r#"
    warning[invalid-year]: found "in press", expected a year from 1900 to 2099
     --> db/_figures/PMC1__f.md:4:7
      |
    4 | year: in press
      |       ^^^^^^^^
      |
      = note: key year
      = help: Write the year of publication in four digits. (pfocr2rdf explain invalid-year)

    warning[unknown-key]: found the key "colour", which no generation of the records has
     --> db/_figures/PMC1__f.md:5:1
      |
    5 | colour: red
      | ^^^^^^
      |
      = note: key colour
      = help: Correct the name of the key. If it is a new one, ask for it to be added to the mapping. (pfocr2rdf explain unknown-key)

    error[figure-genre]: no genre
     --> db/_figures/PMC1__f.md:6:9
      |
    6 | figtype:
      |         ^
      |
      = note: key figtype
      = note: focus node <https://pfocr.wikipathways.org/figures/PMC1__f>, path <http://schema.org/genre>
      = note: shape <http://example.org/figure-genre> (shapes.ttl:5)

    warning[invalid-mesh-id]: found "mesh:12965", expected a MeSH id like mesh:D005947
     --> db/_data/PMC1__f-chemicals.tsv:2:6
      |
    2 | salt    mesh:12965    Salt    NA    NA
      |         ^^^^^^^^^^
      |
      = note: row 2, column mesh
      = help: Write `mesh:` and the id, which begins with C, D or Q. (pfocr2rdf explain invalid-mesh-id)
    "#);
}

#[test]
fn long_lines_are_cut_around_the_place() {
    let text = "some words of a caption ".repeat(120);
    let record = format!("caption: {{ text: {text} }}\nfigtype: pathway\n");
    let rows = format!("{text}\tmesh:12965\tSalt\tNA\tNA\n");
    let out = report(&record, &rows);
    assert!(out.lines().all(|line| line.chars().count() <= 120), "{out}");
    insta::assert_snapshot!(out, @r#"
    error[wrong-kind]: caption: found a mapping, expected a scalar
     --> db/_figures/PMC1__f.md:4:10
      |
    4 | ...n: { text: some words of a caption ...ption some words of a caption  }
      |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^...^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = note: key caption
      = help: Write one value, or a list, as the message says. (pfocr2rdf explain wrong-kind)

    warning[invalid-mesh-id]: found "mesh:12965", expected a MeSH id like mesh:D005947
     --> db/_data/PMC1__f-chemicals.tsv:2:2882
      |
    2 | ...f a caption some words of a caption     mesh:12965    Salt    NA    NA
      |                                            ^^^^^^^^^^
      |
      = note: row 2, column mesh
      = help: Write `mesh:` and the id, which begins with C, D or Q. (pfocr2rdf explain invalid-mesh-id)
    "#);
}

#[test]
fn nothing_of_the_input_steers_the_terminal() {
    let rows = "\u{1b}[31mred\tmesh:\u{1b}[2J\u{9b}\u{202e}\u{2028}\u{7}\tx\tNA\tNA\n";
    let out = report("figtype: pathway\n\"\\e[5m\": 1\n", rows);
    let steers = |c: char| c.is_control() && c != '\n' || matches!(c, '\u{202e}' | '\u{2028}');
    assert!(!out.contains(steers), "{out:?}");
    insta::assert_snapshot!(out, @r#"
    warning[unknown-key]: found the key "\u{1b}[5m", which no generation of the records has
     --> db/_figures/PMC1__f.md:5:1
      |
    5 | "\e[5m": 1
      | ^^^^^^^
      |
      = note: key ␛[5m
      = help: Correct the name of the key. If it is a new one, ask for it to be added to the mapping. (pfocr2rdf explain unknown-key)

    warning[invalid-mesh-id]: found "mesh:[2J\u{202e}", expected a MeSH id like mesh:D005947
     --> db/_data/PMC1__f-chemicals.tsv:2:10
      |
    2 | ␛[31mred    mesh:␛[2J���␇    x    NA    NA
      |             ^^^^^^^^^^^^^
      |
      = note: row 2, column mesh
      = help: Write `mesh:` and the id, which begins with C, D or Q. (pfocr2rdf explain invalid-mesh-id)
    "#);
}

#[cfg(unix)]
#[test]
fn names_of_files_and_messages_of_shapes_steer_no_terminal() {
    let shapes = super::SHAPES.replace("no genre", "no\\u001b[31m\\ngenre\\u009b");
    let record = "---\nfigid: PMC1__f\npmcid: PMC1\n---\n";
    let folder = folder(&[("db/e\nf\u{1b}[31m.md", record), ("steer.ttl", &shapes)]);
    let report = |options: &str| {
        let out = validate(folder.path(), &format!("db -s steer.ttl {options}")).1;
        assert!(!out.contains(|c: char| c.is_control() && c != '\n'), "{out:?}");
        out
    };
    insta::assert_snapshot!(report(""), @"
    error[figure-genre]: no␛[31m␊genre�
     --> db/e␊f␛[31m.md:2:8
      |
    2 | figid: PMC1__f
      |        ^^^^^^^
      |
      = note: key figid
      = note: focus node <https://pfocr.wikipathways.org/figures/PMC1__f>, path <http://schema.org/genre>
      = note: shape <http://example.org/figure-genre> (steer.ttl:5)
    ");
    insta::assert_snapshot!(report("--report github"), @"::error file=db/e%0Af␛[31m.md,line=2,col=8,title=figure-genre::no␛[31m%0Agenre�%0Akey figid%0Afocus node <https://pfocr.wikipathways.org/figures/PMC1__f>, path <http://schema.org/genre>%0Ashape <http://example.org/figure-genre> (steer.ttl:5)");
    let convert = "convert db --shapes steer.ttl -o out.nt";
    let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_pfocr2rdf"));
    command.current_dir(folder.path()).args(convert.split(' '));
    let err = String::from_utf8(command.output().unwrap().stderr).unwrap();
    assert!(
        err.starts_with("db/e␊f␛[31m.md:2:8: error[figure-genre]: no␛[31m␊genre\u{fffd}"),
        "{err:?}"
    );
}

#[test]
fn a_shape_says_why() {
    let shapes = "@prefix sh: <http://www.w3.org/ns/shacl#> .
        @prefix schema: <http://schema.org/> . @prefix : <http://example.org/> .
        :or sh:targetClass schema:ImageObject ; sh:or ( :name :genre ) .
        :name sh:path schema:name ; sh:minCount 1 .
        :genre sh:path schema:genre ; sh:in ( \"pathway\"@en ) .";
    let record = "---\nfigid: PMC1__f\npmcid: PMC1\nfigtype: path\n---\n";
    let folder = folder(&[("a.md", record), ("or.ttl", shapes)]);
    insta::assert_snapshot!(validate(folder.path(), "a.md -q -s or.ttl").1, @"
    error[or]: conforms to none of the shapes: found <https://pfocr.wikipathways.org/figures/PMC1__f>
     --> a.md:2:8
      |
    2 | figid: PMC1__f
      |        ^^^^^^^
      |
      = note: key figid
      = note: focus node <https://pfocr.wikipathways.org/figures/PMC1__f>
      = note: shape <http://example.org/or> (or.ttl:3)
      = note: because: fewer than 1 values: focus node <https://pfocr.wikipathways.org/figures/PMC1__f>, path <http://schema.org/name>
      = note: because: is none of the allowed values: focus node <https://pfocr.wikipathways.org/figures/PMC1__f>, path <http://schema.org/genre>
    ");
}

#[test]
fn standard_input_is_shown_as_well() {
    let folder = folder(&[]);
    let record = "---\nfigid: PMC1__f\npmcid: PMC1\nyear: soon\nfigtype: p\n---\n";
    let (code, out, err) = validate_with(folder.path(), "- --shapes shapes.ttl", record);
    assert_eq!(code, 0);
    insta::assert_snapshot!(out, @r#"
    warning[invalid-year]: found "soon", expected a year from 1900 to 2099
     --> -:4:7
      |
    4 | year: soon
      |       ^^^^
      |
      = note: key year
      = help: Write the year of publication in four digits. (pfocr2rdf explain invalid-year)
    "#);
    insta::assert_snapshot!(err, @"
         1 warning[invalid-year]
    records: 1 read, 1 converted, 0 skipped
    rows:    0 read, 0 mapped, 0 without identifier, 0 malformed
    triples: 18 (core 18, links 0, wp 0, evidence 0)
    warnings: 1 (invalid-year 1)
    ");
}

#[test]
fn files_of_an_archive_are_shown_as_well() {
    let (record, table) =
        ("---\nfigid: PMC1__f\npmcid: PMC1\nyear: soon\n---\n", "a\tmesh:1\tb\tc\tNA\n");
    let mut archive = tar::Builder::new(Vec::new());
    let mut add = |path: &str, text: &str| {
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        header.set_mode(0o644);
        archive.append_data(&mut header, path, text.as_bytes()).unwrap();
    };
    add("top/_figures/PMC1__f.md", record);
    add("top/_data/PMC1__f-chemicals.tsv", &format!("{HEADER}{table}"));
    let bytes = archive.into_inner().unwrap();
    let folder = folder(&[("none.ttl", "")]);
    std::fs::write(folder.path().join("db.tar"), &bytes).unwrap();
    let (_, out, _) = validate(folder.path(), "db.tar -q -s none.ttl");
    insta::assert_snapshot!(out, @r#"
    warning[invalid-year]: found "soon", expected a year from 1900 to 2099
     --> db.tar/_figures/PMC1__f.md:4:7
      |
    4 | year: soon
      |       ^^^^
      |
      = note: key year
      = help: Write the year of publication in four digits. (pfocr2rdf explain invalid-year)

    warning[invalid-mesh-id]: found "mesh:1", expected a MeSH id like mesh:D005947
     --> db.tar/_data/PMC1__f-chemicals.tsv:2:3
      |
    2 | a    mesh:1    b    c    NA
      |      ^^^^^^
      |
      = note: row 2, column mesh
      = help: Write `mesh:` and the id, which begins with C, D or Q. (pfocr2rdf explain invalid-mesh-id)
    "#);
    let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_pfocr2rdf"));
    command.current_dir(folder.path()).args("validate - -q -s none.ttl".split(' '));
    let piped = String::from_utf8(command.write_stdin(bytes).output().unwrap().stdout).unwrap();
    assert_eq!(piped, out.replace("db.tar", "-"));
}

#[test]
fn colours_are_for_terminals() {
    let folder = super::database();
    assert!(!validate(folder.path(), "db").1.contains('\u{1b}'));
    let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_pfocr2rdf"));
    command.current_dir(folder.path()).args(["validate", "db"]).env("CLICOLOR_FORCE", "1");
    let out = String::from_utf8(command.output().unwrap().stdout).unwrap();
    assert!(out.contains("\u{1b}[1m\u{1b}[33mwarning"), "{out:?}");
}
