mod advice;
mod example;
mod file;

use oxrdf::NamedNode;

use self::advice::Advice;
use self::file::File;
use super::Explanation;
use crate::shapes::{self, NAMESPACE, ShapesFile};

/// What there is to say of a shape.
pub(super) fn explain(name: &str) -> Option<Explanation> {
    let shape = NamedNode::new(format!("{NAMESPACE}{name}")).ok()?;
    let mut files = every().map(File::new);
    files.find_map(|file| file.has(&shape).then(|| explain_shape(&file, &shape)))
}

/// The shapes of all files, in the order in which they stand there.
pub(super) fn all() -> impl Iterator<Item = Explanation> {
    every().flat_map(|file| {
        let file = File::new(file);
        let explain = |shape: &NamedNode| explain_shape(&file, shape);
        file.shapes().iter().map(explain).collect::<Vec<_>>()
    })
}

/// The files of shapes of records and of the description of a release.
fn every() -> impl Iterator<Item = &'static ShapesFile> {
    shapes::ALL.iter().chain([&shapes::DESCRIPTION])
}

fn explain_shape(file: &File, shape: &NamedNode) -> Explanation {
    let Advice { why, cure } = advice::of(file, shape);
    Explanation {
        name: file::local(shape).to_owned(),
        severity: file.severity(shape),
        meaning: file.literal(shape, "message").to_owned(),
        why,
        example: example::of(file, shape)
            .or_else(|| file.properties(shape).find_map(|property| example::of(file, &property)))
            .unwrap_or_default(),
        cure,
    }
}
