//! The forms of a report next to each other.

use serde_json::Value;

use super::{database, validate};

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
    for (result, text) in results.iter().zip(texts) {
        let field = |name: &str| result[name].as_str().unwrap().to_owned();
        let place = format!("--> {}:{}:{}\n", field("file"), result["line"], result["column"]);
        let title = format!("{}[{}]: {}\n", field("severity"), field("code"), field("message"));
        assert!(text.starts_with(&title) && text.contains(&place), "{text}");
    }
    assert_eq!(report("github").lines().count(), results.len());
    assert!(report("github").lines().all(|line| line.starts_with("::") && line.contains(",line=")));
    let sarif: Value = serde_json::from_str(&report("sarif")).unwrap();
    assert_eq!(sarif["runs"][0]["results"].as_array().unwrap().len(), results.len());
    let triples = report("ntriples");
    assert_eq!(triples.matches("#ValidationResult>").count(), results.len());
}
