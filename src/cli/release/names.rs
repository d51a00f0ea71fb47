use std::path::{self, Path};

use pfocr2rdf::diagnostic::{Diagnostic, Location};
use pfocr2rdf::source::Input;

/// What files are called in what is published: folder and file, which does not depend on where the
/// database lies and how the user spelt that.
pub(super) struct Names {
    /// What names of files in messages can begin with, and what is published instead.
    folders: Vec<(String, String)>,
}

impl Names {
    pub(super) fn new(inputs: &[Input], data: Option<&Path>) -> Self {
        let mut folders = Vec::new();
        for record in inputs.iter().filter_map(|input| input.records().first()) {
            let name = record.name();
            let folder = Path::new(name.strip_suffix(&record.file_name()).unwrap_or_default());
            for folder in [folder.to_owned(), Path::new(".").join(folder)] {
                let beside = folder.parent().unwrap_or(&folder).join("_data");
                folders.extend([folder.join("..").join("_data"), beside, folder]);
            }
        }
        folders.extend(data.map(Path::to_owned));
        let begins = folders.into_iter().filter(|folder| folder.file_name().is_some());
        let mut folders: Vec<_> = begins
            .map(|folder| (folder.join("").display().to_string(), published(&folder, 1) + "/"))
            .collect();
        // A folder before those that it is in.
        folders.sort_by_key(|(folder, _)| std::cmp::Reverse(folder.len()));
        Self { folders }
    }

    /// The diagnostic with these names.
    pub(super) fn apply(&self, diagnostic: &Diagnostic) -> Diagnostic {
        let mut diagnostic = diagnostic.clone();
        let related = diagnostic.related.iter_mut().map(|related| &mut related.location);
        for Location { file, .. } in related.chain([&mut diagnostic.location]) {
            if !file.is_empty() && file != "-" {
                *file = published(Path::new(file.as_str()), 2);
            }
        }
        for (folder, name) in &self.folders {
            let (folder, name) = (format!(" {folder}"), format!(" {name}"));
            diagnostic.message = diagnostic.message.replace(&folder, &name);
        }
        diagnostic
    }
}

/// The last names of a path; those of the working directory are known.
fn published(path: &Path, number: usize) -> String {
    let absolute = path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let names: Vec<_> = absolute.iter().map(|name| name.to_string_lossy()).collect();
    names.get(names.len().saturating_sub(number)..).unwrap_or_default().join("/")
}

#[cfg(test)]
mod tests {
    use pfocr2rdf::diagnostic::Code;

    use super::*;

    #[test]
    fn names_are_folder_and_file() {
        let t = |file: &str, expected: &str| {
            let location = Location::new(file.to_owned(), 1, 1);
            let names = Names { folders: vec![("./s/_figures/".into(), "_figures/".into())] };
            let message = "found it, which ./s/_figures/a.md has";
            let found = names.apply(&Diagnostic::new(Code::MissingFigid, location, message));
            assert_eq!(found.location.file, expected);
            assert_eq!(found.message, "found it, which _figures/a.md has");
        };
        for file in ["s/_data/a.tsv", "/x/s/_data/a.tsv", "_data/a.tsv", "-/s/_data/a.tsv"] {
            t(file, "_data/a.tsv");
        }
        t("-", "-");
        t("", "");
    }
}
