use std::borrow::Cow;

use rustc_hash::FxHashSet;

use super::value::{cell_id, id, present};
use super::{Mention, Text};
use crate::diagnostic::Code;
use crate::id::{Id, NcbiGeneId, TaxonId};
use crate::raw::{Findings, InlineGene, Place, Row, Table, quote};
use crate::text;

/// A gene row: one word that was matched with one gene.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Gene<'a> {
    /// What was read.
    pub mention: Mention<'a>,
    /// The gene, when the row knows it.
    pub id: Option<NcbiGeneId<'a>>,
    /// Symbol of the gene.
    pub symbol: Option<Text<'a>>,
    /// HGNC symbol, of rows in the front matter only.
    pub hgnc_symbol: Option<Text<'a>>,
    /// Organism of the gene.
    pub organism: Organism<'a>,
}

/// The organism of a gene.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Organism<'a> {
    /// Its number in the NCBI taxonomy.
    pub id: Option<TaxonId<'a>>,
    /// Its name.
    pub name: Option<Text<'a>>,
}

pub(super) fn read<'a>(
    inline: &'a [InlineGene<'_>],
    table: Option<&'a Table<'_>>,
    findings: &mut Findings,
) -> Vec<Gene<'a>> {
    let mut genes: Vec<_> = inline.iter().map(|gene| from_inline(gene, findings)).collect();
    if let Some(table) = table {
        genes.reserve(table.rows.len());
        let mut last: Option<([&str; 2], Organism<'a>)> = None;
        for row in &table.rows {
            let [id, name, ..] = row.cells;
            // The rows of an organism follow each other.
            let organism = match last {
                Some((cells, organism)) if cells == [id, name] => organism,
                _ => organism_of(table, row, findings),
            };
            // What is wrong with a cell is told of each row.
            last = organism.id.is_some().then(|| ([id, name], organism.clone()));
            genes.push(from_row(table, row, organism, findings));
        }
        check_counts(table, findings);
    }
    genes
}

fn from_inline<'a>(raw: &'a InlineGene<'_>, findings: &mut Findings) -> Gene<'a> {
    let InlineGene { word, symbol, source, hgnc_symbol, entrez } = raw;
    let id: Option<NcbiGeneId<'a>> = id(entrez, Code::InvalidGeneId, findings);
    let hgnc_symbol = present(hgnc_symbol);
    Gene {
        mention: Mention {
            word: text::verbatim(word.text.as_deref().unwrap_or_default()),
            matched: matched(symbol.text.as_deref().unwrap_or_default(), id.is_some()),
            source: present(source),
        },
        id,
        symbol: hgnc_symbol.clone(),
        hgnc_symbol,
        organism: Organism {
            id: TaxonId::from_text(Cow::Borrowed("9606")).ok(),
            name: Some(Cow::Borrowed("Homo sapiens")),
        },
    }
}

fn organism_of<'a>(
    table: &'a Table<'_>,
    row: &'a Row<'_>,
    findings: &mut Findings,
) -> Organism<'a> {
    let [id, name, ..] = row.cells;
    let id = taxon(id, || table.place(row, 0), findings);
    Organism { id, name: text::present(name) }
}

fn from_row<'a>(
    table: &'a Table<'_>,
    row: &'a Row<'_>,
    organism: Organism<'a>,
    findings: &mut Findings,
) -> Gene<'a> {
    let [_, _, word, matched, symbol, gene, source, ..] = row.cells;
    let place = || table.place(row, 5);
    let id: Option<NcbiGeneId<'a>> = cell_id(gene, Code::InvalidGeneId, place, findings);
    Gene {
        mention: Mention {
            word: text::verbatim(word),
            matched: self::matched(matched, id.is_some()),
            source: text::present(source),
        },
        id,
        symbol: text::present(symbol),
        hgnc_symbol: None,
        organism,
    }
}

/// A gene may be called `NA`, but only where a gene was found.
fn matched(value: &str, found: bool) -> Option<Text<'_>> {
    let value = text::text(value);
    (!text::is_missing(&value) || (found && text::is_na(&value))).then_some(value)
}

fn taxon<'a>(
    cell: &'a str,
    place: impl Fn() -> Place,
    findings: &mut Findings,
) -> Option<TaxonId<'a>> {
    if text::present(cell).is_none() {
        let message = format!("found {}, expected the number of an organism", quote(cell));
        findings.add(Code::InvalidOrganismId, place(), message);
        return None;
    }
    cell_id(cell, Code::InvalidOrganismId, place, findings)
}

/// The positions of the count columns among the columns of a gene table.
const COUNTS: [(usize, &str); 3] = [(8, "count_direct"), (9, "count_synonym"), (10, "count_match")];

/// Compares the counts of each organism with its rows; what many rows say is told at the first.
fn check_counts(table: &Table<'_>, findings: &mut Findings) {
    let mut seen = Vec::new();
    for row in &table.rows {
        let organism = row.cells[0];
        if seen.contains(&organism) {
            continue;
        }
        seen.push(organism);
        let own: Vec<_> = table.rows.iter().filter(|row| row.cells[0] == organism).collect();
        let of_source = |source: &str| own.iter().filter(|row| row.cells[6] == source).count();
        for (column, name) in COUNTS.into_iter().filter(|(column, _)| table.has(*column)) {
            let counted = match name {
                "count_direct" => of_source("ncbigene_symbol"),
                "count_synonym" => of_source("ncbigene_synonym"),
                _ => distinct(own.iter().map(|row| row.cells[3])),
            };
            let expected = counted.to_string();
            let mut written = FxHashSet::default();
            for row in &own {
                let cell = row.cells.get(column).copied().unwrap_or_default();
                if cell == expected || !written.insert(cell) {
                    continue;
                }
                let found = text::present(cell);
                if found.as_deref().unwrap_or("0") != expected {
                    let found = found.unwrap_or(Cow::Borrowed("NA"));
                    let counted = text::counted(counted, "row");
                    let message = format!("{name}: found {}, counted {counted}", quote(&found));
                    findings.add(Code::CountMismatch, table.place(row, column), message);
                }
            }
        }
    }
}

fn distinct<'a>(cells: impl Iterator<Item = &'a str>) -> usize {
    cells.collect::<FxHashSet<_>>().len()
}
