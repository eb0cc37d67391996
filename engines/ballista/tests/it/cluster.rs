//! A scheduler and executors as processes.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::thread::sleep;
use std::time::{Duration, Instant};

use cnic_ballista::{Address, Client};
use datafusion::prelude::ParquetReadOptions;
use tempfile::TempDir;

use crate::archive;

/// Two clusters at once would share the processors.
static ONE: Mutex<()> = Mutex::new(());

/// A process that is killed when it goes out of scope.
pub(crate) struct Process {
    child: Child,
    log: PathBuf,
}

impl Process {
    fn start(mut command: Command, log: PathBuf) -> Self {
        let child = command
            .stdin(Stdio::null())
            .stderr(File::create(&log).unwrap())
            .spawn()
            .unwrap_or_else(|error| panic!("{command:?}: {error}"));
        Self { child, log }
    }

    pub(crate) fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap()
    }

    /// Number of tasks that the executor has finished.
    pub(crate) fn finished(&self) -> usize {
        self.log().matches("Finished task").count()
    }

    /// Kills the process without a chance to clean up.
    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub(crate) struct Cluster {
    pub(crate) executors: Vec<Process>,
    _scheduler: Process,
    address: Address,
    pub(crate) folder: TempDir,
}

impl Cluster {
    /// Starts a scheduler and executors on free ports.
    pub(crate) fn start(executors: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_cnic-scheduler"));
        command.args(["--port", "0", "--executor-timeout", "8"]).stdout(Stdio::piped());
        let mut scheduler = Process::start(command, folder.path().join("scheduler.log"));
        let mut line = String::new();
        BufReader::new(scheduler.child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address: Address = line
            .trim_end()
            .strip_prefix("listening on ")
            .unwrap_or_else(|| panic!("{line:?}: {}", scheduler.log()))
            .parse()
            .unwrap();
        let executors: Vec<_> = (0..executors)
            .map(|index| {
                let mut command = Command::new(env!("CARGO_BIN_EXE_cnic-executor"));
                command.args(["--scheduler", &address.to_string(), "--port=0", "--task-port=0"]);
                command.args(["--cores=1", "--memory=2048", "--heartbeat=1", "--log=info"]);
                let work = folder.path().join(format!("work-{index}"));
                fs::create_dir(&work).unwrap();
                command.arg("--work-dir").arg(work).stdout(Stdio::null());
                Process::start(command, folder.path().join(format!("executor-{index}.log")))
            })
            .collect();
        for executor in &executors {
            let end = Instant::now() + Duration::from_secs(60);
            while !executor.log().contains("Executor registration succeed") {
                assert!(Instant::now() < end, "no executor: {}", executor.log());
                sleep(Duration::from_millis(50));
            }
        }
        Self { executors, _scheduler: scheduler, address, folder }
    }

    pub(crate) fn address(&self) -> Address {
        self.address.clone()
    }

    /// A client that has the archive as a table.
    pub(crate) async fn client(&self) -> Client {
        let client = Client::connect(self.address()).await.unwrap();
        let folder = archive::folder().to_str().unwrap();
        let options = ParquetReadOptions::default();
        client.context().register_parquet("archive", folder, options).await.unwrap();
        client
    }

    /// Number of tasks that each executor has finished.
    pub(crate) fn finished(&self) -> Vec<usize> {
        self.executors.iter().map(Process::finished).collect()
    }
}

/// Runs a test by itself, on threads that can plan queries in a build without optimization.
pub(crate) fn run<T: Send + 'static>(test: impl Future<Output = T> + Send + 'static) -> T {
    let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .thread_stack_size(32 << 20)
        .build()
        .unwrap();
    match runtime.block_on(runtime.spawn(test)) {
        Ok(result) => result,
        Err(error) => std::panic::resume_unwind(error.into_panic()),
    }
}
