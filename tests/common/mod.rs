//! What several test files need: the cases, and their conversion through the library.

#![allow(dead_code, reason = "no test file uses everything")]
#![allow(clippy::unwrap_used, reason = "these are parts of tests")]

use std::fs::{self, File};
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use flate2::bufread::GzDecoder;
use pfocr2rdf::convert::Converter;
use pfocr2rdf::diagnostic::Diagnostic;
use pfocr2rdf::mapping::Context;
use pfocr2rdf::organisms::OrganismTable;
use pfocr2rdf::pipeline::Pipeline;
use pfocr2rdf::pmc_ids::PmcIds;
use pfocr2rdf::serialize::{Format, SchemaOrg, Serializer};
use pfocr2rdf::sink::QuadSink;
use pfocr2rdf::source::{Document, Folder, Input};

/// A folder below `tests/cases`.
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) folder: PathBuf,
}

/// All cases, by name.
pub(crate) fn cases() -> Vec<Case> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let folders = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path());
    let case = |folder: PathBuf| Case {
        name: folder.file_name().unwrap().to_str().unwrap().to_owned(),
        folder,
    };
    let mut cases: Vec<_> = folders.filter(|path| path.is_dir()).map(case).collect();
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    assert!(cases.len() > 100);
    cases
}

impl Case {
    /// The value of an option of the case.
    pub(crate) fn option(&self, name: &str) -> Option<String> {
        let options = fs::read_to_string(self.folder.join("options")).unwrap_or_default();
        let value = |line: &str| Some(line.strip_prefix(name)?.trim_start_matches('=').to_owned());
        options.lines().find_map(value)
    }

    /// The number of files with records.
    pub(crate) fn records(&self) -> usize {
        fs::read_dir(self.folder.join("_figures")).unwrap().count()
    }

    /// The output in a format, and the diagnostics as `severity code path:line:column`.
    pub(crate) fn convert(&self, format: Format) -> (String, Vec<String>) {
        self.with_converter(|converter, input, schema, diagnostics| {
            let inputs = [input];
            let serializer = Serializer::new(format, schema, Vec::new()).unwrap();
            let mut report = |diagnostic: &_| diagnostics.push(Clone::clone(diagnostic));
            let pipeline = Pipeline::new(&inputs, converter);
            let bytes = pipeline.run(serializer, &mut report).unwrap().0.finish().unwrap();
            let prefix = format!("{}/", self.folder.display());
            let lines = diagnostics.iter().map(|diagnostic| {
                let location = diagnostic.location.to_string();
                let location = location.strip_prefix(&prefix).unwrap_or(&location);
                format!("{} {} {location}", diagnostic.severity(), diagnostic.code)
            });
            (String::from_utf8(bytes).unwrap(), lines.collect())
        })
    }

    /// Sends the triples of all records to a sink.
    pub(crate) fn map(&self, sink: &mut impl QuadSink) {
        self.each(|converter, document, tables| {
            converter.convert(document, tables, sink).unwrap();
        });
    }

    /// Does something with each record.
    pub(crate) fn each(&self, mut run: impl FnMut(&Converter<'_>, &Document, &Folder)) {
        self.with_converter(|converter, input, _, _| {
            for record in input.records() {
                run(converter, &record.read().unwrap(), input.tables());
            }
        });
    }

    /// Does something with a converter that has the options of the case.
    fn with_converter<R>(
        &self,
        run: impl FnOnce(&Converter<'_>, Input, SchemaOrg, &mut Vec<Diagnostic>) -> R,
    ) -> R {
        let mut organisms = OrganismTable::bundled();
        if let Some(names) = self.option("--taxonomy") {
            let file = File::open(self.folder.join(names)).unwrap();
            organisms.extend_from_names_dmp(BufReader::new(file)).unwrap();
        }
        let mut context = Context::new(&organisms);
        context.captions = self.option("--no-captions").is_none();
        if let Some(parts) = self.option("--parts") {
            context.parts = parts.split(',').map(|part| part.parse().unwrap()).collect();
        }
        if let Some(url) = self.option("--image-url") {
            context.image_url = url.parse().unwrap();
        }
        let schema = self.option("--schema-base");
        let schema = schema.map_or(SchemaOrg::Http, |scheme| scheme.parse().unwrap());
        let pmc_ids = self
            .option("--pmc-ids")
            .map(|csv| PmcIds::from_reader(File::open(self.folder.join(csv)).unwrap()).unwrap());
        let mut converter = Converter::new(context);
        if let Some(pmc_ids) = &pmc_ids {
            converter = converter.with_pmc_ids(pmc_ids);
        }
        let data = self.option("--data").map(|data| self.folder.join(data));
        let mut diagnostics = Vec::new();
        let input = Input::open(&self.folder, data.as_deref(), &mut diagnostics).unwrap();
        run(&converter, input, schema, &mut diagnostics)
    }
}

/// The text of a gzip file of one member.
pub(crate) fn gunzip(bytes: &[u8]) -> String {
    let mut decoder = GzDecoder::new(bytes);
    let mut text = String::new();
    decoder.read_to_string(&mut text).unwrap();
    assert!(decoder.into_inner().is_empty(), "one member");
    text
}
