//! From the text of a query to a [`Query`], or the reason why it is refused.

use oxrdf::NamedNode;
use spargebra::SparqlParser;

use super::rules::Rules;
use super::{Bindings, Query, algebra, path};
use crate::shacl::path::Path;
use crate::shacl::terms::{TermId, Terms};

/// How many bytes a query may have, how many brackets inside one another, and how many parts of
/// its algebra inside one another: parser and evaluator call themselves for each. A thread with a
/// stack of 2 MiB bears as much.
const MAX_LENGTH: usize = 32 * 1024;
const MAX_NESTING: usize = 32;
const MAX_DEPTH: usize = 48;

/// The form of a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Select,
    Ask,
}

/// What a query is compiled with.
pub(crate) struct Context<'a> {
    pub(crate) lexicon: &'a Terms,
    pub(crate) base: &'a str,
    pub(crate) prefixes: &'a [(String, String)],
    /// The path of the property shape, for `$PATH`.
    pub(crate) path: Option<Path<NamedNode>>,
    /// The variables with the same term for every focus node.
    pub(crate) bindings: Vec<(String, TermId)>,
    /// All parameters of the component, those without a value too.
    pub(crate) parameters: Vec<String>,
}

impl Context<'_> {
    /// Compiles a query; the error says why it is refused.
    pub(crate) fn compile(self, text: &str, form: Form) -> Result<Query, String> {
        let mut query = self.parse(text, form)?;
        let mut required = self.parameters.clone();
        required.push("this".into());
        if form == Form::Ask {
            required.push("value".into());
        }
        let path = self.path.as_ref().map(path::translate);
        if let spargebra::Query::Select { pattern, .. } = &mut query {
            if !algebra::is_shallow(pattern, MAX_DEPTH) {
                return Err("it has too many parts inside one another".into());
            }
            Rules { required: &required, path: path.as_ref() }.apply(pattern, form)?;
            Bindings::new(self.lexicon, &self.bindings).replace(pattern);
        }
        Ok(Query { form, select: query, bindings: self.bindings })
    }

    /// Parses a query; `ASK` becomes a `SELECT` of the same pattern.
    fn parse(&self, text: &str, form: Form) -> Result<spargebra::Query, String> {
        if text.len() > MAX_LENGTH {
            return Err("it is longer than 32 KiB".into());
        }
        if nesting(text) > MAX_NESTING {
            return Err("it has too many brackets inside one another".into());
        }
        let mut parser = SparqlParser::new();
        parser = parser.with_base_iri(self.base).map_err(|error| error.to_string())?;
        for (prefix, namespace) in self.prefixes {
            parser = parser.with_prefix(prefix, namespace).map_err(|error| error.to_string())?;
        }
        let query = parser.parse_query(text).map_err(|error| error.to_string())?;
        if query.dataset().is_some() {
            return Err("FROM is not allowed".into());
        }
        match (query, form) {
            (query @ spargebra::Query::Select { .. }, Form::Select) => Ok(query),
            (spargebra::Query::Ask { dataset, pattern, base_iri }, Form::Ask) => {
                Ok(spargebra::Query::Select { dataset, pattern, base_iri })
            }
            (_, Form::Select) => Err("it must be a SELECT query".into()),
            (_, Form::Ask) => Err("it must be an ASK query".into()),
        }
    }
}

/// How many brackets are open at once. Those in texts count too, which matters to no honest query.
fn nesting(text: &str) -> usize {
    let (mut open, mut most) = (0_usize, 0);
    for c in text.chars() {
        match c {
            '(' | '{' | '[' => open += 1,
            ')' | '}' | ']' => open = open.saturating_sub(1),
            _ => {}
        }
        most = most.max(open);
    }
    most
}
