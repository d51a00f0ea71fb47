//! Archives give what their directories give, and what is broken or hostile in them is refused.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests may panic like tests"
)]

#[path = "../common/mod.rs"]
mod common;

mod broken;
mod forms;
mod hostile;
mod limits;
mod make;
mod same;

use std::path::Path;

/// Exit code, standard output and standard error of `convert` with arguments and an input.
fn convert(folder: &Path, arguments: &str, input: &[u8]) -> (i32, String, String) {
    let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_pfocr2rdf"));
    command.current_dir(folder).args(["convert", "--no-check", "-t", "nquads"]);
    let output = command.args(arguments.split_whitespace()).write_stdin(input).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}
