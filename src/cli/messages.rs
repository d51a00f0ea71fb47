//! What a run tells about itself, on standard error.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use pfocr2rdf::diagnostic::{Diagnostic, Severity};

use super::visible::visible;

/// How much a long run tells.
#[derive(Clone, Copy, Debug, clap::Args)]
pub(super) struct MessageOptions {
    /// Tell errors only
    #[arg(short, long)]
    quiet: bool,

    /// Tell each minute how far the run is, where a terminal would show a bar
    #[arg(short, long, conflicts_with = "quiet")]
    pub(super) verbose: bool,
}

impl MessageOptions {
    /// What writes messages.
    pub(super) fn messages(self) -> Messages {
        Messages::new(self.quiet)
    }
}

/// Writes diagnostics and other messages to standard error, in colours on a terminal.
#[derive(Debug)]
pub(super) struct Messages {
    quiet: bool,
}

impl Messages {
    /// With `quiet`, nothing but errors is written.
    pub(super) fn new(quiet: bool) -> Self {
        Self { quiet }
    }

    /// Whether nothing but errors is written.
    pub(super) fn are_quiet(&self) -> bool {
        self.quiet
    }

    /// The least severity that is told of.
    pub(super) fn told(&self) -> Severity {
        if self.quiet { Severity::Error } else { Severity::Note }
    }

    /// A diagnostic, on one line.
    pub(super) fn diagnostic(&self, diagnostic: &Diagnostic) {
        let severity = diagnostic.severity();
        if severity < self.told() {
            return;
        }
        let color = match severity {
            Severity::Error => AnsiColor::Red,
            Severity::Warning => AnsiColor::Yellow,
            Severity::Note => AnsiColor::Cyan,
        };
        let style = Style::new().bold().fg_color(Some(color.into()));
        let (location, message) =
            (diagnostic.location.to_string(), diagnostic.message_with_places());
        let (location, message) = (visible(&location), visible(&message));
        let name = diagnostic.name();
        let mut out = anstream::stderr().lock();
        // When the error stream is gone there is nobody to tell.
        let _ = writeln!(out, "{location}: {style}{severity}[{name}]{style:#}: {message}");
    }

    /// Some text that is no error.
    pub(super) fn text(&self, text: &str) {
        if !self.quiet {
            let _ = io::stderr().write_all(text.as_bytes());
        }
    }
}
