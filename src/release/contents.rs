//! Which files a release has: this follows from its settings.

use super::dataset::DATASET;
use super::description::DESCRIPTION;
use super::dump::Names;
use super::manifest::{File, Role};
use super::settings::Settings;
use super::{PAGE, REPORT};
use crate::serialize::Format;
use crate::sink::Part;

/// A file that a release must have.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) role: Role,
    pub(super) media_type: &'static str,
    pub(super) part: Option<Part>,
    pub(super) graph: Option<&'static str>,
}

impl Entry {
    pub(super) fn new(name: impl Into<String>, role: Role, media_type: &'static str) -> Self {
        Self { name: name.into(), role, media_type, part: None, graph: None }
    }

    /// Whether a manifest says the same of the file.
    pub(super) fn is(&self, file: &File) -> bool {
        let Self { name, role, media_type, part, graph } = self;
        let File { name: its_name, role: its_role, media_type: its_type, .. } = file;
        (name, role, *media_type) == (its_name, its_role, its_type)
            && (*part, *graph) == (file.part, file.graph.as_deref())
    }
}

/// The files with triples.
pub(super) fn data(settings: &Settings) -> Vec<Entry> {
    let names = Names::new(&settings.version);
    let entry = |name, role, format: Format| Entry::new(name, role, format.media_type());
    let part = |part: Part| Entry {
        part: Some(part),
        graph: Some(part.graph().as_str()),
        ..entry(names.part(part), Role::Part, Format::NTriples)
    };
    let mut files: Vec<_> = settings.parts.iter().map(part).collect();
    files.push(entry(names.quads(), Role::Quads, Format::NQuads));
    if settings.has_turtle {
        files.push(entry(names.turtle(), Role::Turtle, Format::Turtle));
    }
    let metadata = entry(names.metadata(), Role::Metadata, Format::NTriples);
    files.push(Entry { graph: Some(Part::Core.graph().as_str()), ..metadata });
    files
}

pub(super) fn description() -> Entry {
    Entry::new(DESCRIPTION, Role::Description, "text/turtle")
}

pub(super) fn dataset() -> Entry {
    Entry::new(DATASET, Role::Dataset, "application/ld+json")
}

pub(super) fn page() -> Entry {
    Entry::new(PAGE, Role::Page, "text/html")
}

pub(super) fn report() -> Entry {
    Entry::new(REPORT, Role::Report, "application/json")
}

/// The file with the name of the graph of another. Virtuoso looks for that of `a.nt.gz` in
/// `a.nt.graph`.
pub(super) fn sidecar(name: &str) -> String {
    format!("{}.graph", name.trim_end_matches(".gz"))
}
