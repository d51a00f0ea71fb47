//! Small databases whose records share most of what they mention.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use proptest::prelude::*;

/// The names of the figures. Some have tables that others could have, the IRI of one is the IRI
/// of another's page, and one file has the figid of another.
const FIGURES: [&str; 18] = [
    "PMC1__f",
    "PMC1__f.html",
    "PMC1__g",
    "PMC2__a.b",
    "PMC2__a_b",
    "PMC2__c",
    "PMC3__ä ö",
    "PMC3__x#y",
    "PMC4__1",
    "PMC4__2",
    "PMC4__3",
    "PMC4__4",
    "PMC5__1",
    "PMC5__2",
    "PMC5__3",
    "PMC5__4",
    "PMC5__5",
    "PMC4__1",
];

/// A record and its tables.
#[derive(Clone, Debug)]
pub(crate) struct Figure {
    title: u8,
    journal: u8,
    organism: bool,
    pathway: bool,
    /// Numbers and symbols of genes.
    genes: Vec<(u8, u8)>,
    /// Numbers and names of things, chemicals or diseases.
    chemicals: Vec<(u8, u8)>,
    diseases: Vec<(u8, u8)>,
}

/// The figures of a database, by the positions of their names.
pub(crate) type Database = Vec<Option<Figure>>;

fn figure() -> impl Strategy<Value = Figure> {
    let things = || prop::collection::vec((1..6_u8, 0..3_u8), 0..4);
    let genes = prop::collection::vec((1..12_u8, 0..3_u8), 0..6);
    (0..3_u8, 0..3_u8, any::<bool>(), any::<bool>(), genes, things(), things()).prop_map(
        |(title, journal, organism, pathway, genes, chemicals, diseases)| Figure {
            title,
            journal,
            organism,
            pathway,
            genes,
            chemicals,
            diseases,
        },
    )
}

/// A database, and what became of it: records come, go, change or stay.
pub(crate) fn databases() -> impl Strategy<Value = (Database, Database)> {
    let record = (any::<bool>(), prop::option::of(figure()), prop::option::of(figure()));
    prop::collection::vec(record, FIGURES.len()).prop_map(|records| {
        let edited = |(stays, before, after): (bool, Option<Figure>, _)| {
            (before.clone(), if stays { before } else { after })
        };
        records.into_iter().map(edited).unzip()
    })
}

/// Writes the files of a database.
pub(crate) fn write(database: &Database, folder: &Path) {
    let mut pathways = String::new();
    for name in ["_figures", "_data"] {
        fs::create_dir_all(folder.join(name)).unwrap();
    }
    // A directory without records is refused.
    fs::write(folder.join("_figures/0.md"), "---\nfigid: PMC9__f\n---\n").unwrap();
    for (number, (figid, figure)) in FIGURES.into_iter().zip(database).enumerate() {
        let Some(figure) = figure else { continue };
        let first = FIGURES.iter().position(|name| *name == figid).unwrap();
        let is_first = first == number;
        // The second file with a figid has now and then the content of the first.
        let figure = database[first].as_ref().filter(|_| figure.organism).unwrap_or(figure);
        let name = if is_first { figid.to_owned() } else { format!("{figid} again") };
        fs::write(folder.join(format!("_figures/{name}.md")), front_matter(figid, figure)).unwrap();
        if figure.pathway && is_first {
            writeln!(pathways, "{figid}\tWP{}", figure.title + 1).unwrap();
        }
        if is_first || database[first].is_none() {
            tables(figid, figure, &folder.join("_data"));
        }
    }
    fs::write(folder.join("_data/wpid_map.tsv"), pathways).unwrap();
}

fn front_matter(figid: &str, figure: &Figure) -> String {
    let Figure { title, journal, organism, .. } = figure;
    let (article, _) = figid.split_once("__").unwrap();
    let organism = if *organism { "Mus musculus" } else { "a moss" };
    format!(
        "---\nfigid: '{figid}'\npmcid: {article}\nfigtitle: A title {title}\npapertitle: A paper \
         {title}\njournal_nlm_ta: J{journal}\norganisms: {organism}\n---\n"
    )
}

fn tables(figid: &str, figure: &Figure, folder: &Path) {
    let file = |kind: &str| folder.join(format!("{}-{kind}.tsv", figid.replace('.', "_")));
    let mut genes = String::from(
        "organism_id\torganism_name\tword\tmatch\tncbigene_symbol\tncbigene_id\tsource\n",
    );
    for (id, symbol) in &figure.genes {
        let row = format!("9606\tHomo sapiens\tw{id}\tm\tG{id}{symbol}\t{id}\tncbigene_symbol");
        writeln!(genes, "{row}").unwrap();
    }
    fs::write(file("genes"), genes).unwrap();
    for (kind, other, rows) in
        [("chemicals", "chebi", &figure.chemicals), ("diseases", "doid", &figure.diseases)]
    {
        let mut table = format!("word\tmesh\tmatch\tname\t{other}\n");
        for (id, name) in rows {
            writeln!(table, "w\tmesh:D00000{id}\tThing {name}\tNA\t{other}:{id}").unwrap();
        }
        fs::write(file(kind), table).unwrap();
    }
}
