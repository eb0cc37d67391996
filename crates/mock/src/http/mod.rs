//! HTTP: connections, requests with limits, and what is sent back.

pub(crate) mod body;
pub(crate) mod connection;
pub(crate) mod outgoing;
pub(crate) mod request;
