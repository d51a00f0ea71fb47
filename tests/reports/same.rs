//! The forms of a report next to each other.

use serde_json::Value;
use tempfile::TempDir;

use super::{database, folder, validate};

const FORMATS: [&str; 6] = ["text", "json", "github", "sarif", "turtle", "ntriples"];

#[test]
fn every_report_has_the_same_results() {
    let folder = database();
    let report = |format: &str| validate(folder.path(), &format!("db -q --report {format}")).1;
    let json: Value = serde_json::from_str(&report("json")).unwrap();
    let results = json["results"].as_array().unwrap();
    assert!(results.len() > 10);
    let text = report("text");
    let texts: Vec<_> = text.split_terminator("\n\n").collect();
    assert_eq!(texts.len(), results.len());
    let (github, triples) = (report("github"), report("ntriples"));
    assert_eq!(github.lines().count(), results.len());
    for ((result, text), command) in results.iter().zip(texts).zip(github.lines()) {
        let field = |name: &str| result[name].as_str().unwrap().to_owned();
        let place = format!("--> {}:{}:{}\n", field("file"), result["line"], result["column"]);
        let title = format!("{}[{}]: {}\n", field("severity"), field("code"), field("message"));
        assert!(text.starts_with(&title) && text.contains(&place), "{text}");
        let (line, column) = (&result["line"], &result["column"]);
        let place = format!(" file={},line={line},col={column},title=", field("file"));
        assert!(command.starts_with("::") && command.contains(&place), "{command}");
        let key = result.get("key").map(|key| format!("key {}", key.as_str().unwrap()));
        let row = result.get("row").map(|row| format!("{}: row {row}", field("table")));
        let node =
            result.get("focusNode").map(|node| format!("focus node {}", node.as_str().unwrap()));
        for known in [Some(field("help")), key, row, node].iter().flatten() {
            assert!(text.contains(known), "{text} {known}");
            assert!(command.contains(known), "{command} {known}");
            let known = known.trim_start_matches("focus node ").replace('"', "\\\"");
            assert!(triples.contains(&known), "{known}");
        }
    }
    let sarif: Value = serde_json::from_str(&report("sarif")).unwrap();
    assert_eq!(sarif["runs"][0]["results"].as_array().unwrap().len(), results.len());
    assert_eq!(triples.matches("#ValidationResult>").count(), results.len());
}

/// More records than one thread takes at once, each with an odd year.
fn many() -> TempDir {
    let record =
        |number| format!("---\nfigid: PMC{number}__f\npmcid: PMC{number}\nyear: soon\n---\n");
    let names: Vec<_> =
        (10..99).map(|number| (format!("db/{number}.md"), record(number))).collect();
    let files: Vec<_> = names.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    folder(&files)
}

#[test]
fn the_order_does_not_depend_on_the_threads() {
    let folder = many();
    for format in FORMATS {
        let report = |jobs: u8| {
            let arguments = format!("db -q --shapes shapes.ttl --report {format} --jobs {jobs}");
            validate(folder.path(), &arguments).1
        };
        let alone = report(1);
        assert!(alone.lines().count() > 100, "{format}");
        assert_eq!(alone, report(3), "{format}");
    }
}

#[test]
fn a_cut_report_has_the_first_results_and_says_so() {
    let folder = many();
    for format in FORMATS {
        let report = |options: &str| {
            let arguments = format!("db --shapes shapes.ttl --report {format} {options}");
            validate(folder.path(), &arguments)
        };
        let results = |out: &str| match format {
            "text" => out.matches("\n --> ").count(),
            "json" => out.matches("{\"code\":").count() - out.matches("\"count\":").count(),
            "github" => out.matches(" file=").count(),
            "sarif" => out.matches("\"ruleId\":").count(),
            _ => out.matches("ValidationResult").count(),
        };
        let (all, cut) = (report(""), report("--max-results 3"));
        assert_eq!((all.0, cut.0), (1, 1), "{format}");
        assert_eq!((results(&all.1), results(&cut.1)), (178, 3), "{format}");
        assert!(!all.2.contains("not reported"), "{format}");
        let is_told = cut.2.contains("175 of 178 results are not reported\n");
        assert_eq!(is_told, format != "text", "{format}: {}", cut.2);
        assert!(cut.2.contains("    89 error[figure-genre]\n    89 warning[invalid-year]\n"));
        let says_so = |out: &str| {
            out.contains("175 of 178 results are not reported") || out.contains("\"omitted\": 175")
        };
        assert!(says_so(&cut.1) && !says_so(&all.1), "{format}");
        let quiet = report("--max-results 3 -q");
        assert_eq!((quiet.1, quiet.2.as_str()), (cut.1, ""), "{format}");
        assert_eq!(results(&report("--max-results 0").1), 0, "{format}");
    }
}
