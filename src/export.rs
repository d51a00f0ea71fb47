//! The records in the formats that PFOCR users have had before there was RDF.

mod biothings;
mod documents;
mod gmt;

use std::collections::HashMap;
use std::io;

use crate::convert::{self, Converter};
use crate::diagnostic::Diagnostic;
use crate::record::Record;
use crate::source::{Input, RecordFile};

pub use self::biothings::{Tier, biothings};
pub use self::documents::{Syntax, document, document_name, write_document};
pub use self::gmt::{FEWEST_GENES, GeneSet, chemical_set, gene_sets};

/// Reads all records of some inputs, in their order, and shows each to `visit`. A record whose
/// figid an earlier one has is left out, like one that cannot be read; `report` takes what is
/// wrong.
///
/// ```
/// use std::fs;
/// use std::path::Path;
///
/// use pfocr2rdf::convert::Converter;
/// use pfocr2rdf::export;
/// use pfocr2rdf::mapping::Context;
/// use pfocr2rdf::organisms::OrganismTable;
/// use pfocr2rdf::source::Input;
///
/// let folder = tempfile::tempdir()?;
/// fs::write(folder.path().join("a.md"), "---\nfigid: PMC1__a\npmcid: PMC1\n---\n")?;
/// let organisms = OrganismTable::bundled();
/// let converter = Converter::new(Context::new(&organisms));
/// let inputs = [Input::open(folder.path(), None, &mut Vec::new())?];
/// let mut figids = Vec::new();
/// export::for_each(&inputs, &converter, &mut |_| {}, |record| {
///     figids.push(record.figure.id.as_str().to_owned());
///     Ok(())
/// })?;
/// assert_eq!(figids, ["PMC1__a"]);
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// Those of `visit`.
pub fn for_each(
    inputs: &[Input],
    converter: &Converter<'_>,
    report: &mut dyn FnMut(&Diagnostic),
    mut visit: impl FnMut(&Record<'_>) -> io::Result<()>,
) -> io::Result<()> {
    // By figid, the file that has it.
    let mut seen = HashMap::<String, &RecordFile>::new();
    let files = |input| Input::records(input).iter().map(move |file| (input, file));
    for (input, file) in inputs.iter().flat_map(files) {
        let document = match file.read() {
            Ok(document) => document,
            Err(error) => {
                report(&Diagnostic::unreadable(file.name(), &error));
                continue;
            }
        };
        let read = converter.read(&document, input.tables(), |reading| {
            let figid = reading.record.figure.id.as_str();
            if let Some(first) = seen.get(figid) {
                return Ok(convert::duplicate(&document, Some(first)).diagnostics);
            }
            seen.insert(figid.to_owned(), file);
            visit(reading.record)?;
            let found = reading.findings.located(&reading.files.locator());
            Ok::<_, io::Error>(reading.unreadable.into_iter().chain(found).collect())
        });
        let diagnostics = read.unwrap_or_else(Ok)?;
        diagnostics.iter().for_each(&mut *report);
    }
    Ok(())
}

/// The name that users know a figure by: its alias, or else its figid.
fn name<'r>(record: &'r Record<'_>) -> &'r str {
    record.figure.alias.as_deref().unwrap_or_else(|| record.figure.id.as_str())
}
