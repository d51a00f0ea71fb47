//! Which triples of other nodes than the focus nodes shapes look at.

use rustc_hash::FxHashSet;

use super::reach::{At, each_inside};
use crate::shacl::path::Path;
use crate::shacl::program::{Check, Program, Shape};
use crate::shacl::terms::TermId;
use crate::shacl::vocab;

/// The predicates of these triples; nothing if they may be any.
pub(crate) fn linked(program: &Program) -> Option<FxHashSet<TermId>> {
    let mut linked = Linked { predicates: FxHashSet::default() };
    let always =
        [vocab::RDF_TYPE, vocab::RDFS_SUB_CLASS_OF, vocab::INCOMPLETE, vocab::INCOMPLETE_URI_START];
    linked.predicates.extend(always.iter().chain(program.targets.objects_of.keys()));
    if program.orders.inverse || program.orders.predicate {
        return None;
    }
    let shapes = program.targeted.iter().copied();
    each_inside(program, shapes, |_, shape, places| linked.shape(shape, places))?;
    Some(linked.predicates)
}

struct Linked {
    predicates: FxHashSet<TermId>,
}

/// Nothing if triples may be any.
type Known = Option<()>;

impl Linked {
    /// Adds those that a shape looks at, without the shapes inside it.
    fn shape(&mut self, shape: &Shape, (at, values): (At, At)) -> Known {
        if let Some(path) = &shape.path {
            self.path(path, at)?;
        }
        for constraint in &shape.constraints {
            match &constraint.check {
                Check::Pair(_, path) => self.path(path, at)?,
                Check::Closed(_) if values == At::Linked => return None,
                Check::UniqueValuesFor(_) => return None,
                #[cfg(feature = "sparql")]
                Check::Query(_) => return None,
                _ => {}
            }
        }
        Some(())
    }

    fn path(&mut self, path: &Path<TermId>, at: At) -> Known {
        match path {
            Path::Predicate(predicate) => {
                if at == At::Linked {
                    self.predicates.insert(*predicate);
                }
                Some(())
            }
            Path::Inverse(_) => None,
            Path::Sequence(paths) => {
                let places = [at].into_iter().chain(std::iter::repeat(At::Linked));
                paths.iter().zip(places).try_for_each(|(path, at)| self.path(path, at))
            }
            Path::Alternative(paths) => paths.iter().try_for_each(|path| self.path(path, at)),
            Path::ZeroOrOne(path) => self.path(path, at),
            Path::ZeroOrMore(path) | Path::OneOrMore(path) => self.path(path, At::Linked),
        }
    }
}
