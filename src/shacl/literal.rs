//! Literals: whether they are [well-formed](https://www.w3.org/TR/xmlschema11-2/), and their order.

mod number;

use std::cmp::Ordering;
use std::str::FromStr;

use oxsdatatypes::{
    Date, DateTime, DayTimeDuration, Duration, GDay, GMonth, GMonthDay, GYear, GYearMonth, Time,
    YearMonthDuration,
};

use self::number::Number;
pub(crate) use self::number::is_integer;

const XSD: &str = "http://www.w3.org/2001/XMLSchema#";

/// A literal, taken apart.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Typed<'a> {
    /// The IRI of the datatype.
    pub(crate) datatype: &'a str,
    /// The lexical form.
    pub(crate) text: &'a str,
}

/// Whether the lexical form of a literal is one of its datatype. Those of other datatypes than
/// the ones of XML Schema are taken as they are.
pub(crate) fn is_well_formed(literal: Typed<'_>) -> bool {
    fn is<T: FromStr>(text: &str) -> bool {
        T::from_str(text).is_ok()
    }
    let text = literal.text;
    let Some(local) = literal.datatype.strip_prefix(XSD) else { return true };
    if let Some(range) = number::integer_range(local) {
        return range.contains(text);
    }
    match local {
        "boolean" => matches!(text, "true" | "false" | "1" | "0"),
        "decimal" => number::is_decimal(text),
        "float" | "double" => number::is_floating(text),
        "dateTime" => is::<DateTime>(text),
        "dateTimeStamp" => DateTime::from_str(text).is_ok_and(|time| time.timezone().is_some()),
        "date" => is::<Date>(text),
        "time" => is::<Time>(text),
        "gYear" => is::<GYear>(text),
        "gYearMonth" => is::<GYearMonth>(text),
        "gMonth" => is::<GMonth>(text),
        // There is a 29 February in some years, which the crate does not know.
        "gMonthDay" => is::<GMonthDay>(&text.replacen("--02-29", "--02-28", 1)),
        "gDay" => is::<GDay>(text),
        "duration" => is::<Duration>(text) && !text.ends_with('T'),
        "yearMonthDuration" => is::<YearMonthDuration>(text) && !text.ends_with('T'),
        "dayTimeDuration" => is::<DayTimeDuration>(text),
        "hexBinary" => text.len().is_multiple_of(2) && text.bytes().all(|b| b.is_ascii_hexdigit()),
        "base64Binary" => is_base64(text),
        local => is_string(local, text),
    }
}

/// The [datatypes derived from strings](https://www.w3.org/TR/xmlschema11-2/#string).
fn is_string(local: &str, text: &str) -> bool {
    let mut chars = text.chars();
    match local {
        "normalizedString" => !text.contains(['\t', '\n', '\r']),
        "token" => is_token(text),
        "language" => is_language(text),
        "NMTOKEN" => !text.is_empty() && chars.all(is_name_char),
        "Name" => chars.next().is_some_and(is_name_start) && chars.all(is_name_char),
        "NCName" | "ID" | "IDREF" | "ENTITY" => {
            !text.contains(':')
                && chars.next().is_some_and(is_name_start)
                && chars.all(is_name_char)
        }
        _ => true,
    }
}

fn is_token(text: &str) -> bool {
    let is_outer = text.starts_with(' ') || text.ends_with(' ');
    !is_outer && !text.contains(['\t', '\n', '\r']) && !text.contains("  ")
}

fn is_language(text: &str) -> bool {
    let is_part = |part: &str| (1..=8).contains(&part.len());
    let mut parts = text.split('-');
    parts
        .next()
        .is_some_and(|first| is_part(first) && first.bytes().all(|b| b.is_ascii_alphabetic()))
        && parts.all(|part| is_part(part) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}

fn is_base64(text: &str) -> bool {
    let digits: Vec<u8> = text.bytes().filter(|b| *b != b' ').collect();
    let data = digits.iter().rev().skip_while(|b| **b == b'=');
    let padding = digits.len() - data.clone().count();
    let is_digit = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/');
    // The bits of the last digit that are not used are zero.
    let is_last = match (padding, data.clone().next()) {
        (1, Some(last)) => b"AEIMQUYcgkosw048".contains(last),
        (2, Some(last)) => b"AQgw".contains(last),
        _ => padding == 0,
    };
    digits.len().is_multiple_of(4) && is_last && data.into_iter().all(is_digit)
}

/// [NameStartChar](https://www.w3.org/TR/xml/#NT-NameStartChar).
fn is_name_start(c: char) -> bool {
    matches!(c,
        ':' | 'A'..='Z' | '_' | 'a'..='z' | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}'
        | '\u{F8}'..='\u{2FF}' | '\u{370}'..='\u{37D}' | '\u{37F}'..='\u{1FFF}'
        | '\u{200C}'..='\u{200D}' | '\u{2070}'..='\u{218F}' | '\u{2C00}'..='\u{2FEF}'
        | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}'
        | '\u{10000}'..='\u{EFFFF}')
}

/// [NameChar](https://www.w3.org/TR/xml/#NT-NameChar).
fn is_name_char(c: char) -> bool {
    is_name_start(c)
        || matches!(c,
            '-' | '.' | '0'..='9' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
}

/// The order of two literals, as `<` of
/// [SPARQL](https://www.w3.org/TR/sparql11-query/#OperatorMapping) has it. As its [operators may be
/// extended](https://www.w3.org/TR/sparql11-query/#operatorExtensibility), dates, times and
/// durations have the order of `XPath`, and years and months that of the calendar; nothing if the
/// literals cannot be compared.
pub(crate) fn compare(left: Typed<'_>, right: Typed<'_>) -> Option<Ordering> {
    fn by<T: FromStr + PartialOrd>(left: &str, right: &str) -> Option<Ordering> {
        T::from_str(left).ok()?.partial_cmp(&T::from_str(right).ok()?)
    }
    let kinds = [left, right].map(|literal| literal.datatype.strip_prefix(XSD));
    let [Some(left_type), Some(right_type)] = kinds else { return None };
    if let Some(number) = Number::new(left_type, left.text) {
        return number.partial_cmp(&Number::new(right_type, right.text)?);
    }
    let (left_type, right_type) = (base(left_type), base(right_type));
    if left_type != right_type {
        return None;
    }
    match left_type {
        "string" => Some(left.text.cmp(right.text)),
        "boolean" => Some(boolean(left.text)?.cmp(&boolean(right.text)?)),
        "dateTime" => by::<DateTime>(left.text, right.text),
        "date" => by::<Date>(left.text, right.text),
        "time" => by::<Time>(left.text, right.text),
        "gYear" => by::<GYear>(left.text, right.text),
        "gYearMonth" => by::<GYearMonth>(left.text, right.text),
        "yearMonthDuration" => by::<YearMonthDuration>(left.text, right.text),
        "dayTimeDuration" => by::<DayTimeDuration>(left.text, right.text),
        _ => None,
    }
}

fn base(local: &str) -> &str {
    match local {
        "dateTimeStamp" => "dateTime",
        local => local,
    }
}

fn boolean(text: &str) -> Option<bool> {
    match text {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed<'a>(datatype: &'a str, text: &'a str) -> Typed<'a> {
        Typed { datatype, text }
    }

    #[test]
    fn lexical_forms_are_checked() {
        fn t(local: &str, valid: &[&str], invalid: &[&str]) {
            let datatype = format!("{XSD}{local}");
            for text in valid {
                assert!(is_well_formed(typed(&datatype, text)), "{text:?} is a {local}");
            }
            for text in invalid {
                assert!(!is_well_formed(typed(&datatype, text)), "{text:?} is no {local}");
            }
        }
        t("boolean", &["true", "0"], &["TRUE", "", "2"]);
        t("integer", &["0", "-0", "+12", "123456789012345678901234567890"], &["", "1.0", "a", "-"]);
        t("byte", &["-128", "127", "0127"], &["128", "-129", "c"]);
        t("unsignedLong", &["18446744073709551615", "-0"], &["18446744073709551616", "-1"]);
        t("positiveInteger", &["1"], &["0"]);
        t("decimal", &["1.", ".5", "-1.50"], &["1e1", ".", ""]);
        t("double", &["1e5", "-INF", "+INF", "NaN", ".5"], &["inf", "nan", "1e", "", "e5"]);
        t("date", &["2024-02-29", "-0001-01-01Z"], &["2023-02-29", "2024-2-1"]);
        t("dateTimeStamp", &["2024-01-01T00:00:00Z"], &["2024-01-01T00:00:00"]);
        t("duration", &["P1Y2M3DT4H5M6.7S", "-P1D"], &["P", "1Y", "P1YT"]);
        t("gMonthDay", &["--02-29", "--12-31Z"], &["--02-30", "--13-01"]);
        t("hexBinary", &["", "0aFF"], &["0", "0g"]);
        t("base64Binary", &["", "YQ==", "YWI=", "YWJj"], &["YQ=", "Y===", "Y!==", "AB==", "YWJ="]);
        t("language", &["en", "de-CH-1996"], &["", "1en", "en_GB"]);
        t("token", &["a b"], &[" a", "a  b", "a\tb"]);
        t("NCName", &["a-1"], &["1a", "a:b", ""]);
        t("anyURI", &["", "a b"], &[]);
    }

    #[test]
    fn literals_are_ordered() {
        fn t(left: (&str, &str), right: (&str, &str), expected: Option<Ordering>) {
            let datatypes = [left.0, right.0].map(|local| format!("{XSD}{local}"));
            let found = compare(typed(&datatypes[0], left.1), typed(&datatypes[1], right.1));
            assert_eq!(found, expected, "{left:?} {right:?}");
        }
        let (less, equal) = (Some(Ordering::Less), Some(Ordering::Equal));
        t(("integer", "4"), ("decimal", "4.0"), equal);
        t(("integer", "-5"), ("integer", "3"), less);
        t(("integer", "-12"), ("integer", "-5"), less);
        t(("decimal", "0.1"), ("decimal", "0.12"), less);
        t(("integer", "9007199254740992"), ("integer", "9007199254740993"), less);
        t(("integer", "9007199254740992"), ("double", "9007199254740993"), equal);
        t(("double", "NaN"), ("double", "1"), None);
        t(("float", "1"), ("double", "1.5"), less);
        t(("integer", "4"), ("string", "5"), None);
        t(("integer", "x"), ("integer", "5"), None);
        t(("string", "a"), ("string", "b"), less);
        t(("boolean", "false"), ("boolean", "1"), less);
        t(("dateTime", "2002-10-10T12:00:00-05:00"), ("dateTime", "2002-10-10T17:00:01Z"), less);
        t(("dateTime", "2002-10-10T12:00:00"), ("dateTime", "2002-10-10T12:00:00Z"), None);
        t(("date", "2002-10-09"), ("date", "2002-10-10"), less);
        t(("anyURI", "a"), ("anyURI", "b"), None);
    }
}
