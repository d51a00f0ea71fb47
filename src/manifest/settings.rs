use serde::{Deserialize, Serialize};

use super::Digest;
use crate::mapping::Context;
use crate::serialize::SchemaOrg;

/// The options of a run that its triples depend on.
///
/// ```
/// use pfocr2rdf::manifest::Settings;
/// use pfocr2rdf::mapping::Context;
/// use pfocr2rdf::organisms::OrganismTable;
/// use pfocr2rdf::serialize::SchemaOrg;
///
/// let organisms = OrganismTable::bundled();
/// let context = Context::new(&organisms);
/// let settings = Settings::new(&context, SchemaOrg::Http);
/// let other = Settings::new(&context, SchemaOrg::Https);
/// assert_eq!(settings.difference(&other), Some("--schema-base"));
/// ```
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Settings {
    parts: Vec<String>,
    captions: bool,
    schema_base: String,
    image_url: String,
    /// The hash of the file with more names of organisms.
    taxonomy: Option<Digest>,
}

impl Settings {
    /// The settings of a mapping with the bundled names of organisms.
    #[must_use]
    pub fn new(context: &Context<'_>, schema: SchemaOrg) -> Self {
        Self {
            parts: context.parts.iter().map(|part| part.to_string()).collect(),
            captions: context.captions,
            schema_base: schema.namespace().to_owned(),
            image_url: context.image_url.to_string(),
            taxonomy: None,
        }
    }

    /// The same with more names of organisms, from a file with this hash.
    #[must_use]
    pub fn with_taxonomy(mut self, sha256: Digest) -> Self {
        self.taxonomy = Some(sha256);
        self
    }

    /// The first option that is not the same in both.
    #[must_use]
    pub fn difference(&self, other: &Self) -> Option<&'static str> {
        let Self { parts, captions, schema_base, image_url, taxonomy } = self;
        let options = [
            ("--parts", *parts == other.parts),
            ("--no-captions", *captions == other.captions),
            ("--schema-base", *schema_base == other.schema_base),
            ("--image-url", *image_url == other.image_url),
            ("--taxonomy", *taxonomy == other.taxonomy),
        ];
        options.into_iter().find_map(|(name, is_same)| (!is_same).then_some(name))
    }
}
