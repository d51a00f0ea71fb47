use std::collections::BTreeSet;
use std::io;

use oxjsonld::JsonLdParser;
use oxrdf::Triple;
use oxttl::TurtleParser;

use super::tree::Tree;
use super::{SHOWN, conform};
use crate::error::Error;
use crate::release::contents::{self, Entry};
use crate::release::settings::GENERATOR;
use crate::release::{MANIFEST, Manifest, Role, Settings, texts};
use crate::statistics::Statistics;

/// What is not as this program makes it of the settings and the data.
#[derive(Default)]
pub(super) struct Made {
    /// The set of files, and those whose text is known.
    pub(super) files: Vec<String>,
    /// The description of the data.
    pub(super) description: Vec<String>,
}

pub(super) fn check(
    tree: &Tree,
    manifest: &Manifest,
    statistics: &Statistics,
) -> Result<Made, Error> {
    let mut made = Made::default();
    match manifest.settings() {
        Ok(settings) => made.compare(tree, manifest, (&settings, statistics))?,
        Err(error) => made.files.push(format!("{MANIFEST}: {error}")),
    }
    let is_other = manifest.generator != GENERATOR;
    for problems in [&mut made.files, &mut made.description] {
        if is_other && !problems.is_empty() {
            let generator = &manifest.generator;
            problems.push(format!(
                "the release was made by {generator}, and may be as that makes it; this is {GENERATOR}"
            ));
        }
    }
    Ok(made)
}

impl Made {
    fn compare(
        &mut self,
        tree: &Tree,
        manifest: &Manifest,
        (settings, statistics): (&Settings, &Statistics),
    ) -> Result<(), Error> {
        let texts = texts(manifest, settings, statistics)?;
        let texts_of = texts.iter().map(|(entry, _)| entry.clone());
        let entries = contents::data(settings).into_iter().chain(texts_of);
        self.files = listed(manifest, &entries.chain([contents::report()]).collect::<Vec<_>>());
        for (Entry { name, role, .. }, expected) in &texts {
            let Ok(found) = tree.read(name) else { continue };
            let compared = match role {
                Role::Description => {
                    self.description.extend(conform::check_description(&found)?);
                    graphs(expected, &found, turtle)
                }
                Role::Dataset => graphs(expected, &found, json_ld),
                _ if found == expected.as_bytes() => continue,
                _ => {
                    self.files.push(format!("{name}: is not what {GENERATOR} writes"));
                    continue;
                }
            };
            match compared {
                Ok(problems) => {
                    self.description.extend(problems.iter().map(|it| format!("{name}: {it}")));
                }
                Err(error) => self.description.push(format!("{name}: {error}")),
            }
        }
        Ok(())
    }
}

/// How the files of a manifest differ from those that it must have.
fn listed(manifest: &Manifest, entries: &[Entry]) -> Vec<String> {
    let mut problems = Vec::new();
    for entry in entries {
        match manifest.files.iter().find(|file| file.name == entry.name) {
            None => problems.push(format!("{}: is not in the manifest", entry.name)),
            Some(file) if !entry.is(file) => problems.push(format!(
                "{}: has another role, media type, part or graph in the manifest than it must have",
                entry.name
            )),
            Some(_) => {}
        }
    }
    let is_known = |name: &str| entries.iter().any(|entry| entry.name == name);
    for file in manifest.files.iter().filter(|file| !is_known(&file.name)) {
        problems.push(format!("{}: a release with these settings has no such file", file.name));
    }
    problems
}

type Statements = io::Result<BTreeSet<String>>;

fn turtle(text: &[u8]) -> Statements {
    let triples = TurtleParser::new().for_slice(text);
    triples.map(|triple| triple.map(|it| it.to_string()).map_err(io::Error::other)).collect()
}

fn json_ld(text: &[u8]) -> Statements {
    let quads = JsonLdParser::new().for_slice(text);
    quads
        .map(|quad| quad.map(|it| Triple::from(it).to_string()).map_err(io::Error::other))
        .collect()
}

/// The statements that are missing and those that nobody expects. What we write has no blank nodes.
fn graphs(expected: &str, found: &[u8], parse: fn(&[u8]) -> Statements) -> io::Result<Vec<String>> {
    let (expected, found) = (parse(expected.as_bytes())?, parse(found)?);
    let mut problems = told("missing", expected.difference(&found));
    problems.extend(told("unexpected", found.difference(&expected)));
    Ok(problems)
}

fn told<'s>(what: &str, mut statements: impl Iterator<Item = &'s String>) -> Vec<String> {
    let shown = statements.by_ref().take(SHOWN);
    let mut problems: Vec<_> = shown.map(|statement| format!("{what}: {statement}")).collect();
    match statements.count() {
        0 => {}
        more => problems.push(format!("{what}: {more} more")),
    }
    problems
}
