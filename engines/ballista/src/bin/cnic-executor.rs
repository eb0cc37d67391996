//! Runs tasks of SQL queries; see `--help`.

fn main() -> std::process::ExitCode {
    cnic_ballista::executor::main()
}
