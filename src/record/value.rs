//! From scalars as written to clean values.

use rustc_hash::{FxBuildHasher, FxHashSet};

use super::Text;
use crate::diagnostic::Code;
use crate::id::{Id, ParseIdError};
use crate::raw::{Findings, Place, Scalar};
use crate::text;

/// The clean text of a scalar, unless it is missing.
pub(super) fn present<'a>(scalar: &'a Scalar<'_>) -> Option<Text<'a>> {
    scalar.text.as_deref().and_then(text::present)
}

/// The clean texts of a list, without the missing ones, each once.
pub(super) fn distinct<'a>(items: &'a [Scalar<'_>]) -> Vec<Text<'a>> {
    let mut known = FxHashSet::with_capacity_and_hasher(items.len(), FxBuildHasher);
    items.iter().filter_map(present).filter(|item| known.insert(item.clone())).collect()
}

/// The identifier in a scalar, unless it is missing or not one.
pub(super) fn id<'a, T: Id<'a>>(
    scalar: &'a Scalar<'_>,
    code: Code,
    findings: &mut Findings,
) -> Option<T> {
    checked(present(scalar).map(T::from_text)?, code, || scalar.place, findings)
}

/// The identifier in a cell, unless it is missing or not one.
pub(super) fn cell_id<'a, T: Id<'a>>(
    cell: &'a str,
    code: Code,
    place: impl Fn() -> Place,
    findings: &mut Findings,
) -> Option<T> {
    checked(text::present(cell).map(T::from_text)?, code, place, findings)
}

fn checked<T>(
    parsed: Result<T, ParseIdError>,
    code: Code,
    place: impl Fn() -> Place,
    findings: &mut Findings,
) -> Option<T> {
    match parsed {
        Ok(id) => Some(id),
        Err(error) => {
            findings.add(code, place(), error.to_string());
            None
        }
    }
}
