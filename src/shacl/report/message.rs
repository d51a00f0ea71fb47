//! Messages for shapes without any.

use super::Converter;
use crate::shacl::path::Path;
use crate::shacl::program::{Check, Constraint, Pair, Range, ValueCheck};
use crate::shacl::terms::{Kind, TermId};
use crate::shacl::vocab::SH;

/// What is wrong, in English.
pub(super) fn default(converter: Converter<'_>, constraint: &Constraint) -> String {
    let term = |id: TermId| show(converter, id);
    match &constraint.check {
        Check::Value(check) => of_value(converter, check),
        Check::MinCount(count) => format!("fewer than {count} values"),
        Check::MaxCount(count) => format!("more than {count} values"),
        Check::HasValue(value) => format!("has not the value {}", term(*value)),
        Check::UniqueLang => "more than one value of the same language".into(),
        Check::Pair(pair, path) => of_pair(*pair, &path.map(&|id| term(*id))),
        Check::Closed(_) => "a predicate that the shape does not allow".into(),
        Check::Not(_) => "conforms to a shape that it must not conform to".into(),
        Check::And(_) => "does not conform to all of the shapes".into(),
        Check::Or(_) => "conforms to none of the shapes".into(),
        Check::Xone(_) => "does not conform to exactly one of the shapes".into(),
        Check::Node(shape) | Check::Property(shape) => {
            let node = converter.program.shape(*shape).map(|shape| term(shape.node));
            format!("does not conform to {}", node.unwrap_or_default())
        }
        Check::QualifiedMin(count, _) => {
            format!("fewer than {count} values conform to the qualified shape")
        }
        Check::QualifiedMax(count, _) => {
            format!("more than {count} values conform to the qualified shape")
        }
        Check::SomeValue(_) => "no value conforms to the shape".into(),
        Check::UniqueValuesFor(_) => "another node has the same key".into(),
        #[cfg(feature = "sparql")]
        Check::Query(_) => "the query finds a fault".into(),
    }
}

fn of_value(converter: Converter<'_>, check: &ValueCheck) -> String {
    let all = |ids: &[TermId]| {
        let terms: Vec<_> = ids.iter().map(|id| show(converter, *id)).collect();
        terms.join(" or ")
    };
    match check {
        ValueCheck::Class(classes) => format!("is no instance of {}", all(classes)),
        ValueCheck::Datatype(datatypes) => {
            format!("is no well-formed literal of {}", all(datatypes))
        }
        ValueCheck::NodeKind(kinds) => {
            let names = [
                (Kind::Iri, "an IRI"),
                (Kind::BlankNode, "a blank node"),
                (Kind::Literal, "a literal"),
            ];
            let wanted = names.into_iter().filter(|(kind, _)| kinds.contains(*kind));
            format!("is not {}", wanted.map(|(_, name)| name).collect::<Vec<_>>().join(" or "))
        }
        ValueCheck::Range(range, bound) => {
            let relation = match range {
                Range::MinExclusive => "greater than",
                Range::MinInclusive => "greater than or equal to",
                Range::MaxExclusive => "less than",
                Range::MaxInclusive => "less than or equal to",
            };
            format!("is not {relation} {}", show(converter, *bound))
        }
        ValueCheck::MinLength(length) => format!("has fewer than {length} characters"),
        ValueCheck::MaxLength(length) => format!("has more than {length} characters"),
        ValueCheck::Pattern(regex) => format!("does not match {:?}", regex.as_str()),
        ValueCheck::LanguageIn(ranges) => format!("is not in {}", ranges.join(" or ")),
        ValueCheck::In(_) => "is none of the allowed values".into(),
        ValueCheck::SingleLine => "has more than one line".into(),
        ValueCheck::RootClass(classes) => format!("is no subclass of {}", all(classes)),
    }
}

fn of_pair(pair: Pair, path: &Path<String>) -> String {
    match pair {
        Pair::Equals => format!("is not a value of both this path and {path}"),
        Pair::Disjoint => format!("is also a value of {path}"),
        Pair::LessThan => format!("is not less than each value of {path}"),
        Pair::LessThanOrEquals => format!("is not less than or equal to each value of {path}"),
        Pair::SubsetOf => format!("is not a value of {path}"),
    }
}

fn show(converter: Converter<'_>, id: TermId) -> String {
    match converter.lexicon.key(id).text.strip_prefix(SH) {
        Some(local) => format!("sh:{local}"),
        None => converter.lexicon.term(id).to_string(),
    }
}
