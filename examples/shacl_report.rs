//! Validates Turtle files against shapes and prints the report as N-Triples:
//! `shacl_report SHAPES DATA...`. Exits with 0 if the data conform, 1 if not, 2 on errors.

use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;
use std::{env, fs, path};

use oxrdf::Triple;
use oxttl::TurtleParser;
use pfocr2rdf::shacl::{Options, Shapes, Source};

fn main() -> ExitCode {
    let files: Vec<_> = env::args().skip(1).collect();
    match run(&files) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            // There is nowhere else to say it.
            let _ = writeln!(io::stderr(), "{error}");
            ExitCode::from(2)
        }
    }
}

fn run(files: &[String]) -> Result<bool, Box<dyn Error>> {
    let [shapes, data @ ..] = files else { return Err("no shapes file".into()) };
    let source = Source::turtle(shapes, &file_iri(shapes)?, &fs::read_to_string(shapes)?)?;
    let shapes = Shapes::compile(&[source], &Options::new())?;
    let mut triples = Vec::new();
    for file in data {
        triples.extend(read(file)?);
    }
    let report = shapes.validator().validate(&triples)?;
    let mut lines: Vec<_> = report.to_graph().iter().map(|triple| triple.to_string()).collect();
    lines.sort_unstable();
    let mut out = io::stdout().lock();
    for line in lines {
        writeln!(out, "{line} .")?;
    }
    Ok(report.conforms)
}

fn read(file: &str) -> Result<Vec<Triple>, Box<dyn Error>> {
    let parser = TurtleParser::new().with_base_iri(file_iri(file)?)?;
    Ok(parser.for_reader(fs::File::open(file)?).collect::<Result<_, _>>()?)
}

fn file_iri(file: &str) -> Result<String, Box<dyn Error>> {
    Ok(format!("file://{}", path::absolute(file)?.display()))
}
