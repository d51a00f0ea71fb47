//! The triples of each record against SHACL shapes, with results placed in the source.

mod place;
mod sink;

use rustc_hash::FxHashSet;

use crate::convert::{Converter, Reading};
use crate::diagnostic::{Code, Diagnostic, Severity, ShapeResult};
use crate::mapping::{self, Node, Object, Rule};
use crate::raw::Place;
use crate::shacl::{Failure, Formed, Shapes, TermId, TermSet, ValidationResult, Validator};
use crate::sink::Mapped;

pub(crate) use self::sink::Checked;

/// Checks records, one after the other.
///
/// A description that several records share is checked once; in later records only the type of
/// its node is seen.
///
/// ```
/// use pfocr2rdf::check::Checker;
/// use pfocr2rdf::convert::Converter;
/// use pfocr2rdf::mapping::Context;
/// use pfocr2rdf::organisms::OrganismTable;
/// use pfocr2rdf::shacl::{Options, Shapes, Source};
/// use pfocr2rdf::sink::Quads;
/// use pfocr2rdf::source::{Document, Folder};
///
/// let text = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix schema: <http://schema.org/> .
///     <#figure> sh:targetClass schema:ImageObject ; sh:property <#figure-number> .
///     <#figure-number> sh:path schema:position ; sh:maxLength 3 ; sh:message 'too long'@en .";
/// let source = Source::turtle("s.ttl", "http://example.org/", text)?;
/// let shapes = Shapes::compile(&[source], &Options::new())?;
/// let organisms = OrganismTable::bundled();
/// let converter = Converter::new(Context::new(&organisms));
///
/// let bytes = b"---\nfigid: PMC1__f1\npmcid: PMC1\nnumber: Figure 1\n---\n".to_vec();
/// let document = Document { name: "f1.md".to_owned(), bytes, is_plain: false };
/// let mut checker = Checker::new(&shapes);
/// let (folder, mut quads) = (Folder::default(), Quads::default());
/// let conversion = converter.convert_checked(&document, &folder, &mut quads, &mut checker)?;
/// assert_eq!(
///     conversion.diagnostics[0].to_string(),
///     "f1.md:4:9: error[figure-number]: too long: found \"Figure 1\"",
/// );
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Checker<'s> {
    validator: Validator<'s>,
    /// The descriptions that were checked.
    known: FxHashSet<u128>,
    /// The nodes of this record that were checked in others.
    elsewhere: TermSet,
    /// What becomes of the triples of each rule.
    ways: Vec<Way>,
    /// For each rule, whether shapes look at its triples from other nodes.
    is_linked: Vec<bool>,
    /// All rules, by their numbers.
    rules: Vec<&'static Rule>,
    /// Results that are less severe have no place.
    told: Severity,
}

impl<'s> Checker<'s> {
    /// A checker with these shapes.
    #[must_use]
    pub fn new(shapes: &'s Shapes) -> Self {
        let form = |rule: &Rule| {
            let fixed = rule.fixed_object();
            (rule.predicate, rule.object(fixed.unwrap_or_default()), fixed.is_some())
        };
        let mut validator = shapes.validator().with_forms(mapping::rules().map(form));
        let is_linked = validator.linked_forms();
        let allows_aside = validator.allows_aside();
        let mut way = |rule: &Rule| match Way::of(rule) {
            _ if !allows_aside => Way::ToGraph,
            Way::ToGraph if is_linked.get(rule.number) == Some(&false) => {
                let own: Vec<_> = own(rule.subject).map(|rule| rule.number).collect();
                let leading: Vec<_> = leading(rule.subject).map(|rule| rule.number).collect();
                let is_value =
                    !rule.subject.is_shared() && validator.add_values(rule.number, &own, &leading);
                if is_value { Way::Value } else { Way::ToGraph }
            }
            way => way,
        };
        let ways = mapping::rules().map(&mut way).collect();
        Self {
            is_linked,
            validator,
            ways,
            known: FxHashSet::default(),
            elsewhere: TermSet::default(),
            rules: mapping::rules().collect(),
            told: Severity::Note,
        }
    }

    /// The same; nobody is told of results that are less severe than this, so that their places
    /// are not looked for: they stand at the start of their record. By default all are told.
    #[must_use]
    pub fn with_told(mut self, told: Severity) -> Self {
        self.told = told;
        self
    }

    /// Takes a triple of the record.
    #[inline]
    fn push(&mut self, quad: &Mapped<'_>) {
        match self.ways.get(quad.rule.number) {
            Some(Way::Aside { is_first }) => {
                self.validator.set_aside(&formed(quad), *is_first);
            }
            Some(Way::Value) => self.validator.push_value(&formed(quad)),
            _ => {
                self.push_to_graph(quad);
            }
        }
    }

    /// Takes a triple of a node that was checked in another record, if it matters to this one.
    fn push_linked(&mut self, quad: &Mapped<'_>) {
        if self.is_linked.get(quad.rule.number) != Some(&false) {
            self.push_to_graph(quad);
        }
    }

    /// Takes a triple of the record; gives the id of its subject.
    fn push_to_graph(&mut self, quad: &Mapped<'_>) -> TermId {
        self.validator.push_formed(&formed(quad))
    }

    /// Checks the record whose triples were sent, and forgets it. What is found is said with the
    /// places of the record and its tables.
    pub(crate) fn finish(
        &mut self,
        converter: &Converter<'_>,
        reading: &Reading<'_>,
    ) -> Vec<Diagnostic> {
        let elsewhere = &self.elsewhere;
        let report = self.validator.finish_where(|node, _| !elsewhere.contains(node));
        let found = match report {
            Ok(report) => self.found(report.results, converter, reading),
            Err(failure) => vec![failed(&failure, reading)],
        };
        self.elsewhere.clear();
        found
    }

    fn found(
        &self,
        results: Vec<ValidationResult>,
        converter: &Converter<'_>,
        reading: &Reading<'_>,
    ) -> Vec<Diagnostic> {
        let cause = |result: ValidationResult| {
            let rule = result.triple.and_then(|number| self.rules.get(number as usize)).copied();
            (result, rule)
        };
        let diagnostic = |((result, rule), location): ((_, Option<&Rule>), _)| {
            let is_shared = rule.is_some_and(|rule| rule.subject.is_shared());
            Diagnostic::of_shape(ShapeResult { result, is_shared }, location)
        };
        let is_told =
            |(result, _): &(ValidationResult, _)| Severity::from(&result.severity) >= self.told;
        let (told, others): (Vec<_>, Vec<_>) = results.into_iter().map(cause).partition(is_told);
        let locations = place::locations(&told, converter, reading);
        let start = others.first().map(|_| reading.files.locator().locate(Place::Start));
        let told = told.into_iter().zip(locations);
        told.chain(others.into_iter().zip(start.into_iter().cycle())).map(diagnostic).collect()
    }
}

/// The triple, whose form is that of its rule.
fn formed<'t>(quad: &Mapped<'t>) -> Formed<'t> {
    let number = u32::try_from(quad.rule.number).unwrap_or(u32::MAX);
    Formed { number, subject: quad.subject, object: quad.object }
}

/// Where the triples of a rule go.
#[derive(Clone, Copy, Debug)]
enum Way {
    ToGraph,
    /// Aside, but for the first one of each node.
    Value,
    /// Aside, as all triples of nodes of this kind.
    Aside {
        is_first: bool,
    },
}

impl Way {
    fn of(rule: &Rule) -> Self {
        let of_node = || own(rule.subject);
        // Then all nodes of this kind begin with the first rule.
        let is_of_one_part = of_node().all(|other| other.part == rule.part);
        if is_alone(rule.subject) && is_of_one_part {
            Self::Aside { is_first: of_node().all(|other| other.number >= rule.number) }
        } else {
            Self::ToGraph
        }
    }
}

/// The rules about nodes of a kind.
fn own(node: Node) -> impl Iterator<Item = &'static Rule> {
    mapping::rules().filter(move |rule| rule.subject == node)
}

/// The rules whose triples may lead to a node of a kind.
fn leading(node: Node) -> impl Iterator<Item = &'static Rule> {
    mapping::rules().filter(move |rule| match rule.object {
        Object::Node(object) => object == node,
        Object::Ready(_) | Object::Iri(_) => true,
        Object::Term(_) | Object::Plain(_) | Object::English(_) | Object::Typed(_) => false,
    })
}

/// Whether no triple is made to lead to nodes of this kind, and their own cannot by chance.
fn is_alone(node: Node) -> bool {
    let leads_to = |rule: &Rule| matches!(rule.object, Object::Node(_)) || rule.subject == node;
    !node.is_shared() && !leading(node).any(leads_to)
}

fn failed(failure: &Failure, reading: &Reading<'_>) -> Diagnostic {
    Diagnostic::new(
        Code::CheckFailed,
        reading.files.locator().locate(Place::Start),
        failure.to_string(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mapping::Context;
    use crate::organisms::OrganismTable;
    use crate::shacl::{Options, Source};
    use crate::shapes;
    use crate::sink::Quads;
    use crate::source::{Document, Folder};

    /// How many triples of a record with so many genes are in the graph, and how many describe the
    /// genes.
    fn in_graph(checker: &mut Checker<'_>, genes: u32) -> (usize, usize) {
        let row = |n| {
            format!("- {{word: w{n}, symbol: S{n}, source: s, hgnc_symbol: S{n}, entrez: '{n}'}}\n")
        };
        let rows: String = (1..=genes).map(row).collect();
        let bytes = format!("---\nfigid: PMC1__f\npmcid: PMC1\ngenes:\n{rows}---\n").into_bytes();
        let document = Document { name: "a.md".to_owned(), bytes, is_plain: false };
        let organisms = OrganismTable::bundled();
        let converter = Converter::new(Context::new(&organisms));
        let mut quads = Quads::default();
        let convert = |reading: Reading<'_>| {
            let mut sink = Checked::new(checker, &mut quads);
            mapping::map(reading.record, converter.context(), &mut sink)
        };
        converter.read(&document, &Folder::default(), convert).unwrap().unwrap();
        let is_gene = |quad: &Mapped<'_>| quad.subject.contains("/ncbigene/");
        (checker.validator.in_graph(), quads.iter().filter(is_gene).count())
    }

    #[test]
    fn annotations_and_mentions_are_decided_without_the_graph() {
        let sources = shapes::ALL
            .iter()
            .map(|file| Source::turtle(file.name, shapes::NAMESPACE, file.turtle));
        let sources = sources.collect::<Result<Vec<_>, _>>().unwrap();
        let shapes = Shapes::compile(&sources, &Options::new()).unwrap();
        let [(few, own), (more, all)] = [2, 12].map(|n| in_graph(&mut Checker::new(&shapes), n));
        assert!(all > own + 50);
        assert_eq!(more - few, all - own);
    }
}
