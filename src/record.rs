//! Records as typed, clean values, the same for every generation of the schema.
//!
//! Reading is total: a value that is not what it should be is left out and noted in the
//! [`Findings`]; only a record without a figid cannot be read.

mod article;
mod concept;
mod figure;
mod gene;
mod page;
mod value;

use std::borrow::Cow;

use crate::id::FigureId;
use crate::raw::{Findings, FrontMatter, Kind, Table};

pub use self::article::{Article, Journal};
pub use self::concept::{Concept, Identifier};
pub use self::figure::{Extra, Figure, MediaType};
pub use self::gene::{Gene, Organism};
pub use self::page::{License, Page};

/// Clean text, borrowed from the record where it was clean already.
pub type Text<'a> = Cow<'a, str>;

/// One record: a figure, its page, its article and what was recognised in it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Record<'a> {
    /// The figure.
    pub figure: Figure<'a>,
    /// The page that describes the figure.
    pub page: Page<'a>,
    /// The article that the figure is part of, when it is known.
    pub article: Option<Article<'a>>,
    /// A value for each gene row.
    pub genes: Vec<Gene<'a>>,
    /// A value for each chemical row.
    pub chemicals: Vec<Concept<'a>>,
    /// A value for each disease row.
    pub diseases: Vec<Concept<'a>>,
}

/// What was read where the character recognition found an entity.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Mention<'a> {
    /// The word in the figure, verbatim.
    pub word: Text<'a>,
    /// What the word was matched with.
    pub matched: Option<Text<'a>>,
    /// The lexicon of the match.
    pub source: Option<Text<'a>>,
}

impl<'a> Record<'a> {
    /// The number of rows of this kind.
    pub(crate) fn rows(&self, kind: Kind) -> usize {
        match kind {
            Kind::Genes => self.genes.len(),
            Kind::Chemicals => self.chemicals.len(),
            Kind::Diseases => self.diseases.len(),
        }
    }

    /// The same without rows.
    pub(crate) fn without_rows(&self) -> Self {
        Self {
            figure: self.figure.clone(),
            page: self.page.clone(),
            article: self.article.clone(),
            genes: Vec::new(),
            chemicals: Vec::new(),
            diseases: Vec::new(),
        }
    }

    /// Reads a record from its front matter and its tables.
    ///
    /// `id` is the [`figure_id`] of the front matter.
    ///
    /// ```
    /// use pfocr2rdf::raw::{Findings, FrontMatter};
    /// use pfocr2rdf::record::{Extra, Record, figure_id};
    ///
    /// let mut findings = Findings::default();
    /// let text = "---\nfigid: PMC1__f1\npmcid: PMC1\nyear: '2001'\n---\n";
    /// let front_matter = FrontMatter::parse(text, false, &mut findings).unwrap();
    /// let id = figure_id(&front_matter, &mut findings).unwrap();
    /// let record = Record::read(id, &front_matter, &[], Extra::default(), &mut findings);
    /// assert_eq!(record.article.unwrap().year.unwrap().as_str(), "2001");
    /// ```
    #[must_use]
    pub fn read(
        id: FigureId<'a>,
        front_matter: &'a FrontMatter<'_>,
        tables: &'a [Table<'_>],
        extra: Extra<'a>,
        findings: &mut Findings,
    ) -> Self {
        let article = Article::read(&id, front_matter, findings);
        let page = Page::read(&id, front_matter, findings);
        let table = |kind| tables.iter().find(move |table| table.kind == kind);
        Self {
            genes: gene::read(&front_matter.genes, table(Kind::Genes), findings),
            chemicals: concept::read(&front_matter.chemicals, table(Kind::Chemicals), findings),
            diseases: concept::read(&front_matter.diseases, table(Kind::Diseases), findings),
            figure: Figure::read(id, article.as_ref(), front_matter, extra, findings),
            page,
            article,
        }
    }
}

pub use self::figure::figure_id;
