//! What is done where the program is stopped from outside.

use std::io;
use std::path::Path;

/// Removes a file when the program is stopped: by Ctrl-C, or by `kill`.
///
/// A file that is longer than the system allows is then an error of the write, and does not end the program.
#[cfg(unix)]
pub(super) fn remove(path: &Path) -> io::Result<()> {
    use signal_hook::consts::{SIGINT, SIGTERM, SIGXFSZ};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    // The folder in which the program runs stays the same.
    let path = path.to_owned();
    let mut signals = Signals::new([SIGINT, SIGTERM, SIGXFSZ])?;
    std::thread::Builder::new().spawn(move || {
        for signal in signals.forever().filter(|&signal| signal != SIGXFSZ) {
            // Once the archive is complete there is no such file, which is as well.
            let _ = std::fs::remove_file(&path);
            let _ = emulate_default_handler(signal);
        }
    })?;
    Ok(())
}

/// Does nothing: there are no such signals.
#[cfg(not(unix))]
pub(super) fn remove(_: &Path) -> io::Result<()> {
    Ok(())
}
