//! The end of a run by Ctrl-C.

use std::ops::ControlFlow;
use std::process;
use std::sync::atomic::{AtomicBool, Ordering};

use pfocr2rdf::output;

use super::Status;

/// Set while a run asks now and then whether to go on.
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

/// Says that the run asks no more for a while, because it compresses what is left: Ctrl-C ends the
/// program at once, also one that came since the run asked last.
pub(super) fn ask_no_more() {
    IS_ASKED.store(false, Ordering::Relaxed);
    if IS_INTERRUPTED.load(Ordering::Relaxed) {
        interrupt();
    }
}

/// Ends a run as soon as it asks whether to go on. One that does not ask ends at once, and so does
/// any when it is told again: it does not ask while it waits for somebody to read its output.
#[expect(clippy::exit, reason = "nobody else would end the program")]
fn interrupt() {
    if !IS_ASKED.load(Ordering::Relaxed) || IS_INTERRUPTED.swap(true, Ordering::Relaxed) {
        output::remove_unfinished();
        process::exit(Status::Interrupted.code().into());
    }
}
