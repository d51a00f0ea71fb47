use std::io::{self, Write};

use super::lines;
use super::update::Update;
use crate::sink::Part;

/// Writes changes in four forms: the quads to delete and those to insert as
/// [N-Quads](https://www.w3.org/TR/n-quads/), both as
/// [RDF Patch](https://jena.apache.org/documentation/rdf-patch/) and as
/// [SPARQL Update](https://www.w3.org/TR/sparql11-update/).
///
/// The patch is one transaction. The update has at most 5,000 quads in an operation.
///
/// ```
/// use pfocr2rdf::delta::Writer;
///
/// let mut writer = Writer::new([const { Vec::new() }; 4], ("urn:1", "urn:2"))?;
/// writer.delete(b"<a:s> <a:p> \"o\" <a:g> .\n")?;
/// writer.insert(b"<a:s> <a:p> \"x\" <a:g> .\n")?;
/// let [_, _, patch, update] = writer.finish()?.map(|bytes| String::from_utf8(bytes).unwrap());
/// assert_eq!(
///     patch,
///     "H id <urn:2> .\nH prev <urn:1> .\nTX .\nD <a:s> <a:p> \"o\" <a:g> .\n\
///      A <a:s> <a:p> \"x\" <a:g> .\nTC .\n"
/// );
/// assert!(update.starts_with("DELETE DATA {\nGRAPH <a:g> {\n<a:s> <a:p> \"o\" .\n}\n} ;\n"));
/// # std::io::Result::Ok(())
/// ```
#[derive(Debug)]
pub struct Writer<W> {
    delete: W,
    insert: W,
    patch: W,
    update: Update<W>,
    deleted: u64,
    inserted: [u64; 4],
}

impl<W: Write> Writer<W> {
    /// The names of the files, in the order of the writers.
    pub const NAMES: [&'static str; 4] = ["delete.nq", "insert.nq", "patch.rdfp", "update.ru"];

    /// Begins the four files. The IRIs name, in the patch, the states before and after.
    ///
    /// # Errors
    ///
    /// Those of the writers.
    pub fn new(writers: [W; 4], (before, after): (&str, &str)) -> io::Result<Self> {
        let [delete, insert, mut patch, update] = writers;
        write!(patch, "H id <{after}> .\nH prev <{before}> .\nTX .\n")?;
        let update = Update::new(update);
        Ok(Self { delete, insert, patch, update, deleted: 0, inserted: [0; 4] })
    }

    /// Writes the line of a quad that is to be deleted.
    ///
    /// # Errors
    ///
    /// Those of the writers.
    pub fn delete(&mut self, line: &[u8]) -> io::Result<()> {
        self.deleted += 1;
        self.delete.write_all(line)?;
        self.patch.write_all(b"D ")?;
        self.patch.write_all(line)?;
        self.update.quad("DELETE DATA", line)
    }

    /// Writes the line of a quad that is to be inserted.
    ///
    /// # Errors
    ///
    /// Those of the writers.
    pub fn insert(&mut self, line: &[u8]) -> io::Result<()> {
        if let Some(count) = lines::part(line).and_then(|part| self.inserted.get_mut(part as usize))
        {
            *count += 1;
        }
        self.insert.write_all(line)?;
        self.patch.write_all(b"A ")?;
        self.patch.write_all(line)?;
        self.update.quad("INSERT DATA", line)
    }

    /// The number of quads to delete.
    #[must_use]
    pub fn deleted(&self) -> u64 {
        self.deleted
    }

    /// The number of quads to insert into the graph of a part.
    #[must_use]
    pub fn inserted(&self, part: Part) -> u64 {
        self.inserted.get(part as usize).copied().unwrap_or_default()
    }

    /// Ends the files, and gives the writers back.
    ///
    /// # Errors
    ///
    /// Those of the writers.
    pub fn finish(mut self) -> io::Result<[W; 4]> {
        self.patch.write_all(b"TC .\n")?;
        Ok([self.delete, self.insert, self.patch, self.update.finish()?])
    }
}
