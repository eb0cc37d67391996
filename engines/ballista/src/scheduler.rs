//! The scheduler: takes queries from clients and gives tasks to executors.

use std::io::{self, Write};
use std::net::IpAddr;
use std::process::ExitCode;
use std::sync::Arc;

use ballista_core::error::{BallistaError, Result};
use ballista_core::utils::default_config_producer;
use ballista_scheduler::cluster::BallistaCluster;
use ballista_scheduler::config::{SchedulerConfig, TaskDistributionPolicy};
use ballista_scheduler::scheduler_process::{create_scheduler, start_grpc_service_with_listener};
use clap::Parser;
use datafusion_proto::protobuf::{LogicalPlanNode, PhysicalPlanNode};
use log::LevelFilter;
use tokio::net::TcpListener;

use crate::{functions, logger, run};

/// Gives the tasks of SQL queries to executors.
///
/// Writes `listening on HOST:PORT` to standard output as soon as it can be reached.
///
/// There is no password and no encryption: whoever reaches the port can read every file that the
/// executors can read. By default, that is this machine only.
#[derive(Debug, Clone, Parser)]
#[command(name = "cnic-scheduler", version, term_width = 100)]
#[non_exhaustive]
pub struct Options {
    /// Address to listen at.
    #[arg(long, value_name = "IP", default_value = "127.0.0.1")]
    pub host: IpAddr,
    /// Port to listen at; 0 takes a free one.
    #[arg(long, value_name = "PORT", default_value_t = 50050)]
    pub port: u16,
    /// Name or address at which executors reach the scheduler, if that is not --host.
    #[arg(long, value_name = "HOST")]
    pub advertise: Option<String>,
    /// Seconds without a sign of life after which an executor counts as lost. Its tasks are run
    /// again elsewhere. A query fails if no executor comes back within as many seconds again.
    #[arg(long, value_name = "SECONDS", default_value_t = 20, value_parser = clap::value_parser!(u64).range(2..))]
    pub executor_timeout: u64,
    /// What to write to standard error: off, error, warn, info, debug or trace. From info on, the
    /// messages may hold parts of queries.
    #[arg(long, value_name = "LEVEL", value_parser = logger::level, default_value = "warn")]
    pub log: LevelFilter,
}

impl Options {
    /// Returns where executors reach the scheduler.
    fn advertised(&self) -> Result<String> {
        match &self.advertise {
            Some(host) => Ok(host.clone()),
            None if self.host.is_unspecified() => Err(BallistaError::Configuration(format!(
                "--host {} needs --advertise: executors cannot connect to this address",
                self.host
            ))),
            None => Ok(host(self.host)),
        }
    }
}

/// Writes an address as the host of a URL.
pub(crate) fn host(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => format!("[{address}]"),
    }
}

/// Runs a scheduler until the process ends. `ready` gets the port as soon as it can be reached.
///
/// # Errors
///
/// Returns an error if the port is taken, or if the options contradict each other.
pub async fn serve(options: Options, ready: impl FnOnce(u16)) -> Result<()> {
    let advertised = options.advertised()?;
    let listener = TcpListener::bind((options.host, options.port)).await?;
    let port = listener.local_addr()?.port();
    let config = SchedulerConfig {
        bind_host: host(options.host),
        bind_port: port,
        external_host: advertised,
        // One executor is not filled before another one gets its first task.
        task_distribution: TaskDistributionPolicy::RoundRobin,
        executor_timeout_seconds: options.executor_timeout,
        expire_dead_executor_interval_seconds: (options.executor_timeout / 4).max(1),
        no_executors_grace_period_seconds: options.executor_timeout,
        override_config_producer: Some(Arc::new(default_config_producer)),
        override_session_builder: Some(Arc::new(functions::session_state)),
        ..SchedulerConfig::default()
    };
    config.validate()?;
    let cluster = BallistaCluster::new_from_config(&config).await?;
    let scheduler =
        create_scheduler::<LogicalPlanNode, PhysicalPlanNode>(cluster, Arc::new(config)).await?;
    ready(port);
    start_grpc_service_with_listener(listener, scheduler).await
}

/// The program `cnic-scheduler`.
pub fn main() -> ExitCode {
    let options = Options::parse();
    logger::start(options.log);
    let address = host(options.host);
    let result = run::run(serve(options, move |port| {
        // A caller that closed the pipe does not want to know.
        let _ = writeln!(io::stdout(), "listening on {address}:{port}");
    }));
    run::exit(result.map_err(BallistaError::from).flatten())
}
