//! Terms of the [DCMI Metadata Terms](https://www.dublincore.org/specifications/dublin-core/dcmi-terms/).

vocab! {
    "dcterms", "http://purl.org/dc/terms/", "DCMI Metadata Terms",
    "Citations of articles, and what evidence was found and how.";

    /// How to cite a work.
    BIBLIOGRAPHIC_CITATION "bibliographicCitation";
    /// The whole that a thing is a part of; here the figure that a gene or chemical stands
    /// in.
    IS_PART_OF "isPartOf";
    /// Where something was taken from; here the lexicon that a word was found in.
    SOURCE "source";
    /// The topic of a thing; here the kind of entity that a word stands for.
    SUBJECT "subject";
}
