use std::fmt;

/// A place in an input file; lines and columns count from 1, columns in characters. The default
/// is no place.
///
/// ```
/// use pfocr2rdf::diagnostic::{Field, Location};
///
/// let location = Location::new("a.md", 3, 7).with_field(Field::Key("year".to_owned()));
/// assert_eq!(location.to_string(), "a.md:3:7");
/// assert_eq!(location.field.unwrap().to_string(), "key year");
/// ```
#[derive(Clone, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Location {
    /// The file as the user knows it.
    pub file: String,
    /// The line.
    pub line: u64,
    /// The column, in characters.
    pub column: u64,
    /// What stands there, when it is a value of a record or table.
    pub field: Option<Field>,
}

/// A value of a record or of a table, by what the schema calls it.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Field {
    /// A value of the front matter, by the keys that lead to it: `schema-jsonld: license`.
    Key(String),
    /// A row or a cell of a table.
    Cell {
        /// The table: `genes`, or `wpid_map` for example.
        table: String,
        /// The row, which is the line: a header is row 1.
        row: u64,
        /// What the header calls the column, if it is a cell.
        column: Option<String>,
    },
}

impl Location {
    /// A place of which only line and column are known.
    pub fn new(file: impl Into<String>, line: u64, column: u64) -> Self {
        Self { file: file.into(), line, column, field: None }
    }

    /// The same, with what stands there.
    #[must_use]
    pub fn with_field(self, field: Field) -> Self {
        Self { field: Some(field), ..self }
    }
}

impl Field {
    /// All of it in one name, such as `schema-jsonld: license` or `genes: row 4: ncbigene_symbol`.
    ///
    /// ```
    /// use pfocr2rdf::diagnostic::Field;
    ///
    /// let field = Field::Cell { table: "genes".to_owned(), row: 4, column: None };
    /// assert_eq!(field.qualified_name(), "genes: row 4");
    /// ```
    #[must_use]
    pub fn qualified_name(&self) -> String {
        match self {
            Self::Key(key) => key.clone(),
            Self::Cell { table, row, column: Some(column) } => {
                format!("{table}: row {row}: {column}")
            }
            Self::Cell { table, row, column: None } => format!("{table}: row {row}"),
        }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key(key) => write!(f, "key {key}"),
            Self::Cell { row, column: Some(column), .. } => write!(f, "row {row}, column {column}"),
            Self::Cell { row, column: None, .. } => write!(f, "row {row}"),
        }
    }
}
