use std::io::{self, Write};
use std::iter;

use pfocr2rdf::diagnostic::{Diagnostic, Severity};
use pfocr2rdf::explain;

use super::report::{Report, Totals, notes};
use crate::cli::visible::visible;

/// [Workflow commands](https://docs.github.com/actions/reference/workflow-commands-for-github-actions),
/// one for each result: the message, what else is known, and the help, on lines of their own.
pub(super) struct Github<'o> {
    out: &'o mut dyn Write,
}

impl<'o> Github<'o> {
    pub(super) fn new(out: &'o mut dyn Write) -> Self {
        Self { out }
    }
}

impl Report for Github<'_> {
    fn add(&mut self, diagnostic: &Diagnostic) -> io::Result<()> {
        let command = match diagnostic.severity() {
            Severity::Note => "notice",
            severity => severity.as_str(),
        };
        let location = &diagnostic.location;
        let (file, line, column) = (property(&location.file), location.line, location.column);
        let title = property(diagnostic.name());
        let help = explain::help(diagnostic).map(|help| format!("help: {help}"));
        let lines = notes(diagnostic).chain(help).map(|line| format!("\n{line}"));
        let message: String = iter::once(diagnostic.message_with_places()).chain(lines).collect();
        let message = escaped(&message);
        write!(self.out, "::{command} file={file},line={line},col={column},")?;
        writeln!(self.out, "title={title}::{message}")
    }

    fn finish(&mut self, totals: &Totals) -> io::Result<()> {
        totals.cut().map_or(Ok(()), |cut| writeln!(self.out, "::notice::{cut}"))
    }
}

/// A message, in which a line break would end the command, and other characters steer the
/// terminal that a log is read in.
fn escaped(text: &str) -> String {
    let text = text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    visible(&text).into_owned()
}

/// The value of a property, in which `:` and `,` have a meaning as well.
fn property(text: &str) -> String {
    escaped(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use pfocr2rdf::diagnostic::{Code, Location};

    use super::*;

    fn command(file: &str, code: Code, message: &str) -> String {
        let location = Location::new(file, 3, 7);
        let mut out = Vec::new();
        Github::new(&mut out).add(&Diagnostic::new(code, location, message)).unwrap();
        let command = String::from_utf8(out).unwrap();
        let (command, help) = command.split_once("%0Ahelp: ").unwrap();
        assert!(help.ends_with(&format!("pfocr2rdf explain {code})\n")), "{help}");
        command.to_owned()
    }

    #[test]
    fn severities_have_their_commands() {
        let t = |code, expected: &str| {
            let line = command("a.md", code, "m");
            let expected = format!("::{expected} file=a.md,line=3,col=7,title={code}::m");
            assert_eq!(line, expected);
        };
        t(Code::MissingFigid, "error");
        t(Code::InvalidYear, "warning");
        t(Code::CountMismatch, "notice");
    }

    #[test]
    fn nothing_of_the_input_steers_a_terminal() {
        let line = command("\u{1B}[2J.md", Code::ShapeInfo, "\u{1B}[31mred\u{9B}");
        let expected = "::notice file=␛[2J.md,line=3,col=7,title=shape-info::␛[31mred\u{FFFD}";
        assert_eq!(line, expected);
    }

    #[test]
    fn nothing_of_the_input_ends_a_command() {
        let line = command("a,b:c%\n.md", Code::InvalidYear, "10%: a,b\r\n::error::x");
        assert_eq!(
            line,
            "::warning file=a%2Cb%3Ac%25%0A.md,line=3,col=7,title=invalid-year::\
             10%25: a,b%0D%0A::error::x"
        );
    }
}
