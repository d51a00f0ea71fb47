//! Terms of the [WikiPathways vocabulary](https://vocabularies.wikipathways.org/).

vocab! {
    "wp", "http://vocabularies.wikipathways.org/wp#", "WikiPathways",
    "The same genes, chemicals and diseases in the shape of the RDF of WikiPathways.";

    /// A gene or what is made from it: DNA, RNA or protein.
    GENE_PRODUCT "GeneProduct";
    /// A chemical in a pathway, whether or not it is turned over there.
    METABOLITE "Metabolite";
    /// The chemical in ChEBI.
    BDB_CHEBI "bdbChEBI";
    /// The gene in NCBI Gene, once Entrez Gene.
    BDB_ENTREZ_GENE "bdbEntrezGene";
    /// The gene among the symbols of the HUGO Gene Nomenclature Committee.
    BDB_HGNC_SYMBOL "bdbHgncSymbol";
    /// A disease of the Human Disease Ontology that a pathway or figure has to do with.
    DISEASE_ONTOLOGY_TAG "diseaseOntologyTag";
    /// A term of an ontology that a pathway or figure is tagged with.
    ONTOLOGY_TAG "ontologyTag";
    /// The organism of a pathway or figure.
    ORGANISM "organism";
    /// The scientific name of that organism.
    ORGANISM_NAME "organismName";
}
