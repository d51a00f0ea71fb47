//! Constraints that refer to other shapes: [logical](https://www.w3.org/TR/shacl/#core-components-logical)
//! and [shape-based](https://www.w3.org/TR/shacl/#core-components-shape) ones.
//!
//! Shapes are first asked without a place for results, so that they stop early; only what failed
//! is asked again for the details.

use super::sets::length;
use super::{Answer, Engine, Failure, Finding, Out, ShapeId, Site, Value};
use crate::shacl::program::Qualified;

impl<'a> Engine<'a> {
    pub(super) fn not(&mut self, site: &Site<'a>, shape: ShapeId, mut out: Out<'_>) -> Answer {
        let mut conforms = true;
        for position in site.start..site.end {
            let value = self.value(position);
            if self.shape(shape, value, None)? {
                conforms = site.fail(Some(value), out.as_deref_mut());
            }
        }
        Ok(conforms)
    }

    pub(super) fn and(&mut self, site: &Site<'a>, shapes: &[ShapeId], mut out: Out<'_>) -> Answer {
        let mut conforms = true;
        for position in site.start..site.end {
            let value = self.value(position);
            if self.count(shapes, value)? < shapes.len() {
                let details = self.details(shapes, value, out.is_some())?;
                conforms = site.fail_with(Some(value), details, out.as_deref_mut());
            }
        }
        Ok(conforms)
    }

    pub(super) fn or(&mut self, site: &Site<'a>, shapes: &[ShapeId], mut out: Out<'_>) -> Answer {
        let mut conforms = true;
        for position in site.start..site.end {
            let value = self.value(position);
            if !self.any(shapes, value)? {
                let details = self.details(shapes, value, out.is_some())?;
                conforms = site.fail_with(Some(value), details, out.as_deref_mut());
            }
        }
        Ok(conforms)
    }

    pub(super) fn xone(&mut self, site: &Site<'a>, shapes: &[ShapeId], mut out: Out<'_>) -> Answer {
        let mut conforms = true;
        for position in site.start..site.end {
            let value = self.value(position);
            let count = self.count(shapes, value)?;
            if count != 1 {
                let details = self.details(shapes, value, count == 0 && out.is_some())?;
                conforms = site.fail_with(Some(value), details, out.as_deref_mut());
            }
        }
        Ok(conforms)
    }

    pub(super) fn node(&mut self, site: &Site<'a>, shape: ShapeId, mut out: Out<'_>) -> Answer {
        let mut conforms = true;
        for position in site.start..site.end {
            let value = self.value(position);
            let mut details = Vec::new();
            let place = out.is_some().then_some(&mut details);
            if !self.shape(shape, value, place)? && !self.is_incomplete(value.term) {
                conforms = site.fail_with(Some(value), details, out.as_deref_mut());
            }
        }
        Ok(conforms)
    }

    /// The results of a property shape are results of their own.
    pub(super) fn property(&mut self, site: &Site<'a>, shape: ShapeId, mut out: Out<'_>) -> Answer {
        let mut conforms = true;
        for position in site.start..site.end {
            conforms &= self.shape(shape, self.value(position), out.as_deref_mut())?;
            if !conforms && out.is_none() {
                break;
            }
        }
        Ok(conforms)
    }

    pub(super) fn qualified_min(
        &mut self,
        site: &Site<'a>,
        count: i64,
        qualified: &Qualified,
        out: Out<'_>,
    ) -> Answer {
        let found = self.qualified(site, qualified)?;
        if length(&found) >= count || self.is_incomplete(site.focus.term) {
            return Ok(true);
        }
        let mut details = Vec::new();
        for position in site.start..site.end {
            let value = self.value(position);
            if !found.contains(&value) {
                details.extend(self.details(&[qualified.shape], value, out.is_some())?);
            }
        }
        Ok(site.fail_with(None, details, out))
    }

    pub(super) fn qualified_max(
        &mut self,
        site: &Site<'a>,
        count: i64,
        qualified: &Qualified,
        out: Out<'_>,
    ) -> Answer {
        let found = self.qualified(site, qualified)?;
        if length(&found) <= count {
            return Ok(true);
        }
        let first_too_many = usize::try_from(count).ok().and_then(|n| found.get(n));
        let origin = first_too_many.map_or(site.focus.origin, |value| value.origin);
        Ok(Finding { origin, ..Finding::new(site, None) }.push(out))
    }

    /// The values that conform to the shape and to none of its siblings.
    fn qualified(
        &mut self,
        site: &Site<'a>,
        qualified: &Qualified,
    ) -> Result<Vec<Value>, Box<Failure>> {
        let mut found = Vec::new();
        for position in site.start..site.end {
            let value = self.value(position);
            let conforms = self.shape(qualified.shape, value, None)?;
            if conforms && !self.any(&qualified.siblings, value)? {
                found.push(value);
            }
        }
        Ok(found)
    }

    pub(super) fn some_value(&mut self, site: &Site<'a>, shape: ShapeId, out: Out<'_>) -> Answer {
        if self.is_incomplete(site.focus.term) {
            return Ok(true);
        }
        let mut details = Vec::new();
        for position in site.start..site.end {
            let value = self.value(position);
            if self.shape(shape, value, None)? {
                return Ok(true);
            }
            details.extend(self.details(&[shape], value, out.is_some())?);
        }
        Ok(site.fail_with(None, details, out))
    }

    pub(super) fn any(&mut self, shapes: &[ShapeId], value: Value) -> Answer {
        for shape in shapes {
            if self.shape(*shape, value, None)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// How many of the shapes a value conforms to.
    pub(super) fn count(
        &mut self,
        shapes: &[ShapeId],
        value: Value,
    ) -> Result<usize, Box<Failure>> {
        let mut count = 0;
        for shape in shapes {
            count += usize::from(self.shape(*shape, value, None)?);
        }
        Ok(count)
    }

    /// The results of a value against shapes, if they are wanted.
    fn details(
        &mut self,
        shapes: &[ShapeId],
        value: Value,
        wanted: bool,
    ) -> Result<Vec<Finding>, Box<Failure>> {
        let mut details = Vec::new();
        for shape in shapes.iter().filter(|_| wanted) {
            self.shape(*shape, value, Some(&mut details))?;
        }
        Ok(details)
    }
}
