//! What a cell means: dates and numbers of seconds.

pub(crate) mod date;
pub(crate) mod date_time;
mod fraction;
pub(crate) mod seconds;
