use std::fmt;
use std::io;
use std::mem;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How a path is removed.
type Remove = fn(&Path) -> io::Result<()>;

/// All paths that are unfinished, the oldest first.
static ALL: Mutex<Vec<(PathBuf, Remove)>> = Mutex::new(Vec::new());

/// Removes all temporary files of outputs, and the directories that were made for them, and lets no
/// more be made. For a program that is about to end although they are being written.
pub fn remove_unfinished() {
    let mut all = all();
    for (path, remove) in all.drain(..).rev() {
        // There is nobody to tell.
        let _ = remove(&path);
    }
    // Whoever would make one waits for the end.
    mem::forget(all);
}

/// A path that is removed at the end, if it is still there.
pub(super) struct Unfinished {
    path: PathBuf,
    remove: Remove,
}

impl Unfinished {
    /// Makes something and tells its path.
    pub(super) fn create<T>(
        create: impl FnOnce() -> io::Result<(T, PathBuf)>,
        remove: Remove,
    ) -> io::Result<(T, Self)> {
        let mut all = all();
        let (created, path) = create()?;
        all.push((path.clone(), remove));
        Ok((created, Self { path, remove }))
    }

    /// Lets it stay.
    pub(super) fn keep(mut self) {
        self.remove = |_| Ok(());
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        all().retain(|(path, _)| *path != self.path);
        // It is most often gone.
        let _ = (self.remove)(&self.path);
    }
}

impl fmt::Debug for Unfinished {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Unfinished").field(&self.path).finish()
    }
}

fn all() -> MutexGuard<'static, Vec<(PathBuf, Remove)>> {
    ALL.lock().unwrap_or_else(PoisonError::into_inner)
}
