//! The formats that triples are written in.

mod compact;
mod form;
mod format;
mod line;
mod schema_org;

use std::io::{self, Write};

use oxttl::trig::{TriGSerializer, WriterTriGSerializer};
use oxttl::turtle::{TurtleSerializer, WriterTurtleSerializer};

use crate::error::Error;
use crate::iri;
use crate::sink::{Mapped, Part, QuadSink, Quads};
use crate::vocab;

pub use self::compact::Compact;
pub(crate) use self::form::Forms;
pub use self::format::Format;
pub use self::schema_org::SchemaOrg;

/// Writes triples in one of the [formats](Format).
///
/// Turtle and TriG begin with all prefixes, and a subject is named once for all its triples
/// that follow each other. In TriG each record has one block for each graph.
///
/// ```
/// use pfocr2rdf::mapping;
/// use pfocr2rdf::serialize::{Format, SchemaOrg, Serializer};
/// use pfocr2rdf::sink::{Mapped, QuadSink};
///
/// let rule = mapping::rules().find(|rule| rule.input == "number").unwrap();
/// let mut serializer = Serializer::new(Format::NTriples, SchemaOrg::Http, Vec::new())?;
/// serializer.quad(&Mapped { rule, subject: "http://example.org/f", object: "Figure 1" })?;
/// let bytes = serializer.finish()?;
/// assert_eq!(
///     String::from_utf8(bytes)?,
///     "<http://example.org/f> <http://schema.org/position> \"Figure 1\" .\n",
/// );
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
pub struct Serializer<W: Write> {
    inner: Inner<W>,
    schema: SchemaOrg,
}

enum Inner<W: Write> {
    Turtle(WriterTurtleSerializer<W>),
    Lines {
        writer: W,
        format: LineFormat,
        line: Vec<u8>,
    },
    /// With the triples of the record that is being written.
    TriG(WriterTriGSerializer<W>, Quads),
}

impl<W: Write> Serializer<W> {
    /// A serializer that writes to `writer`, which should be buffered.
    ///
    /// # Errors
    ///
    /// A namespace is no IRI; ours are.
    pub fn new(format: Format, schema: SchemaOrg, writer: W) -> Result<Self, Error> {
        let invalid = |error| Error::invalid(format!("{error}"));
        let inner = match format {
            Format::Turtle => Inner::Turtle(turtle(schema)?.for_writer(writer)),
            Format::TriG => {
                let mut trig = TriGSerializer::new();
                for (prefix, namespace) in prefixes(schema) {
                    trig = trig.with_prefix(prefix, namespace).map_err(invalid)?;
                }
                Inner::TriG(trig.for_writer(writer), Quads::default())
            }
            Format::NTriples | Format::NQuads => {
                let format = LineFormat { schema, has_graphs: format == Format::NQuads };
                Inner::Lines { writer, format, line: Vec::new() }
            }
        };
        Ok(Self { inner, schema })
    }

    /// Writes what is still to be written, and gives the writer back.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn finish(mut self) -> io::Result<W> {
        self.end_record()?;
        match self.inner {
            Inner::Turtle(turtle) => turtle.finish(),
            Inner::Lines { writer, .. } => Ok(writer),
            Inner::TriG(trig, _) => trig.finish(),
        }
    }
}

impl<W: Write> QuadSink for Serializer<W> {
    fn quad(&mut self, quad: &Mapped<'_>) -> io::Result<()> {
        match &mut self.inner {
            Inner::TriG(_, record) => record.quad(quad),
            Inner::Turtle(turtle) => self.schema.apply(quad, |t| turtle.serialize_triple(t)),
            Inner::Lines { writer, format, line } => {
                line.clear();
                format.write(quad, line);
                writer.write_all(line)
            }
        }
    }
}

/// Some lines of a part among others, up to an end from that of the piece before.
#[derive(Clone, Copy, Debug)]
pub struct Piece {
    /// The part.
    pub part: Part,
    /// Where the piece ends.
    pub end: usize,
    /// The number of its lines.
    pub number: u64,
}

/// What the triples of a run are written to.
pub trait Target: QuadSink {
    /// How lines are written, if the format has one triple or quad a line.
    fn line_format(&self) -> Option<LineFormat>;

    /// Writes some lines of a part, in the [format](Self::line_format) of this target.
    ///
    /// # Errors
    ///
    /// They cannot be written.
    fn lines(&mut self, part: Part, lines: &[u8], number: u64) -> io::Result<()>;

    /// Writes lines of several parts. By default each piece is written by itself.
    ///
    /// # Errors
    ///
    /// They cannot be written.
    fn pieces(&mut self, lines: &[u8], pieces: &[Piece]) -> io::Result<()> {
        let mut start = 0;
        for piece in pieces {
            let lines = lines.get(start..piece.end).unwrap_or_default();
            self.lines(piece.part, lines, piece.number)?;
            start = piece.end;
        }
        Ok(())
    }

    /// Says that all triples of a record were written.
    ///
    /// # Errors
    ///
    /// Something that was kept back cannot be written.
    fn end_record(&mut self) -> io::Result<()>;
}

impl<W: Write> Target for Serializer<W> {
    fn line_format(&self) -> Option<LineFormat> {
        match &self.inner {
            Inner::Lines { format, .. } => Some(*format),
            _ => None,
        }
    }

    fn lines(&mut self, _: Part, lines: &[u8], _: u64) -> io::Result<()> {
        match &mut self.inner {
            Inner::Lines { writer, .. } => writer.write_all(lines),
            _ => Err(io::Error::from(io::ErrorKind::Unsupported)),
        }
    }

    fn pieces(&mut self, lines: &[u8], _: &[Piece]) -> io::Result<()> {
        self.lines(Part::Core, lines, 0)
    }

    fn end_record(&mut self) -> io::Result<()> {
        let Inner::TriG(trig, record) = &mut self.inner else { return Ok(()) };
        for part in Part::ALL {
            for quad in record.iter().filter(|quad| quad.rule.part == part) {
                self.schema.apply(&quad, |t| trig.serialize_quad(t.in_graph(part.graph())))?;
            }
        }
        record.clear();
        Ok(())
    }
}

/// N-Triples or N-Quads, with the form of the terms of schema.org.
#[derive(Clone, Copy, Debug)]
pub struct LineFormat {
    schema: SchemaOrg,
    has_graphs: bool,
}

impl LineFormat {
    /// N-Quads.
    pub(crate) fn quads(schema: SchemaOrg) -> Self {
        Self { schema, has_graphs: true }
    }

    /// Appends the line of a quad.
    pub(crate) fn write(self, quad: &Mapped<'_>, out: &mut Vec<u8>) {
        let graph = self.has_graphs.then(|| quad.rule.part.graph());
        self.schema.apply(quad, |triple| line::write_line(out, triple, graph));
    }
}

/// Turtle with all prefixes.
pub(crate) fn turtle(schema: SchemaOrg) -> Result<TurtleSerializer, Error> {
    prefixes(schema).try_fold(TurtleSerializer::new(), |turtle, (prefix, namespace)| {
        let turtle = turtle.with_prefix(prefix, namespace);
        turtle.map_err(|error| Error::invalid(error.to_string()))
    })
}

/// All prefixes with their namespaces.
pub(crate) fn prefixes(schema: SchemaOrg) -> impl Iterator<Item = (&'static str, &'static str)> {
    let terms = vocab::ALL.iter().map(move |vocabulary| match vocabulary.prefix {
        vocab::schema::PREFIX => (vocabulary.prefix, schema.namespace()),
        prefix => (prefix, vocabulary.namespace),
    });
    iri::PREFIXES.into_iter().chain(terms)
}
