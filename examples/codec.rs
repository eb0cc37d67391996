//! Reads responses from standard input as they arrive, with the codec of `tokio-util`.
//!
//! ```sh
//! cargo run -p cnic-examples --example codec < testdata/response/stream/framed.rsp
//! ```

use std::process::ExitCode;

use cnic_response::{CodecError, ResponseCodec};
use futures_util::TryStreamExt;
use tokio::io::AsyncRead;
use tokio_util::codec::FramedRead;

/// Calls `show` with a line about each response. An input that ends within a response is an error.
pub(crate) async fn read(
    input: impl AsyncRead + Unpin,
    mut show: impl FnMut(String),
) -> Result<(), CodecError> {
    let mut responses = FramedRead::new(input, ResponseCodec::new());
    while let Some(response) = responses.try_next().await? {
        let rows = response.row_count();
        show(format!("{} {}: {rows} rows", response.code(), response.description()));
    }
    Ok(())
}

#[tokio::main]
async fn main() -> ExitCode {
    match read(tokio::io::stdin(), |line| println!("{line}")).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
