use std::borrow::Cow;

use super::locate::Path;
use super::node::{self, Guess, Node};
use super::value::{
    concepts, creator, distinct, genes, json_ld, not_empty, scalar, scalar_or_list, scalars,
};
use super::{Findings, Place, invalid, value, yaml};
use crate::diagnostic::Code;

/// A scalar of the front matter with its place; `text` is `None` for YAML null and for a key
/// that is not there.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Scalar<'a> {
    /// The text as written.
    pub text: Option<Cow<'a, str>>,
    /// Where it stands, or the start of the record when the key is not there.
    pub place: Place,
}

impl Default for Scalar<'_> {
    fn default() -> Self {
        Self { text: None, place: Place::Start }
    }
}

/// The items of a list of scalars; empty when the key is not there.
pub type Items<'a> = Vec<Scalar<'a>>;

const SCALAR: Guess = Guess::Scalar;
const SCALARS: Guess = Guess::List(&SCALAR);
const ROWS: Guess = Guess::List(&Guess::Map(&[]));
pub(super) const GUESS: Guess = Guess::Map(&[
    ("annotations", SCALARS),
    ("chemicals", ROWS),
    ("diseases", ROWS),
    ("genes", ROWS),
    ("organisms", SCALARS),
    ("organisms_ner", SCALARS),
    ("schema-jsonld", Guess::Map(&[("creator", Guess::Map(&[])), ("keywords", SCALARS)])),
]);

/// Declares a mapping of the front matter: its fields, their keys and how each is read.
macro_rules! mapping {
    ($(#[$doc:meta])* $name:ident { $( $(#[$field_doc:meta])* $field:ident: $ty:ty = $key:literal $read:ident, )+ }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, Eq, PartialEq)]
        pub struct $name<'a> {
            $( $(#[$field_doc])* pub $field: $ty, )+
        }

        impl<'a> $name<'a> {
            /// The keys, in the order of the fields.
            pub const KEYS: &'static [&'static str] = &[$($key),+];

            pub(super) fn read(entries: Vec<(Cow<'a, str>, Node<'a>)>, path: Path, findings: &mut Findings) -> Self {
                let mut this = Self::default();
                for (key, value, path) in distinct(entries, path, findings) {
                    match key.as_ref() {
                        $( $key => this.$field = $read(value, path, &key, findings), )+
                        _ => value::unknown_key(&key, path, findings),
                    }
                }
                this
            }
        }
    };
}

mapping! {
    /// The front matter of a record: every key of every generation of the schema.
    FrontMatter {
        /// Name of the figure.
        figid: Scalar<'a> = "figid" scalar,
        /// Title of the figure.
        figtitle: Scalar<'a> = "figtitle" scalar,
        /// Organisms of the article.
        organisms: Items<'a> = "organisms" scalar_or_list,
        /// Organisms found by named entity recognition.
        organisms_ner: Items<'a> = "organisms_ner" scalar_or_list,
        /// PubMed Central id of the article.
        pmcid: Scalar<'a> = "pmcid" scalar,
        /// File name of the image.
        filename: Scalar<'a> = "filename" scalar,
        /// Path of the figure's page at PubMed Central.
        figlink: Scalar<'a> = "figlink" scalar,
        /// Number of the figure in the article.
        number: Scalar<'a> = "number" scalar,
        /// Legend of the figure.
        caption: Scalar<'a> = "caption" scalar,
        /// Title of the article.
        papertitle: Scalar<'a> = "papertitle" scalar,
        /// Citation of the article.
        reftext: Scalar<'a> = "reftext" scalar,
        /// Year of publication.
        year: Scalar<'a> = "year" scalar,
        /// DOI of the article.
        doi: Scalar<'a> = "doi" scalar,
        /// Journal.
        journal_title: Scalar<'a> = "journal_title" scalar,
        /// Abbreviation of the journal in the NLM catalogue.
        journal_nlm_ta: Scalar<'a> = "journal_nlm_ta" scalar,
        /// Publisher of the journal.
        publisher_name: Scalar<'a> = "publisher_name" scalar,
        /// Keywords of the article, joined with ` | `.
        keywords: Scalar<'a> = "keywords" scalar,
        /// Score of the pathway figure classifier.
        automl_pathway: Scalar<'a> = "automl_pathway" scalar,
        /// The same in older generations.
        pathway_score: Scalar<'a> = "pathway_score" scalar,
        /// Another name of the figure.
        figid_alias: Scalar<'a> = "figid_alias" scalar,
        /// Figure, Scheme, ….
        figtype: Scalar<'a> = "figtype" scalar,
        /// Former address of the page: `/figures/` and the alias.
        redirect_from: Scalar<'a> = "redirect_from" scalar,
        /// NDEx network.
        ndex: Scalar<'a> = "ndex" scalar,
        /// WikiPathways pathway.
        wpid: Scalar<'a> = "wpid" scalar,
        /// Always `CreativeWork`.
        seo: Scalar<'a> = "seo" scalar,
        /// Rank in a search, of the first generations.
        pmc_ranked_result_index: Scalar<'a> = "pmc_ranked_result_index" scalar,
        /// Always an empty list so far; the place of a value that is not.
        annotations: Option<Place> = "annotations" not_empty,
        /// The description that the page's head holds.
        schema_jsonld: JsonLd<'a> = "schema-jsonld" json_ld,
        /// Genes, in generations without tables.
        genes: Vec<InlineGene<'a>> = "genes" genes,
        /// Chemicals, in generations without tables.
        chemicals: Vec<InlineConcept<'a>> = "chemicals" concepts,
        /// Diseases, in generations without tables.
        diseases: Vec<InlineConcept<'a>> = "diseases" concepts,
    }
}

mapping! {
    /// The mapping below `schema-jsonld`.
    JsonLd {
        /// Always `https://schema.org/`.
        context: Scalar<'a> = "@context" scalar,
        /// The IRI of the record page.
        id: Scalar<'a> = "@id" scalar,
        /// Always `Dataset`.
        ty: Scalar<'a> = "@type" scalar,
        /// The caption once more.
        description: Scalar<'a> = "description" scalar,
        /// Licence of the record.
        license: Scalar<'a> = "license" scalar,
        /// Always `CreativeWork`.
        name: Scalar<'a> = "name" scalar,
        /// Who made the record.
        creator: Creator<'a> = "creator" creator,
        /// Symbols and names of the recognised entities.
        keywords: Items<'a> = "keywords" scalars,
    }
}

mapping! {
    /// The mapping below `schema-jsonld`, `creator`.
    Creator {
        /// Always `Organization`.
        ty: Scalar<'a> = "@type" scalar,
        /// Name of the organization.
        name: Scalar<'a> = "name" scalar,
    }
}

mapping! {
    /// An item of `genes`.
    InlineGene {
        /// What the character recognition read.
        word: Scalar<'a> = "word" scalar,
        /// What the word was matched with.
        symbol: Scalar<'a> = "symbol" scalar,
        /// The lexicon of the match.
        source: Scalar<'a> = "source" scalar,
        /// Symbol of the gene.
        hgnc_symbol: Scalar<'a> = "hgnc_symbol" scalar,
        /// NCBI Gene id.
        entrez: Scalar<'a> = "entrez" scalar,
    }
}

mapping! {
    /// An item of `chemicals` or `diseases`.
    InlineConcept {
        /// What the character recognition read.
        word: Scalar<'a> = "word" scalar,
        /// The vocabulary of the identifier, `MESH`.
        source: Scalar<'a> = "source" scalar,
        /// MeSH id.
        identifier: Scalar<'a> = "identifier" scalar,
    }
}

/// Every key of a record, whatever its generation.
pub const TOP_LEVEL_KEYS: &[&str] = FrontMatter::KEYS;

impl<'a> FrontMatter<'a> {
    /// Reads the front matter of a record's text. What is wrong with it goes to `findings`;
    /// `None` when nothing can be read from it.
    ///
    /// The text is Jekyll's: a `---` line, YAML, a `---` line and a body, which is passed over.
    /// A text that does not begin with a `---` line is YAML as a whole when `plain` is set.
    ///
    /// ```
    /// use pfocr2rdf::raw::{Findings, FrontMatter};
    ///
    /// let mut findings = Findings::default();
    /// let text = "---\nfigid: PMC1__f1\nyear: '2001'\n---\n";
    /// let front_matter = FrontMatter::parse(text, false, &mut findings).unwrap();
    /// assert_eq!(front_matter.year.text.as_deref(), Some("2001"));
    /// assert!(findings.as_slice().is_empty());
    /// ```
    pub fn parse(text: &'a str, plain: bool, findings: &mut Findings) -> Option<Self> {
        let yaml = yaml::of(text, plain, findings)?;
        if let Some(index) = yaml::too_deep(yaml) {
            let message = "found more than 1000 brackets that are open at once";
            findings.add(Code::InvalidYaml, Place::Byte(index), message);
            return None;
        }
        let root = match node::parse(yaml, &GUESS) {
            Ok(root) => root,
            Err(error) => {
                invalid::add(yaml, &error, findings);
                return None;
            }
        };
        if let Some(index) = yaml::anchor(yaml, &root) {
            let message = "found a YAML anchor or alias, expected plain values";
            findings.add(Code::YamlAlias, Place::Byte(index), message);
            return None;
        }
        let Node::Map(entries) = root else {
            let message = format!("found {}, expected keys with values", root.kind());
            findings.add(Code::NotAMapping, Place::Start, message);
            return None;
        };
        let path = Path::root(entries.len());
        Some(Self::read(entries, path, findings))
    }
}
