use std::hash::Hasher;

use rustc_hash::FxHashSet;

use crate::iri;
use crate::manifest::Manifest;
use crate::sink::fingerprint;

/// The records that did not change between two runs, by the hashes of the IRIs of their figures.
#[derive(Debug)]
pub(super) struct Unchanged(FxHashSet<u128>);

impl Unchanged {
    pub(super) fn new(before: &Manifest, now: &Manifest) -> Self {
        let is_unchanged = |(figid, sha256)| before.is_unchanged(figid, sha256);
        let records = now.records().map(|(figid, entry)| (figid, entry.sha256));
        let unchanged = records.filter(|record| is_unchanged(*record));
        Self(unchanged.map(|(figid, _)| hash(iri::FIGURE.iri(figid).as_bytes())).collect())
    }

    /// Whether the line is of one of these records alone.
    pub(super) fn owns(&self, line: &[u8]) -> bool {
        figure(line).is_some_and(|figure| self.0.contains(&hash(figure)))
    }
}

fn hash(figure: &[u8]) -> u128 {
    fingerprint(|hasher| hasher.write(figure))
}

/// The IRI of the figure that a line is about: its subject is the figure, the page of the figure
/// or a part of the page, or its object is the figure.
fn figure(line: &[u8]) -> Option<&[u8]> {
    let (subject, rest) = first_iri(line)?;
    let iri = if is_of_figure(subject) {
        subject
    } else {
        let (_, object) = first_iri(rest)?;
        first_iri(object).map(|(object, _)| object).filter(|object| is_of_figure(object))?
    };
    let page = iri.split(|&byte| byte == b'#').next()?;
    Some(page.strip_suffix(b".html").unwrap_or(page))
}

fn is_of_figure(iri: &[u8]) -> bool {
    let [(_, figures), ..] = iri::PREFIXES;
    iri.starts_with(figures.as_bytes())
}

/// The IRI that a line begins with, and what stands behind it and a space.
fn first_iri(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let line = line.strip_prefix(b"<")?;
    let (iri, rest) = line.split_at_checked(line.iter().position(|&byte| byte == b'>')?)?;
    Some((iri, rest.strip_prefix(b"> ")?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIGURE: &str = "https://pfocr.wikipathways.org/figures/PMC1__f";

    #[test]
    fn lines_are_of_the_figure_that_they_are_about() {
        fn t(line: &str, expected: Option<&str>) {
            let line = line.replace("FIGURE", FIGURE);
            assert_eq!(figure(line.as_bytes()), expected.map(str::as_bytes), "{line}");
        }
        t("<FIGURE> <p> <o> <g> .\n", Some(FIGURE));
        t("<FIGURE.html> <p> \"<FIGURE2>\" <g> .\n", Some(FIGURE));
        t("<FIGURE.html#gene-0123> <p> <o> <g> .\n", Some(FIGURE));
        t("<https://identifiers.org/ncbigene/1> <p> <FIGURE> <g> .\n", Some(FIGURE));
        t("<https://identifiers.org/ncbigene/1> <p> \"<FIGURE>\" <g> .\n", None);
        t("<https://pfocr.wikipathways.org/#journal-x> <p> <o> <g> .\n", None);
        t("<broken", None);
    }
}
