use std::fs::FileType;
use std::io;
#[cfg(unix)]
use std::os::unix::fs::FileTypeExt;

/// Whether what is of this type is a file that can be read to its end.
pub(super) fn check_regular(file_type: FileType) -> io::Result<()> {
    if file_type.is_file() {
        return Ok(());
    }
    let message = format!("found {}, expected a file", what(file_type));
    Err(io::Error::new(io::ErrorKind::InvalidInput, message))
}

fn what(file_type: FileType) -> &'static str {
    if file_type.is_dir() {
        return "a directory";
    }
    #[cfg(unix)]
    {
        if file_type.is_fifo() {
            return "a pipe";
        }
        if file_type.is_socket() {
            return "a socket";
        }
    }
    "a device"
}
