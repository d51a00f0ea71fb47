//! The end of a run by Ctrl-C.

use std::ops::ControlFlow;
use std::process;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use pfocr2rdf::output;

use super::Status;

/// How long a run has to end by itself.
const GRACE: Duration = Duration::from_secs(1);

/// Set when a run first asks whether to go on.
static IS_ASKED: AtomicBool = AtomicBool::new(false);
/// Set by the first Ctrl-C after that.
static IS_INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// From now on Ctrl-C ends the program with the code for it.
pub(super) fn listen() -> Result<(), ctrlc::Error> {
    ctrlc::set_handler(interrupt)
}

/// Whether a run is to go on.
pub(super) fn go_on() -> ControlFlow<()> {
    IS_ASKED.store(true, Ordering::Relaxed);
    if IS_INTERRUPTED.load(Ordering::Relaxed) {
        ControlFlow::Break(())
    } else {
        ControlFlow::Continue(())
    }
}

/// Ends a run when it asks whether to go on, or else a second later: it does not ask while it
/// waits for a compressor or for somebody to read its output. One that never asks ends at once.
#[expect(clippy::exit, reason = "nobody else would end the program")]
fn interrupt() {
    if IS_ASKED.load(Ordering::Relaxed) {
        IS_INTERRUPTED.store(true, Ordering::Relaxed);
        thread::sleep(GRACE);
    }
    output::remove_unfinished();
    process::exit(Status::Interrupted.code().into());
}
