use std::io;

use super::refusal;

/// The files of a folder of an archive, by the bytes of their names.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// One behind the other: a string for each would take half as much again.
    names: String,
    entries: Vec<Entry>,
}

/// A file in an archive.
#[derive(Debug)]
pub(in crate::source) struct Entry {
    /// Where its name begins, and how long that is.
    name: (u32, u32),
    /// Where it is; what that means depends on the archive.
    pub(super) at: u64,
    /// The number of its bytes.
    pub(in crate::source) size: u64,
}

impl Index {
    /// The names of the files, in their order.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| entry.name_in(&self.names))
    }

    /// The name of a file by its position.
    pub(super) fn name(&self, position: u32) -> &str {
        let entry = self.entries.get(position as usize);
        entry.map_or("", |entry| entry.name_in(&self.names))
    }

    pub(super) fn get(&self, name: &str) -> Option<&Entry> {
        let compare = |entry: &Entry| entry.name_in(&self.names).cmp(name);
        let position = self.entries.binary_search_by(compare).ok()?;
        self.entries.get(position)
    }

    /// Adds a file.
    ///
    /// # Errors
    ///
    /// There are too many.
    pub(super) fn add(&mut self, name: &str, at: u64, size: u64) -> io::Result<()> {
        let number = |number: usize| {
            u32::try_from(number).map_err(|_| refusal("found more than 4GiB of names"))
        };
        let name_at = (number(self.names.len())?, number(name.len())?);
        self.names.push_str(name);
        self.entries.push(Entry { name: name_at, at, size });
        Ok(())
    }

    /// The files by their names.
    ///
    /// # Errors
    ///
    /// Two have the same.
    pub(super) fn sorted(mut self, folder: &str) -> io::Result<Self> {
        self.names.shrink_to_fit();
        self.entries.shrink_to_fit();
        let Self { names, entries } = &mut self;
        entries.sort_unstable_by(|a, b| a.name_in(names).cmp(b.name_in(names)));
        let twice = entries.windows(2).find_map(|pair| match pair {
            [first, second] => {
                Some(first.name_in(names)).filter(|name| *name == second.name_in(names))
            }
            _ => None,
        });
        match twice {
            Some(name) => Err(refusal(format!("found {folder}/{name} twice"))),
            None => Ok(self),
        }
    }
}

impl Entry {
    fn name_in<'n>(&self, names: &'n str) -> &'n str {
        let (start, length) = (self.name.0 as usize, self.name.1 as usize);
        names.get(start..start.saturating_add(length)).unwrap_or_default()
    }
}
