//! Signals that whoever runs the tests may ignore, as `nohup` does, and so do its children.

use std::process::Command;

/// Returns the program, which ends at them.
pub(crate) fn with_default_signals() -> Command {
    if cfg!(not(target_os = "linux")) {
        return Command::new(env!("CARGO_BIN_EXE_cnic"));
    }
    let mut command = Command::new("env");
    command.args(["--default-signal=HUP,INT,QUIT,TERM", env!("CARGO_BIN_EXE_cnic")]);
    command
}
