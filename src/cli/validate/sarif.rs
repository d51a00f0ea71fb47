use std::collections::BTreeSet;
use std::io::{self, Write};

use pfocr2rdf::diagnostic::Diagnostic;
use serde_json::{Value, json};

use super::report::{Report, Totals};

/// [SARIF 2.1.0](https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html).
pub(super) struct Sarif<'o> {
    out: &'o mut dyn Write,
    names: BTreeSet<String>,
    results: Vec<Value>,
}

impl<'o> Sarif<'o> {
    pub(super) fn new(out: &'o mut dyn Write) -> Self {
        Self { out, names: BTreeSet::new(), results: Vec::new() }
    }
}

impl Report for Sarif<'_> {
    fn add(&mut self, diagnostic: &Diagnostic) -> io::Result<()> {
        let location = &diagnostic.location;
        self.names.insert(diagnostic.name().to_owned());
        self.results.push(json!({
            "ruleId": diagnostic.name(),
            "level": diagnostic.severity().as_str(),
            "message": { "text": diagnostic.message },
            "locations": [{ "physicalLocation": {
                "artifactLocation": { "uri": location.file.replace('%', "%25").replace(' ', "%20") },
                "region": { "startLine": location.line, "startColumn": location.column },
            } }],
        }));
        Ok(())
    }

    fn finish(&mut self, _: &Totals) -> io::Result<()> {
        let rules: Vec<_> = self.names.iter().map(|name| json!({ "id": name })).collect();
        let log = json!({
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [{
                "tool": { "driver": {
                    "name": env!("CARGO_PKG_NAME"),
                    "version": env!("CARGO_PKG_VERSION"),
                    "informationUri": env!("CARGO_PKG_REPOSITORY"),
                    "rules": rules,
                } },
                "columnKind": "unicodeCodePoints",
                "results": self.results,
            }],
        });
        serde_json::to_writer_pretty(&mut *self.out, &log)?;
        writeln!(self.out)
    }
}
