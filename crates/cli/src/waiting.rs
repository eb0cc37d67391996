//! A word to people who do not know that they are waited for.

use std::convert::Infallible;
use std::io::{self, IsTerminal};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use crate::failure;

/// Who begins to type before that needs no word.
const PATIENCE: Duration = Duration::from_secs(1);

#[cfg(windows)]
const END: &str = "Ctrl-Z and Enter";
#[cfg(not(windows))]
const END: &str = "Ctrl-D";

/// Says on standard error what is waited for, unless it is dropped before long.
pub(crate) struct Waiting {
    /// The thread ends with it.
    _waiting: Sender<Infallible>,
}

impl Waiting {
    /// Begins to wait for what is typed; `None` if standard input or standard error is no terminal.
    ///
    /// Nobody types into a pipe, and nobody reads in a file that there is something to be typed.
    pub(crate) fn new() -> Option<Self> {
        if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
            return None;
        }
        let (sender, receiver) = mpsc::channel::<Infallible>();
        let wait = move || {
            if receiver.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                let text = format!("reading standard input, which ends with {END}; or name a FILE");
                failure::tell("note", text);
            }
        };
        // Without a thread there is no word.
        thread::Builder::new().spawn(wait).ok()?;
        Some(Self { _waiting: sender })
    }
}
