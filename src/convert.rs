//! One record from bytes to triples.

use std::io;
use std::str;

use crate::check::{Checked, Checker};
use crate::claims::{self, Claim};
use crate::diagnostic::{Code, Diagnostic, Location};
use crate::mapping::{self, Context};
use crate::pmc_ids::PmcIds;
use crate::raw::{self, Findings, FrontMatter, Kind, Locator, Place, Table, quote};
use crate::record::{self, Concept, Record};
use crate::sink::QuadSink;
use crate::source::{Document, Folder, RecordFile, TableFile};

/// Converts records, one after the other and each by itself.
///
/// ```
/// use pfocr2rdf::convert::Converter;
/// use pfocr2rdf::mapping::Context;
/// use pfocr2rdf::organisms::OrganismTable;
/// use pfocr2rdf::sink::Quads;
/// use pfocr2rdf::source::{Document, Folder};
///
/// let organisms = OrganismTable::bundled();
/// let converter = Converter::new(Context::new(&organisms));
/// let bytes = b"---\nfigid: PMC1__f1\npmcid: PMC1\nyear: next\n---\n".to_vec();
/// let document = Document { name: "f1.md".to_owned(), bytes, is_plain: false };
/// let mut quads = Quads::default();
/// let conversion = converter.convert(&document, &Folder::default(), &mut quads)?;
/// assert_eq!(conversion.figid.as_deref(), Some("PMC1__f1"));
/// assert_eq!(conversion.diagnostics[0].location.to_string(), "f1.md:4:7");
/// assert!(quads.iter().count() > 10);
/// # std::io::Result::Ok(())
/// ```
#[derive(Clone, Debug)]
pub struct Converter<'c> {
    context: Context<'c>,
    pmc_ids: Option<&'c PmcIds>,
}

/// What became of a record.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Conversion {
    /// The figid, unless the record was skipped.
    pub figid: Option<String>,
    /// What is wrong with the record and its tables, by place.
    pub diagnostics: Vec<Diagnostic>,
    /// Its rows.
    pub rows: Rows,
}

/// Numbers of rows: of tables, and of the lists of older generations.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Rows {
    /// Rows whose entity is identified.
    pub mapped: u64,
    /// Rows without an identifier, which give nothing but an annotation.
    pub unidentified: u64,
    /// Rows that could not be read.
    pub malformed: u64,
}

impl Conversion {
    /// What became of a record that cannot be read.
    pub(crate) fn refused(diagnostics: Vec<Diagnostic>) -> Self {
        Self { diagnostics, ..Self::default() }
    }
}

impl<'c> Converter<'c> {
    /// A converter.
    #[must_use]
    pub fn new(context: Context<'c>) -> Self {
        Self { context, pmc_ids: None }
    }

    /// The same, with PubMed ids for all articles, and DOIs for those whose record has none.
    #[must_use]
    pub fn with_pmc_ids(mut self, pmc_ids: &'c PmcIds) -> Self {
        self.pmc_ids = Some(pmc_ids);
        self
    }

    /// What the mapping needs besides the records.
    #[must_use]
    pub fn context(&self) -> &Context<'c> {
        &self.context
    }

    /// Reads a record with its tables and sends its triples to a sink.
    ///
    /// # Errors
    ///
    /// Those of the sink; whatever is wrong with the record is in the [`Conversion`].
    pub fn convert(
        &self,
        document: &Document,
        folder: &Folder,
        sink: &mut impl QuadSink,
    ) -> io::Result<Conversion> {
        self.convert_with(document, folder, sink, (None, None))
    }

    /// The same, and checks the triples; results are diagnostics like all others.
    ///
    /// # Errors
    ///
    /// Those of the sink.
    pub fn convert_checked(
        &self,
        document: &Document,
        folder: &Folder,
        sink: &mut impl QuadSink,
        checker: &mut Checker<'_>,
    ) -> io::Result<Conversion> {
        self.convert_with(document, folder, sink, (Some(checker), None))
    }

    pub(crate) fn convert_with(
        &self,
        document: &Document,
        folder: &Folder,
        sink: &mut impl QuadSink,
        (checker, claims): (Option<&mut Checker<'_>>, Option<&mut Vec<Claim>>),
    ) -> io::Result<Conversion> {
        let convert = |reading: Reading<'_>| self.convert_read(&reading, sink, (checker, claims));
        let refused = |diagnostics| Ok(Conversion::refused(diagnostics));
        self.read(document, folder, convert).unwrap_or_else(refused)
    }

    /// Sends the triples of a record that was read to a sink.
    pub(crate) fn convert_read(
        &self,
        reading: &Reading<'_>,
        sink: &mut impl QuadSink,
        (checker, claims): (Option<&mut Checker<'_>>, Option<&mut Vec<Claim>>),
    ) -> io::Result<Conversion> {
        let Reading { record, files, tables, findings, unreadable, .. } = reading;
        let results = if let Some(checker) = checker {
            mapping::map(record, &self.context, &mut Checked::new(checker, sink))?;
            checker.finish(self, reading)
        } else {
            mapping::map(record, &self.context, sink)?;
            Vec::new()
        };
        let mut diagnostics = unreadable.clone();
        diagnostics.extend(files.locate(findings, results));
        if let Some(claims) = claims {
            *claims = claims::claims(record);
        }
        let figid = Some(record.figure.id.as_str().to_owned());
        Ok(Conversion { figid, diagnostics, rows: rows(record, tables) })
    }

    /// Reads a record with its tables and does something with it; if it cannot be read, gives
    /// the reasons.
    pub(crate) fn read<T>(
        &self,
        document: &Document,
        folder: &Folder,
        visit: impl FnOnce(Reading<'_>) -> T,
    ) -> Result<T, Vec<Diagnostic>> {
        let mut findings = Findings::default();
        let refuse = |findings: &Findings, text| {
            Err(Files { document, text, tables: &[] }.locate(findings, Vec::new()))
        };
        let text = match utf8(&document.bytes) {
            Ok(text) => text,
            Err((good, message)) => {
                findings.add(Code::InvalidUtf8, Place::Byte(good.len()), message);
                return refuse(&findings, good);
            }
        };
        let Some(front_matter) = FrontMatter::parse(text, document.is_plain, &mut findings) else {
            return refuse(&findings, text);
        };
        let Some(id) = record::figure_id(&front_matter, &mut findings) else {
            return refuse(&findings, text);
        };
        let (files, unreadable) = tables(folder, id.as_str());
        let tables: Vec<_> =
            files.iter().map(|file| Table::parse(file.kind, &file.bytes, &mut findings)).collect();
        let extra = folder.id_maps().get(id.as_str());
        let mut record = Record::read(id, &front_matter, &tables, extra, &mut findings);
        self.identify(&mut record);
        let files = Files { document, text, tables: &files };
        let (record, tables) = (&record, tables.as_slice());
        Ok(visit(Reading { record, files, tables, folder, findings, unreadable }))
    }

    /// Adds what the table of PMC ids knows of the article.
    fn identify(&self, record: &mut Record<'_>) {
        if let (Some(ids), Some(article)) = (self.pmc_ids, &mut record.article) {
            let (pubmed, doi) = ids.get(&article.id);
            article.pubmed = pubmed;
            article.doi = article.doi.take().or(doi);
        }
    }
}

/// A record as it was read.
pub(crate) struct Reading<'r> {
    pub(crate) record: &'r Record<'r>,
    pub(crate) files: Files<'r>,
    pub(crate) tables: &'r [Table<'r>],
    pub(crate) folder: &'r Folder,
    /// What is wrong with the record and the tables.
    pub(crate) findings: Findings,
    /// Tables that cannot be read.
    pub(crate) unreadable: Vec<Diagnostic>,
}

impl Reading<'_> {
    /// The table of this kind.
    pub(crate) fn table(&self, kind: Kind) -> Option<&Table<'_>> {
        self.tables.iter().find(|table| table.kind == kind)
    }
}

/// What becomes of a record whose figid an earlier record has.
pub(crate) fn duplicate(document: &Document, first: Option<&RecordFile>) -> Conversion {
    let Some((figid, location)) = written_figid(document) else { return Conversion::default() };
    let message = format!("found the figid {} again, which another record has", quote(&figid));
    let diagnostic = Diagnostic::new(Code::DuplicateFigid, location, message);
    let first = first.and_then(|first| written_figid(&first.read().ok()?));
    let diagnostic = match first {
        Some((_, location)) => diagnostic.with_related(location, "the record that is used"),
        None => diagnostic,
    };
    Conversion { diagnostics: vec![diagnostic], ..Conversion::default() }
}

/// The figid of a record as it is written, and where.
fn written_figid(document: &Document) -> Option<(String, Location)> {
    let text = utf8(&document.bytes).ok()?;
    let front_matter = FrontMatter::parse(text, document.is_plain, &mut Findings::default())?;
    let files = Files { document, text, tables: &[] };
    let location = files.locator().locate(front_matter.figid.place);
    Some((front_matter.figid.text?.into_owned(), location))
}

/// The text of a record, or what can be read of it and what is wrong behind that.
fn utf8(bytes: &[u8]) -> Result<&str, (&str, String)> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    str::from_utf8(bytes).map_err(|error| {
        let good = bytes.get(..error.valid_up_to()).unwrap_or_default();
        (str::from_utf8(good).unwrap_or_default(), raw::invalid_utf8(bytes, error))
    })
}

/// The tables of a figure, and diagnostics of those that cannot be read.
fn tables(folder: &Folder, figid: &str) -> (Vec<TableFile>, Vec<Diagnostic>) {
    let (mut files, mut diagnostics) = (Vec::new(), Vec::new());
    for kind in Kind::ALL {
        match folder.read(figid, kind) {
            Ok(file) => files.extend(file),
            Err((file, error)) => diagnostics.push(Diagnostic::unreadable(file, &error)),
        }
    }
    (files, diagnostics)
}

/// The files that a record was read from.
#[derive(Clone, Copy)]
pub(crate) struct Files<'f> {
    pub(crate) document: &'f Document,
    /// The text of the record, without a byte order mark.
    pub(crate) text: &'f str,
    pub(crate) tables: &'f [TableFile],
}

impl Files<'_> {
    /// The places of what stands in the files.
    pub(crate) fn locator(&self) -> Locator<'_> {
        let table = |kind| {
            let file = self.tables.iter().find(|file| file.kind == kind);
            file.map_or(("", &[][..]), |file| (file.name.as_str(), file.bytes.as_slice()))
        };
        Locator::new((&self.document.name, self.text), Kind::ALL.map(table))
    }

    /// Diagnostics in the order of their places, those of the record before those of the tables.
    fn locate(&self, findings: &Findings, results: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let mut diagnostics = findings.located(&self.locator());
        diagnostics.extend(results);
        sort(&mut diagnostics, &self.document.name);
        diagnostics
    }
}

/// Puts the diagnostics of a record before those of its tables, and each by line and column.
pub(crate) fn sort(diagnostics: &mut [Diagnostic], record: &str) {
    diagnostics.sort_by(|a, b| {
        let is_table = |diagnostic: &Diagnostic| diagnostic.location.file != record;
        is_table(a).cmp(&is_table(b)).then_with(|| a.location.cmp(&b.location))
    });
}

fn rows(record: &Record<'_>, tables: &[Table<'_>]) -> Rows {
    let is_concept = |concept: &&Concept<'_>| concept.mesh.is_some() || concept.other.is_some();
    let concepts = || record.chemicals.iter().chain(&record.diseases);
    let read = record.genes.len() + concepts().count();
    let genes = record.genes.iter().filter(|gene| gene.id.is_some()).count();
    let mapped = genes + concepts().filter(is_concept).count();
    Rows {
        mapped: mapped as u64,
        unidentified: (read - mapped) as u64,
        malformed: tables.iter().map(|table| table.malformed).sum(),
    }
}
