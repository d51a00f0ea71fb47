//! Terms of [RDF Schema](https://www.w3.org/TR/rdf-schema/).

vocab! {
    "rdfs", "http://www.w3.org/2000/01/rdf-schema#", "RDF Schema",
    "Labels, as WikiPathways writes them.";

    /// A name of a thing for people to read.
    LABEL "label";
}
