use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::GzDecoder;

/// Unpacks all members of a gzip file. Behind the last there can be zeros, which fill up blocks
/// and say nothing.
#[derive(Debug)]
pub(super) struct Gzip<R>(Option<GzDecoder<BufReader<R>>>);

impl<R: Read> Gzip<R> {
    pub(super) fn new(packed: R) -> Self {
        Self(Some(GzDecoder::new(BufReader::new(packed))))
    }
}

impl<R: Read> Read for Gzip<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while let Some(member) = &mut self.0 {
            let read = member.read(buffer)?;
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            self.0 = self.0.take().map(next).transpose()?.flatten();
        }
        Ok(0)
    }
}

/// The member behind one that was read, if there is any.
fn next<R: Read>(member: GzDecoder<BufReader<R>>) -> io::Result<Option<GzDecoder<BufReader<R>>>> {
    let mut packed = member.into_inner();
    loop {
        let bytes = packed.fill_buf()?;
        let zeros = bytes.iter().take_while(|&&byte| byte == 0).count();
        match bytes.len() {
            0 => return Ok(None),
            length if length > zeros => {
                packed.consume(zeros);
                return Ok(Some(GzDecoder::new(packed)));
            }
            length => packed.consume(length),
        }
    }
}
