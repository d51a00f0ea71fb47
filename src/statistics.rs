//! The triples of a dump in numbers, as [VoID](https://www.w3.org/TR/void/#statistics) wants them.

mod line;
mod target;

use std::collections::BTreeMap;
use std::hash::Hasher;

use oxrdf::vocab::{rdf, xsd};
use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::Xxh3;

use self::line::Line;
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
    parts: [Tally; 4],
}

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

/// What a term is in a part; each takes as many bits as there are parts.
#[derive(Clone, Copy)]
enum Role {
    Subject,
    Object,
    Typed,
}

impl Role {
    fn bit(self, part: Part) -> u16 {
        1 << (4 * self as u16 + part as u16)
    }
}

impl Statistics {
    /// Counts lines of N-Triples, as the serializer writes them. No triple may come twice.
    pub fn add(&mut self, part: Part, lines: &[u8]) {
        let lines = lines.split(|byte| *byte == b'\n');
        for line in lines.filter_map(|line| str::from_utf8(line).ok()).filter_map(Line::parse) {
            self.add_line(part, line);
        }
    }

    fn add_line(&mut self, part: Part, line: Line<'_>) {
        let is_type = line.predicate == rdf::TYPE.as_str();
        let typed = if is_type { Role::Typed.bit(part) } else { 0 };
        *self.terms.entry(hash(line.subject, "")).or_default() |= Role::Subject.bit(part) | typed;
        let object = hash(line.object, line.datatype.unwrap_or_default());
        *self.terms.entry(object).or_default() |= Role::Object.bit(part);
        let Some(tally) = self.parts.get_mut(part as usize) else { return };
        tally.triples += 1;
        count(&mut tally.properties, line.predicate);
        if let Some(datatype) = line.datatype {
            count(&mut tally.datatypes, datatype);
        } else if is_type {
            count(&mut tally.classes, line.object);
        } else if let Some(target) = Target::of(line.object) {
            count(tally.links.entry(target).or_default(), line.predicate);
        }
    }

    /// The numbers of some parts together.
    #[must_use]
    #[expect(clippy::iter_over_hash_type, reason = "sums do not depend on the order")]
    pub fn counts(&self, parts: Parts) -> Counts {
        let mask = |role: Role| parts.iter().fold(0, |mask, part| mask | role.bit(part));
        let (subject, object, typed) = (mask(Role::Subject), mask(Role::Object), mask(Role::Typed));
        let mut counts = Counts::default();
        for roles in self.terms.values() {
            counts.subjects += u64::from(roles & subject != 0);
            counts.objects += u64::from(roles & object != 0);
            counts.entities += u64::from(roles & typed != 0);
        }
        for tally in parts.iter().filter_map(|part| self.parts.get(part as usize)) {
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
