#!/usr/bin/env python3
"""Measures our SHACL engine next to pySHACL: time and memory on the same figure-like records.

    pip install pyshacl==0.40.1
    .ci/pyshacl-benchmark.py [--records 500 5000]

Each engine is a process of its own that reads the files, validates and gives its report; the
shapes are those of benches/shacl.rs.
"""

import argparse
import os
import pathlib
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
SHAPES = ROOT / "benches/shapes.ttl"
PREFIXES = """@prefix schema: <http://schema.org/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
FIGURE = """<http://example.com/figures/PMC{n}__F1> a schema:ImageObject ;
  schema:identifier "PMC{n}__F1" ; schema:name "Signalling in case {n}"@en ;
  schema:caption "Case {n}. A pathway leads to another one." ; schema:width 1200 ;
  schema:isPartOf <http://example.com/articles/PMC{n}> ; schema:encodingFormat "image/jpeg" .
<http://example.com/articles/PMC{n}> a schema:ScholarlyArticle ; schema:identifier "PMC{n}" ;
  schema:name "On the signalling of case {n} in cells" ;
  schema:datePublished "2019"^^xsd:gYear ; schema:sameAs <https://doi.org/10.1000/{n}> ;
  schema:hasPart <http://example.com/figures/PMC{n}__F1> .
"""
GENE = """<http://example.com/figures/PMC{n}__F1> schema:about <https://identifiers.org/ncbigene/{gene}> .
<https://identifiers.org/ncbigene/{gene}> a schema:Gene ; schema:identifier "{gene}" .
<http://example.com/figures/PMC{n}__F1#a{gene}> a oa:Annotation ; oa:bodyValue "TP53" ;
  oa:hasBody <https://identifiers.org/ncbigene/{gene}> ; oa:motivatedBy oa:identifying ;
  oa:hasTarget <http://example.com/figures/PMC{n}__F1> .
"""
PYSHACL = """
import sys, pyshacl
conforms, _, _ = pyshacl.validate(sys.argv[2], shacl_graph=sys.argv[1], inference="none",
    data_graph_format="turtle", shacl_graph_format="turtle")
sys.exit(0 if conforms else 1)
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--records", type=int, nargs="+", default=[500, 5_000])
    arguments = parser.parse_args()
    command = ["cargo", "build", "--quiet", "--release", "--example", "shacl_report"]
    subprocess.run(command, cwd=ROOT, check=True)
    ours = [ROOT / "target/release/examples/shacl_report"]
    print("records  engine   seconds  MiB")
    for records in arguments.records:
        with tempfile.TemporaryDirectory() as folder:
            data = pathlib.Path(folder) / "data.ttl"
            data.write_text(PREFIXES + "".join(map(record, range(records))))
            for name, engine in [("ours", ours), ("pySHACL", [sys.executable, "-c", PYSHACL])]:
                seconds, memory = measure([*engine, SHAPES, data])
                print(f"{records:7}  {name:8} {seconds:7.2f} {memory:4.0f}")


def record(number):
    genes = (number * 7 % 20_000 + position for position in range(4))
    return FIGURE.format(n=number) + "".join(GENE.format(n=number, gene=gene) for gene in genes)


def measure(command):
    """The seconds and the largest memory of a process; its verdict must be that all conforms."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        raise SystemExit(f"{command[0]} ended with status {status}")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


if __name__ == "__main__":
    main()
