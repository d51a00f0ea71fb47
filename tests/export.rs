//! `export`: every line can be read by programs, and holds what the records say.

#![allow(clippy::unwrap_used, reason = "helpers of tests may panic like tests")]
#![allow(clippy::print_stderr, reason = "a test that skips says so")]

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;

fn run(folder: &Path, arguments: &str) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pfocr2rdf"));
    command.arg("export").args(arguments.split_whitespace()).current_dir(folder);
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

const GENES: &str = "organism_id\torganism_name\torganism_group\tword\tmatch\tncbigene_symbol\t\
    ncbigene_id\tsource\tcount_direct\tcount_synonym\tcount_match\n";

/// A database with a figure of two species, one with few genes, one of the first generation, and
/// one whose figid stands twice.
fn database() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join("db").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    let record = |figid: &str, more: &str| {
        write(
            &format!("_figures/{figid}.md"),
            &format!("---\nfigid: {figid}\npmcid: PMC1\n{more}---\n"),
        );
    };
    record(
        "PMC1__a",
        "figid_alias: PMC1__F1\nfigtitle: \"Tabs\\tand\\u2028lines\"\nfilename: a.jpg\n",
    );
    let row = |taxon: u32, name: &str, id: u32, source: &str| {
        format!("{taxon}\t{name}\tNA\tw{id}\tw{id}\tG{id}\t{id}\t{source}\tNA\tNA\tNA\n")
    };
    let human = [(10, "ncbigene_symbol"), (9, "ncbigene_synonym"), (8, "famplex_relations")];
    let human = human.map(|(id, source)| row(9606, "Homo sapiens", id, source)).concat();
    let again = row(9606, "Homo sapiens", 10, "ncbigene_synonym");
    let mouse =
        [100, 101, 102].map(|id| row(10090, "Mus musculus", id, "ncbigene_symbol")).concat();
    write("_data/PMC1__a-genes.tsv", &format!("{GENES}{human}{again}{mouse}"));
    write(
        "_data/PMC1__a-chemicals.tsv",
        "word\tmesh\tmatch\tname\tchebi\nx\tmesh:D000002\tX\tNA\tchebi:2\ny\tmesh:D000001\tY\tNA\tNA\n\
         z\tNA\tZ\tNA\tchebi:3\n",
    );
    record("PMC1__b", "figtitle: Few\n");
    write("_data/PMC1__b-genes.tsv", &format!("{GENES}{}", row(9606, "Homo sapiens", 1, "NA")));
    record(
        "PMC1__c",
        "figtitle: Old\ngenes:\n- {word: a, hgnc_symbol: A, entrez: 3, source: hgnc_symbol}\n\
         - {word: b, hgnc_symbol: B, entrez: 2, source: hgnc_prev_symbol}\n\
         - {word: c, hgnc_symbol: C, entrez: 1, source: bioentities_symbol}\n\
         diseases:\n- {word: d, source: MESH, identifier: D000009}\n",
    );
    record("PMC1__d", "figtitle: Nothing\n");
    folder
}

#[test]
fn a_set_of_genes_is_a_line_for_each_figure() {
    let folder = database();
    let human = "PMC1__F1\tTabs and lines\t10\t9\t8\nPMC1__c\tOld\t3\t2\t1\n";
    for set in ["9606", "Homo=sapiens"] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pfocr2rdf"));
        command.args(["export", "gmt", "db", "-q", "--set", &set.replace('=', " ")]);
        let output = command.current_dir(folder.path()).output().unwrap();
        assert_eq!(String::from_utf8(output.stdout).unwrap(), human);
    }
    let (code, found, _) = run(folder.path(), "gmt db -q --set chemicals");
    assert_eq!((code, found.as_str()), (0, "PMC1__F1\tTabs and lines\tCHEBI:2\tCHEBI:3\n"));
    assert_eq!(run(folder.path(), "gmt db -q -o gmt").0, 0);
    let read = |name: &str| fs::read_to_string(folder.path().join("gmt").join(name)).unwrap();
    assert_eq!(read("pfocr-gmt-Homo_sapiens.gmt"), human);
    assert_eq!(read("pfocr-gmt-Mus_musculus.gmt"), "PMC1__F1\tTabs and lines\t100\t101\t102\n");
    assert_eq!(read("pfocr-gmt-chemicals.gmt"), found);
    assert_eq!(fs::read_dir(folder.path().join("gmt")).unwrap().count(), 3);
}

#[test]
fn a_document_holds_the_identifiers_of_its_tier() {
    let folder = database();
    let documents = |tier: &str| -> Vec<Value> {
        let (code, found, _) = run(folder.path(), &format!("biothings db -q --tier {tier}"));
        assert_eq!(code, 0);
        found.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let all = documents("all");
    let image = "https://europepmc.org/articles/PMC1/bin/a.jpg";
    let expected = json!({
        "_id": "PMC1__a",
        "associatedWith": {
            "title": "Tabs and lines",
            "pfocrUrl": "https://pfocr.wikipathways.org/figures/PMC1__a.html",
            "figureUrl": image,
            "pmc": "PMC1",
            "mentions": {
                "chemicals": { "mesh": ["D000001", "D000002"] },
                "diseases": { "mesh": [] },
                "genes": { "ncbigene": ["8", "9", "10", "100", "101", "102"] },
            },
        },
    });
    assert_eq!(all[0], expected);
    let genes = |documents: &[Value]| -> Vec<Value> {
        let genes =
            |document: &Value| document["associatedWith"]["mentions"]["genes"]["ncbigene"].clone();
        documents.iter().map(genes).collect()
    };
    let mouse = ["100", "101", "102"];
    let a = |ids: &[&str]| json!([ids, &mouse[..]].concat());
    assert_eq!(genes(&all), [a(&["8", "9", "10"]), json!(["1"]), json!(["1", "2", "3"])]);
    assert_eq!(genes(&documents("synonyms")), [a(&["9", "10"]), json!(["2", "3"])]);
    assert_eq!(genes(&documents("strict")), [a(&["10"]), json!(["3"])]);
}

#[test]
fn lines_are_lines_for_every_reader() {
    let folder = tempfile::tempdir().unwrap();
    // A title keeps none of these; the name of an image does not go through there.
    let text = "---\nfigid: \"PMC1__a\\u2028b\"\npmcid: PMC1\ngenes:\n\
        - {word: a, hgnc_symbol: A, entrez: 3, source: hgnc_symbol}\n---\n";
    fs::write(folder.path().join("a.md"), text).unwrap();
    let (_, found, _) = run(folder.path(), "biothings a.md -q");
    assert_eq!(found.lines().count(), 1);
    assert!(!found.contains(['\u{85}', '\u{2028}', '\u{2029}']), "{found}");
    serde_json::from_str::<Value>(&found).unwrap();
}

#[test]
fn problems_are_told() {
    let folder = database();
    let path = |name: &str| folder.path().join("db/_figures").join(name);
    fs::copy(path("PMC1__a.md"), path("again.md")).unwrap();
    fs::write(path("broken.md"), "nothing").unwrap();
    let (code, found, err) = run(folder.path(), "gmt db --set 9606");
    assert_eq!((code, found.lines().count()), (1, 2));
    assert!(
        err.contains("again.md:2:8: error[duplicate-figid]")
            || err.contains("PMC1__a.md:2:8: error[duplicate-figid]"),
        "{err}"
    );
    assert!(err.contains("broken.md:1:1: error[missing-front-matter]"), "{err}");
    for (arguments, expected) in [
        ("gmt db", "found neither --set nor --output"),
        ("biothings db --tier loose", "expected all, synonyms or strict"),
        ("biothings nowhere", "cannot read nowhere"),
        ("gmt db -o db", "db: is not empty"),
        ("biothings db -o db/_figures/broken.md", "is also read as input"),
    ] {
        let (code, _, err) = run(folder.path(), arguments);
        assert_eq!(code, 2, "{arguments}");
        assert!(err.contains(expected), "{arguments}: {err}");
    }
    assert_eq!(fs::read_to_string(path("broken.md")).unwrap(), "nothing");
}

#[test]
fn documents_hold_the_metadata_or_everything() {
    let folder = database();
    let convert = |arguments: &str| -> BTreeSet<String> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pfocr2rdf"));
        command.args(arguments.split(' ')).current_dir(folder.path());
        let text = String::from_utf8(command.output().unwrap().stdout).unwrap();
        text.lines().map(str::to_owned).collect()
    };
    let links = [("text/turtle", "ttl"), ("application/ld+json", "jsonld")].map(|(kind, end)| {
        let name = "{{ page.figid | remove: \".jpeg\" | remove: \".jpg\" }}";
        format!("<link rel=\"alternate\" type=\"{kind}\" href=\"{name}.{end}\">\n")
    });
    let links = links.concat();
    for (out, option) in [("small", ""), ("large", " --full")] {
        let (code, found, err) = run(folder.path(), &format!("documents db -q -o {out}{option}"));
        assert_eq!((code, &found), (0, &links), "{err}");
        let files = fs::read_dir(folder.path().join(out)).unwrap().count();
        assert_eq!(files, 8);
        for figid in ["PMC1__a", "PMC1__b", "PMC1__c", "PMC1__d"] {
            let read = |extension: &str| {
                fs::read(folder.path().join(out).join(format!("{figid}.{extension}"))).unwrap()
            };
            let (turtle, json) = (read("ttl"), read("jsonld"));
            let turtle = oxttl::TurtleParser::new().for_slice(&turtle);
            let turtle: BTreeSet<_> = turtle.map(|t| format!("{} .", t.unwrap())).collect();
            let json = oxjsonld::JsonLdParser::new().for_slice(&json);
            let json: BTreeSet<_> =
                json.map(|quad| format!("{} .", oxrdf::Triple::from(quad.unwrap()))).collect();
            assert_eq!(turtle, json, "{figid}");
            let path = format!("db/_figures/{figid}.md");
            let all = convert(&format!("convert -q --no-check -t ntriples {path}"));
            let is_mention = |line: &&String| {
                line.contains("/schema.org/mentions> ")
                    || !(line.starts_with("<https://pfocr.wikipathways.org/")
                        || line.starts_with("<https://identifiers.org/pmc/")
                        || line.starts_with("<https://data.wikipathways.org/")
                        || line.starts_with("<https://www.wikipathways.org/"))
                    || line.contains(".html#gene-")
                    || line.contains(".html#chemical-")
                    || line.contains(".html#disease-")
                    || line.contains("/wp#")
            };
            let expected: BTreeSet<String> = if option.is_empty() {
                all.iter().filter(|line| !is_mention(line)).cloned().collect()
            } else {
                all
            };
            assert_eq!(turtle, expected, "{figid}{option}");
        }
    }
}

#[test]
fn a_species_is_its_taxon_whatever_the_rows_call_it() {
    let folder = tempfile::tempdir().unwrap();
    let rows = |taxon: u32, names: [&str; 3]| {
        let row = |(id, name): (u32, &str)| {
            format!("{taxon}\t{name}\tNA\tw\tw\tG\t{taxon}{id}\tx\tNA\tNA\tNA\n")
        };
        (1..).zip(names).map(row).collect::<String>()
    };
    for (figid, table) in [
        ("PMC1__a", rows(9606, ["NA", "Homo sapiens", "human"]) + &rows(1, ["chemicals"; 3])),
        (
            "PMC1__b",
            rows(9606, ["NA"; 3]) + &rows(10090, ["NA"; 3]) + &rows(2, ["Homo sapiens"; 3]),
        ),
        ("PMC1__c", rows(3, ["NA"; 3])),
    ] {
        let record = format!("---\nfigid: {figid}\npmcid: PMC1\nfigtitle: T\n---\n");
        fs::write(folder.path().join(format!("{figid}.md")), record).unwrap();
        let table = format!("{GENES}{table}");
        fs::write(folder.path().join(format!("{figid}-genes.tsv")), table).unwrap();
    }
    assert_eq!(run(folder.path(), "gmt . -q -o gmt").0, 0);
    let read = |name: &str| fs::read_to_string(folder.path().join("gmt").join(name)).unwrap();
    let human = "PMC1__a\tT\t96061\t96062\t96063\nPMC1__b\tT\t96061\t96062\t96063\n";
    for (name, expected) in [
        ("chemicals", ""),
        ("chemicals_1", "PMC1__a\tT\t11\t12\t13\n"),
        ("Homo_sapiens", "PMC1__b\tT\t21\t22\t23\n"),
        ("taxon_3", "PMC1__c\tT\t31\t32\t33\n"),
        ("Homo_sapiens_9606", human),
        ("Mus_musculus", "PMC1__b\tT\t100901\t100902\t100903\n"),
    ] {
        assert_eq!(read(&format!("pfocr-gmt-{name}.gmt")), expected, "{name}");
    }
    assert_eq!(run(folder.path(), "gmt . -q --set 9606").1, human);
}

#[test]
fn documents_are_mapped_as_convert_maps() {
    let folder = tempfile::tempdir().unwrap();
    let record = "---\nfigid: PMC1__a.jpg\npmcid: PMC1\ncaption: Words\nfilename: a.jpg\n\
        organisms: Some animal\n---\n";
    fs::write(folder.path().join("a.md"), record).unwrap();
    fs::write(
        folder.path().join("ids.csv"),
        "Journal Title,ISSN,eISSN,Year,Volume,Issue,Page,DOI,PMCID,PMID,Manuscript Id,Release Date\n\
         J,,,2020,,,,10.1/x,PMC1,77,,live\n",
    )
    .unwrap();
    let names = "99\t|\tSome animal\t|\t\t|\tscientific name\t|\n";
    fs::write(folder.path().join("names.dmp"), names).unwrap();
    let options = "--no-captions --schema-base https --image-url https://example.org/{filename} \
        --pmc-ids ids.csv --taxonomy names.dmp";
    let (code, _, err) = run(folder.path(), &format!("documents a.md -q --full -o out {options}"));
    assert_eq!(code, 0, "{err}");
    let turtle = fs::read(folder.path().join("out/PMC1__a.ttl")).unwrap();
    let turtle: BTreeSet<_> = oxttl::TurtleParser::new()
        .for_slice(&turtle)
        .map(|triple| format!("{} .", triple.unwrap()))
        .collect();
    let mut command = Command::new(env!("CARGO_BIN_EXE_pfocr2rdf"));
    command.args(["convert", "-q", "--no-check", "-t", "ntriples", "a.md"]);
    let output = command.args(options.split_whitespace()).current_dir(folder.path()).output();
    let expected = String::from_utf8(output.unwrap().stdout).unwrap();
    assert_eq!(turtle, expected.lines().map(str::to_owned).collect());
    assert!(expected.contains("example.org/a.jpg") && expected.contains("NCBITaxon_99"));
    assert!(expected.contains("/pubmed/77"), "{expected}");
}

/// On real records the exports say what the triples say.
#[test]
fn the_exports_of_real_records_are_in_the_triples() {
    let Some(corpus) = env::var_os("PFOCR_CORPUS") else {
        eprintln!("skipped: PFOCR_CORPUS is not set");
        return;
    };
    let corpus = Path::new(&corpus);
    let output = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pfocr2rdf"));
        let output = command.args(arguments).arg(corpus).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let triples = output(&["convert", "-q", "--no-check", "-t", "ntriples"]);
    let mut mentions = BTreeSet::new();
    for line in triples.lines().filter(|line| line.contains("/schema.org/mentions>")) {
        let mut terms = line.split(' ');
        let (figure, object) = (terms.next().unwrap(), terms.nth(1).unwrap());
        let id = object.trim_matches(['<', '>']).rsplit('/').next().unwrap();
        let figid = figure.trim_matches(['<', '>']).rsplit('/').next().unwrap();
        mentions.insert((figid.to_owned(), id.to_owned()));
    }
    let found = output(&["export", "biothings", "-q"]);
    let mut seen = 0;
    for document in found.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()) {
        let kinds = document["associatedWith"]["mentions"].as_object().unwrap().values();
        let ids = kinds.flat_map(|kind| kind.as_object().unwrap().values());
        for id in ids.flat_map(|ids| ids.as_array().unwrap()) {
            let figid = document["_id"].as_str().unwrap().to_owned();
            assert!(mentions.contains(&(figid, id.as_str().unwrap().to_owned())), "{document}");
            seen += 1;
        }
    }
    let without_mesh = |id: &str| {
        id.starts_with("CHEBI_") || id.starts_with("DOID_") || id.starts_with("NCBITaxon")
    };
    let is_entity = |(figid, id): &&(String, String)| {
        !figid.starts_with("PMC") || !(without_mesh(id) || id.contains('#'))
    };
    let of_figures = mentions.iter().filter(|(figid, _)| figid.contains("__"));
    assert!(seen > 1000, "{seen}");
    assert_eq!(seen, of_figures.filter(is_entity).count());
}
