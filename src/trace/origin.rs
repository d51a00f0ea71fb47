//! Which value makes which triple.
//!
//! The mapping is asked itself: it maps the record without its lists and rows, and then one item
//! or row at a time, with nothing else said of figure, page and article. A triple comes from the first of these that gives it, and there from
//! the value that its rule reads.

use std::{io, ptr};

use oxrdf::{NamedOrBlankNodeRef, Triple, TripleRef};
use rustc_hash::FxHashMap;

use super::input::Input;
use super::unit::{self, Unit};
use crate::convert::Converter;
use crate::mapping::{self, Rule};
use crate::record::Record;
use crate::sink::{Mapped, Once, Part, QuadSink};

/// A record, in the units that its triples come from.
pub(crate) struct Origins<'r> {
    converter: &'r Converter<'r>,
    record: &'r Record<'r>,
    /// The record without its lists and rows, and without anything else.
    bare: Record<'r>,
    frame: Record<'r>,
    inputs: &'r [Input<'r>],
    units: Vec<Unit<'r>>,
}

/// A triple, and the rule that makes it.
pub(crate) type Ruled = (&'static Rule, Triple);

/// A triple, and the position of the value that it is made of.
pub(crate) struct Origin {
    /// The position of the unit that the value is in.
    unit: usize,
    pub(crate) input: usize,
    pub(crate) rule: &'static Rule,
    pub(crate) triple: Triple,
}

/// A triple that an earlier value made.
pub(super) struct Repeat {
    pub(super) input: usize,
    pub(super) rule: &'static Rule,
    pub(super) first: usize,
}

/// Who makes each triple first: the position of the unit, and the rule.
type Makers = FxHashMap<(Part, Triple), Option<(usize, &'static Rule)>>;
/// The first unit that makes a triple of each subject.
type Subjects = FxHashMap<String, Option<usize>>;

impl<'r> Origins<'r> {
    pub(crate) fn new(
        converter: &'r Converter<'_>,
        record: &'r Record<'_>,
        inputs: &'r [Input<'_>],
    ) -> Self {
        let (bare, frame) = (unit::bare(record), unit::frame(record));
        Self { converter, record, bare, frame, inputs, units: unit::units(inputs) }
    }

    /// The triples of the record that are wanted, in their order.
    pub(crate) fn triples(&self, is_wanted: impl Fn(TripleRef<'_>) -> bool) -> Vec<Ruled> {
        map(self.converter, self.record, is_wanted)
    }

    /// Where triples of the record come from. What is counted over rows is made by none of them
    /// alone, and comes from the first unit that says something of the same subject.
    pub(crate) fn of(&self, triples: Vec<Ruled>) -> Vec<Origin> {
        let (makers, subjects) = self.makers(&triples);
        let origin = |(rule, triple): Ruled| {
            let quad = (rule.part, triple);
            let counted = || (subjects.get(subject(quad.1.as_ref())).copied().flatten(), rule);
            let made = makers.get(&quad).copied().flatten();
            let (unit, rule) = made.map_or_else(counted, |(unit, rule)| (Some(unit), rule));
            let unit = unit.unwrap_or(0);
            Origin { unit, input: self.input(unit, rule), rule, triple: quad.1 }
        };
        triples.into_iter().map(origin).collect()
    }

    /// The triples that are made again after they were made where these come from.
    pub(super) fn repeats(&self, origins: &[Origin]) -> Vec<Repeat> {
        let key = |origin: &Origin| (origin.rule.part, origin.triple.clone());
        let first = |origin| (key(origin), origin);
        let firsts: FxHashMap<_, &Origin> = origins.iter().map(first).collect();
        let mut repeats = Vec::new();
        for (position, unit) in self.units.iter().enumerate() {
            for (rule, triple) in self.made_by(unit, |_| true) {
                let first = firsts.get(&(rule.part, triple));
                // Every unit has the triples of the keys.
                if let Some(first) = first.filter(|f| f.unit != position && f.unit != 0) {
                    let (input, first) = (self.input(position, rule), first.input);
                    repeats.push(Repeat { input, rule, first });
                }
            }
        }
        repeats
    }

    /// The value that one of the rules would read where a triple comes from, if it is there.
    pub(crate) fn read_by<'k>(
        &self,
        rules: impl IntoIterator<Item = &'k Rule>,
        origin: &Origin,
    ) -> Option<&'r Input<'r>> {
        let unit = self.units.get(origin.unit)?;
        let mut keys = rules.into_iter().flat_map(Rule::keys);
        keys.find_map(|key| unit.with_key(&key, self.inputs))
    }

    /// A value of, or below, the key of the record that one of the rules reads from, and whether the
    /// rule reads what is below; if what a triple comes from is no list or row.
    pub(crate) fn beside<'k>(
        &self,
        rules: impl IntoIterator<Item = &'k Rule>,
        origin: &Origin,
    ) -> Option<(&'r Input<'r>, bool)> {
        self.units.get(origin.unit).filter(|unit| unit.is_of_keys())?;
        let mut keys = rules.into_iter().flat_map(Rule::keys);
        let outermost = |key: &str| key.split(": ").next().map(str::to_owned);
        keys.find_map(|key| {
            let entry = outermost(&key);
            let input = self.inputs.iter().find(|input| outermost(&input.key) == entry)?;
            Some((input, entry.as_deref() != Some(key.as_str())))
        })
    }

    /// The value that a triple is made of.
    pub(crate) fn made_of(&self, origin: &Origin) -> Option<&'r Input<'r>> {
        self.inputs.get(origin.input)
    }

    fn makers(&self, triples: &[Ruled]) -> (Makers, Subjects) {
        let quad = |(rule, triple): &Ruled| ((rule.part, triple.clone()), None);
        let mut makers: Makers = triples.iter().map(quad).collect();
        let node = |(_, triple): &Ruled| (subject(triple.as_ref()).to_owned(), None);
        let mut subjects: Subjects = triples.iter().map(node).collect();
        let mut rules: Vec<&Rule> = Vec::new();
        for (rule, _) in triples {
            if !rules.iter().any(|known| ptr::eq(*known, *rule)) {
                rules.push(rule);
            }
        }
        let is_asked = |(position, unit): &(usize, &Unit<'_>)| {
            *position == 0 || rules.iter().any(|rule| unit.can_make(rule))
        };
        let units: Vec<_> = self.units.iter().enumerate().filter(is_asked).collect();
        if units.len() == 1 {
            // What nothing else can make comes from the first.
            return (makers, subjects);
        }
        let mut open = makers.len();
        for (position, unit) in units {
            if open == 0 {
                break;
            }
            let is_of = |triple: TripleRef<'_>| subjects.contains_key(subject(triple));
            for (rule, triple) in self.made_by(unit, is_of) {
                if let Some(first) = subjects.get_mut(subject(triple.as_ref())) {
                    first.get_or_insert(position);
                }
                if let Some(maker @ None) = makers.get_mut(&(rule.part, triple)) {
                    *maker = Some((position, rule));
                    open -= 1;
                }
            }
        }
        (makers, subjects)
    }

    fn made_by(&self, unit: &Unit<'_>, is_wanted: impl Fn(TripleRef<'_>) -> bool) -> Vec<Ruled> {
        match unit.added_to(&self.frame, self.record) {
            Some(record) => map(self.converter, &record, is_wanted),
            None => map(self.converter, &self.bare, is_wanted),
        }
    }

    fn input(&self, unit: usize, rule: &Rule) -> usize {
        self.units.get(unit).map_or(0, |unit| unit.input(rule, self.inputs))
    }
}

/// The triples of a record that are wanted, each once.
fn map(
    converter: &Converter<'_>,
    record: &Record<'_>,
    is_wanted: impl Fn(TripleRef<'_>) -> bool,
) -> Vec<Ruled> {
    let mut sink = Wanted { is_wanted, sink: Once::new(Kept::default()) };
    // Memory takes every triple.
    let _ = mapping::map(record, converter.context(), &mut sink);
    sink.sink.into_inner().0
}

struct Wanted<W> {
    is_wanted: W,
    sink: Once<Kept>,
}

impl<W: Fn(TripleRef<'_>) -> bool> QuadSink for Wanted<W> {
    fn quad(&mut self, quad: &Mapped<'_>) -> io::Result<()> {
        if (self.is_wanted)(quad.triple()) { self.sink.quad(quad) } else { Ok(()) }
    }

    fn describe(&mut self, key: u128) -> bool {
        self.sink.describe(key)
    }
}

#[derive(Default)]
struct Kept(Vec<Ruled>);

impl QuadSink for Kept {
    fn quad(&mut self, quad: &Mapped<'_>) -> io::Result<()> {
        self.0.push((quad.rule, quad.triple().into_owned()));
        Ok(())
    }
}

fn subject(triple: TripleRef<'_>) -> &str {
    match triple.subject {
        NamedOrBlankNodeRef::NamedNode(node) => node.as_str(),
        NamedOrBlankNodeRef::BlankNode(node) => node.as_str(),
    }
}
