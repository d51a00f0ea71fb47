//! Makes a PFOCR database of invented records, so that anyone can repeat the measurements:
//! `cargo run --release --example make_corpus -- 20000 DIR`
//!
//! The same number gives the same files. They have the shape of the real ones: about 3.1 kB of
//! YAML, 48 gene rows and 2.3 chemical rows a figure, all generations of the schema, and traps.

#![allow(clippy::print_stdout, reason = "what was made is told")]

mod figure;
mod table;
mod words;
mod yaml;

use std::fs;
use std::io;
use std::path::Path;

use fastrand::Rng;

use self::figure::{Figure, Generation};
use self::table::Tables;

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
    let figure = Figure::new(index, &mut random);
    let tables = Tables::new(index, &mut random);
    let is_inline = matches!(figure.generation, Generation::G1 | Generation::G2);
    let record = figure.front_matter(is_inline.then_some(&tables), &mut random);
    fs::write(folder.join("_figures").join(format!("{}.md", figure.figid)), record)?;
    if is_inline {
        return Ok(());
    }
    // Since one change of the layout the names of tables have no dots.
    let is_new = index.is_multiple_of(3);
    let stem = if is_new { figure.figid.replace('.', "_") } else { figure.figid };
    tables.files().into_iter().try_for_each(|(kind, table)| {
        fs::write(folder.join("_data").join(format!("{stem}-{kind}.tsv")), table)
    })
}
