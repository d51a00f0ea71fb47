//! A SHACL engine: shapes compile once and check a graph or a stream of records.
