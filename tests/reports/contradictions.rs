//! What contradicts something else is told with both places.

use serde_json::Value;
use tempfile::TempDir;

use super::{folder, json, sarif, validate};

/// Two records that disagree on the symbol of a gene; the first stands below some comments.
fn database(comments: &str) -> TempDir {
    let genes = "organism_id\torganism_name\torganism_group\tword\tmatch\tncbigene_symbol\t\
        ncbigene_id\tsource\tcount_direct\tcount_synonym\tcount_match\n\
        9606\tHomo sapiens\tanimals\tw\tm\tATM\t472\tncbigene_symbol\t1\tNA\t1\n";
    let a = "---\nfigid: PMC1__a\npmcid: PMC1\n---\n";
    let b =
        "---\nfigid: PMC1__b\npmcid: PMC1\ngenes:\n- {word: w, hgnc_symbol: B, entrez: 472}\n---\n";
    let c = format!("---\n{comments}figid: PMC1__c\npmcid: PMC1\n---\n");
    folder(&[
        ("db/_figures/a.md", a),
        ("db/_data/PMC1__a-genes.tsv", genes),
        ("db/_figures/b.md", b),
        ("db/_figures/c.md", &c),
        ("db/_figures/d.md", "---\nfigid: PMC1__c\npmcid: PMC1\n---\n"),
        ("none.ttl", ""),
    ])
}

fn report(comments: &str, form: &str) -> String {
    let folder = database(comments);
    validate(folder.path(), &format!("db -q -s none.ttl --report {form}")).1
}

#[test]
fn both_places_are_shown() {
    insta::assert_snapshot!("contradictions_text", report("", "text"));
    insta::assert_snapshot!("contradictions_github", report("", "github"));
}

#[test]
fn both_places_are_data() {
    let json: Value = serde_json::from_str(&report("", "json")).unwrap();
    assert!(json::validator().is_valid(&json));
    let results = serde_json::to_string_pretty(&json["results"]).unwrap();
    insta::assert_snapshot!("contradictions_json", results);
    let sarif: Value = serde_json::from_str(&report("", "sarif")).unwrap();
    assert!(sarif::validator().is_valid(&sarif));
    let results = &sarif["runs"][0]["results"];
    let first = serde_json::to_string_pretty(&results[0]).unwrap();
    insta::assert_snapshot!("contradictions_sarif", first);
    let region = &results[1]["relatedLocations"][0]["physicalLocation"]["region"];
    assert_eq!((&region["startLine"], &region["startColumn"]), (&2.into(), &8.into()));
    assert!(report("", "turtle").contains("elsewhere (db/_data/PMC1__a-genes.tsv:2:31)"));
}

#[test]
fn fingerprints_do_not_know_the_other_line() {
    let fingerprints = |comments: &str| {
        let sarif: Value = serde_json::from_str(&report(comments, "sarif")).unwrap();
        let results = sarif["runs"][0]["results"].as_array().unwrap();
        results.iter().map(|result| result["partialFingerprints"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(fingerprints(""), fingerprints("# one\n# two\n"));
}
