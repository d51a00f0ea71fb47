//! Releases that somebody changed, as carefully as an attacker would.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;

use super::{files, folder, gunzip, hex, release, run};

pub(super) fn gzip(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

/// Writes a file of a release and makes checksums and sizes fit, as a careful attacker would.
pub(super) fn replace(out: &Path, name: &str, bytes: &[u8]) {
    let old = hex(&fs::read(out.join(name)).unwrap());
    fs::write(out.join(name), bytes).unwrap();
    let sums = fs::read_to_string(out.join("SHA256SUMS")).unwrap();
    fs::write(out.join("SHA256SUMS"), sums.replace(&old, &hex(bytes))).unwrap();
    edit(out, |manifest| {
        for file in manifest["files"].as_array_mut().unwrap() {
            if file["name"] == name {
                (file["bytes"], file["sha256"]) = (bytes.len().into(), hex(bytes).into());
            }
        }
    });
}

/// Changes the manifest and makes its checksum fit.
pub(super) fn edit(out: &Path, change: impl FnOnce(&mut Value)) {
    let text = fs::read(out.join("manifest.json")).unwrap();
    let mut manifest = serde_json::from_slice(&text).unwrap();
    change(&mut manifest);
    let changed = serde_json::to_string_pretty(&manifest).unwrap() + "\n";
    fs::write(out.join("manifest.json"), &changed).unwrap();
    let sums = fs::read_to_string(out.join("SHA256SUMS")).unwrap();
    let sums = sums.replace(&hex(&text), &hex(changed.as_bytes()));
    fs::write(out.join("SHA256SUMS"), sums).unwrap();
}

pub(super) fn copy(from: &Path, to: &Path) {
    for (name, bytes) in files(from, "") {
        fs::create_dir_all(to.join(&name).parent().unwrap()).unwrap();
        fs::write(to.join(&name), bytes).unwrap();
    }
}

/// A change of a release, as it is named in failures, and what the check says of it.
pub(super) type Case<'c> = (&'c str, Box<dyn Fn(&Path) + 'c>, &'c str);

/// Changes copies of a release, and sees whether the check finds the problem of each.
pub(super) fn each_is_seen(options: &str, cases: Vec<Case<'_>>) {
    let folder = folder();
    release(folder.path(), "out", options);
    let mut failures = Vec::new();
    for (name, change, expected) in cases {
        let copied = folder.path().join("copy");
        copy(&folder.path().join("out"), &copied);
        change(&copied);
        let (code, found, err) = run(folder.path(), "release --check copy");
        if code != 1 || !found.contains(expected) {
            failures.push(format!("{name}: expected {expected:?}: {code} {found}{err}"));
        }
        fs::remove_dir_all(copied).unwrap();
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

pub(super) fn case<'c>(name: &'c str, change: impl Fn(&Path) + 'c, expected: &'c str) -> Case<'c> {
    (name, Box::new(change), expected)
}

pub(super) const CORE: &str = "pfocr-20261101-rdf-core.nt.gz";
pub(super) const LINKS: &str = "pfocr-20261101-rdf-links.nt.gz";
pub(super) const QUADS: &str = "pfocr-20261101-rdf.nq.gz";
pub(super) const METADATA: &str = "pfocr-20261101-rdf-metadata.nt.gz";

pub(super) fn unpacked(out: &Path, name: &str) -> String {
    gunzip(&fs::read(out.join(name)).unwrap())
}
