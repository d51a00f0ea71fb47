use std::path::Path;

use oxrdf::vocab::{rdf, rdfs, xsd};
use oxrdf::{BlankNode, Graph, Literal, NamedNode, NamedNodeRef};

use super::{Diagnostic, Location, Severity};
use crate::error::Error;
use crate::explain;
use crate::iri;
use crate::rdf_file;
use crate::shacl::{self, ReportWriter};

/// What points from a result to its place; see [EARL](https://www.w3.org/TR/EARL10-Schema/).
const POINTER: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/earl#pointer");

/// Terms of [Pointer Methods in RDF](https://www.w3.org/TR/Pointers-in-RDF10/).
const LINE_CHAR_POINTER: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2009/pointers#LineCharPointer");
const REFERENCE: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2009/pointers#reference");
const LINE_NUMBER: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2009/pointers#lineNumber");
const CHAR_NUMBER: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2009/pointers#charNumber");

/// Diagnostics as a [validation report](https://www.w3.org/TR/shacl/#validation-report).
///
/// The result of a shape is what it is in SHACL. Any other diagnostic is a result without a shape:
/// its focus node is the `file:` IRI of the file, its constraint component the IRI of the code,
/// `https://pfocr.wikipathways.org/diagnostics/` and its name. Each result has an `earl:pointer`
/// to its place, a `ptr:LineCharPointer` with the file, the line, the column and, as `rdfs:label`,
/// the key or the row and column of a table; its `rdfs:comment` is the [help](explain::help).
///
/// ```
/// use pfocr2rdf::diagnostic::{self, Code, Diagnostic, Location};
///
/// let location = Location::new("/a.md", 3, 7);
/// let diagnostics = [Diagnostic::new(Code::InvalidYear, location, "no year")];
/// let graph = diagnostic::to_graph(&diagnostics, false)?.to_string();
/// assert_eq!(graph.lines().count(), 14);
/// assert!(graph.contains("<http://www.w3.org/ns/shacl#focusNode> <file:///a.md>"));
/// assert!(graph.contains("<https://pfocr.wikipathways.org/diagnostics/invalid-year>"));
/// # Ok::<_, pfocr2rdf::Error>(())
/// ```
///
/// # Errors
///
/// The working directory, which the name of a file is relative to, cannot be found.
pub fn to_graph(diagnostics: &[Diagnostic], conforms: bool) -> Result<Graph, Error> {
    let results = diagnostics.iter().filter_map(|diagnostic| diagnostic.shape.as_ref());
    let mut writer = ReportWriter::new(conforms, results.map(|shape| &shape.result));
    for diagnostic in diagnostics {
        let file = file(&diagnostic.location)?;
        let node = match &diagnostic.shape {
            Some(shape) => writer.add_result(&shape.result),
            None => add(diagnostic, file.clone(), &mut writer),
        };
        point(&node, file, &diagnostic.location, &mut writer);
        if let Some(help) = explain::help(diagnostic) {
            writer.add(&node, rdfs::COMMENT, english(help));
        }
    }
    Ok(writer.finish())
}

fn add(diagnostic: &Diagnostic, file: NamedNode, writer: &mut ReportWriter) -> BlankNode {
    let severity = match diagnostic.severity() {
        Severity::Error => shacl::Severity::Violation,
        Severity::Warning => shacl::Severity::Warning,
        Severity::Note => shacl::Severity::Info,
    };
    let component = iri::DIAGNOSTIC.iri(diagnostic.code.as_str());
    let component = NamedNode::new_unchecked(component);
    writer.add_plain(file, &severity, component, &diagnostic.message_with_places())
}

/// Adds the place of a result.
fn point(result: &BlankNode, file: NamedNode, location: &Location, writer: &mut ReportWriter) {
    let pointer = writer.node();
    let number =
        |number: u64| Literal::new_typed_literal(number.to_string(), xsd::POSITIVE_INTEGER);
    writer.add(result, POINTER, pointer.clone());
    writer.add(&pointer, rdf::TYPE, LINE_CHAR_POINTER.into_owned());
    writer.add(&pointer, REFERENCE, file);
    writer.add(&pointer, LINE_NUMBER, number(location.line));
    writer.add(&pointer, CHAR_NUMBER, number(location.column));
    if let Some(field) = &location.field {
        writer.add(&pointer, rdfs::LABEL, english(field.to_string()));
    }
}

fn english(text: String) -> Literal {
    Literal::new_language_tagged_literal_unchecked(text, "en")
}

/// The IRI of the file.
fn file(location: &Location) -> Result<NamedNode, Error> {
    let iri = match location.file.as_str() {
        "-" => "file:///dev/stdin".to_owned(),
        file => rdf_file::file_iri(Path::new(file))?,
    };
    Ok(NamedNode::new_unchecked(iri))
}
