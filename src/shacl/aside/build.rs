//! From shapes to outlines.

use std::cell::{Cell, RefCell};

use super::asks::Ask;
use super::outline::{NODE, Place, Test};
use crate::shacl::engine;
use crate::shacl::form::{Form, ObjectForm, TextForm};
use crate::shacl::plan::{Plan, Planned, Property};
use crate::shacl::program::{Check, Program, ShapeId, ValueCheck};
use crate::shacl::terms::{Key, Kind, TermId, Terms};
use crate::shacl::vocab;

/// With more shapes inside one another, an outline would be too long.
const MAX_SHAPES: u32 = 1_000;

/// What is known of a node: how its triples are made.
pub(super) struct Builder<'a, 's> {
    program: &'s Program,
    terms: &'a Terms,
    forms: Vec<Form>,
    /// How many shapes may still be looked at.
    left: Cell<u32>,
}

/// What a constraint is about.
#[derive(Debug, Clone, Copy)]
enum Subject {
    /// The node itself.
    Node,
    Term(TermId),
    Text(Place),
}

/// Nothing if texts cannot decide it, or if no text meets it.
pub(super) type Tests<'s> = Option<Vec<Test<(Place, Ask<'s>)>>>;

impl<'a, 's> Builder<'a, 's> {
    pub(super) fn new(program: &'s Program, terms: &'a Terms, forms: Vec<Form>) -> Self {
        Self { program, terms, forms, left: Cell::new(MAX_SHAPES) }
    }

    /// What the shapes whose target the node is ask of its texts.
    pub(super) fn node(&self) -> Tests<'s> {
        let targets = &self.program.targets;
        let leads_to_target = |form: &Form| targets.objects_of.contains_key(&form.predicate);
        if self.forms.iter().any(leads_to_target) {
            return None;
        }
        let mut tests = Vec::new();
        for form in self.forms.iter().filter(|form| form.predicate == vocab::RDF_TYPE) {
            let ObjectForm::Term(class) = form.object else { return None };
            let Some(bundle) = self.program.bundle(class) else { continue };
            if !bundle.others.is_empty() {
                return None;
            }
            tests.extend(self.plan(&bundle.plan)?);
        }
        let mut shapes: Vec<_> = self
            .forms
            .iter()
            .filter_map(|form| targets.subjects_of.get(&form.predicate))
            .flatten()
            .collect();
        shapes.sort_unstable();
        shapes.dedup();
        for shape in shapes {
            tests.extend(self.shape(*shape, Subject::Node)?);
        }
        Some(tests)
    }

    fn plan(&self, plan: &'s Plan) -> Tests<'s> {
        let is_allowed = |form: &Form| {
            plan.properties.iter().any(|property| property.predicate == form.predicate)
        };
        if !plan.rest.is_empty() || (plan.is_closed && !self.forms.iter().all(is_allowed)) {
            return None;
        }
        let mut tests = Vec::new();
        for place in &plan.node {
            tests.extend(self.planned(place, Subject::Node)?);
        }
        for property in &plan.properties {
            tests.extend(self.property(property)?);
        }
        Some(tests)
    }

    /// Triples may be equal, so that several of them make one value.
    fn property(&self, property: &'s Property) -> Tests<'s> {
        let values: Vec<_> = self.values(property.predicate).collect();
        let number = i64::try_from(values.len()).ok()?;
        if number > property.max
            || number < property.min
            || property.min > 1
            || !property.counts.is_empty()
            || !property.equals.is_empty()
        {
            return None;
        }
        let mut tests = Vec::new();
        for wanted in &property.has {
            let is_it = |value: &Subject| matches!(value, Subject::Term(term) if term == wanted);
            match values.as_slice() {
                values if values.iter().any(is_it) => {}
                [Subject::Text(place)] => tests.push(self.one_of(*place, [*wanted])),
                _ => return None,
            }
        }
        for value in values {
            tests.extend(self.value_of(property, value)?);
        }
        Some(tests)
    }

    /// What a property asks of each value.
    fn value_of(&self, property: &'s Property, value: Subject) -> Tests<'s> {
        let (kind, datatype) = match value {
            Subject::Text(Place { form, .. }) => (form.kind, form.datatype),
            Subject::Term(term) => (self.terms.kind(term), self.terms.datatype(term)),
            Subject::Node => return None,
        };
        if !property.kinds.contains(kind) || property.datatype.is_some_and(|one| one != datatype) {
            return None;
        }
        let tests = property.checks.iter().map(|planned| self.planned(planned, value));
        let tests: Option<Vec<_>> = tests.collect();
        Some(tests?.into_iter().flatten().collect())
    }

    /// What a property asks of each value that has a form.
    pub(super) fn text_of(&self, property: &'s Property, form: TextForm) -> Tests<'s> {
        self.value_of(property, Subject::Text(Place { position: 0, form }))
    }

    /// The objects of the triples with this predicate.
    fn values(&self, predicate: TermId) -> impl Iterator<Item = Subject> {
        let forms =
            self.forms.iter().enumerate().filter(move |(_, form)| form.predicate == predicate);
        forms.map(|(position, form)| match form.object {
            ObjectForm::Term(term) => Subject::Term(term),
            ObjectForm::Text(form) => Subject::Text(Place { position: position + 1, form }),
        })
    }

    fn planned(&self, planned: &Planned, subject: Subject) -> Tests<'s> {
        let constraints = &self.program.shape(planned.shape)?.constraints;
        let check = &constraints.get(planned.position)?.check;
        let tests = self.check(check, subject)?;
        if planned.is_negated { negated(tests) } else { Some(tests) }
    }

    fn check(&self, check: &'s Check, subject: Subject) -> Tests<'s> {
        match check {
            Check::Value(check) => self.value(check, subject),
            Check::Node(shape) => self.shape(*shape, subject),
            Check::And(shapes) => {
                let tests: Option<Vec<_>> =
                    shapes.iter().map(|shape| self.shape(*shape, subject)).collect();
                Some(tests?.into_iter().flatten().collect())
            }
            Check::Or(shapes) => {
                let lists: Vec<_> =
                    shapes.iter().filter_map(|shape| self.shape(*shape, subject)).collect();
                (!lists.is_empty()).then(|| vec![Test::Any(lists)])
            }
            Check::Not(shape) => negated(self.shape(*shape, subject)?),
            _ => None,
        }
    }

    /// What a shape inside others asks. Of other nodes only what they are is known, not their
    /// triples.
    fn shape(&self, shape: ShapeId, subject: Subject) -> Tests<'s> {
        self.left.set(self.left.get().checked_sub(1)?);
        let shape = self.program.shape(shape)?;
        let plan = &shape.plan;
        if shape.deactivated {
            return Some(Vec::new());
        }
        if shape.path.is_some() {
            return None;
        }
        if let Subject::Node = subject {
            return self.plan(plan);
        }
        let Subject::Text(place) = subject else { return None };
        if plan.is_closed || !plan.rest.is_empty() {
            return None;
        }
        let checks = plan.node.iter().map(|planned| self.planned(planned, subject));
        let classes = plan.properties.iter().map(|property| self.classes(property, place));
        let tests: Option<Vec<_>> = checks.chain(classes).collect();
        Some(tests?.into_iter().flatten().collect())
    }

    /// What a shape asks of the classes of another node: that there are some, of a list.
    fn classes(&self, property: &'s Property, place: Place) -> Tests<'s> {
        let [planned] = property.checks.as_slice() else { return None };
        let is_plain = property.predicate == vocab::RDF_TYPE
            && property.has.is_empty()
            && property.counts.is_empty()
            && property.equals.is_empty()
            && (property.min, property.max) == (1, i64::MAX)
            && property.kinds.contains(Kind::Iri)
            && property.datatype.is_none()
            && !planned.is_negated;
        let constraints = &self.program.shape(planned.shape)?.constraints;
        match &constraints.get(planned.position)?.check {
            Check::Value(ValueCheck::In(classes)) if is_plain => {
                Some(vec![Test::One((place, Ask::Classes(classes)))])
            }
            _ => None,
        }
    }

    fn value(&self, check: &'s ValueCheck, subject: Subject) -> Tests<'s> {
        let place = match (subject, check) {
            (Subject::Node, ValueCheck::Class(classes)) => {
                let is_instance =
                    |value| matches!(value, Subject::Term(class) if classes.contains(&class));
                return self.values(vocab::RDF_TYPE).any(is_instance).then(Vec::new);
            }
            (Subject::Node, _) => Place { position: 0, form: NODE },
            (Subject::Text(place), _) => place,
            (Subject::Term(term), _) => {
                let is_met = match check {
                    ValueCheck::In(terms) => terms.contains(&term),
                    _ => engine::is_met(check, &self.terms.key(term), self.terms),
                };
                return is_met.then(Vec::new);
            }
        };
        let is_known = match check {
            ValueCheck::NodeKind(_) | ValueCheck::LanguageIn(_) => true,
            ValueCheck::Datatype(_) => {
                [vocab::XSD_STRING, vocab::RDF_LANG_STRING].contains(&place.form.datatype)
            }
            _ => false,
        };
        match check {
            _ if is_known => engine::is_met(check, &place.form.key(""), self.terms).then(Vec::new),
            ValueCheck::In(terms) => Some(vec![self.one_of(place, terms.iter().copied())]),
            ValueCheck::Class(classes) => Some(vec![Test::One((place, Ask::Instance(classes)))]),
            ValueCheck::RootClass(_) => None,
            ValueCheck::Pattern(pattern) => Some(vec![match subject {
                Subject::Node => Test::One((place, Ask::Along(pattern, RefCell::default()))),
                _ if place.form.kind == Kind::BlankNode => return None,
                _ => Test::One((place, Ask::Pattern(pattern, true))),
            }]),
            _ => Some(vec![Test::One((place, Ask::Value(check)))]),
        }
    }

    /// Whether a text makes one of these terms.
    fn one_of(
        &self,
        place: Place,
        terms: impl IntoIterator<Item = TermId>,
    ) -> Test<(Place, Ask<'s>)> {
        let keys = terms.into_iter().map(|term| self.terms.key(term));
        let can_be = |key: &Key<'_>| place.form.key(key.text) == *key;
        let texts = keys.filter(can_be).map(|key| key.text.to_owned()).collect();
        Test::One((place, Ask::OneOf(texts)))
    }
}

/// That one of the tests is not met, if that means that what they ask for is not so.
fn negated(tests: Vec<Test<(Place, Ask<'_>)>>) -> Tests<'_> {
    if let [Test::One((place, Ask::Pattern(pattern, is_wanted)))] = tests.as_slice() {
        return Some(vec![Test::One((*place, Ask::Pattern(pattern, !is_wanted)))]);
    }
    let is_exact = |test: &Test<(Place, Ask<'_>)>| match test {
        Test::One((_, ask)) => !ask.is_of_classes(),
        Test::Not(_) | Test::Any(_) => false,
    };
    tests.iter().all(is_exact).then(|| vec![Test::Not(tests)])
}
