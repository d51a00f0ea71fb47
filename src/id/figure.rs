use std::borrow::Cow;

use super::{Id, ParseIdError, Pmcid, common};

/// The name of a figure: any text, usually the article's PMC id, `__` and the file name of the
/// image without `.jpg`.
///
/// ```
/// use pfocr2rdf::id::FigureId;
///
/// let id = FigureId::parse("PMC100003__mb2410470011.jpg")?;
/// assert_eq!(id.as_str(), "PMC100003__mb2410470011");
/// assert_eq!(id.pmcid().unwrap().as_str(), "PMC100003");
/// # Ok::<_, pfocr2rdf::id::ParseIdError>(())
/// ```
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct FigureId<'a>(Cow<'a, str>);

common!(FigureId);

impl<'a> Id<'a> for FigureId<'a> {
    fn from_text(text: Cow<'a, str>) -> Result<Self, ParseIdError> {
        let stem = text.strip_suffix(".jpg").or_else(|| text.strip_suffix(".jpeg"));
        match stem.map(str::len) {
            _ if text.is_empty() => Err(ParseIdError::new(&text, "a name")),
            Some(0) => Err(ParseIdError::new(&text, "a name before the extension")),
            Some(length) => Ok(Self(match text {
                Cow::Borrowed(text) => Cow::Borrowed(text.get(..length).unwrap_or(text)),
                Cow::Owned(mut text) => {
                    text.truncate(length);
                    Cow::Owned(text)
                }
            })),
            None => Ok(Self(text)),
        }
    }
}

impl FigureId<'_> {
    /// The PMC id before the first `__`, if there is one.
    #[must_use]
    pub fn pmcid(&self) -> Option<Pmcid<'static>> {
        let (pmcid, _) = self.0.split_once("__")?;
        Pmcid::parse(pmcid).ok().map(Pmcid::into_owned)
    }

    /// Whether it is a PMC id, `__`, a letter or digit, and letters, digits, `_`, `.` or `-`.
    #[must_use]
    pub fn is_regular(&self) -> bool {
        let name = self.pmcid().and_then(|_| self.0.split_once("__")).map(|(_, name)| name);
        name.is_some_and(|name| {
            name.starts_with(|c: char| c.is_ascii_alphanumeric())
                && name.chars().all(|c| c.is_ascii_alphanumeric() || "_.-".contains(c))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figids_are_split_at_the_first_underscores() {
        fn t(text: &str, id: &str, pmcid: Option<&str>, is_regular: bool) {
            let figure = FigureId::parse(text).unwrap();
            assert_eq!(figure.as_str(), id);
            assert_eq!(figure.pmcid().as_ref().map(Pmcid::as_str), pmcid, "{text}");
            assert_eq!(figure.is_regular(), is_regular, "{text}");
        }
        t("PMC1__a__b.c-d", "PMC1__a__b.c-d", Some("PMC1"), true);
        t("PMC1__a.jpg.jpeg", "PMC1__a.jpg", Some("PMC1"), true);
        t("PMC1___a", "PMC1___a", Some("PMC1"), false);
        t("PMC1_a", "PMC1_a", None, false);
        t("PMC1__a b", "PMC1__a b", Some("PMC1"), false);
        t("pmc1__a", "pmc1__a", None, false);
        assert!(FigureId::parse("").is_err());
        assert!(FigureId::parse(".jpg").is_err());
    }
}
