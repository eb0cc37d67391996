//! Messages of the cluster on standard error.

use std::io::{self, Write};
use std::sync::OnceLock;

use log::{LevelFilter, Log, Metadata, Record};

/// Writes messages of the cluster's own code down to a level, and only errors of what is below it,
/// such as HTTP.
struct Logger {
    level: LevelFilter,
}

impl Log for Logger {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        let own = ["ballista", "cnic"].iter().any(|name| metadata.target().starts_with(name));
        metadata.level() <= if own { self.level } else { self.level.min(LevelFilter::Error) }
    }

    fn log(&self, record: &Record<'_>) {
        if self.enabled(record.metadata()) {
            // Nothing can be done if standard error is closed.
            let _ = writeln!(
                io::stderr().lock(),
                "{} {}: {}",
                record.level().as_str().to_ascii_lowercase(),
                record.target(),
                record.args()
            );
        }
    }

    fn flush(&self) {}
}

static LOGGER: OnceLock<Logger> = OnceLock::new();

/// Begins to write messages. The first call in a process counts.
pub(crate) fn start(level: LevelFilter) {
    let logger = LOGGER.get_or_init(|| Logger { level });
    if log::set_logger(logger).is_ok() {
        log::set_max_level(level);
    }
}

/// Reads a level.
pub(crate) fn level(text: &str) -> Result<LevelFilter, &'static str> {
    text.parse().map_err(|_| "expected off, error, warn, info, debug or trace")
}
