mod excerpt;
mod yaml;

use std::io::{self, Write};

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use anstream::{AutoStream, ColorChoice};
use pfocr2rdf::diagnostic::{Code, Diagnostic, Location, Related, Severity};
use pfocr2rdf::explain;
use pfocr2rdf::source::Input;

use self::excerpt::{Excerpt, Sources};
use super::report::{Report, Totals, notes};
use crate::cli::visible::visible;

/// The results for people, as the Rust compiler shows them: with the line of the source and a
/// mark at the place, where the file can be read again.
pub(super) struct Text<'o> {
    out: &'o mut dyn Write,
    renderer: Renderer,
    sources: Sources<'o>,
}

impl<'o> Text<'o> {
    /// In colours if standard output shows them.
    pub(super) fn new(inputs: &'o [Input], out: &'o mut dyn Write) -> Self {
        let renderer = match AutoStream::choice(&io::stdout()) {
            ColorChoice::Never => Renderer::plain(),
            _ => Renderer::styled(),
        };
        let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(excerpt::WIDTH);
        Self { out, renderer, sources: Sources::new(inputs) }
    }
}

impl Report for Text<'_> {
    fn add(&mut self, diagnostic: &Diagnostic) -> io::Result<()> {
        let level = match diagnostic.severity() {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Note => Level::NOTE,
        };
        let title = level.primary_title(visible(&diagnostic.message)).id(diagnostic.name());
        // What was too large to be read is not read for its first line.
        let is_read = diagnostic.code != Code::TooLarge;
        let excerpt = is_read.then(|| self.sources.excerpt(&diagnostic.location)).flatten();
        let related: Vec<_> = diagnostic
            .related
            .iter()
            .map(|related| (related, self.sources.excerpt(&related.location)))
            .collect();
        let group = with_place(Group::with_title(title), &diagnostic.location, excerpt.as_ref());
        let group = related.iter().fold(group, |group, (related, excerpt)| {
            with_related(group, related, excerpt.as_ref())
        });
        let note = |note: String| Level::NOTE.message(visible(&note).into_owned());
        let notes = notes(diagnostic).map(note);
        let help = explain::help(diagnostic).map(|help| Level::HELP.message(help));
        let group = group.elements(notes.chain(help));
        writeln!(self.out, "{}\n", self.renderer.render(&[group]))
    }

    fn finish(&mut self, totals: &Totals) -> io::Result<()> {
        totals.cut().map_or(Ok(()), |cut| writeln!(self.out, "{cut}"))
    }
}

fn with_place<'a>(
    group: Group<'a>,
    location: &'a Location,
    excerpt: Option<&'a Excerpt>,
) -> Group<'a> {
    match excerpt {
        Some(excerpt) => {
            let mark = AnnotationKind::Primary.span(excerpt.mark.clone());
            group.element(snippet(location, excerpt, mark))
        }
        None => group.element(origin(location)),
    }
}

/// Another place, with what stands there.
fn with_related<'a>(
    group: Group<'a>,
    related: &'a Related,
    excerpt: Option<&'a Excerpt>,
) -> Group<'a> {
    let (location, message) = (&related.location, visible(&related.message));
    match excerpt {
        Some(excerpt) => group.element(snippet(
            location,
            excerpt,
            AnnotationKind::Context.span(excerpt.mark.clone()).label(message),
        )),
        None => group.element(origin(location)).element(Level::NOTE.message(message)),
    }
}

fn snippet<'a>(
    location: &'a Location,
    excerpt: &'a Excerpt,
    annotation: Annotation<'a>,
) -> Snippet<'a, Annotation<'a>> {
    let line = usize::try_from(location.line).unwrap_or(usize::MAX);
    let snippet = Snippet::source(excerpt.line.as_str()).path(visible(&location.file));
    snippet.line_start(line).annotation(annotation)
}

fn origin(location: &Location) -> Origin<'_> {
    let number = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    let origin = Origin::path(visible(&location.file)).line(number(location.line));
    origin.char_column(number(location.column))
}
