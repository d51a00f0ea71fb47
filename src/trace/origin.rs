//! Which value makes which triple.
//!
//! The mapping is asked itself: it maps the record without its lists and rows, and then with one
//! item or row at a time. A triple comes from the first of these that gives it, and there from
//! the value that its rule reads.

use std::collections::HashMap;

use oxrdf::{NamedOrBlankNode, Triple};

use super::input::Input;
use crate::convert::Converter;
use crate::mapping::{self, Node, Rule};
use crate::raw::Kind;
use crate::record::{Record, Text};
use crate::sink::{Once, Part, Quads};

/// What is mapped by itself: everything that is no list, or an item, or a row.
struct Unit<'r> {
    /// The positions of its values among the inputs.
    inputs: Vec<usize>,
    content: Content<'r>,
}

enum Content<'r> {
    Keys,
    Item(&'r str, Text<'r>),
    Row(Kind, usize),
}

/// A triple, and the position of the value that it is made of.
pub(super) struct Origin {
    pub(super) input: usize,
    pub(super) rule: &'static Rule,
    pub(super) triple: Triple,
}

/// A triple that an earlier value made.
pub(super) struct Repeat {
    pub(super) input: usize,
    pub(super) rule: &'static Rule,
    pub(super) first: usize,
}

/// Who makes a triple first.
#[derive(Clone, Copy)]
struct Maker {
    unit: usize,
    input: usize,
    rule: &'static Rule,
}

/// The triples of a record in their order, and those that are made again.
pub(super) fn origins(
    converter: &Converter<'_>,
    record: &Record<'_>,
    inputs: &[Input<'_>],
) -> (Vec<Origin>, Vec<Repeat>) {
    let (bare, units) = (bare(record), units(inputs));
    let mut makers: HashMap<(Part, Triple), Maker> = HashMap::new();
    let mut subjects: HashMap<NamedOrBlankNode, &Unit<'_>> = HashMap::new();
    let mut repeats = Vec::new();
    for (position, unit) in units.iter().enumerate() {
        for (rule, triple) in map(converter, &unit.content.added_to(bare.clone(), record)) {
            subjects.entry(triple.subject.clone()).or_insert(unit);
            let input = unit.input(rule, inputs);
            let own = Maker { unit: position, input, rule };
            let maker = *makers.entry((rule.part, triple)).or_insert(own);
            // Every unit has the triples of the keys.
            if maker.unit != position && maker.unit != 0 {
                repeats.push(Repeat { input, rule, first: maker.input });
            }
        }
    }
    let origin = |(rule, triple): (&'static Rule, Triple)| {
        let quad = (rule.part, triple);
        let made = makers.get(&quad).map(|maker| (maker.input, maker.rule));
        // What is counted over rows is made by none of them alone.
        let counted = || subjects.get(&quad.1.subject).map(|unit| (unit.input(rule, inputs), rule));
        let (input, rule) = made.or_else(counted).unwrap_or((0, rule));
        Origin { input, rule, triple: quad.1 }
    };
    (map(converter, record).into_iter().map(origin).collect(), repeats)
}

/// The triples of a record, each once.
fn map(converter: &Converter<'_>, record: &Record<'_>) -> Vec<(&'static Rule, Triple)> {
    let mut sink = Once::new(Quads::default());
    // Memory takes every triple.
    let _ = mapping::map(record, converter.context(), &mut sink);
    let quads = sink.into_inner();
    quads.iter().map(|quad| (quad.rule, quad.triple.into_owned())).collect()
}

fn bare<'r>(record: &Record<'r>) -> Record<'r> {
    let mut bare = record.clone();
    bare.genes.clear();
    bare.chemicals.clear();
    bare.diseases.clear();
    bare.figure.organisms.clear();
    bare.page.keywords.clear();
    if let Some(article) = &mut bare.article {
        article.organisms.clear();
    }
    bare
}

/// The units, in the order of their first values; that of the keys is the first.
fn units<'r>(inputs: &'r [Input<'_>]) -> Vec<Unit<'r>> {
    let mut units = vec![Unit { inputs: Vec::new(), content: Content::Keys }];
    let (mut last_row, mut keys) = (None, Vec::new());
    for (position, input) in inputs.iter().enumerate() {
        if let Some((kind, row)) = input.row {
            if last_row.replace((kind, row)) != Some((kind, row)) {
                units.push(Unit { inputs: Vec::new(), content: Content::Row(kind, row) });
            }
            if let Some(unit) = units.last_mut() {
                unit.inputs.push(position);
            }
        } else if let (true, Some(item)) = (is_list(&input.key), input.present()) {
            units.push(Unit { inputs: vec![position], content: Content::Item(&input.key, item) });
            last_row = None;
        } else {
            keys.push(position);
        }
    }
    if let Some(first) = units.first_mut() {
        first.inputs = keys;
    }
    units
}

fn is_list(key: &str) -> bool {
    ["organisms", "organisms_ner", "schema-jsonld: keywords"].contains(&key)
}

impl Unit<'_> {
    /// The position of the value that a rule makes a triple of.
    fn input(&self, rule: &Rule, inputs: &[Input<'_>]) -> usize {
        if let (Content::Item(..), [item]) = (&self.content, self.inputs.as_slice()) {
            return *item;
        }
        let by_key = |key: &str, is_fit: fn(&Input<'_>) -> bool| {
            let mut own = self.inputs.iter().copied();
            own.find(|position| inputs.get(*position).is_some_and(|i| i.key == key && is_fit(i)))
        };
        let is_present: fn(&Input<'_>) -> bool = |input| input.present().is_some();
        // `NA` can be the name of a gene, and a word.
        let is_data: fn(&Input<'_>) -> bool = match self.content {
            Content::Row(..) => |input| !input.is_left_out,
            _ => is_present,
        };
        let read = rule.keys().find_map(|key| by_key(&key, is_present));
        read.or_else(|| rule.keys().find_map(|key| by_key(&key, is_data)))
            .or_else(|| self.content.causes(rule).iter().find_map(|key| by_key(key, is_data)))
            .or_else(|| self.inputs.first().copied())
            .unwrap_or(0)
    }
}

impl<'r> Content<'r> {
    /// The record with this in it.
    fn added_to<'c>(&'c self, mut bare: Record<'c>, record: &'c Record<'_>) -> Record<'c>
    where
        'r: 'c,
    {
        match self {
            Self::Keys => {}
            Self::Item(key, item) => match (*key, &mut bare.article) {
                ("organisms", Some(article)) => article.organisms.push(item.clone()),
                ("organisms", None) => {}
                ("organisms_ner", _) => bare.figure.organisms.push(item.clone()),
                _ => bare.page.keywords.push(item.clone()),
            },
            Self::Row(Kind::Genes, row) => bare.genes.extend(record.genes.get(*row).cloned()),
            Self::Row(Kind::Chemicals, row) => {
                bare.chemicals.extend(record.chemicals.get(*row).cloned());
            }
            Self::Row(Kind::Diseases, row) => {
                bare.diseases.extend(record.diseases.get(*row).cloned());
            }
        }
        bare
    }

    /// The keys that cause what a rule makes of no value, the one that does so first.
    fn causes(&self, rule: &Rule) -> &'static [&'static str] {
        match (self, rule.subject) {
            (Self::Row(Kind::Genes, _), Node::Annotation) => &["genes: word"],
            (Self::Row(Kind::Chemicals, _), Node::Annotation) => &["chemicals: word"],
            (Self::Row(Kind::Diseases, _), Node::Annotation) => &["diseases: word"],
            (Self::Row(..), _) => &["genes: ncbigene_id", "genes: entrez"],
            (_, Node::Article) => &["pmcid", "figid"],
            _ => &["figid"],
        }
    }
}
