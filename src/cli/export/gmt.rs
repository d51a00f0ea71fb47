use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use pfocr2rdf::Error;
use pfocr2rdf::convert::Converter;
use pfocr2rdf::export::{self, GeneSet};
use pfocr2rdf::mapping::Context;
use pfocr2rdf::organisms::OrganismTable;
use pfocr2rdf::output::Directory;
use pfocr2rdf::record::Record;

use super::{Source, Status};

/// The set that is of no species.
const CHEMICALS: &str = "chemicals";

/// The lines of a record in one set: that of chemicals, or of a species by its taxon id or name.
pub(super) fn lines(record: &Record<'_>, set: &str, organisms: &OrganismTable) -> Vec<String> {
    if set == CHEMICALS {
        return export::chemical_set(record).into_iter().collect();
    }
    let known = organisms.get(set).map(|(taxon, _)| taxon);
    let is_wanted = |taxon: &str, found: &GeneSet| {
        taxon == set || known == Some(taxon) || found.name.as_deref() == Some(set)
    };
    let sets = export::gene_sets(record).into_iter();
    sets.filter(|(taxon, found)| is_wanted(taxon, found)).map(|(_, found)| found.line).collect()
}

/// The sets of a species, of all figures.
#[derive(Default)]
struct Species {
    name: Option<String>,
    lines: String,
}

/// Writes each set into a file of its own.
pub(super) fn all_sets(source: &Source, folder: &Path) -> anyhow::Result<Status> {
    let directory = Directory::create(folder)?;
    let organisms = OrganismTable::bundled();
    let converter = Converter::new(Context::new(&organisms));
    // Numbers in their order: short ones first.
    let mut species = BTreeMap::<(usize, String), Species>::new();
    let mut chemicals = String::new();
    let status = source.read(&converter, |record| {
        for (taxon, set) in export::gene_sets(record) {
            let species = species.entry((taxon.len(), taxon)).or_default();
            species.name = species.name.take().or(set.name);
            species.lines.push_str(&set.line);
        }
        chemicals.push_str(&export::chemical_set(record).unwrap_or_default());
        Ok(())
    })?;
    let write = |name: &str, lines: &str| {
        let path = directory.path().join(format!("pfocr-gmt-{name}.gmt"));
        fs::write(path, lines).map_err(|cause| Error::write(folder, cause))
    };
    write(CHEMICALS, &chemicals)?;
    let mut names = BTreeSet::from([CHEMICALS.to_owned()]);
    for ((_, taxon), Species { name, lines }) in species {
        let name = name.or_else(|| organisms.name(&taxon).map(str::to_owned));
        let mut name = plain(&name.unwrap_or_else(|| format!("taxon {taxon}")));
        while !names.insert(name.to_lowercase()) {
            name = format!("{name}_{taxon}");
        }
        write(&name, &lines)?;
    }
    directory.finish()?;
    Ok(status)
}

/// The name as part of that of a file.
fn plain(name: &str) -> String {
    name.replace(|c: char| !(c.is_ascii_alphanumeric() || ".-".contains(c)), "_")
}
