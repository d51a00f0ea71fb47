use crate::iri;

/// A dataset that the triples link to.
///
/// ```
/// use pfocr2rdf::statistics::Target;
///
/// let gene = Target::of("https://identifiers.org/ncbigene/207").unwrap();
/// assert_eq!(gene.title(), "NCBI Gene");
/// assert!(Target::of("https://pfocr.wikipathways.org/figures/PMC1__f").is_none());
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Target(usize);

/// What is known of each dataset.
struct Known {
    name: &'static str,
    title: &'static str,
    homepage: &'static str,
    /// What the IRIs of its things begin with.
    prefixes: &'static [&'static str],
}

macro_rules! known {
    ($( $name:literal $title:literal $homepage:literal $($template:ident)+; )+) => {
        const ALL: &[Known] = &[$( Known {
            name: $name,
            title: $title,
            homepage: $homepage,
            prefixes: &[$( iri::$template.prefix() ),+],
        } ),+];
    };
}

known! {
    "ncbigene" "NCBI Gene" "https://www.ncbi.nlm.nih.gov/gene" GENE GENE_HTTP;
    "mesh" "Medical Subject Headings" "https://www.nlm.nih.gov/mesh/" MESH MESH_IDENTIFIERS;
    "chebi" "ChEBI" "https://www.ebi.ac.uk/chebi/" CHEBI CHEBI_IDENTIFIERS;
    "doid" "Disease Ontology" "https://disease-ontology.org/" DOID;
    "ncbitaxon" "NCBI Taxonomy" "https://www.ncbi.nlm.nih.gov/taxonomy" TAXON TAXON_IDENTIFIERS;
    "pmc" "PubMed Central" "https://pmc.ncbi.nlm.nih.gov/" ARTICLE;
    "doi" "DOI" "https://www.doi.org/" DOI;
    "pubmed" "PubMed" "https://pubmed.ncbi.nlm.nih.gov/" PUBMED;
    "wikipathways" "WikiPathways" "https://www.wikipathways.org/" PATHWAY;
    "uniprot" "UniProt" "https://www.uniprot.org/" GENE_UNIPROT TAXON_UNIPROT;
}

impl Target {
    /// All datasets.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..ALL.len()).map(Self)
    }

    /// The dataset that an IRI is of.
    #[must_use]
    pub fn of(iri: &str) -> Option<Self> {
        let is_of = |known: &Known| known.prefixes.iter().any(|prefix| iri.starts_with(prefix));
        ALL.iter().position(is_of).map(Self)
    }

    /// A short name, as `ncbigene`.
    #[must_use]
    pub fn name(self) -> &'static str {
        ALL.get(self.0).map_or("", |known| known.name)
    }

    /// What people call it.
    #[must_use]
    pub fn title(self) -> &'static str {
        ALL.get(self.0).map_or("", |known| known.title)
    }

    /// The IRI of its page.
    #[must_use]
    pub fn homepage(self) -> &'static str {
        ALL.get(self.0).map_or("", |known| known.homepage)
    }
}
