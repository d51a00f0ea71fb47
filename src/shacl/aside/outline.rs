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
pub(super) type Outline<'s> = Vec<Test<'s>>;

/// One constraint.
#[derive(Debug)]
pub(super) enum Test<'s> {
    /// A text meets a constraint by itself.
    Value(Place, &'s ValueCheck),
    Pattern(Place, &'s Pattern),
    /// The node matches a pattern. Nodes that follow one another often begin alike.
    Node(&'s Pattern, RefCell<Trail>),
    /// A text is one of these.
    OneOf(Place, Box<[String]>),
    /// A node is an instance of one of the classes.
    Instance(Place, &'s [TermId]),
    /// A node has classes, and all of them are among these.
    Classes(Place, &'s FxHashSet<TermId>),
    /// One of the tests is not met.
    Not(Vec<Test<'s>>),
    /// All tests of one of the lists are met.
    Any(Vec<Vec<Test<'s>>>),
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

impl<'a, T: Fn(usize) -> &'a str, B: Fn(usize) -> bool> Data<'a, T, B> {
    /// Whether the node meets all that is asked of it.
    pub(super) fn meets_all(&self, outline: &Outline<'_>) -> bool {
        outline.iter().all(|test| match test {
            Test::Value(place, _) | Test::Pattern(place, _)
                if (self.is_as_before)(place.position) =>
            {
                true
            }
            test => self.meets(test),
        })
    }

    fn meets(&self, test: &Test<'_>) -> bool {
        match test {
            Test::Value(place, check) => engine::is_met(check, &self.key(place), self.terms),
            Test::Pattern(place, pattern) => pattern.is_match((self.text)(place.position)),
            Test::Node(pattern, trail) => {
                pattern.is_match_along((self.text)(0), &mut trail.borrow_mut())
            }
            Test::OneOf(place, texts) => {
                let own = (self.text)(place.position);
                texts.iter().any(|one| one == own)
            }
            Test::Instance(place, classes) => {
                self.classes(place).is_some_and(|mut own| own.any(|class| classes.contains(&class)))
            }
            Test::Classes(place, classes) => self.classes(place).is_some_and(|own| {
                let mut own = own.peekable();
                own.peek().is_some() && own.all(|class| classes.contains(&class))
            }),
            Test::Not(tests) => !tests.iter().all(|test| self.meets(test)),
            Test::Any(lists) => lists.iter().any(|tests| tests.iter().all(|test| self.meets(test))),
        }
    }

    fn key(&self, place: &Place) -> Key<'a> {
        place.form.key((self.text)(place.position))
    }

    /// The classes of a node, if the record describes it.
    fn classes(&self, place: &Place) -> Option<impl Iterator<Item = TermId>> {
        let node = self.terms.find_near(self.last.get().next(), &self.key(place))?;
        self.last.set(node);
        Some(self.view.types(node))
    }
}
