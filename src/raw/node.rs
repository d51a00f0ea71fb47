//! A tree of YAML values whose scalars keep their text.
//!
//! `serde_yaml` resolves plain scalars to numbers and booleans unless it is told that a string is
//! wanted, so the kind of every value must be known before it is read. The kinds that the schema
//! leads to expect are tried first; where the file differs, a first pass finds the kinds.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess};
use serde::de::{VariantAccess, Visitor};

use super::locate::Path;
use super::{block, breaks};

/// A value of the front matter.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Node<'a> {
    /// YAML null: `~`, `null` or nothing.
    Null,
    /// A scalar, as written but for quotes, escapes and folded lines.
    Scalar(Cow<'a, str>),
    /// A sequence.
    List(Vec<Node<'a>>),
    /// A mapping, in the order of the file; keys may repeat.
    Map(Vec<(Cow<'a, str>, Node<'a>)>),
}

impl Node<'_> {
    /// The way to this node, if it is the document.
    pub(super) fn root(&self) -> Path {
        Path::root(if let Self::Map(entries) = self { entries.len() } else { 0 })
    }

    /// What a message calls this kind of value.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "nothing",
            Self::Scalar(_) => "a scalar",
            Self::List(_) => "a list",
            Self::Map(_) => "a mapping",
        }
    }
}

/// The kinds of values that the schema leads to expect.
pub(super) enum Guess {
    Scalar,
    List(&'static Guess),
    /// Keys that are not named hold scalars.
    Map(&'static [(&'static str, Guess)]),
}

/// The kinds of values that a file has.
enum Shape {
    Scalar,
    List(Vec<Shape>),
    Map(Vec<Shape>),
}

/// Reads one document.
pub(super) fn parse<'a>(yaml: &'a str, guess: &Guess) -> Result<Node<'a>, serde_yaml::Error> {
    block::read(yaml).map_or_else(|| parse_any(yaml, guess), Ok)
}

/// Reads one document, whatever YAML it is.
pub(super) fn parse_any<'a>(yaml: &'a str, guess: &Guess) -> Result<Node<'a>, serde_yaml::Error> {
    match breaks::hide(yaml) {
        Some(hidden) => read(&hidden.text, guess).map(|node| hidden.restore(node)),
        None => read(yaml, guess),
    }
}

fn read<'a>(yaml: &'a str, guess: &Guess) -> Result<Node<'a>, serde_yaml::Error> {
    let guessed = Plan::Guess(guess).deserialize(serde_yaml::Deserializer::from_str(yaml));
    guessed.or_else(|_| {
        let shape = ShapeSeed.deserialize(serde_yaml::Deserializer::from_str(yaml))?;
        Plan::Known(&shape).deserialize(serde_yaml::Deserializer::from_str(yaml))
    })
}

#[derive(Clone, Copy)]
enum Plan<'p> {
    Guess(&'p Guess),
    Known(&'p Shape),
}

impl Plan<'_> {
    fn item(self, index: usize) -> Self {
        match self {
            Self::Guess(Guess::List(item)) => Self::Guess(item),
            Self::Known(Shape::List(items)) => items.get(index).map_or(Self::SCALAR, Plan::Known),
            _ => Self::SCALAR,
        }
    }

    fn value(self, index: usize, key: &str) -> Self {
        match self {
            Self::Guess(Guess::Map(keys)) => {
                let found = keys.iter().find(|(name, _)| *name == key);
                found.map_or(Self::SCALAR, |(_, guess)| Plan::Guess(guess))
            }
            Self::Known(Shape::Map(values)) => values.get(index).map_or(Self::SCALAR, Plan::Known),
            _ => Self::SCALAR,
        }
    }

    const SCALAR: Self = Self::Guess(&Guess::Scalar);
}

impl<'de> DeserializeSeed<'de> for Plan<'_> {
    type Value = Node<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node<'de>, D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de> Visitor<'de> for Plan<'_> {
    type Value = Node<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_none<E: Error>(self) -> Result<Node<'de>, E> {
        Ok(Node::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node<'de>, D::Error> {
        match self {
            Self::Guess(Guess::Scalar) | Self::Known(Shape::Scalar) => {
                deserializer.deserialize_str(Text).map(Node::Scalar)
            }
            // Some lists of one item are written without the list.
            Self::Guess(Guess::List(_)) => deserializer.deserialize_any(self),
            Self::Known(Shape::List(_)) => deserializer.deserialize_seq(self),
            Self::Guess(Guess::Map(_)) | Self::Known(Shape::Map(_)) => {
                deserializer.deserialize_map(self)
            }
        }
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Node<'de>, E> {
        Ok(Node::Scalar(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Node<'de>, E> {
        Ok(Node::Scalar(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Node<'de>, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element_seed(self.item(items.len()))? {
            items.push(item);
        }
        Ok(Node::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node<'de>, A::Error> {
        let mut entries = Vec::new();
        while let Some(key) = map.next_key_seed(Text)? {
            let value = map.next_value_seed(self.value(entries.len(), &key))?;
            entries.push((key, value));
        }
        Ok(Node::Map(entries))
    }
}

/// Reads a scalar as text.
struct Text;

impl<'de> DeserializeSeed<'de> for Text {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Text {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a scalar")
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(value.to_owned()))
    }
}

/// Finds the kinds of values, whatever they are.
struct ShapeSeed;

impl<'de> DeserializeSeed<'de> for ShapeSeed {
    type Value = Shape;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Shape, D::Error> {
        deserializer.deserialize_any(self)
    }
}

/// Visitor methods whose only news is that the value is a scalar.
macro_rules! scalar {
    ($($method:ident($ty:ty))+) => {
        $( fn $method<E>(self, _: $ty) -> Result<Shape, E> { Ok(Shape::Scalar) } )+
    };
}

impl<'de> Visitor<'de> for ShapeSeed {
    type Value = Shape;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    scalar! {
        visit_bool(bool) visit_i64(i64) visit_i128(i128) visit_u64(u64) visit_u128(u128)
        visit_f64(f64) visit_str(&str)
    }

    fn visit_none<E>(self) -> Result<Shape, E> {
        Ok(Shape::Scalar)
    }

    fn visit_unit<E>(self) -> Result<Shape, E> {
        Ok(Shape::Scalar)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Shape, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element_seed(Self)? {
            items.push(item);
        }
        Ok(Shape::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Shape, A::Error> {
        let mut values = Vec::new();
        while map.next_key_seed(Text)?.is_some() {
            values.push(map.next_value_seed(Self)?);
        }
        Ok(Shape::Map(values))
    }

    /// A value with a tag of its own (`!name value`): the tag says nothing about the kind.
    fn visit_enum<A: EnumAccess<'de>>(self, tagged: A) -> Result<Shape, A::Error> {
        let (_, value) = tagged.variant_seed(Text)?;
        value.newtype_variant_seed(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GUESS: Guess = Guess::Map(&[("list", Guess::List(&Guess::Scalar))]);

    #[test]
    fn scalars_stay_text() {
        fn t(yaml: &str, expected: &str) {
            let node = parse(yaml, &GUESS).unwrap();
            assert_eq!(format!("{node:?}"), expected, "{yaml}");
        }
        t("a: 1e5", r#"Map([("a", Scalar("1e5"))])"#);
        t("a: NO", r#"Map([("a", Scalar("NO"))])"#);
        t("a: 012", r#"Map([("a", Scalar("012"))])"#);
        t("a: 0.93250", r#"Map([("a", Scalar("0.93250"))])"#);
        t("a: ~", r#"Map([("a", Null)])"#);
        t("a: 'null'", r#"Map([("a", Scalar("null"))])"#);
        t("a:", r#"Map([("a", Null)])"#);
        t("list: 1e5", r#"Map([("list", Scalar("1e5"))])"#);
        t("list: one", r#"Map([("list", Scalar("one"))])"#);
        t("list: {b: 1}", r#"Map([("list", Map([("b", Scalar("1"))]))])"#);
        t("list: ~", r#"Map([("list", Null)])"#);
        t("list: [1e5, ~]", r#"Map([("list", List([Scalar("1e5"), Null]))])"#);
        t("a: [{b: 0x1F}]", r#"Map([("a", List([Map([("b", Scalar("0x1F"))])]))])"#);
        t("a: 1\na: 2", r#"Map([("a", Scalar("1")), ("a", Scalar("2"))])"#);
        t("1: !x 2", r#"Map([("1", Scalar("2"))])"#);
        t("a: !x [007]", r#"Map([("a", List([Scalar("007")]))])"#);
        t("7", r#"Scalar("7")"#);
        t("", "Null");
    }

    #[test]
    fn broken_yaml_is_an_error() {
        for yaml in ["a: [", "a: b: c", "- a\nb", "a: 'x", "\ta: b", "a: *x", "--- a\n--- b"] {
            assert!(parse(yaml, &GUESS).is_err(), "{yaml}");
        }
    }
}
