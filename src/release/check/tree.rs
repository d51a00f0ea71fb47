use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use crate::error::Error;

/// The files of a release, by their paths with `/`. Every file is opened by one of these names, so
/// whatever the lists of a release say, nothing outside of it and no device is read.
pub(super) struct Tree {
    files: BTreeMap<String, PathBuf>,
    /// What is there and is neither a file nor the folder of one.
    pub(super) problems: Vec<String>,
}

impl Tree {
    pub(super) fn walk(root: &Path) -> Result<Self, Error> {
        let mut tree = Self { files: BTreeMap::new(), problems: Vec::new() };
        let mut folders = vec![(root.to_owned(), String::new())];
        while let Some((folder, name)) = folders.pop() {
            let cannot_read = |cause| Error::read(&folder, cause);
            let mut is_empty = true;
            for entry in fs::read_dir(&folder).map_err(cannot_read)? {
                let entry = entry.map_err(cannot_read)?;
                is_empty = false;
                let name = format!("{name}{}", entry.file_name().to_string_lossy());
                let kind = entry.file_type().map_err(cannot_read)?;
                if kind.is_dir() {
                    folders.push((entry.path(), format!("{name}/")));
                } else if kind.is_file() {
                    tree.files.insert(name, entry.path());
                } else {
                    tree.problems.push(format!("{name}: found a link or device, expected a file"));
                }
            }
            if is_empty && !name.is_empty() {
                tree.problems.push(format!("{name}: is an empty directory"));
            }
        }
        tree.problems.sort();
        Ok(tree)
    }

    /// The names of all files, in their order.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    pub(super) fn path(&self, name: &str) -> io::Result<&Path> {
        let missing = || io::Error::new(io::ErrorKind::NotFound, "there is no such file in it");
        self.files.get(name).map(PathBuf::as_path).ok_or_else(missing)
    }

    pub(super) fn open(&self, name: &str) -> io::Result<File> {
        File::open(self.path(name)?)
    }

    pub(super) fn read(&self, name: &str) -> io::Result<Vec<u8>> {
        fs::read(self.path(name)?)
    }
}
