//! How fast one record goes the way from bytes to lines: parse, type, map, serialise, and all of
//! it. Throughput is in records for the first two, in triples for the others.

use std::fmt::Write;
use std::hint::black_box;
use std::io;

use criterion::{Criterion, Throughput};
use pfocr2rdf::mapping::{self, Context};
use pfocr2rdf::organisms::OrganismTable;
use pfocr2rdf::raw::{Findings, FrontMatter, Kind, Table};
use pfocr2rdf::record::{Extra, Record, figure_id};
use pfocr2rdf::serialize::{Format, SchemaOrg, Serializer, Target};
use pfocr2rdf::sink::{Mapped, QuadSink, Quads};

/// About 3.1 kB of front matter, as real records have.
fn front_matter() -> String {
    let caption = "Signals of the receptor lead to the nucleus and back again. ".repeat(17);
    let mut yaml = format!(
        "---\nfigid: PMC100__f1\nfigtitle: A toy pathway\npmcid: PMC100\nfilename: f1.jpg\n\
         figlink: /pmc/articles/PMC100/figure/f1/\nnumber: F1\ncaption: {caption}\n\
         papertitle: A toy article.\nreftext: A. Author. J Toy. 2021;1:1\nyear: '2021'\n\
         doi: 10.1000/toy.1\njournal_title: Journal of Toys\njournal_nlm_ta: J Toy\n\
         publisher_name: Toy Press\nkeywords: one | two\nautoml_pathway: 0.93250\n\
         figid_alias: PMC100__F1\nfigtype: Figure\nredirect_from: /figures/PMC100__F1\n\
         ndex: ''\nseo: CreativeWork\norganisms:\n- Homo sapiens\norganisms_ner:\n- Homo sapiens\n\
         schema-jsonld:\n  '@context': https://schema.org/\n  '@id': \
         https://pfocr.wikipathways.org/figures/PMC100__f1.html\n  '@type': Dataset\n  \
         description: {caption}\n  license: CC0\n  name: CreativeWork\n  creator:\n    '@type': \
         Organization\n    name: WikiPathways\n  keywords:\n"
    );
    for gene in 1..40 {
        let _ = writeln!(yaml, "  - GEN{gene}");
    }
    yaml + "---\n"
}

/// 48 rows of genes, of which each third word stands for three.
fn genes() -> String {
    let mut rows = String::from(
        "organism_id\torganism_name\torganism_group\tword\tmatch\tncbigene_symbol\tncbigene_id\t\
         source\tcount_direct\tcount_synonym\tcount_match\n",
    );
    for row in 1..49 {
        let word = if row % 5 < 3 { row / 5 * 5 } else { row };
        let _ = writeln!(
            rows,
            "9606\tHomo sapiens\tVertebrates\tGen{word}\tGEN{word}\tGEN{row}\t{row}\t\
             famplex_relations\tNA\tNA\t29"
        );
    }
    rows
}

const CHEMICALS: &str = "word\tmesh\tmatch\tname\tchebi\n\
    salt\tmesh:D012965\tSalt\tsodium chloride\tchebi:26710\n\
    Caffeine\tmesh:D002110\tCaffeine\tcaffeine\tchebi:27732\n";

/// Counts triples and does nothing with them.
struct Counting(u64);

impl QuadSink for Counting {
    fn quad(&mut self, quad: &Mapped<'_>) -> io::Result<()> {
        black_box(quad);
        self.0 += 1;
        Ok(())
    }
}

fn parse<'a>(yaml: &'a str, genes: &'a str) -> Option<(FrontMatter<'a>, [Table<'a>; 2])> {
    let mut findings = Findings::default();
    let front_matter = FrontMatter::parse(yaml, false, &mut findings)?;
    let tables = [
        Table::parse(Kind::Genes, genes.as_bytes(), &mut findings),
        Table::parse(Kind::Chemicals, CHEMICALS.as_bytes(), &mut findings),
    ];
    Some((front_matter, tables))
}

fn read<'a>(front_matter: &'a FrontMatter<'_>, tables: &'a [Table<'_>]) -> Option<Record<'a>> {
    let mut findings = Findings::default();
    let id = figure_id(front_matter, &mut findings)?;
    Some(Record::read(id, front_matter, tables, Extra::default(), &mut findings))
}

fn bench(criterion: &mut Criterion) -> Option<()> {
    let (yaml, genes, organisms) = (front_matter(), genes(), OrganismTable::bundled());
    let context = Context::new(&organisms);
    let (front_matter, tables) = parse(&yaml, &genes)?;
    let record = read(&front_matter, &tables)?;
    let (mut triples, mut quads) = (Counting(0), Quads::default());
    mapping::map(&record, &context, &mut triples).ok()?;
    mapping::map(&record, &context, &mut quads).ok()?;

    let mut group = criterion.benchmark_group("record");
    group.throughput(Throughput::Elements(1));
    group.bench_function("parse", |bencher| bencher.iter(|| parse(&yaml, &genes).is_some()));
    group.bench_function("type", |bencher| {
        bencher.iter(|| read(&front_matter, &tables).is_some());
    });
    group.throughput(Throughput::Elements(triples.0));
    group.bench_function("map", |bencher| {
        bencher.iter(|| mapping::map(&record, &context, &mut Counting(0)));
    });
    for format in Format::ALL {
        group.bench_function(format!("serialise {format}"), |bencher| {
            bencher.iter(|| {
                let mut serializer = Serializer::new(format, SchemaOrg::Http, Vec::new())?;
                let written = quads.send(&mut serializer).and_then(|()| serializer.end_record());
                Ok::<_, pfocr2rdf::Error>((written.is_ok(), serializer.finish().is_ok()))
            });
        });
    }
    group.bench_function("all, to nquads", |bencher| {
        bencher.iter(|| {
            let (front_matter, tables) = parse(&yaml, &genes)?;
            let record = read(&front_matter, &tables)?;
            let mut serializer = Serializer::new(Format::NQuads, SchemaOrg::Http, Vec::new());
            let serializer = serializer.as_mut().ok()?;
            mapping::map(&record, &context, serializer).ok()
        });
    });
    group.finish();
    Some(())
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let benched = bench(&mut criterion);
    criterion.final_summary();
    assert!(benched.is_some(), "the record cannot be read");
}
