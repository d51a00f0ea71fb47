use super::{LineFormat, line};
use crate::mapping::{self, Object, Rule};
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
    value: Value,
}

/// How the value of an object is written.
#[derive(Debug)]
enum Value {
    /// Not at all: it is part of what all lines have in common.
    Fixed,
    Iri,
    Literal,
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
        let Some(form) = self.known.get(quad.rule.number) else {
            return self.format.write(quad, out);
        };
        out.push(b'<');
        out.extend_from_slice(quad.subject.as_bytes());
        out.extend_from_slice(&form.before_value);
        match form.value {
            Value::Fixed => {}
            Value::Iri => out.extend_from_slice(quad.object.as_bytes()),
            Value::Literal => line::escaped(out, quad.object),
        }
        out.extend_from_slice(&form.after_value);
    }
}

impl Form {
    fn new(format: LineFormat, rule: &'static Rule) -> Self {
        /// Stands for subject and value, as no term of ours has these characters.
        const PLACE: &str = "{}";
        let fixed = rule.fixed_object();
        let mut line = Vec::new();
        let object = fixed.unwrap_or(PLACE);
        format.write(&Mapped { rule, subject: PLACE, object }, &mut line);
        let line = String::from_utf8_lossy(&line);
        let mut pieces = line.split(PLACE).skip(1).map(|piece| piece.as_bytes().into());
        let mut next = || pieces.next().unwrap_or_default();
        let value = match rule.object {
            _ if fixed.is_some() => Value::Fixed,
            Object::Plain(_) | Object::English(_) | Object::Typed(_) => Value::Literal,
            Object::Term(_) | Object::Node(_) | Object::Ready(_) | Object::Iri(_) => Value::Iri,
        };
        Self { before_value: next(), after_value: next(), value }
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
                        let object = rule.fixed_object().unwrap_or(value);
                        let quad = &Mapped { rule, subject: "http://schema.org/b", object };
                        forms.write(quad, &mut found);
                        format.write(quad, &mut expected);
                    }
                }
                assert_eq!(String::from_utf8(found), String::from_utf8(expected));
            }
        }
    }
}
