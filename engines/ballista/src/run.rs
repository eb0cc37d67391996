//! A runtime for a program.

use std::future::Future;
use std::io::{self, Write};
use std::process::ExitCode;

use ballista_core::error::BallistaError;
use tokio::runtime::Builder;

/// Plans are trees, and planning one recurses: in a build without optimization it needs more than
/// the 2 MiB that a thread has by default.
const STACK: usize = 32 << 20;

/// Runs a future on the threads of a new runtime.
///
/// # Errors
///
/// Returns an error if the threads cannot be started, or if the future panics.
pub(crate) fn run<T: Send + 'static>(
    future: impl Future<Output = T> + Send + 'static,
) -> io::Result<T> {
    let runtime = Builder::new_multi_thread().enable_all().thread_stack_size(STACK).build()?;
    let result = runtime.block_on(runtime.spawn(future));
    // What still runs, such as a connection that is being closed, ends with the process.
    runtime.shutdown_background();
    result.map_err(io::Error::other)
}

/// Turns the result of a server into the exit status of its program: 0, or 2 with a message.
pub(crate) fn exit(result: Result<(), BallistaError>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nothing can be done if standard error is closed.
            let _ = writeln!(io::stderr(), "error: {error}");
            ExitCode::from(2)
        }
    }
}
