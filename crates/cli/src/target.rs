//! Where the values of streams go, and what there was in the streams.

use std::io::{self, Write};

use crate::failure::Failure;
use crate::input::Source;
use crate::kept::{self, Kept, Unpacked, unpack};
use crate::output;
use crate::unsuccessful::Unsuccessful;

/// Where the values of the streams go.
pub(crate) trait Target {
    type Out: Write;

    /// Returns where to write the next value, unless the values are only checked by now.
    fn out(&mut self) -> Option<&mut Self::Out>;

    /// Writes [packed](kept::Packed) values.
    fn packed(&mut self, packed: &[u8]) -> io::Result<()>;

    /// Says that values of a source could not be written.
    fn failure(&self, source: &Source, error: &io::Error) -> Failure;

    /// Does what is to be done before there may be long to wait for more.
    fn pause(&mut self) -> io::Result<()>;

    /// Takes notice of a problem with a value.
    fn problem(&mut self);
}

/// What there was in the streams.
#[derive(Default)]
pub(crate) struct Summary {
    pub(crate) has_problems: bool,
    /// The codes that are no success codes.
    pub(crate) unsuccessful: Unsuccessful,
    /// Whether a FILE could not be opened.
    pub(crate) has_unread: bool,
}

impl Summary {
    /// Tells what is wrong with values of a source.
    pub(crate) fn problems(
        &mut self,
        problems: &mut Vec<String>,
        source: &Source,
        target: &mut impl Target,
    ) {
        if !problems.is_empty() {
            self.has_problems = true;
            target.problem();
        }
        problems.drain(..).for_each(|problem| source.tell("error", &problem));
    }
}

/// Each value is written as it comes.
impl Target for output::Plain {
    type Out = Self;

    fn out(&mut self) -> Option<&mut Self> {
        Some(self)
    }

    fn packed(&mut self, packed: &[u8]) -> io::Result<()> {
        match unpack(packed, self, |_| ())? {
            Unpacked::Written => Ok(()),
            Unpacked::Unread(error) => Err(error),
        }
    }

    fn failure(&self, _: &Source, error: &io::Error) -> Failure {
        Failure::from(io::Error::new(error.kind(), error.to_string()))
    }

    fn pause(&mut self) -> io::Result<()> {
        self.flush()
    }

    fn problem(&mut self) {}
}

/// All values are held back; none any more once there is a problem, since then nothing is written.
impl Target for Option<Kept> {
    type Out = kept::Out;

    fn out(&mut self) -> Option<&mut kept::Out> {
        self.as_mut().map(Kept::out)
    }

    fn packed(&mut self, packed: &[u8]) -> io::Result<()> {
        self.as_mut().map_or(Ok(()), |kept| kept.packed(packed))
    }

    fn failure(&self, source: &Source, error: &io::Error) -> Failure {
        source.failure(&kept::no_room(error))
    }

    fn pause(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn problem(&mut self) {
        *self = None;
    }
}
