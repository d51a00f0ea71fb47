use crate::iri;
use crate::mapping::{self, Node, Object, Rule};
use crate::raw::{FrontMatter, Place, Table};
use crate::record::{Concept, Identifier, Mention, Record};
use crate::shacl::{Path, ValidationResult};
use crate::text;

/// What a record was read from, to find where a triple comes from.
#[derive(Clone, Copy)]
pub(crate) struct Source<'a> {
    pub(crate) record: &'a Record<'a>,
    pub(crate) front_matter: &'a FrontMatter<'a>,
    pub(crate) tables: &'a [Table<'a>],
    pub(crate) text: &'a str,
    pub(crate) is_plain: bool,
}

impl Source<'_> {
    /// Where the value of a result stands, or should stand.
    pub(super) fn place(&self, result: &ValidationResult, cause: Option<&'static Rule>) -> Place {
        let Some(cause) = cause else { return Place::Start };
        let kinds = kinds(cause);
        let rules = rules(result, cause, &kinds);
        let node = match &result.focus_node {
            oxrdf::Term::NamedNode(node) => node.as_str(),
            _ => "",
        };
        if let Some(item) = self.organism(node).filter(|_| kinds.contains(&Node::Organism)) {
            return item;
        }
        if let Some(row) = kinds.iter().find_map(|kind| self.row(*kind, node)) {
            return self.cell(row, &rules).unwrap_or(row);
        }
        self.value(result, &kinds).unwrap_or_else(|| self.key(rules.first().unwrap_or(&cause)))
    }

    /// The cell, row or item that gave the value of a result, if it is a node from a row or list.
    fn value(&self, result: &ValidationResult, kinds: &[Node]) -> Option<Place> {
        let (Some(Path::Predicate(predicate)), Some(oxrdf::Term::NamedNode(value))) =
            (&result.path, &result.value)
        else {
            return None;
        };
        let makes = |rule: &&Rule| kinds.contains(&rule.subject) && rule.predicate == *predicate;
        mapping::rules().filter(makes).find_map(|rule| match rule.object {
            Object::Node(Node::Organism) => self.organism(value.as_str()),
            // Figures and articles have taxa by lists of names, not by rows.
            Object::Node(Node::Taxon) => None,
            Object::Node(kind) => {
                let row = self.row(kind, value.as_str())?;
                Some(self.cell(row, &[rule]).unwrap_or(row))
            }
            _ => None,
        })
    }

    /// The item of a list that names an organism.
    fn organism(&self, node: &str) -> Option<Place> {
        let items = self.front_matter.organisms.iter().chain(&self.front_matter.organisms_ner);
        let is_it = |name: &str| iri::ORGANISM.iri(&text::slug(&text::text(name))) == node;
        items.clone().find(|item| item.text.as_deref().is_some_and(is_it)).map(|item| item.place)
    }

    /// The cell of a row that the rules read, if the row is one of a table.
    fn cell(&self, row: Place, rules: &[&Rule]) -> Option<Place> {
        let Place::Cell(kind, line, _) = row else { return None };
        let table = self.tables.iter().find(|table| table.kind == kind)?;
        let is_border = |c: char| !(c.is_ascii_alphanumeric() || c == '_');
        let mut words = rules.iter().flat_map(|rule| rule.input.split(is_border));
        words.find_map(|word| table.cell(line, word))
    }

    /// The row that describes a gene, a chemical, a disease, a taxon or an annotation.
    fn row(&self, kind: Node, node: &str) -> Option<Place> {
        let genes = || self.record.genes.iter();
        let mention = match kind {
            Node::Gene => genes()
                .find(|gene| gene.id.as_ref().is_some_and(|id| iri::GENE.iri(id.as_str()) == node))
                .map(|gene| &gene.mention),
            Node::Taxon => genes()
                .find(|gene| {
                    let id = gene.organism.id.as_ref();
                    id.is_some_and(|id| iri::TAXON.iri(id.as_str()) == node)
                })
                .map(|gene| &gene.mention),
            Node::Chemical => concept(&self.record.chemicals, node),
            Node::Disease => concept(&self.record.diseases, node),
            Node::Annotation => self.annotation(node),
            _ => None,
        };
        mention.map(|mention| mention.place)
    }

    fn annotation(&self, node: &str) -> Option<&Mention<'_>> {
        let Record { genes, chemicals, diseases, .. } = self.record;
        let (wanted, hash) = node.rsplit('#').next()?.split_once('-')?;
        let genes = genes.iter().map(|gene| ("Gene", &gene.mention));
        let chemicals = chemicals.iter().map(|chemical| ("Chemical", &chemical.mention));
        let diseases = diseases.iter().map(|disease| ("Disease", &disease.mention));
        let is_it = |(kind, mention): &(&str, &Mention<'_>)| {
            let matched = mention.matched.as_deref().unwrap_or_default();
            let source = mention.source.as_deref().unwrap_or_default();
            kind.eq_ignore_ascii_case(wanted)
                && text::short_hash(&[kind, &mention.word, matched, source]) == hash
        };
        genes.chain(chemicals).chain(diseases).find(is_it).map(|(_, mention)| mention)
    }

    /// The first key of those that a rule reads, else the figid.
    fn key(&self, rule: &Rule) -> Place {
        let mut keys = rule.keys().chain(["figid".to_owned()]);
        keys.find_map(|key| self.front_matter.place(self.text, self.is_plain, &key))
            .unwrap_or(Place::Start)
    }
}

/// The kinds of node that a focus node can be: the subject of the triple that made it one, or the
/// object.
fn kinds(cause: &Rule) -> Vec<Node> {
    let object = match cause.object {
        Object::Node(node) => Some(node),
        _ => None,
    };
    [cause.subject].into_iter().chain(object).collect()
}

/// The rules that make the values of a result, or else the one that made its focus node.
fn rules(result: &ValidationResult, cause: &'static Rule, kinds: &[Node]) -> Vec<&'static Rule> {
    let mut rules = Vec::new();
    if let Some(Path::Predicate(predicate)) = &result.path
        && *predicate != cause.predicate
    {
        let makes = |rule: &&Rule| kinds.contains(&rule.subject) && rule.predicate == *predicate;
        rules.extend(mapping::rules().filter(makes));
    }
    if rules.is_empty() { vec![cause] } else { rules }
}

fn concept<'r>(concepts: &'r [Concept<'_>], node: &str) -> Option<&'r Mention<'r>> {
    let iri = |concept: &Concept<'_>| match (&concept.mesh, &concept.other) {
        (Some(mesh), _) => iri::MESH.iri(mesh.as_str()),
        (None, Some(Identifier::Chebi(id))) => iri::CHEBI.iri(id.as_str()),
        (None, Some(Identifier::Doid(id))) => iri::DOID.iri(id.as_str()),
        (None, None) => String::new(),
    };
    concepts.iter().find(|concept| iri(concept) == node).map(|concept| &concept.mention)
}
