//! [SHACL-SPARQL](https://www.w3.org/TR/shacl/#part2): queries as constraints.
//!
//! A query runs on the index of the record. Its pre-bound variables are replaced by their terms
//! before it runs, so that the optimizer knows them.

mod algebra;
mod dataset;
mod parse;
mod path;
mod prebind;
mod rules;
mod template;

use oxrdf::{Literal, Term};
use spareval::{QueryEvaluator, QueryResults, QuerySolution};

use self::dataset::Dataset;
pub(crate) use self::parse::{Context, Form};
use self::prebind::Bindings;
use super::engine::{Answer, Engine, Extra, Finding, Out, Site, Value};
use super::error::Failure;
use super::terms::{TermId, Terms};

/// A query that is a constraint.
#[derive(Debug)]
pub(crate) struct Query {
    form: Form,
    select: spargebra::Query,
    /// The variables that have the same term for every focus node.
    bindings: Vec<(String, TermId)>,
}

impl Query {
    /// Whether the query finds nothing wrong.
    pub(crate) fn check(&self, engine: &Engine<'_>, site: &Site<'_>, out: Out<'_>) -> Answer {
        match self.form {
            Form::Select => self.select(engine, site, out),
            Form::Ask => self.ask(engine, site, out),
        }
    }

    /// Each solution is a result.
    fn select(&self, engine: &Engine<'_>, site: &Site<'_>, mut out: Out<'_>) -> Answer {
        let mut conforms = true;
        self.solve(engine, site, None, |solution| {
            if let Some(Term::Literal(literal)) = solution.get("failure")
                && literal.value() == "true"
            {
                return Err("it reports a failure".into());
            }
            conforms = match &mut out {
                Some(out) => self.finding(engine, site, None, &solution).push(Some(out)),
                None => false,
            };
            let may_fail = solution.variables().iter().any(|one| one.as_str() == "failure");
            Ok(out.is_some() || may_fail)
        })?;
        Ok(conforms)
    }

    /// Each value without a solution is a result.
    fn ask(&self, engine: &Engine<'_>, site: &Site<'_>, mut out: Out<'_>) -> Answer {
        let mut conforms = true;
        for value in engine.values(site) {
            let mut holds = false;
            self.solve(engine, site, Some(*value), |_| {
                holds = true;
                Ok(false)
            })?;
            if !holds {
                let none = QuerySolution::from((Vec::new(), Vec::new()));
                let finding = self.finding(engine, site, Some(*value), &none);
                conforms = finding.push(out.as_deref_mut());
            }
            if !conforms && out.is_none() {
                break;
            }
        }
        Ok(conforms)
    }

    /// Hands the solutions on for as long as they are wanted.
    fn solve(
        &self,
        engine: &Engine<'_>,
        site: &Site<'_>,
        value: Option<Value>,
        mut wanted: impl FnMut(QuerySolution) -> Result<bool, String>,
    ) -> Result<(), Box<Failure>> {
        let failed = |cause: String| {
            Box::new(Failure::Query(engine.lexicon.term(site.shape.node).to_string(), cause))
        };
        let bindings = Bindings::new(engine.lexicon, &at(site, value));
        let mut query = self.select.clone();
        if let spargebra::Query::Select { pattern, .. } = &mut query {
            bindings.replace(pattern);
        }
        let evaluator = bindings.add_functions(QueryEvaluator::new());
        let dataset = Dataset::new(engine, bindings.blank_nodes());
        let results = evaluator.prepare(&query).execute(dataset);
        let Ok(QueryResults::Solutions(solutions)) = results else {
            return Err(failed(results.err().map_or_else(String::new, |error| error.to_string())));
        };
        for solution in solutions {
            let solution = solution.map_err(|error| failed(error.to_string()))?;
            if !wanted(solution).map_err(failed)? {
                break;
            }
        }
        Ok(())
    }

    /// A [result](https://www.w3.org/TR/shacl/#sparql-constraints-variables) of a solution.
    fn finding(
        &self,
        engine: &Engine<'_>,
        site: &Site<'_>,
        value: Option<Value>,
        solution: &QuerySolution,
    ) -> Finding {
        let path = match solution.get("path") {
            Some(Term::NamedNode(path)) => Some(path.clone()),
            _ => None,
        };
        let of_node_shape = site.shape.path.is_none().then_some(site.focus);
        let mut finding = Finding::new(site, value.or(of_node_shape));
        let found = solution.get("value").cloned();
        if let Some(found) = &found {
            finding.value = engine.lexicon.find(found.as_ref());
            finding.origin = origin(engine, site, finding.value);
        }
        let messages = self.messages(engine.lexicon, site, value, solution);
        finding.extra = Some(Box::new(Extra { path, value: found, messages }));
        finding
    }

    /// The messages of a result: of the solution, else of the constraint, with its variables
    /// filled in.
    fn messages(
        &self,
        lexicon: &Terms,
        site: &Site<'_>,
        value: Option<Value>,
        solution: &QuerySolution,
    ) -> Vec<Literal> {
        if let Some(Term::Literal(message)) = solution.get("message") {
            return vec![message.clone()];
        }
        let bound = [at(site, value), self.bindings.clone()].concat();
        let term = |name: &str| {
            let bound = bound.iter().find(|(own, _)| own == name);
            let bound = bound.map(|(_, id)| lexicon.term(*id));
            solution.get(name).map(Term::as_ref).or(bound)
        };
        let messages = site.constraint.messages.iter().map(|id| lexicon.term(*id));
        messages.filter_map(|message| template::fill(message, term)).collect()
    }
}

/// The variables that depend on the focus node.
fn at(site: &Site<'_>, value: Option<Value>) -> Vec<(String, TermId)> {
    let this = (String::from("this"), site.focus.term);
    let value = value.map(|value| (String::from("value"), value.term));
    [this].into_iter().chain(value).collect()
}

/// The triple that gives a focus node a value, or the one that made it a focus node.
fn origin(engine: &Engine<'_>, site: &Site<'_>, value: Option<TermId>) -> u32 {
    let mut facts = engine.view.subject(site.focus.term);
    let fact = facts.find(|fact| Some(fact.object) == value);
    fact.map_or(site.focus.origin, |fact| fact.origin)
}
