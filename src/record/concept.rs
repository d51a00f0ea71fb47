use std::borrow::Cow;

use super::value::{cell_id, id};
use super::{Mention, Text};
use crate::diagnostic::Code;
use crate::id::{ChebiId, Doid, MeshId};
use crate::raw::{Findings, InlineConcept, Kind, Row, Table};
use crate::text;

/// A chemical or disease row: one word that was matched with one concept.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Concept<'a> {
    /// What was read.
    pub mention: Mention<'a>,
    /// The MeSH id.
    pub mesh: Option<MeshId<'a>>,
    /// The id in the ontology of chemicals or of diseases.
    pub other: Option<Identifier<'a>>,
    /// Name of the concept: what the word was matched with, else the ontology's name.
    pub name: Option<Text<'a>>,
}

/// An id that a chemical or a disease has besides the MeSH id.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub enum Identifier<'a> {
    /// Of a chemical.
    Chebi(ChebiId<'a>),
    /// Of a disease.
    Doid(Doid<'a>),
}

/// The tool that finds chemicals and diseases.
const SOURCE: &str = "pubtator";

pub(super) fn read<'a>(
    inline: &'a [InlineConcept<'_>],
    table: Option<&'a Table<'_>>,
    findings: &mut Findings,
) -> Vec<Concept<'a>> {
    let mut concepts: Vec<_> = inline.iter().map(|raw| from_inline(raw, findings)).collect();
    if let Some(table) = table {
        concepts.extend(table.rows.iter().map(|row| from_row(table, row, findings)));
    }
    concepts
}

fn from_inline<'a>(raw: &'a InlineConcept<'_>, findings: &mut Findings) -> Concept<'a> {
    // The source says that the identifier is of MeSH, which the identifier's form shows.
    let InlineConcept { word, source: _, identifier } = raw;
    Concept {
        mention: Mention {
            word: text::verbatim(word.text.as_deref().unwrap_or_default()),
            matched: None,
            source: Some(Cow::Borrowed(SOURCE)),
        },
        mesh: id(identifier, Code::InvalidMeshId, findings),
        other: None,
        name: None,
    }
}

fn from_row<'a>(table: &'a Table<'_>, row: &'a Row<'_>, findings: &mut Findings) -> Concept<'a> {
    let [word, mesh, matched, name, other, ..] = row.cells;
    let place = |column| move || table.place(row, column);
    let mesh = cell_id(mesh, Code::InvalidMeshId, place(1), findings);
    let other = match table.kind {
        Kind::Diseases => {
            cell_id(other, Code::InvalidDoid, place(4), findings).map(Identifier::Doid)
        }
        _ => cell_id(other, Code::InvalidChebiId, place(4), findings).map(Identifier::Chebi),
    };
    let matched = text::present(matched);
    Concept {
        name: matched.clone().or_else(|| text::present(name)),
        mention: Mention {
            word: text::verbatim(word),
            matched,
            source: Some(Cow::Borrowed(SOURCE)),
        },
        mesh,
        other,
    }
}
