//! Which triples of other nodes than the focus nodes shapes look at.

use rustc_hash::FxHashSet;

use super::reach::At;
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
    let is_any = program.orders.inverse || program.orders.predicate;
    if is_any {
        return None;
    }
    let mut seen = FxHashSet::default();
    // Shapes inside one another may be more than a stack of calls bears.
    let mut open: Vec<_> = program.targeted.iter().map(|shape| (*shape, At::Focus)).collect();
    while let Some((id, at)) = open.pop() {
        let shape = program.shape(id).filter(|shape| !shape.deactivated);
        if let Some(shape) = shape.filter(|_| seen.insert((id, at))) {
            let values = linked.shape(shape, at)?;
            let inner = shape.constraints.iter().flat_map(|one| one.check.shapes());
            open.extend(inner.map(|inner| (inner, values)));
        }
    }
    Some(linked.predicates)
}

struct Linked {
    predicates: FxHashSet<TermId>,
}

/// Nothing if triples may be any.
type Known = Option<()>;

impl Linked {
    /// Adds those that a shape looks at, without the shapes inside it; gives where its values are.
    fn shape(&mut self, shape: &Shape, at: At) -> Option<At> {
        let values = match &shape.path {
            Some(path) => {
                self.path(path, at)?;
                At::Linked
            }
            None => at,
        };
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
        Some(values)
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
