//! How far a run is.

use std::cell::Cell;
use std::fmt;
use std::io::{self, IsTerminal};
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use indicatif::{
    HumanCount, HumanDuration, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle,
};
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
    /// terminal. A terminal that shows the output as well has no place for a bar.
    pub(super) fn start(
        records: usize,
        messages: &'m Messages,
        (verbose, is_to_stdout): (bool, bool),
    ) -> anyhow::Result<Self> {
        let (is_terminal, is_quiet) = (io::stderr().is_terminal(), messages.are_quiet());
        let is_free = !(is_to_stdout && io::stdout().is_terminal());
        let target = if is_terminal && is_free && !is_quiet && records > 1 {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        };
        let bar = ProgressBar::with_draw_target(Some(records as u64), target);
        let style =
            ProgressStyle::with_template("{wide_bar} {human_pos}/{human_len} records{pace}{msg}")?;
        let pace = |state: &ProgressState, out: &mut dyn fmt::Write| {
            // Where it cannot be written there is nobody to tell.
            let _ =
                out.write_str(&pace(state.pos(), state.len().unwrap_or_default(), state.elapsed()));
        };
        bar.set_style(style.with_key("pace", pace));
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
        format!(
            "{} of {} records{}{}\n",
            HumanCount(done),
            HumanCount(all),
            pace(done, all, self.bar.elapsed()),
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

/// How fast a run is and how long it takes from now on, once that can be told.
fn pace(done: u64, all: u64, elapsed: Duration) -> String {
    let milliseconds = u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX).max(1);
    if done == 0 {
        return String::new();
    }
    let left = milliseconds.saturating_mul(all.saturating_sub(done)) / done;
    let per_second = HumanCount(done.saturating_mul(1000) / milliseconds);
    let left = HumanDuration(Duration::from_millis(left));
    format!(", {per_second} a second, {left} left")
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

    #[test]
    fn the_pace_is_told_once_it_is_known() {
        assert_eq!(pace(0, 91_117, Duration::from_secs(1)), "");
        let told = pace(24_000, 91_117, Duration::from_millis(2_500));
        assert_eq!(told, ", 9,600 a second, 7 seconds left");
        assert_eq!(pace(9, 9, Duration::ZERO), ", 9,000 a second, 0 seconds left");
    }
}
