//! Which triples of other nodes than the focus nodes shapes look at.

use rustc_hash::FxHashSet;

use super::reach::At;
use crate::shacl::path::Path;
use crate::shacl::program::{Check, Program, ShapeId};
use crate::shacl::terms::TermId;
use crate::shacl::vocab;

/// The predicates of these triples; nothing if they may be any.
pub(crate) fn linked(program: &Program) -> Option<FxHashSet<TermId>> {
    let mut linked =
        Linked { program, predicates: FxHashSet::default(), seen: FxHashSet::default() };
    let always =
        [vocab::RDF_TYPE, vocab::RDFS_SUB_CLASS_OF, vocab::INCOMPLETE, vocab::INCOMPLETE_URI_START];
    linked.predicates.extend(always.iter().chain(program.targets.objects_of.keys()));
    let is_any = program.orders.inverse || program.orders.predicate;
    let mut shapes = program.targeted.iter();
    let is_known = !is_any && shapes.all(|shape| linked.shape(*shape, At::Focus).is_some());
    is_known.then_some(linked.predicates)
}

struct Linked<'a> {
    program: &'a Program,
    predicates: FxHashSet<TermId>,
    seen: FxHashSet<(ShapeId, At)>,
}

/// Nothing if triples may be any.
type Known = Option<()>;

impl Linked<'_> {
    fn shape(&mut self, id: ShapeId, at: At) -> Known {
        let Some(shape) = self.program.shape(id) else { return Some(()) };
        if shape.deactivated || !self.seen.insert((id, at)) {
            return Some(());
        }
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
            constraint.check.shapes().try_for_each(|inner| self.shape(inner, values))?;
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
