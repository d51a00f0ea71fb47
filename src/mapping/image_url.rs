use std::fmt;
use std::str::FromStr;

use oxrdf::NamedNode;

use crate::error::Error;
use crate::iri::Template;

const VALUE: Template = Template::new("{value}");
const PLACES: [&str; 3] = ["{pmcid}", "{figid}", "{filename}"];

/// The form of the addresses of images: an IRI with `{pmcid}`, `{figid}` and `{filename}` where
/// the percent-encoded values go.
///
/// ```
/// use pfocr2rdf::mapping::ImageUrl;
///
/// let template: ImageUrl = "https://example.org/{filename}".parse()?;
/// assert_eq!(template.iri("PMC1", "PMC1__f1", "a b.jpg"), "https://example.org/a%20b.jpg");
/// assert!("images/{filename}".parse::<ImageUrl>().is_err());
/// # Ok::<_, pfocr2rdf::Error>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ImageUrl(String);

impl ImageUrl {
    /// The address of an image.
    #[must_use]
    pub fn iri(&self, pmcid: &str, figid: &str, filename: &str) -> String {
        let mut iri = String::new();
        let mut rest = self.0.as_str();
        while let Some((before, place, after)) = next_place(rest) {
            iri.push_str(before);
            let value = match place {
                "{pmcid}" => pmcid,
                "{figid}" => figid,
                _ => filename,
            };
            VALUE.encode(value, &mut iri);
            rest = after;
        }
        iri.push_str(rest);
        iri
    }
}

/// The first place for a value, with what is before and behind it.
fn next_place(text: &str) -> Option<(&str, &'static str, &str)> {
    let place = PLACES.into_iter().filter(|place| text.contains(place));
    let first = place.min_by_key(|place| text.find(place))?;
    let (before, after) = text.split_once(first)?;
    Some((before, first, after))
}

impl Default for ImageUrl {
    fn default() -> Self {
        Self("https://europepmc.org/articles/{pmcid}/bin/{filename}".to_owned())
    }
}

impl fmt::Display for ImageUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for ImageUrl {
    type Err = Error;

    fn from_str(template: &str) -> Result<Self, Error> {
        let url = Self(template.to_owned());
        match NamedNode::new(url.iri("PMC1", "PMC1__f1", "f1.jpg")) {
            Ok(_) => Ok(url),
            Err(error) => Err(Error::invalid(format!(
                "found the image address {template:?}, expected an absolute IRI with {}: {error}",
                PLACES.join(", ")
            ))),
        }
    }
}
