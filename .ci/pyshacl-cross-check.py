#!/usr/bin/env python3
"""Compares our SHACL engine with pySHACL on random shapes and data.

Both must find the same results: the multiset of focus node, path, constraint component and value.
The pairs come from a grammar over SHACL Core with a fixed seed. Faults of pySHACL are listed in
FAULTS, with the paragraph of the specification; the grammar keeps away from them, and any
difference is an error.

    pip install pyshacl==0.40.1
    .ci/pyshacl-cross-check.py [--pairs 400] [--seed 1] [--keep FOLDER]
"""

import argparse
import collections
import logging
import pathlib
import random
import re
import subprocess
import sys
import tempfile

import pyshacl
import rdflib
from rdflib import RDF, SH, XSD

logging.disable(logging.CRITICAL)

ROOT = pathlib.Path(__file__).resolve().parent.parent
PREFIXES = """@prefix : <http://example.com/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
NODES = [f":n{number}" for number in range(6)]
CLASSES = [":C0", ":C1", ":C2"]
PREDICATES = [":p0", ":p1", ":p2"]
DATATYPES = ["xsd:integer", "xsd:string", "rdf:langString", "xsd:byte", "xsd:decimal"]
NODE_KINDS = ["IRI", "Literal", "BlankNode", "IRIOrLiteral", "BlankNodeOrIRI", "BlankNodeOrLiteral"]
PATTERNS = ["^[a-z ]+$", "n[0-3]", "[0-9]", "TEXT"]
LITERALS = [
    "1", "2", "-3", "2.0", "2.50", '"1.5e0"^^xsd:double', '"x"^^xsd:integer', '"300"^^xsd:byte',
    '"a"', '"text"', '"two words"', '"a"@en', '"b"@en', '"c"@en-GB', '"d"@de', "true",
    '"2020-01-01"^^xsd:date',
]
# What can be compared, by predicate: the values of :q0 with those of :q1, and of :d0 with :d1.
NUMBERS = [
    "1", "2", "-3", "2.0", "2.50", "0.1", '"1.5e0"^^xsd:double', '"7"^^xsd:byte',
    "12345678901234567890",
]
DATES = ['"2020-01-01"^^xsd:date', '"2021-06-30"^^xsd:date', '"1999-12-31"^^xsd:date']
ORDERED = {":q0": NUMBERS, ":q1": NUMBERS, ":d0": DATES, ":d1": DATES}

# Faults of pySHACL 0.40.1: the paragraph of https://www.w3.org/TR/shacl/, shapes, data, and the
# results that the specification asks for.
FAULTS = [
    (
        "2.3.1.4: the inverse of a sequence goes from its end to its start",
        ":s sh:targetNode :n0 ; sh:path [ sh:inversePath ( :p0 :p1 ) ] ; sh:maxCount 0 .",
        ":n2 :p0 :n1 . :n1 :p1 :n0 .",
        [(":n0", "inversePath[(:p0 :p1)]", "MaxCountConstraintComponent", "-")],
    ),
    (
        "4.5.3: IRIs cannot be compared with <, so none is less than another one",
        ":s sh:targetNode :n0 ; sh:path :p0 ; sh:lessThan :p1 .",
        ":n0 :p0 :n1 ; :p1 :n2 .",
        [(":n0", ":p0", "LessThanConstraintComponent", ":n1")],
    ),
    (
        "4.5.4: texts with a language cannot be compared with <=",
        ":s sh:targetNode :n0 ; sh:path :p0 ; sh:lessThanOrEquals :p1 .",
        ':n0 :p0 "a"@en ; :p1 "b"@en .',
        [(":n0", ":p0", "LessThanOrEqualsConstraintComponent", '"a"@en')],
    ),
    (
        "4.3.2: a number is not greater than a truth value: they cannot be compared",
        ":s sh:targetNode :n0 ; sh:path :p0 ; sh:minInclusive true .",
        ":n0 :p0 2.5 .",
        [(":n0", ":p0", "MinInclusiveConstraintComponent", '"2.5"^^xsd:decimal')],
    ),
    (
        "4.3.3: an ill-formed number is not less than another one: they cannot be compared",
        ":s sh:targetNode :n0 ; sh:path :p0 ; sh:maxExclusive 2.0 .",
        ':n0 :p0 "300"^^xsd:byte .',
        [(":n0", ":p0", "MaxExclusiveConstraintComponent", '"300"^^xsd:byte')],
    ),
    (
        "4.4.5: only true asks for unique languages, 1 does not",
        ':s sh:targetNode :n0 ; sh:path :p0 ; sh:uniqueLang "1"^^xsd:boolean .',
        ':n0 :p0 "a"@en , "b"@en .',
        [],
    ),
]


class Grammar:
    """Random Turtle."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def data(self):
        lines = [":C1 rdfs:subClassOf :C0 ."]
        for _ in range(self.random.randint(5, 30)):
            subject = self.random.choice(NODES)
            if self.random.random() < 0.25:
                lines.append(f"{subject} a {self.random.choice(CLASSES)} .")
            else:
                predicate = self.random.choice(PREDICATES + list(ORDERED))
                value = self.random.choice(ORDERED.get(predicate) or [self.value()])
                lines.append(f"{subject} {predicate} {value} .")
        return "\n".join(lines)

    def value(self):
        return self.random.choice(NODES if self.random.random() < 0.4 else LITERALS)

    def shapes(self):
        shapes = []
        for number in range(self.random.randint(1, 4)):
            target = self.random.choice([
                f"sh:targetClass {self.random.choice(CLASSES)}",
                f"sh:targetNode {self.random.choice(NODES)}",
                f"sh:targetSubjectsOf {self.random.choice(PREDICATES)}",
                f"sh:targetObjectsOf {self.random.choice(PREDICATES)}",
            ])
            shapes.append(f":s{number} {target} ; {self.shape(3)} .")
        return "\n".join(shapes)

    def shape(self, depth):
        """The inside of a node shape, or of a property shape."""
        if self.random.random() < 0.3:
            return self.property(depth)
        return f"a sh:NodeShape ; {self.constraints(depth, [])}"

    def property(self, depth):
        own = [
            lambda: f"sh:minCount {self.random.randint(0, 2)}",
            lambda: f"sh:maxCount {self.random.randint(0, 2)}",
            lambda: "sh:uniqueLang true",
            lambda: self.qualified(depth),
        ]
        return f"sh:path {self.path(2)} ; {self.constraints(depth, own)}"

    def ordered(self):
        """A property shape for values that can be compared."""
        [one, other] = self.random.choice([[":q0", ":q1"], [":d0", ":d1"]])
        terms = ["minInclusive", "minExclusive", "maxInclusive", "maxExclusive"]
        kinds = [f"sh:{term} {self.random.choice(ORDERED[one])}" for term in terms]
        kinds += [f"sh:{term} {other}" for term in ["lessThan", "lessThanOrEquals"]]
        constraints = self.random.sample(kinds, self.random.randint(1, 3))
        return f"sh:path {one} ; {' ; '.join(constraints)}"

    def qualified(self, depth):
        bound = self.random.choice(["sh:qualifiedMinCount", "sh:qualifiedMaxCount"])
        disjoint = self.random.choice(["", " ; sh:qualifiedValueShapesDisjoint true"])
        shape = f"[ {self.constraints(depth - 1, [])} ]"
        count = self.random.randint(0, 2)
        return f"sh:qualifiedValueShape {shape} ; {bound} {count}{disjoint}"

    def constraints(self, depth, more):
        kinds = self.simple() + more + (self.nested(depth) if depth > 0 else [])
        chosen = self.random.sample(kinds, self.random.randint(1, 3))
        return " ; ".join(kind() for kind in chosen)

    def simple(self):
        choice = self.random.choice
        return [
            lambda: f"sh:class {choice(CLASSES)}",
            lambda: f"sh:datatype {choice(DATATYPES)}",
            lambda: f"sh:nodeKind sh:{choice(NODE_KINDS)}",
            lambda: f"sh:minLength {self.random.randint(0, 25)}",
            lambda: f"sh:maxLength {self.random.randint(0, 25)}",
            lambda: f"sh:pattern '{choice(PATTERNS)}' ; sh:flags 'i'",
            lambda: "sh:languageIn ( " + choice(['"en"', '"de" "en-GB"', '"*"']) + " )",
            lambda: f"sh:in ( {' '.join(dict.fromkeys(self.value() for _ in range(5)))} )",
            lambda: f"sh:hasValue {self.value()}",
            lambda: f"sh:equals {choice(PREDICATES)}",
            lambda: f"sh:disjoint {choice(PREDICATES)}",
            lambda: f"sh:deactivated {choice(['true', 'false', 'false', 'false'])}",
        ]

    def nested(self, depth):
        shape = lambda: f"[ {self.shape(depth - 1)} ]"
        node = lambda: f"[ {self.constraints(depth - 1, [])} ]"
        ignored = lambda: self.random.choice(PREDICATES)
        members = lambda: " ".join(shape() for _ in range(self.random.randint(1, 3)))
        return [
            lambda: f"sh:not {shape()}",
            lambda: f"sh:node {node()}",
            lambda: f"sh:and ( {members()} )",
            lambda: f"sh:or ( {members()} )",
            lambda: f"sh:xone ( {members()} )",
            lambda: f"sh:property [ {self.property(depth - 1)} ]",
            lambda: f"sh:property [ {self.ordered()} ]",
            lambda: f"sh:property [ {self.property(depth - 1)} ] , [ {self.property(depth - 1)} ]",
            lambda: f"sh:closed true ; sh:ignoredProperties ( rdf:type {ignored()} )",
        ]

    def path(self, depth):
        predicate = self.random.choice(PREDICATES)
        if depth == 0 or self.random.random() < 0.5:
            return predicate
        inner = self.path(depth - 1)
        return self.random.choice([
            f"[ sh:inversePath {predicate} ]",
            f"( {inner} {self.path(depth - 1)} )",
            f"[ sh:alternativePath ( {inner} {self.path(depth - 1)} ) ]",
            f"[ sh:zeroOrMorePath {inner} ]",
            f"[ sh:oneOrMorePath {inner} ]",
            f"[ sh:zeroOrOnePath {inner} ]",
        ])


def results(graph):
    """The results of a report, those inside others left out."""
    found = collections.Counter()
    for result in graph.objects(predicate=SH.result):
        value = lambda predicate: graph.value(result, predicate)
        component = str(value(SH.sourceConstraintComponent)).rsplit("#")[-1]
        path = show(graph, value(SH.resultPath))
        found[(term(value(SH.focusNode)), path, component, term(value(SH.value)))] += 1
    return found


def term(node):
    """A term as text; language tags are the same in any case."""
    if node is None:
        return "-"
    if isinstance(node, rdflib.Literal) and node.language:
        node = rdflib.Literal(str(node), lang=node.language.lower())
    text = re.sub(rf"<{XSD}(\w+)>", r"xsd:\1", node.n3())
    return re.sub(r"<http://example.com/(\w+)>", r":\1", text)


def show(graph, path):
    """A path as text: blank nodes have no name of their own."""
    if not isinstance(path, rdflib.BNode):
        return term(path)
    if (path, RDF.first, None) in graph:
        return "(" + " ".join(show(graph, part) for part in graph.items(path)) + ")"
    [(predicate, inner)] = graph.predicate_objects(path)
    return f"{predicate.rsplit('#')[-1]}[{show(graph, inner)}]"


def parse(**source):
    """Reads a graph with the lexical forms as they are; pySHACL always switches that off."""
    rdflib.NORMALIZE_LITERALS = False
    return rdflib.Graph().parse(**source)


def ours(program, shapes, data):
    run = subprocess.run([program, shapes, data], capture_output=True, text=True, check=False)
    if run.returncode not in (0, 1):
        raise SystemExit(f"{shapes}: {run.stderr}")
    return results(parse(data=run.stdout, format="nt"))


def theirs(shapes, data):
    graphs = [parse(source=file, format="turtle") for file in (data, shapes)]
    _, report, text = pyshacl.validate(graphs[0], shacl_graph=graphs[1], inference="none")
    if not isinstance(report, rdflib.Graph):
        raise SystemExit(f"{shapes}: pySHACL fails: {text}")
    return results(report)


def build():
    command = ["cargo", "build", "--quiet", "--release", "--example", "shacl_report"]
    subprocess.run(command, cwd=ROOT, check=True)
    return ROOT / "target/release/examples/shacl_report"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--pairs", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=pathlib.Path, help="a folder for the pairs")
    arguments = parser.parse_args()
    program = build()
    with tempfile.TemporaryDirectory() as folder:
        folder = arguments.keep or pathlib.Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        return compare(program, folder, arguments)


def compare(program, folder, arguments):
    wrong = check_faults(program, folder)
    total = 0
    for number in range(arguments.pairs):
        grammar = Grammar(arguments.seed * 1_000_003 + number)
        files = write(folder, number, grammar.shapes(), grammar.data())
        left, right = ours(program, *files), theirs(*files)
        total += left.total()
        if left != right:
            wrong += 1
            print(f"{number}: ours only {dict(left - right)}, theirs only {dict(right - left)}")
    print(f"{arguments.pairs} pairs, {total} results, {wrong} differences")
    return 1 if wrong else 0


def check_faults(program, folder):
    """Each listed fault must still be one of pySHACL, and not one of ours."""
    wrong = 0
    for number, (paragraph, shapes, data, expected) in enumerate(FAULTS):
        files = write(folder, f"fault-{number}", shapes, data)
        expected = collections.Counter(expected)
        found = ours(program, *files)
        if found != expected:
            wrong += 1
            print(f"{paragraph}: ours are {dict(found)}")
        if theirs(*files) == expected:
            wrong += 1
            print(f"{paragraph}: pySHACL is right, drop it from the list")
    return wrong


def write(folder, name, shapes, data):
    files = folder / f"{name}-shapes.ttl", folder / f"{name}-data.ttl"
    for file, text in zip(files, (shapes, data), strict=True):
        file.write_text(f"{PREFIXES}{text}\n")
    return files


if __name__ == "__main__":
    sys.exit(main())
