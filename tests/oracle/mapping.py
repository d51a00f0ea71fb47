"""One record with its tables → quads: sections 4 to 8 of the mapping."""

import re
from dataclasses import dataclass
from decimal import Decimal

from terms import (
    MISSING, MISSING_MATCH, SITE, clean, digest, en, escape, iri, matching, plain, slug, term, text,
    typed, verbatim,
)


@dataclass
class Options:
    captions: bool
    image_url: str
    taxa: dict
    pmc_ids: dict


class Quads(set):
    def put(self, part, subject, *pairs):
        """Adds subject–predicate–object triples, save those whose object is missing."""
        for predicate, value in pairs:
            if value is not None:
                predicate = term("rdf:type" if predicate == "a" else predicate)
                self.add(f"{subject} {predicate} {value} {iri(f'{SITE}graph/{part}')} .")


class Mapper:
    """One record: fields, tables → quads."""

    def __init__(self, quads, options, fields, figid):
        self.put, self.options, self.fields, self.figid = quads.put, options, fields, figid
        self.figure_iri = f"{SITE}figures/{escape(figid)}"
        self.page_iri = f"{self.figure_iri}.html"
        self.figure, self.page = iri(self.figure_iri), iri(self.page_iri)
        prefix = matching(r"PMC[0-9]+", figid.split("__", 1)[0])
        self.pmcid = matching(r"PMC[0-9]+", self.get("pmcid")) or prefix
        self.article = iri(f"https://identifiers.org/pmc/{self.pmcid}")

    def get(self, key):
        return clean(self.fields.get(key))

    def names(self, key):
        value = self.fields.get(key)
        named = [clean(item) for item in (value if isinstance(value, list) else [value])]
        return [name for name in named if name]

    def run(self, tables):
        self.map_figure(tables)
        self.map_page()
        if self.pmcid:
            self.map_article()
        self.map_genes(inline_genes(self.fields) + table_genes(tables.rows(self.figid, "genes")))
        for kind in ("chemicals", "diseases"):
            inline = [{"word": row.get("word"), "mesh": row.get("identifier")}
                      for row in inline_rows(self.fields, kind)]
            self.map_substances(kind, inline + tables.rows(self.figid, kind))

    # Section 4, F

    def map_figure(self, tables):
        figlink, filename = self.get("figlink"), self.get("filename")
        wpid = matching(r"WP[0-9]+", self.get("wpid") or tables.wpid.get(self.figid))
        self.put(
            "core", self.figure,
            ("a", term("schema:ImageObject")),
            ("schema:identifier", plain(self.figid)),
            ("schema:mainEntityOfPage", self.page),
            ("schema:name", en(self.get("figtitle"))),
            ("schema:caption", en(self.get("caption")) if self.options.captions else None),
            ("schema:alternateName", plain(self.get("figid_alias"))),
            ("schema:position", plain(self.get("number"))),
            ("schema:genre", en(self.get("figtype"))),
            ("schema:contentUrl", self.image(filename)),
            ("schema:encodingFormat", plain(media_type(filename))),
            ("schema:url", figlink and iri(pmc_url(figlink))),
            ("schema:isPartOf", self.article if self.pmcid else None),
            ("schema:about", wpid and iri(f"https://identifiers.org/wikipathways/{wpid}")),
        )
        for name in self.names("organisms_ner"):
            self.mention_organism(self.figure, name)
            taxid = self.options.taxa.get(name)
            self.put("wp", self.figure, ("wp:organismName", plain(name)))
            self.put("wp", self.figure, ("wp:organism", taxid and taxon_iri(taxid)))
        ndex = self.get("ndex") or tables.ndex.get(self.figid)
        if matching("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}", ndex):
            network = iri(f"https://www.ndexbio.org/viewer/networks/{ndex}")
            self.put("core", self.figure, ("schema:subjectOf", network))
            self.put("core", network, ("a", term("schema:Dataset")))

    def image(self, filename):
        if not filename or not self.pmcid:
            return None
        url = self.options.image_url.replace("{pmcid}", self.pmcid)
        return iri(url.replace("{filename}", escape(filename)))

    def mention_organism(self, subject, name):
        taxid = self.options.taxa.get(name)
        organism = taxon_iri(taxid) if taxid else iri(f"{SITE}#organism-{slug(name)}")
        self.put("core", subject, ("schema:mentions", organism))
        if taxid:
            self.describe_taxon(taxid, name)
        else:
            self.describe(organism, "schema:Thing", name)

    def describe_taxon(self, taxid, name):
        taxon = taxon_iri(taxid)
        self.describe(taxon, "schema:Taxon", name)
        self.put("core", taxon, ("schema:identifier", plain(f"NCBITaxon:{taxid}")))
        self.put(
            "links", taxon,
            ("schema:sameAs", iri(f"http://identifiers.org/taxonomy/{taxid}")),
            ("schema:sameAs", iri(f"http://purl.uniprot.org/taxonomy/{taxid}")),
        )

    def describe(self, node, kind, name):
        self.put("core", node, ("a", term(kind)), ("schema:name", plain(name)))

    # Section 4, R

    def map_page(self):
        title = self.get("figtitle") or self.figid
        catalog = iri("https://data.wikipathways.org/pfocr/")
        found = "Genes, chemicals and diseases recognised in the pathway figure"
        self.put(
            "core", self.page,
            ("a", term("schema:Dataset")),
            ("schema:identifier", plain(self.figid)),
            ("schema:mainEntity", self.figure),
            ("schema:url", self.page),
            ("schema:name", en(f"PFOCR record: {title}")),
            ("schema:description", en(f'{found} "{title}" ({self.figid}).')),
            ("schema:isBasedOn", self.article if self.pmcid else None),
            ("schema:includedInDataCatalog", catalog),
        )
        self.put("core", catalog, ("a", term("schema:DataCatalog")))
        self.put("core", catalog, ("schema:name", en("Pathway Figure OCR")))
        self.map_score()
        self.map_jsonld(self.fields.get("schema-jsonld"))

    def map_score(self):
        score = self.get("automl_pathway") or self.get("pathway_score")
        if matching(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)", score) and 0 <= Decimal(score) <= 1:
            node = iri(f"{self.page_iri}#automl_pathway")
            self.put("core", self.page, ("schema:variableMeasured", node))
            self.put(
                "core", node,
                ("a", term("schema:PropertyValue")),
                ("schema:propertyID", plain("automl_pathway")),
                ("schema:name", en("pathway figure classifier score")),
                ("schema:value", typed(score, "xsd:decimal")),
            )

    def map_jsonld(self, jsonld):
        jsonld = jsonld if isinstance(jsonld, dict) else {}
        keywords, creator = jsonld.get("keywords"), jsonld.get("creator")
        for keyword in keywords if isinstance(keywords, list) else []:
            self.put("core", self.page, ("schema:keywords", plain(clean(keyword))))
        licence = clean(jsonld.get("license"))
        if licence == "CC0":
            licence = "https://creativecommons.org/publicdomain/zero/1.0/"
        if matching(r'[A-Za-z][A-Za-z0-9+.-]*:[^ <>"{}|\\^`]+', licence):
            self.put("core", self.page, ("schema:license", iri(licence)))
        name = clean(creator.get("name")) if isinstance(creator, dict) else None
        if name:
            known = iri("https://www.wikipathways.org/") if name == "WikiPathways" else None
            node = known or iri(f"{SITE}#organization-{slug(name)}")
            self.put("core", self.page, ("schema:creator", node))
            self.describe(node, "schema:Organization", name)

    # Section 4, A

    def map_article(self):
        title = self.get("papertitle")
        year = matching("(19|20)[0-9][0-9]", self.get("year"))
        self.put(
            "core", self.article,
            ("a", term("schema:ScholarlyArticle")),
            ("schema:identifier", plain(f"pmc:{self.pmcid}")),
            ("schema:url", iri(f"https://pmc.ncbi.nlm.nih.gov/articles/{self.pmcid}/")),
            ("schema:name", en(title and title.removesuffix(".").strip() or None)),
            ("dcterms:bibliographicCitation", plain(self.get("reftext"))),
            ("schema:datePublished", year and typed(year, "xsd:gYear")),
        )
        for keyword in re.split(r"(?<= )\|(?= )", self.get("keywords") or ""):
            self.put("core", self.article, ("schema:keywords", en(clean(keyword))))
        for name in self.names("organisms"):
            self.mention_organism(self.article, name)
        self.map_journal()
        pmid, listed = self.options.pmc_ids.get(self.pmcid, (None, None))
        self.same_as("pubmed", "https://identifiers.org/pubmed/", matching("[1-9][0-9]*", pmid))
        self.same_as("doi", "https://doi.org/", doi(self.get("doi") or listed))

    def same_as(self, scheme, base, value):
        if value:
            self.put("core", self.article, ("schema:sameAs", iri(base + escape(value, keep="/"))))
            self.put("core", self.article, ("schema:identifier", plain(f"{scheme}:{value}")))

    def map_journal(self):
        name, short = self.get("journal_title"), self.get("journal_nlm_ta")
        publisher = self.get("publisher_name")
        holder = self.article
        if name or short:
            holder = iri(f"{SITE}#journal-{slug(short or name)}")
            self.put("core", self.article, ("schema:isPartOf", holder))
            self.put(
                "core", holder,
                ("a", term("schema:Periodical")),
                ("schema:name", en(name)),
                ("schema:alternateName", plain(short)),
            )
        if publisher:
            node = iri(f"{SITE}#publisher-{slug(publisher)}")
            self.put("core", holder, ("schema:publisher", node))
            self.describe(node, "schema:Organization", publisher)

    # Sections 5 to 7

    def map_genes(self, rows):
        found = Evidence(self, "Gene")
        for row in rows:
            gene_id = matching("[1-9][0-9]*", clean(row["id"]))
            match = clean(row["match"], MISSING_MATCH if gene_id else MISSING)
            gene = iri(f"https://identifiers.org/ncbigene/{gene_id}") if gene_id else None
            if gene:
                self.map_gene(gene, gene_id, row)
            found.add(row["word"], match, clean(row["source"]), gene)
        found.put()

    def map_gene(self, gene, gene_id, row):
        symbol, organism_name = clean(row["symbol"]), clean(row["organism_name"])
        taxid = matching("[1-9][0-9]*", clean(row["organism_id"]))
        taxon, hgnc = taxid and taxon_iri(taxid), clean(row.get("hgnc"))
        hgnc = hgnc and iri(f"https://identifiers.org/hgnc.symbol/{escape(hgnc)}")
        self.put("core", self.figure, ("schema:mentions", gene))
        self.describe(gene, "schema:Gene", symbol)
        self.put(
            "core", gene,
            ("schema:identifier", plain(f"ncbigene:{gene_id}")),
            ("schema:taxonomicRange", taxon),
        )
        if taxid:
            self.describe_taxon(taxid, organism_name)
        self.put(
            "links", gene,
            ("schema:sameAs", iri(f"http://identifiers.org/ncbigene/{gene_id}")),
            ("schema:sameAs", iri(f"http://purl.uniprot.org/geneid/{gene_id}")),
        )
        self.put(
            "wp", gene,
            ("a", term("wp:GeneProduct")),
            ("rdfs:label", plain(symbol)),
            ("wp:bdbEntrezGene", gene),
            ("dcterms:isPartOf", self.figure),
            ("wp:bdbHgncSymbol", hgnc),
        )
        self.put("wp", self.figure, ("wp:organism", taxon))
        self.put("wp", self.figure, ("wp:organismName", plain(organism_name)))

    def map_substances(self, kind, rows):
        found = Evidence(self, "Chemical" if kind == "chemicals" else "Disease")
        for row in rows:
            mesh = matching("[CDQ][0-9]+", bare(row.get("mesh"), "mesh:"))
            chebi = matching("[0-9]+", bare(row.get("chebi"), "chebi:"))
            doid = matching("[0-9]+", bare(row.get("doid"), "doid:"))
            match = clean(row.get("match"))
            name = match or clean(row.get("name"))
            entity = self.map_substance(kind, name, mesh, chebi, doid)
            found.add(row.get("word"), match, "pubtator", entity)
        found.put(counted=True)

    def map_substance(self, kind, name, mesh, chebi, doid):
        chebi_term = chebi and term(f"obo:CHEBI_{chebi}")
        doid_term = doid and term(f"obo:DOID_{doid}")
        chebi_same = chebi and iri(f"https://identifiers.org/chebi/CHEBI:{chebi}")
        entity = iri(f"http://id.nlm.nih.gov/mesh/{mesh}") if mesh else chebi_term or doid_term
        if not entity:
            return None
        key = f"mesh:{mesh}" if mesh else f"chebi:{chebi}" if chebi else f"doid:{doid}"
        page = mesh and iri(f"https://meshb.nlm.nih.gov/record/ui?ui={mesh}")
        chemical = kind == "chemicals"
        self.put("core", self.figure, ("schema:mentions", entity))
        self.put(
            "core", entity,
            ("a", term("schema:ChemicalSubstance" if chemical else "schema:MedicalCondition")),
            ("schema:name", en(name)),
            ("schema:identifier", plain(key)),
            ("schema:url", page),
        )
        if mesh:
            self.put(
                "links", entity,
                ("schema:sameAs", iri(f"http://identifiers.org/mesh/{mesh}")),
                ("skos:closeMatch", chebi_term),
                ("skos:closeMatch", chebi_same),
                ("skos:closeMatch", doid_term),
            )
        else:
            self.put("links", entity, ("schema:sameAs", chebi_same))
        if chemical:
            self.put(
                "wp", entity,
                ("a", term("wp:Metabolite")),
                ("rdfs:label", plain(name)),
                ("dcterms:isPartOf", self.figure),
                ("wp:bdbChEBI", chebi_same),
            )
        self.put(
            "wp", self.figure, ("wp:diseaseOntologyTag", doid_term), ("wp:ontologyTag", doid_term)
        )
        return entity


class Evidence:
    """One annotation per word, match and source of a figure and kind (section 7)."""

    def __init__(self, mapper, kind):
        self.mapper, self.kind, self.groups = mapper, kind, {}

    def add(self, word, match, source, entity):
        key = (verbatim(word) if isinstance(word, str) else "", match, source)
        self.groups.setdefault(key, []).append(entity)

    def put(self, counted=False):
        for (word, match, source), entities in self.groups.items():
            name = digest("\x1f".join([self.kind, word, match or "", source or ""]))
            node = iri(f"{self.mapper.page_iri}#{self.kind.lower()}-{name}")
            count = len(entities) if counted and len(entities) > 1 else None
            self.mapper.put(
                "evidence", node,
                ("a", term("oa:Annotation")),
                ("a", term("schema:CreativeWork")),
                ("oa:motivatedBy", term("oa:identifying")),
                ("oa:hasTarget", self.mapper.figure),
                ("schema:text", plain(word) if text(word) else None),
                ("schema:name", plain(match)),
                ("dcterms:source", plain(source)),
                ("dcterms:subject", plain(self.kind)),
                ("schema:commentCount", count and typed(str(count), "xsd:integer")),
                *(("oa:hasBody", entity) for entity in entities),
            )


def inline_rows(fields, kind):
    rows = fields.get(kind)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def inline_genes(fields):
    return [
        {
            "word": row.get("word"),
            "match": row.get("symbol"),
            "source": row.get("source"),
            "symbol": row.get("hgnc_symbol"),
            "hgnc": row.get("hgnc_symbol"),
            "id": row.get("entrez"),
            "organism_id": "9606",
            "organism_name": "Homo sapiens",
        }
        for row in inline_rows(fields, "genes")
    ]


def table_genes(rows):
    return [row | {"symbol": row["ncbigene_symbol"], "id": row["ncbigene_id"]} for row in rows]


def bare(value, prefix):
    value = clean(value)
    return value and value.removeprefix(prefix)


def taxon_iri(taxid):
    return term(f"obo:NCBITaxon_{taxid}")


def media_type(filename):
    types = {"jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "gif": "image/gif"}
    return types.get((filename or "").rpartition(".")[2].lower())


def pmc_url(figlink):
    path = figlink.removeprefix("/").removeprefix("pmc/")
    return f"https://pmc.ncbi.nlm.nih.gov/{escape(path, keep='/')}"


def doi(value):
    name = re.sub("^https?://(dx[.])?doi[.]org/", "", value or "").removeprefix("doi:").lower()
    return matching(r"10\.[0-9]{4,9}/\S+", name)
