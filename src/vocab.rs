//! The vocabulary terms that the output is written with.
//!
//! One module for each vocabulary, one constant for each term, and nothing that the mapping does
//! not use. A Turtle file for each vocabulary says the same to machines: [`Vocabulary::turtle`].
//!
//! ```
//! use pfocr2rdf::vocab::schema;
//!
//! assert_eq!(schema::IS_PART_OF.as_str(), "http://schema.org/isPartOf");
//! ```

use oxrdf::NamedNodeRef;

/// The constants of a vocabulary: a prefix, a namespace, a name and a description, and then the
/// constant and the local name of each term.
macro_rules! vocab {
    (
        $prefix:literal, $namespace:literal, $title:literal, $description:literal;
        $( $(#[doc = $doc:literal])+ $name:ident $local:literal; )+
    ) => {
        use oxrdf::NamedNodeRef;

        use super::Vocabulary;

        /// The IRI that all terms begin with.
        pub const NAMESPACE: &str = $namespace;

        /// The prefix that the namespace goes by.
        pub const PREFIX: &str = $prefix;

        /// All terms, in the order of this page.
        pub const TERMS: &[NamedNodeRef<'static>] = &[$( $name ),+];

        /// The vocabulary as a whole.
        pub const VOCABULARY: Vocabulary = Vocabulary {
            name: $title,
            prefix: PREFIX,
            namespace: NAMESPACE,
            description: $description,
            turtle: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/vocab/", $prefix, ".ttl")),
            terms: TERMS,
        };

        $(
            $(#[doc = $doc])+
            #[doc = concat!("\n\nDefined at <", $namespace, $local, ">.")]
            pub const $name: NamedNodeRef<'static> =
                NamedNodeRef::new_unchecked(concat!($namespace, $local));
        )+

        #[cfg(test)]
        #[test]
        fn constants_are_named_after_their_terms() {
            for (name, local) in [$( (stringify!($name), $local) ),+] {
                assert_eq!(name.replace('_', ""), local.to_uppercase());
            }
        }
    };
}

pub mod dcterms;
pub mod oa;
pub mod rdf;
pub mod rdfs;
pub mod schema;
pub mod skos;
pub mod wp;
pub mod xsd;

/// A vocabulary: what is used of it, and what that means.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Vocabulary {
    /// The name that people know it by.
    pub name: &'static str,
    /// The prefix that its namespace goes by.
    pub prefix: &'static str,
    /// The IRI that all its terms begin with.
    pub namespace: &'static str,
    /// What it is used for.
    pub description: &'static str,
    /// A Turtle document that declares the terms, and no others.
    pub turtle: &'static str,
    /// The terms.
    pub terms: &'static [NamedNodeRef<'static>],
}

/// All vocabularies: first those of the figures, then what RDF itself needs.
pub const ALL: &[Vocabulary] = &[
    schema::VOCABULARY,
    wp::VOCABULARY,
    dcterms::VOCABULARY,
    oa::VOCABULARY,
    skos::VOCABULARY,
    rdf::VOCABULARY,
    rdfs::VOCABULARY,
    xsd::VOCABULARY,
];

/// The vocabulary of this prefix.
///
/// ```
/// use pfocr2rdf::vocab;
///
/// let vocabulary = vocab::find("wp").unwrap();
/// assert_eq!(vocabulary.name, "WikiPathways");
/// assert!(vocabulary.terms.contains(&vocab::wp::GENE_PRODUCT));
/// assert!(vocab::find("foaf").is_none());
/// ```
#[must_use]
pub fn find(prefix: &str) -> Option<&'static Vocabulary> {
    ALL.iter().find(|vocabulary| vocabulary.prefix == prefix)
}

/// A term as `prefix:name`, if it is of one of [these vocabularies](ALL).
///
/// ```
/// use pfocr2rdf::vocab;
///
/// assert_eq!(vocab::compact(vocab::schema::NAME.as_str()).unwrap(), "schema:name");
/// assert_eq!(vocab::compact("http://example.org/"), None);
/// ```
#[must_use]
pub fn compact(iri: &str) -> Option<String> {
    ALL.iter().find_map(|vocabulary| {
        let name = iri.strip_prefix(vocabulary.namespace)?;
        Some(format!("{}:{name}", vocabulary.prefix))
    })
}
