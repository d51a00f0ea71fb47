use std::fs::File;
use std::io;
use std::sync::mpsc::{self, SyncSender};
use std::thread::{self, JoinHandle};

/// How many bytes are written between two requests.
const STEP: usize = 256 << 20;

/// Brings a file to the disk while it is being written, so that little is left to wait for when it
/// is complete. Short files are left alone.
#[derive(Debug, Default)]
pub(super) struct Early {
    /// How many bytes were written since the last request.
    written: usize,
    syncer: Option<Syncer>,
}

/// A thread that brings to the disk what is written until it is asked.
#[derive(Debug)]
struct Syncer {
    requests: SyncSender<()>,
    thread: JoinHandle<io::Result<()>>,
}

impl Early {
    /// Notes that bytes were written to the file.
    pub(super) fn note(&mut self, bytes: usize, file: &File) -> io::Result<()> {
        self.written += bytes;
        if self.written < STEP {
            return Ok(());
        }
        self.written = 0;
        let syncer = match self.syncer.take() {
            Some(syncer) => syncer,
            None => Syncer::start(file.try_clone()?)?,
        };
        // While the thread is busy, what waits for it is one request.
        let _ = syncer.requests.try_send(());
        self.syncer = Some(syncer);
        Ok(())
    }

    /// Waits for the thread, which has the errors that nobody else is told.
    pub(super) fn finish(&mut self) -> io::Result<()> {
        let Some(Syncer { requests, thread }) = self.syncer.take() else { return Ok(()) };
        drop(requests);
        thread.join().unwrap_or_else(|_| Err(io::Error::other("the thread that syncs panicked")))
    }
}

impl Syncer {
    fn start(file: File) -> io::Result<Self> {
        let (requests, asked) = mpsc::sync_channel(1);
        let sync = move || asked.into_iter().try_for_each(|()| file.sync_data());
        let thread = thread::Builder::new().name("sync".to_owned()).spawn(sync)?;
        Ok(Self { requests, thread })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thread_is_there_for_long_files_alone() {
        let mut early = Early::default();
        let file = tempfile::tempfile().unwrap();
        early.note(STEP - 1, &file).unwrap();
        assert!(early.syncer.is_none());
        early.note(1, &file).unwrap();
        early.note(STEP, &file).unwrap();
        assert!(early.syncer.is_some());
        early.finish().unwrap();
        assert!(early.syncer.is_none());
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn errors_of_the_thread_are_told() {
        let mut early = Early::default();
        // A pipe cannot be brought to a disk.
        let (_reader, writer) = io::pipe().unwrap();
        let file = File::from(std::os::fd::OwnedFd::from(writer));
        early.note(STEP, &file).unwrap();
        assert_eq!(early.finish().unwrap_err().kind(), io::ErrorKind::InvalidInput);
    }
}
