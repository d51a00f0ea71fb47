//! Where the triples of a record come from: each value of the record and its tables with what is
//! made of it, or why nothing is.

mod input;
mod keys;
mod origin;
mod reason;
mod scope;
mod unit;

use std::collections::HashSet;

use oxrdf::Triple;

use self::origin::Repeat;
use crate::convert::{Converter, Reading};
use crate::diagnostic::{Diagnostic, Location};
use crate::mapping::Rule;
use crate::raw::Locator;
use crate::source::{Document, Folder};

pub(crate) use self::input::{Input, inputs};
pub use self::keys::keys;
pub(crate) use self::origin::{Origin, Origins, Ruled};
pub use self::reason::Reason;
pub(crate) use self::scope::Scope;

/// The values of a record and its tables, in the order of the files, with their triples.
///
/// Each triple of the [conversion](Converter::convert) is with one value: the first that makes
/// it. What is made of no value alone is with the one that causes it: what every record says with
/// the figid, what is counted over equal rows with the word of the first.
///
/// ```
/// use pfocr2rdf::convert::Converter;
/// use pfocr2rdf::mapping::Context;
/// use pfocr2rdf::organisms::OrganismTable;
/// use pfocr2rdf::source::{Document, Folder};
/// use pfocr2rdf::trace::{Reason, Trace};
///
/// let organisms = OrganismTable::bundled();
/// let converter = Converter::new(Context::new(&organisms));
/// let bytes = b"---\nfigid: PMC1__f1\npmcid: PMC1\nyear: '2001'\nwpid: NA\n---\n".to_vec();
/// let document = Document { name: "f1.md".to_owned(), bytes, is_plain: false };
/// let trace = Trace::new(&converter, &document, &Folder::default()).unwrap();
///
/// let year = &trace.values[2];
/// assert_eq!((year.key.as_str(), year.location.to_string().as_str()), ("year", "f1.md:4:7"));
/// assert_eq!(
///     year.triples[0].rule.to_string(),
///     "A schema:datePublished \"{value}\"^^xsd:gYear",
/// );
/// assert_eq!(year.triples[0].triple.object.to_string().get(..6), Some("\"2001\""));
/// assert_eq!(trace.values[3].reason, Some(Reason::Missing));
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Trace {
    /// The values.
    pub values: Vec<Value>,
    /// What is wrong with the record or its tables, but with none of the values: a key that is
    /// not there, for example.
    pub diagnostics: Vec<Diagnostic>,
}

/// A value of a record: a scalar of its front matter, a list without items, a cell of a table
/// (of those that are empty, only if there is something to say of it), or a row of a table of all
/// figures.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Value {
    /// Its key, as `year`, `schema-jsonld: license` or `genes: ncbigene_id`; see [`keys`].
    pub key: String,
    /// Where it stands.
    pub location: Location,
    /// The text as written; nothing for YAML null and for a list without items.
    pub text: Option<String>,
    /// What is made of it.
    pub triples: Vec<Made>,
    /// What would be made of it, but earlier values make it.
    pub repeats: Vec<Repeats>,
    /// What is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
    /// Why it has neither triples nor repeats.
    pub reason: Option<Reason>,
}

/// A triple, and the rule that makes it.
#[derive(Clone, Debug)]
pub struct Made {
    /// The rule.
    pub rule: &'static Rule,
    /// The triple.
    pub triple: Triple,
}

/// Triples that an earlier value makes.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Repeats {
    /// How many.
    pub number: usize,
    /// Where the earlier value stands.
    pub first: Location,
}

impl Trace {
    /// Follows the triples of a record to its values.
    ///
    /// # Errors
    ///
    /// The record cannot be read; what is wrong with it.
    pub fn new(
        converter: &Converter<'_>,
        document: &Document,
        folder: &Folder,
    ) -> Result<Self, Vec<Diagnostic>> {
        converter.read(document, folder, |reading| {
            let locator = reading.files.locator();
            let inputs = inputs(&reading, &locator, &Scope::whole());
            let record = Origins::new(converter, reading.record, &inputs);
            let origins = record.of(record.triples(|_| true));
            let repeats = record.repeats(&origins);
            let reasons = reason::Reasons::new(reading.record, &inputs, &origins, &repeats);
            let located = reading.findings.located(&locator);
            let value = |input| Value::new(input, &locator, &located);
            let mut values: Vec<_> = inputs.iter().map(value).collect();
            for origin in &origins {
                if let Some(value) = values.get_mut(origin.input) {
                    let (rule, triple) = (origin.rule, origin.triple.clone());
                    value.triples.push(Made { rule, triple });
                }
            }
            note_repeats(&mut values, &repeats);
            for (position, value) in values.iter_mut().enumerate() {
                if value.is_silent() {
                    value.reason = reasons.of(position);
                }
            }
            let is_shown = |(value, input): &(Value, &Input<'_>)| {
                !input.is_empty_cell() || !value.is_silent() || !value.diagnostics.is_empty()
            };
            let values = values.into_iter().zip(&inputs).filter(is_shown);
            let values = values.map(|(value, _)| value).collect();
            Self { values, diagnostics: of_no_value(&reading, &inputs, located) }
        })
    }
}

/// What is wrong with a record or its tables, but with none of the values.
fn of_no_value(
    reading: &Reading<'_>,
    inputs: &[Input<'_>],
    located: Vec<Diagnostic>,
) -> Vec<Diagnostic> {
    let noted: HashSet<_> = inputs.iter().flat_map(|input| &input.findings).collect();
    let others = (0..).zip(located).filter(|(position, _)| !noted.contains(position));
    reading.unreadable.iter().cloned().chain(others.map(|(_, diagnostic)| diagnostic)).collect()
}

fn note_repeats(values: &mut [Value], repeats: &[Repeat]) {
    let mut firsts: Vec<_> = repeats.iter().map(|repeat| (repeat.input, repeat.first)).collect();
    firsts.sort_unstable();
    for same in firsts.chunk_by(|a, b| a == b) {
        let [(input, first), ..] = same else { continue };
        let first = values.get(*first).map(|value| value.location.clone()).unwrap_or_default();
        if let Some(value) = values.get_mut(*input) {
            value.repeats.push(Repeats { number: same.len(), first });
        }
    }
}

impl Value {
    fn new(input: &Input<'_>, locator: &Locator<'_>, located: &[Diagnostic]) -> Self {
        Self {
            key: input.key.to_string(),
            location: input.location(locator),
            text: input.text.as_deref().map(str::to_owned),
            triples: Vec::new(),
            repeats: Vec::new(),
            diagnostics: input.diagnostics(located),
            reason: None,
        }
    }

    /// Whether nothing is made of it.
    fn is_silent(&self) -> bool {
        self.triples.is_empty() && self.repeats.is_empty()
    }
}

impl Eq for Made {}

impl PartialEq for Made {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.rule, other.rule) && self.triple == other.triple
    }
}
