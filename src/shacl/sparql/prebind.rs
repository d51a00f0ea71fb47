//! [Pre-binding](https://www.w3.org/TR/shacl/#pre-binding): terms in the place of variables.
//!
//! No expression and no pattern can hold a blank node of the data. In patterns an IRI of our own
//! stands for it, which the dataset takes as the blank node; in expressions the call of a function
//! of that name, which gives the blank node.

use oxrdf::{Literal, NamedNode, Term, Variable};
use spareval::QueryEvaluator;
use spargebra::algebra::{Expression, Function, GraphPattern};
use spargebra::term::{NamedNodePattern, TermPattern};

use super::algebra;
use crate::shacl::terms::{TermId, Terms};

/// The scheme of the IRIs that stand for other terms.
const SCHEME: &str = "x-shacl-prebound:";

/// Variables and their terms.
#[derive(Debug, Default)]
pub(super) struct Bindings(Vec<Binding>);

#[derive(Debug)]
struct Binding {
    name: String,
    id: TermId,
    term: Term,
}

impl Binding {
    /// The IRI that stands for a term that is none.
    fn stand_in(&self) -> NamedNode {
        NamedNode::new_unchecked(format!("{SCHEME}{}", self.name))
    }

    fn in_expression(&self) -> Expression {
        match &self.term {
            Term::NamedNode(node) => node.clone().into(),
            Term::Literal(literal) => literal.clone().into(),
            Term::BlankNode(_) => {
                Expression::FunctionCall(Function::Custom(self.stand_in()), Vec::new())
            }
        }
    }

    fn in_pattern(&self) -> TermPattern {
        match &self.term {
            Term::Literal(literal) => literal.clone().into(),
            _ => self.as_iri().into(),
        }
    }

    fn as_iri(&self) -> NamedNode {
        match &self.term {
            Term::NamedNode(node) => node.clone(),
            _ => self.stand_in(),
        }
    }
}

impl Bindings {
    pub(super) fn new(lexicon: &Terms, terms: &[(String, TermId)]) -> Self {
        let binding = |(name, id): &(String, TermId)| Binding {
            name: name.clone(),
            id: *id,
            term: lexicon.term(*id).into_owned(),
        };
        Self(terms.iter().map(binding).collect())
    }

    /// The IRIs that stand for blank nodes.
    pub(super) fn blank_nodes(&self) -> Vec<(NamedNode, TermId)> {
        let blank = self.0.iter().filter(|binding| binding.term.is_blank_node());
        blank.map(|binding| (binding.stand_in(), binding.id)).collect()
    }

    /// Adds the functions that give blank nodes.
    pub(super) fn add_functions(&self, mut evaluator: QueryEvaluator) -> QueryEvaluator {
        for binding in self.0.iter().filter(|binding| binding.term.is_blank_node()) {
            let term = binding.term.clone();
            evaluator =
                evaluator.with_custom_function(binding.stand_in(), move |_| Some(term.clone()));
        }
        evaluator
    }

    fn get(&self, variable: &Variable) -> Option<&Binding> {
        self.0.iter().find(|binding| binding.name == variable.as_str())
    }

    /// Replaces the variables in a pattern.
    pub(super) fn replace(&self, pattern: &mut GraphPattern) {
        match pattern {
            GraphPattern::Bgp { patterns } => {
                for triple in patterns {
                    self.replace_term(&mut triple.subject);
                    self.replace_name(&mut triple.predicate);
                    self.replace_term(&mut triple.object);
                }
            }
            GraphPattern::Path { subject, object, .. } => {
                self.replace_term(subject);
                self.replace_term(object);
            }
            GraphPattern::Graph { name, .. } => self.replace_name(name),
            GraphPattern::Group { inner, variables, .. } => self.bind_keys(inner, variables),
            _ => {}
        }
        for expression in algebra::expressions(pattern) {
            self.replace_expression(expression);
        }
        for inner in algebra::patterns(pattern) {
            self.replace(inner);
        }
    }

    /// A variable that groups stays one: without it there would be a group of no solutions.
    fn bind_keys(&self, inner: &mut GraphPattern, variables: &[Variable]) {
        for variable in variables {
            let Some(binding) = self.get(variable) else { continue };
            *inner = GraphPattern::Extend {
                inner: Box::new(std::mem::take(inner)),
                variable: variable.clone(),
                expression: binding.in_expression(),
            };
        }
    }

    fn replace_term(&self, term: &mut TermPattern) {
        if let TermPattern::Variable(variable) = term
            && let Some(binding) = self.get(variable)
        {
            *term = binding.in_pattern();
        }
    }

    fn replace_name(&self, name: &mut NamedNodePattern) {
        if let NamedNodePattern::Variable(variable) = name
            && let Some(binding) = self.get(variable)
        {
            *name = binding.as_iri().into();
        }
    }

    fn replace_expression(&self, expression: &mut Expression) {
        match expression {
            Expression::Variable(variable) => {
                if let Some(binding) = self.get(variable) {
                    *expression = binding.in_expression();
                }
            }
            Expression::Bound(variable) => {
                if self.get(variable).is_some() {
                    *expression = Literal::from(true).into();
                }
            }
            Expression::Exists(pattern) => self.replace(pattern),
            expression => {
                for operand in algebra::operands(expression) {
                    self.replace_expression(operand);
                }
            }
        }
    }
}
