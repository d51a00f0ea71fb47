use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use crate::error::Error;
use crate::release::{MANIFEST, Manifest, SUMS, checksum};

/// What is wrong with the checksums and sizes of the files, and files that should not be there.
pub(super) fn check(folder: &Path, manifest: &Manifest) -> Result<Vec<String>, Error> {
    let path = folder.join(SUMS);
    let text = fs::read_to_string(&path).map_err(|cause| Error::read(&path, cause))?;
    let mut problems = Vec::new();
    let mut listed = BTreeMap::new();
    for (number, line) in (1..).zip(text.lines()) {
        match line.split_once("  ") {
            Some((sum, name)) => drop(listed.insert(name, sum)),
            None => problems.push(format!(
                "{SUMS}:{number}: found {line:?}, expected a checksum, two spaces and a name"
            )),
        }
    }
    let files: BTreeMap<_, _> =
        manifest.files.iter().map(|file| (file.name.as_str(), file)).collect();
    for (name, sum) in &listed {
        match checksum::of(&folder.join(name)) {
            Err(error) => problems.push(format!("{name}: {error}")),
            Ok((_, found)) if found != **sum => {
                problems.push(format!("{name}: found the SHA-256 {found}, expected {sum}"));
            }
            Ok((bytes, found)) => {
                let file = files.get(name);
                if file.is_some_and(|file| file.bytes != bytes || file.sha256 != found) {
                    problems.push(format!("{name}: the manifest has another size or checksum"));
                }
            }
        }
    }
    let missing = files.keys().chain([&MANIFEST]).filter(|name| !listed.contains_key(**name));
    problems.extend(missing.map(|name| format!("{name}: found no checksum in {SUMS}")));
    let found = names(folder, "").map_err(|cause| Error::read(folder, cause))?;
    let unknown = found.iter().filter(|name| !listed.contains_key(name.as_str()) && *name != SUMS);
    problems.extend(unknown.map(|name| format!("{name}: is not of this release")));
    Ok(problems)
}

/// The paths of all files in a folder, in their order.
fn names(folder: &Path, before: &str) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{before}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            names.extend(self::names(&entry.path(), &format!("{name}/"))?);
        } else {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}
