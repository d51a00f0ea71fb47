use std::collections::BTreeMap;

use pfocr2rdf::diagnostic::{Code, Diagnostic, ShapeResult};
use pfocr2rdf::explain;
use pfocr2rdf::shacl::Shapes;
use serde_json::{Value, json};

/// What the results of a run are about: codes, and shapes.
pub(super) struct Rules<'s> {
    shapes: &'s Shapes,
    known: Vec<Value>,
    positions: BTreeMap<String, usize>,
}

impl<'s> Rules<'s> {
    pub(super) fn new(shapes: &'s Shapes) -> Self {
        Self { shapes, known: Vec::new(), positions: BTreeMap::new() }
    }

    /// The rules in the order of their first results.
    pub(super) fn as_slice(&self) -> &[Value] {
        &self.known
    }

    /// The position of the rule of a result.
    pub(super) fn index(&mut self, diagnostic: &Diagnostic) -> usize {
        let name = diagnostic.name();
        if let Some(position) = self.positions.get(name) {
            return *position;
        }
        self.positions.insert(name.to_owned(), self.known.len());
        let (title, short, full) = match &diagnostic.shape {
            Some(shape) => self.of_shape(shape),
            None => of_code(diagnostic.code),
        };
        let mut rule = json!({
            "id": name,
            "name": title,
            "shortDescription": { "text": short },
            "fullDescription": { "text": full },
            "defaultConfiguration": { "level": diagnostic.severity().as_str() },
        });
        if let (Some(help), Some(rule)) = (explain::help(diagnostic), rule.as_object_mut()) {
            rule.insert("help".to_owned(), json!({ "text": help }));
        }
        self.known.push(rule);
        self.known.len() - 1
    }

    /// Name, first sentence and full text of a shape.
    fn of_shape(&self, shape: &ShapeResult) -> (String, String, String) {
        let result = &shape.result;
        let messages: Vec<_> = result.messages.iter().map(oxrdf::Literal::value).collect();
        let full = messages.join(" ");
        let name = self.shapes.name(&result.source_shape).unwrap_or(&full).to_owned();
        (pascal(shape.name()), name, full)
    }
}

fn of_code(code: Code) -> (String, String, String) {
    let full = code.explanation().split_whitespace().collect::<Vec<_>>().join(" ");
    let short = full.split_inclusive(". ").next().unwrap_or_default().trim_end().to_owned();
    (pascal(code.as_str()), short, full)
}

/// A name in kebab case as the names of rules are written: `InvalidYear`.
fn pascal(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric());
    let word = |word: &str| {
        let mut chars = word.chars();
        chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect::<String>()
    };
    words.map(word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_described() {
        assert_eq!(
            of_code(Code::MissingFigid),
            (
                "MissingFigid".to_owned(),
                "The record has no figid.".to_owned(),
                "The record has no figid. It is skipped.".to_owned(),
            )
        );
        for &code in Code::ALL {
            let (name, short, full) = of_code(code);
            assert_eq!(name, format!("{code:?}"));
            assert!(short.ends_with('.') && full.starts_with(&short), "{short}");
        }
    }
}
