use std::fmt;

use super::Severity;

macro_rules! codes {
    ($( $(#[doc = $doc:literal])+ $variant:ident = $id:literal, $severity:ident; )+) => {
        /// What is wrong: a closed list, each with a stable name in kebab case.
        ///
        /// ```
        /// use pfocr2rdf::diagnostic::{Code, Severity};
        ///
        /// assert_eq!(Code::InvalidDoi.as_str(), "invalid-doi");
        /// assert_eq!(Code::InvalidDoi.severity(), Severity::Warning);
        /// assert!(Code::MissingFigid.explanation().contains("skipped"));
        /// ```
        #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        #[non_exhaustive]
        pub enum Code {
            $( $(#[doc = $doc])+ $variant, )+
        }

        impl Code {
            /// Every code, in the order in which a record is read.
            pub const ALL: &'static [Self] = &[$( Self::$variant, )+];

            /// The stable name.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $( Self::$variant => $id, )+ }
            }

            /// How bad it is.
            #[must_use]
            pub const fn severity(self) -> Severity {
                match self { $( Self::$variant => Severity::$severity, )+ }
            }

            /// What it means and what the converter does about it.
            #[must_use]
            pub const fn explanation(self) -> &'static str {
                match self { $( Self::$variant => concat!($($doc, "\n"),+), )+ }
            }
        }
    };
}

codes! {
    /// The file cannot be read. It is skipped; the run goes on.
    UnreadableFile = "unreadable-file", Error;
    /// A record or table that is larger than is read, or a table with more rows. It is skipped;
    /// the run goes on.
    TooLarge = "too-large", Error;
    /// A record has, with its tables, more than 1,000 defects. The first 1,000 are told.
    MoreDefects = "more-defects", Error;
    /// The record holds nothing, or only white space. It is skipped.
    EmptyFile = "empty-file", Error;
    /// A byte sequence that is not UTF-8. In a record the whole record is skipped, in a table
    /// the row. The place is the first wrong byte.
    InvalidUtf8 = "invalid-utf8", Error;
    /// A Markdown file that does not begin with a `---` line. The record is skipped.
    MissingFrontMatter = "missing-front-matter", Error;
    /// The front matter has no closing `---` line. All that follows is read as front matter.
    UnclosedFrontMatter = "unclosed-front-matter", Warning;
    /// The front matter is not well-formed YAML. The record is skipped.
    InvalidYaml = "invalid-yaml", Error;
    /// A YAML anchor (`&name`) or alias (`*name`). PFOCR has none, and they are how a small
    /// file becomes a huge one: the record is skipped.
    YamlAlias = "yaml-alias", Error;
    /// The front matter is a list or a scalar, not keys with values. The record is skipped.
    NotAMapping = "not-a-mapping", Error;
    /// A key that no generation of the schema has. It gives no triple.
    UnknownKey = "unknown-key", Warning;
    /// A key that stands twice in one mapping. The first value is used.
    DuplicateKey = "duplicate-key", Error;
    /// A list or a mapping where a scalar is expected, or the other way round. The value is
    /// left out.
    WrongKind = "wrong-kind", Error;
    /// The record has no figid. It is skipped.
    MissingFigid = "missing-figid", Error;
    /// A second record with a figid that another record of the run has. It is skipped.
    DuplicateFigid = "duplicate-figid", Error;
    /// A figid that does not look like `PMC123__name`. It is used, percent-encoded in IRIs.
    OddFigid = "odd-figid", Warning;
    /// No pmcid. It is taken from the figid, before the first `__`.
    MissingPmcid = "missing-pmcid", Warning;
    /// A pmcid that is not `PMC` and digits. It is taken from the figid instead.
    InvalidPmcid = "invalid-pmcid", Warning;
    /// The pmcid is not the one that the figid begins with. The pmcid is used.
    PmcidMismatch = "pmcid-mismatch", Warning;
    /// The figlink names another article than the pmcid, or none. It is used all the same.
    FiglinkMismatch = "figlink-mismatch", Warning;
    /// A file name whose extension is no known image type. No media type is written.
    UnknownImageType = "unknown-image-type", Warning;
    /// A year that is not 1900 to 2099. No date is written.
    InvalidYear = "invalid-year", Warning;
    /// A DOI that is not `10.` digits `/` suffix. It is left out.
    InvalidDoi = "invalid-doi", Warning;
    /// A classifier score that is not a decimal number from 0 to 1. It is left out.
    InvalidScore = "invalid-score", Warning;
    /// A wpid that is not `WP` and digits. It is left out.
    InvalidWpid = "invalid-wpid", Warning;
    /// An ndex value that is not a UUID. It is left out.
    InvalidNdex = "invalid-ndex", Warning;
    /// A licence that is neither `CC0` nor an absolute IRI. It is left out.
    InvalidLicense = "invalid-license", Warning;
    /// A key that repeats another value does not agree with it. The other value is used.
    RedundantMismatch = "redundant-mismatch", Warning;
    /// The key `annotations`, always empty so far, holds something. It is left out.
    UnexpectedAnnotations = "unexpected-annotations", Warning;
    /// A table lacks a column. It is skipped whole, unless nothing is written from the column.
    MissingColumn = "missing-column", Error;
    /// A column stands twice in the header of a table. The table is skipped whole.
    DuplicateColumn = "duplicate-column", Error;
    /// A column that no table of this kind has. Its cells are left out.
    UnknownColumn = "unknown-column", Warning;
    /// A row with fewer cells than the header. It is skipped.
    ShortRow = "short-row", Error;
    /// A row with more cells than the header. It is skipped.
    LongRow = "long-row", Error;
    /// A gene id that is not a positive integer. The row counts as one without identifier.
    InvalidGeneId = "invalid-gene-id", Warning;
    /// A MeSH id that is not `C`, `D` or `Q` and digits. It counts as missing.
    InvalidMeshId = "invalid-mesh-id", Warning;
    /// A ChEBI id that is not digits. It counts as missing.
    InvalidChebiId = "invalid-chebi-id", Warning;
    /// A Disease Ontology id that is not digits. It counts as missing.
    InvalidDoid = "invalid-doid", Warning;
    /// An organism id that is not a positive integer. The row gives no taxon.
    InvalidOrganismId = "invalid-organism-id", Warning;
    /// A count column of a gene table does not agree with the rows. Counts are not written.
    CountMismatch = "count-mismatch", Note;
    /// A table whose record is not there. It is skipped.
    OrphanTable = "orphan-table", Warning;
    /// A row of `wpid_map.tsv` or `ndex_map.tsv` that is not `figid TAB value`, or one more for
    /// the same figid. It is skipped.
    InvalidMapRow = "invalid-map-row", Error;
    /// A row of `wpid_map.tsv` or `ndex_map.tsv` whose figure is not there. It is skipped.
    OrphanMapRow = "orphan-map-row", Note;
    /// A name that means two figures: two have the same `figid_alias`, or the alias of one is the
    /// figid of another. It is written for both.
    AmbiguousAlias = "ambiguous-alias", Warning;
    /// A gene whose symbol is another one elsewhere. Both are written.
    SymbolConflict = "symbol-conflict", Warning;
    /// A MeSH id that is a chemical in one table and a disease in another. It is written as both.
    KindConflict = "kind-conflict", Note;
    /// The triples of a record break a shape. They are written all the same.
    ShapeViolation = "shape-violation", Error;
    /// The triples of a record are poorer than a shape asks for. They are written all the same.
    ShapeWarning = "shape-warning", Warning;
    /// A shape says something worth to know of the triples of a record.
    ShapeInfo = "shape-info", Note;
    /// A record could not be checked against the shapes. Its triples are written all the same.
    CheckFailed = "check-failed", Error;
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
