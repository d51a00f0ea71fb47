//! Messages with variables: `{$name}` and `{?name}`.

use oxrdf::{Literal, TermRef};

/// Puts terms in the place of the variables of a message; those without a term stay.
pub(super) fn fill<'t>(
    message: TermRef<'_>,
    term: impl Fn(&str) -> Option<TermRef<'t>>,
) -> Option<Literal> {
    let TermRef::Literal(literal) = message else { return None };
    let mut filled = String::new();
    let mut rest = literal.value();
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let variable = after.split_once('}').and_then(|(name, after)| {
            let name = name.strip_prefix(['$', '?'])?;
            Some((term(name)?, after))
        });
        rest = if let Some((term, after)) = variable {
            filled.push_str(&show(term));
            after
        } else {
            filled.push('{');
            after
        };
    }
    filled.push_str(rest);
    Some(match literal.language() {
        Some(tag) => Literal::new_language_tagged_literal_unchecked(filled, tag),
        None => Literal::new_simple_literal(filled),
    })
}

fn show(term: TermRef<'_>) -> String {
    match term {
        TermRef::Literal(literal) => literal.value().into(),
        term => term.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use oxrdf::{LiteralRef, NamedNodeRef};

    use super::*;

    #[test]
    fn variables_are_filled_in() {
        fn t(message: &str, expected: &str) {
            let term = |name: &str| match name {
                "value" => Some(LiteralRef::new_simple_literal("5 {?this}").into()),
                "this" => Some(NamedNodeRef::new_unchecked("http://example.com/").into()),
                _ => None,
            };
            let filled = fill(LiteralRef::new_simple_literal(message).into(), term);
            assert_eq!(filled, Some(Literal::new_simple_literal(expected)), "{message}");
        }
        t("plain", "plain");
        t("{?value} of {$this}", "5 {?this} of <http://example.com/>");
        t("{?other} {value} {{?value}} {", "{?other} {value} {5 {?this}} {");
    }
}
