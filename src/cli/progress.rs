//! How far a run is.

use std::cell::Cell;
use std::io::{self, IsTerminal};
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use indicatif::{HumanCount, HumanDuration, ProgressBar, ProgressDrawTarget, ProgressStyle};
use pfocr2rdf::diagnostic::{Diagnostic, Severity};

use super::interruption;
use super::messages::Messages;

/// How long it is from one line to the next where there is no terminal.
const INTERVAL: Duration = Duration::from_secs(60);

/// A bar on standard error, if that is a terminal, or else a line now and then.
#[derive(Debug)]
pub(super) struct Progress<'m> {
    bar: ProgressBar,
    messages: &'m Messages,
    warnings: Cell<u64>,
    /// When a line is due, if lines are wanted.
    due: Cell<Option<Instant>>,
}

impl<'m> Progress<'m> {
    /// Begins to show how many of the records are done; with `verbose` also where there is no
    /// terminal.
    pub(super) fn start(
        records: usize,
        messages: &'m Messages,
        verbose: bool,
    ) -> anyhow::Result<Self> {
        let (is_terminal, is_quiet) = (io::stderr().is_terminal(), messages.are_quiet());
        let target = if is_terminal && !is_quiet && records > 1 {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        };
        let bar = ProgressBar::with_draw_target(Some(records as u64), target);
        let style = "{wide_bar} {human_pos}/{human_len} records, {per_sec}, {eta} left{msg}";
        bar.set_style(ProgressStyle::with_template(style)?);
        bar.enable_steady_tick(Duration::from_millis(200));
        let due = (verbose && !is_terminal && !is_quiet).then(Instant::now);
        Ok(Self { bar, messages, warnings: Cell::new(0), due: Cell::new(due) })
    }

    /// Shows the number of records that are done, and says whether to go on.
    pub(super) fn at(&self, records: usize) -> ControlFlow<()> {
        self.bar.set_position(records as u64);
        if let Some(due) = self.due.get().filter(|due| *due <= Instant::now()) {
            self.due.set(Some(due + INTERVAL));
            self.messages.text(&self.line());
        }
        interruption::go_on()
    }

    fn line(&self) -> String {
        let (done, all) = (self.bar.position(), self.bar.length().unwrap_or_default());
        let milliseconds = u64::try_from(self.bar.elapsed().as_millis()).unwrap_or(u64::MAX);
        let per_second = done * 1000 / milliseconds.max(1);
        let left = milliseconds.saturating_mul(all.saturating_sub(done)) / done.max(1);
        format!(
            "{} of {} records, {per_second} a second, {} left{}\n",
            HumanCount(done),
            HumanCount(all),
            HumanDuration(Duration::from_millis(left)),
            self.bar.message()
        )
    }

    /// Tells a diagnostic while the bar is not there, and counts warnings and errors.
    pub(super) fn diagnostic(&self, diagnostic: &Diagnostic) {
        if diagnostic.severity() >= Severity::Warning {
            let warnings = self.warnings.get() + 1;
            self.warnings.set(warnings);
            let plural = if warnings == 1 { "" } else { "s" };
            self.bar.set_message(format!(", {} warning{plural}", HumanCount(warnings)));
        }
        self.bar.suspend(|| self.messages.diagnostic(diagnostic));
    }

    /// Takes the bar away.
    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_tells_how_far_the_run_is() {
        let messages = Messages::new(true);
        let bar = ProgressBar::with_draw_target(Some(91_117), ProgressDrawTarget::hidden());
        let progress =
            Progress { bar, messages: &messages, warnings: Cell::new(0), due: Cell::new(None) };
        progress.bar.set_position(12_000);
        progress.bar.set_message(", 3 warnings");
        let line = progress.line();
        assert!(line.starts_with("12,000 of 91,117 records, "), "{line}");
        assert!(line.ends_with(" left, 3 warnings\n"), "{line}");
    }
}
