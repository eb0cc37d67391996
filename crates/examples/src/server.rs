//! The mock server.

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};

use axum::Router;
use axum::body::Bytes;
use axum::extract::DefaultBodyLimit;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::post;
use tokio::runtime::{Builder, Runtime};

use crate::answer::{MAX_BODY, answer};

/// A server on this machine's loopback address that [answers](answer) commands, until it is dropped.
///
/// It speaks HTTP as the vendor's does: `POST /api/call.cgi`, a form in the body, and status 200 for every response, whatever its
/// code. Another path is 404, another method 405, and a body above 32 KiB 413.
///
/// It has a thread of its own, so that blocking and async programs start it alike.
#[derive(Debug)]
pub struct MockServer {
    address: SocketAddr,
    /// `None` only while it is dropped.
    runtime: Option<Runtime>,
}

impl MockServer {
    /// Starts the server at a port of 127.0.0.1, 0 being any that is free.
    ///
    /// # Errors
    ///
    /// A port that can't be had, or no memory or threads for a runtime.
    pub fn start(port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_io().build()?;
        let listener = {
            let _context = runtime.enter();
            tokio::net::TcpListener::from_std(listener)?
        };
        runtime.spawn(async { axum::serve(listener, router()).await });
        Ok(Self { address, runtime: Some(runtime) })
    }

    /// Returns where commands go: `http://127.0.0.1:49152/api/call.cgi`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}/api/call.cgi", self.address)
    }
}

impl Drop for MockServer {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            // To wait for it would be a panic in an async program.
            runtime.shutdown_background();
        }
    }
}

fn router() -> Router {
    Router::new()
        .route("/api/call.cgi", post(call))
        .route("/api/call", post(call))
        .layer(DefaultBodyLimit::max(MAX_BODY.into()))
}

async fn call(body: Bytes) -> impl IntoResponse {
    ([(CONTENT_TYPE, "text/plain; charset=utf-8")], answer(&body))
}
