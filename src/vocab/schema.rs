//! Terms of [schema.org](https://schema.org/docs/documents.html).

vocab! {
    "schema", "http://schema.org/", "schema.org",
    "Figures, articles, genes, chemicals and diseases, as search engines know them.";

    /// A chemical that can be told from others by its composition.
    CHEMICAL_SUBSTANCE "ChemicalSubstance";
    /// Anything that somebody made: a text, an image, a collection, an annotation.
    CREATIVE_WORK "CreativeWork";
    /// A collection of data sets.
    DATA_CATALOG "DataCatalog";
    /// A body of data about one subject; here the record of one figure, or a network.
    DATASET "Dataset";
    /// A gene of one organism.
    GENE "Gene";
    /// An image; here a figure of an article.
    IMAGE_OBJECT "ImageObject";
    /// A disease or another condition of health.
    MEDICAL_CONDITION "MedicalCondition";
    /// An organization; here a publisher, or the maker of the record.
    ORGANIZATION "Organization";
    /// A journal.
    PERIODICAL "Periodical";
    /// A property and its value as one thing; here a score.
    PROPERTY_VALUE "PropertyValue";
    /// An article in a journal of science.
    SCHOLARLY_ARTICLE "ScholarlyArticle";
    /// A group of organisms, such as a species.
    TAXON "Taxon";
    /// Anything at all; here an organism that no taxonomy knows by its name.
    THING "Thing";
    /// What a work is about.
    ABOUT "about";
    /// Another name of the same thing.
    ALTERNATE_NAME "alternateName";
    /// The text below a figure.
    CAPTION "caption";
    /// How often something was remarked; here in how many rows a finding stands.
    COMMENT_COUNT "commentCount";
    /// The address of the image itself.
    CONTENT_URL "contentUrl";
    /// Who made a work.
    CREATOR "creator";
    /// When an article came out; here the year.
    DATE_PUBLISHED "datePublished";
    /// A description in a sentence or more.
    DESCRIPTION "description";
    /// The media type of a file.
    ENCODING_FORMAT "encodingFormat";
    /// The kind of a figure.
    GENRE "genre";
    /// An identifier as text: a name of its source, a colon and the identifier there.
    IDENTIFIER "identifier";
    /// The catalogue that a data set belongs to.
    INCLUDED_IN_DATA_CATALOG "includedInDataCatalog";
    /// The work that another one was made from.
    IS_BASED_ON "isBasedOn";
    /// The work that another one stands in: a figure in an article, an article in a
    /// journal.
    IS_PART_OF "isPartOf";
    /// A word that says what a work is about.
    KEYWORDS "keywords";
    /// The licence of a work.
    LICENSE "license";
    /// What a page or record describes first of all.
    MAIN_ENTITY "mainEntity";
    /// The page or record that describes a thing first of all.
    MAIN_ENTITY_OF_PAGE "mainEntityOfPage";
    /// What a work names without being about it: a gene in a figure.
    MENTIONS "mentions";
    /// The name of a thing.
    NAME "name";
    /// The place in a series; here the number of a figure.
    POSITION "position";
    /// Which property a value is of.
    PROPERTY_ID "propertyID";
    /// Who publishes a journal or an article.
    PUBLISHER "publisher";
    /// Another IRI of the same thing.
    SAME_AS "sameAs";
    /// A work that is about a thing.
    SUBJECT_OF "subjectOf";
    /// The organism that a gene is a gene of.
    TAXONOMIC_RANGE "taxonomicRange";
    /// The text of a work; here the word that was read in a figure.
    TEXT "text";
    /// The address of a page about a thing.
    URL "url";
    /// The value of a property.
    VALUE "value";
    /// What was measured in a data set.
    VARIABLE_MEASURED "variableMeasured";
}

/// The address of the definitions, which some prefer as namespace.
pub const HTTPS_NAMESPACE: &str = "https://schema.org/";
