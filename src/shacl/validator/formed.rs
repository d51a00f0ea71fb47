//! Triples of which the form is known before they come, and nodes that are decided by that.

use oxrdf::{NamedNodeRef, TermRef};

use super::Validator;
use crate::shacl::aside::{Data, NodeForm};
use crate::shacl::form::{self, Form, Formed, ObjectForm, TextForm};
use crate::shacl::graph::View;
use crate::shacl::scope;
use crate::shacl::terms::{Key, TermId};
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

    /// Adds a triple, which results call by the number of its form; gives the id of the subject.
    #[inline]
    pub(crate) fn push_formed(&mut self, triple: &Formed<'_>) -> TermId {
        let Some(form) = self.forms.get(triple.number as usize) else { return TermId::MAX };
        let object = match form.object {
            ObjectForm::Term(object) => object,
            ObjectForm::Text(form) => self.terms.intern_key(&form.key(triple.object)),
        };
        self.push_fact(&Key::iri(triple.subject), form.predicate, object, triple.number)
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
    pub(crate) fn set_aside(&mut self, triple: &Formed<'_>, is_first: bool) {
        if is_first {
            if self.aside.is_empty() {
                self.index();
            } else {
                self.end_aside();
            }
            self.aside.begin(triple.subject, &mut self.terms);
        }
        if let Some(form) = self.forms.get(triple.number as usize) {
            let view = View { record: &self.record, background: &self.shapes.program.background };
            self.aside.push(form, triple, Data { terms: &self.terms, view });
        }
    }

    /// Decides the node whose triples were set aside, if that can be.
    pub(super) fn end_aside(&mut self) {
        let program = &self.shapes.program;
        let view = View { record: &self.record, background: &program.background };
        self.aside.end(program, &self.forms, Data { terms: &self.terms, view });
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
        self.aside.values.add((number, form), node, &self.shapes.program, &self.terms)
    }

    /// Adds a triple with such an object.
    #[inline]
    pub(crate) fn push_value(&mut self, triple: &Formed<'_>) {
        let view = View { record: &self.record, background: &self.shapes.program.background };
        // A fixed node may be one that a target names.
        let can_be_aside = !self.terms.is_fixed(self.subject)
            && self.terms.has(self.subject, &Key::iri(triple.subject));
        let is_aside =
            can_be_aside && self.aside.values.push(self.subject, triple, &mut self.terms, view);
        if !is_aside {
            self.push_formed(triple);
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

#[cfg(test)]
mod tests {
    use oxrdf::vocab::rdf;
    use oxrdf::{LiteralRef, TermRef, TripleRef};

    use super::*;
    use crate::shacl::{Options, Shapes, Source};

    const SHAPES: &str = "@prefix sh: <http://www.w3.org/ns/shacl#> .
        @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
        <#note> sh:targetClass <a:Note> ;
            sh:property [ sh:path <a:text> ; sh:maxCount 1 ; sh:pattern '^[a-z]+$' ] ,
                [ sh:path <a:about> ; sh:node <#gene> ] .
        <#gene> sh:property [ sh:path rdf:type ; sh:minCount 1 ; sh:in ( <a:Gene> ) ] .";

    fn iri(iri: &str) -> NamedNodeRef<'_> {
        NamedNodeRef::new_unchecked(iri)
    }

    fn formed<'t>(number: u32, subject: &'t str, object: &'t str) -> Formed<'t> {
        Formed { number, subject, object }
    }

    /// Notes with texts, all about one gene.
    fn set_notes_aside(validator: &mut Validator<'_>, notes: &[(&str, &str)]) {
        for (note, text) in notes {
            validator.set_aside(&formed(0, note, "a:Note"), true);
            validator.set_aside(&formed(1, note, text), false);
            validator.set_aside(&formed(2, note, "a:gene"), false);
        }
    }

    fn shapes(text: &str) -> Shapes {
        let source = Source::turtle("s.ttl", "http://example.com/", text).unwrap();
        Shapes::compile(&[source], &Options::new()).unwrap()
    }

    fn new_validator(shapes: &Shapes) -> Validator<'_> {
        let text = LiteralRef::new_simple_literal("").into();
        shapes.validator().with_forms([
            (rdf::TYPE, iri("a:Note").into(), true),
            (iri("a:text"), text, false),
            (iri("a:about"), iri("").into(), false),
        ])
    }

    /// A validator that has had a note: what comes later is decided by the outlines of what came
    /// before.
    fn validator(shapes: &Shapes) -> Validator<'_> {
        let mut validator = new_validator(shapes);
        set_notes_aside(&mut validator, &[("a:first", "b")]);
        validator.finish().unwrap();
        validator
    }

    /// How many triples of notes are in the graph, and the results, where some triples come before
    /// and some after the notes.
    fn decide(
        before: &[TripleRef<'static>],
        notes: &[(&str, &str)],
        after: &[TripleRef<'static>],
    ) -> (usize, usize) {
        let shapes = shapes(SHAPES);
        let mut validator = validator(&shapes);
        let fill = |validator: &mut Validator<'_>| {
            for triple in before {
                validator.push(*triple, 7);
            }
            set_notes_aside(validator, notes);
            for triple in after {
                validator.push(*triple, 7);
            }
        };
        fill(&mut validator);
        let results = validator.finish().unwrap().results.len();
        fill(&mut validator);
        (validator.in_graph() - before.len() - after.len(), results)
    }

    #[test]
    fn nodes_are_decided_by_their_texts() {
        let gene = TripleRef::new(iri("a:gene"), rdf::TYPE, iri("a:Gene"));
        let other = TripleRef::new(iri("a:gene"), rdf::TYPE, iri("a:Other"));
        let [one, two] = [("a:1", "b"), ("a:2", "c")];
        assert_eq!(decide(&[gene], &[one, two], &[]), (0, 0));
        assert_eq!(decide(&[gene], &[one, ("a:2", "C"), ("a:3", "d")], &[]), (3, 1));
        assert_eq!(decide(&[], &[one, two], &[]), (6, 2));
        assert_eq!(decide(&[other], &[one, two], &[]), (6, 2));
    }

    #[test]
    fn what_the_record_says_besides_is_seen() {
        let gene = TripleRef::new(iri("a:gene"), rdf::TYPE, iri("a:Gene"));
        let other = TripleRef::new(iri("a:gene"), rdf::TYPE, iri("a:Other"));
        let text = LiteralRef::new_simple_literal("d");
        let own = TripleRef::new(iri("a:1"), iri("a:text"), text);
        let [one, two] = [("a:1", "b"), ("a:2", "c")];
        assert_eq!(decide(&[gene, own], &[one, two], &[]), (6, 1));
        assert_eq!(decide(&[gene], &[one, two], &[own]), (6, 1));
        assert_eq!(decide(&[gene], &[one, two], &[other]), (6, 2));
        // A node that comes twice has all that is said of it: each of the triples once.
        assert_eq!(decide(&[gene], &[one, two, ("a:1", "d")], &[]), (7, 1));
    }

    #[test]
    fn answers_of_a_record_are_not_those_of_the_next_one() {
        let shapes = shapes(SHAPES);
        let mut validator = validator(&shapes);
        for (class, expected) in [("a:Gene", 0), ("a:Other", 1), ("a:Gene", 0)] {
            let triple = TripleRef::new(iri("a:gene"), rdf::TYPE, iri(class));
            validator.push(triple, 7);
            set_notes_aside(&mut validator, &[("a:1", "b")]);
            assert_eq!(validator.finish().unwrap().results.len(), expected);
        }
    }

    #[test]
    fn what_was_not_asked_is_not_answered() {
        // Only of notes that are about something more is asked: that the text is not short.
        const NEGATED: &str = "@prefix sh: <http://www.w3.org/ns/shacl#> .
            <#note> sh:targetClass <a:Note> ;
                sh:property [ sh:path <a:text> ; sh:minLength 1 ] ; sh:or (
                [ sh:property [ sh:path <a:about> ; sh:maxCount 0 ] ]
                [ sh:not [ sh:property [ sh:path <a:text> ; sh:maxLength 3 ] ] ] ) .";
        let shapes = shapes(NEGATED);
        let mut validator = new_validator(&shapes);
        for _ in 0..2 {
            validator.set_aside(&formed(0, "a:0", "a:Note"), true);
            validator.set_aside(&formed(1, "a:0", "b"), false);
            set_notes_aside(&mut validator, &[("a:1", "b"), ("a:2", "b"), ("a:3", "long")]);
            assert_eq!(validator.finish().unwrap().results.len(), 2);
        }
    }

    #[test]
    fn plain_texts_are_decided_as_others_are() {
        const TIDY: &str = "@prefix sh: <http://www.w3.org/ns/shacl#> .
            <#note> sh:targetClass <a:Note> ; sh:property [ sh:path <a:text> ;
                sh:pattern '^[^ ]+( [^ ]+)*$' ; sh:not [ sh:pattern '^x|é' ] ] .";
        let shapes = shapes(TIDY);
        let mut validator = validator(&shapes);
        let texts = [("b", 0), ("b", 0), ("x", 1), ("", 1), ("b c", 0), ("b  c", 1), ("é", 1)];
        for (text, expected) in texts.into_iter().chain([("\u{ea}", 0), ("b ", 1), ("b", 0)]) {
            set_notes_aside(&mut validator, &[("a:1", text)]);
            assert_eq!(validator.finish().unwrap().results.len(), expected, "{text:?}");
        }
    }

    #[test]
    fn values_are_decided_one_by_one() {
        const LISTS: &str = "@prefix sh: <http://www.w3.org/ns/shacl#> .
            @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
            <#list> sh:targetClass <a:List> ;
                sh:property [ sh:path <a:word> ; sh:pattern '^[a-z]+$' ] ,
                    [ sh:path <a:item> ; sh:class <a:Item> ] .
            <#other> sh:targetClass <a:Other> ; sh:property [ sh:path <a:word> ; sh:maxCount 1 ] .";
        let shapes = shapes(LISTS);
        let word = |text| TermRef::from(LiteralRef::new_simple_literal(text));
        let mut validator = shapes.validator().with_forms([
            (rdf::TYPE, iri("a:List").into(), true),
            (iri("a:word"), word(""), false),
            (iri("a:item"), iri("").into(), false),
        ]);
        assert!(
            validator.add_values(1, &[0, 1, 2], &[]) && validator.add_values(2, &[0, 1, 2], &[])
        );
        let fill = |validator: &mut Validator<'_>, words: &[&str], items: &[&str], class| {
            validator.push_formed(&formed(0, "a:l", "a:List"));
            for word in words {
                validator.push_value(&formed(1, "a:l", word));
            }
            for item in items {
                validator.push_value(&formed(2, "a:l", item));
            }
            for node in ["a:1", "a:2", "a:3"] {
                validator.push(TripleRef::new(iri(node), rdf::TYPE, iri("a:Item")), 7);
            }
            validator.push(TripleRef::new(iri("a:l"), rdf::TYPE, iri(class)), 7);
        };
        let mut decide = |words: &[&str], items: &[&str], class| {
            fill(&mut validator, words, items, class);
            let results = validator.finish().unwrap().results.len();
            fill(&mut validator, words, items, class);
            (validator.in_graph() - 4, results)
        };
        // The first word and the first item are always in the graph, and what is not met.
        let all = ["a:1", "a:2", "a:3"];
        assert_eq!(decide(&["a", "b", "c"], &all, "a:List"), (2, 0));
        assert_eq!(decide(&["a", "B", "c"], &all, "a:List"), (3, 1));
        assert_eq!(decide(&["a"], &["a:1", "a:2", "a:4", "a:3"], "a:List"), (3, 1));
        // Of a class of which more is asked, all of them count.
        assert_eq!(decide(&["a", "b", "c"], &all, "a:Other"), (7, 1));
    }
}
