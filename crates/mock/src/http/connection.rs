//! Connections, each with a time limit of its own.

use std::convert::Infallible;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use hyper::Response;
use hyper::body::Incoming;
use hyper::header::{ALLOW, CONTENT_LENGTH, CONTENT_TYPE};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, oneshot, watch};
use tokio::time::{Instant, sleep};

use crate::api::Api;
use crate::http::body::SentBody;
use crate::http::outgoing::Outgoing;
use crate::http::request::{Request, Unreadable};

/// The connections at one time. Others wait in the queue of the system.
const CONNECTIONS: usize = 1024;

/// The bytes of the head of a request, and so what an unfinished one may hold. An address in it has
/// less than 64 KiB: hyper takes no longer ones.
const HEAD: usize = 128 << 10;

/// What a connection is allowed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HttpLimits {
    /// The bytes of a form.
    pub(crate) form: usize,
    /// The time from the head of one request to that of the next, by the [`IdleClock`], without the
    /// delay of its response.
    pub(crate) exchange: Duration,
}

impl HttpLimits {
    /// 4,096 tags of 200 characters fit into the form.
    pub(crate) const DEFAULT: Self = Self { form: 1 << 20, exchange: Duration::from_secs(30) };
}

/// A clock that stands still while requests are answered: with many clients, a connection is not
/// cut off because the others are answered first.
#[derive(Debug)]
struct IdleClock {
    start: Instant,
    /// In microseconds.
    busy: AtomicU64,
}

impl IdleClock {
    fn new() -> Self {
        Self { start: Instant::now(), busy: AtomicU64::new(0) }
    }

    /// Returns the time since the start, without that in which requests were answered.
    fn now(&self) -> Duration {
        let busy = Duration::from_micros(self.busy.load(Ordering::Relaxed));
        self.start.elapsed().saturating_sub(busy)
    }

    /// Calls a function, whose time does not count.
    fn stop_during<T>(&self, function: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let value = function();
        let busy = u64::try_from(start.elapsed().as_micros()).unwrap_or(u64::MAX);
        self.busy.fetch_add(busy, Ordering::Relaxed);
        value
    }
}

/// Accepts connections until it is told to stop. No connection waits for another.
pub(crate) async fn serve(
    listener: TcpListener,
    api: Arc<Mutex<Api>>,
    limits: HttpLimits,
    mut stop: oneshot::Receiver<()>,
) {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let clock = Arc::new(IdleClock::new());
    loop {
        let accepted = async {
            let place = Arc::clone(&places).acquire_owned().await;
            (listener.accept().await, place)
        };
        let (accepted, place) = tokio::select! {
            accepted = accepted => accepted,
            _ = &mut stop => return,
        };
        match accepted {
            Ok((stream, _)) => {
                let (api, clock) = (Arc::clone(&api), Arc::clone(&clock));
                tokio::spawn(async move {
                    converse(stream, &api, limits, &clock).await;
                    drop(place);
                });
            }
            // A client that is gone already, or no descriptor left: the next try may do better.
            Err(_) => sleep(Duration::from_millis(10)).await,
        }
    }
}

/// Answers the requests of one connection until it closes or its time is up.
async fn converse(stream: TcpStream, api: &Mutex<Api>, limits: HttpLimits, clock: &IdleClock) {
    let (deadline, until) = watch::channel(clock.now() + limits.exchange);
    let service = service_fn(|request| {
        let deadline = &deadline;
        async move { Ok::<_, Infallible>(exchange(request, api, limits, clock, deadline).await) }
    });
    let connection =
        http1::Builder::new().max_buf_size(HEAD).serve_connection(TokioIo::new(stream), service);
    tokio::select! {
        // An error is the client's: no HTTP, or a connection that broke. There is nobody to tell.
        _ = connection => {}
        () = passed(until, clock) => {}
    }
}

/// Waits until the deadline, which may move while it is waited for.
async fn passed(deadline: watch::Receiver<Duration>, clock: &IdleClock) {
    loop {
        let left = deadline.borrow().saturating_sub(clock.now());
        if left.is_zero() {
            return;
        }
        sleep(left).await;
    }
}

async fn exchange(
    request: hyper::Request<Incoming>,
    api: &Mutex<Api>,
    limits: HttpLimits,
    clock: &IdleClock,
    deadline: &watch::Sender<Duration>,
) -> Response<SentBody> {
    deadline.send_replace(clock.now() + limits.exchange);
    let outgoing = match Request::read(request, limits.form).await {
        Ok(request) => clock.stop_during(|| Api::lock(api).handle(&request)),
        Err(Unreadable::TooLarge) => Outgoing::new(413, "the form is too large\n"),
        Err(Unreadable::Broken) => Outgoing::new(400, "the request breaks off\n"),
    };
    if !outgoing.delay.is_zero() {
        deadline.send_replace(clock.now() + outgoing.delay + limits.exchange);
        sleep(outgoing.delay).await;
    }
    response(outgoing)
}

fn response(outgoing: Outgoing) -> Response<SentBody> {
    let mut response = Response::builder()
        .status(outgoing.status)
        .header(CONTENT_TYPE, "text/plain; charset=utf-8")
        .header(CONTENT_LENGTH, outgoing.lengths().0);
    if outgoing.status == 405 {
        response = response.header(ALLOW, "GET, POST");
    }
    response.body(SentBody::new(outgoing)).expect("the status was checked")
}
