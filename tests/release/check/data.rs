use std::fs;
use std::path::Path;

use crate::tamper::{CORE, LINKS, METADATA, QUADS, case, each_is_seen, gzip, replace, unpacked};

#[test]
fn the_check_sees_wrong_data() {
    let changed = |out: &Path, name: &str, (from, to): (&str, &str)| {
        replace(out, name, &gzip(&unpacked(out, name).replacen(from, to, 1)));
    };
    let gene = ("ncbigene/1>", "ncbigene/11>");
    let cases = vec![
        case(
            "no gzip",
            |out| fs::write(out.join(LINKS), "x").unwrap(),
            "FAILED checksums and sizes",
        ),
        case(
            "no syntax",
            |out| replace(out, LINKS, &gzip("<a> <b> .\n")),
            "FAILED syntax and counts",
        ),
        case(
            "a line less",
            |out| {
                let text = unpacked(out, LINKS);
                replace(out, LINKS, &gzip(text.split_once('\n').unwrap().1));
            },
            "pfocr-20261101-rdf-links.nt.gz: found ",
        ),
        case(
            "two members",
            |out| replace(out, LINKS, &[gzip(&unpacked(out, LINKS)), gzip("")].concat()),
            "found more than one gzip member",
        ),
        case(
            "part",
            |out| changed(out, LINKS, gene),
            "the file of quads is not the union of the parts",
        ),
        case("hash", |out| changed(out, LINKS, gene), "found the canonical hash "),
        case("quads", |out| changed(out, QUADS, gene), "the file of quads is not the union"),
        case(
            "metadata",
            |out| changed(out, METADATA, ("Paper", "Papers")),
            "the metadata are not those of the core part",
        ),
        case(
            "in two parts",
            |out| {
                let (core, links) = (unpacked(out, CORE), unpacked(out, LINKS));
                let (first, _) = core.split_once('\n').unwrap();
                let (_, rest) = links.split_once('\n').unwrap();
                replace(out, LINKS, &gzip(&format!("{first}\n{rest}")));
            },
            "1 triples stand in two parts, or twice in one",
        ),
        case(
            "shape",
            |out| {
                let text = unpacked(out, QUADS).replace("\"2020\"^^", "\"20\"^^");
                replace(out, QUADS, &gzip(&text));
            },
            "violates <https://pfocr.wikipathways.org/shapes/article-year-",
        ),
    ];
    each_is_seen("--turtle", cases);
}

const YEAR: &str = "/pmc/PMC1> <http://schema.org/datePublished>";
const WRONG: (&str, &str) = ("\"2020\"", "\"99920\"");

#[test]
fn the_check_sees_statements_that_are_not_with_their_record() {
    let moved = |out: &Path, what: &str, (from, to): (&str, &str)| {
        let text = unpacked(out, QUADS);
        let line = text.lines().find(|line| line.contains(what)).unwrap();
        let rest = text.replacen(&format!("{line}\n"), "", 1);
        replace(out, QUADS, &gzip(&format!("{rest}{}\n", line.replace(from, to))));
    };
    let order = "not in the order in which it is written, so it cannot be checked";
    let none = ("", "");
    let cases = vec![
        case("figure", |out| moved(out, "PMC1__f0> <http://schema.org/name>", none), order),
        case("page", |out| moved(out, "PMC1__f0.html> <http://schema.org/name>", none), order),
        case(
            "annotation",
            |out| moved(out, "hasTarget> <https://pfocr.wikipathways.org/figures/PMC1__f0>", none),
            order,
        ),
        // What several records can describe may stand in any of them, but must be right.
        case(
            "article",
            |out| moved(out, YEAR, WRONG),
            "<https://identifiers.org/pmc/PMC1> violates <https://pfocr.wikipathways.org/shapes/article-year",
        ),
    ];
    each_is_seen("", cases);
}
