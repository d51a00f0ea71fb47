//! The distinct entities of a record, each once, in the order in which they first stand there.

use std::borrow::Cow;
use std::hash::Hash;
use std::rc::Rc;

use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::iri::{self, Template};
use crate::organisms::OrganismTable;
use crate::record::{Concept, Gene, Identifier, Mention, Organism, Record};
use crate::text;

/// An organism: a taxon when its number is known, else just a name.
pub(super) struct OrganismNode {
    pub(super) iri: Rc<str>,
    pub(super) is_taxon: bool,
}

#[derive(Hash)]
pub(super) struct TaxonEntity<'r> {
    pub(super) iri: Rc<str>,
    pub(super) id: Cow<'r, str>,
    pub(super) names: Few<&'r str>,
}

/// What is said of a gene, whose IRI follows from its id.
#[derive(Hash)]
pub(super) struct GeneEntity<'r> {
    pub(super) id: &'r str,
    pub(super) symbols: Few<&'r str>,
    pub(super) hgnc_symbols: Few<&'r str>,
    pub(super) taxa: Few<Rc<str>>,
}

/// A chemical or a disease.
#[derive(Hash)]
pub(super) struct ConceptEntity<'r> {
    pub(super) iri: String,
    pub(super) mesh: Option<&'r str>,
    pub(super) others: Few<&'r str>,
    pub(super) names: Few<&'r str>,
}

#[derive(Clone, Copy, Eq, Hash, PartialEq)]
pub(super) enum EntityKind {
    Gene,
    Chemical,
    Disease,
}

/// What was read in a figure, with all entities that it was matched with.
pub(super) struct Annotation<'r> {
    pub(super) kind: EntityKind,
    pub(super) word: &'r str,
    pub(super) matched: Option<&'r str>,
    pub(super) source: Option<&'r str>,
    pub(super) rows: u64,
    /// Positions among the genes, chemicals or diseases.
    bodies: Few<usize>,
}

#[derive(Default)]
pub(super) struct Entities<'r> {
    pub(super) article_organisms: Vec<OrganismNode>,
    pub(super) figure_organisms: Vec<OrganismNode>,
    pub(super) figure_taxa: Vec<Rc<str>>,
    pub(super) organism_names: Vec<&'r str>,
    pub(super) taxa: Vec<TaxonEntity<'r>>,
    pub(super) others: Vec<TaxonEntity<'r>>,
    genes: Vec<GeneEntity<'r>>,
    gene_iris: Iris,
    pub(super) chemicals: Vec<ConceptEntity<'r>>,
    pub(super) diseases: Vec<ConceptEntity<'r>>,
    pub(super) doids: Vec<&'r str>,
    pub(super) annotations: Vec<Annotation<'r>>,
}

/// Nearly all NCBI gene ids have no more.
const DIGITS: usize = 9;

/// IRIs one behind the other, since a string for each takes longer than to make it.
#[derive(Default)]
struct Iris {
    text: String,
    ends: Vec<usize>,
}

impl Iris {
    fn push(&mut self, template: Template, value: &str) {
        template.encode(value, &mut self.text);
        self.ends.push(self.text.len());
    }

    fn get(&self, position: usize) -> Option<&str> {
        let start = position.checked_sub(1).map_or(Some(&0), |before| self.ends.get(before));
        self.text.get(*start?..*self.ends.get(position)?)
    }

    fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.ends.len()).filter_map(|position| self.get(position))
    }
}

/// The positions of things that were seen before.
struct Seen<K>(FxHashMap<K, usize>);

impl<K: Eq + Hash> Seen<K> {
    /// Room for this many.
    fn with_capacity(number: usize) -> Self {
        Self(FxHashMap::with_capacity_and_hasher(number, FxBuildHasher))
    }

    /// The position of the thing with this key in the list, where it is put if it is new.
    fn position<T>(&mut self, key: K, list: &mut Vec<T>, new: impl FnOnce() -> T) -> usize {
        *self.0.entry(key).or_insert_with(|| {
            list.push(new());
            list.len() - 1
        })
    }
}

/// Distinct things, of which there mostly is one: that one takes no memory of its own.
#[derive(Hash)]
pub(super) struct Few<T> {
    first: Option<T>,
    others: Vec<T>,
}

impl<T: PartialEq> Few<T> {
    fn new() -> Self {
        Self { first: None, others: Vec::new() }
    }

    fn add(&mut self, item: Option<T>) {
        if self.first.is_none() {
            self.first = item;
        } else if item != self.first {
            add(&mut self.others, item);
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &T> {
        self.first.iter().chain(&self.others)
    }
}

/// Adds the items that the list does not have yet.
fn add<T: PartialEq>(list: &mut Vec<T>, items: impl IntoIterator<Item = T>) {
    for item in items {
        if !list.contains(&item) {
            list.push(item);
        }
    }
}

impl<'r> Entities<'r> {
    pub(super) fn new(record: &'r Record<'_>, table: &'r OrganismTable) -> Self {
        let mut entities = Self::default();
        let article = record.article.as_ref().map(|article| article.organisms.as_slice());
        for name in article.unwrap_or_default() {
            let node = entities.organism(name, table);
            add_organism(&mut entities.article_organisms, node);
        }
        for name in &record.figure.organisms {
            let node = entities.organism(name, table);
            add(&mut entities.figure_taxa, node.is_taxon.then(|| node.iri.clone()));
            add_organism(&mut entities.figure_organisms, node);
            add(&mut entities.organism_names, Some(name.as_ref()));
        }
        let rows = record.genes.len() + record.chemicals.len() + record.diseases.len();
        let mut seen = Seen::with_capacity(rows);
        entities.annotations.reserve(rows);
        entities.add_genes(&record.genes, &mut seen);
        entities.add_concepts(EntityKind::Chemical, &record.chemicals, &mut seen);
        entities.add_concepts(EntityKind::Disease, &record.diseases, &mut seen);
        entities
    }

    /// The genes with their IRIs.
    pub(super) fn genes(&self) -> impl Iterator<Item = (&str, &GeneEntity<'r>)> {
        self.gene_iris.iter().zip(&self.genes)
    }

    /// The entities of an annotation, as IRIs.
    pub(super) fn bodies(&self, annotation: &Annotation<'_>) -> impl Iterator<Item = &str> {
        annotation.bodies.iter().filter_map(move |&position| match annotation.kind {
            EntityKind::Gene => self.gene_iris.get(position),
            EntityKind::Chemical => self.chemicals.get(position).map(|c| c.iri.as_str()),
            EntityKind::Disease => self.diseases.get(position).map(|d| d.iri.as_str()),
        })
    }

    /// The node of an organism by its name, described among the taxa or the others.
    fn organism(&mut self, name: &'r str, table: &'r OrganismTable) -> OrganismNode {
        if let Some((id, name)) = table.get(name) {
            let iri = describe(&mut self.taxa, iri::TAXON, id.into(), Some(name));
            OrganismNode { iri, is_taxon: true }
        } else {
            let slug = text::slug(name);
            let iri = describe(&mut self.others, iri::ORGANISM, slug.into(), Some(name));
            OrganismNode { iri, is_taxon: false }
        }
    }

    fn add_genes(&mut self, rows: &'r [Gene<'_>], seen: &mut SeenAnnotations<'r>) {
        let mut seen_genes = Seen::with_capacity(rows.len());
        let Self { genes, gene_iris, .. } = self;
        genes.reserve(rows.len());
        gene_iris.ends.reserve(rows.len());
        gene_iris.text.reserve(rows.len() * (iri::GENE.prefix().len() + DIGITS));
        let mut last: Option<(&Organism<'_>, Option<Rc<str>>)> = None;
        for row in rows {
            let Some(id) = row.id.as_ref().map(AsRef::as_ref) else {
                self.annotate(EntityKind::Gene, &row.mention, None, seen);
                continue;
            };
            let position = seen_genes.position(id, &mut self.genes, || {
                self.gene_iris.push(iri::GENE, id);
                let (symbols, hgnc_symbols, taxa) = (Few::new(), Few::new(), Few::new());
                GeneEntity { id, symbols, hgnc_symbols, taxa }
            });
            self.annotate(EntityKind::Gene, &row.mention, Some(position), seen);
            let taxon = match last {
                // The rows of an organism follow each other.
                Some((organism, taxon)) if *organism == row.organism => taxon,
                _ => self.add_gene_organism(&row.organism),
            };
            last = Some((&row.organism, taxon.clone()));
            if let Some(gene) = self.genes.get_mut(position) {
                gene.taxa.add(taxon);
                gene.symbols.add(row.symbol.as_deref());
                gene.hgnc_symbols.add(row.hgnc_symbol.as_deref());
            }
        }
    }

    /// The IRI of the organism of a gene.
    fn add_gene_organism(&mut self, organism: &'r Organism<'_>) -> Option<Rc<str>> {
        let name = organism.name.as_deref();
        let id = organism.id.as_ref().map(AsRef::as_ref);
        let taxon = id.map(|id| describe(&mut self.taxa, iri::TAXON, id.into(), name));
        add(&mut self.figure_taxa, taxon.clone());
        add(&mut self.organism_names, name);
        taxon
    }

    fn add_concepts(
        &mut self,
        kind: EntityKind,
        rows: &'r [Concept<'_>],
        seen: &mut SeenAnnotations<'r>,
    ) {
        let mut seen_concepts = Seen::with_capacity(rows.len());
        for row in rows {
            let mesh = row.mesh.as_ref().map(AsRef::as_ref);
            let other = row.other.as_ref().map(|other| match other {
                Identifier::Chebi(id) => id.as_str(),
                Identifier::Doid(id) => {
                    add(&mut self.doids, Some(id.as_str()));
                    id.as_str()
                }
            });
            let iri = match (mesh, other, kind) {
                (Some(mesh), ..) => iri::MESH.iri(mesh),
                (None, Some(doid), EntityKind::Disease) => iri::DOID.iri(doid),
                (None, Some(chebi), _) => iri::CHEBI.iri(chebi),
                (None, None, _) => {
                    self.annotate(kind, &row.mention, None, seen);
                    continue;
                }
            };
            let list = match kind {
                EntityKind::Disease => &mut self.diseases,
                _ => &mut self.chemicals,
            };
            let position = seen_concepts.position(iri.clone(), list, || ConceptEntity {
                iri,
                mesh,
                others: Few::new(),
                names: Few::new(),
            });
            if let Some(concept) = list.get_mut(position) {
                concept.others.add(other);
                concept.names.add(row.name.as_deref());
            }
            self.annotate(kind, &row.mention, Some(position), seen);
        }
    }

    fn annotate(
        &mut self,
        kind: EntityKind,
        mention: &'r Mention<'_>,
        body: Option<usize>,
        seen: &mut SeenAnnotations<'r>,
    ) {
        let word = mention.word.as_ref();
        let (matched, source) = (mention.matched.as_deref(), mention.source.as_deref());
        let key = (kind, word, matched, source);
        let position = seen.position(key, &mut self.annotations, || Annotation {
            kind,
            word,
            matched,
            source,
            rows: 0,
            bodies: Few::new(),
        });
        if let Some(annotation) = self.annotations.get_mut(position) {
            annotation.rows += 1;
            annotation.bodies.add(body);
        }
    }
}

/// Kind, word, match and source.
type SeenAnnotations<'r> = Seen<(EntityKind, &'r str, Option<&'r str>, Option<&'r str>)>;

fn add_organism(organisms: &mut Vec<OrganismNode>, organism: OrganismNode) {
    if !organisms.iter().any(|known| known.iri == organism.iri) {
        organisms.push(organism);
    }
}

/// Adds a name to the description of an organism with this id; gives its IRI.
fn describe<'r>(
    list: &mut Vec<TaxonEntity<'r>>,
    template: Template,
    id: Cow<'r, str>,
    name: Option<&'r str>,
) -> Rc<str> {
    let position = list.iter().position(|taxon| taxon.id == id).unwrap_or_else(|| {
        let iri = template.iri(&id).into();
        list.push(TaxonEntity { iri, id, names: Few::new() });
        list.len() - 1
    });
    let Some(taxon) = list.get_mut(position) else { return Rc::default() };
    taxon.names.add(name);
    Rc::clone(&taxon.iri)
}
