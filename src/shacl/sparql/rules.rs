//! What a query must not do, so that variables can be
//! [pre-bound](https://www.w3.org/TR/shacl/#pre-binding); and the path in the place of `$PATH`.

use spargebra::algebra::{GraphPattern, PropertyPathExpression};
use spargebra::term::{NamedNodePattern, TriplePattern, Variable};

use super::parse::Form;
use super::{algebra, path};

/// The rules for one query.
pub(super) struct Rules<'a> {
    /// The variables that every `SELECT` must return.
    pub(super) required: &'a [String],
    /// The path of the shape, if it is a property shape.
    pub(super) path: Option<&'a PropertyPathExpression>,
}

impl Rules<'_> {
    /// Checks a query and puts the path in; the error says what is not allowed.
    pub(super) fn apply(&self, pattern: &mut GraphPattern, form: Form) -> Result<(), String> {
        match pattern {
            GraphPattern::Distinct { inner }
            | GraphPattern::Reduced { inner }
            | GraphPattern::Slice { inner, .. } => self.apply(inner, form),
            GraphPattern::Project { inner, variables } => {
                let is_returned = variables.iter().any(|variable| variable.as_str() == "this");
                if form == Form::Select && !is_returned {
                    return Err("it must return $this".into());
                }
                self.check(inner)
            }
            pattern => self.check(pattern),
        }
    }

    fn check(&self, pattern: &mut GraphPattern) -> Result<(), String> {
        match pattern {
            GraphPattern::Minus { .. } => return Err("MINUS is not allowed".into()),
            GraphPattern::Values { .. } => return Err("VALUES is not allowed".into()),
            GraphPattern::Lateral { .. } => return Err("LATERAL is not allowed".into()),
            GraphPattern::Service { .. } => return Err("SERVICE is not allowed".into()),
            GraphPattern::Extend { variable, .. } => self.check_assigned(variable)?,
            GraphPattern::Project { variables, .. } => self.check_returned(variables)?,
            _ => {}
        }
        let mut inside = Vec::new();
        algebra::patterns_of(algebra::expressions(pattern), &mut inside);
        for inner in inside {
            self.check(inner)?;
        }
        for inner in algebra::patterns(pattern) {
            self.check(inner)?;
        }
        if let Some(path) = self.path {
            path::put_in(pattern, path);
        }
        if uses_path(pattern) {
            return Err("$PATH is only for the predicates of property shapes".into());
        }
        Ok(())
    }

    fn check_assigned(&self, variable: &Variable) -> Result<(), String> {
        let fixed = ["currentShape", "shapesGraph", "PATH"];
        let name = variable.as_str();
        if fixed.contains(&name) || self.required.iter().any(|required| required == name) {
            return Err(format!("${name} must not be assigned"));
        }
        Ok(())
    }

    fn check_returned(&self, variables: &[Variable]) -> Result<(), String> {
        let is_returned = |name: &&String| variables.iter().any(|one| one.as_str() == *name);
        match self.required.iter().find(|name| !is_returned(name)) {
            Some(name) => Err(format!("a nested SELECT must return ${name}")),
            None => Ok(()),
        }
    }
}

fn uses_path(pattern: &GraphPattern) -> bool {
    let GraphPattern::Bgp { patterns } = pattern else { return false };
    patterns.iter().any(is_path_triple)
}

pub(super) fn is_path_triple(triple: &TriplePattern) -> bool {
    matches!(&triple.predicate, NamedNodePattern::Variable(name) if name.as_str() == "PATH")
}
