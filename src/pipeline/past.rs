use std::io;

use crate::check::Checker;
use crate::claims::{self, Claim};
use crate::convert::{Conversion, Converter, Reading};
use crate::manifest::{Digest, Manifest};
use crate::mapping;
use crate::sink::{Descriptions, QuadSink};

/// What is written of the records that did not change.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Unchanged {
    /// Nothing.
    Nothing,
    /// The descriptions of nodes that several records can describe, without what is of the record
    /// alone: whoever compares two outputs has to know which descriptions are still in use.
    Descriptions,
}

/// What a run knows of an earlier one, and whether a later one will know of it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Past<'p> {
    pub(super) since: Option<(&'p Manifest, Unchanged)>,
    pub(super) is_recorded: bool,
}

/// What a record was made of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Content {
    pub(super) sha256: Digest,
    pub(super) is_unchanged: bool,
}

impl Past<'_> {
    /// What a record is made of, when somebody wants to know.
    pub(super) fn content(self, reading: &Reading<'_>) -> Option<Content> {
        if self.since.is_none() && !self.is_recorded {
            return None;
        }
        let (figid, sha256) = (reading.record.figure.id.as_str(), Digest::of(reading));
        let is_unchanged = |(past, _): (&Manifest, _)| past.is_unchanged(figid, sha256);
        Some(Content { sha256, is_unchanged: self.since.is_some_and(is_unchanged) })
    }

    /// Converts a record if it changed, and writes what is wanted of it if not.
    pub(super) fn convert(
        self,
        converter: &Converter<'_>,
        reading: &Reading<'_>,
        sink: &mut impl QuadSink,
        (checker, claims): (Option<&mut Checker<'_>>, &mut Vec<Claim>),
    ) -> io::Result<(Conversion, Option<Content>)> {
        let content = self.content(reading);
        if !content.is_some_and(|content| content.is_unchanged) {
            let conversion = converter.convert_read(reading, sink, (checker, Some(claims)))?;
            return Ok((conversion, content));
        }
        if let Some((_, Unchanged::Descriptions)) = self.since {
            mapping::map(reading.record, converter.context(), &mut Descriptions::new(sink))?;
        }
        *claims = claims::claims(reading.record);
        let figid = Some(reading.record.figure.id.as_str().to_owned());
        Ok((Conversion { figid, ..Conversion::default() }, content))
    }
}
