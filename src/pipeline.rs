//! The whole line: from inputs to one output, in the order of the inputs.

mod collector;

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use self::collector::Collector;
use crate::convert::{Conversion, Converter};
use crate::diagnostic::Diagnostic;
use crate::error::Error;
use crate::serialize::Serializer;
use crate::sink::Quads;
use crate::source::{Document, Input, RecordFile};
use crate::summary::Summary;

/// Converts all records of some inputs and writes their triples.
///
/// ```no_run
/// use std::path::Path;
///
/// use pfocr2rdf::convert::Converter;
/// use pfocr2rdf::mapping::Context;
/// use pfocr2rdf::organisms::OrganismTable;
/// use pfocr2rdf::pipeline::Pipeline;
/// use pfocr2rdf::serialize::{Format, SchemaOrg, Serializer};
/// use pfocr2rdf::source::Input;
///
/// let organisms = OrganismTable::bundled();
/// let converter = Converter::new(Context::new(&organisms));
/// let inputs = [Input::open(Path::new("pfocr-database"), None, &mut Vec::new())?];
/// let serializer = Serializer::new(Format::Turtle, SchemaOrg::Http, Vec::new())?;
/// let report = &mut |diagnostic: &_| println!("{diagnostic}");
/// let (turtle, summary) = Pipeline::new(&inputs, &converter).run(serializer, report)?;
/// println!("{summary}{} bytes", turtle.len());
/// # Ok::<_, pfocr2rdf::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Pipeline<'p> {
    inputs: &'p [Input],
    converter: &'p Converter<'p>,
    output: PathBuf,
}

/// What was read from a file, and what became of it.
#[derive(Debug, Default)]
struct Converted {
    document: Option<Document>,
    conversion: Conversion,
    quads: Quads,
}

impl<'p> Pipeline<'p> {
    /// A pipeline from these inputs.
    #[must_use]
    pub fn new(inputs: &'p [Input], converter: &'p Converter<'p>) -> Self {
        Self { inputs, converter, output: PathBuf::from("-") }
    }

    /// The same; an output that cannot be written is called so in the error.
    #[must_use]
    pub fn with_output_name(mut self, output: &Path) -> Self {
        output.clone_into(&mut self.output);
        self
    }

    /// Runs it.
    ///
    /// A record whose figid an earlier one has is skipped. `report` takes every diagnostic, in
    /// the order of the inputs. What is returned is what was written to, and the numbers of the
    /// run.
    ///
    /// # Errors
    ///
    /// The output cannot be written, or the folder of an input cannot be read.
    pub fn run<W: Write>(
        &self,
        serializer: Serializer<W>,
        report: &mut dyn FnMut(&Diagnostic),
    ) -> Result<(W, Summary), Error> {
        let cannot_write = |cause| Error::write(&self.output, cause);
        let mut collector = Collector::new(serializer, report);
        let mut converted = Converted::default();
        for input in self.inputs {
            for record in input.records() {
                self.convert(record, input, &mut converted).map_err(cannot_write)?;
                collector.add(record, &mut converted).map_err(cannot_write)?;
            }
        }
        for input in self.inputs.iter().filter(|input| input.is_directory()) {
            collector.note(&input.tables().orphans(|figid| collector.is_known(figid))?);
        }
        collector.finish().map_err(cannot_write)
    }

    /// Converts one record of an input.
    fn convert(
        &self,
        record: &RecordFile,
        input: &Input,
        converted: &mut Converted,
    ) -> io::Result<()> {
        let Converted { document, conversion, quads } = converted;
        quads.clear();
        match record.read() {
            Ok(read) => {
                let read = document.insert(read);
                *conversion = self.converter.convert(read, input.tables(), quads)?;
            }
            Err(error) => {
                let diagnostics = vec![Diagnostic::unreadable(record.name(), &error)];
                *conversion = Conversion { diagnostics, ..Conversion::default() };
            }
        }
        Ok(())
    }
}
