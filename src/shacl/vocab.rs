//! The terms the engine works with.
//!
//! The terms of [`KNOWN`] are interned first, in this order, in every compiled shapes graph, so
//! that each of them is a constant id.

use super::terms::TermId;

/// The namespace of the [SHACL vocabulary](https://www.w3.org/TR/shacl/).
pub(crate) const SH: &str = "http://www.w3.org/ns/shacl#";

macro_rules! terms {
    ($($namespace:literal { $($name:ident = $local:literal,)* })*) => {
        enum Position { $($($name,)*)* }

        $($(pub(crate) const $name: TermId = TermId(Position::$name as u32);)*)*

        /// The IRIs of the constants of this module; the position of an IRI is its id.
        pub(crate) const KNOWN: &[&str] = &[$($(concat!($namespace, $local),)*)*];
    };
}

#[expect(non_camel_case_types, clippy::upper_case_acronyms, reason = "one name per term")]
mod constants {
    use super::TermId;

    terms! {
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#" {
            RDF_TYPE = "type",
            RDF_FIRST = "first",
            RDF_REST = "rest",
            RDF_NIL = "nil",
            RDF_LANG_STRING = "langString",
        }
        "http://www.w3.org/2000/01/rdf-schema#" {
            RDFS_CLASS = "Class",
            RDFS_SUB_CLASS_OF = "subClassOf",
        }
        "http://www.w3.org/2002/07/owl#" {
            OWL_IMPORTS = "imports",
        }
        "http://www.w3.org/2001/XMLSchema#" {
            XSD_STRING = "string",
            XSD_BOOLEAN = "boolean",
            XSD_INTEGER = "integer",
        }
        "http://www.w3.org/ns/shacl#" {
            NODE_SHAPE = "NodeShape",
            PROPERTY_SHAPE = "PropertyShape",
            TARGET_NODE = "targetNode",
            TARGET_CLASS = "targetClass",
            TARGET_SUBJECTS_OF = "targetSubjectsOf",
            TARGET_OBJECTS_OF = "targetObjectsOf",
            PATH = "path",
            ALTERNATIVE_PATH = "alternativePath",
            INVERSE_PATH = "inversePath",
            ZERO_OR_MORE_PATH = "zeroOrMorePath",
            ONE_OR_MORE_PATH = "oneOrMorePath",
            ZERO_OR_ONE_PATH = "zeroOrOnePath",
            SEVERITY = "severity",
            VIOLATION = "Violation",
            WARNING = "Warning",
            INFO = "Info",
            DEBUG = "Debug",
            TRACE = "Trace",
            MESSAGE = "message",
            DEACTIVATED = "deactivated",
            ENTAILMENT = "entailment",
            SHAPES_GRAPH = "shapesGraph",
            CLASS = "class",
            DATATYPE = "datatype",
            NODE_KIND = "nodeKind",
            BLANK_NODE = "BlankNode",
            IRI = "IRI",
            LITERAL = "Literal",
            BLANK_NODE_OR_IRI = "BlankNodeOrIRI",
            BLANK_NODE_OR_LITERAL = "BlankNodeOrLiteral",
            IRI_OR_LITERAL = "IRIOrLiteral",
            MIN_COUNT = "minCount",
            MAX_COUNT = "maxCount",
            MIN_EXCLUSIVE = "minExclusive",
            MIN_INCLUSIVE = "minInclusive",
            MAX_EXCLUSIVE = "maxExclusive",
            MAX_INCLUSIVE = "maxInclusive",
            MIN_LENGTH = "minLength",
            MAX_LENGTH = "maxLength",
            PATTERN = "pattern",
            FLAGS = "flags",
            LANGUAGE_IN = "languageIn",
            UNIQUE_LANG = "uniqueLang",
            EQUALS = "equals",
            DISJOINT = "disjoint",
            LESS_THAN = "lessThan",
            LESS_THAN_OR_EQUALS = "lessThanOrEquals",
            NOT = "not",
            AND = "and",
            OR = "or",
            XONE = "xone",
            NODE = "node",
            PROPERTY = "property",
            QUALIFIED_VALUE_SHAPE = "qualifiedValueShape",
            QUALIFIED_MIN_COUNT = "qualifiedMinCount",
            QUALIFIED_MAX_COUNT = "qualifiedMaxCount",
            QUALIFIED_VALUE_SHAPES_DISJOINT = "qualifiedValueShapesDisjoint",
            CLOSED = "closed",
            IGNORED_PROPERTIES = "ignoredProperties",
            HAS_VALUE = "hasValue",
            IN = "in",
            SINGLE_LINE = "singleLine",
            SOME_VALUE = "someValue",
            SUBSET_OF = "subsetOf",
            ROOT_CLASS = "rootClass",
            UNIQUE_VALUES_FOR = "uniqueValuesFor",
            INCOMPLETE = "incomplete",
            INCOMPLETE_URI_START = "incompleteURIStart",
            SPARQL = "sparql",
            SELECT = "select",
            ASK = "ask",
            PREFIXES = "prefixes",
            DECLARE = "declare",
            PREFIX = "prefix",
            NAMESPACE = "namespace",
            CONSTRAINT_COMPONENT = "ConstraintComponent",
            PARAMETER = "parameter",
            OPTIONAL = "optional",
            VALIDATOR = "validator",
            NODE_VALIDATOR = "nodeValidator",
            PROPERTY_VALIDATOR = "propertyValidator",
            CLASS_COMPONENT = "ClassConstraintComponent",
            DATATYPE_COMPONENT = "DatatypeConstraintComponent",
            NODE_KIND_COMPONENT = "NodeKindConstraintComponent",
            MIN_COUNT_COMPONENT = "MinCountConstraintComponent",
            MAX_COUNT_COMPONENT = "MaxCountConstraintComponent",
            MIN_EXCLUSIVE_COMPONENT = "MinExclusiveConstraintComponent",
            MIN_INCLUSIVE_COMPONENT = "MinInclusiveConstraintComponent",
            MAX_EXCLUSIVE_COMPONENT = "MaxExclusiveConstraintComponent",
            MAX_INCLUSIVE_COMPONENT = "MaxInclusiveConstraintComponent",
            MIN_LENGTH_COMPONENT = "MinLengthConstraintComponent",
            MAX_LENGTH_COMPONENT = "MaxLengthConstraintComponent",
            PATTERN_COMPONENT = "PatternConstraintComponent",
            LANGUAGE_IN_COMPONENT = "LanguageInConstraintComponent",
            UNIQUE_LANG_COMPONENT = "UniqueLangConstraintComponent",
            EQUALS_COMPONENT = "EqualsConstraintComponent",
            DISJOINT_COMPONENT = "DisjointConstraintComponent",
            LESS_THAN_COMPONENT = "LessThanConstraintComponent",
            LESS_THAN_OR_EQUALS_COMPONENT = "LessThanOrEqualsConstraintComponent",
            NOT_COMPONENT = "NotConstraintComponent",
            AND_COMPONENT = "AndConstraintComponent",
            OR_COMPONENT = "OrConstraintComponent",
            XONE_COMPONENT = "XoneConstraintComponent",
            NODE_COMPONENT = "NodeConstraintComponent",
            PROPERTY_COMPONENT = "PropertyConstraintComponent",
            QUALIFIED_MIN_COUNT_COMPONENT = "QualifiedMinCountConstraintComponent",
            QUALIFIED_MAX_COUNT_COMPONENT = "QualifiedMaxCountConstraintComponent",
            CLOSED_COMPONENT = "ClosedConstraintComponent",
            HAS_VALUE_COMPONENT = "HasValueConstraintComponent",
            IN_COMPONENT = "InConstraintComponent",
            SINGLE_LINE_COMPONENT = "SingleLineConstraintComponent",
            SOME_VALUE_COMPONENT = "SomeValueConstraintComponent",
            SUBSET_OF_COMPONENT = "SubsetOfConstraintComponent",
            ROOT_CLASS_COMPONENT = "RootClassConstraintComponent",
            UNIQUE_VALUES_FOR_COMPONENT = "UniqueValuesForConstraintComponent",
            SPARQL_COMPONENT = "SPARQLConstraintComponent",
            VALIDATION_REPORT = "ValidationReport",
            VALIDATION_RESULT = "ValidationResult",
            CONFORMS = "conforms",
            RESULT = "result",
            DETAIL = "detail",
            FOCUS_NODE = "focusNode",
            RESULT_PATH = "resultPath",
            RESULT_MESSAGE = "resultMessage",
            RESULT_SEVERITY = "resultSeverity",
            SOURCE_CONSTRAINT = "sourceConstraint",
            SOURCE_CONSTRAINT_COMPONENT = "sourceConstraintComponent",
            SOURCE_SHAPE = "sourceShape",
            VALUE = "value",
        }
    }
}

pub(crate) use self::constants::*;

/// Terms that say something about a shape and change no result: labels for people and for forms,
/// hints to a program that shows a shape, and
/// [rules](https://www.w3.org/TR/shacl-af/#rules), which are no part of validation.
pub(crate) const NOT_VALIDATING: &[&str] = &[
    "name",
    "description",
    "order",
    "group",
    "defaultValue",
    "labelTemplate",
    "suggestedShapesGraph",
    "shapesGraphWellFormed",
    "rule",
    "agentInstruction",
    "codeIdentifier",
    "intent",
    "unit",
];

/// Terms of SHACL, its extensions and its drafts that change what a shape means, and that the
/// engine does not implement.
pub(crate) const NOT_SUPPORTED: &[&str] = &[
    "target",
    "targetWhere",
    "shape",
    "ShapeClass",
    "js",
    "expression",
    "nodeByExpression",
    "values",
    "reifierShape",
    "reificationRequired",
    "memberShape",
    "minListLength",
    "maxListLength",
    "uniqueMembers",
    "conformanceDisallows",
    "resultAnnotation",
];

/// Terms of [results](https://www.w3.org/TR/shacl/#validation-report) and of
/// [functions, rules and the like](https://www.w3.org/TR/shacl-af/), which say nothing on a shape.
pub(crate) const OF_OTHERS: &[&str] = &[
    "conforms",
    "result",
    "detail",
    "focusNode",
    "resultPath",
    "resultMessage",
    "resultSeverity",
    "sourceConstraint",
    "sourceConstraintComponent",
    "sourceShape",
    "value",
    "incomplete",
    "incompleteURIStart",
    "annotationProperty",
    "annotationValue",
    "annotationVarName",
    "condition",
    "construct",
    "update",
    "filterShape",
    "nodes",
    "intersection",
    "union",
    "subject",
    "predicate",
    "object",
    "returnType",
    "jsFunctionName",
    "jsLibrary",
    "jsLibraryURL",
];

/// Classes of SHACL and its extensions.
pub(crate) const CLASSES: &[&str] = &[
    "Shape",
    "NodeShape",
    "PropertyShape",
    "Parameter",
    "Parameterizable",
    "ConstraintComponent",
    "Validator",
    "SPARQLConstraint",
    "SPARQLExecutable",
    "SPARQLAskExecutable",
    "SPARQLSelectExecutable",
    "SPARQLConstructExecutable",
    "SPARQLUpdateExecutable",
    "SPARQLAskValidator",
    "SPARQLSelectValidator",
    "PrefixDeclaration",
    "PropertyGroup",
    "NodeKind",
    "Severity",
    "AbstractResult",
    "ValidationReport",
    "ValidationResult",
    "ResultAnnotation",
    "Function",
    "SPARQLFunction",
    "Rule",
    "TripleRule",
    "SPARQLRule",
    "Target",
    "TargetType",
    "SPARQLTarget",
    "SPARQLTargetType",
    "JSConstraint",
    "JSExecutable",
    "JSFunction",
    "JSLibrary",
    "JSRule",
    "JSTarget",
    "JSTargetType",
    "JSValidator",
];
