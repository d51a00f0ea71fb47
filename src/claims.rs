//! What a record says that another record may contradict.

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use crate::convert::Reading;
use crate::diagnostic::{Code, Diagnostic, Location};
use crate::raw::{Kind, quote};
use crate::record::{Concept, Record};
use crate::trace::{self, Input, Scope};

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
    fn code(self) -> Code {
        match self {
            Self::Name => Code::AmbiguousAlias,
            Self::Symbol => Code::SymbolConflict,
            Self::Kind => Code::KindConflict,
        }
    }
}

/// One value, and what it is the value of, as hashes: small, and cheap to make and to compare.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(crate) struct Claim {
    pub(crate) topic: Topic,
    about: u64,
    value: u64,
}

/// A claim in words.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Statement {
    about: String,
    value: String,
    location: Location,
}

impl Statement {
    /// What is wrong with it, as something else was stated before.
    pub(crate) fn against(self, first: Self, topic: Topic) -> Diagnostic {
        let [about, value, other] =
            [&self.about, &self.value, &first.value].map(|text| quote(text));
        let (message, related) = match topic {
            Topic::Name => (
                format!(
                    "found the name {about} of the figure {value}, which is that of {other} elsewhere"
                ),
                format!("the name is that of {other} here"),
            ),
            Topic::Symbol => (
                format!("found the symbol {value} of the gene {about}, which is {other} elsewhere"),
                format!("the symbol is {other} here"),
            ),
            Topic::Kind => {
                let (about, value, other) = (self.about, self.value, first.value);
                (
                    format!("found {about} as a {value}, which is a {other} elsewhere"),
                    format!("it is a {other} here"),
                )
            }
        };
        let diagnostic = Diagnostic::new(topic.code(), self.location, message);
        diagnostic.with_related(first.location, related)
    }
}

/// The claims of a record, in its order.
pub(crate) fn claims(record: &Record<'_>) -> Vec<Claim> {
    let rows = record.genes.len() + record.chemicals.len() + record.diseases.len();
    let mut claims: Vec<Claim> = Vec::with_capacity(2 + rows);
    each(record, |claim, _| {
        if claims.last() != Some(&claim) {
            claims.push(claim);
        }
    });
    claims
}

/// The words of a claim where a record makes it first.
pub(crate) fn find(wanted: Claim, reading: &Reading<'_>) -> Option<Statement> {
    let mut found = None;
    each(reading.record, |claim, words| {
        if found.is_none() && claim == wanted {
            found = Some(words);
        }
    });
    let Words { about, value, row, keys } = found?;
    let locator = reading.files.locator();
    let inputs = trace::inputs(reading, &locator, &Scope::whole());
    let is_it = |input: &&Input<'_>| input.row == row && keys.contains(&&*input.key);
    let location = inputs.iter().find(is_it)?.location(&locator);
    Some(Statement { about: about.to_owned(), value: value.to_owned(), location })
}

/// What a claim is about, its value, and where it stands: under one of the keys, in a row or not.
struct Words<'r> {
    about: &'r str,
    value: &'r str,
    row: Option<(Kind, usize)>,
    keys: &'static [&'static str],
}

fn each<'r>(record: &'r Record<'_>, mut take: impl FnMut(Claim, Words<'r>)) {
    let mut add = |topic, about: &'r str, value: &'r str, row, keys| {
        let claim = Claim { topic, about: hash((topic, about)), value: hash(value) };
        take(claim, Words { about, value, row, keys });
    };
    let figid = record.figure.id.as_str();
    add(Topic::Name, figid, figid, None, &["figid"]);
    if let Some(alias) = &record.figure.alias {
        add(Topic::Name, alias, figid, None, &["figid_alias"]);
    }
    for (row, gene) in record.genes.iter().enumerate() {
        if let (Some(id), Some(symbol)) = (&gene.id, &gene.symbol) {
            let keys = &["genes: ncbigene_symbol", "genes: hgnc_symbol"];
            add(Topic::Symbol, id.as_str(), symbol, Some((Kind::Genes, row)), keys);
        }
    }
    let mut add_all = |name, concepts: &'r [Concept<'_>], kind, keys| {
        for (row, Concept { mesh, .. }) in concepts.iter().enumerate() {
            if let Some(mesh) = mesh {
                add(Topic::Kind, mesh.as_str(), name, Some((kind, row)), keys);
            }
        }
    };
    let keys = &["chemicals: mesh", "chemicals: identifier"];
    add_all("chemical", &record.chemicals, Kind::Chemicals, keys);
    let keys = &["diseases: mesh", "diseases: identifier"];
    add_all("disease", &record.diseases, Kind::Diseases, keys);
}

fn hash(value: impl Hash) -> u64 {
    let mut hasher = FxHasher::default();
    value.hash(&mut hasher);
    hasher.finish()
}

/// What was claimed first of everything.
#[derive(Debug, Default)]
pub(crate) struct Agreement {
    first: FxHashMap<u64, First>,
    /// The claims that contradict an earlier one.
    contradictions: FxHashSet<Claim>,
}

/// The value that was claimed first, and the number of the record.
#[derive(Clone, Copy, Debug)]
struct First {
    value: u64,
    record: u32,
}

impl Agreement {
    /// The claim that this one contradicts, with the number of its record, unless an equal claim
    /// did so before.
    pub(crate) fn contradicted(&mut self, claim: Claim, record: u32) -> Option<(Claim, u32)> {
        let own = First { value: claim.value, record };
        let First { value, record } = *self.first.entry(claim.about).or_insert(own);
        let is_new = value != claim.value && self.contradictions.insert(claim);
        is_new.then_some((Claim { value, ..claim }, record))
    }
}
