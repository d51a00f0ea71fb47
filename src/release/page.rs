//! The page that shows a release to people.

use minijinja::{Environment, Value, context};
use serde_json::Value as Json;

use super::extras;
use super::manifest::{File, Manifest, Role};
use crate::error::Error;
use crate::sink::{Part, Parts};
use crate::statistics::Statistics;

const TEMPLATE: &str =
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/release/index.html"));

/// The page, as HTML. `dataset` is the description for search engines, which want it in the page.
pub(super) fn html(
    manifest: &Manifest,
    statistics: &Statistics,
    dataset: &str,
) -> Result<String, Error> {
    let data = manifest.data().map(row);
    let schema = manifest.schema_base;
    let extras = extras::files(schema);
    let of_role = |role: Role| -> Vec<_> {
        let files = extras.iter().filter(|(entry, _)| entry.role == role).map(|(entry, _)| {
            let (_, name) = entry.name.rsplit_once('/').unwrap_or_default();
            let stem = name.split('.').next().unwrap_or_default();
            context! { path => entry.name.as_str(), name => stem }
        });
        files.collect()
    };
    let counts: Vec<_> = counts(manifest, statistics)
        .into_iter()
        .map(|(name, number)| context! { name => name, number => grouped(number) })
        .collect();
    let context = context! {
        manifest => context! {
            version => manifest.version.as_str(),
            created => manifest.created.as_str(),
            publisher => manifest.publisher.as_str(),
            publisher_name => manifest.publisher_name.as_str(),
            source => manifest.source.as_deref(),
            previous => manifest.previous.as_ref().map(|previous| previous.base.as_str()),
            generator => manifest.generator.as_str(),
            canonical_hash => manifest.canonical_hash.as_str(),
        },
        counts => counts,
        files => data.collect::<Vec<_>>(),
        recipes => extras::RECIPES.map(|(name, file, command)| {
            context! { name => name, file => file, command => command }
        }),
        queries => extras::queries(schema).map(|(file, sparql)| {
            let title = sparql.lines().next().unwrap_or_default().trim_start_matches("# ");
            context! { file => file, name => title, sparql => sparql.as_str() }
        }).collect::<Vec<_>>(),
        shapes => of_role(Role::Shapes),
        vocabularies => of_role(Role::Vocabulary),
        report => super::REPORT,
        // Nothing in it can end the element or begin a comment.
        dataset => dataset.trim_end().replace('<', "\\u003c"),
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

/// The numbers that the page begins with.
fn counts(manifest: &Manifest, statistics: &Statistics) -> Vec<(&'static str, u64)> {
    let counts = statistics.counts(Parts::ALL);
    let of_class = |name: &str| {
        let classes = counts.classes.iter();
        let number = classes.filter(|(class, _)| class.ends_with(name)).map(|(_, number)| number);
        number.sum()
    };
    let figures = manifest.summary.pointer("/records/converted").and_then(Json::as_u64);
    vec![
        ("figures", figures.unwrap_or_default()),
        ("articles", of_class("schema.org/ScholarlyArticle")),
        ("genes", of_class("schema.org/Gene")),
        ("chemicals", of_class("schema.org/ChemicalSubstance")),
        ("diseases", of_class("schema.org/MedicalCondition")),
        ("triples", counts.triples),
    ]
}

/// What a file of data is called and what it holds.
pub(super) fn holds(file: &File) -> (&'static str, &'static str) {
    match (file.role, file.part) {
        (_, Some(Part::Core)) => ("core", "figures, articles and what the figures show"),
        (_, Some(Part::Links)) => ("links", "other IRIs of the same things"),
        (_, Some(Part::Wp)) => ("wp", "the same in the terms of WikiPathways"),
        (_, Some(Part::Evidence)) => ("evidence", "which word gave which entity"),
        (Role::Metadata, None) => ("metadata", "figures and articles only"),
        (Role::Turtle, None) => ("Turtle", "all parts in one graph"),
        _ => ("quads", "all parts with their graphs"),
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
