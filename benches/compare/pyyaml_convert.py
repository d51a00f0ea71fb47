"""What one would write in an afternoon: PFOCR records to N-Quads with PyYAML's C loader.

It prints the triples of well-formed records. It checks nothing, reports nothing and knows few traps
of the data: a lower bound of what a script in Python costs.
"""

import csv, hashlib, os, re, sys, unicodedata
import yaml

NAMESPACES = {
    "a": "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "schema": "http://schema.org/",
    "wp": "http://vocabularies.wikipathways.org/wp#", "dcterms": "http://purl.org/dc/terms/",
    "oa": "http://www.w3.org/ns/oa#", "skos": "http://www.w3.org/2004/02/skos/core#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#", "xsd": "http://www.w3.org/2001/XMLSchema#"}
SITE, ID, OBO = "https://pfocr.wikipathways.org/", "https://identifiers.org/", "http://purl.obolibrary.org/obo/"
MESH, PMC, MISSING = "http://id.nlm.nih.gov/mesh/", "https://pmc.ncbi.nlm.nih.gov/", {"", "NA", ".na.character", "NULL", "NaN"}
taxa = {name: number for number, name in (line.rstrip("\n").split("\t")[:2] for line in open(sys.argv[2], encoding="utf-8"))}
terms, seen, out = {}, set(), sys.stdout.write

def term(name):
    if name not in terms:
        prefix, _, local = name.partition(":")
        terms[name] = f"<{NAMESPACES[prefix]}{local}>"
    return terms[name]

def clean(value):
    value = unicodedata.normalize("NFC", " ".join(str(value or "").replace("\ufeff", "").split()))
    return None if value in MISSING else value

def lit(value, suffix=""):
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{escaped}"{suffix}'

def en(value): return value and lit(value, "@en")
def plain(value): return value and lit(value)
def slug(value): return re.sub("[^a-z0-9]+", "-", value.lower()).strip("-") or hashlib.sha256(value.encode()).hexdigest()[:12]
def put(part, subject, *pairs):
    for predicate, value in zip(pairs[::2], pairs[1::2]):
        if value:
            value = value if value[0] in '<"' else term(value)
            line = f"<{subject}> {term(predicate)} {value} <{SITE}graph/{part}> .\n"
            if line not in seen:
                seen.add(line)
                out(line)

def convert(folder, name):
    text = open(f"{folder}/_figures/{name}", encoding="utf-8").read()
    record = yaml.load(text.split("\n---", 1)[0].removeprefix("---"), yaml.CBaseLoader)
    get, figid = lambda key: clean(record.get(key)), re.sub(r"\.jpe?g$", "", record["figid"])
    figure = SITE + "figures/" + figid
    page, pmcid, ld = figure + ".html", get("pmcid") or figid.split("__")[0], record.get("schema-jsonld") or {}
    article, title, filename = ID + "pmc/" + pmcid, get("figtitle"), get("filename")
    doi, journal, score = (get("doi") or "").lower(), get("journal_nlm_ta") or get("journal_title"), get("automl_pathway") or get("pathway_score")
    put("core", figure, "a", "schema:ImageObject", "schema:identifier", plain(figid), "schema:mainEntityOfPage", f"<{page}>",
        "schema:name", en(title), "schema:caption", en(get("caption")), "schema:alternateName", plain(get("figid_alias")),
        "schema:position", plain(get("number")), "schema:genre", en(get("figtype")), "schema:isPartOf", f"<{article}>",
        "schema:contentUrl", filename and f"<https://europepmc.org/articles/{pmcid}/bin/{filename}>",
        "schema:encodingFormat", filename and '"image/jpeg"',
        "schema:url", get("figlink") and f"<{PMC}{get('figlink').removeprefix('/').removeprefix('pmc/')}>")
    put("core", page, "a", "schema:Dataset", "schema:identifier", plain(figid), "schema:mainEntity", f"<{figure}>",
        "schema:url", f"<{page}>", "schema:name", en(f"PFOCR record: {title or figid}"), "schema:isBasedOn", f"<{article}>",
        "schema:description", en(f'Genes, chemicals and diseases recognised in the pathway figure "{title or figid}" ({figid}).'),
        "schema:variableMeasured", score and f"<{page}#automl_pathway>", "schema:includedInDataCatalog", "<https://data.wikipathways.org/pfocr/>",
        "schema:license", ld.get("license") and "<https://creativecommons.org/publicdomain/zero/1.0/>",
        "schema:creator", ld.get("creator") and "<https://www.wikipathways.org/>")
    for keyword in ld.get("keywords") or []:
        put("core", page, "schema:keywords", plain(clean(keyword)))
    put("core", "https://data.wikipathways.org/pfocr/", "a", "schema:DataCatalog", "schema:name", '"Pathway Figure OCR"@en')
    put("core", "https://www.wikipathways.org/", "a", "schema:Organization", "schema:name", '"WikiPathways"')
    if score:
        put("core", page + "#automl_pathway", "a", "schema:PropertyValue", "schema:propertyID", '"automl_pathway"',
            "schema:name", '"pathway figure classifier score"@en', "schema:value", lit(score, "^^" + term("xsd:decimal")))
    put("core", article, "a", "schema:ScholarlyArticle", "schema:identifier", f'"pmc:{pmcid}"', "schema:url", f"<{PMC}articles/{pmcid}/>",
        "schema:name", en(get("papertitle") and get("papertitle").removesuffix(".").strip()),
        "dcterms:bibliographicCitation", plain(get("reftext")), "schema:datePublished", get("year") and lit(get("year"), "^^" + term("xsd:gYear")),
        "schema:sameAs", doi and f"<https://doi.org/{doi}>", "schema:identifier", doi and f'"doi:{doi}"',
        "schema:isPartOf", journal and f"<{SITE}#journal-{slug(journal)}>")
    if journal:
        publisher = get("publisher_name")
        put("core", f"{SITE}#journal-{slug(journal)}", "a", "schema:Periodical", "schema:name", en(get("journal_title")),
            "schema:alternateName", plain(get("journal_nlm_ta")), "schema:publisher", publisher and f"<{SITE}#publisher-{slug(publisher)}>")
        if publisher:
            put("core", f"{SITE}#publisher-{slug(publisher)}", "a", "schema:Organization", "schema:name", plain(publisher))
    for keyword in re.split(r"\s\|\s", get("keywords") or ""):
        put("core", article, "schema:keywords", en(keyword.strip()))
    for key, subject in [("organisms", article), ("organisms_ner", figure)]:
        names = record.get(key) or []
        for organism in filter(None, map(clean, names if isinstance(names, list) else [names])):
            put("core", subject, "schema:mentions", taxon(organism, taxa.get(organism)))
            if key == "organisms_ner":
                put("wp", figure, "wp:organismName", plain(organism), "wp:organism", organism in taxa and taxon(organism, taxa[organism]))
    rows(folder, figid, figure, page, record)

def taxon(name, number):
    if not number:
        put("core", f"{SITE}#organism-{slug(name)}", "a", "schema:Thing", "schema:name", plain(name))
        return f"<{SITE}#organism-{slug(name)}>"
    put("core", f"{OBO}NCBITaxon_{number}", "a", "schema:Taxon", "schema:name", plain(name), "schema:identifier", f'"NCBITaxon:{number}"')
    put("links", f"{OBO}NCBITaxon_{number}", "schema:sameAs", f"<http://identifiers.org/taxonomy/{number}>", "schema:sameAs", f"<http://purl.uniprot.org/taxonomy/{number}>")
    return f"<{OBO}NCBITaxon_{number}>"

def table(folder, figid, record, kind):
    if kind in record:
        return record[kind]
    for stem in (figid, figid.replace(".", "_")):
        path = f"{folder}/_data/{stem}-{kind}.tsv"
        if os.path.exists(path):
            return csv.DictReader(open(path, encoding="utf-8", newline=""), delimiter="\t", quoting=csv.QUOTE_NONE)
    return []

def rows(folder, figid, figure, page, record):
    groups = {}
    for row in table(folder, figid, record, "genes"):
        number, symbol, match = row.get("ncbigene_id") or row.get("entrez"), clean(row.get("ncbigene_symbol") or row.get("hgnc_symbol")), row.get("match") or row.get("symbol")
        if not (number or "").isdigit():
            groups.setdefault(("Gene", row["word"], clean(match), row.get("source")), []).append(None)
            continue
        gene, organism = f"{ID}ncbigene/{number}", row.get("organism_name", "Homo sapiens")
        species = taxon(organism, row.get("organism_id", "9606"))
        put("core", figure, "schema:mentions", f"<{gene}>")
        put("core", gene, "a", "schema:Gene", "schema:identifier", f'"ncbigene:{number}"', "schema:name", plain(symbol), "schema:taxonomicRange", species)
        put("links", gene, "schema:sameAs", f"<http://identifiers.org/ncbigene/{number}>", "schema:sameAs", f"<http://purl.uniprot.org/geneid/{number}>")
        put("wp", gene, "a", "wp:GeneProduct", "rdfs:label", plain(symbol), "wp:bdbEntrezGene", f"<{gene}>", "dcterms:isPartOf", f"<{figure}>",
            "wp:bdbHgncSymbol", clean(row.get("hgnc_symbol")) and f"<{ID}hgnc.symbol/{symbol}>")
        put("wp", figure, "wp:organism", species, "wp:organismName", plain(organism))
        groups.setdefault(("Gene", row["word"], match, row.get("source")), []).append(gene)
    for kind, type_ in [("chemicals", "ChemicalSubstance"), ("diseases", "MedicalCondition")]:
        for row in table(folder, figid, record, kind):
            strip = lambda *keys: next((v.split(":")[-1] for v in map(clean, map(row.get, keys)) if v), None)
            mesh, chebi, doid, name = strip("mesh", "identifier"), strip("chebi"), strip("doid"), clean(row.get("match")) or clean(row.get("name"))
            other = f"CHEBI_{chebi}" if chebi else doid and f"DOID_{doid}"
            entity = mesh and MESH + mesh or other and OBO + other
            groups.setdefault(("Chemical" if chebi or kind == "chemicals" else "Disease", row["word"], clean(row.get("match")), "pubtator"), []).append(entity)
            if not entity:
                continue
            chebi = chebi and f"<{ID}chebi/CHEBI:{chebi}>"
            put("core", figure, "schema:mentions", f"<{entity}>")
            put("core", entity, "a", f"schema:{type_}", "schema:name", en(name), "schema:identifier", f'"mesh:{mesh}"' if mesh else lit(other.lower().replace("_", ":")),
                "schema:url", mesh and f"<https://meshb.nlm.nih.gov/record/ui?ui={mesh}>")
            put("links", entity, "schema:sameAs", f"<http://identifiers.org/mesh/{mesh}>" if mesh else chebi,
                "skos:closeMatch", mesh and other and f"<{OBO}{other}>", "skos:closeMatch", mesh and chebi)
            if kind == "chemicals":
                put("wp", entity, "a", "wp:Metabolite", "rdfs:label", plain(name), "dcterms:isPartOf", f"<{figure}>", "wp:bdbChEBI", chebi)
            elif doid:
                put("wp", figure, "wp:diseaseOntologyTag", f"<{OBO}{other}>", "wp:ontologyTag", f"<{OBO}{other}>")
    for (kind, word, match, source), entities in groups.items():
        digest = hashlib.sha256("\x1f".join([kind, word, match or "", source or ""]).encode()).hexdigest()[:12]
        node = f"{page}#{kind.lower()}-{digest}"
        put("evidence", node, "a", "oa:Annotation", "a", "schema:CreativeWork", "oa:motivatedBy", "oa:identifying", "oa:hasTarget", f"<{figure}>",
            "schema:text", plain(word), "schema:name", plain(match), "dcterms:source", plain(source), "dcterms:subject", plain(kind),
            "schema:commentCount", kind != "Gene" and len(entities) > 1 and lit(str(len(entities)), "^^" + term("xsd:integer")))
        for entity in filter(None, entities):
            put("evidence", node, "oa:hasBody", f"<{entity}>")

for name in sorted(os.listdir(sys.argv[1] + "/_figures")):
    convert(sys.argv[1], name)
