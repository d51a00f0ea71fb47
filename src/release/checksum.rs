use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

use sha2::{Digest, Sha256};

use super::canonical::hex;

/// The number of bytes of a file and their SHA-256, in hexadecimal digits.
pub(super) fn of(path: &Path) -> io::Result<(u64, String)> {
    let mut reader = BufReader::with_capacity(1 << 18, File::open(path)?);
    let (mut hash, mut bytes) = (Sha256::new(), 0);
    loop {
        let block = reader.fill_buf()?;
        if block.is_empty() {
            return Ok((bytes, hex(&hash.finalize())));
        }
        hash.update(block);
        let length = block.len();
        bytes += length as u64;
        reader.consume(length);
    }
}
