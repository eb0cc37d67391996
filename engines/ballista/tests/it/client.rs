//! The program that runs queries.

use std::process::{Command, Output};
use std::time::Duration;

use cnic_ballista::{Client, ClientError};

use crate::cluster::{Cluster, run};

fn sql(cluster: &Cluster, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_cnic-cluster-sql"))
        .args(["--scheduler", &cluster.address().to_string()])
        .args(arguments)
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

#[test]
fn a_cluster_without_executors_is_an_error() {
    run(async {
        let cluster = Cluster::start(0);
        let output = sql(&cluster, &["--wait", "1", "--timeout", "60", "SELECT 1"]);
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(text(&output.stdout), "");
        let expected =
            format!("error: the scheduler at {} has had no executor for 1 s\n", cluster.address());
        assert_eq!(text(&output.stderr), expected);
    });
}

#[test]
fn a_cluster_that_loses_its_last_executor_is_an_error() {
    run(async {
        let mut cluster = Cluster::start(1);
        let client = cluster.client().await.with_wait(Duration::from_secs(2));
        let client = client.with_limit(Duration::from_secs(60));
        cluster.executors[0].kill();
        let error = client.query("SELECT count(*) FROM archive").await.unwrap_err();
        assert!(
            matches!(error, ClientError::NoExecutor { seconds: 2, .. } | ClientError::Query(_)),
            "{error}"
        );
    });
}

#[test]
fn a_query_has_a_limit() {
    run(async {
        let cluster = Cluster::start(0);
        let client = Client::connect(cluster.address()).await.unwrap();
        let client = client.with_limit(Duration::from_secs(1));
        let error = client.query("SELECT 1").await.unwrap_err();
        assert!(matches!(error, ClientError::Limit { seconds: 1, .. }), "{error}");
    });
}

#[test]
fn results_and_errors_of_the_program() {
    run(async {
        let cluster = Cluster::start(1);
        let body = "code = 200\nproperty[a][0] = x\nproperty[a][2] = ";
        let query = format!("SELECT unnest(cnic_column('{body}', 'a')) AS cell");
        let output = sql(&cluster, &["--format", "json", &query]);
        assert_eq!(text(&output.stderr), "");
        assert_eq!(text(&output.stdout), "{\"cell\":\"x\"}\n{\"cell\":null}\n{\"cell\":\"\"}\n");

        let file = cluster.folder.path().join("cells.csv");
        let path = file.to_str().unwrap();
        let output = sql(&cluster, &["--format", "csv", "--output", path, &query]);
        assert_eq!((output.status.code(), text(&output.stdout)), (Some(0), ""));
        assert_eq!(std::fs::read_to_string(&file).unwrap().lines().next(), Some("cell"));

        // An error leaves the file as it was.
        std::fs::write(&file, "before").unwrap();
        for wrong in ["SELEC 1", "SELECT * FROM nowhere", "CREATE TABLE t (a INT)", "SELECT 1/0"] {
            let output = sql(&cluster, &["--output", path, wrong]);
            assert_eq!(output.status.code(), Some(1), "{wrong}");
            assert!(text(&output.stderr).starts_with("error: "), "{wrong}");
        }
        // The result is there, but CSV has no lists.
        let list = format!("SELECT cnic_column('{body}', 'a') AS cells");
        let output = sql(&cluster, &["--format", "csv", "--output", path, &list]);
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "before");
        let others = std::fs::read_dir(cluster.folder.path()).unwrap();
        assert!(
            others.flatten().all(|entry| !entry.file_name().to_string_lossy().starts_with(".tmp"))
        );
    });
}

#[test]
fn no_scheduler_is_an_error() {
    let output = Command::new(env!("CARGO_BIN_EXE_cnic-cluster-sql"))
        .args(["--scheduler", "127.0.0.1:1", "SELECT 1"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).starts_with("error: no scheduler at 127.0.0.1:1: "));
}
