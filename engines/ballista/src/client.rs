//! A client: sends queries to the scheduler and collects their results.

use std::error::Error;
use std::fmt;
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use ballista::extension::SessionConfigExt;
use ballista::prelude::SessionContextExt;
use ballista_core::config::BALLISTA_CLIENT_PULL;
use ballista_core::execution_plans::DistributedQueryExec;
use ballista_core::serde::protobuf::CancelJobParams;
use ballista_core::serde::protobuf::scheduler_grpc_client::SchedulerGrpcClient;
use ballista_core::utils::create_grpc_client_endpoint;
use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::error::DataFusionError;
use datafusion::execution::context::SQLOptions;
use datafusion::execution::{SessionStateBuilder, TaskContext};
use datafusion::physical_plan::{ExecutionPlan, collect};
use datafusion::prelude::{SessionConfig, SessionContext};
use datafusion_proto::protobuf::LogicalPlanNode;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep, timeout};

use crate::address::Address;
use crate::functions;

/// The result of a query.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Rows {
    /// Names and types of the columns.
    pub schema: SchemaRef,
    /// The rows.
    pub batches: Vec<RecordBatch>,
}

/// A session with a cluster.
///
/// ```no_run
/// use std::time::Duration;
///
/// use cnic_ballista::Client;
///
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// let client = Client::connect("127.0.0.1:50050".parse()?).await?.with_wait(Duration::from_secs(5));
/// client.context().register_parquet("archive", "/data/archive", Default::default()).await?;
/// let rows = client.query("SELECT cnic_code(body), count(*) FROM archive GROUP BY 1").await?;
/// println!("{} batches", rows.batches.len());
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Client {
    context: SessionContext,
    scheduler: Address,
    wait: Duration,
    limit: Option<Duration>,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("scheduler", &self.scheduler).finish_non_exhaustive()
    }
}

impl Client {
    /// Connects to a scheduler.
    ///
    /// The functions on responses are registered, and a file can be named in place of a table, as
    /// in `FROM '/data/archive.parquet'`. Paths are those of the scheduler and of the executors.
    ///
    /// # Errors
    ///
    /// Returns [`ClientError::NoScheduler`] if nothing accepts connections at the address.
    pub async fn connect(scheduler: Address) -> Result<Self, ClientError> {
        probe(&scheduler)
            .await
            .map_err(|source| ClientError::NoScheduler { scheduler: scheduler.clone(), source })?;
        // A client that asks for the state of its query knows the query's id from the start, so
        // that it can cancel it.
        let config = SessionConfig::new_with_ballista().set_bool(BALLISTA_CLIENT_PULL, true);
        let state = SessionStateBuilder::new().with_default_features().with_config(config).build();
        let url = format!("df://{scheduler}");
        let context = SessionContext::remote_with_state(&url, state).await?;
        functions::register(&context);
        let context = context.enable_url_table();
        Ok(Self { context, scheduler, wait: Duration::from_secs(30), limit: None })
    }

    /// Sets for how long a query waits while the cluster has no executor. The default is 30
    /// seconds.
    #[must_use]
    pub fn with_wait(mut self, wait: Duration) -> Self {
        self.wait = wait;
        self
    }

    /// Sets how long a query may take as a whole. There is no limit by default.
    #[must_use]
    pub fn with_limit(mut self, limit: Duration) -> Self {
        self.limit = Some(limit);
        self
    }

    /// Returns the session, to register tables with or to use without what
    /// [`query`](Self::query) adds.
    pub fn context(&self) -> &SessionContext {
        &self.context
    }

    /// Runs a query and collects its result.
    ///
    /// Only queries are accepted: statements that create, change or write something are rejected.
    /// A query that is given up is cancelled at the scheduler.
    ///
    /// # Errors
    ///
    /// Returns [`ClientError::Query`] if the query is not valid or fails,
    /// [`ClientError::NoExecutor`] if the cluster has no executor for as long as
    /// [`with_wait`](Self::with_wait) allows, and [`ClientError::Limit`] if the query takes longer
    /// than [`with_limit`](Self::with_limit) allows. No error comes with a part of the result.
    pub async fn query(&self, sql: &str) -> Result<Rows, ClientError> {
        let queries_only = SQLOptions::new()
            .with_allow_ddl(false)
            .with_allow_dml(false)
            .with_allow_statements(false);
        let frame = self.context.sql_with_options(sql, queries_only).await?;
        let tasks = Arc::new(frame.task_ctx());
        // Not the schema of the plan: it has no columns if it is known beforehand that there are no
        // rows.
        let schema = Arc::new(frame.schema().as_arrow().clone());
        let plan = frame.create_physical_plan().await?;
        let batches = self.collect(plan, tasks).await?;
        Ok(Rows { schema, batches })
    }

    /// Collects the result of a plan, unless there is a reason to give up.
    async fn collect(
        &self,
        plan: Arc<dyn ExecutionPlan>,
        tasks: Arc<TaskContext>,
    ) -> Result<Vec<RecordBatch>, ClientError> {
        let distributed = plan.downcast_ref::<DistributedQueryExec<LogicalPlanNode>>().is_some();
        let reason = {
            let mut result = pin!(collect(Arc::clone(&plan), tasks));
            tokio::select! {
                result = &mut result => return result.map_err(ClientError::from),
                // A plan that does not leave this process needs no executor.
                reason = self.no_executor(), if distributed => reason,
                reason = self.too_long() => reason,
                _ = tokio::signal::ctrl_c() => ClientError::Interrupted,
            }
        };
        let query = plan.downcast_ref::<DistributedQueryExec<LogicalPlanNode>>();
        if let Some(id) = query.and_then(DistributedQueryExec::job_id) {
            // The reason is what the caller has to know, whether this succeeds or not.
            let _ = timeout(Duration::from_secs(5), self.cancel(id.into())).await;
        }
        Err(reason)
    }

    /// Returns when there has been no executor for too long.
    async fn no_executor(&self) -> ClientError {
        let mut last_seen = Instant::now();
        loop {
            // An overloaded scheduler may fail to respond for a while. If it is gone, the query
            // itself fails.
            let alive = timeout(Duration::from_secs(5), probe(&self.scheduler)).await;
            if matches!(alive, Ok(Ok(true))) {
                last_seen = Instant::now();
            }
            if last_seen.elapsed() >= self.wait {
                return ClientError::NoExecutor {
                    scheduler: self.scheduler.clone(),
                    seconds: self.wait.as_secs(),
                };
            }
            sleep(Duration::from_millis(500)).await;
        }
    }

    /// Returns when the query has taken too long.
    async fn too_long(&self) -> ClientError {
        match self.limit {
            Some(limit) => {
                sleep(limit).await;
                ClientError::Limit { seconds: limit.as_secs() }
            }
            None => std::future::pending().await,
        }
    }

    /// Tells the scheduler that nobody waits for a query any more.
    async fn cancel(&self, job_id: String) -> Result<(), Box<dyn Error + Send + Sync>> {
        let endpoint = create_grpc_client_endpoint(format!("http://{}", self.scheduler), None)?;
        let mut scheduler = SchedulerGrpcClient::new(endpoint.connect().await?);
        scheduler.cancel_job(CancelJobParams { job_id }).await?;
        Ok(())
    }
}

/// Asks a scheduler whether it has an executor that is alive.
async fn probe(scheduler: &Address) -> io::Result<bool> {
    let mut stream = TcpStream::connect(scheduler.to_string()).await?;
    let request = format!("GET /readyz HTTP/1.0\r\nHost: {scheduler}\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut response = Vec::new();
    stream.take(4096).read_to_end(&mut response).await?;
    let status = response.split(|byte| *byte == b' ').nth(1);
    match status {
        Some(b"200") => Ok(true),
        Some(b"503") => Ok(false),
        _ => Err(io::Error::new(io::ErrorKind::InvalidData, "not a scheduler")),
    }
}

/// The reason why there is no result.
#[derive(Debug)]
#[non_exhaustive]
pub enum ClientError {
    /// Nothing accepts connections at the address, or it is not a scheduler.
    #[non_exhaustive]
    NoScheduler {
        /// The address.
        scheduler: Address,
        /// What happened instead.
        source: io::Error,
    },
    /// The cluster had no executor for too long.
    #[non_exhaustive]
    NoExecutor {
        /// The address of the scheduler.
        scheduler: Address,
        /// For how long.
        seconds: u64,
    },
    /// The query took too long.
    #[non_exhaustive]
    Limit {
        /// How long it was allowed to take.
        seconds: u64,
    },
    /// The process got an interrupt.
    Interrupted,
    /// The query is not valid, or it failed.
    Query(DataFusionError),
}

impl fmt::Display for ClientError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoScheduler { scheduler, source } => {
                write!(f, "no scheduler at {scheduler}: {source}")
            }
            Self::NoExecutor { scheduler, seconds } => {
                write!(f, "the scheduler at {scheduler} has had no executor for {seconds} s")
            }
            Self::Limit { seconds } => write!(f, "the query took longer than {seconds} s"),
            Self::Interrupted => f.write_str("interrupted"),
            Self::Query(error) => error.fmt(f),
        }
    }
}

impl Error for ClientError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::NoScheduler { source, .. } => Some(source),
            Self::Query(error) => error.source(),
            _ => None,
        }
    }
}

impl From<DataFusionError> for ClientError {
    fn from(error: DataFusionError) -> Self {
        Self::Query(error)
    }
}
