//! Every vocabulary term is a constant, is declared in the bundled Turtle file of its vocabulary,
//! and is spelt out nowhere else.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{fs, io};

use oxrdf::{Graph, NamedNode, NamedNodeRef, TermRef};
use oxttl::{TurtleParser, TurtleSyntaxError};
use pfocr2rdf::vocab::{ALL, Vocabulary, rdf, rdfs};

fn declarations(vocabulary: &Vocabulary) -> Result<Graph, TurtleSyntaxError> {
    TurtleParser::new().for_slice(vocabulary.turtle).collect()
}

#[test]
fn the_turtle_files_declare_exactly_the_terms() {
    for vocabulary in ALL {
        let graph = declarations(vocabulary).unwrap();
        let declared: BTreeSet<String> = graph.iter().map(|t| t.subject.to_string()).collect();
        let terms: BTreeSet<String> = vocabulary.terms.iter().map(ToString::to_string).collect();
        assert_eq!(declared, terms, "vocab/{}.ttl", vocabulary.prefix);
        assert_eq!(terms.len(), vocabulary.terms.len(), "{}: a term twice", vocabulary.prefix);
    }
}

#[test]
fn every_declaration_is_complete() {
    let comment = NamedNode::new(format!("{}comment", rdfs::NAMESPACE)).unwrap();
    let is_defined_by = NamedNode::new(format!("{}isDefinedBy", rdfs::NAMESPACE)).unwrap();
    for vocabulary in ALL {
        let graph = declarations(vocabulary).unwrap();
        let one = |term: NamedNodeRef<'_>, predicate: NamedNodeRef<'_>| {
            let mut objects = graph.objects_for_subject_predicate(term, predicate);
            let object = objects.next().unwrap_or_else(|| panic!("{term} has no {predicate}"));
            assert!(objects.next().is_none(), "{term} has two {predicate}");
            object.into_owned()
        };
        let namespace = NamedNode::new(vocabulary.namespace).unwrap();
        for &term in vocabulary.terms {
            assert!(one(term, rdf::TYPE).is_named_node());
            assert!(one(term, rdfs::LABEL).is_literal());
            assert!(one(term, comment.as_ref()).is_literal());
            assert_eq!(one(term, is_defined_by.as_ref()), namespace.clone().into());
        }
    }
}

#[test]
fn the_turtle_files_relate_declared_terms_alone() {
    for vocabulary in ALL {
        for triple in &declarations(vocabulary).unwrap() {
            let predicate = triple.predicate.as_str().strip_prefix(rdfs::NAMESPACE);
            if let Some("subClassOf" | "subPropertyOf") = predicate {
                let known =
                    vocabulary.terms.iter().any(|&term| TermRef::from(term) == triple.object);
                assert!(known && triple.object != triple.subject.into(), "{triple}");
            }
        }
    }
}

#[test]
fn terms_are_well_formed() {
    for vocabulary in ALL {
        for term in vocabulary.terms {
            let local = term.as_str().strip_prefix(vocabulary.namespace).unwrap();
            assert!(!local.is_empty() && local.bytes().all(|b| b.is_ascii_alphabetic()), "{term}");
            assert!(NamedNode::new(term.as_str()).is_ok(), "{term}");
        }
    }
}

#[test]
fn prefixes_and_namespaces_are_distinct() {
    let prefixes: BTreeSet<&str> = ALL.iter().map(|v| v.prefix).collect();
    let namespaces: BTreeSet<&str> = ALL.iter().map(|v| v.namespace).collect();
    assert_eq!((prefixes.len(), namespaces.len()), (ALL.len(), ALL.len()));
    assert!(ALL.iter().all(|v| !v.name.is_empty() && v.description.ends_with('.')));
}

#[test]
fn every_turtle_file_is_bundled() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("vocab");
    let files: BTreeSet<PathBuf> = files_below(&folder).unwrap().into_iter().collect();
    let bundled: BTreeSet<PathBuf> =
        ALL.iter().map(|v| folder.join(format!("{}.ttl", v.prefix))).collect();
    assert_eq!(files, bundled);
}

/// Documentation may link to a definition, and unit tests may spell out what they expect.
#[test]
fn no_term_is_spelt_out_outside_src_vocab() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    for file in files_below(&src).unwrap() {
        // The SHACL engine is for any data, and so has terms of its own.
        if ["vocab", "shacl"].iter().any(|folder| file.starts_with(src.join(folder))) {
            continue;
        }
        let text = fs::read_to_string(&file).unwrap();
        let code = text.lines().take_while(|line| line.trim() != "#[cfg(test)]");
        for (number, line) in (1..).zip(code) {
            let spelt_out = ALL.iter().any(|v| line.contains(v.namespace));
            if spelt_out && !line.trim_start().starts_with("//") {
                found.push(format!("{}:{number}: {}", file.display(), line.trim()));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

fn files_below(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(files_below(&path)?);
        } else {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
