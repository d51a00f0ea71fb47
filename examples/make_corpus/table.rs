//! The genes, chemicals and diseases of a figure.

use std::fmt::Write as _;
use std::ops::Range;

use fastrand::Rng;

use crate::words::{ORGANISMS, gene, organism};
use crate::yaml::entry;

/// How many rows the front matter of older records has of each kind.
const INLINE: usize = 8;

const GENES: &str = "organism_id\torganism_name\torganism_group\tword\tmatch\tncbigene_symbol\t\
                     ncbigene_id\tsource\tcount_direct\tcount_synonym\tcount_match\n";

/// The rows of a figure.
pub(crate) struct Tables {
    genes: Option<Genes>,
    chemicals: Option<Concepts>,
    diseases: Option<Concepts>,
}

struct Genes {
    organism: (&'static str, &'static str, &'static str),
    rows: Vec<Gene>,
    /// The columns of counts, without the tab before them.
    counts: String,
    /// Whether the rows come once more, without counts.
    is_doubled: bool,
}

struct Gene {
    word: String,
    matched: String,
    symbol: String,
    id: String,
    source: &'static str,
}

struct Concepts {
    /// The last column, and the prefix of its ids.
    last: &'static str,
    rows: Vec<Concept>,
}

struct Concept {
    id: u32,
    mesh: Option<String>,
    other: Option<String>,
}

impl Tables {
    pub(crate) fn new(index: u64, random: &mut Rng) -> Self {
        Self {
            genes: Genes::new(index, random),
            chemicals: Concepts::new(random, 45, "chebi", 1..3_000),
            diseases: Concepts::new(random, 8, "doid", 9_001..12_000),
        }
    }

    /// The tables as files: kinds and contents.
    pub(crate) fn files(&self) -> Vec<(&'static str, String)> {
        let genes = self.genes.as_ref().map(|genes| ("genes", genes.table()));
        let chemicals = self.chemicals.as_ref().map(|rows| ("chemicals", rows.table()));
        let diseases = self.diseases.as_ref().map(|rows| ("diseases", rows.table()));
        [genes, chemicals, diseases].into_iter().flatten().collect()
    }

    /// Some of the rows as lists in the front matter.
    pub(crate) fn front_matter(&self) -> String {
        // Rows of the front matter are about people.
        let is_human = |genes: &&Genes| genes.organism.0 == "9606";
        let genes = self.genes.as_ref().filter(is_human).map(Genes::items);
        let list = |kind, items: Option<String>| match items {
            Some(items) if !items.is_empty() => format!("{kind}:\n{items}"),
            _ => format!("{kind}: []\n"),
        };
        let concepts = |rows: &Option<Concepts>| rows.as_ref().map(Concepts::items);
        list("genes", genes)
            + &list("chemicals", concepts(&self.chemicals))
            + &list("diseases", concepts(&self.diseases))
    }
}

impl Genes {
    /// Rows in which every third word stands for a family of genes, with the counts that belong to
    /// them.
    fn new(index: u64, random: &mut Rng) -> Option<Self> {
        if random.u8(..20) == 0 {
            return None;
        }
        let position = organism(random);
        let mut rows = Vec::new();
        let (mut direct, mut synonym) = (0, 0);
        let words = random.u32(2..44);
        for number in 0..words {
            let id = gene(random);
            let (members, source) = match number % 3 {
                0 if number == 0 && index.is_multiple_of(50) => (42, "famplex_relations"),
                0 => (random.u64(2..9), "famplex_relations"),
                1 => (1, "ncbigene_symbol"),
                _ => (1, "ncbigene_synonym"),
            };
            direct += u32::from(number % 3 == 1);
            synonym += u32::from(number % 3 == 2);
            let word = word(id);
            rows.extend((id..id + members).map(|member| Gene {
                word: word.clone(),
                matched: format!("{number}GEN{id}"),
                symbol: format!("GEN{member}"),
                // No number is that of a gene of another organism.
                id: format!("{member}{position}"),
                source,
            }));
        }
        let count = |number: u32| if number == 0 { "NA".to_owned() } else { number.to_string() };
        let counts = format!("{}\t{}\t{words}", count(direct), count(synonym));
        let organism = ORGANISMS.get(position).copied()?;
        let mut genes = Self { organism, rows, counts, is_doubled: index % 83 == 2 };
        genes.set_trap(index);
        Some(genes)
    }

    /// A gene that is called NA, one that lost its id, a gene in lower case.
    fn set_trap(&mut self, index: u64) {
        let Some(first) = self.rows.first_mut() else { return };
        match index % 71 {
            3 if self.organism.0 == "9606" => {
                "NA".clone_into(&mut first.symbol);
                "44798".clone_into(&mut first.id);
            }
            4 => "NaN".clone_into(&mut first.id),
            5 => first.word = first.word.to_lowercase(),
            _ => {}
        }
    }

    fn table(&self) -> String {
        let mut table = GENES.to_owned();
        let (taxon, name, group) = self.organism;
        let mut add = |counts: &str| {
            for Gene { word, matched, symbol, id, source } in &self.rows {
                let _ = writeln!(
                    table,
                    "{taxon}\t{name}\t{group}\t{word}\t{matched}\t{symbol}\t{id}\t{source}\t{counts}"
                );
            }
        };
        add(&self.counts);
        if self.is_doubled {
            add("NA\tNA\tNA");
        }
        table
    }

    fn items(&self) -> String {
        let item = |Gene { word, matched, symbol, id, source }: &Gene| {
            let source = match *source {
                "famplex_relations" => "bioentities_symbol",
                "ncbigene_symbol" => "hgnc_symbol",
                _ => "hgnc_alias_symbol",
            };
            let entries = [
                ("- word", word.as_str()),
                ("  symbol", matched),
                ("  source", source),
                ("  hgnc_symbol", symbol),
                ("  entrez", id),
            ];
            entries.map(|(key, text)| entry(0, key, text)).concat()
        };
        self.rows.iter().filter(|gene| gene.id != "NaN").take(INLINE).map(item).collect()
    }
}

impl Concepts {
    fn new(random: &mut Rng, share: u8, last: &'static str, ids: Range<u32>) -> Option<Self> {
        if random.u8(..100) >= share {
            return None;
        }
        let mut rows = Vec::new();
        for _ in 0..random.u32(1..11) {
            let id = random.u32(ids.clone());
            let mesh = (!id.is_multiple_of(11)).then(|| format!("D{id:06}"));
            let width = if last == "doid" { 7 } else { 1 };
            let other = (!id.is_multiple_of(3)).then(|| format!("{last}:{id:0width$}"));
            rows.push(Concept { id, mesh, other });
        }
        Some(Self { last, rows })
    }

    fn table(&self) -> String {
        let mut table = format!("word\tmesh\tmatch\tname\t{}\n", self.last);
        for Concept { id, mesh, other } in &self.rows {
            let mesh = mesh.as_ref().map_or("NA".to_owned(), |mesh| format!("mesh:{mesh}"));
            let other = other.as_deref().unwrap_or("NA");
            let _ = writeln!(table, "thing {id}\t{mesh}\tThing {id}\tthing-{id}\t{other}");
        }
        table
    }

    fn items(&self) -> String {
        let item = |Concept { id, mesh, .. }: &Concept| {
            let source = if mesh.is_some() { "MESH" } else { "" };
            let identifier = mesh.as_deref().unwrap_or_default();
            let word = format!("thing {id}");
            let entries =
                [("- word", word.as_str()), ("  source", source), ("  identifier", identifier)];
            entries.map(|(key, text)| entry(0, key, text)).concat()
        };
        self.rows.iter().take(INLINE).map(item).collect()
    }
}

/// How a gene was read in the figure.
fn word(id: u64) -> String {
    match id % 21 {
        0 => format!("GEN{id} "),
        7 => format!("(Gen{id},"),
        14 => format!("|GΕN{id}|"),
        _ => format!("GEN{id}"),
    }
}
