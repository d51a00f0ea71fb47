//! Makes a PFOCR database of invented records, so that anyone can repeat the measurements:
//! `cargo run --release --example make_corpus -- 20000 DIR`
//!
//! The same number gives the same files. They have the shape of the real ones: about 3.1 kB of
//! YAML, 48 gene rows and 2.3 chemical rows a figure, all generations of the schema, and traps.

#![allow(clippy::print_stdout, reason = "what was made is told")]

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::ops::Range;
use std::path::Path;

use fastrand::Rng;

const WORDS: &[&str] = &[
    "binding",
    "cell",
    "the",
    "of",
    "growth",
    "in",
    "nuclear",
    "kinase",
    "and",
    "pathway",
    "by",
    "activates",
    "receptor",
    "a",
    "inhibits",
    "which",
    "signal",
    "is",
    "membrane",
    "to",
    "factor",
    "β-catenin",
    "(A)",
    "transcription",
    "arrows",
    "show",
    "apoptosis",
    "NF-κB",
    "Ca2+",
    "levels",
];
const ORGANISMS: &[(&str, &str, &str)] = &[
    ("9606", "Homo sapiens", "Vertebrates"),
    ("10090", "Mus musculus", "Vertebrates"),
    ("10116", "Rattus norvegicus", "Vertebrates"),
    ("3702", "Arabidopsis thaliana", "Plants"),
    ("7227", "Drosophila melanogaster", "Invertebrates"),
];

/// How many genes an organism has.
const GENES: u64 = 20_000;

const MISSING: &[&str] = &["''", "NA", ".na.character"];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [number, folder] = arguments.as_slice() else {
        return Err("usage: make_corpus NUMBER DIR".into());
    };
    let (number, folder) = (number.parse()?, Path::new(folder));
    fs::create_dir_all(folder.join("_figures"))?;
    fs::create_dir_all(folder.join("_data"))?;
    for index in 0..number {
        write_record(index, folder)?;
    }
    println!("{number} records in {}", folder.display());
    Ok(())
}

fn write_record(index: u64, folder: &Path) -> io::Result<()> {
    let mut random = Rng::with_seed(index);
    let figid = format!("PMC{}__{}", 100_000 + index * 6 / 7, file(index, &mut random));
    let genes = genes(&mut random);
    let chemicals = concepts(&mut random, 40, "chebi", 1..3_000);
    let diseases = concepts(&mut random, 8, "doid", 9_001..12_000);
    let record = front_matter(index, &figid, &mut random);
    fs::write(folder.join("_figures").join(format!("{figid}.md")), record)?;
    let table = |kind, rows: Option<String>| {
        let name = if index.is_multiple_of(3) { figid.replace('.', "_") } else { figid.clone() };
        let path = folder.join("_data").join(format!("{name}-{kind}.tsv"));
        rows.map_or(Ok(()), |rows| fs::write(path, rows))
    };
    table("genes", genes)?;
    table("chemicals", chemicals)?;
    table("diseases", diseases)
}

/// The last part of a figid, with dots in some.
fn file(index: u64, random: &mut Rng) -> String {
    match index % 4 {
        0 => format!("pcbi.{:07}.g{:03}", random.u32(..9_999_999), index % 12 + 1),
        1 => format!("{}_2019_{}_Fig{}_HTML", random.u32(10_000..50_000), index, index % 9 + 1),
        _ => format!("gr{}-{index}", index % 9 + 1),
    }
}

fn sentence(random: &mut Rng, words: usize) -> String {
    let words: Vec<&str> = (0..words).filter_map(|_| random.choice(WORDS).copied()).collect();
    words.join(" ")
}

fn front_matter(index: u64, figid: &str, random: &mut Rng) -> String {
    let mut yaml = String::from("---\n");
    let mut line = |key: &str, value: &str| {
        let _ = writeln!(yaml, "{key}: {value}");
    };
    let pmcid = figid.split("__").next().unwrap_or_default();
    let missing = random.choice(MISSING).copied().unwrap_or_default();
    let or_missing =
        |value: String| if index.is_multiple_of(9) { missing.to_owned() } else { value };
    let caption_words = random.usize(60..300);
    let caption = sentence(random, caption_words);
    let organism = ORGANISMS.get(random.usize(..ORGANISMS.len())).map_or("", |o| o.1);
    let journal = random.u32(..400);
    line("figid", figid);
    line("figlink", &format!("/pmc/articles/{pmcid}/figure/F{}/", index % 9 + 1));
    line("number", &format!("'Figure {}'", index % 9 + 1));
    line("caption", &format!("'{caption}'"));
    line("pmcid", pmcid);
    line("papertitle", &format!("{}.", sentence(random, 14)));
    line("reftext", &format!("'A. Author, et al. J Toy {journal}. 2019;1:{index}'"));
    line("year", &format!("'{}'", 2000 + index % 24));
    line("filename", &format!("{figid}.jpg"));
    line("figtitle", &sentence(random, 9));
    line("figid_alias", &format!("{pmcid}__F{}", index % 9 + 1));
    line("redirect_from", &format!("/figures/{pmcid}__F{}", index % 9 + 1));
    line("figtype", "Figure");
    line("ndex", "''");
    line("seo", "CreativeWork");
    line("doi", &or_missing(format!("10.{}/toy.{index}", 1000 + journal)));
    line("journal_title", &or_missing(format!("Journal of Toy {journal}")));
    line("journal_nlm_ta", &or_missing(format!("J Toy {journal}")));
    line("publisher_name", &or_missing(format!("Toy Press {}", journal % 40)));
    line("keywords", &format!("'{} | {}'", sentence(random, 2), sentence(random, 2)));
    line("automl_pathway", &format!("0.{}", random.u32(500_000..999_999)));
    line("organisms", if index.is_multiple_of(5) { "NA" } else { organism });
    line("organisms_ner", &format!("\n- {organism}"));
    yaml.push_str(&json_ld(figid, &caption, random));
    yaml
}

fn json_ld(figid: &str, caption: &str, random: &mut Rng) -> String {
    let mut yaml = format!(
        "schema-jsonld:\n  '@context': https://schema.org/\n  '@id': \
         https://pfocr.wikipathways.org/figures/{figid}.html\n  '@type': Dataset\n  description: \
         '{caption}'\n  license: CC0\n  name: CreativeWork\n  creator:\n    '@type': \
         Organization\n    name: WikiPathways\n  keywords:\n"
    );
    for _ in 0..random.u32(5..40) {
        let _ = writeln!(yaml, "  - GEN{}", gene(random));
    }
    yaml.push_str("---\n");
    yaml
}

/// Some genes are in many figures, and most in few: four of five genes of the first thirty figures
/// come for the first time.
fn gene(random: &mut Rng) -> u64 {
    let number = random.u64(..GENES);
    1 + (0..4).fold(number, |product, _| product * number / GENES)
}

/// The position of an organism: most figures are about humans, which are the first one.
fn organism(random: &mut Rng) -> usize {
    if random.u8(..3) > 0 { 0 } else { random.usize(..ORGANISMS.len()) }
}

/// Rows in which every third word stands for a family of genes, with the counts that belong to
/// them.
fn genes(random: &mut Rng) -> Option<String> {
    if random.u8(..20) == 0 {
        return None;
    }
    let position = organism(random);
    let (taxon, name, group) = ORGANISMS.get(position)?;
    let mut rows = Vec::new();
    let (mut direct, mut synonym) = (0, 0);
    let words = random.u32(2..41);
    for number in 0..words {
        let id = gene(random);
        let word = if id.is_multiple_of(7) { format!("(Gen{id},") } else { format!("GEN{id}") };
        let (members, source) = match number % 3 {
            0 => (random.u64(2..9), "famplex_relations"),
            1 => (1, "ncbigene_symbol"),
            _ => (1, "ncbigene_synonym"),
        };
        direct += u32::from(number % 3 == 1);
        synonym += u32::from(number % 3 == 2);
        for member in 0..members {
            // No number is that of a gene of another organism.
            let gene = format!("{}{position}", id + member);
            let symbol = format!("GEN{}", id + member);
            rows.push(format!(
                "{taxon}\t{name}\t{group}\t{word}\t{number}GEN{id}\t{symbol}\t{gene}\t{source}"
            ));
        }
    }
    let count = |number: u32| if number == 0 { "NA".to_owned() } else { number.to_string() };
    let counts = format!("{}\t{}\t{words}", count(direct), count(synonym));
    let header = "organism_id\torganism_name\torganism_group\tword\tmatch\tncbigene_symbol\t\
                  ncbigene_id\tsource\tcount_direct\tcount_synonym\tcount_match\n";
    let mut table = header.to_owned();
    for row in rows {
        let _ = writeln!(table, "{row}\t{counts}");
    }
    Some(table)
}

fn concepts(random: &mut Rng, share: u8, last: &str, ids: Range<u32>) -> Option<String> {
    if random.u8(..100) >= share {
        return None;
    }
    let mut rows = format!("word\tmesh\tmatch\tname\t{last}\n");
    for _ in 0..random.u32(1..11) {
        let id = random.u32(ids.clone());
        let mesh = if id.is_multiple_of(11) { "NA".to_owned() } else { format!("mesh:D{id:06}") };
        let other = if id.is_multiple_of(3) { "NA".to_owned() } else { format!("{last}:{id}") };
        let _ = writeln!(rows, "thing {id}\t{mesh}\tThing {id}\tthing-{id}\t{other}");
    }
    Some(rows)
}
