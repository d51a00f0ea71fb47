//! Terms of the [RDF](https://www.w3.org/TR/rdf11-concepts/) vocabulary.

vocab! {
    "rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "RDF",
    "What makes a node an instance of a class.";

    /// The class that a thing belongs to.
    TYPE "type";
}
