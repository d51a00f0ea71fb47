//! Terms of the [Web Annotation Vocabulary](https://www.w3.org/TR/annotation-vocab/).

vocab! {
    "oa", "http://www.w3.org/ns/oa#", "Web Annotation",
    "Which word in a figure gave which entity.";

    /// A statement that one thing says something about another.
    ANNOTATION "Annotation";
    /// What an annotation says; here the entity that a word names.
    HAS_BODY "hasBody";
    /// What an annotation is about; here the figure.
    HAS_TARGET "hasTarget";
    /// The intent to say which thing is meant.
    IDENTIFYING "identifying";
    /// The intent of an annotation.
    MOTIVATED_BY "motivatedBy";
}
