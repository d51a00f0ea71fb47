//! What the engine cannot honour it refuses, with the line and the term.

use pfocr2rdf::shacl::{Options, Shapes, Source};

use crate::text::shapes;

/// The error of some shapes, without what all errors begin with.
fn refusal(turtle: &str) -> String {
    match shapes(turtle) {
        Ok(_) => "compiles".into(),
        Err(error) => error.to_string().replace("http://example.com/", ""),
    }
}

#[track_caller]
fn t(turtle: &str, expected: &str) {
    assert_eq!(refusal(turtle), expected, "{turtle}");
}

/// A property shape that is ill-formed.
#[track_caller]
fn property(constraint: &str, expected: &str) {
    let turtle = format!("<s> sh:path <p> ; {constraint} .");
    t(&turtle, &format!("s.ttl:1: <s> is ill-formed: {expected}"));
}

/// A node shape that is ill-formed.
#[track_caller]
fn node(constraint: &str, expected: &str) {
    let turtle = format!("<s> a sh:NodeShape ; {constraint} .");
    t(&turtle, &format!("s.ttl:1: <s> is ill-formed: {expected}"));
}

#[test]
fn files_must_be_turtle() {
    t("<a> <b> .", "s.ttl:1: . is not a valid RDF object");
    t("\n<a> <b> <c>", "s.ttl:2: Unexpected end");
}

#[test]
fn terms_must_be_known() {
    t("<s> a sh:NodeShape ;\n sh:targetClas <C> .", "s.ttl:2: unknown term sh:targetClas on <s>");
    t("<s> sh:targetClas <C> .", "s.ttl:1: unknown term sh:targetClas on <s>");
    t("<s> a sh:NodShape .", "s.ttl:1: unknown term sh:NodShape on <s>");
    t(
        "<s> sh:property [ sh:path <p> ;\n sh:minCoumt 1 ] .",
        "s.ttl:2: unknown term sh:minCoumt on the property shape of <p>",
    );
    t("<s> sh:path <p> ; sh:minCount 0 ; sh:value 1 .", "s.ttl:1: unknown term sh:value on <s>");
    t("<s> sh:node [ sh:Class <C> ] .", "s.ttl:1: unknown term sh:Class on a blank node");
    let unsupported = |term: &str| format!("s.ttl:1: the term {term} on <s> is not supported");
    t("<s> sh:targetClass <C> ; sh:js [ ] .", &unsupported("sh:js"));
    t("<s> sh:target [ ] .", &unsupported("sh:target"));
    t("<s> a sh:ShapeClass .", &unsupported("sh:ShapeClass"));
    t("<a> a <C> ; sh:nodeShape <b> .", "compiles");
    t("<r> a sh:ValidationResult ; sh:value 1 .", "compiles");
    t("<s> a sh:NodeShape ; sh:name 'x' ; sh:rule [ sh:subject 1 ] .", "compiles");
}

#[test]
fn all_faults_are_named_in_the_order_of_the_files() {
    t(
        "<s> a sh:NodeShape ;\n sh:minCount 1 ;\n sh:clas <C> ;\n sh:pattern '[' .",
        "s.ttl:2: <s> is ill-formed: sh:minCount is only for property shapes\n\
         s.ttl:3: unknown term sh:clas on <s>\n\
         s.ttl:4: pattern \"[\" is refused: a class without an end",
    );
}

#[test]
fn parameters_must_have_values_of_their_kind() {
    for term in ["minCount", "maxCount", "minLength", "maxLength", "qualifiedMinCount"] {
        property(&format!("sh:{term} 1.5"), &format!("sh:{term} must be an integer"));
        property(&format!("sh:{term} 'x'"), &format!("sh:{term} must be an integer"));
        property(&format!("sh:{term} 1 , 2"), &format!("sh:{term} has more than one value"));
    }
    for term in ["minExclusive", "minInclusive", "maxExclusive", "maxInclusive"] {
        property(&format!("sh:{term} <a>"), &format!("sh:{term} must be a literal"));
        property(&format!("sh:{term} 1 , 2"), &format!("sh:{term} has more than one value"));
    }
    for term in ["class", "datatype", "equals", "disjoint", "lessThan", "lessThanOrEquals"] {
        property(&format!("sh:{term} 'x'"), &format!("sh:{term} must be an IRI"));
    }
    for term in ["uniqueLang", "closed", "qualifiedValueShapesDisjoint", "singleLine"] {
        property(&format!("sh:{term} 'true'"), &format!("sh:{term} must be a boolean"));
        property(&format!("sh:{term} true , false"), &format!("sh:{term} has more than one value"));
    }
    for term in ["pattern", "flags"] {
        property(&format!("sh:{term} 1"), &format!("sh:{term} must be a string"));
        property(&format!("sh:{term} 'i' , 's'"), &format!("sh:{term} has more than one value"));
    }
    property("sh:datatype <a> , <b>", "sh:datatype has more than one value");
    property("sh:nodeKind sh:Iri", "sh:nodeKind must be one of the six node kinds");
    property("sh:nodeKind sh:IRI , sh:Literal", "sh:nodeKind has more than one value");
    property("sh:in 1", "sh:in must be a list");
    property("sh:in ( 1 ) , ( 2 )", "sh:in has more than one value");
    property("sh:in [ rdf:first 1 ]", "sh:in must be a list");
    property("sh:languageIn ( 'en' 1 )", "sh:languageIn must be a list of strings");
    property("sh:ignoredProperties ( 'x' )", "sh:ignoredProperties must be an IRI");
}

#[test]
fn lists_must_end() {
    let expected = "s.ttl:1: <s> is ill-formed: sh:in must be a list";
    t("<s> sh:in <l> . <l> rdf:first 1 ; rdf:rest <l> .", expected);
    t("<s> sh:in <l> . <l> rdf:first 1 , 2 ; rdf:rest rdf:nil .", expected);
    t("<s> sh:in ( 1 ) . rdf:nil rdf:rest rdf:nil .", expected);
}

#[test]
fn parameters_must_be_on_a_fitting_shape() {
    let of_property =
        ["minCount 1", "maxCount 1", "uniqueLang true", "lessThan <q>", "lessThanOrEquals <q>"];
    for constraint in of_property {
        let term = constraint.split(' ').next().unwrap();
        node(&format!("sh:{constraint}"), &format!("sh:{term} is only for property shapes"));
    }
    node(
        "sh:qualifiedValueShape [ ] ; sh:qualifiedMinCount 1",
        "sh:qualifiedValueShape is only for property shapes",
    );
    property("sh:uniqueValuesFor <q>", "sh:uniqueValuesFor is only for node shapes");
    property("a sh:NodeShape", "a sh:NodeShape must not have sh:path");
    t(
        "<s> a sh:PropertyShape .",
        "s.ttl:1: <s> is ill-formed: a sh:PropertyShape must have sh:path",
    );
}

#[test]
fn targets_and_texts_must_have_values_of_their_kind() {
    node("sh:targetNode [ ]", "sh:targetNode must be an IRI or a literal");
    for term in ["targetClass", "targetSubjectsOf", "targetObjectsOf"] {
        node(&format!("sh:{term} 'x'"), &format!("sh:{term} must be an IRI"));
    }
    t(
        "[] a sh:NodeShape , rdfs:Class .",
        "s.ttl:1: a blank node is ill-formed: a shape that is a class must be an IRI",
    );
    node("sh:message 1", "sh:message must be a string, with or without a language");
    node("sh:severity 'x'", "sh:severity must be an IRI");
    node("sh:severity sh:Warnng", "sh:severity is no severity of SHACL");
    node("sh:severity sh:Info , sh:Warning", "sh:severity has more than one value");
    node("sh:deactivated 1", "sh:deactivated must be true or false");
    node("sh:deactivated true , false", "sh:deactivated has more than one value");
}

#[test]
fn references_must_be_to_fitting_shapes() {
    for term in ["not", "node", "qualifiedValueShape"] {
        property(&format!("sh:{term} 'x'"), &format!("sh:{term} must be a shape, not a literal"));
    }
    property("sh:node [ sh:path <q> ]", "sh:node must be a node shape");
    node("sh:property [ ]", "sh:property must be a property shape: one with sh:path");
    property("sh:qualifiedMaxCount 1 , 2", "sh:qualifiedMaxCount has more than one value");
    for term in ["and", "or", "xone"] {
        node(&format!("sh:{term} [ ]"), &format!("sh:{term} must be a list"));
        node(&format!("sh:{term} ( 1 )"), &format!("sh:{term} must be a shape, not a literal"));
    }
}

#[test]
fn paths_must_be_well_formed() {
    fn path(path: &str, rule: &str) {
        let expected = format!("s.ttl:1: <s> is ill-formed: sh:path {rule}");
        t(&format!("<s> a sh:PropertyShape ; sh:path {path} ."), &expected);
    }
    path("'x'", "must be a path, not a literal");
    path("<p> , <q>", "has more than one value");
    path("( )", "must not be an empty list");
    path("( <p> )", "must be a path whose lists have two members or more");
    path("[ ]", "must be a path: a blank node of exactly one triple");
    path("[ sh:inversePath <p> , <q> ]", "must be a path: a blank node of exactly one triple");
    path("[ <p> <q> ]", "must be a path");
    path("[ sh:alternativePath ( <p> ) ]", "must be a path whose lists have two members or more");
    path("[ sh:alternativePath <p> ]", "must be a path of well-formed lists");
    path("( <p> [ sh:zeroOrMorePath 1 ] )", "must be a path, not a literal");
    let endless = "must not be a path inside itself, nor one of thousands of parts";
    path("_:a . _:a sh:inversePath _:a", endless);
    path("_:a . _:a sh:alternativePath ( <p> _:a )", endless);
}

#[test]
fn recursion_is_refused() {
    t("<s> a sh:NodeShape ;\n sh:node <s> .", "s.ttl:1: recursive shape: <s> -> <s>");
    t(
        "<s> sh:property <p> . <p> sh:path <q> ; sh:not [ sh:and ( <s> ) ] .",
        "s.ttl:1: recursive shape: <s> -> <p> -> a blank node -> <s>",
    );
}

#[test]
fn patterns_must_be_translatable() {
    fn pattern(pattern: &str, cause: &str) {
        let expected = format!("s.ttl:1: pattern {pattern:?} is refused: {cause}");
        t(&format!("<s> sh:path <p> ; sh:pattern {pattern:?} ."), &expected);
    }
    pattern("(a)\\1", "a back-reference");
    pattern("(?=a)", "only (?: may follow a parenthesis");
    pattern("\\p{IsGreek}", "Unicode blocks (IsGreek) are not supported");
    pattern("a{2,1}", "invalid repetition count range, the start must be <= the end");
    t(
        "<s> sh:path <p> ; sh:pattern 'a' ; sh:flags 'g' .",
        "s.ttl:1: pattern \"a\" is refused: unknown flag 'g'",
    );
}

#[test]
fn entailment_is_refused() {
    t(
        "<> sh:entailment <http://www.w3.org/ns/entailment/RDFS> .",
        "s.ttl:1: entailment regime <http://www.w3.org/ns/entailment/RDFS> is not supported",
    );
    t("<> sh:shapesGraph 'x' .", "s.ttl:1: <> is ill-formed: sh:shapesGraph must be an IRI");
}

#[test]
fn imports_are_only_looked_for_among_the_given_files() {
    fn missing(iri: &str) -> Vec<String> {
        let owl = "@prefix owl: <http://www.w3.org/2002/07/owl#> .";
        let shapes = shapes(&format!("{owl} <> owl:imports <{iri}> .")).unwrap();
        shapes.missing_imports().iter().map(|iri| iri.as_str().into()).collect()
    }
    assert_eq!(missing("other"), ["http://example.com/other"]);
    assert!(missing("").is_empty());
}

#[cfg(feature = "sparql")]
#[test]
fn queries_must_allow_pre_binding() {
    fn select(query: &str, cause: &str) {
        let shape = "<s> sh:targetNode <a> ; sh:sparql <q> .";
        let turtle = format!("{shape} <q> sh:select '''{query}''' .");
        t(&turtle, &format!("s.ttl:1: query of <q> is refused: {cause}"));
    }
    select("SELECT $this { $this ?p ?o MINUS { $this ?p 1 } }", "MINUS is not allowed");
    select("SELECT $this { VALUES ?x { 1 } }", "VALUES is not allowed");
    select("SELECT $this { LATERAL { $this ?p 1 } }", "LATERAL is not allowed");
    select("SELECT $this { } VALUES ?x { 1 }", "VALUES is not allowed");
    select("SELECT $this { SERVICE <a> { ?a ?b ?c } }", "SERVICE is not allowed");
    select("SELECT $this { FILTER EXISTS { SERVICE <a> { } } }", "SERVICE is not allowed");
    select("SELECT $this { FILTER (1 = 1 || EXISTS { MINUS { } }) }", "MINUS is not allowed");
    select("SELECT $this { BIND (1 AS $this) }", "$this must not be assigned");
    select("SELECT (1 AS $this) { }", "$this must not be assigned");
    select("SELECT $this { BIND (1 AS ?shapesGraph) }", "$shapesGraph must not be assigned");
    select("SELECT $this { { SELECT ?x { ?x ?y ?z } } }", "a nested SELECT must return $this");
    select("SELECT ?x { ?x ?y $this }", "it must return $this");
    select("SELECT * { FILTER ($this = 1) }", "it must return $this");
    select("ASK { }", "it must be a SELECT query");
    select("SELECT $this FROM <g> { }", "FROM is not allowed");
    select("SELECT $this { $this $PATH 1 }", "$PATH is only for the predicates of property shapes");
    let error = refusal("<s> sh:sparql <q> . <q> sh:select 'SELECT' .");
    assert!(error.starts_with("s.ttl:1: query of <q> is refused: error at 1:"), "{error}");
}

#[cfg(feature = "sparql")]
#[test]
fn queries_must_be_well_formed() {
    let query = "sh:select 'SELECT $this {}'";
    t("<s> sh:sparql [ ] .", "s.ttl:1: <s> is ill-formed: sh:sparql must have sh:select");
    t(
        &format!("<s> sh:sparql <q> . <q> {query} , 'SELECT  $this {{}}' ."),
        "s.ttl:1: <q> is ill-formed: sh:select has more than one value",
    );
    t(
        "<s> sh:sparql <q> . <q> sh:select 1 .",
        "s.ttl:1: <q> is ill-formed: sh:select must be a string",
    );
    t(
        &format!("<s> sh:sparql <q> . <q> {query} ; sh:prefixes <> . <> sh:declare [ ] ."),
        "s.ttl:1: <> is ill-formed: sh:declare must have sh:prefix and sh:namespace",
    );
    let twice = "<> sh:declare [ sh:prefix 'x' ; sh:namespace 'a:' ] ,\n \
                 [ sh:prefix 'x' ; sh:namespace 'b:' ] .";
    t(
        &format!("<s> sh:sparql <q> . <q> {query} ; sh:prefixes <> . {twice}"),
        "s.ttl:2: <> is ill-formed: sh:declare declares a prefix again, for another namespace",
    );
}

#[cfg(feature = "sparql")]
#[test]
fn queries_must_not_be_so_deep_that_the_stack_ends() {
    fn query(body: &str, cause: &str) {
        let select = format!("sh:select 'SELECT $this {{ {body} }}'");
        let expected = format!("s.ttl:1: query of <q> is refused: it {cause}");
        t(&format!("<s> sh:sparql <q> . <q> {select} ."), &expected);
    }
    let around = |left: &str, right: &str| format!("{}{}", left.repeat(1_500), right.repeat(1_500));
    let brackets = "has too many brackets inside one another";
    query(&around("{", "}"), brackets);
    query(&around("FILTER EXISTS {", "}"), brackets);
    query(&format!("FILTER ({})", around("(", ")").replace("()", "(1)")), brackets);
    let parts = "has too many parts inside one another";
    query(&format!("FILTER (1{})", " || 1".repeat(6_000)), parts);
    query(&format!("FILTER (1{})", " + 1".repeat(8_000)), parts);
    query(&format!("{{}}{}", " UNION {}".repeat(3_600)), parts);
    query(&format!("{{}}{}", " UNION {}".repeat(100_000)), "is longer than 32 KiB");
}

#[test]
fn components_must_be_well_formed() {
    fn component(bearer: &str, rest: &str, expected: &str) {
        let turtle = format!("<c> a sh:ConstraintComponent ; {rest} .");
        t(&turtle, &format!("s.ttl:1: <{bearer}> is ill-formed: {expected}"));
    }
    let name = "sh:path must end in a name for a variable that is not taken";
    let optional = "sh:parameter [ sh:path <x> ; sh:optional true ]";
    component("c", "sh:parameter [ ]", "sh:parameter must have sh:path");
    component("c", optional, "sh:parameter must not be only optional");
    component("b", "sh:parameter <b> . <b> sh:path <this>", name);
    component("b", "sh:parameter <b> . <b> sh:path <a-b>", name);
    t(
        "<c> a sh:ConstraintComponent ; sh:parametr [ ] .",
        "s.ttl:1: unknown term sh:parametr on <c>",
    );
}

#[cfg(feature = "sparql")]
#[test]
fn validators_must_be_of_the_form_for_their_use() {
    fn validator(validator: &str, expected: &str) {
        let component = "<c> a sh:ConstraintComponent ; sh:parameter [ sh:path <x> ]";
        t(&format!("<s> <x> 1 . {component} ; {validator} ."), &format!("s.ttl:1: {expected}"));
    }
    validator(
        "sh:validator [ sh:select 'SELECT $this {}' ]",
        "<c> is ill-formed: sh:validator must have sh:ask",
    );
    validator(
        "sh:nodeValidator [ sh:ask 'ASK {}' ]",
        "<c> is ill-formed: sh:nodeValidator must have sh:select",
    );
    validator(
        "sh:validator [ ] , [ ]",
        "<c> is ill-formed: sh:validator has more than one value\n\
         s.ttl:1: <c> is ill-formed: sh:validator must have sh:ask",
    );
    validator(
        "sh:validator <v> . <v> sh:ask 'ASK { BIND (1 AS ?value) }'",
        "query of <v> is refused: $value must not be assigned",
    );
    validator(
        "sh:parameter [ sh:path <y> ] ; sh:validator [ sh:ask 'ASK {}' ] . <s> <y> 1 , 2",
        "<s> is ill-formed: <y> has more than one value",
    );
}

#[cfg(not(feature = "sparql"))]
#[test]
fn queries_are_refused_without_their_feature() {
    t(
        "<s> sh:sparql [ sh:select 'SELECT $this {}' ] .",
        "s.ttl:1: the term sh:sparql (without the feature \"sparql\") on <s> is not supported",
    );
}

#[test]
fn blank_nodes_of_two_files_are_two() {
    let file = |name: &str, shape: &str| {
        let turtle = format!("@prefix sh: <http://www.w3.org/ns/shacl#> . {shape}");
        Source::turtle(name, "http://example.com/", &turtle).unwrap()
    };
    let one = file("a-b.ttl", "<s> sh:property [ sh:path <p> ; sh:minCount 1 ] .");
    let other = file("ab.ttl", "<t> sh:property [ sh:path <p> ; sh:minCount 2 ] .");
    assert_eq!(Shapes::compile(&[one, other], &Options::new()).unwrap().len(), 4);
}
