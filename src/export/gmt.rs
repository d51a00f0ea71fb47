use std::collections::BTreeMap;

use crate::record::{Identifier, Record};

/// How many genes a set has at least.
pub const FEWEST_GENES: usize = 3;

/// The genes of one species in a figure.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct GeneSet {
    /// The name of the species in the first row that has one.
    pub name: Option<String>,
    /// The line of [GMT](gene_sets).
    pub line: String,
}

/// The gene sets of a figure, one for each species, as lines of
/// [GMT](https://docs.gsea-msigdb.org/#GSEA/Data_Formats/#gmt-gene-matrix-transposed-file-format-gmt):
/// the alias of the figure (else its figid), its title, and the NCBI Gene ids in the order of the
/// rows, each once. Species with fewer than [three](FEWEST_GENES) genes are left out.
///
/// The keys are the taxon ids; rows of one taxon can have different names.
///
/// ```
/// use pfocr2rdf::export;
/// use pfocr2rdf::raw::{Findings, FrontMatter};
/// use pfocr2rdf::record::{Extra, Record, figure_id};
///
/// let text = "---\nfigid: PMC1__f1\npmcid: PMC1\nfigtitle: A toy\ngenes:\n\
///     - {word: a, hgnc_symbol: A, entrez: 1}\n- {word: b, hgnc_symbol: B, entrez: 2}\n\
///     - {word: c, hgnc_symbol: C, entrez: 3}\n- {word: d, hgnc_symbol: A, entrez: 1}\n---\n";
/// let mut findings = Findings::default();
/// let front_matter = FrontMatter::parse(text, false, &mut findings).unwrap();
/// let id = figure_id(&front_matter, &mut findings).unwrap();
/// let record = Record::read(id, &front_matter, &[], Extra::default(), &mut findings);
/// let sets = export::gene_sets(&record);
/// assert_eq!(sets["9606"].name.as_deref(), Some("Homo sapiens"));
/// assert_eq!(sets["9606"].line, "PMC1__f1\tA toy\t1\t2\t3\n");
/// ```
#[must_use]
pub fn gene_sets(record: &Record<'_>) -> BTreeMap<String, GeneSet> {
    let mut species = BTreeMap::<&str, (Option<&str>, Vec<&str>)>::new();
    for gene in &record.genes {
        let Some(taxon) = &gene.organism.id else { continue };
        let (name, ids) = species.entry(taxon.as_str()).or_default();
        *name = name.or(gene.organism.name.as_deref());
        if let Some(id) = &gene.id
            && !ids.contains(&id.as_str())
        {
            ids.push(id.as_str());
        }
    }
    let sets = species.into_iter().filter(|(_, (_, ids))| ids.len() >= FEWEST_GENES);
    let set = |(taxon, (name, ids)): (&str, (Option<&str>, Vec<&str>))| {
        let set = GeneSet { name: name.map(str::to_owned), line: line(record, &ids) };
        (taxon.to_owned(), set)
    };
    sets.map(set).collect()
}

/// The chemicals of a figure by their ChEBI ids, as a line of GMT like those of
/// [genes](gene_sets); none if it has none.
#[must_use]
pub fn chemical_set(record: &Record<'_>) -> Option<String> {
    let mut ids: Vec<String> = Vec::new();
    for chemical in &record.chemicals {
        if let Some(Identifier::Chebi(id)) = &chemical.other {
            let id = format!("CHEBI:{}", id.as_str());
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
    }
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    (!ids.is_empty()).then(|| line(record, &ids))
}

/// Texts of records hold neither tabs nor line breaks.
fn line(record: &Record<'_>, ids: &[&str]) -> String {
    let title = record.figure.title.as_deref().unwrap_or_default();
    format!("{}\t{title}\t{}\n", super::name(record), ids.join("\t"))
}
