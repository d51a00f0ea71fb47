//! The page that shows a release to people.

use minijinja::{Environment, Value, context};

use super::manifest::{File, Manifest};
use crate::error::Error;
use crate::sink::Part;

const TEMPLATE: &str =
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/release/index.html"));

/// The page, as HTML.
pub(super) fn html(manifest: &Manifest, counts: &[(&str, u64)]) -> Result<String, Error> {
    let data = manifest.files.iter().filter(|file| file.triples.is_some()).map(row);
    let in_folder = |folder: &str| -> Vec<_> {
        let files = manifest.files.iter().filter_map(|file| {
            let name = file.name.strip_prefix(folder)?.strip_prefix('/')?;
            let stem = name.split('.').next().unwrap_or_default();
            Some(context! { path => file.name.as_str(), name => stem })
        });
        files.collect()
    };
    let counts: Vec<_> = counts
        .iter()
        .map(|(name, number)| context! { name => *name, number => grouped(*number) })
        .collect();
    let context = context! {
        manifest => context! {
            version => manifest.version.as_str(),
            created => manifest.created.as_str(),
            publisher => manifest.publisher.as_str(),
            source => manifest.source.as_deref(),
            previous => manifest.previous.as_deref(),
            generator => manifest.generator.as_str(),
            canonical_hash => manifest.canonical_hash.as_str(),
        },
        counts => counts,
        files => data.collect::<Vec<_>>(),
        recipes => super::extras::RECIPES.map(|(name, file, command)| {
            context! { name => name, file => file, command => command }
        }),
        queries => super::extras::QUERIES.map(|(file, sparql)| {
            let title = sparql.lines().next().unwrap_or_default().trim_start_matches("# ");
            context! { file => file, name => title, sparql => sparql }
        }),
        shapes => in_folder("shapes"),
        vocabularies => in_folder("vocab"),
        report => super::REPORT,
    };
    let mut environment = Environment::new();
    let page = environment
        .add_template("index.html", TEMPLATE)
        .and_then(|()| environment.get_template("index.html")?.render(context));
    page.map_err(|error| Error::invalid(format!("{error:#}")))
}

/// A row of the table of files.
fn row(file: &File) -> Value {
    let (title, description) = holds(file);
    context! {
        name => file.name.as_str(),
        title => title,
        description => description,
        triples => file.triples.map(grouped),
        bytes => grouped(file.bytes),
        sha256 => file.sha256.as_str(),
    }
}

/// What a file is called and what it holds.
pub(super) fn holds(file: &File) -> (&'static str, &'static str) {
    match file.part {
        Some(Part::Core) => ("core", "figures, articles and what the figures show"),
        Some(Part::Links) => ("links", "other IRIs of the same things"),
        Some(Part::Wp) => ("wp", "the same in the terms of WikiPathways"),
        Some(Part::Evidence) => ("evidence", "which word gave which entity"),
        None if file.name.contains("-metadata.") => ("metadata", "figures and articles only"),
        None if file.name.ends_with(".ttl.zst") => ("Turtle", "all parts in one graph"),
        None => ("quads", "all parts with their graphs"),
    }
}

/// A number with a comma after each three digits.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_three() {
        for (number, text) in [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(grouped(number), text);
        }
    }
}
