//! Terms of the [XML Schema datatypes](https://www.w3.org/TR/xmlschema11-2/).

vocab! {
    "xsd", "http://www.w3.org/2001/XMLSchema#", "XML Schema datatypes",
    "The datatypes of years, scores and counts.";

    /// A number with decimal digits, of any precision.
    DECIMAL "decimal";
    /// A year of the Gregorian calendar.
    G_YEAR "gYear";
    /// A whole number of any size.
    INTEGER "integer";
}
