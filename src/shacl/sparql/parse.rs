//! From the text of a query to a [`Query`], or the reason why it is refused.

use oxrdf::NamedNode;
use spargebra::SparqlParser;

use super::rules::Rules;
use super::{Bindings, Query, path};
use crate::shacl::path::Path;
use crate::shacl::terms::{Lexicon, TermId};

/// The form of a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Select,
    Ask,
}

/// What a query is compiled with.
pub(crate) struct Context<'a> {
    pub(crate) lexicon: Lexicon<'a>,
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
            Rules { required: &required, path: path.as_ref() }.apply(pattern, form)?;
            Bindings::new(self.lexicon, &self.bindings).replace(pattern);
        }
        Ok(Query { form, select: query, bindings: self.bindings })
    }

    /// Parses a query; `ASK` becomes a `SELECT` of the same pattern.
    fn parse(&self, text: &str, form: Form) -> Result<spargebra::Query, String> {
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
