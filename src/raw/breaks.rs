//! Characters that YAML 1.1 takes as line breaks, as the parser does, and YAML 1.2 and PFOCR do not.

use std::borrow::Cow;

use super::node::Node;

/// Next line, line separator and paragraph separator.
pub(super) const BREAKS: [char; 3] = ['\u{85}', '\u{2028}', '\u{2029}'];

/// A text with other characters of the same length, which it does not have, in place of these.
#[derive(Debug)]
pub(super) struct Hidden {
    pub(super) text: String,
    stand_ins: [char; 3],
}

/// The text for the parser, if it has such characters.
pub(super) fn hide(yaml: &str) -> Option<Hidden> {
    if !yaml.contains(BREAKS) {
        return None;
    }
    let lower = yaml.to_lowercase();
    // An escape can give a character as well.
    let is_free = |c: &char| !yaml.contains(*c) && !lower.contains(&format!("{:x}", u32::from(*c)));
    let mut two = ('\u{3B1}'..='\u{3C9}').filter(is_free);
    let mut three = ('\u{E000}'..='\u{F8FF}').filter(is_free);
    let stand_ins = [two.next()?, three.next()?, three.next()?];
    let hidden = |c: char| {
        BREAKS.iter().position(|b| *b == c).and_then(|at| stand_ins.get(at)).copied().unwrap_or(c)
    };
    Some(Hidden { text: yaml.chars().map(hidden).collect(), stand_ins })
}

impl Hidden {
    /// The node with the characters that were hidden.
    pub(super) fn restore(&self, node: Node<'_>) -> Node<'static> {
        match node {
            Node::Null => Node::Null,
            Node::Scalar(text) => Node::Scalar(self.restore_text(&text)),
            Node::List(items) => {
                Node::List(items.into_iter().map(|item| self.restore(item)).collect())
            }
            Node::Map(entries) => {
                let entry = |(key, value): (Cow<'_, str>, _)| {
                    (self.restore_text(&key), self.restore(value))
                };
                Node::Map(entries.into_iter().map(entry).collect())
            }
        }
    }

    fn restore_text(&self, text: &str) -> Cow<'static, str> {
        let shown = |c: char| {
            let at = self.stand_ins.iter().position(|stand_in| *stand_in == c);
            at.and_then(|at| BREAKS.get(at)).copied().unwrap_or(c)
        };
        text.chars().map(shown).collect::<String>().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_hidden_comes_back() {
        let yaml = "a: b\u{2028}c: d\u{85}\ne: 'f\u{2029}α' # \u{E000}\\uE001\n";
        let hidden = hide(yaml).unwrap();
        assert_eq!(hidden.text.len(), yaml.len());
        assert!(!hidden.text.contains(BREAKS));
        let node = hidden.restore(Node::Scalar(hidden.text.as_str().into()));
        assert_eq!(node, Node::Scalar(yaml.into()));
        assert!(hide("a: b\n").is_none());
    }
}
