//! The program `pfocr2rdf`.

fn main() {}
