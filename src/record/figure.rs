use super::value::{distinct, id, present};
use super::{Article, Text};
use crate::diagnostic::Code;
use crate::id::{FigureId, Id, NdexId, WikiPathwaysId};
use crate::raw::{Findings, FrontMatter, Scalar, quote};

/// A figure of an article.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Figure<'a> {
    /// Its name, unique in the database.
    pub id: FigureId<'a>,
    /// Title.
    pub title: Option<Text<'a>>,
    /// Legend.
    pub caption: Option<Text<'a>>,
    /// Another name.
    pub alias: Option<Text<'a>>,
    /// Number in the article, as written.
    pub number: Option<Text<'a>>,
    /// Figure, Scheme, ….
    pub genre: Option<Text<'a>>,
    /// File name of the image.
    pub file: Option<Text<'a>>,
    /// Media type of the image, by the file name's extension.
    pub media_type: Option<MediaType>,
    /// Path of its page at PubMed Central, as written.
    pub link: Option<Text<'a>>,
    /// Names of the organisms found in it.
    pub organisms: Vec<Text<'a>>,
    /// The WikiPathways pathway that was made from it.
    pub wikipathways: Option<WikiPathwaysId<'a>>,
    /// The NDEx network that was made from it.
    pub ndex: Option<NdexId<'a>>,
}

/// What the tables `wpid_map.tsv` and `ndex_map.tsv` say of a figure; used where the record says
/// nothing.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Extra<'a> {
    /// The pathway.
    pub wikipathways: Option<WikiPathwaysId<'a>>,
    /// The network.
    pub ndex: Option<NdexId<'a>>,
}

/// A type of image, from the [IANA registry](https://www.iana.org/assignments/media-types/).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum MediaType {
    /// `image/jpeg`
    Jpeg,
    /// `image/png`
    Png,
    /// `image/gif`
    Gif,
}

impl MediaType {
    /// The name in the registry.
    ///
    /// ```
    /// assert_eq!(pfocr2rdf::record::MediaType::Jpeg.as_str(), "image/jpeg");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Gif => "image/gif",
        }
    }

    /// The type of a file with this name, by its extension in any case.
    ///
    /// ```
    /// use pfocr2rdf::record::MediaType;
    ///
    /// assert_eq!(MediaType::from_file_name("g001.JPG"), Some(MediaType::Jpeg));
    /// assert_eq!(MediaType::from_file_name("g001.tif"), None);
    /// ```
    #[must_use]
    pub fn from_file_name(name: &str) -> Option<Self> {
        let (_, extension) = name.rsplit_once('.')?;
        match extension.to_ascii_lowercase().as_str() {
            "jpg" | "jpeg" => Some(Self::Jpeg),
            "png" => Some(Self::Png),
            "gif" => Some(Self::Gif),
            _ => None,
        }
    }
}

/// The figid of a record; without one the record cannot be read.
///
/// See [`Record::read`](super::Record::read) for an example.
pub fn figure_id<'a>(raw: &'a FrontMatter<'_>, findings: &mut Findings) -> Option<FigureId<'a>> {
    let Some(id) = present(&raw.figid).and_then(|figid| FigureId::from_text(figid).ok()) else {
        findings.add(Code::MissingFigid, raw.figid.place, "found no figid");
        return None;
    };
    if !id.is_regular() {
        let found = quote(id.as_str());
        let message = format!("found {found}, expected a PMC id, \"__\" and a name");
        findings.add(Code::OddFigid, raw.figid.place, message);
    }
    Some(id)
}

impl<'a> Figure<'a> {
    /// A figure of which nothing is known.
    pub(crate) fn new(id: FigureId<'a>) -> Self {
        Self {
            id,
            title: None,
            caption: None,
            alias: None,
            number: None,
            genre: None,
            file: None,
            media_type: None,
            link: None,
            organisms: Vec::new(),
            wikipathways: None,
            ndex: None,
        }
    }

    pub(super) fn read(
        figure: FigureId<'a>,
        article: Option<&Article<'_>>,
        raw: &'a FrontMatter<'_>,
        extra: Extra<'a>,
        findings: &mut Findings,
    ) -> Self {
        let file = present(&raw.filename);
        Self {
            id: figure,
            title: present(&raw.figtitle),
            caption: present(&raw.caption),
            alias: present(&raw.figid_alias),
            number: present(&raw.number),
            genre: present(&raw.figtype),
            media_type: file.as_deref().and_then(|file| media_type(file, raw, findings)),
            file,
            link: link(&raw.figlink, article, findings),
            organisms: distinct(&raw.organisms_ner),
            wikipathways: id(&raw.wpid, Code::InvalidWpid, findings).or(extra.wikipathways),
            ndex: id(&raw.ndex, Code::InvalidNdex, findings).or(extra.ndex),
        }
    }
}

fn media_type(file: &str, raw: &FrontMatter<'_>, findings: &mut Findings) -> Option<MediaType> {
    let media_type = MediaType::from_file_name(file);
    if media_type.is_none() {
        let found = quote(file);
        let message = format!("found {found}, expected a name ending in .jpg, .jpeg, .png or .gif");
        findings.add(Code::UnknownImageType, raw.filename.place, message);
    }
    media_type
}

fn link<'a>(
    scalar: &'a Scalar<'_>,
    article: Option<&Article<'_>>,
    findings: &mut Findings,
) -> Option<Text<'a>> {
    let link = present(scalar)?;
    if let Some(article) = article
        && !link.split('/').any(|step| step == article.id.as_str())
    {
        let message = format!("found {}, expected a path with {}", quote(&link), article.id);
        findings.add(Code::FiglinkMismatch, scalar.place, message);
    }
    Some(link)
}
