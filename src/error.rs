//! What stops a run: something cannot be read or written, or an option is wrong.

use std::error;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// The kind of an [`Error`], with its data.
#[derive(Debug)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A file or directory cannot be read.
    Read(PathBuf, io::Error),
    /// A file, or standard output (`-`), cannot be written.
    Write(PathBuf, io::Error),
    /// The user ended the run.
    Interrupted,
    /// An input, option or file given by an option is not what it should be.
    Invalid(String),
}

/// An error that stops a run. A defect of the input is a
/// [`Diagnostic`](crate::diagnostic::Diagnostic) instead.
///
/// ```
/// use pfocr2rdf::error::{Error, ErrorKind};
///
/// let error = Error::invalid("no such part: \"cores\"");
/// assert_eq!(error.to_string(), "no such part: \"cores\"");
/// assert!(matches!(error.kind(), ErrorKind::Invalid(_)));
/// ```
#[derive(Debug)]
pub struct Error(Box<ErrorKind>);

impl Error {
    /// The kind of the error.
    #[must_use]
    pub fn kind(&self) -> &ErrorKind {
        &self.0
    }

    /// A file or directory cannot be read.
    pub fn read(path: impl AsRef<Path>, cause: io::Error) -> Self {
        Self(Box::new(ErrorKind::Read(path.as_ref().into(), cause)))
    }

    /// A file cannot be written.
    pub fn write(path: impl AsRef<Path>, cause: io::Error) -> Self {
        Self(Box::new(ErrorKind::Write(path.as_ref().into(), cause)))
    }

    /// The user ended the run.
    #[must_use]
    pub fn interrupted() -> Self {
        Self(Box::new(ErrorKind::Interrupted))
    }

    /// Something given is not what it should be; `message` says what was found and expected.
    pub fn invalid(message: impl Into<String>) -> Self {
        Self(Box::new(ErrorKind::Invalid(message.into())))
    }

    /// What the operating system said, or else the error itself.
    pub(crate) fn into_cause(self) -> io::Error {
        match *self.0 {
            ErrorKind::Read(_, cause) | ErrorKind::Write(_, cause) => cause,
            ErrorKind::Interrupted => io::Error::from(io::ErrorKind::Interrupted),
            ErrorKind::Invalid(_) => io::Error::other(self),
        }
    }

    /// Whether the reader of the output went away (`pfocr2rdf … | head`).
    #[must_use]
    pub fn is_broken_pipe(&self) -> bool {
        matches!(self.kind(), ErrorKind::Write(_, cause) if cause.kind() == io::ErrorKind::BrokenPipe)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind() {
            ErrorKind::Read(path, _) => write!(f, "cannot read {}", path.display()),
            ErrorKind::Write(path, _) => write!(f, "cannot write {}", path.display()),
            ErrorKind::Interrupted => f.write_str("interrupted"),
            ErrorKind::Invalid(message) => f.write_str(message),
        }
    }
}

impl error::Error for Error {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self.kind() {
            ErrorKind::Read(_, cause) | ErrorKind::Write(_, cause) => Some(cause),
            ErrorKind::Interrupted | ErrorKind::Invalid(_) => None,
        }
    }
}
