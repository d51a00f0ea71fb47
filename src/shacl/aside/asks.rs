//! What is asked of single texts.

use std::cell::RefCell;
use std::ops::Range;
use std::ptr;

use rustc_hash::FxHashSet;

use super::append;
use crate::plain::is_plain;
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
    /// Each with the bit that is its answer.
    asks: Vec<(u32, Ask<'s>)>,
    /// Those that all [plain](is_plain) texts answer in the same way unless they are empty, and these
    /// answers.
    of_others: Vec<(u32, Ask<'s>)>,
    of_plain: u32,
    /// Where the text is that came last in this record, and its answers: the next one often is the
    /// same.
    last: Option<(Range<usize>, u32)>,
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

    /// The answer of all [plain](is_plain) texts, if it is the same.
    fn answer_of_plain(&self) -> Option<bool> {
        match self {
            Ask::Pattern(pattern, is_wanted) => Some(pattern.answer_of_plain()? == *is_wanted),
            _ => None,
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
        Self {
            form,
            asks: Vec::new(),
            of_others: Vec::new(),
            of_plain: 0,
            last: None,
            node: TermId::MAX,
        }
    }

    /// The bit that is the answer to a question, if there is one more.
    pub(super) fn bit(&mut self, ask: Ask<'s>) -> Option<u32> {
        let mut all = self.asks.iter().chain(&self.of_others);
        if let Some((bit, _)) = all.find(|(_, known)| known.is_same(&ask)) {
            return Some(*bit);
        }
        let number = self.asks.len() + self.of_others.len();
        let bit = 1_u32.checked_shl(u32::try_from(number).ok()?)?;
        let answer = ask.answer_of_plain();
        self.of_plain |= if answer == Some(true) { bit } else { 0 };
        let asks = if answer.is_some() { &mut self.of_others } else { &mut self.asks };
        asks.push((bit, ask));
        self.last = None;
        Some(bit)
    }

    /// Keeps a text among others; says where it is, and its answers in bits.
    #[inline]
    pub(super) fn answers(
        &mut self,
        text: &str,
        texts: &mut String,
        data: Data<'_>,
    ) -> (Range<usize>, u32) {
        if let Some((range, answers)) = &self.last
            && texts.get(range.clone()) == Some(text)
        {
            return (range.clone(), *answers);
        }
        let mut node = self.node.next();
        let mut ask_all = |asks: &[(u32, Ask<'s>)]| {
            let mut answer = |ask: &Ask<'_>| ask.answer((&self.form, text), data, &mut node);
            asks.iter().fold(0, |all, (bit, ask)| all | if answer(ask) { *bit } else { 0 })
        };
        let mut answers = ask_all(&self.asks);
        if !self.of_others.is_empty() {
            let is_plain = !text.is_empty() && is_plain(text);
            answers |= if is_plain { self.of_plain } else { ask_all(&self.of_others) };
        }
        self.node = node;
        let range = append(text, texts);
        self.last = Some((range.clone(), answers));
        (range, answers)
    }

    /// Forgets what depends on the record.
    pub(super) fn clear(&mut self) {
        self.last = None;
    }
}
