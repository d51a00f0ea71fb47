//! How far a run is, and its end by Ctrl-C.

use std::io::{self, IsTerminal};
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Set by the first Ctrl-C.
static IS_INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// A bar on standard error, if that is a terminal, and the ear for Ctrl-C.
#[derive(Debug)]
pub(super) struct Progress(ProgressBar);

impl Progress {
    /// Begins to show how many of the records are done. A bar is drawn only when the data do not
    /// go to the same terminal.
    pub(super) fn start(records: usize, is_shown: bool) -> anyhow::Result<Self> {
        // A second Ctrl-C ends the program at once.
        ctrlc::set_handler(|| {
            if IS_INTERRUPTED.swap(true, Ordering::Relaxed) {
                std::process::abort();
            }
        })?;
        let is_shown = is_shown && io::stderr().is_terminal() && records > 1;
        let target =
            if is_shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(records as u64), target);
        let style = "{wide_bar} {human_pos}/{human_len} records, {per_sec}, {eta} left";
        bar.set_style(ProgressStyle::with_template(style)?);
        bar.enable_steady_tick(Duration::from_millis(200));
        Ok(Self(bar))
    }

    /// Shows the number of records that are done, and says whether to go on.
    pub(super) fn at(&self, records: usize) -> ControlFlow<()> {
        self.0.set_position(records as u64);
        if IS_INTERRUPTED.load(Ordering::Relaxed) {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }

    /// Does something, like writing a message, while the bar is not there.
    pub(super) fn suspend(&self, write: impl FnOnce()) {
        self.0.suspend(write);
    }

    /// Takes the bar away.
    pub(super) fn finish(&self) {
        self.0.finish_and_clear();
    }
}
