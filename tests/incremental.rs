//! The program run again: manifests, what changed since, and deltas.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests may panic like tests"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

/// A folder with a database of three records; two of them have a gene.
fn database() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for name in ["db/_figures", "db/_data"] {
        fs::create_dir_all(folder.path().join(name)).unwrap();
    }
    for number in 1..4 {
        write_record(folder.path(), number, "A title");
    }
    for number in 1..3 {
        let header = "organism_id\torganism_name\torganism_group\tword\tmatch\tncbigene_symbol\t\
                      ncbigene_id\tsource\tcount_direct\tcount_synonym\tcount_match\n";
        let rows =
            "9606\tHomo sapiens\tVertebrates\tAkt\tAKT\tAKT1\t207\tncbigene_symbol\t1\tNA\t1\n";
        let path = folder.path().join(format!("db/_data/PMC{number}__f-genes.tsv"));
        fs::write(path, format!("{header}{rows}")).unwrap();
    }
    folder
}

fn write_record(folder: &Path, number: u32, title: &str) {
    let text = format!("---\nfigid: PMC{number}__f\npmcid: PMC{number}\nfigtitle: {title}\n---\n");
    fs::write(folder.join(format!("db/_figures/PMC{number}__f.md")), text).unwrap();
}

/// Exit code, standard output and standard error.
fn run(folder: &Path, arguments: &str) -> (i32, String, String) {
    let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_pfocr2rdf"));
    let output = command.current_dir(folder).args(arguments.split_whitespace()).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn succeeds(folder: &Path, arguments: &str) -> String {
    let (code, _, err) = run(folder, arguments);
    assert_eq!(code, 0, "{arguments}: {err}");
    err
}

fn fails(folder: &Path, arguments: &str, expected: &str) {
    let (code, _, err) = run(folder, arguments);
    assert_eq!(code, 2, "{arguments}: {err}");
    assert!(err.contains(expected), "{arguments}: {err}");
}

fn json(folder: &Path, name: &str) -> Value {
    serde_json::from_slice(&fs::read(folder.join(name)).unwrap()).unwrap()
}

fn lines(folder: &Path, name: &str) -> BTreeSet<String> {
    fs::read_to_string(folder.join(name)).unwrap().lines().map(str::to_owned).collect()
}

/// Removes a record, changes another and adds a third.
fn edit(folder: &Path) {
    fs::remove_file(folder.join("db/_figures/PMC1__f.md")).unwrap();
    fs::remove_file(folder.join("db/_data/PMC1__f-genes.tsv")).unwrap();
    write_record(folder, 3, "Another title");
    write_record(folder, 4, "A title");
}

#[test]
fn a_manifest_tells_what_the_output_is_made_of() {
    let folder = database();
    let folder = folder.path();
    succeeds(folder, "convert db -o a.nq --manifest a.json --summary s.json");
    let manifest = json(folder, "a.json");
    assert_eq!(manifest["program"], concat!("pfocr2rdf ", env!("CARGO_PKG_VERSION")));
    assert_eq!(manifest["settings"]["schemaBase"], "http://schema.org/");
    assert_eq!(manifest["triples"], lines(folder, "a.nq").len());
    assert_eq!(manifest["records"].as_object().unwrap().len(), 3);
    assert_eq!(manifest["records"]["PMC3__f"]["file"], "PMC3__f.md");
    assert!(json(folder, "s.json")["records"].get("removed").is_none());
    // The folder and the format do not matter.
    fs::rename(folder.join("db"), folder.join("other")).unwrap();
    succeeds(folder, "convert other -j 1 -o a.ttl --manifest b.json.gz");
    succeeds(folder, "convert other -o b.nq --since b.json.gz --manifest c.json");
    assert_eq!(json(folder, "c.json")["records"], manifest["records"]);
    assert_eq!(json(folder, "c.json")["triples"], Value::Null);
    assert!(lines(folder, "b.nq").is_empty());
}

#[test]
fn what_a_record_is_made_of_changes_its_hash() {
    let folder = database();
    let folder = folder.path();
    let hash = |options: &str| {
        succeeds(folder, &format!("convert db -o a.nq --manifest a.json {options}"));
        json(folder, "a.json")["records"]["PMC1__f"]["sha256"].as_str().unwrap().to_owned()
    };
    let first = hash("");
    assert_eq!(hash("-j 1 --no-check"), first);
    let mut hashes = BTreeSet::from([first]);
    let table = fs::read_to_string(folder.join("db/_data/PMC1__f-genes.tsv")).unwrap();
    let changes = [
        ("db/_figures/PMC1__f.md", "---\nfigid: PMC1__f\npmcid: PMC1\n---\n"),
        ("db/_data/PMC1__f-genes.tsv", &table.replace("Akt", "akt")),
        ("db/_data/PMC1__f-diseases.tsv", "word\tmesh\tmatch\tname\tdoid\n"),
        ("db/_data/wpid_map.tsv", "PMC1__f\tWP1\n"),
        ("db/_data/ndex_map.tsv", "PMC1__f\t9699ac12-df07-11ea-99da-0ac135e8bacf\n"),
        ("ids.csv", "PMCID,PMID,DOI\nPMC1,2,10.1000/x\n"),
    ];
    for (path, content) in changes {
        fs::write(folder.join(path), content).unwrap();
        let options = if path == "ids.csv" { "--pmc-ids ids.csv" } else { "" };
        assert!(hashes.insert(hash(options)), "{path}");
    }
    // What the tables say of other records does not concern it.
    let last = hash("");
    fs::write(folder.join("db/_data/wpid_map.tsv"), "PMC1__f\tWP1\nPMC2__f\tWP1\n").unwrap();
    assert_eq!(hash(""), last);
}

#[test]
fn changed_records_are_converted_and_removed_ones_told_of() {
    let folder = database();
    let folder = folder.path();
    succeeds(folder, "convert db -o a.nq --manifest a.json");
    edit(folder);
    let err = succeeds(folder, "convert db -o b.nq --since a.json --summary s.json");
    assert!(err.contains("removed: PMC1__f (PMC1__f.md)\n"), "{err}");
    assert!(err.contains("records: 3 read, 2 converted, 1 unchanged, 1 removed, 0 skipped\n"));
    let records = &json(folder, "s.json")["records"];
    assert_eq!(records["removed"], serde_json::json!(["PMC1__f"]));
    assert_eq!((&records["unchanged"], &records["converted"]), (&1.into(), &2.into()));
    succeeds(folder, "convert db -o c.nq");
    let (some, all) = (lines(folder, "b.nq"), lines(folder, "c.nq"));
    assert!(some.is_subset(&all));
    let of_figure = |line: &&String, number| line.contains(&format!("/figures/PMC{number}__f"));
    assert!(all.difference(&some).all(|line| ![3, 4].iter().any(|n| of_figure(&line, n))));
    assert!(!some.iter().any(|line| of_figure(&line, &2)));
}

#[test]
fn deltas_can_be_applied_one_after_the_other() {
    let folder = database();
    let folder = folder.path();
    succeeds(folder, "convert db -o a.nq --manifest a.json");
    let mut last_id = None;
    for round in 0..3 {
        match round {
            0 => edit(folder),
            // Nobody mentions the gene any more.
            1 => fs::remove_file(folder.join("db/_data/PMC2__f-genes.tsv")).unwrap(),
            _ => {}
        }
        let err = succeeds(
            folder,
            "convert db --since a.json --old a.nq --emit delta -o d --manifest b.json --summary s.json",
        );
        let (delete, insert) = (lines(folder, "d/delete.nq"), lines(folder, "d/insert.nq"));
        assert!(err.contains(&format!(
            "delta:   {} deleted, {} inserted",
            delete.len(),
            insert.len()
        )));
        assert_eq!(json(folder, "s.json")["delta"]["deleted"], delete.len());
        assert_eq!(delete.iter().any(|line| line.contains("\"ncbigene:207\"")), round == 1);
        assert_eq!(insert.is_empty(), round > 0);
        let new: BTreeSet<_> = lines(folder, "a.nq").difference(&delete).cloned().collect();
        let new: BTreeSet<_> = new.union(&insert).cloned().collect();
        succeeds(folder, "convert db -o c.nq --manifest c.json");
        assert_eq!(new, lines(folder, "c.nq"));
        assert_eq!(json(folder, "b.json"), json(folder, "c.json"));
        let patch = fs::read_to_string(folder.join("d/patch.rdfp")).unwrap();
        let ids: Vec<_> =
            patch.lines().take(2).map(|line| line.split(' ').nth(2).unwrap()).collect();
        assert!(last_id.is_none_or(|last| last == ids[1]), "{patch}");
        last_id = Some(ids[0].to_owned());
        fs::write(folder.join("a.nq"), new.into_iter().map(|line| line + "\n").collect::<String>())
            .unwrap();
        fs::rename(folder.join("b.json"), folder.join("a.json")).unwrap();
    }
}

#[test]
fn a_delta_can_be_compressed_and_the_old_output_be_in_parts() {
    let folder = database();
    let folder = folder.path();
    succeeds(folder, "convert db -o a.nq.gz --manifest a.json.zst");
    for part in ["core", "links", "wp", "evidence"] {
        succeeds(folder, &format!("convert db --parts {part} -o {part}.nq.zst"));
    }
    edit(folder);
    let delta = |old: &str, options: &str| {
        let delta = "convert db --since a.json.zst --emit delta";
        succeeds(folder, &format!("{delta} {old} {options}"));
    };
    delta("--old a.nq.gz", "-o d -j 3");
    let parts = "--old evidence.nq.zst --old core.nq.zst --old wp.nq.zst --old links.nq.zst";
    delta(parts, "-o e --gzip -j 1");
    for name in ["insert.nq", "update.ru", "patch.rdfp", "delete.nq"] {
        let bytes = fs::read(folder.join(format!("e/{name}.gz"))).unwrap();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(&*bytes), &mut text)
            .unwrap();
        let mut found: Vec<_> = text.lines().collect();
        let expected = fs::read_to_string(folder.join("d").join(name)).unwrap();
        let mut expected: Vec<_> = expected.lines().collect();
        if name != "insert.nq" {
            // The order of deletions is that of the old output.
            found.sort_unstable();
            expected.sort_unstable();
        }
        // So is that of the graphs, whose names stand between the triples of an update.
        found.retain(|line| name != "update.ru" || line.ends_with(" ."));
        expected.retain(|line| name != "update.ru" || line.ends_with(" ."));
        assert_eq!(found, expected, "{name}");
    }
}

#[test]
fn what_cannot_be_compared_is_refused() {
    let folder = database();
    let folder = folder.path();
    succeeds(folder, "convert db -o a.nq --manifest a.json");
    fs::write(folder.join("names.dmp"), "1\t|\tx\t|\t\t|\tsynonym\t|\n").unwrap();
    for option in ["--no-captions", "--parts core", "--schema-base https", "--taxonomy names.dmp"] {
        let name = option.split(' ').next().unwrap();
        let expected =
            format!("a.json: does not tell what changed: it was written with another {name};");
        fails(folder, &format!("convert db --since a.json {option}"), &expected);
    }
    let manifest = fs::read_to_string(folder.join("a.json")).unwrap();
    fs::write(folder.join("b.json"), manifest.replace("pfocr2rdf 0.", "pfocr2rdf 9.")).unwrap();
    fails(
        folder,
        "convert db --since b.json",
        "b.json: does not tell what changed: it is of pfocr2rdf 9.",
    );
    fs::write(folder.join("b.json"), "{}").unwrap();
    fails(folder, "convert db --since b.json", "b.json: expected a manifest: missing field");
    fails(folder, "convert db --since no.json", "cannot read no.json");
    for arguments in ["--emit delta -o d", "--since a.json --emit delta -o d", "--old a.nq"] {
        fails(folder, &format!("convert db {arguments}"), "required arguments");
    }
    fails(folder, "convert db --since a.json --old a.nq", "required arguments");
    let delta = "convert db --since a.json --emit delta --old a.nq -o d";
    fails(folder, &format!("{delta} -t turtle"), "cannot be used with");
    let delta = "convert db --since a.json --emit delta -o d --old";
    fails(folder, &format!("{delta} no.nq"), "cannot read no.nq");
    fails(
        folder,
        &format!("{delta} a.json"),
        "a.json:1: found no quad, expected N-Quads as this program writes them",
    );
    fails(folder, &format!("{delta} a.nq --old a.nq"), "that the manifest tells of");
    for arguments in ["--manifest db/_data/PMC1__f-genes.tsv", "--since a.json --manifest a.json"] {
        fails(folder, &format!("convert db {arguments}"), "is also read as input");
    }
    fails(
        folder,
        "convert db -o b.json --manifest ./b.json",
        "is both the output and the manifest",
    );
    fs::create_dir_all(folder.join("d")).unwrap();
    fs::copy(folder.join("a.nq"), folder.join("d/insert.nq")).unwrap();
    fails(folder, &format!("{delta} d/insert.nq"), "is also read as input");
    assert_eq!(
        fs::read(folder.join("d/insert.nq")).unwrap(),
        fs::read(folder.join("a.nq")).unwrap()
    );
}

#[test]
fn triples_are_no_earlier_output() {
    let folder = database();
    let folder = folder.path();
    succeeds(folder, "convert db --parts links -o a.nt --manifest a.json");
    assert!(fs::read_to_string(folder.join("a.nt")).unwrap().starts_with('<'));
    edit(folder);
    let delta = "convert db --parts links --since a.json --emit delta --old a.nt -o d";
    fails(folder, delta, "a.nt:1: found no quad, expected N-Quads as this program writes them");
    assert!(!folder.join("d").exists());
}

#[test]
fn a_delta_appears_whole_or_not_at_all() {
    let folder = database();
    let folder = folder.path();
    succeeds(folder, "convert db -o a.nq --manifest a.json");
    fs::create_dir(folder.join("d")).unwrap();
    fs::write(folder.join("d/delete.nq"), "old").unwrap();
    fs::write(folder.join("a.txt"), "old").unwrap();
    edit(folder);
    let delta = "convert db --since a.json --emit delta --manifest b.json --old";
    fails(folder, &format!("{delta} a.json -o d"), "a.json:1: ");
    fails(folder, &format!("{delta} a.nq -o a.txt"), "cannot write a.txt");
    fails(folder, &format!("{delta} a.nq -o a.txt/d"), "cannot write a.txt/d");
    let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_pfocr2rdf"));
    let arguments = format!("{delta} a.nq -q -o d");
    let command = command.current_dir(folder).args(arguments.split_whitespace());
    let output = command.env("TMPDIR", "nowhere").output().unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    let expected =
        "pfocr2rdf: error: cannot write a temporary file in nowhere: No such file or directory";
    assert!(err.starts_with(expected), "{err}");
    let files: Vec<_> = fs::read_dir(folder.join("d")).unwrap().collect();
    assert_eq!(files.len(), 1);
    assert_eq!(fs::read_to_string(folder.join("d/delete.nq")).unwrap(), "old");
    assert_eq!(fs::read_to_string(folder.join("a.txt")).unwrap(), "old");
    assert!(!folder.join("b.json").exists());
}
