//! What is asked of single texts.

use std::cell::RefCell;
use std::ptr;

use rustc_hash::FxHashSet;

use crate::shacl::engine;
use crate::shacl::form::TextForm;
use crate::shacl::graph::View;
use crate::shacl::pattern::{Pattern, Trail};
use crate::shacl::program::ValueCheck;
use crate::shacl::terms::{TermId, Terms};

/// One question.
#[derive(Debug)]
pub(super) enum Ask<'s> {
    /// Does it meet a constraint by itself?
    Value(&'s ValueCheck),
    /// Does it match a pattern, or does it not?
    Pattern(&'s Pattern, bool),
    /// The same of the IRIs of nodes that follow one another, which often begin alike.
    Along(&'s Pattern, RefCell<Trail>),
    /// Is it one of these?
    OneOf(Box<[String]>),
    /// Is it a node that is an instance of one of the classes?
    Instance(&'s [TermId]),
    /// Is it a node that has classes, and are all of them among these?
    Classes(&'s FxHashSet<TermId>),
}

/// A record, as far as it has come.
#[derive(Clone, Copy)]
pub(crate) struct Data<'a> {
    pub(crate) terms: &'a Terms,
    pub(crate) view: View<'a>,
}

/// What is asked of the texts of one form. Each text is asked when it comes; outlines then look at
/// the answers.
#[derive(Debug)]
pub(super) struct Asked<'s> {
    form: TextForm,
    asks: Vec<Ask<'s>>,
    /// The text that came last in this record, and its answers: the next one often is the same.
    text: String,
    answers: Option<u32>,
    /// The node that was looked for last: the next one often is the term after it.
    node: TermId,
}

impl Ask<'_> {
    pub(super) fn is_of_classes(&self) -> bool {
        matches!(self, Self::Instance(_) | Self::Classes(_))
    }

    /// The answer of a text; `guess` is what term it may be.
    #[inline]
    pub(super) fn answer(
        &self,
        (form, text): (&TextForm, &str),
        data: Data<'_>,
        guess: &mut TermId,
    ) -> bool {
        match self {
            Ask::Value(check) => engine::is_met(check, &form.key(text), data.terms),
            Ask::Pattern(pattern, is_wanted) => pattern.is_match(text) == *is_wanted,
            Ask::Along(pattern, trail) => pattern.is_match_along(text, &mut trail.borrow_mut()),
            Ask::OneOf(texts) => texts.iter().any(|one| one == text),
            Ask::Instance(_) | Ask::Classes(_) => {
                let node = data.terms.find_near(*guess, &form.key(text));
                *guess = node.unwrap_or(*guess);
                node.is_some_and(|node| self.answer_of_node(node, data.view))
            }
        }
    }

    /// The answer of a node, if the question is about its classes.
    pub(super) fn answer_of_node(&self, node: TermId, view: View<'_>) -> bool {
        let mut own = view.types(node);
        match self {
            Ask::Instance(classes) => own.any(|class| classes.contains(&class)),
            Ask::Classes(classes) => {
                let mut own = own.peekable();
                own.peek().is_some() && own.all(|class| classes.contains(&class))
            }
            _ => false,
        }
    }

    /// Whether two surely are the same.
    fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Ask::Value(check), Ask::Value(other)) => ptr::eq(*check, *other),
            (Ask::Pattern(pattern, is_wanted), Ask::Pattern(other, is_other_wanted)) => {
                ptr::eq(*pattern, *other) && is_wanted == is_other_wanted
            }
            (Ask::OneOf(texts), Ask::OneOf(others)) => texts == others,
            (Ask::Instance(classes), Ask::Instance(others)) => ptr::eq(*classes, *others),
            (Ask::Classes(classes), Ask::Classes(others)) => ptr::eq(*classes, *others),
            _ => false,
        }
    }
}

impl<'s> Asked<'s> {
    pub(super) fn new(form: TextForm) -> Self {
        Self { form, asks: Vec::new(), text: String::new(), answers: None, node: TermId::MAX }
    }

    /// The bit that is the answer to a question, if there is one more.
    pub(super) fn bit(&mut self, ask: Ask<'s>) -> Option<u32> {
        let known = self.asks.iter().position(|known| known.is_same(&ask));
        let position = known.unwrap_or(self.asks.len());
        let bit = 1_u32.checked_shl(u32::try_from(position).ok()?)?;
        if known.is_none() {
            self.asks.push(ask);
            self.answers = None;
        }
        Some(bit)
    }

    /// The answers of a text, in bits.
    #[inline]
    pub(super) fn answers(&mut self, text: &str, data: Data<'_>) -> u32 {
        if let Some(answers) = self.answers.filter(|_| self.text == text) {
            return answers;
        }
        let (form, mut node) = (&self.form, self.node.next());
        let mut answers = 0;
        for (bit, ask) in (0..u32::BITS).zip(&self.asks) {
            answers |= u32::from(ask.answer((form, text), data, &mut node)) << bit;
        }
        self.node = node;
        self.text.clear();
        self.text.push_str(text);
        self.answers = Some(answers);
        answers
    }

    /// Forgets what depends on the record.
    pub(super) fn clear(&mut self) {
        self.answers = None;
    }
}
