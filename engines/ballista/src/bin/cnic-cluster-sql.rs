//! Runs a SQL query on a cluster; see `--help`.

fn main() -> std::process::ExitCode {
    cnic_ballista::sql::main()
}
