use std::borrow::Cow;

/// The text with a picture of each character that breaks a line or steers a terminal, or U+FFFD
/// where there is none: what comes from a file forges neither lines nor colours. It has as many
/// characters as before.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| shown(c) == c) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().map(shown).collect())
    }
}

fn shown(c: char) -> char {
    match c {
        '\0'..='\u{1F}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{FFFD}'),
        '\u{7F}' => '\u{2421}',
        '\u{80}'..='\u{9F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => '\u{FFFD}',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_steers_a_terminal() {
        fn t(text: &str, expected: &str) {
            assert_eq!(visible(text), expected);
        }
        t("_figures/ü (1).md", "_figures/ü (1).md");
        t("e\nf\u{1B}[31m\u{7F}", "e␊f␛[31m␡");
        t("\u{9B}\u{2028}\u{202E}\u{2066}", "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}");
    }
}
