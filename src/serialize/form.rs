use oxrdf::{NamedNodeRef, NamedOrBlankNodeRef, TermRef, TripleRef};

use super::{LineFormat, line};
use crate::mapping::{self, Rule};
use crate::sink::{Mapped, Part};

/// Writes the lines of mapped triples. What all lines of a rule have in common is made before.
#[derive(Debug)]
pub(crate) struct Forms {
    format: LineFormat,
    /// By the number of the rule.
    known: Box<[Form]>,
}

/// A line from behind its subject, without the value.
#[derive(Debug)]
struct Form {
    before_value: Box<[u8]>,
    after_value: Box<[u8]>,
    /// Whether there is no value, as all is before it.
    is_fixed: bool,
}

impl Forms {
    pub(crate) fn new(format: LineFormat) -> Self {
        let known = mapping::rules().map(|rule| Form::new(format, rule)).collect();
        Self { format, known }
    }

    /// The length of what all lines of a part end with.
    pub(crate) fn end_length(&self, part: Part) -> usize {
        let graph = part.graph().as_str().len();
        " .\n".len() + if self.format.has_graphs { " <>".len() + graph } else { 0 }
    }

    /// Appends the line of a triple whose object is as its rule makes it.
    pub(crate) fn write(&self, quad: &Mapped<'_>, out: &mut Vec<u8>) {
        let form = self.known.get(quad.rule.number);
        let (NamedOrBlankNodeRef::NamedNode(subject), Some(form)) = (quad.triple.subject, form)
        else {
            return self.format.write(quad, out);
        };
        out.push(b'<');
        out.extend_from_slice(subject.as_str().as_bytes());
        out.extend_from_slice(&form.before_value);
        match quad.triple.object {
            _ if form.is_fixed => {}
            TermRef::Literal(literal) => line::escaped(out, literal.value()),
            TermRef::NamedNode(node) => out.extend_from_slice(node.as_str().as_bytes()),
            TermRef::BlankNode(_) => {}
        }
        out.extend_from_slice(&form.after_value);
    }
}

impl Form {
    fn new(format: LineFormat, rule: &'static Rule) -> Self {
        /// Stands for subject and value, as no term of ours has these characters.
        const PLACE: &str = "{}";
        let subject = NamedNodeRef::new_unchecked(PLACE);
        let fixed = rule.fixed_object();
        let object = rule.object(fixed.unwrap_or(PLACE));
        let triple = TripleRef::new(subject, rule.predicate, object);
        let mut line = Vec::new();
        format.write(&Mapped { rule, triple }, &mut line);
        let line = String::from_utf8_lossy(&line);
        let mut pieces = line.split(PLACE).skip(1).map(|piece| piece.as_bytes().into());
        let mut next = || pieces.next().unwrap_or_default();
        Self { before_value: next(), after_value: next(), is_fixed: fixed.is_some() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::serialize::SchemaOrg;

    #[test]
    fn lines_are_those_of_the_format() {
        for schema in [SchemaOrg::Http, SchemaOrg::Https] {
            for has_graphs in [false, true] {
                let format = LineFormat { schema, has_graphs };
                let (forms, mut found, mut expected) = (Forms::new(format), Vec::new(), Vec::new());
                for rule in mapping::rules().chain(mapping::rules()) {
                    for value in ["", "http://schema.org/a", "{}\"\\\n\u{7f}\u{fffe}é"] {
                        let subject = NamedNodeRef::new_unchecked("http://schema.org/b");
                        let object = rule.object(rule.fixed_object().unwrap_or(value));
                        let triple = TripleRef::new(subject, rule.predicate, object);
                        let quad = &Mapped { rule, triple };
                        forms.write(quad, &mut found);
                        format.write(quad, &mut expected);
                    }
                }
                assert_eq!(String::from_utf8(found), String::from_utf8(expected));
            }
        }
    }
}
