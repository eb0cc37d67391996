//! Gives the tasks of SQL queries to executors; see `--help`.

fn main() -> std::process::ExitCode {
    cnic_ballista::scheduler::main()
}
