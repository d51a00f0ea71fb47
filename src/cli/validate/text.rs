use std::io::{self, Write};

use pfocr2rdf::diagnostic::Diagnostic;

use super::report::{Report, Totals};

/// One line for each result.
pub(super) struct Text<'o> {
    out: &'o mut dyn Write,
}

impl<'o> Text<'o> {
    pub(super) fn new(out: &'o mut dyn Write) -> Self {
        Self { out }
    }
}

impl Report for Text<'_> {
    fn add(&mut self, diagnostic: &Diagnostic) -> io::Result<()> {
        writeln!(self.out, "{diagnostic}")
    }

    fn finish(&mut self, _: &Totals) -> io::Result<()> {
        Ok(())
    }
}
