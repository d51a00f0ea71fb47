use std::io::{self, Write};

/// The largest number of quads in an operation: what all stores take at once.
const QUADS: usize = 5_000;

/// Writes [SPARQL Update](https://www.w3.org/TR/sparql11-update/) from lines of N-Quads, whose
/// terms are written the same there.
#[derive(Debug)]
pub(super) struct Update<W> {
    writer: W,
    /// The operation that is being written, and its number of quads.
    operation: Option<&'static str>,
    quads: usize,
    graph: Vec<u8>,
}

impl<W: Write> Update<W> {
    pub(super) fn new(writer: W) -> Self {
        Self { writer, operation: None, quads: 0, graph: Vec::new() }
    }

    /// Adds a quad to an operation, `DELETE DATA` or `INSERT DATA`.
    pub(super) fn quad(&mut self, operation: &'static str, line: &[u8]) -> io::Result<()> {
        let (triple, graph) = split(line);
        if self.operation != Some(operation) || self.quads == QUADS {
            self.end_operation()?;
            writeln!(self.writer, "{operation} {{")?;
            self.operation = Some(operation);
        }
        if self.graph != graph {
            self.end_graph()?;
            self.writer.write_all(&[b"GRAPH ", graph, b" {\n"].concat())?;
            self.graph.extend_from_slice(graph);
        }
        self.quads += 1;
        self.writer.write_all(triple)?;
        self.writer.write_all(b".\n")
    }

    fn end_graph(&mut self) -> io::Result<()> {
        if !self.graph.is_empty() {
            self.graph.clear();
            self.writer.write_all(b"}\n")?;
        }
        Ok(())
    }

    fn end_operation(&mut self) -> io::Result<()> {
        self.end_graph()?;
        self.quads = 0;
        if self.operation.take().is_some() {
            self.writer.write_all(b"} ;\n")?;
        }
        Ok(())
    }

    pub(super) fn finish(mut self) -> io::Result<W> {
        self.end_operation()?;
        Ok(self.writer)
    }
}

/// The triple of a line with a space behind it, and the graph.
fn split(line: &[u8]) -> (&[u8], &[u8]) {
    let line = line.strip_suffix(b" .\n").unwrap_or(line);
    // No IRI has this character in it.
    let graph = line.iter().rposition(|&byte| byte == b'<').unwrap_or_default();
    line.split_at_checked(graph).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_and_graphs_are_ended() {
        let mut update = Update::new(Vec::new());
        for _ in 0..=QUADS {
            update.quad("DELETE DATA", b"<a:s> <a:p> \"<b>\" <a:g> .\n").unwrap();
        }
        update.quad("DELETE DATA", b"<a:s> <a:p> <a:o> <a:h> .\n").unwrap();
        update.quad("INSERT DATA", b"<a:s> <a:p> <a:o> <a:h> .\n").unwrap();
        let text = String::from_utf8(update.finish().unwrap()).unwrap();
        let quad = "<a:s> <a:p> \"<b>\" .\n";
        let first = format!("DELETE DATA {{\nGRAPH <a:g> {{\n{}}}\n}} ;\n", quad.repeat(QUADS));
        let rest = text.strip_prefix(&first).unwrap();
        let triple = "GRAPH <a:h> {\n<a:s> <a:p> <a:o> .\n}\n} ;\n";
        let expected =
            format!("DELETE DATA {{\nGRAPH <a:g> {{\n{quad}}}\n{triple}INSERT DATA {{\n{triple}");
        assert_eq!(rest, expected);
    }
}
