//! How fast shapes compile, and how fast figure-like records are validated: one after the other,
//! as one graph, and with a query.

use std::error::Error;
use std::hint::black_box;
use std::ops::Range;

use criterion::{Criterion, Throughput};
use oxrdf::vocab::{rdf, xsd};
use oxrdf::{Literal, NamedNode, Term, Triple};
use pfocr2rdf::shacl::{Options, Shapes, ShapesError, Source};

const SHAPES: &str = include_str!("shapes.ttl");

/// A figure must not be part of two articles.
const QUERY: &str = "@prefix sh: <http://www.w3.org/ns/shacl#> .
    <#One> sh:targetClass <http://schema.org/ImageObject> ; sh:sparql [ sh:select '''
        PREFIX schema: <http://schema.org/>
        SELECT $this ?value { $this schema:isPartOf ?value . ?value a schema:ScholarlyArticle .
            ?value schema:hasPart ?other . FILTER (?other != $this) }''' ] .";

/// A record: a figure with its article, genes and annotations, 45 triples.
struct Record(Vec<Triple>);

impl Record {
    fn new(number: usize) -> Self {
        let mut record = Self(Vec::new());
        let figure = iri(&format!("http://example.com/figures/PMC{number}__F1"));
        let article = iri(&format!("http://example.com/articles/PMC{number}"));
        record.figure(&figure, &article, number);
        record.article(&figure, &article, number);
        for gene in (0..4).map(|position| number * 7 % 20_000 + position) {
            record.gene(&figure, gene);
        }
        record
    }

    fn add(&mut self, subject: &NamedNode, predicate: &str, object: impl Into<Term>) {
        let namespace = if predicate.starts_with("has") && predicate != "hasPart" {
            "http://www.w3.org/ns/oa#"
        } else {
            "http://schema.org/"
        };
        let predicate = iri(&format!("{namespace}{predicate}"));
        self.0.push(Triple::new(subject.clone(), predicate, object));
    }

    fn add_type(&mut self, subject: &NamedNode, class: &str) {
        self.0.push(Triple::new(subject.clone(), rdf::TYPE, iri(class)));
    }

    fn figure(&mut self, figure: &NamedNode, article: &NamedNode, number: usize) {
        self.add_type(figure, "http://schema.org/ImageObject");
        self.add(figure, "identifier", text(&format!("PMC{number}__F1")));
        let name = format!("Signalling in case {number}");
        self.add(figure, "name", Literal::new_language_tagged_literal_unchecked(name, "en"));
        let caption = format!("Case {number}. {}", "A pathway leads to another one. ".repeat(12));
        self.add(figure, "caption", text(&caption));
        self.add(figure, "isPartOf", article.clone());
        self.add(figure, "width", Literal::from(1_200));
        self.add(figure, "encodingFormat", text("image/jpeg"));
    }

    fn article(&mut self, figure: &NamedNode, article: &NamedNode, number: usize) {
        self.add_type(article, "http://schema.org/ScholarlyArticle");
        self.add(article, "identifier", text(&format!("PMC{number}")));
        self.add(article, "name", text(&format!("On the signalling of case {number} in cells")));
        self.add(article, "datePublished", Literal::new_typed_literal("2019", xsd::G_YEAR));
        self.add(article, "sameAs", iri(&format!("https://doi.org/10.1000/{number}")));
        self.add(article, "hasPart", figure.clone());
    }

    fn gene(&mut self, figure: &NamedNode, gene: usize) {
        let node = iri(&format!("https://identifiers.org/ncbigene/{gene}"));
        self.add(figure, "about", node.clone());
        self.add_type(&node, "http://schema.org/Gene");
        self.add(&node, "identifier", text(&gene.to_string()));
        let annotation = iri(&format!("{}#a{gene}", figure.as_str()));
        self.add_type(&annotation, "http://www.w3.org/ns/oa#Annotation");
        self.add(&annotation, "hasBody", node);
        self.add(&annotation, "hasTarget", figure.clone());
        for (local, value) in [("bodyValue", text("TP53")), ("motivatedBy", identifying())] {
            let predicate = iri(&format!("http://www.w3.org/ns/oa#{local}"));
            self.0.push(Triple::new(annotation.clone(), predicate, value));
        }
    }
}

fn iri(iri: &str) -> NamedNode {
    NamedNode::new_unchecked(iri)
}

fn text(value: &str) -> Term {
    Literal::new_simple_literal(value).into()
}

fn identifying() -> Term {
    iri("http://www.w3.org/ns/oa#identifying").into()
}

fn records(numbers: Range<usize>) -> Vec<Record> {
    numbers.map(Record::new).collect()
}

fn count(records: &[Record]) -> u64 {
    records.iter().map(|record| record.0.len() as u64).sum()
}

fn compile(files: &[&str]) -> Result<Shapes, ShapesError> {
    let sources = files.iter().map(|text| Source::turtle("s.ttl", "http://example.com/", text));
    Shapes::compile(&sources.collect::<Result<Vec<_>, _>>()?, &Options::new())
}

/// Validates each record by itself; all of them conform.
fn stream(criterion: &mut Criterion, name: &str, shapes: &Shapes, records: &[Record]) {
    let mut group = criterion.benchmark_group("shacl");
    group.throughput(Throughput::Elements(count(records)));
    let mut validator = shapes.validator();
    group.bench_function(name, |bencher| {
        bencher.iter(|| {
            for record in records {
                let report = validator.validate(black_box(&record.0));
                assert!(report.is_ok_and(|report| report.conforms));
            }
        });
    });
}

/// Validates all records as one graph.
fn whole(criterion: &mut Criterion, name: &str, shapes: &Shapes, records: &[Record]) {
    let mut group = criterion.benchmark_group("shacl");
    group.throughput(Throughput::Elements(count(records)));
    group.sample_size(20);
    let mut validator = shapes.validator();
    group.bench_function(name, |bencher| {
        bencher.iter(|| {
            let triples = records.iter().flat_map(|record| &record.0);
            let report = validator.validate(black_box(triples));
            assert!(report.is_ok_and(|report| report.conforms));
        });
    });
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut criterion = Criterion::default().configure_from_args();
    criterion.bench_function("shacl/compile", |bencher| {
        bencher.iter(|| compile(black_box(&[SHAPES])));
    });
    let core = compile(&[SHAPES])?;
    let few = records(0..1_000);
    stream(&mut criterion, "stream", &core, &few);
    whole(&mut criterion, "whole", &core, &records(0..5_000));
    if cfg!(feature = "sparql") {
        let queries = compile(&[SHAPES, QUERY])?;
        stream(&mut criterion, "stream with a query", &queries, &few);
        whole(&mut criterion, "whole with a query", &queries, &records(0..5_000));
    }
    criterion.final_summary();
    Ok(())
}
