//! Output that is longer than the terminal, shown by the pager that the user has chosen.

use std::cell::RefCell;
use std::io::{self, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::rc::Rc;

use crate::failure::Failure;
use crate::output::{self, Styled};

/// What a shell has to look at; other commands are words with blanks between them.
const SHELL: &[char] = &[
    '|', '&', ';', '<', '>', '(', ')', '$', '`', '\\', '"', '\'', '*', '?', '[', '#', '~', '=',
    '%', '{', '}', '\n',
];

/// Writes styled text to standard output, through the pager of the user if the text is longer than the terminal.
///
/// The pager is `PAGER`, as for git: with `LESS=FRX` unless that is set. If there is none, or if it fails, the text is written as
/// if nobody had asked for a pager. If it ends before the end of the text, the rest is not wanted.
pub(crate) fn styled(write: impl Fn(&mut Styled) -> Result<(), Failure>) -> Result<(), Failure> {
    let (Some(command), Some(height)) = (command(), output::terminal_height()) else {
        return output::styled(write);
    };
    let paged = Rc::new(RefCell::new(Paged { command, height, lines: 0, end: End::Held(vec![]) }));
    let written = output::styled_to(Box::new(Shared(Rc::clone(&paged))), &write);
    let mut paged = paged.borrow_mut();
    match std::mem::replace(&mut paged.end, End::Plain) {
        End::Held(text) => {
            written?;
            output::plain(|out| Ok(out.write_all(&text)?))
        }
        End::Plain => written,
        End::Pager(pager) => {
            if pager.end() {
                // A closed pipe is how a pager says that it is enough.
                written.or_else(|failure| match failure {
                    Failure::ClosedPipe => Ok(()),
                    failure => Err(failure),
                })
            } else {
                output::styled(write)
            }
        }
    }
}

/// Returns the pager of the user, unless it would do nothing.
fn command() -> Option<String> {
    let command = std::env::var("PAGER").ok()?;
    let name = command.trim();
    (!name.is_empty() && name != "cat").then(|| name.to_owned())
}

/// A text of which it is not known yet whether it is longer than the terminal.
struct Paged {
    command: String,
    height: usize,
    lines: usize,
    end: End,
}

/// Where the text goes.
enum End {
    /// Nowhere yet: it fits by now.
    Held(Vec<u8>),
    Pager(Pager),
    /// To the terminal: there is no pager.
    Plain,
}

/// The text of which the writer is elsewhere.
struct Shared(Rc<RefCell<Paged>>);

impl Write for Shared {
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        let mut paged = self.0.borrow_mut();
        let Paged { command, height, lines, end } = &mut *paged;
        if let End::Held(held) = end {
            held.extend_from_slice(text);
            *lines += memchr::memchr_iter(b'\n', text).count();
            // The last line of the terminal is for the prompt.
            if *lines < *height {
                return Ok(text.len());
            }
            let held = std::mem::take(held);
            *end = Pager::start(command).map_or(End::Plain, End::Pager);
            return end.write_all(&held).map(|()| text.len());
        }
        end.write_all(text).map(|()| text.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl End {
    fn write_all(&mut self, text: &[u8]) -> io::Result<()> {
        match self {
            Self::Held(held) => held.write_all(text),
            Self::Pager(pager) => pager.stdin.write_all(text),
            Self::Plain => {
                let mut stdout = io::stdout().lock();
                stdout.write_all(text)?;
                stdout.flush()
            }
        }
    }
}

/// A pager that shows the text.
struct Pager {
    child: Child,
    stdin: ChildStdin,
}

impl Pager {
    /// Starts a pager; `None` if that is not possible.
    fn start(command: &str) -> Option<Self> {
        let mut pager = parse(command)?;
        for (name, value) in [("LESS", "FRX"), ("LV", "-c")] {
            if std::env::var_os(name).is_none() {
                pager.env(name, value);
            }
        }
        ignore_interrupts();
        let mut child = pager.stdin(Stdio::piped()).spawn().ok()?;
        let stdin = child.stdin.take()?;
        Some(Self { child, stdin })
    }

    /// Waits until the user has seen enough, and returns whether the pager has done its work.
    fn end(mut self) -> bool {
        drop(self.stdin);
        // One that was ended by a signal was ended by the user.
        self.child.wait().is_ok_and(|status| matches!(status.code(), Some(0) | None))
    }
}

/// Returns how to start a command: by a shell if it takes one to read it.
fn parse(command: &str) -> Option<Command> {
    if cfg!(unix) && command.contains(SHELL) {
        let mut shell = Command::new("sh");
        shell.args(["-c", command]);
        return Some(shell);
    }
    let mut words = command.split_whitespace();
    let mut program = Command::new(words.next()?);
    program.args(words);
    Some(program)
}

/// Leaves Ctrl-C to the pager: it belongs to both, and the terminal is in the hands of the pager until that ends.
fn ignore_interrupts() {
    #[cfg(unix)]
    {
        use std::sync::Arc;
        use std::sync::atomic::AtomicBool;

        use signal_hook::consts::SIGINT;

        // Without it the pager is left behind on Ctrl-C.
        let _ = signal_hook::flag::register(SIGINT, Arc::new(AtomicBool::new(false)));
    }
}
