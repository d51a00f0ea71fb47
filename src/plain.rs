//! Printable ASCII with single spaces, which is clean: found eight bytes at a time.

use std::iter;

/// Whether the value is printable ASCII with single spaces inside, or empty: clean at one glance,
/// as most values are.
pub(crate) fn is_plain(value: &str) -> bool {
    let bytes = value.as_bytes();
    if bytes.first() == Some(&b' ') || bytes.last() == Some(&b' ') {
        return false;
    }
    let Some(last) = bytes.last_chunk() else {
        let few = |word: u64, byte: &u8| word << 8 | u64::from(*byte);
        // The bytes in front are no spaces.
        return is_plain_word(bytes.iter().fold(word(b'-'), few), &mut 0);
    };
    let mut space = 0;
    let mut words = bytes.as_chunks().0.iter().map(|word| u64::from_be_bytes(*word));
    words.all(|word| is_plain_word(word, &mut space))
        && is_plain_word(u64::from_be_bytes(*last), &mut 0)
}

/// Whether eight bytes are printable ASCII without two spaces in a row; `space` is 0 unless a space
/// stands before them.
fn is_plain_word(bytes: u64, space: &mut u64) -> bool {
    const HIGH: u64 = word(0x80);
    let is_printable = bytes & HIGH == 0
        && (bytes + word(0x80 - b' ')) & HIGH == HIGH
        && (bytes + word(0x80 - 0x7F)) & HIGH == 0;
    if !is_printable {
        return false;
    }
    // The high bit of each byte that is a space: of the others, a lower bit is set.
    let spaces = !((bytes ^ word(b' ')) + word(0x7F)) & HIGH;
    let is_double = spaces & (spaces >> 8 | *space) != 0;
    *space = spaces << 56;
    !is_double
}

/// The bytes that are looked at at once.
const WORD: usize = size_of::<u64>();

/// A byte, eight times.
const fn word(byte: u8) -> u64 {
    u64::from_ne_bytes([byte; 8])
}

/// The parts of a value that are not plain for sure, each with the character in front of it: whether
/// a value is tidy and in NFC follows from them, as no ASCII character joins with one before it.
pub(crate) fn odd_parts(value: &str) -> impl Iterator<Item = &str> {
    let mut at = 0;
    iter::from_fn(move || {
        let bytes = value.as_bytes();
        while is_plain_at(bytes, at) {
            at += WORD;
        }
        let start = at.saturating_sub(1);
        if at == bytes.len() {
            return None;
        }
        while at < bytes.len() && !is_plain_at(bytes, at) {
            at = (at + WORD).min(bytes.len());
            while !value.is_char_boundary(at) {
                at += 1;
            }
        }
        value.get(start..at)
    })
}

/// Whether eight bytes follow that are plain, also behind the one before them.
fn is_plain_at(bytes: &[u8], at: usize) -> bool {
    let is_behind_space = at.checked_sub(1).and_then(|before| bytes.get(before)) == Some(&b' ');
    let mut space = if is_behind_space { 1 << 63 } else { 0 };
    let next = bytes.get(at..).and_then(<[u8]>::first_chunk);
    next.is_some_and(|next| is_plain_word(u64::from_be_bytes(*next), &mut space))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn parts_are_what_is_not_plain() {
        fn t(value: &str, expected: &[&str]) {
            assert_eq!(odd_parts(value).collect::<Vec<_>>(), expected, "{value:?}");
        }

        t("", &[]);
        t("abcdefgh", &[]);
        t("abcdefghijklmnop", &[]);
        t("abc", &["abc"]);
        t("abcdefghi", &["hi"]);
        t("abcdefg\u{e9}", &["abcdefg\u{e9}"]);
        t("\u{e9}bcdefghijklmno", &["\u{e9}bcdefg"]);
        t("abcdefghijk\u{3b1}lmnopqrstuvwx", &["hijk\u{3b1}lmn", "vwx"]);
        t("abcdefg  abcdefgh", &["  abcdefgh"]);
        t("abcdefgh  abcdefgh", &["h  abcdefgh"]);
        t("abcdefghe\u{301}", &["he\u{301}"]);
        t("abcdefg\u{10000}abcdefgh", &["abcdefg\u{10000}"]);
    }

    proptest! {
        #[test]
        fn plain_values_are_told_from_others(value in r"([!-~]{0,9}[ !~a\x1f\x7f\u{80}é]{0,3}){0,4}") {
            let is_visible = |c: char| matches!(c, ' '..='~');
            let is_tidy = !value.contains("  ") && value.trim_matches(' ') == value;
            prop_assert_eq!(is_plain(&value), value.chars().all(is_visible) && is_tidy);
        }
    }
}
