//! What is done where the program is stopped from outside.

use std::io;
use std::path::Path;

/// Removes a file when the program is stopped: by Ctrl-C or Ctrl-\, by `kill`, or by a terminal that is closed.
///
/// A file that is longer than the system allows is then an error of the write, and does not end the program.
#[cfg(unix)]
pub(super) fn remove(path: &Path) -> io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGXFSZ};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    // The folder in which the program runs stays the same.
    let path = path.to_owned();
    let mut signals = Signals::new([SIGINT, SIGQUIT, SIGTERM, SIGXFSZ])?;
    if !is_kept_from_hangup() {
        signals.add_signal(SIGHUP)?;
    }
    std::thread::Builder::new().spawn(move || {
        for signal in signals.forever().filter(|&signal| signal != SIGXFSZ) {
            // Once the archive is complete there is no such file, which is as well.
            let _ = std::fs::remove_file(&path);
            let _ = emulate_default_handler(signal);
        }
    })?;
    Ok(())
}

/// Whether a terminal that is closed does not end the program: `nohup` has seen to that.
#[cfg(unix)]
fn is_kept_from_hangup() -> bool {
    let Ok(status) = std::fs::read_to_string("/proc/self/status") else {
        // It cannot be known, and `nohup` has to work.
        return true;
    };
    // A bit for each signal that is ignored.
    let set = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let set = set.and_then(|set| u64::from_str_radix(set.trim(), 16).ok());
    set.is_none_or(|set| set >> (signal_hook::consts::SIGHUP - 1) & 1 == 1)
}

/// Does nothing: there are no such signals.
#[cfg(not(unix))]
pub(super) fn remove(_: &Path) -> io::Result<()> {
    Ok(())
}
