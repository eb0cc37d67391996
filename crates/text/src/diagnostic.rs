//! Errors as diagnostics of miette.

use alloc::boxed::Box;
use alloc::format;
use core::fmt::{Debug, Display};
use core::iter;

use miette::{Diagnostic, LabeledSpan};

use crate::located::{Kind, Located};

/// The code is the crate and the name of the kind, such as `cnic::command::DuplicateKey`, and the
/// one label has the bytes of [`span`](Located::span). Where something is missing, and that range
/// is empty, it begins at the start of the line.
///
/// The error does not hold the text, which may have secrets. Attach it with
/// `Report::from(error).with_source_code(text)` where it may be shown: the report quotes whole
/// lines, secrets included. It has to be the text that the span counts from; for an error of a
/// stream, the whole stream. Attach bytes that are not UTF-8 with `String::from_utf8_lossy`; up to
/// the error they are the same.
impl<K: Kind + Debug> Diagnostic for Located<K> {
    fn code<'a>(&'a self) -> Option<Box<dyn Display + 'a>> {
        Some(Box::new(format!("{}::{}", K::MODULE, self.kind().name())))
    }

    fn help<'a>(&'a self) -> Option<Box<dyn Display + 'a>> {
        Some(Box::new(self.kind().help()?))
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let span = self.span();
        // A label of no bytes at the end of the text would not be shown.
        let (text, start) = match span.is_empty() {
            true => (Some("here".into()), span.start.min(self.position().byte())),
            false => (None, span.start),
        };
        Some(Box::new(iter::once(LabeledSpan::new(text, start, span.end - start))))
    }
}
