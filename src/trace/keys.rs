use crate::raw::{Creator, InlineConcept, InlineGene, JsonLd, Kind, TOP_LEVEL_KEYS};
use crate::source::IdMaps;

/// The keys of all values that a record of any generation can have, each once.
///
/// ```
/// let keys = pfocr2rdf::trace::keys();
/// for key in ["year", "schema-jsonld: license", "genes: entrez", "genes: ncbigene_id"] {
///     assert!(keys.iter().any(|known| known == key));
/// }
/// ```
#[must_use]
pub fn keys() -> Vec<String> {
    let outer = ["schema-jsonld", "genes", "chemicals", "diseases"];
    let top = TOP_LEVEL_KEYS.iter().filter(|key| !outer.contains(key));
    let mut keys: Vec<String> = top.map(|key| (*key).to_owned()).collect();
    let mut add = |section: &str, names: &[&str]| {
        for key in names.iter().map(|name| format!("{section}: {name}")) {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
    };
    let json_ld: Vec<_> = JsonLd::KEYS.iter().copied().filter(|key| *key != "creator").collect();
    add("schema-jsonld", &json_ld);
    add("schema-jsonld: creator", Creator::KEYS);
    for kind in Kind::ALL {
        let inline = if kind == Kind::Genes { InlineGene::KEYS } else { InlineConcept::KEYS };
        let (written, others) = kind.columns();
        for names in [inline, written, others] {
            add(kind.as_str(), names);
        }
    }
    keys.extend(IdMaps::TABLES.map(str::to_owned));
    keys
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mapping;

    #[test]
    fn every_key_is_read_by_a_rule_or_dropped() {
        for key in keys() {
            let is_read = mapping::rules().any(|rule| rule.keys().any(|read| read == key));
            assert_ne!(is_read, mapping::dropped(&key).is_some(), "{key}");
        }
    }
}
