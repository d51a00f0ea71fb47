//! The record of a figure.

use fastrand::Rng;

use crate::table::Tables;
use crate::words::{ORGANISMS, gene, organism, sentence};
use crate::yaml::{entry, item};

/// How missing values are written.
const MISSING: &[&str] = &["", "NA", ".na.character"];

/// What the records of one time have in common; see the README.
#[derive(Clone, Copy, Eq, PartialEq)]
pub(crate) enum Generation {
    G1,
    G2,
    G3,
    G4,
    G5,
}

/// A figure and its article.
pub(crate) struct Figure {
    index: u64,
    pub(crate) generation: Generation,
    pub(crate) figid: String,
    pmcid: String,
    caption: String,
    title: String,
}

impl Generation {
    /// One record in eight is of the first three, as many of the fourth as of the fifth.
    fn of(index: u64) -> Self {
        match index % 24 {
            0 => Self::G1,
            8 => Self::G2,
            16 => Self::G3,
            number if number.is_multiple_of(2) => Self::G4,
            _ => Self::G5,
        }
    }
}

impl Figure {
    pub(crate) fn new(index: u64, random: &mut Rng) -> Self {
        let pmcid = format!("PMC{}", 100_000 + index * 6 / 7);
        let figid = format!("{pmcid}__{}", file(index, random));
        let words = random.usize(30..235);
        let (caption, title) = (caption(index, words, random), sentence(random, 9));
        Self { index, generation: Generation::of(index), figid, pmcid, caption, title }
    }

    /// The front matter, with the rows of the tables in the generations that have them there.
    pub(crate) fn front_matter(&self, tables: Option<&Tables>, random: &mut Rng) -> String {
        let article = self.article(random);
        let keys: &[&str] = match self.generation {
            Generation::G1 | Generation::G2 => &[
                "figid figlink number caption pmcid papertitle reftext pmc_ranked_result_index",
                "pathway_score filename figtitle year organisms ndex annotations seo",
            ],
            Generation::G3 => &[
                "figid figtitle organisms pmcid filename figlink number caption papertitle reftext",
                "year doi journal_title journal_nlm_ta publisher_name keywords automl_pathway",
                "figid_alias figtype organisms_ner redirect_from ndex seo",
            ],
            Generation::G4 | Generation::G5 => &[
                "figid figtitle organisms organisms_ner pmcid filename figlink number caption",
                "papertitle reftext year doi journal_title journal_nlm_ta publisher_name keywords",
                "automl_pathway figid_alias figtype redirect_from ndex seo",
            ],
        };
        let mut yaml = String::from("---\n");
        for key in keys.iter().flat_map(|keys| keys.split(' ')) {
            let entry = self.value(key, random).or_else(|| value_of(&article, key));
            yaml.push_str(&entry.unwrap_or_default());
        }
        yaml.push_str(&self.json_ld(random));
        if let Some(tables) = tables {
            yaml.push_str(&tables.front_matter());
        }
        if self.generation == Generation::G2 {
            let keys = ["figid_alias", "redirect_from", "figtype"];
            yaml.extend(keys.iter().filter_map(|key| self.value(key, random)));
        }
        yaml + "---\n"
    }

    /// The entry of a key that is about the figure.
    fn value(&self, key: &str, random: &mut Rng) -> Option<String> {
        let Self { index, figid, pmcid, .. } = self;
        let number = index % 9 + 1;
        let entry = |text: &str| Some(entry(0, key, text));
        match key {
            "figid" => entry(figid),
            "figlink" => entry(&self.figlink(number)),
            "number" if self.generation != Generation::G1 => entry(&format!("F{number}")),
            "number" if index.is_multiple_of(48) => entry(""),
            "number" => entry(&format!("Figure {number}")),
            "caption" => entry(&self.caption),
            "pmcid" => entry(pmcid),
            "pmc_ranked_result_index" => entry(&random.u32(..80_000).to_string()),
            "pathway_score" | "automl_pathway" => {
                Some(format!("{key}: 0.{}\n", random.u32(500_000..999_999)))
            }
            "filename" => entry(&format!("{figid}.jpg")),
            "figtitle" => entry(&self.title),
            "organisms" | "organisms_ner" => Some(self.organisms(key, random)),
            "figid_alias" => entry(&format!("{pmcid}__F{number}")),
            "redirect_from" => entry(&format!("/figures/{pmcid}__F{number}")),
            "figtype" => entry("Figure"),
            "ndex" => entry(""),
            "annotations" => Some(format!("{key}: []\n")),
            "seo" => entry("CreativeWork"),
            _ => None,
        }
    }

    /// The entries of keys that are about the article.
    fn article(&self, random: &mut Rng) -> Vec<(&'static str, String)> {
        let (index, journal) = (self.index, random.u32(..400));
        let missing = random.choice(MISSING).copied().unwrap_or_default();
        let is_known = self.generation == Generation::G5 || !index.is_multiple_of(4);
        let or_missing = |text: String| if is_known { text } else { missing.to_owned() };
        let keywords: Vec<_> = (0..random.u32(1..6)).map(|_| sentence(random, 2)).collect();
        let texts = [
            ("papertitle", format!("{}.", sentence(random, 14))),
            ("reftext", format!("Ann Author, et al. J Toy {journal}. 2019 Mar 22;1(2):{index}.")),
            ("year", (2000 + index % 24).to_string()),
            ("doi", or_missing(format!("10.{}/toy({index})", 1000 + journal))),
            ("journal_title", or_missing(format!("Journal of Toy {journal}"))),
            ("journal_nlm_ta", or_missing(format!("J Toy {journal}"))),
            ("publisher_name", or_missing(format!("Toy Press {}", journal % 40))),
            ("keywords", keywords.join(" | ")),
        ];
        let is_block = index % 59 == 4;
        let entry = |(key, text): (&'static str, String)| match key {
            "keywords" if is_block => {
                (key, format!("{key}: |-\n  {}\n", text.replace(" | ", " |\n  ")))
            }
            _ => (key, entry(0, key, &text)),
        };
        texts.map(entry).into()
    }

    /// Most begin and end with a slash, some lead elsewhere.
    fn figlink(&self, number: u64) -> String {
        let pmcid = if self.index % 211 == 5 { "PMC99999" } else { &self.pmcid };
        let link = format!("/pmc/articles/{pmcid}/figure/F{number}/");
        let link = match self.index % 7 {
            1 => link.trim_start_matches('/'),
            2 => link.trim_end_matches('/'),
            _ => link.as_str(),
        };
        link.to_owned()
    }

    fn organisms(&self, key: &str, random: &mut Rng) -> String {
        let name = |random: &mut Rng| ORGANISMS.get(organism(random)).map_or("", |o| o.1);
        if self.generation == Generation::G1 {
            return entry(0, key, name(random));
        }
        let often = if key == "organisms" { 5 } else { 2 };
        let is_missing = self.index.is_multiple_of(often);
        let mut names = vec![if is_missing { "NA" } else { name(random) }];
        match self.index % 37 {
            6 => names.push("herbal medicine"),
            7 => names.push("NA"),
            _ => {}
        }
        let items = names.into_iter().map(|name| item(0, name));
        format!("{key}:\n{}", items.collect::<String>())
    }

    fn json_ld(&self, random: &mut Rng) -> String {
        let page = format!("https://pfocr.wikipathways.org/figures/{}.html", self.figid);
        let mut yaml = String::from("schema-jsonld:\n");
        for (key, text) in [
            ("'@context'", "https://schema.org/"),
            ("'@id'", &page),
            ("'@type'", "Dataset"),
            ("description", &self.caption),
            ("license", "CC0"),
            ("name", "CreativeWork"),
        ] {
            yaml.push_str(&entry(2, key, text));
        }
        yaml.push_str(
            "  creator:\n    '@type': Organization\n    name: WikiPathways\n  keywords:\n",
        );
        for _ in 0..random.u32(5..40) {
            yaml.push_str(&item(2, &format!("GEN{}", gene(random))));
        }
        match self.index % 31 {
            3 => yaml.push_str(&item(2, ".na.character")),
            4 => yaml.push_str(&item(2, "NO")),
            5 => yaml.push_str(&item(2, "Me  Me ")),
            _ => {}
        }
        yaml
    }
}

fn value_of(entries: &[(&str, String)], key: &str) -> Option<String> {
    let entry = entries.iter().find(|(of, _)| *of == key);
    entry.map(|(_, entry)| entry.clone())
}

/// The last part of a figid, with dots in some.
fn file(index: u64, random: &mut Rng) -> String {
    match index % 4 {
        0 => format!("pcbi.{:07}.g{:03}", random.u32(..9_999_999), index % 12 + 1),
        1 => format!("{}_2019_{}_Fig{}_HTML", random.u32(10_000..50_000), index, index % 9 + 1),
        _ => format!("gr{}-{index}", index % 9 + 1),
    }
}

/// A caption; some have what needs quotes, or what is cleaned.
fn caption(index: u64, words: usize, random: &mut Rng) -> String {
    let text = sentence(random, words);
    let insert = |between: &str| {
        let (start, end) = text.split_at(text.find(' ').unwrap_or(text.len()));
        format!("{start}{between}{}", end.trim_start())
    };
    if index % 61 == 7 {
        insert(" Ca\u{FEFF}2+ ")
    } else if index % 67 == 9 {
        insert("\u{2028}")
    } else if index % 29 == 5 {
        insert("  ")
    } else if index % 10 == 3 {
        insert(": the cell's ")
    } else {
        text
    }
}
