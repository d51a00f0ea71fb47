//! Clean text: white space, control characters, Unicode normalization, and the marks of a
//! missing value.
//!
//! The only module that knows what the records write where they know nothing.

use std::borrow::Cow;

use sha2::{Digest, Sha256};
use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::plain::{is_plain, odd_parts};

/// The value as clean text: without byte order marks and control characters, each run of
/// [white space](https://www.unicode.org/reports/tr44/#White_Space) one space, none at the ends,
/// in [NFC](https://www.unicode.org/reports/tr15/).
///
/// Clean text is borrowed, and so is a value that only has to be trimmed.
///
/// ```
/// use pfocr2rdf::text::text;
///
/// assert_eq!(text("\u{feff}TNF\n  signalling \0"), "TNF signalling");
/// ```
#[must_use]
pub fn text(value: &str) -> Cow<'_, str> {
    if is_plain(value) {
        return Cow::Borrowed(value);
    }
    let value = value.trim_matches(|c: char| c.is_whitespace() || is_dropped(c));
    if odd_parts(value).all(|part| is_tidy(part) && is_nfc(part)) {
        return Cow::Borrowed(value);
    }
    let tidy = if is_tidy(value) { Cow::Borrowed(value) } else { Cow::Owned(collapse(value)) };
    if is_nfc(&tidy) { tidy } else { Cow::Owned(tidy.nfc().collect()) }
}

/// The value without its control characters (general category Cc), and else as it is: neither
/// trimmed, nor folded, nor normalized.
///
/// ```
/// use pfocr2rdf::text::verbatim;
///
/// assert_eq!(verbatim(" |TH|T\t "), " |TH|T ");
/// ```
#[must_use]
pub fn verbatim(value: &str) -> Cow<'_, str> {
    if value.contains(char::is_control) {
        Cow::Owned(value.chars().filter(|c| !c.is_control()).collect())
    } else {
        Cow::Borrowed(value)
    }
}

/// Whether clean text says that there is no value.
///
/// ```
/// use pfocr2rdf::text::is_missing;
///
/// assert!(is_missing("") && is_missing(".na.character"));
/// assert!(!is_missing("na"));
/// ```
#[must_use]
pub fn is_missing(text: &str) -> bool {
    matches!(text, "" | ".na.character" | "NULL" | "NaN") || is_na(text)
}

/// Whether clean text is the one mark that can also be data: a gene may be called `NA`.
///
/// ```
/// assert!(pfocr2rdf::text::is_na("NA"));
/// ```
#[must_use]
pub fn is_na(text: &str) -> bool {
    text == "NA"
}

/// The value as clean text, or none when it [is missing](is_missing).
///
/// ```
/// use pfocr2rdf::text::present;
///
/// assert_eq!(present(" Homo  sapiens").as_deref(), Some("Homo sapiens"));
/// assert_eq!(present(" NA "), None);
/// ```
#[must_use]
pub fn present(value: &str) -> Option<Cow<'_, str>> {
    Some(text(value)).filter(|text| !is_missing(text))
}

/// The value as a name for use in an IRI: lower-case `a-z0-9` with a `-` for each run of anything
/// else; the [short hash](short_hash) of a value that has none of them.
///
/// ```
/// use pfocr2rdf::text::slug;
///
/// assert_eq!(slug("J. Biol. Chem."), "j-biol-chem");
/// assert_eq!(slug("自然"), "4f1240839836");
/// ```
#[must_use]
pub fn slug(value: &str) -> String {
    let lower = value.to_lowercase();
    let words: Vec<_> = lower
        .split(|c: char| !matches!(c, 'a'..='z' | '0'..='9'))
        .filter(|word| !word.is_empty())
        .collect();
    if words.is_empty() { short_hash(&[value]) } else { words.join("-") }
}

/// The first 12 hexadecimal digits of the SHA-256 hash of the parts, with U+001F between them.
///
/// ```
/// use pfocr2rdf::text::short_hash;
///
/// assert_eq!(short_hash(&["a", "b"]), short_hash(&["a\u{1f}b"]));
/// assert_eq!(short_hash(&[""]), "e3b0c44298fc");
/// ```
#[must_use]
pub fn short_hash(parts: &[&str]) -> String {
    hash_digits(parts).collect()
}

/// The characters of a [short hash](short_hash).
pub(crate) fn hash_digits(parts: &[&str]) -> impl Iterator<Item = char> {
    let mut hasher = Sha256::new();
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            hasher.update("\u{1f}");
        }
        hasher.update(part);
    }
    let bytes = hasher.finalize().into_iter().take(6);
    let digits = bytes.flat_map(|byte| [byte >> 4, byte & 15]);
    digits.filter_map(|digit| char::from_digit(digit.into(), 16))
}

/// A byte order mark, or a control character that is not white space.
fn is_dropped(c: char) -> bool {
    c == '\u{feff}' || (c.is_control() && !c.is_whitespace())
}

/// Whether a trimmed value has nothing to drop and no white space but single spaces.
fn is_tidy(value: &str) -> bool {
    let mut after_space = false;
    value.chars().all(|c| {
        let is_double = after_space && c == ' ';
        after_space = c == ' ';
        !is_double && (matches!(c, ' '..='~') || !(is_dropped(c) || c.is_whitespace()))
    })
}

/// A trimmed value with what has to be dropped gone and each run of white space one space.
fn collapse(value: &str) -> String {
    let mut collapsed = String::with_capacity(value.len());
    for c in value.chars().filter(|c| !is_dropped(*c)) {
        if !c.is_whitespace() {
            collapsed.push(c);
        } else if !collapsed.ends_with(' ') {
            collapsed.push(' ');
        }
    }
    collapsed
}

/// A number of things, as `1 cell` and `2 cells`.
pub(crate) fn counted(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn text_is_cleaned() {
        fn t(value: &str, expected: &str) {
            assert_eq!(text(value), expected, "{value:?}");
        }

        t("", "");
        t(" ", "");
        t("a", "a");
        t("a b", "a b");
        t(" a", "a");
        t("a ", "a");
        t("a  b", "a b");
        t("a \t\r\n b", "a b");
        t("a\u{a0}\u{2009}\u{3000}b", "a b");
        t("a\u{2028}b\u{85}c", "a b c");
        // Not white space, so kept: zero width space and joiner.
        t("a\u{200b}\u{200d}b", "a\u{200b}\u{200d}b");
        t("\u{feff}a\u{feff}b\u{feff}", "ab");
        t("\u{feff} a", "a");
        t("a \u{feff} b", "a b");
        t("a\u{0}b\u{7f}c\u{9f}d", "abcd");
        t("\u{1}", "");
        t("TNF-α", "TNF-α");
        t("e\u{301}", "é");
        t("\u{2126}", "Ω");
        t("e \u{301}", "e \u{301}");
        t("\"NA\"", "\"NA\"");
    }

    #[test]
    fn clean_and_trimmed_text_is_borrowed() {
        fn t(value: &str, borrowed: bool) {
            assert_eq!(matches!(text(value), Cow::Borrowed(_)), borrowed, "{value:?}");
        }

        t("", true);
        t("a b", true);
        t("TNF-α é", true);
        t("\u{feff} a b \n", true);
        t(" α\u{a0}", true);
        t("e \u{301}", true);
        t("a  b", false);
        t("e\u{301}", false);
    }

    #[test]
    fn verbatim_drops_control_characters_alone() {
        fn t(value: &str, expected: &str) {
            assert_eq!(verbatim(value), expected, "{value:?}");
        }

        t(" (Src  ", " (Src  ");
        t("a\tb\nc\u{85}d\u{0}", "abcd");
        t("\u{feff}e\u{301}\u{a0}", "\u{feff}e\u{301}\u{a0}");
        assert!(matches!(verbatim(" a "), Cow::Borrowed(" a ")));
    }

    #[test]
    fn missing_marks() {
        fn t(value: &str, missing: bool) {
            assert_eq!(is_missing(value), missing, "{value:?}");
            assert_eq!(present(value).is_none(), missing, "{value:?}");
        }

        t("", true);
        t("NA", true);
        t(".na.character", true);
        t("NULL", true);
        t("NaN", true);
        t("na", false);
        t("N/A", false);
        t("null", false);
        t("NAN", false);
        t("0", false);
        assert!(!is_na("") && !is_na("NaN") && is_na("NA"));
        assert_eq!(present("\u{feff} NA\n"), None);
    }

    #[test]
    fn slugs() {
        fn t(value: &str, expected: &str) {
            assert_eq!(slug(value), expected, "{value:?}");
        }

        t("PLoS One", "plos-one");
        t("--J. (Cell) 2!", "j-cell-2");
        t("Ärzte", "rzte");
        t("Éa", "a");
        // KELVIN SIGN is in lower case an ASCII letter.
        t("\u{212a}", "k");
        t("", "e3b0c44298fc");
        t("!", "bb7208bc9b5d");
    }

    proptest! {
        #[test]
        fn text_is_idempotent(value in any::<String>()) {
            let once = text(&value).into_owned();
            prop_assert!(matches!(text(&once), Cow::Borrowed(twice) if twice == once));
        }

        #[test]
        fn text_is_clean(value in r"[ -~]{0,9}[\s\pC\pM\pLé ]{0,9}") {
            let text = text(&value);
            prop_assert!(is_nfc(&text));
            prop_assert!(!text.contains(char::is_control) && !text.contains(is_dropped));
            prop_assert!(!text.contains("  ") && text.trim() == text);
        }

        #[test]
        fn text_is_the_same_without_the_short_cuts(
            value in r"[ a\s\pC\pM\pL]{0,12}|([ a-e]{0,12}[ a\s\pC\pM\pL]{0,3}){0,4}"
        ) {
            let trimmed = value.trim_matches(|c: char| c.is_whitespace() || is_dropped(c));
            let long_way = collapse(trimmed).nfc().collect::<String>();
            prop_assert_eq!(text(&value), long_way);
        }

        #[test]
        fn verbatim_only_drops(value in any::<String>()) {
            let kept = verbatim(&value);
            prop_assert!(!kept.contains(char::is_control));
            prop_assert!(kept.chars().eq(value.chars().filter(|c| !c.is_control())));
        }

        #[test]
        fn slugs_need_no_escape(value in any::<String>()) {
            let slug = slug(&value);
            prop_assert!(!slug.is_empty() && !slug.starts_with('-') && !slug.ends_with('-'));
            prop_assert!(slug.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-')));
            prop_assert!(!slug.contains("--"));
        }
    }
}
