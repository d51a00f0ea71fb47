//! The engine passes the W3C test suite of SHACL 1.0: all of Core, and with the feature `sparql`
//! all of SHACL-SPARQL; every report is isomorphic to the expected one.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

mod suite;

use std::io::{self, Write};

use pfocr2rdf::shacl::{Options, Version};

#[test]
fn w3c_suite() {
    let Some(root) = suite::root() else {
        writeln!(io::stderr(), "skipped: W3C_TESTS does not name the W3C test suites").unwrap();
        return;
    };
    let root = root.join("shacl/1.0/tests");
    let tests = suite::tests(&root, &root.join("manifest.ttl"));
    let is_core = |test: &&suite::Test| test.name.starts_with("core/");
    assert_eq!(tests.iter().filter(is_core).count(), 98, "tests of Core");
    assert_eq!(tests.len() - 98, 22, "tests of SHACL-SPARQL");
    let mut failures = Vec::new();
    for test in &tests {
        let outcome = suite::run(test, Options::new());
        let outcome = if cfg!(feature = "sparql") || is_core(&test) {
            outcome
        } else {
            must_be_refused(outcome)
        };
        failures.extend(outcome.err().map(|error| format!("{}: {error}", test.name)));
    }
    if !cfg!(feature = "sparql") {
        writeln!(io::stderr(), "SHACL-SPARQL: only refused, without the feature `sparql`").unwrap();
    }
    assert!(failures.is_empty(), "{} fail:\n{}", failures.len(), failures.join("\n"));
}

/// Without the feature every shape with a query is refused by name.
fn must_be_refused(outcome: Result<(), String>) -> Result<(), String> {
    match outcome {
        Err(error) if error.starts_with("refused: ") && error.contains("feature \"sparql\"") => {
            Ok(())
        }
        // The test expects a failure, and it is one.
        Ok(()) => Ok(()),
        Err(error) => Err(error),
    }
}

/// The tests of the draft of SHACL 1.2 for what the engine has of it.
const SUPPORTED: [&str; 11] = [
    "misc/severity-004",
    "misc/severity-005",
    "node/datatype-003",
    "node/nodeKind-002",
    "node/uniqueValuesFor-001",
    "node/uniqueValuesFor-002",
    "property/equals-002",
    "property/minCount-incomplete-001",
    "property/rootClass-001",
    "property/singleLine-001",
    "property/someValue-001",
];

/// Those for what it has not, and why it refuses their shapes.
const REFUSED: [(&str, &str); 6] = [
    ("misc/deactivated-003", "{| is not a valid subject"),
    ("node/closed-003", "sh:closed must be a boolean"),
    ("node/memberShape-001", "sh:memberShape on <http://"),
    ("node/nodeByExpression-001", "sh:nodeByExpression on <http://"),
    ("property/reifierShape-001", "{| is not a valid subject"),
    ("targets/targetWhere-001", "sh:targetWhere on <http://"),
];

#[test]
fn w3c_draft_of_1_2() {
    let Some(root) = suite::root() else { return };
    let root = root.join("shacl/1.2/core");
    let options = Options::new().with_version(Version::V1_2);
    let mut failures = Vec::new();
    for name in SUPPORTED {
        for test in suite::tests(&root, &root.join(format!("{name}.ttl"))) {
            let outcome = suite::run(&test, options);
            failures.extend(outcome.err().map(|error| format!("{name}: {error}")));
        }
    }
    for (name, cause) in REFUSED {
        let outcome = suite::compile(&root.join(format!("{name}.ttl")), options);
        let error = outcome.map_or_else(|error| error.to_string(), |_| "compiles".into());
        if !error.contains(cause) {
            failures.push(format!("{name}: {error}"));
        }
    }
    assert!(failures.is_empty(), "{} fail:\n{}", failures.len(), failures.join("\n"));
}
