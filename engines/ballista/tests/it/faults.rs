//! Executors that are killed.

use std::time::Duration;

use futures_util::StreamExt;
use tokio::time::{sleep, timeout};

use crate::archive::{self, BODIES};
use crate::cells::Cells;
use crate::cluster::{Cluster, run};
use crate::queries::{STATUS, alone};

/// How soon a query must end after an executor was killed.
const SOON: Duration = Duration::from_secs(60);

#[test]
fn no_rows_are_lost_with_an_executor() {
    run(async {
        let expected = alone(STATUS).await.sorted();
        let mut cluster = Cluster::start(2);
        let client = cluster.client().await;
        let query = tokio::spawn(async move {
            let result = client.query(STATUS).await;
            (client, result)
        });
        // Once it has finished a task, a part of the intermediate results is lost with it.
        while cluster.executors[0].finished() == 0 {
            assert!(!query.is_finished(), "too early");
            sleep(Duration::from_millis(5)).await;
        }
        cluster.executors[0].kill();
        assert!(!query.is_finished(), "the query has to be running");
        let start = std::time::Instant::now();
        let (client, result) = timeout(SOON, query).await.expect("a result or an error").unwrap();
        match result {
            Ok(rows) => {
                assert_eq!(Cells::from(rows).sorted(), expected);
                println!("whole result after {:.1?}", start.elapsed());
            }
            Err(error) => {
                assert!(!error.to_string().is_empty());
                println!("after {:.1?}: {error}", start.elapsed());
            }
        }
        // The one that is left does all.
        let rows = timeout(SOON, client.query(STATUS)).await.expect("a result").unwrap();
        assert_eq!(Cells::from(rows).sorted(), expected);
    });
}

#[test]
fn no_rows_are_lost_while_a_client_fetches_them() {
    run(async {
        let mut cluster = Cluster::start(2);
        let client = cluster.client().await;
        let sql = "SELECT id, unnest(cnic_column(body, 'domain')) AS domain FROM archive";
        let frame = client.context().sql(sql).await.unwrap();
        let mut stream = frame.execute_stream().await.unwrap();
        let mut fetched = stream.next().await.expect("a batch").unwrap().num_rows();
        for executor in &mut cluster.executors {
            executor.kill();
        }
        let rest = timeout(SOON, async {
            while let Some(batch) = stream.next().await {
                match batch {
                    Ok(batch) => fetched += batch.num_rows(),
                    Err(error) => return Some(error),
                }
            }
            None
        });
        let error = rest.await.expect("a result or an error");
        println!("{fetched} rows, {error:?}");
        let all = (0..BODIES).map(archive::rows).sum::<usize>();
        assert!(error.is_some() || fetched == all, "{fetched} of {all} rows without an error");
    });
}
