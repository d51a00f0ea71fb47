//! The bundled shapes: what must hold for each class that the converter writes.
//!
//! They are [SHACL 1.0 Core](https://www.w3.org/TR/shacl/), so that any engine can use them. Each
//! shape has an IRI, a name, a message and a severity of its own: a violation where data are
//! broken, a warning where they are poor, an info where they are worth a look. A record with its
//! figure, article and entities is enough to decide every one of them, and none asks for a part
//! that was not written.
//!
//! ```
//! use pfocr2rdf::shacl::{Options, Shapes, Source};
//! use pfocr2rdf::shapes;
//!
//! let sources: Result<Vec<_>, _> = shapes::ALL.iter().map(|file| {
//!     Source::turtle(file.name, shapes::NAMESPACE, file.turtle)
//! }).collect();
//! let compiled = Shapes::compile(&sources?, &Options::new())?;
//! assert!(compiled.len() > shapes::ALL.len());
//! # Ok::<_, pfocr2rdf::shacl::ShapesError>(())
//! ```

use std::borrow::Cow;

use crate::serialize::SchemaOrg;

/// The IRI that all shapes begin with.
pub const NAMESPACE: &str = "https://pfocr.wikipathways.org/shapes/";

/// A file of shapes: those of one class, or of classes that belong together.
///
/// It needs no other file.
///
/// ```
/// use pfocr2rdf::shapes;
///
/// let gene = shapes::find("gene").unwrap();
/// assert!(gene.turtle.contains("shape:gene-symbol-present"));
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct ShapesFile {
    /// The name of the file in the folder `shapes`, without its extension.
    pub name: &'static str,
    /// What the shapes are about.
    pub description: &'static str,
    /// The shapes, as Turtle.
    pub turtle: &'static str,
}

impl ShapesFile {
    /// The shapes as Turtle, for data whose terms of schema.org begin like this.
    ///
    /// ```
    /// use pfocr2rdf::serialize::SchemaOrg;
    /// use pfocr2rdf::shapes;
    ///
    /// let gene = shapes::find("gene").unwrap().turtle_with(SchemaOrg::Https);
    /// assert!(gene.contains("@prefix schema: <https://schema.org/> ."));
    /// ```
    #[must_use]
    pub fn turtle_with(&self, schema: SchemaOrg) -> Cow<'static, str> {
        let prefix = |schema: SchemaOrg| format!("@prefix schema: <{}> .", schema.namespace());
        match schema {
            SchemaOrg::Http => self.turtle.into(),
            SchemaOrg::Https => {
                self.turtle.replace(&prefix(SchemaOrg::Http), &prefix(schema)).into()
            }
        }
    }
}

/// Declares the files.
macro_rules! files {
    ($( $name:literal $description:literal; )+) => {
        /// All files, in the order in which a record's nodes are written.
        pub const ALL: &[ShapesFile] = &[$( ShapesFile {
            name: $name,
            description: $description,
            turtle: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/shapes/", $name, ".ttl")),
        } ),+];
    };
}

files! {
    "figure" "a figure: its image, article and entities";
    "page" "the page of a figure at PFOCR";
    "score" "how sure it is that a figure shows a pathway";
    "catalog" "the catalogue of all records";
    "organization" "publishers, and who makes the records";
    "article" "the article that shows a figure";
    "journal" "the journal of an article";
    "taxon" "a taxon of the NCBI taxonomy";
    "organism" "an organism that is no known taxon";
    "network" "an NDEx network made from a figure";
    "gene" "a gene, and the gene product of WikiPathways";
    "chemical" "a chemical, and the metabolite of WikiPathways";
    "disease" "a disease";
    "annotation" "a word in a figure, and what it was recognised as";
    "link" "links without what they are of";
    "never" "what the data never have";
}

/// The shapes of the description of a release, with the three levels of the
/// [HCLS dataset description](https://www.w3.org/TR/hcls-dataset/). Records are not checked against
/// them.
///
/// ```
/// use pfocr2rdf::shapes;
///
/// assert!(shapes::DESCRIPTION.turtle.contains("shape:distribution-checksum"));
/// ```
pub const DESCRIPTION: ShapesFile = ShapesFile {
    name: "description",
    description: "the description of a release",
    turtle: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/shapes/description.ttl")),
};

/// The file of this name.
///
/// ```
/// use pfocr2rdf::shapes;
///
/// assert_eq!(shapes::find("disease").unwrap().description, "a disease");
/// assert!(shapes::find("protein").is_none());
/// ```
#[must_use]
pub fn find(name: &str) -> Option<&'static ShapesFile> {
    ALL.iter().chain([&DESCRIPTION]).find(|file| file.name == name)
}
