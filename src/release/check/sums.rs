use std::collections::{BTreeMap, BTreeSet};

use super::tree::Tree;
use crate::release::{MANIFEST, Manifest, SUMS, checksum};

/// What is wrong with the sizes and checksums of the files; the manifest and the list of checksums
/// must name the same files, each once, and no others may be there.
pub(super) fn check(tree: &Tree, manifest: &Manifest) -> Vec<String> {
    let mut problems = Vec::new();
    let mut found = BTreeMap::new();
    for name in tree.names().filter(|name| *name != SUMS) {
        match tree.path(name).and_then(checksum::of) {
            Ok(sum) => drop(found.insert(name, sum)),
            Err(error) => problems.push(format!("{name}: {error}")),
        }
    }
    let mut names = BTreeSet::from([MANIFEST]);
    for file in &manifest.files {
        let name = file.name.as_str();
        if !names.insert(name) {
            problems.push(format!("{name}: stands in the manifest again"));
        }
        match found.get(name) {
            None => problems.push(format!("{name}: there is no such file in the release")),
            Some((bytes, _)) if *bytes != file.bytes => {
                problems.push(format!("{name}: found {bytes} bytes, expected {}", file.bytes));
            }
            Some((_, sum)) if *sum != file.sha256 => {
                let expected = &file.sha256;
                problems.push(format!("{name}: found the SHA-256 {sum}, expected {expected}"));
            }
            Some(_) => {}
        }
    }
    let unknown = found.keys().filter(|name| !names.contains(*name));
    problems.extend(unknown.map(|name| format!("{name}: is not of this release")));
    match tree.read(SUMS).map(String::from_utf8) {
        Ok(Ok(text)) => problems.extend(listed(&text, &names, &found)),
        Ok(Err(error)) => problems.push(format!("{SUMS}: {error}")),
        Err(error) => problems.push(format!("{SUMS}: {error}")),
    }
    problems
}

/// What is wrong with the list of checksums.
fn listed(
    text: &str,
    names: &BTreeSet<&str>,
    found: &BTreeMap<&str, (u64, String)>,
) -> Vec<String> {
    let mut problems = Vec::new();
    let mut listed = BTreeSet::new();
    for (number, line) in (1..).zip(text.lines()) {
        let Some((sum, name)) = line.split_once("  ") else {
            problems.push(format!(
                "{SUMS}:{number}: found {line:?}, expected a checksum, two spaces and a name"
            ));
            continue;
        };
        if !listed.insert(name) {
            problems.push(format!("{SUMS}:{number}: found {name} again"));
        } else if !names.contains(name) {
            problems.push(format!("{SUMS}:{number}: found {name}, which is not of this release"));
        } else if let Some((_, found)) = found.get(name).filter(|(_, found)| found != sum) {
            problems.push(format!("{name}: found the SHA-256 {found}, expected {sum}"));
        }
    }
    let missing = names.difference(&listed);
    problems.extend(missing.map(|name| format!("{name}: found no checksum in {SUMS}")));
    problems
}
