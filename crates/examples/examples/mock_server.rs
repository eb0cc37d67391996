//! Answers commands at a port of 127.0.0.1, until it is stopped.

use std::io;
use std::thread;

use cnic_examples::MockServer;

fn main() -> io::Result<()> {
    let port = std::env::args().nth(1).map_or(Ok(0), |port| port.parse());
    let server = MockServer::start(port.map_err(io::Error::other)?)?;
    println!("{}", server.url());
    loop {
        thread::park();
    }
}
