//! What a record says that another record may contradict.

use std::hash::Hash;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::diagnostic::{Code, Location};
use crate::raw::{FrontMatter, Place, quote};
use crate::record::{Concept, Record};
use crate::sink::fingerprint;

/// What all records should say alike.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(crate) enum Topic {
    /// The figure that a name means: its figid, or its alias.
    Name,
    /// The symbol of a gene.
    Symbol,
    /// Whether an identifier is that of a chemical or of a disease.
    Kind,
}

impl Topic {
    pub(crate) fn code(self) -> Code {
        match self {
            Self::Name => Code::AmbiguousAlias,
            Self::Symbol => Code::SymbolConflict,
            Self::Kind => Code::KindConflict,
        }
    }
}

/// One value, and what it is the value of.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Claim {
    pub(crate) topic: Topic,
    about: Box<str>,
    value: Box<str>,
    pub(crate) place: Place,
}

impl Claim {
    /// Whether both say what should be the same.
    pub(crate) fn is_about_the_same(&self, other: &Self) -> bool {
        (self.topic, &self.about) == (other.topic, &other.about)
    }

    /// What is claimed, against what was claimed before.
    pub(crate) fn against(&self, first: &Self, location: &Location) -> String {
        let [about, value, first] = match self.topic {
            Topic::Kind => [&self.about, &self.value, &first.value].map(ToString::to_string),
            _ => [&self.about, &self.value, &first.value].map(|text| quote(text)),
        };
        match self.topic {
            Topic::Name => format!(
                "found the name {about} of the figure {value}, which is that of {first} at {location}"
            ),
            Topic::Symbol => format!(
                "found the symbol {value} of the gene {about}, which is {first} at {location}"
            ),
            Topic::Kind => {
                format!("found {about} as a {value}, which is a {first} at {location}")
            }
        }
    }
}

/// Gathers claims, each once.
#[derive(Debug, Default)]
pub(crate) struct Claims {
    seen: FxHashSet<u128>,
    new: Vec<Claim>,
}

impl Claims {
    /// Notes what a record says.
    pub(crate) fn read(&mut self, record: &Record<'_>, front_matter: &FrontMatter<'_>) {
        let figid = record.figure.id.as_str();
        self.push(Topic::Name, figid, figid, front_matter.figid.place);
        if let Some(alias) = &record.figure.alias {
            self.push(Topic::Name, alias, figid, front_matter.figid_alias.place);
        }
        for gene in &record.genes {
            if let (Some(id), Some(symbol)) = (&gene.id, &gene.symbol) {
                self.add(Topic::Symbol, id.as_str(), symbol, gene.mention.place);
            }
        }
        self.add_kind(&record.chemicals, "chemical");
        self.add_kind(&record.diseases, "disease");
    }

    /// The claims that were not there before, since the last call.
    pub(crate) fn take(&mut self) -> Vec<Claim> {
        std::mem::take(&mut self.new)
    }

    fn add_kind(&mut self, concepts: &[Concept<'_>], kind: &str) {
        for concept in concepts {
            if let Some(mesh) = &concept.mesh {
                self.add(Topic::Kind, mesh.as_str(), kind, concept.mention.place);
            }
        }
    }

    fn add(&mut self, topic: Topic, about: &str, value: &str, place: Place) {
        if self.seen.insert(fingerprint(|hasher| (topic, about, value).hash(hasher))) {
            self.push(topic, about, value, place);
        }
    }

    fn push(&mut self, topic: Topic, about: &str, value: &str, place: Place) {
        self.new.push(Claim { topic, about: about.into(), value: value.into(), place });
    }
}

/// What was claimed first of everything, as hashes.
#[derive(Debug, Default)]
pub(crate) struct Agreement {
    first: FxHashMap<u128, First>,
    /// The claims that contradict an earlier one.
    contradictions: FxHashSet<u128>,
}

/// The value that was claimed first, and the number of the record.
#[derive(Debug)]
struct First {
    value: u64,
    record: u32,
}

impl Agreement {
    /// The number of the record that a claim contradicts, unless an equal claim did so before.
    pub(crate) fn contradicted(&mut self, claim: &Claim, record: u32) -> Option<u32> {
        let Claim { topic, about, value, .. } = claim;
        let key = fingerprint(|hasher| (topic, about).hash(hasher));
        let pair = fingerprint(|hasher| (key, value).hash(hasher));
        // The lower half is a hash as well.
        #[expect(clippy::cast_possible_truncation, reason = "half of a hash is a hash")]
        let value = pair as u64;
        let first = self.first.entry(key).or_insert(First { value, record });
        (first.value != value && self.contradictions.insert(pair)).then_some(first.record)
    }
}
