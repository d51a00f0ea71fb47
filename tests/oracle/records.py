"""Records and tables as they stand in the files. What is broken is left out without a word."""

import re

import yaml

from terms import clean

SEPARATORS = "\x85\u2028\u2029"
STAND_INS = "\uf001\uf002\uf003"
HIDDEN = str.maketrans(SEPARATORS, STAND_INS)
SHOWN = str.maketrans(STAND_INS, SEPARATORS)
RECORD_SUFFIXES = {".md", ".markdown", ".yml", ".yaml"}
COLUMNS = {
    "genes": [
        "organism_id", "organism_name", "word", "match", "ncbigene_symbol", "ncbigene_id", "source",
    ],
    "chemicals": ["word", "mesh", "match", "name", "chebi"],
    "diseases": ["word", "mesh", "match", "name", "doid"],
}


def front_matter(path):
    """The keys of a record, or None when the record cannot be read."""
    try:
        content = path.read_bytes().decode().removeprefix("\ufeff")
    except UnicodeDecodeError:
        return None
    fenced = re.match(r"---[ \t]*\r?(\n|$)", content)
    if fenced:
        content = re.split(r"(?m)^---[ \t]*\r?$", content[fenced.end():])[0]
    elif path.suffix in {".md", ".markdown"}:
        return None
    fields = load_yaml(content)
    return fields if isinstance(fields, dict) else None


def load_yaml(content):
    # YAML 1.1 breaks lines at these, PFOCR does not.
    content = content.translate(HIDDEN)
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        if any(getattr(event, "anchor", None) for event in yaml.parse(content, loader)):
            return None
        return plain_data(yaml.compose(content, loader))
    except yaml.YAMLError:
        return None


def plain_data(node):
    """Scalars as written, a plain null as None; of a key that stands twice the first."""
    if isinstance(node, yaml.MappingNode):
        fields = {}
        for key, value in node.value:
            fields.setdefault(key.value if isinstance(key.value, str) else None, plain_data(value))
        return fields
    if isinstance(node, yaml.SequenceNode):
        return [plain_data(item) for item in node.value]
    if node is None or node.tag == "tag:yaml.org,2002:null":
        return None
    return node.value.translate(SHOWN)


def read_table(path, kind):
    """The rows of a table as maps, the malformed ones left out."""
    lines = path.read_bytes().removeprefix(b"\xef\xbb\xbf").split(b"\n")
    while lines and not lines[-1].removesuffix(b"\r"):
        lines.pop()
    header, *rows = [cells(line) for line in lines] or [None]
    if not header or len(set(header)) < len(header) or not set(COLUMNS[kind]) <= set(header):
        return []
    whole = [row for row in rows if row and len(row) == len(header)]
    return [dict(zip(header, row, strict=True)) for row in whole]


def cells(line):
    try:
        return line.removesuffix(b"\r").decode().split("\t")
    except UnicodeDecodeError:
        return None


class Tables:
    """The sidecar folder: tables by the figid of a record, ids by figid."""

    def __init__(self, folder, records):
        self.folder = folder
        self.records = {path.stem for path in records}
        self.wpid = self.id_map("wpid_map.tsv")
        self.ndex = self.id_map("ndex_map.tsv")

    def id_map(self, name):
        path = self.folder / name
        rows = [cells(line) for line in path.read_bytes().split(b"\n")] if path.is_file() else []
        ids = {}
        for row in rows:
            if row and len(row) == 2:
                ids.setdefault(clean(row[0]), clean(row[1]))
        return ids

    def rows(self, figid, kind):
        flat = figid.replace(".", "_")
        names = [figid] if flat in self.records else [figid, flat]
        paths = [self.folder / f"{name}-{kind}.tsv" for name in names if "/" not in name]
        found = next((path for path in paths if path.is_file()), None)
        return read_table(found, kind) if found else []
