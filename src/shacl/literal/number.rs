//! Numbers. Integers and decimals are compared digit by digit: they have no largest one.

use std::cmp::Ordering;

/// A number in the form in which it is compared.
#[derive(Debug, Clone, Copy)]
pub(super) enum Number<'a> {
    Decimal(Digits<'a>, &'a str),
    Float(f32),
    Double(f64),
}

impl<'a> Number<'a> {
    /// A well-formed literal of a numeric datatype.
    pub(super) fn new(local: &str, text: &'a str) -> Option<Self> {
        match local {
            "float" => Some(Self::Float(floating(text)?.parse().ok()?)),
            "double" => Some(Self::Double(floating(text)?.parse().ok()?)),
            "decimal" => Some(Self::Decimal(Digits::new(text)?, text)),
            local if integer_range(local)?.contains(text) => {
                Some(Self::Decimal(Digits::new(text)?, text))
            }
            _ => None,
        }
    }

    fn to_f32(self) -> f32 {
        match self {
            Self::Decimal(_, text) => text.parse().unwrap_or(f32::NAN),
            Self::Float(number) => number,
            Self::Double(_) => f32::NAN,
        }
    }

    fn to_f64(self) -> f64 {
        match self {
            Self::Decimal(_, text) => text.parse().unwrap_or(f64::NAN),
            Self::Float(number) => number.into(),
            Self::Double(number) => number,
        }
    }

    /// The [promotion](https://www.w3.org/TR/xpath20/#promotion) of `XPath`: decimals become floats,
    /// floats doubles.
    pub(super) fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        match (*self, *other) {
            (Self::Decimal(left, _), Self::Decimal(right, _)) => Some(left.cmp(&right)),
            (left @ Self::Double(_), right) | (left, right @ Self::Double(_)) => {
                left.to_f64().partial_cmp(&right.to_f64())
            }
            (left, right) => left.to_f32().partial_cmp(&right.to_f32()),
        }
    }
}

/// A decimal without the zeros that say nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Digits<'a> {
    negative: bool,
    whole: &'a str,
    fraction: &'a str,
}

impl<'a> Digits<'a> {
    fn new(text: &'a str) -> Option<Self> {
        let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let is_number = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if !is_number(whole) || !is_number(fraction) || whole.len() + fraction.len() == 0 {
            return None;
        }
        let whole = whole.trim_start_matches('0');
        let fraction = fraction.trim_end_matches('0');
        let is_zero = whole.is_empty() && fraction.is_empty();
        Some(Self { negative: text.starts_with('-') && !is_zero, whole, fraction })
    }

    fn cmp(&self, other: &Self) -> Ordering {
        match (self.negative, other.negative) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, false) => self.cmp_absolute(other),
            (true, true) => other.cmp_absolute(self),
        }
    }

    fn cmp_absolute(&self, other: &Self) -> Ordering {
        self.whole
            .len()
            .cmp(&other.whole.len())
            .then_with(|| self.whole.cmp(other.whole))
            .then_with(|| self.fraction.cmp(other.fraction))
    }
}

/// Whether a text is an [integer](https://www.w3.org/TR/xmlschema11-2/#integer).
pub(crate) fn is_integer(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a text is a [decimal](https://www.w3.org/TR/xmlschema11-2/#decimal).
pub(super) fn is_decimal(text: &str) -> bool {
    Digits::new(text).is_some()
}

/// Whether a text is a [double](https://www.w3.org/TR/xmlschema11-2/#double) or a float.
pub(super) fn is_floating(text: &str) -> bool {
    floating(text).is_some_and(|text| text.parse::<f64>().is_ok())
}

/// A text that Rust reads as XML Schema does.
fn floating(text: &str) -> Option<&str> {
    match text {
        "INF" | "+INF" => Some("inf"),
        "-INF" => Some("-inf"),
        "NaN" => Some("nan"),
        text => {
            let is_part = |b: u8| b.is_ascii_digit() || b"+-.eE".contains(&b);
            text.bytes().all(is_part).then_some(text)
        }
    }
}

/// The integers of a datatype, from one to the other, both included.
#[derive(Debug, Clone, Copy)]
pub(super) struct IntegerRange(Option<&'static str>, Option<&'static str>);

impl IntegerRange {
    pub(super) fn contains(self, text: &str) -> bool {
        let Some(digits) = Digits::new(text).filter(|_| is_integer(text)) else { return false };
        let bound = |bound: Option<&'static str>| bound.and_then(Digits::new);
        bound(self.0).is_none_or(|least| digits.cmp(&least).is_ge())
            && bound(self.1).is_none_or(|most| digits.cmp(&most).is_le())
    }
}

/// The range of a datatype [derived from
/// integer](https://www.w3.org/TR/xmlschema11-2/#built-in-datatypes), or of integer itself.
pub(super) fn integer_range(local: &str) -> Option<IntegerRange> {
    let (least, most) = match local {
        "integer" => (None, None),
        "long" => (Some("-9223372036854775808"), Some("9223372036854775807")),
        "int" => (Some("-2147483648"), Some("2147483647")),
        "short" => (Some("-32768"), Some("32767")),
        "byte" => (Some("-128"), Some("127")),
        "nonNegativeInteger" => (Some("0"), None),
        "positiveInteger" => (Some("1"), None),
        "nonPositiveInteger" => (None, Some("0")),
        "negativeInteger" => (None, Some("-1")),
        "unsignedLong" => (Some("0"), Some("18446744073709551615")),
        "unsignedInt" => (Some("0"), Some("4294967295")),
        "unsignedShort" => (Some("0"), Some("65535")),
        "unsignedByte" => (Some("0"), Some("255")),
        _ => return None,
    };
    Some(IntegerRange(least, most))
}
