//! Triples of which the form is known before they come, and nodes that are decided by that.

use oxrdf::{NamedNodeRef, NamedOrBlankNodeRef, TermRef, TripleRef};

use super::Validator;
use crate::shacl::aside::NodeForm;
use crate::shacl::form::{self, Form, ObjectForm, TextForm};
use crate::shacl::scope;
use crate::shacl::terms::TermId;
use crate::shacl::vocab;

impl Validator<'_> {
    /// Adds forms, numbered from 0: a predicate, and an object that all objects are like but for
    /// the text, or that they are if it is fixed.
    pub(crate) fn with_forms<'t>(
        mut self,
        forms: impl IntoIterator<Item = (NamedNodeRef<'t>, TermRef<'static>, bool)>,
    ) -> Self {
        for (predicate, object, is_fixed) in forms {
            let predicate = self.terms.intern(predicate.into());
            let term = self.terms.intern(object);
            let object = if is_fixed {
                ObjectForm::Term(term)
            } else {
                ObjectForm::Text(TextForm {
                    kind: self.terms.kind(term),
                    datatype: self.terms.datatype(term),
                    language: form::language(object),
                })
            };
            self.forms.push(Form { predicate, object });
        }
        self.terms.fix();
        self
    }

    /// Adds a triple that has the form with this number, which is what results call it; gives the
    /// id of the subject.
    #[inline]
    pub(crate) fn push_formed(&mut self, triple: &TripleRef<'_>, number: u32) -> TermId {
        let Some(form) = self.forms.get(number as usize) else { return TermId::MAX };
        let object = match form.object {
            ObjectForm::Term(object) => object,
            ObjectForm::Text(form) => self.terms.intern_key(&form.key(form::text(triple.object))),
        };
        self.push_fact(triple.subject, form.predicate, object, number)
    }

    /// For each form, whether shapes look at its triples from other nodes than the subject.
    pub(crate) fn linked_forms(&self) -> Vec<bool> {
        let predicates = scope::linked(&self.shapes.program);
        let is_linked = |form: &Form| {
            predicates.as_ref().is_none_or(|predicates| predicates.contains(&form.predicate))
        };
        self.forms.iter().map(is_linked).collect()
    }

    /// Whether nodes may be [set aside](Self::set_aside) at all: not if shapes follow triples
    /// backwards, have queries, or take instances of one class for those of another.
    pub(crate) fn allows_aside(&self) -> bool {
        let program = &self.shapes.program;
        let is_hierarchy = |predicate: TermId| predicate == vocab::RDFS_SUB_CLASS_OF;
        let background = program.background.facts();
        !program.orders.inverse
            && !program.orders.predicate
            && !background.iter().any(|fact| is_hierarchy(fact.predicate))
            && !self.forms.iter().any(|form| is_hierarchy(form.predicate))
            && self.wanted.is_none()
    }

    /// Adds such a triple of a node that no triple of this kind leads to: if nothing else leads to
    /// the node either, it may be decided without the graph. Those of a node follow each other.
    #[inline]
    pub(crate) fn set_aside(&mut self, triple: &TripleRef<'_>, number: u32, is_first: bool) {
        let NamedOrBlankNodeRef::NamedNode(subject) = triple.subject else { return };
        if is_first {
            self.aside.begin(subject.as_str());
        }
        if let Some(form) = self.forms.get(number as usize) {
            self.aside.push((number, form), triple.object);
        }
    }

    /// Sets objects of triples that have the form with this number aside from now on, if shapes
    /// ask for nothing but that there is one, and for something of each by itself. `own` are the
    /// forms of all triples of nodes of this kind, `leading` those of the triples that may lead to
    /// one.
    pub(crate) fn add_values(&mut self, number: usize, own: &[usize], leading: &[usize]) -> bool {
        let forms = |numbers: &[usize]| -> Vec<Form> {
            numbers.iter().filter_map(|number| self.forms.get(*number)).copied().collect()
        };
        let predicates = |forms: &[Form]| forms.iter().map(|form| form.predicate).collect();
        let (own, leading) = (forms(own), forms(leading));
        let types = own.iter().filter(|form| form.predicate == vocab::RDF_TYPE);
        let class = |form: &Form| match form.object {
            ObjectForm::Term(class) => Some(class),
            ObjectForm::Text(_) => None,
        };
        let Some(classes) = types.map(class).collect() else { return false };
        let node = NodeForm { classes, outgoing: predicates(&own), incoming: predicates(&leading) };
        let Some(form) = self.forms.get(number) else { return false };
        self.aside.add_values((number, form), node, &self.shapes.program, &self.terms)
    }

    /// Adds a triple with such an object.
    #[inline]
    pub(crate) fn push_value(&mut self, triple: &TripleRef<'_>, number: u32) {
        let object = form::text(triple.object);
        // A fixed node may be one that a target names.
        let can_be_aside =
            !self.terms.is_fixed(self.subject) && self.terms.is_node(self.subject, triple.subject);
        if !(can_be_aside && self.aside.push_value(self.subject, number, object)) {
            self.push_formed(triple, number);
        }
    }

    /// How many triples of the record are in its graph, once it is made; then forgets the record.
    #[cfg(test)]
    pub(crate) fn in_graph(&mut self) -> usize {
        self.settle();
        let number = self.record.facts().len();
        self.clear();
        number
    }
}
