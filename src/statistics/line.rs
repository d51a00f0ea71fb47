use super::{rdf, xsd};

/// A triple on a line that our serializer wrote: no blank nodes, one space between the terms.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Line<'l> {
    /// The IRI.
    pub(super) subject: &'l str,
    /// The IRI.
    pub(super) predicate: &'l str,
    /// The IRI; or the literal as it stands there, without its datatype.
    pub(super) object: &'l str,
    /// The datatype, if the object is a literal.
    pub(super) datatype: Option<&'l str>,
}

impl<'l> Line<'l> {
    /// Whether it gives the subject a class.
    pub(super) fn is_type(&self) -> bool {
        self.predicate == rdf::TYPE.as_str()
    }

    /// Reads a line without its end.
    pub(super) fn parse(line: &'l str) -> Option<Self> {
        let (subject, rest) = line.strip_prefix('<')?.split_once("> <")?;
        let (predicate, rest) = rest.split_once("> ")?;
        let object = rest.strip_suffix(" .")?;
        if let Some(iri) = object.strip_prefix('<') {
            let object = iri.strip_suffix('>')?;
            return Some(Self { subject, predicate, object, datatype: None });
        }
        let (literal, suffix) = object.split_at_checked(object.rfind('"')? + 1)?;
        let (object, datatype) = match suffix.strip_prefix("^^<") {
            Some(datatype) => (literal, datatype.strip_suffix('>')?),
            // The language belongs to the literal.
            None if suffix.starts_with('@') => (object, rdf::LANG_STRING.as_str()),
            None => (literal, xsd::STRING.as_str()),
        };
        Some(Self { subject, predicate, object, datatype: Some(datatype) })
    }
}

#[cfg(test)]
mod tests {
    use oxrdf::{Literal, NamedNode, Term, Triple};
    use oxttl::{NTriplesParser, NTriplesSerializer};
    use proptest::prelude::*;

    use super::*;

    fn object() -> impl Strategy<Value = Term> {
        let iri = || {
            "[a-z0-9>\" \\\\.@^<]{0,12}".prop_map(|end| {
                let end: String = end.chars().filter(char::is_ascii_alphanumeric).collect();
                NamedNode::new_unchecked(format!("http://example.org/{end}"))
            })
        };
        prop_oneof![
            iri().prop_map(Term::from),
            any::<String>().prop_map(|text| Literal::new_simple_literal(text).into()),
            any::<String>().prop_map(|text| {
                Literal::new_language_tagged_literal_unchecked(text, "en").into()
            }),
            ("[\"@^<> .\\\\\n]{0,9}", iri())
                .prop_map(|(text, datatype)| Literal::new_typed_literal(text, datatype).into()),
        ]
    }

    proptest! {
        #[test]
        fn lines_are_read_as_by_the_parser(object in object()) {
            let iri = |end: &str| NamedNode::new_unchecked(format!("http://example.org/{end}"));
            let triple = Triple::new(iri("s"), iri("p"), object);
            let mut serializer = NTriplesSerializer::new().for_writer(Vec::new());
            serializer.serialize_triple(&triple).unwrap();
            let text = String::from_utf8(serializer.finish()).unwrap();
            let line = Line::parse(text.strip_suffix('\n').unwrap()).unwrap();
            prop_assert_eq!((line.subject, line.predicate), ("http://example.org/s", "http://example.org/p"));
            let parsed = NTriplesParser::new().for_slice(&text).next().unwrap().unwrap();
            match parsed.object {
                Term::Literal(literal) => {
                    prop_assert_eq!(line.datatype, Some(literal.datatype().as_str()));
                    prop_assert_eq!(line.object.ends_with("@en"), literal.language().is_some());
                }
                Term::NamedNode(node) => {
                    prop_assert_eq!((line.object, line.datatype), (node.as_str(), None));
                }
                Term::BlankNode(_) => prop_assert!(false),
            }
        }
    }
}
