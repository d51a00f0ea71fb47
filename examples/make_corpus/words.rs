//! What texts, names and numbers are made of.

use fastrand::Rng;

const WORDS: &[&str] = &[
    "binding",
    "cell",
    "the",
    "of",
    "growth",
    "in",
    "nuclear",
    "kinase",
    "and",
    "pathway",
    "by",
    "activates",
    "receptor",
    "a",
    "inhibits",
    "which",
    "signal",
    "is",
    "membrane",
    "to",
    "factor",
    "β-catenin",
    "(A)",
    "transcription",
    "arrows",
    "show",
    "apoptosis",
    "NF-κB",
    "Ca2+",
    "levels",
];

/// Taxon, name and group; the first is the one that most figures are about.
pub(crate) const ORGANISMS: &[(&str, &str, &str)] = &[
    ("9606", "Homo sapiens", "Vertebrates"),
    ("10090", "Mus musculus", "Vertebrates"),
    ("10116", "Rattus norvegicus", "Vertebrates"),
    ("3702", "Arabidopsis thaliana", "Plants"),
    ("7227", "Drosophila melanogaster", "Invertebrates"),
];

/// How many genes an organism has.
const GENES: u64 = 20_000;

pub(crate) fn sentence(random: &mut Rng, words: usize) -> String {
    let words: Vec<&str> = (0..words).filter_map(|_| random.choice(WORDS).copied()).collect();
    words.join(" ")
}

/// Some genes are in many figures, and most in few: four of five genes of the first thirty figures
/// come for the first time.
pub(crate) fn gene(random: &mut Rng) -> u64 {
    let number = random.u64(..GENES);
    1 + (0..4).fold(number, |product, _| product * number / GENES)
}

/// The position of an organism.
pub(crate) fn organism(random: &mut Rng) -> usize {
    if random.u8(..3) > 0 { 0 } else { random.usize(..ORGANISMS.len()) }
}
