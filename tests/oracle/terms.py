"""Cleaned values and RDF terms: sections 2 and 3 of the mapping."""

import hashlib
import re
import unicodedata

SITE = "https://pfocr.wikipathways.org/"
PARTS = ("core", "links", "wp", "evidence")
PREFIXES = {
    "schema": "http://schema.org/",
    "wp": "http://vocabularies.wikipathways.org/wp#",
    "dcterms": "http://purl.org/dc/terms/",
    "oa": "http://www.w3.org/ns/oa#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "obo": "http://purl.obolibrary.org/obo/",
}

MISSING = {"", "NA", ".na.character", "NULL", "NaN"}
MISSING_MATCH = MISSING - {"NA"}
WHITE_SPACE = "\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
DROPPED = "\ufeff\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"


def text(value):
    words = re.sub(f"[{WHITE_SPACE}]+", " ", re.sub(f"[{DROPPED}]", "", value))
    return unicodedata.normalize("NFC", words.strip(" "))


def verbatim(value):
    return "".join(c for c in value if unicodedata.category(c) != "Cc")


def clean(value, missing=MISSING):
    """The text of a scalar, or None for a missing one (or for what is no scalar)."""
    cleaned = text(value) if isinstance(value, str) else ""
    return None if cleaned in missing else cleaned


def matching(pattern, value):
    return value if value and re.fullmatch(pattern, value) else None


def term(curie):
    prefix, name = curie.split(":", 1)
    return f"<{PREFIXES[prefix]}{name}>"


def iri(value):
    return f"<{value}>"


def escape(value, keep=""):
    """Percent-encoding for one path segment; `keep` names what else stays."""
    return "".join(
        c if re.match(r"[A-Za-z0-9\-._~!$&'()*+,;=:@]", c) or c in keep
        else "".join(f"%{byte:02X}" for byte in c.encode())
        for c in value
    )


def slug(value):
    dashed = re.sub("[^a-z0-9]+", "-", value.lower()).strip("-")
    return dashed or digest(value)


def digest(value):
    return hashlib.sha256(value.encode()).hexdigest()[:12]


ESCAPES = dict(zip('"\\\n\r\t\b\f', ('\\' + c for c in '"\\nrtbf'), strict=True))


def plain(value, suffix=""):
    if value is None:
        return None
    body = "".join(
        ESCAPES.get(c) or (f"\\u{ord(c):04X}" if ord(c) < 0x20 or ord(c) == 0x7F else c)
        for c in value
    )
    return f'"{body}"{suffix}'


def en(value):
    return plain(value, "@en")


def typed(value, datatype):
    return plain(value, f"^^{term(datatype)}")
