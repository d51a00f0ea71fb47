//! The small subset: figures, their pages and articles, without what the figures show.

use crate::iri;

/// What the IRIs of the entities that figures show begin with.
const ENTITIES: [&str; 6] = [
    iri::GENE.prefix(),
    iri::MESH.prefix(),
    iri::CHEBI.prefix(),
    iri::DOID.prefix(),
    iri::TAXON.prefix(),
    iri::ORGANISM.prefix(),
];

/// Whether a line of the core part, in N-Triples, is of the subset: it neither describes an entity
/// nor says that something mentions one.
pub(super) fn contain(line: &[u8]) -> bool {
    let Some(line) = line.strip_prefix(b"<") else { return false };
    if ENTITIES.iter().any(|entity| line.starts_with(entity.as_bytes())) {
        return false;
    }
    // Neither the subject nor the predicate has a space.
    let predicate = line.split(|byte| *byte == b' ').nth(1).unwrap_or_default();
    !predicate.ends_with(b"://schema.org/mentions>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_and_articles_stay() {
        fn t(line: &str, expected: bool) {
            assert_eq!(contain(line.as_bytes()), expected, "{line}");
        }
        let figure = "<https://pfocr.wikipathways.org/figures/PMC1__f>";
        let gene = "<https://identifiers.org/ncbigene/1>";
        t(&format!("{figure} <http://schema.org/name> \"mentions> x\"@en .\n"), true);
        t(&format!("{figure} <http://schema.org/mentions> {gene} .\n"), false);
        t(&format!("{figure} <https://schema.org/mentions> {gene} .\n"), false);
        t(&format!("{gene} <http://schema.org/name> \"A1BG\" .\n"), false);
        t("<https://pfocr.wikipathways.org/#organism-x> <http://schema.org/name> \"x\" .\n", false);
        t(
            "<https://pfocr.wikipathways.org/#journal-x> <http://schema.org/name> \"x\"@en .\n",
            true,
        );
        t("<https://identifiers.org/pmc/PMC1> <http://schema.org/name> \"x\"@en .\n", true);
    }
}
