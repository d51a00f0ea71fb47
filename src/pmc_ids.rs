//! The identifiers that PubMed Central knows for an article: NCBI's table `PMC-ids.csv`.

use std::io::Read;

use serde::Deserialize;

use crate::error::Error;
use crate::id::{Doi, Id, Pmcid, PubmedId};
use crate::text;

/// PubMed ids and DOIs of articles, from the table that NCBI publishes.
///
/// The table has some ten million rows: one takes 24 bytes here, and the length of its DOI.
///
/// ```
/// use pfocr2rdf::id::Pmcid;
/// use pfocr2rdf::pmc_ids::PmcIds;
///
/// let csv = "Journal Title,DOI,PMCID,PMID\n\"A, B\",10.1000/X,PMC13900,11250746\n";
/// let ids = PmcIds::from_reader(csv.as_bytes())?;
/// let (pubmed, doi) = ids.get(&Pmcid::parse("PMC13900").unwrap());
/// assert_eq!(pubmed.unwrap().as_str(), "11250746");
/// assert_eq!(doi.unwrap().as_str(), "10.1000/x");
/// # Ok::<_, pfocr2rdf::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct PmcIds {
    rows: Vec<Row>,
    dois: String,
}

#[derive(Clone, Copy, Debug)]
struct Row {
    pmc: u64,
    /// 0 when there is none.
    pubmed: u64,
    doi: (u32, u32),
}

#[derive(Deserialize)]
struct CsvRow<'a> {
    #[serde(rename = "PMCID")]
    pmcid: &'a str,
    #[serde(rename = "PMID")]
    pmid: &'a str,
    #[serde(rename = "DOI")]
    doi: &'a str,
}

impl PmcIds {
    /// Reads the table: CSV with the columns `PMCID`, `PMID` and `DOI` among others, in any
    /// order. Of two rows for one article the first counts.
    ///
    /// # Errors
    ///
    /// The table cannot be read, is not CSV, or lacks one of the columns.
    pub fn from_reader(reader: impl Read) -> Result<Self, Error> {
        let invalid = |error: csv::Error| Error::invalid(format!("PMC ids: {error}"));
        let mut reader = csv::Reader::from_reader(reader);
        let headers = reader.headers().map_err(invalid)?.clone();
        for column in ["PMCID", "PMID", "DOI"] {
            if !headers.iter().any(|header| header == column) {
                return Err(Error::invalid(format!("PMC ids: found no column {column:?}")));
            }
        }
        let mut ids = Self::default();
        let mut record = csv::StringRecord::new();
        while reader.read_record(&mut record).map_err(invalid)? {
            ids.add(&record.deserialize(Some(&headers)).map_err(invalid)?)?;
        }
        ids.rows.sort_by_key(|row| row.pmc);
        Ok(ids)
    }

    /// What the table knows of an article.
    #[must_use]
    pub fn get(&self, article: &Pmcid<'_>) -> (Option<PubmedId<'static>>, Option<Doi<'static>>) {
        let row = number(article.as_str()).and_then(|pmc| {
            let first = self.rows.partition_point(|row| row.pmc < pmc);
            self.rows.get(first).filter(|row| row.pmc == pmc)
        });
        let Some(row) = row else {
            return (None, None);
        };
        let pubmed = PubmedId::from_text(row.pubmed.to_string().into()).ok();
        let doi = self.dois.get(row.doi.0 as usize..row.doi.1 as usize);
        let doi = doi.and_then(|doi| Doi::parse(doi).ok()).map(Doi::into_owned);
        (pubmed, doi)
    }

    fn add(&mut self, row: &CsvRow<'_>) -> Result<(), Error> {
        let Some(pmc) = number(row.pmcid.trim()) else {
            return Ok(());
        };
        let end = |dois: &str| {
            let too_long = || Error::invalid("PMC ids: more than 4 GiB of DOIs");
            u32::try_from(dois.len()).map_err(|_| too_long())
        };
        let start = end(&self.dois)?;
        self.dois.push_str(&text::text(row.doi));
        let row = Row {
            pmc,
            pubmed: row.pmid.trim().parse().unwrap_or(0),
            doi: (start, end(&self.dois)?),
        };
        self.rows.push(row);
        Ok(())
    }
}

fn number(pmcid: &str) -> Option<u64> {
    pmcid.strip_prefix("PMC")?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_are_found() {
        const CSV: &str =
            "PMID,x,PMCID,DOI\n1,,PMC20,10.1000/a\n,,PMC3,\n2,,PMC20,\n,,,10.1000/b\n";
        fn t(pmcid: &str, pubmed: Option<&str>, doi: Option<&str>) {
            let ids = PmcIds::from_reader(CSV.as_bytes()).unwrap();
            let found = ids.get(&Pmcid::parse(pmcid).unwrap());
            assert_eq!(found.0.as_ref().map(PubmedId::as_str), pubmed, "{pmcid}");
            assert_eq!(found.1.as_ref().map(Doi::as_str), doi, "{pmcid}");
        }
        t("PMC20", Some("1"), Some("10.1000/a"));
        t("PMC3", None, None);
        t("PMC4", None, None);
    }

    #[test]
    fn a_table_without_the_columns_is_refused() {
        fn t(csv: &str, expected: &str) {
            let error = PmcIds::from_reader(csv.as_bytes()).unwrap_err();
            assert_eq!(error.to_string(), expected);
        }
        t("PMCID,PMID\nPMC1,2\n", "PMC ids: found no column \"DOI\"");
        t("", "PMC ids: found no column \"PMCID\"");
    }
}
