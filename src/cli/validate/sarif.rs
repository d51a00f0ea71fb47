mod rules;

use std::collections::HashMap;
use std::io::{self, Write};
use std::path::Path;

use pfocr2rdf::diagnostic::{Diagnostic, Location, Related};
use pfocr2rdf::iri::Template;
use pfocr2rdf::rdf_file;
use pfocr2rdf::shacl::Shapes;
use pfocr2rdf::text::short_hash;
use serde_json::{Map, Value, json};

use self::rules::Rules;
use super::json::{self, Items};
use super::report::{Report, Totals};

/// [SARIF 2.1.0](https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html), which
/// code-scanning sites show; each result on a line of its own.
pub(super) struct Sarif<'o, 's> {
    out: &'o mut dyn Write,
    results: Items,
    rules: Rules<'s>,
    /// How often each fingerprint came.
    fingerprints: HashMap<String, u32>,
}

impl<'o, 's> Sarif<'o, 's> {
    pub(super) fn new(shapes: &'s Shapes, out: &'o mut dyn Write) -> Self {
        let results = Items::after(concat!(
            "{\n\"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\",\n",
            "\"version\": \"2.1.0\",\n\"runs\": [{\n",
            "\"columnKind\": \"unicodeCodePoints\",\n\"results\": [",
        ));
        Self { out, results, rules: Rules::new(shapes), fingerprints: HashMap::new() }
    }

    /// The fingerprint, with a number behind it for those that came before: rows of a table can have
    /// the same defect.
    fn numbered_fingerprint(&mut self, diagnostic: &Diagnostic) -> String {
        let fingerprint = fingerprint(diagnostic);
        let number = self.fingerprints.entry(fingerprint.clone()).or_default();
        *number += 1;
        if *number == 1 { fingerprint } else { format!("{fingerprint}:{number}") }
    }
}

impl Report for Sarif<'_, '_> {
    fn add(&mut self, diagnostic: &Diagnostic) -> io::Result<()> {
        let fingerprint = self.numbered_fingerprint(diagnostic);
        let mut result = Map::new();
        let mut set = |name: &str, value: Value| result.insert(name.to_owned(), value);
        set("ruleId", diagnostic.name().into());
        set("ruleIndex", self.rules.index(diagnostic).into());
        set("level", diagnostic.severity().as_str().into());
        set("message", json!({ "text": diagnostic.message }));
        set("locations", json!([location(&diagnostic.location)?]));
        set("partialFingerprints", json!({ "defect/v1": fingerprint }));
        let related = related(diagnostic)?;
        if !related.is_empty() {
            set("relatedLocations", related.into());
        }
        if let Some(shape) = &diagnostic.shape {
            set("properties", json::of_shape(&shape.result).into());
        }
        self.results.add(self.out, &result.into())
    }

    fn finish(&mut self, totals: &Totals) -> io::Result<()> {
        self.results.end(self.out)?;
        let tool = json!({ "driver": {
            "name": env!("CARGO_PKG_NAME"),
            "version": env!("CARGO_PKG_VERSION"),
            "informationUri": env!("CARGO_PKG_REPOSITORY"),
            "rules": self.rules.as_slice(),
        } });
        let invocation = invocation(totals);
        writeln!(self.out, ",\n\"invocations\": [{invocation}],\n\"tool\": {tool}\n}}]\n}}")
    }
}

/// That the run came to its end, and what it left out.
fn invocation(totals: &Totals) -> Value {
    let notification = |cut| json!({ "level": "note", "message": { "text": cut } });
    let notifications: Vec<_> = totals.cut().map(notification).into_iter().collect();
    json!({
        "executionSuccessful": true,
        "exitCode": u8::from(totals.has_problems()),
        "toolExecutionNotifications": notifications,
    })
}

fn location(place: &Location) -> io::Result<Map<String, Value>> {
    let physical = json!({
        "artifactLocation": { "uri": uri(&place.file)? },
        "region": { "startLine": place.line, "startColumn": place.column },
    });
    let mut location = Map::from_iter([("physicalLocation".to_owned(), physical)]);
    if let Some(field) = &place.field {
        let name = json!([{ "fullyQualifiedName": field.qualified_name() }]);
        location.insert("logicalLocations".to_owned(), name);
    }
    Ok(location)
}

/// The other places that a result is about, and where its shape is, if not in this program.
fn related(diagnostic: &Diagnostic) -> io::Result<Vec<Value>> {
    let mut places = Vec::new();
    for Related { location: place, message } in &diagnostic.related {
        let mut place = location(place)?;
        place.insert("message".to_owned(), json!({ "text": message }));
        places.push(place.into());
    }
    let shape = diagnostic.shape.as_deref().filter(|shape| !shape.is_bundled());
    if let Some(place) = shape.and_then(|shape| shape.result.location.as_ref()) {
        places.push(json!({
            "message": { "text": "the shape" },
            "physicalLocation": {
                "artifactLocation": { "uri": uri(place.file())? },
                "region": { "startLine": place.line() },
            },
        }));
    }
    Ok(places)
}

/// The same for the same defect in the next version of a file, where it may stand on another
/// line.
fn fingerprint(diagnostic: &Diagnostic) -> String {
    let (file, message) = (diagnostic.location.file.as_str(), diagnostic.message.as_str());
    let Some(shape) = &diagnostic.shape else {
        return short_hash(&[diagnostic.name(), file, message]);
    };
    let result = &shape.result;
    let parts = [
        file.to_owned(),
        result.source_shape.to_string(),
        result.focus_node.to_string(),
        result.path.as_ref().map(ToString::to_string).unwrap_or_default(),
        result.value.as_ref().map(ToString::to_string).unwrap_or_default(),
        result.component.as_str().to_owned(),
    ];
    short_hash(&parts.each_ref().map(String::as_str))
}

/// The reference to a file: relative, as it was named, or the IRI of an absolute path.
fn uri(file: &str) -> io::Result<String> {
    const RELATIVE: Template = Template::new("{path}").with_slash();
    let path = Path::new(file);
    if path.is_absolute() {
        return rdf_file::file_iri(path).map_err(io::Error::other);
    }
    let uri = RELATIVE.iri(&file.replace(std::path::MAIN_SEPARATOR, "/"));
    // What stands before a colon in the first segment would be a scheme.
    let first = uri.split('/').next().unwrap_or_default();
    Ok(if first.contains(':') { format!("./{uri}") } else { uri })
}

#[cfg(test)]
mod tests {
    use pfocr2rdf::diagnostic::{Code, Location};

    use super::*;

    #[test]
    fn files_are_references() {
        let t = |file: &str, expected: &str| assert_eq!(uri(file).unwrap(), expected);
        t("_figures/PMC1__f.md", "_figures/PMC1__f.md");
        t("../a b/50%#?.md", "../a%20b/50%25%23%3F.md");
        t("c:d/é.md", "./c:d/%C3%A9.md");
        t("a/c:d.md", "a/c:d.md");
        #[cfg(unix)]
        t("/a b/c.md", "file:///a%20b/c.md");
    }

    #[test]
    fn a_fingerprint_does_not_know_the_line() {
        let hash = |file: &str, line, code, message: &str| {
            let location = Location::new(file, line, 7);
            fingerprint(&Diagnostic::new(code, location, message))
        };
        let one = hash("a.md", 4, Code::InvalidYear, "x");
        assert_eq!(one, hash("a.md", 9, Code::InvalidYear, "x"));
        assert_ne!(one, hash("b.md", 4, Code::InvalidYear, "x"));
        assert_ne!(one, hash("a.md", 4, Code::InvalidDoi, "x"));
        assert_ne!(one, hash("a.md", 4, Code::InvalidYear, "y"));
    }
}
