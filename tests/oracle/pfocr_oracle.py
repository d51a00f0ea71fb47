#!/usr/bin/env python3
"""A second reading of the mapping, written from its contract and not from the Rust code.

Reads PFOCR records with their tables and prints the quads that the contract asks for: canonical
N-Quads, sorted by bytes, each once. It reports no diagnostics: a broken record or row is left out.

INPUT is a directory with _figures and _data, a directory with records, or one record.
"""

import argparse
import csv
import gzip
import re
import sys
from pathlib import Path

from mapping import Mapper, Options, Quads
from records import RECORD_SUFFIXES, Tables, front_matter
from terms import PARTS, PREFIXES, SITE, clean, text


def read_taxa(names_dmp):
    """Taxon ids by organism name: the bundled table first, then the scientific names of NCBI."""
    bundled = (Path(__file__).parent / "organisms.tsv").read_text("utf-8").splitlines()[1:]
    taxa = {name: taxid for taxid, name in (line.split("\t") for line in bundled)}
    for line in Path(names_dmp).read_text("utf-8").split("\n") if names_dmp else []:
        taxid, name, _, name_class, *_ = [*line.split("\t|"), "", "", ""]
        if name_class.strip("\t") == "scientific name":
            taxa.setdefault(text(name), taxid)
    return taxa


def read_pmc_ids(path):
    if not path:
        return {}
    with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8-sig") as file:
        return {
            row["PMCID"]: (clean(row["PMID"]), clean(row["DOI"])) for row in csv.DictReader(file)
        }


def find_records(source):
    if source.is_file():
        return [source], source.parent
    folder = source / "_figures" if (source / "_figures").is_dir() else source
    records = [path for path in folder.iterdir() if path.suffix in RECORD_SUFFIXES]
    return sorted(records, key=lambda path: path.name.encode()), folder


def convert(source, data, options):
    records, folder = find_records(source)
    everything = [path for path in folder.iterdir() if path.suffix in RECORD_SUFFIXES]
    tables = Tables(Path(data) if data else folder / ".." / "_data", everything)
    quads, seen = Quads(), set()
    for path in records:
        fields = front_matter(path) or {}
        figid = re.sub(r"\.jpe?g$", "", clean(fields.get("figid")) or "")
        if figid and figid not in seen:
            seen.add(figid)
            Mapper(quads, options, fields, figid).run(tables)
    return quads


def arguments(argv):
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("input", type=Path)
    parser.add_argument("--parts", default=",".join(PARTS))
    parser.add_argument("--data")
    parser.add_argument("--no-captions", dest="captions", action="store_false")
    parser.add_argument("--schema-base", choices=["http", "https"], default="http")
    parser.add_argument(
        "--image-url", default="https://europepmc.org/articles/{pmcid}/bin/{filename}"
    )
    parser.add_argument("--taxonomy")
    parser.add_argument("--pmc-ids")
    return parser.parse_args(argv)


def main(argv):
    """The lines of N-Quads for these arguments, in the order of their bytes."""
    args = arguments(argv)
    PREFIXES["schema"] = f"{args.schema_base}://schema.org/"
    taxa, pmc_ids = read_taxa(args.taxonomy), read_pmc_ids(args.pmc_ids)
    quads = convert(args.input, args.data, Options(args.captions, args.image_url, taxa, pmc_ids))
    graphs = tuple(f" <{SITE}graph/{part}> ." for part in args.parts.split(","))
    return sorted((quad for quad in quads if quad.endswith(graphs)), key=str.encode)


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    for quad_line in main(sys.argv[1:]):
        print(quad_line)
