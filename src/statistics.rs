//! The triples of a dump in numbers, as [VoID](https://www.w3.org/TR/void/#statistics) wants them.

mod line;
mod target;

use std::collections::BTreeMap;
use std::hash::Hasher;

use oxrdf::vocab::{rdf, xsd};
use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::Xxh3;

use self::line::Line;
use crate::iri;
use crate::sink::{Part, Parts};

pub use self::target::Target;

/// Counts triples while they are written, one reading for all numbers.
///
/// Distinct terms are counted by their 64-bit hashes, with a byte or two of where they stand: 20
/// to 40 MB for each million of terms. Of 15 million terms two have the same hash in one of
/// 160,000 dumps.
///
/// ```
/// use pfocr2rdf::sink::{Part, Parts};
/// use pfocr2rdf::statistics::Statistics;
///
/// let mut statistics = Statistics::default();
/// let lines = "<http://example.org/a> <http://schema.org/name> \"a\"@en .\n\
///              <http://example.org/a> <http://schema.org/url> <http://example.org/b> .\n";
/// statistics.add(Part::Core, lines.as_bytes());
/// let counts = statistics.counts(Parts::ALL);
/// assert_eq!((counts.triples, counts.subjects, counts.objects), (2, 1, 2));
/// assert_eq!(counts.properties["http://schema.org/name"], 1);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Statistics {
    /// The roles of each term, by its hash.
    terms: FxHashMap<u64, u16>,
    /// Of each part, and of the subset.
    tallies: [Tally; LAYERS],
    subset: Option<Subset>,
    /// The first figure that each part describes.
    figures: [Option<Box<str>>; 4],
}

/// Whether a line of a part is of the subset that is counted by itself as well.
pub type Subset = fn(Part, &[u8]) -> bool;

/// The parts and the subset.
const LAYERS: usize = 5;
const SUBSET: usize = 4;

/// Numbers of some parts.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Counts {
    /// Triples.
    pub triples: u64,
    /// Subjects that have a type.
    pub entities: u64,
    /// Distinct subjects.
    pub subjects: u64,
    /// Distinct objects, IRIs and literals.
    pub objects: u64,
    /// Distinct literals.
    pub literals: u64,
    /// Triples of each property, by its IRI.
    pub properties: BTreeMap<String, u64>,
    /// Entities of each class, by its IRI.
    pub classes: BTreeMap<String, u64>,
    /// Literals of each datatype, by its IRI, one for each triple.
    pub datatypes: BTreeMap<String, u64>,
    /// Triples whose object is of another dataset, by the dataset and the IRI of the property.
    pub links: BTreeMap<(Target, String), u64>,
}

/// Numbers of one part that can be added.
#[derive(Clone, Debug, Default)]
struct Tally {
    triples: u64,
    properties: Names,
    classes: Names,
    datatypes: Names,
    links: BTreeMap<Target, Names>,
}

type Names = BTreeMap<Box<str>, u64>;

/// What a term is in a layer; each takes as many bits as there are layers.
#[derive(Clone, Copy)]
enum Role {
    Subject,
    Object,
    Typed,
}

/// That a term is a literal, in whatever layer.
const LITERAL: u16 = 1 << 15;

impl Role {
    /// The bits of this role in the layers that have theirs in `layers`.
    fn of(self, layers: u16) -> u16 {
        layers << (LAYERS * self as usize)
    }
}

impl Statistics {
    /// Statistics that also count the lines of a subset by themselves.
    #[must_use]
    pub fn with_subset(subset: Subset) -> Self {
        Self { subset: Some(subset), ..Self::default() }
    }

    /// Counts lines of N-Triples, as the serializer writes them. No triple may come twice.
    pub fn add(&mut self, part: Part, lines: &[u8]) {
        for bytes in lines.split(|byte| *byte == b'\n') {
            let Some(line) = str::from_utf8(bytes).ok().and_then(Line::parse) else { continue };
            let is_subset = self.subset.is_some_and(|subset| subset(part, bytes));
            self.add_terms(1 << part as u16 | u16::from(is_subset) << SUBSET, line);
            let subset = is_subset.then_some(SUBSET);
            for layer in [part as usize].into_iter().chain(subset) {
                if let Some(tally) = self.tallies.get_mut(layer) {
                    tally.add(line);
                }
            }
            if let Some(figure @ None) = self.figures.get_mut(part as usize)
                && is_figure(line.subject)
            {
                *figure = Some(line.subject.into());
            }
        }
    }

    fn add_terms(&mut self, layers: u16, line: Line<'_>) {
        let typed = if line.is_type() { Role::Typed.of(layers) } else { 0 };
        *self.terms.entry(hash(line.subject, "")).or_default() |= Role::Subject.of(layers) | typed;
        let literal = if line.datatype.is_some() { LITERAL } else { 0 };
        let object = hash(line.object, line.datatype.unwrap_or_default());
        *self.terms.entry(object).or_default() |= Role::Object.of(layers) | literal;
    }

    /// The numbers of some parts together.
    #[must_use]
    pub fn counts(&self, parts: Parts) -> Counts {
        self.counts_of(&parts.iter().map(|part| part as usize).collect::<Vec<_>>())
    }

    /// The numbers of the subset.
    #[must_use]
    pub fn subset_counts(&self) -> Counts {
        self.counts_of(&[SUBSET])
    }

    /// The IRI of the first figure, in the first part that describes one.
    #[must_use]
    pub fn first_figure(&self) -> Option<&str> {
        self.figures.iter().find_map(Option::as_deref)
    }

    #[expect(clippy::iter_over_hash_type, reason = "sums do not depend on the order")]
    fn counts_of(&self, layers: &[usize]) -> Counts {
        let bits = layers.iter().fold(0, |bits, layer| bits | 1 << layer);
        let (subject, object) = (Role::Subject.of(bits), Role::Object.of(bits));
        let typed = Role::Typed.of(bits);
        let mut counts = Counts::default();
        for roles in self.terms.values() {
            let is_object = roles & object != 0;
            counts.subjects += u64::from(roles & subject != 0);
            counts.objects += u64::from(is_object);
            counts.literals += u64::from(is_object && roles & LITERAL != 0);
            counts.entities += u64::from(roles & typed != 0);
        }
        for tally in layers.iter().filter_map(|layer| self.tallies.get(*layer)) {
            counts.triples += tally.triples;
            add(&mut counts.properties, &tally.properties);
            add(&mut counts.classes, &tally.classes);
            add(&mut counts.datatypes, &tally.datatypes);
            for (target, properties) in &tally.links {
                for (property, number) in properties {
                    *counts.links.entry((*target, property.to_string())).or_default() += number;
                }
            }
        }
        counts
    }
}

impl Tally {
    fn add(&mut self, line: Line<'_>) {
        self.triples += 1;
        count(&mut self.properties, line.predicate);
        if let Some(datatype) = line.datatype {
            count(&mut self.datatypes, datatype);
        } else if line.is_type() {
            count(&mut self.classes, line.object);
        } else if let Some(target) = Target::of(line.object) {
            count(self.links.entry(target).or_default(), line.predicate);
        }
    }
}

/// Whether an IRI is that of a figure, not of its page or of something on it.
fn is_figure(iri: &str) -> bool {
    iri.strip_prefix(iri::FIGURE.prefix())
        .is_some_and(|local| !local.contains('#') && local.strip_suffix(".html").is_none())
}

fn count(names: &mut Names, name: &str) {
    if let Some(number) = names.get_mut(name) {
        *number += 1;
    } else {
        names.insert(name.into(), 1);
    }
}

fn add(sums: &mut BTreeMap<String, u64>, names: &Names) {
    for (name, number) in names {
        *sums.entry(name.to_string()).or_default() += number;
    }
}

/// The hash of a term in two pieces, of which neither can be mistaken for the other.
fn hash(first: &str, second: &str) -> u64 {
    let mut hasher = Xxh3::new();
    hasher.write(first.as_bytes());
    hasher.write_u8(0);
    hasher.write(second.as_bytes());
    hasher.finish()
}
