//! What remains to be asked of a node once it is known how its triples were made.

use std::cell::{Cell, RefCell};

use rustc_hash::FxHashSet;

use crate::shacl::engine;
use crate::shacl::form::TextForm;
use crate::shacl::graph::View;
use crate::shacl::pattern::{Pattern, Trail};
use crate::shacl::program::ValueCheck;
use crate::shacl::terms::{Key, TermId, Terms};

/// All of it: a node that meets every test conforms to the shapes of its classes. One that does
/// not may conform all the same.
#[derive(Debug)]
pub(super) struct Outline<'s> {
    /// What is asked of single texts, by their positions.
    of_texts: Vec<(usize, Vec<Test<'s>>)>,
    /// What is asked of several together.
    of_several: Vec<Test<'s>>,
}

/// One constraint.
#[derive(Debug)]
pub(super) enum Test<'s> {
    /// A text has what is asked for.
    Text(Place, Ask<'s>),
    /// One of the tests is not met.
    Not(Vec<Test<'s>>),
    /// All tests of one of the lists are met.
    Any(Vec<Vec<Test<'s>>>),
}

/// What is asked of a text.
#[derive(Debug)]
pub(super) enum Ask<'s> {
    /// It meets a constraint by itself.
    Value(&'s ValueCheck),
    /// It matches a pattern, or does not.
    Pattern(&'s Pattern, bool),
    /// It is the IRI of the node and matches a pattern. Nodes that follow one another often begin
    /// alike.
    Along(&'s Pattern, RefCell<Trail>),
    /// It is one of these.
    OneOf(Box<[String]>),
    /// It is a node that is an instance of one of the classes.
    Instance(&'s [TermId]),
    /// It is a node that has classes, and all of them are among these.
    Classes(&'s FxHashSet<TermId>),
}

/// Where a text stands among those of a node, and what term it makes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// 0 is the node itself; the objects of its triples follow.
    pub(super) position: usize,
    pub(super) form: TextForm,
}

/// The texts of a node, and the rest of its record.
pub(super) struct Data<'a, T, B> {
    pub(super) text: T,
    /// Whether a text is the same as that of a node that met the outline.
    pub(super) is_as_before: B,
    pub(super) terms: &'a Terms,
    pub(super) view: View<'a>,
    /// The last object that was looked for: the next one often is the term after it.
    pub(super) last: &'a Cell<TermId>,
}

impl<'s> Outline<'s> {
    /// The outline with these tests.
    pub(super) fn new(tests: Vec<Test<'s>>) -> Self {
        let mut outline = Self { of_texts: Vec::new(), of_several: Vec::new() };
        outline.add(tests);
        outline
    }

    fn add(&mut self, tests: Vec<Test<'s>>) {
        for test in tests {
            match test {
                Test::Any(lists) if lists.iter().any(Vec::is_empty) => {}
                Test::Any(mut lists) if lists.len() == 1 => {
                    self.add(lists.pop().unwrap_or_default());
                }
                test => self.add_test(test),
            }
        }
    }

    fn add_test(&mut self, test: Test<'s>) {
        let Some(position) = test.only_position() else { return self.of_several.push(test) };
        match self.of_texts.iter_mut().find(|(known, _)| *known == position) {
            Some((_, tests)) => tests.push(test),
            None => self.of_texts.push((position, vec![test])),
        }
    }
}

impl Test<'_> {
    /// The position of the text, if the test is about one alone.
    fn only_position(&self) -> Option<usize> {
        match self {
            Self::Text(place, _) => Some(place.position),
            Self::Not(tests) => common(tests.iter()),
            Self::Any(lists) => common(lists.iter().flatten()),
        }
    }
}

fn common<'t, 's: 't>(tests: impl Iterator<Item = &'t Test<'s>>) -> Option<usize> {
    let mut positions = tests.map(Test::only_position);
    let first = positions.next()??;
    positions.all(|position| position == Some(first)).then_some(first)
}

impl<'a, T: Fn(usize) -> &'a str, B: Fn(usize) -> bool> Data<'a, T, B> {
    /// Whether the node meets all that is asked of it.
    pub(super) fn meets_all(&self, outline: &Outline<'_>) -> bool {
        let mut of_texts = outline.of_texts.iter();
        of_texts.all(|(position, tests)| {
            let meets = |text| {
                tests.iter().all(|test| match test {
                    Test::Text(place, ask) => self.has(ask, place.form, text),
                    test => self.meets(test),
                })
            };
            (self.is_as_before)(*position) || meets((self.text)(*position))
        }) && outline.of_several.iter().all(|test| self.meets(test))
    }

    fn meets(&self, test: &Test<'_>) -> bool {
        match test {
            Test::Text(place, ask) => self.has(ask, place.form, (self.text)(place.position)),
            Test::Not(tests) => !tests.iter().all(|test| self.meets(test)),
            Test::Any(lists) => lists.iter().any(|tests| tests.iter().all(|test| self.meets(test))),
        }
    }

    /// Whether a text has what is asked for.
    #[inline]
    fn has(&self, ask: &Ask<'_>, form: TextForm, text: &'a str) -> bool {
        match ask {
            Ask::Value(check) => engine::is_met(check, &form.key(text), self.terms),
            Ask::Pattern(pattern, is_wanted) => pattern.is_match(text) == *is_wanted,
            Ask::Along(pattern, trail) => pattern.is_match_along(text, &mut trail.borrow_mut()),
            Ask::OneOf(texts) => texts.iter().any(|one| one == text),
            Ask::Instance(classes) => self
                .classes(&form.key(text))
                .is_some_and(|mut own| own.any(|class| classes.contains(&class))),
            Ask::Classes(classes) => self.classes(&form.key(text)).is_some_and(|own| {
                let mut own = own.peekable();
                own.peek().is_some() && own.all(|class| classes.contains(&class))
            }),
        }
    }

    /// The classes of a node, if the record describes it.
    fn classes(&self, key: &Key<'_>) -> Option<impl Iterator<Item = TermId>> {
        let node = self.terms.find_near(self.last.get().next(), key)?;
        self.last.set(node);
        Some(self.view.types(node))
    }
}
