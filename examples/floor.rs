//! The least that any converter must do: reads every file of a database and writes a number of
//! bytes.
//!
//! `cargo run --release --example floor -- DIR BYTES FILE THREADS`

#![allow(clippy::print_stdout, reason = "an example prints what it found")]

use std::env;
use std::error::Error;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::PathBuf;
use std::thread;

/// As much as the program writes at once.
const BLOCK: u64 = 1 << 18;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [folder, bytes, output, threads] = arguments.as_slice() else {
        return Err("usage: floor DIR BYTES FILE THREADS".into());
    };
    let (bytes, threads): (u64, usize) = (bytes.parse()?, threads.parse()?);
    let mut files = Vec::new();
    for name in ["_figures", "_data"] {
        for entry in fs::read_dir(PathBuf::from(folder).join(name))? {
            files.push(entry?.path());
        }
    }
    files.sort();
    let read = |first: usize| -> io::Result<u64> {
        files.iter().skip(first).step_by(threads).map(|path| Ok(fs::read(path)?.len() as u64)).sum()
    };
    let (read, written) = thread::scope(|scope| {
        let reading: Vec<_> = (0..threads).map(|first| scope.spawn(move || read(first))).collect();
        let written = write(output, bytes);
        let read = reading.into_iter().map(|thread| thread.join().unwrap_or(Ok(0))).sum();
        (read, written)
    });
    let read: io::Result<u64> = read;
    written?;
    println!("{} files, {} bytes read, {bytes} bytes written", files.len(), read?);
    Ok(())
}

/// Writes a file as the program does: in blocks, and at the end all of it is on the disk.
fn write(path: &str, bytes: u64) -> io::Result<()> {
    let mut file = File::create(path)?;
    let block = vec![b'\n'; usize::try_from(BLOCK).unwrap_or_default()];
    for start in (0..bytes).step_by(block.len()) {
        let length = usize::try_from(BLOCK.min(bytes - start)).unwrap_or_default();
        file.write_all(block.get(..length).unwrap_or_default())?;
    }
    if file.metadata()?.is_file() { file.sync_all() } else { Ok(()) }
}
