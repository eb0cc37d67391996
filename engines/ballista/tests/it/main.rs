//! A cluster of real processes on the loopback address.

mod archive;
mod cells;
mod client;
mod cluster;
mod faults;
mod queries;
