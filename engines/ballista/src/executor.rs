//! An executor: runs the tasks that the scheduler gives it.

use std::net::IpAddr;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use ballista_core::error::{BallistaError, Result};
use ballista_executor::executor_process::{ExecutorProcessConfig, start_executor_process};
use clap::Parser;
use log::LevelFilter;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Instant, sleep};

use crate::address::Address;
use crate::scheduler::host;
use crate::{functions, logger, run};

/// Runs tasks of SQL queries.
///
/// An executor reads the files of a query itself, under the same paths as the client. Intermediate
/// results, which hold values of these files, are in a folder that is removed at the end.
///
/// There is no password and no encryption: whoever reaches the ports can read every file that the
/// executor can read. By default, that is this machine only.
#[derive(Debug, Clone, Parser)]
#[command(name = "cnic-executor", version, term_width = 100)]
#[non_exhaustive]
pub struct Options {
    /// Where the scheduler is.
    #[arg(long, value_name = "HOST:PORT", default_value = "127.0.0.1:50050")]
    pub scheduler: Address,
    /// Address to listen at.
    #[arg(long, value_name = "IP", default_value = "127.0.0.1")]
    pub host: IpAddr,
    /// Name or address at which the others reach this executor, if that is not --host.
    #[arg(long, value_name = "HOST")]
    pub advertise: Option<String>,
    /// Port for results, which other executors and clients fetch; 0 takes a free one.
    #[arg(long, value_name = "PORT", default_value_t = 50051)]
    pub port: u16,
    /// Port for tasks, which the scheduler sends; 0 takes a free one.
    #[arg(long, value_name = "PORT", default_value_t = 50052)]
    pub task_port: u16,
    /// Number of tasks that run at the same time; 0 means one for each processor.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub cores: usize,
    /// Memory for sorting, joining and grouping, in MiB; beyond it, data go to disk. The default is
    /// 70 % of the machine's memory, so set this where several executors share a machine.
    #[arg(long, value_name = "MIB")]
    pub memory: Option<u64>,
    /// Folder for intermediate results. The default is a new one in the folder for temporary files.
    #[arg(long, value_name = "FOLDER")]
    pub work_dir: Option<String>,
    /// Seconds to wait for the scheduler at the start.
    #[arg(long, value_name = "SECONDS", default_value_t = 30)]
    pub wait: u64,
    /// Seconds between two signs of life. They must come several times within the scheduler's
    /// --executor-timeout.
    #[arg(long, value_name = "SECONDS", default_value_t = 5, value_parser = clap::value_parser!(u64).range(1..))]
    pub heartbeat: u64,
    /// What to write to standard error: off, error, warn, info, debug or trace.
    #[arg(long, value_name = "LEVEL", value_parser = logger::level, default_value = "warn")]
    pub log: LevelFilter,
}

/// Runs an executor until it gets an interrupt or a termination signal, or loses the scheduler.
///
/// # Errors
///
/// Returns an error if a port is taken, or if the scheduler cannot be reached.
pub async fn serve(options: Options) -> Result<()> {
    reach(&options.scheduler, Duration::from_secs(options.wait)).await?;
    // Removed when this function returns.
    let folder = match options.work_dir {
        Some(_) => None,
        None => Some(tempfile::Builder::new().prefix("cnic-executor-").tempdir()?),
    };
    let work_dir = match &folder {
        Some(folder) => folder.path().to_str().map(str::to_owned).ok_or_else(|| {
            BallistaError::Configuration("path of the temporary folder is not UTF-8".to_owned())
        })?,
        None => options.work_dir.unwrap_or_default(),
    };
    let config = ExecutorProcessConfig {
        bind_host: host(options.host),
        // Without one, the scheduler takes the address that the connection comes from.
        external_host: options
            .advertise
            .or_else(|| (!options.host.is_unspecified()).then(|| host(options.host))),
        port: free_port(options.host, options.port).await?,
        grpc_port: free_port(options.host, options.task_port).await?,
        scheduler_host: options.scheduler.host().to_owned(),
        scheduler_port: options.scheduler.port(),
        vcores: options.cores,
        work_dir: Some(work_dir),
        memory_pool_size: options.memory.map(|mebibytes| mebibytes.saturating_mul(1 << 20)),
        executor_heartbeat_interval_seconds: options.heartbeat,
        override_function_registry: Some(functions::registry()?),
        ..ExecutorProcessConfig::default()
    };
    start_executor_process(Arc::new(config)).await
}

/// Waits until the scheduler accepts connections.
async fn reach(scheduler: &Address, wait: Duration) -> Result<()> {
    let end = Instant::now() + wait;
    loop {
        match TcpStream::connect(scheduler.to_string()).await {
            Ok(_) => return Ok(()),
            Err(error) if Instant::now() >= end => {
                return Err(BallistaError::GrpcConnectionError(format!(
                    "no scheduler at {scheduler} after {} s: {error}",
                    wait.as_secs()
                )));
            }
            Err(_) => sleep(Duration::from_millis(200)).await,
        }
    }
}

/// Returns the port, or one that is free now if it is 0.
async fn free_port(host: IpAddr, port: u16) -> Result<u16> {
    match port {
        0 => Ok(TcpListener::bind((host, 0)).await?.local_addr()?.port()),
        port => Ok(port),
    }
}

/// The program `cnic-executor`.
pub fn main() -> ExitCode {
    let options = Options::parse();
    logger::start(options.log);
    run::exit(run::run(serve(options)).map_err(BallistaError::from).flatten())
}
