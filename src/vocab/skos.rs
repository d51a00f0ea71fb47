//! Terms of [SKOS](https://www.w3.org/TR/skos-reference/).

vocab! {
    "skos", "http://www.w3.org/2004/02/skos/core#", "SKOS",
    "Concepts of different vocabularies that mean nearly the same.";

    /// A concept of another vocabulary that is near enough to stand for this one.
    CLOSE_MATCH "closeMatch";
}
