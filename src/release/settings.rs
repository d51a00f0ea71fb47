use std::num::NonZeroUsize;

use iri_string::types::IriStr;

use super::manifest::{Manifest, Previous};
use crate::error::Error;
use crate::iri;
use crate::serialize::SchemaOrg;
use crate::sink::Parts;

/// This program and its version.
pub(super) const GENERATOR: &str = concat!("pfocr2rdf ", env!("CARGO_PKG_VERSION"));

/// What a release is called and who makes it.
///
/// ```
/// use pfocr2rdf::release::Settings;
///
/// let settings = Settings::new("20261101")?;
/// assert_eq!(settings.base, "https://data.wikipathways.org/pfocr/20261101/rdf/");
/// assert_eq!(settings.created, "2026-11-01T00:00:00Z");
/// assert!(Settings::new("2026/11").is_err());
/// # Ok::<_, pfocr2rdf::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Settings {
    /// The version, as `20261101`; it is in the names of the files.
    pub version: String,
    /// When the release is made, as `xsd:dateTime` in UTC. By default the day of the version, so
    /// that the same input gives the same bytes.
    pub created: String,
    /// The IRI of the directory that the files are published in, with `/` at its end.
    pub base: String,
    /// The IRI of who publishes it.
    pub publisher: String,
    /// What people call the publisher; by default `WikiPathways` if it is that, else its IRI.
    pub publisher_name: Option<String>,
    /// Where the records are from: the IRI of a commit, or its hash.
    pub source: Option<String>,
    /// The release before.
    pub previous: Option<Previous>,
    /// The parts to write.
    pub parts: Parts,
    /// How the terms of schema.org begin.
    pub schema: SchemaOrg,
    /// Whether all triples are written as Turtle as well.
    pub has_turtle: bool,
    /// How many threads compress each file.
    pub threads: NonZeroUsize,
}

impl Settings {
    /// The settings of a version by PFOCR itself. A version that is no day (`YYYYMMDD`) needs
    /// [`with_created`](Self::with_created).
    ///
    /// # Errors
    ///
    /// The version is not made of letters, digits, `.`, `_` and `-`.
    pub fn new(version: &str) -> Result<Self, Error> {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
        if version.is_empty() || version.starts_with('.') || !version.chars().all(is_plain) {
            return Err(Error::invalid(format!(
                "found the version {version:?}, expected letters, digits, \".\", \"_\" and \"-\", \
                 as 20261101"
            )));
        }
        Ok(Self {
            version: version.to_owned(),
            created: day(version).unwrap_or_default(),
            base: format!("https://data.wikipathways.org/pfocr/{version}/rdf/"),
            publisher: iri::WIKIPATHWAYS.to_owned(),
            publisher_name: None,
            source: None,
            previous: None,
            parts: Parts::ALL,
            schema: SchemaOrg::default(),
            has_turtle: false,
            threads: NonZeroUsize::MIN,
        })
    }

    /// The same, made at this time: a day (`2026-11-01`) or a time in UTC
    /// (`2026-11-01T12:00:00Z`).
    ///
    /// # Errors
    ///
    /// It is neither.
    pub fn with_created(mut self, time: &str) -> Result<Self, Error> {
        let full = if time.contains('T') { time.to_owned() } else { format!("{time}T00:00:00Z") };
        let is_time = full.ends_with('Z') && full.parse::<oxsdatatypes::DateTime>().is_ok();
        if !is_time {
            return Err(Error::invalid(format!(
                "found the time {time:?}, expected a day as 2026-11-01, or a time in UTC as \
                 2026-11-01T12:00:00Z"
            )));
        }
        self.created = full;
        Ok(self)
    }

    /// Sees whether everything that must be an IRI is one, and that the time is known.
    ///
    /// # Errors
    ///
    /// Something is not as it must be.
    pub fn check(&self) -> Result<(), Error> {
        if self.created.is_empty() {
            return Err(Error::invalid(format!(
                "the version {:?} is no day as 20261101, so the time of the release is needed",
                self.version
            )));
        }
        let previous = self.previous.as_ref().map(|previous| previous.base.as_str());
        directory("base", &self.base)?;
        previous.map_or(Ok(()), |previous| directory("previous release", previous))?;
        if previous == Some(self.base.as_str()) {
            let base = &self.base;
            return Err(refused("previous release", base, "another than this release"));
        }
        if IriStr::new(&self.publisher).is_err() {
            return Err(refused("publisher", &self.publisher, "an IRI"));
        }
        if let Some(name) = self.publisher_name.as_deref().filter(|name| name.trim().is_empty()) {
            return Err(refused("name of the publisher", name, "a name"));
        }
        let is_hash = |source: &str| source.bytes().all(|byte| byte.is_ascii_hexdigit());
        match self.source.as_deref() {
            Some(source)
                if source.is_empty() || !(is_hash(source) || IriStr::new(source).is_ok()) =>
            {
                Err(refused("source", source, "an IRI or the hash of a commit"))
            }
            _ => Ok(()),
        }
    }

    /// What people call the publisher.
    fn publisher_name(&self) -> &str {
        match &self.publisher_name {
            Some(name) => name,
            None if self.publisher == iri::WIKIPATHWAYS => "WikiPathways",
            None => &self.publisher,
        }
    }

    /// The manifest, without what only the run shows.
    pub(super) fn manifest(&self) -> Manifest {
        Manifest {
            version: self.version.clone(),
            created: self.created.clone(),
            base: self.base.clone(),
            publisher: self.publisher.clone(),
            publisher_name: self.publisher_name().to_owned(),
            source: self.source.clone(),
            previous: self.previous.clone(),
            generator: GENERATOR.to_owned(),
            parts: self.parts.iter().collect(),
            turtle: self.has_turtle,
            schema_base: self.schema,
            canonical_hash: String::new(),
            summary: serde_json::Value::Null,
            files: Vec::new(),
        }
    }
}

/// Sees whether this is an IRI that the names of files can be added to.
fn directory(what: &str, iri: &str) -> Result<(), Error> {
    if IriStr::new(iri).is_err() {
        Err(refused(what, iri, "an IRI"))
    } else if iri.contains(['?', '#']) {
        Err(refused(what, iri, "the IRI of a directory, without \"?\" and \"#\""))
    } else if iri.ends_with('/') {
        Ok(())
    } else {
        Err(refused(what, iri, "\"/\" at its end"))
    }
}

fn refused(what: &str, found: &str, expected: &str) -> Error {
    Error::invalid(format!("the {what}: found {found:?}, expected {expected}"))
}

/// The beginning of the day that a version names, as `xsd:dateTime`.
fn day(version: &str) -> Option<String> {
    if version.len() != 8 || !version.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (year, rest) = version.split_at_checked(4)?;
    let (month, day) = rest.split_at_checked(2)?;
    let time = format!("{year}-{month}-{day}T00:00:00Z");
    time.parse::<oxsdatatypes::DateTime>().ok().map(|_| time)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_days_or_moments() {
        let time = |time: &str| Settings::new("v1").unwrap().with_created(time).map(|s| s.created);
        assert_eq!(time("2026-11-01").unwrap(), "2026-11-01T00:00:00Z");
        assert_eq!(time("2026-11-01T01:02:03Z").unwrap(), "2026-11-01T01:02:03Z");
        for wrong in ["", "today", "2026-13-01", "2026-11-01T01:02:03", "2026-11-01T01:02:03+01:00"]
        {
            assert!(time(wrong).is_err(), "{wrong}");
        }
        assert!(Settings::new("v1").unwrap().check().is_err());
        assert!(Settings::new("20261301").unwrap().created.is_empty());
        assert!(Settings::new("20261101").unwrap().check().is_ok());
    }

    #[test]
    fn iris_are_checked() {
        fn t(change: impl FnOnce(&mut Settings), expected: &str) {
            let mut settings = Settings::new("20261101").unwrap();
            change(&mut settings);
            let error = settings.check().unwrap_err().to_string();
            assert!(error.starts_with(expected), "{error}");
        }
        t(|s| s.base = "https://example.org".to_owned(), "the base: found \"https://example.org\"");
        t(|s| s.base = "a b/".to_owned(), "the base: found \"a b/\", expected an IRI");
        t(|s| s.publisher = "me".to_owned(), "the publisher: found \"me\"");
        t(|s| s.source = Some("main".to_owned()), "the source: found \"main\"");
        let previous = |iri| Some(Previous::at(iri));
        t(|s| s.previous = previous("<>"), "the previous release: found \"<>/\", expected an IRI");
        t(
            |s| s.previous = previous("https://example.org/?a"),
            "the previous release: found \"https://example.org/?a/\", expected the IRI of a directory",
        );
        t(
            |s| s.previous = previous("https://data.wikipathways.org/pfocr/20261101/rdf"),
            "the previous release: found \"https://data.wikipathways.org/pfocr/20261101/rdf/\", \
             expected another than this release",
        );
        for base in ["https://example.org/#a/", "https://example.org/?a=/"] {
            t(
                |s| s.base = base.to_owned(),
                &format!("the base: found {base:?}, expected the IRI of a directory, without"),
            );
        }
        t(|s| s.publisher_name = Some(" ".to_owned()), "the name of the publisher: found \" \"");
    }

    #[test]
    fn a_custom_publisher_is_called_by_its_name_or_iri() {
        let name = |publisher: &str, name: Option<&str>| {
            let mut settings = Settings::new("20261101").unwrap();
            publisher.clone_into(&mut settings.publisher);
            settings.publisher_name = name.map(str::to_owned);
            settings.manifest().publisher_name
        };
        assert_eq!(name(iri::WIKIPATHWAYS, None), "WikiPathways");
        assert_eq!(name("https://example.org/", None), "https://example.org/");
        assert_eq!(name("https://example.org/", Some("Example")), "Example");
    }
}
