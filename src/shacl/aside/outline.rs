//! What remains to be asked of a node once it is known how its triples were made.

use super::asks::{Ask, Data};
use crate::shacl::form::TextForm;
use crate::shacl::terms::{Kind, TermId};

/// The IRI of a node.
pub(super) const NODE: TextForm = TextForm { kind: Kind::Iri, datatype: TermId::MAX, language: "" };

/// All of it: a node that meets every test conforms to the shapes of its classes. One that does
/// not may conform all the same.
#[derive(Debug)]
pub(super) struct Outline<'s> {
    /// The answers that each text must have, in bits.
    wanted: Vec<u32>,
    others: Vec<Test<One<'s>>>,
}

/// One constraint, made of simple ones.
#[derive(Debug)]
pub(super) enum Test<T> {
    One(T),
    /// One of the tests is not met.
    Not(Vec<Test<T>>),
    /// All tests of one of the lists are met.
    Any(Vec<Vec<Test<T>>>),
}

/// A simple constraint.
#[derive(Debug)]
enum One<'s> {
    /// The text at this position has these answers.
    Text(usize, u32),
    Node(Ask<'s>),
}

/// Where a text stands among those of a node, and what term it makes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// 0 is the node itself; the objects of its triples follow.
    pub(super) position: usize,
    pub(super) form: TextForm,
}

impl<T> Test<T> {
    /// Whether the test is met, if it is known of the simple ones.
    pub(super) fn is_met(&self, is_met: &mut impl FnMut(&T) -> bool) -> bool {
        match self {
            Self::One(one) => is_met(one),
            Self::Not(tests) => !tests.iter().all(|test| test.is_met(is_met)),
            Self::Any(lists) => {
                lists.iter().any(|tests| tests.iter().all(|test| test.is_met(is_met)))
            }
        }
    }

    /// The same of other simple ones, if each can be made.
    fn map<U>(self, new: &mut impl FnMut(T) -> Option<U>) -> Option<Test<U>> {
        let mut all = |tests: Vec<Self>| tests.into_iter().map(|test| test.map(new)).collect();
        Some(match self {
            Self::Not(tests) => Test::Not(all(tests)?),
            Self::Any(lists) => Test::Any(lists.into_iter().map(all).collect::<Option<_>>()?),
            Self::One(one) => Test::One(new(one)?),
        })
    }
}

/// The tests without alternatives where there is but one, or none is needed.
fn simple<T>(tests: Vec<Test<T>>) -> Vec<Test<T>> {
    let simple = |test| match test {
        Test::Any(lists) if lists.iter().any(Vec::is_empty) => Vec::new(),
        Test::Any(mut lists) if lists.len() == 1 => simple(lists.pop().unwrap_or_default()),
        test => vec![test],
    };
    tests.into_iter().flat_map(simple).collect()
}

impl<'s> Outline<'s> {
    /// The outline with these tests of a node with so many triples. `bit` takes a question for
    /// the texts at a position and gives the bit that has the answer, unless there are too many.
    pub(super) fn new(
        tests: Vec<Test<(Place, Ask<'s>)>>,
        triples: usize,
        mut bit: impl FnMut(Place, Ask<'s>) -> Option<u32>,
    ) -> Option<Self> {
        let mut outline = Self { wanted: vec![0; triples], others: Vec::new() };
        let mut one = |(place, ask): (Place, _)| match place.position.checked_sub(1) {
            Some(position) => Some(One::Text(position, bit(place, ask)?)),
            None => Some(One::Node(ask)),
        };
        for test in simple(tests) {
            let test = test.map(&mut one)?;
            match test {
                Test::One(One::Text(position, answers)) => {
                    *outline.wanted.get_mut(position)? |= answers;
                }
                test => outline.others.push(test),
            }
        }
        Some(outline)
    }

    /// Whether a node meets all that is asked of it: its IRI, and the answers of its texts.
    pub(super) fn is_met(
        &self,
        node: &str,
        answers: &(impl Iterator<Item = u32> + Clone),
        data: Data<'_>,
    ) -> bool {
        let has = |answers: u32, wanted: u32| answers & wanted == wanted;
        let mut is_one_met = |one: &One<'_>| match one {
            One::Text(position, wanted) => {
                answers.clone().nth(*position).is_some_and(|answers| has(answers, *wanted))
            }
            One::Node(ask) => ask.answer((&NODE, node), data, &mut TermId::default()),
        };
        answers.clone().zip(&self.wanted).all(|(answers, wanted)| has(answers, *wanted))
            && self.others.iter().all(|test| test.is_met(&mut is_one_met))
    }
}
