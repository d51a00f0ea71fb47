use super::input::Input;
use crate::mapping::{Node, Rule};
use crate::raw::Kind;
use crate::record::{Article, Figure, Page, Record, Text};

/// What is mapped by itself: everything that is no list, or an item, or a row.
pub(super) struct Unit<'r> {
    /// The positions of its values among the inputs.
    inputs: Vec<usize>,
    content: Content<'r>,
}

enum Content<'r> {
    Keys,
    Item(&'r str, Text<'r>),
    Row(Kind, usize),
}

/// A record without what is a unit by itself.
pub(super) fn bare<'r>(record: &Record<'r>) -> Record<'r> {
    let mut bare = record.without_rows();
    bare.figure.organisms.clear();
    bare.page.keywords.clear();
    if let Some(article) = &mut bare.article {
        article.organisms.clear();
    }
    bare
}

/// The nodes that the items and rows of a record are about, with nothing said of them.
pub(super) fn frame<'r>(record: &Record<'r>) -> Record<'r> {
    let article = record.article.as_ref().map(|article| Article::new(article.id.clone()));
    Record {
        figure: Figure::new(record.figure.id.clone()),
        page: Page::default(),
        article,
        genes: Vec::new(),
        chemicals: Vec::new(),
        diseases: Vec::new(),
    }
}

/// The units, in the order of their first values; that of the keys is the first.
pub(super) fn units<'r>(inputs: &'r [Input<'_>]) -> Vec<Unit<'r>> {
    let mut units = vec![Unit { inputs: Vec::new(), content: Content::Keys }];
    let (mut last_row, mut keys) = (None, Vec::new());
    for (position, input) in inputs.iter().enumerate() {
        if let Some((kind, row)) = input.row {
            if last_row.replace((kind, row)) != Some((kind, row)) {
                units.push(Unit { inputs: Vec::new(), content: Content::Row(kind, row) });
            }
            if let Some(unit) = units.last_mut() {
                unit.inputs.push(position);
            }
        } else if is_list(&input.key)
            && let Some(item) = input.present()
        {
            units.push(Unit { inputs: vec![position], content: Content::Item(&input.key, item) });
            last_row = None;
        } else {
            keys.push(position);
        }
    }
    if let Some(first) = units.first_mut() {
        first.inputs = keys;
    }
    units
}

fn is_list(key: &str) -> bool {
    ["organisms", "organisms_ner", "schema-jsonld: keywords"].contains(&key)
}

impl Unit<'_> {
    /// Whether it is everything that is no list and no row.
    pub(super) fn is_of_keys(&self) -> bool {
        matches!(self.content, Content::Keys)
    }

    /// Whether a triple of the rule can be made by it and not by the first unit. What is a chemical
    /// in one row can be a disease in another, and gives the same triples.
    pub(super) fn can_make(&self, rule: &Rule) -> bool {
        let reads = |key: &str| rule.input.contains(key);
        match self.content {
            Content::Keys => false,
            Content::Item(key, _) => reads(key),
            Content::Row(..) if rule.subject == Node::Annotation => true,
            Content::Row(Kind::Genes, _) => reads("genes"),
            Content::Row(..) => reads("chemicals") || reads("diseases"),
        }
    }

    /// The position of the value that a rule makes a triple of.
    pub(super) fn input(&self, rule: &Rule, inputs: &[Input<'_>]) -> usize {
        if let (Content::Item(..), [item]) = (&self.content, self.inputs.as_slice()) {
            return *item;
        }
        let by_key = |key: &str, is_fit: fn(&Input<'_>) -> bool| {
            let mut own = self.inputs.iter().copied();
            own.find(|position| inputs.get(*position).is_some_and(|i| *i.key == *key && is_fit(i)))
        };
        let is_present: fn(&Input<'_>) -> bool = |input| input.present().is_some();
        // `NA` can be the name of a gene, and a word.
        let is_data: fn(&Input<'_>) -> bool = match self.content {
            Content::Row(..) => |input| !input.is_left_out && !input.is_empty_cell(),
            _ => is_present,
        };
        let is_filled =
            |position: &usize| inputs.get(*position).is_some_and(|i| !i.is_empty_cell());
        let read = rule.keys().find_map(|key| by_key(&key, is_present));
        read.or_else(|| rule.keys().find_map(|key| by_key(&key, is_data)))
            .or_else(|| self.causes(rule).iter().find_map(|key| by_key(key, is_data)))
            .or_else(|| self.inputs.iter().copied().find(is_filled))
            .or_else(|| self.inputs.first().copied())
            .unwrap_or(0)
    }

    /// The first value with a key: of a row or an item, or of all that is in no row.
    pub(super) fn with_key<'i>(&self, key: &str, inputs: &'i [Input<'i>]) -> Option<&'i Input<'i>> {
        let has_key = |input: &&Input<'_>| *input.key == *key;
        if self.is_of_keys() {
            return inputs.iter().filter(|input| input.row.is_none()).find(has_key);
        }
        self.inputs.iter().filter_map(|position| inputs.get(*position)).find(has_key)
    }

    /// The frame with this item or row in it.
    pub(super) fn added_to<'c>(
        &'c self,
        frame: &Record<'c>,
        record: &'c Record<'_>,
    ) -> Option<Record<'c>> {
        let mut added = frame.clone();
        match &self.content {
            Content::Keys => return None,
            Content::Item(key, item) => match (*key, &mut added.article) {
                ("organisms", Some(article)) => article.organisms.push(item.clone()),
                ("organisms", None) => {}
                ("organisms_ner", _) => added.figure.organisms.push(item.clone()),
                _ => added.page.keywords.push(item.clone()),
            },
            Content::Row(Kind::Genes, row) => added.genes.extend(record.genes.get(*row).cloned()),
            Content::Row(Kind::Chemicals, row) => {
                added.chemicals.extend(record.chemicals.get(*row).cloned());
            }
            Content::Row(Kind::Diseases, row) => {
                added.diseases.extend(record.diseases.get(*row).cloned());
            }
        }
        Some(added)
    }

    /// The keys that cause what a rule makes of no value, the one that does so first.
    fn causes(&self, rule: &Rule) -> &'static [&'static str] {
        match (&self.content, rule.subject) {
            (Content::Row(Kind::Genes, _), Node::Annotation) => &["genes: word"],
            (Content::Row(Kind::Chemicals, _), Node::Annotation) => &["chemicals: word"],
            (Content::Row(Kind::Diseases, _), Node::Annotation) => &["diseases: word"],
            (Content::Row(..), _) => &["genes: ncbigene_id", "genes: entrez"],
            (_, Node::Article) => &["pmcid", "figid"],
            _ => &["figid"],
        }
    }
}
