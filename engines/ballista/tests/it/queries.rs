//! The same queries in one process and on a cluster.

use std::collections::BTreeMap;

use datafusion::prelude::{ParquetReadOptions, SessionContext};

use crate::archive::{self, BODIES, BROKEN};
use crate::cells::Cells;
use crate::cluster::{Cluster, run};

/// A query, and whether its order counts.
struct Query {
    name: &'static str,
    sql: &'static str,
    ordered: bool,
}

const fn any_order(name: &'static str, sql: &'static str) -> Query {
    Query { name, sql, ordered: false }
}

/// Rows by status: reads and unnests all responses.
pub(crate) const STATUS: &str = "
    SELECT status, count(*) AS n
    FROM (SELECT unnest(cnic_column(body, 'status')) AS status FROM archive)
    GROUP BY status";

const QUERIES: [Query; 10] = [
    any_order("codes", "SELECT cnic_code(body) AS code, count(*) AS n FROM archive GROUP BY code"),
    any_order("rows of a status", STATUS),
    any_order(
        "two columns in step",
        "SELECT status, count(*) AS n, count(domain) AS domains, min(domain) AS low, max(domain) AS high
         FROM (SELECT unnest(cnic_column(body, 'domain')) AS domain,
                      unnest(cnic_column(body, 'status')) AS status
               FROM archive)
         GROUP BY status",
    ),
    any_order(
        "domains of a suffix",
        "SELECT split_part(domain, '.', 2) AS tld, count(DISTINCT domain) AS domains
         FROM (SELECT unnest(cnic_column(body, 'domain')) AS domain FROM archive)
         GROUP BY tld",
    ),
    any_order(
        "rows of a code",
        "SELECT code, description, count(*) AS n, count(status) AS cells
         FROM (SELECT id, cnic_code(body) AS code, cnic_description(body) AS description
               FROM archive) AS bodies
         LEFT JOIN (SELECT id, unnest(cnic_column(body, 'status')) AS status FROM archive
                    WHERE id % 5 = 2) AS cells
         ON cells.id = bodies.id
         GROUP BY code, description",
    ),
    any_order(
        "errors",
        "SELECT id, cnic_error(body) AS error, cnic_code(body) AS code,
                cnic_column(body, 'domain') AS domains
         FROM archive WHERE cnic_error(body) IS NOT NULL",
    ),
    any_order(
        "redacted bodies",
        "SELECT id, cnic_redact(body) AS body FROM archive WHERE id % 100 = 37",
    ),
    Query {
        name: "first of an order",
        sql: "SELECT domain, id, status
              FROM (SELECT id, unnest(cnic_column(body, 'domain')) AS domain,
                           unnest(cnic_column(body, 'status')) AS status
                    FROM archive)
              ORDER BY domain DESC NULLS LAST, id, status LIMIT 500",
        ordered: true,
    },
    any_order(
        "lists with holes",
        "SELECT id, cnic_column(body, 'STATUS') AS status FROM archive WHERE id % 50 = 7",
    ),
    any_order(
        "fields",
        "SELECT cnic_field(body, 'runtime') AS runtime, count(*) AS n,
                sum(array_length(cnic_column(body, 'domain'))) AS domains
         FROM archive GROUP BY runtime",
    ),
];

/// Runs a query in this process.
pub(crate) async fn alone(sql: &str) -> Cells {
    let mut context = SessionContext::new();
    cnic_datafusion::register(&mut context).unwrap();
    let folder = archive::folder().to_str().unwrap();
    context.register_parquet("archive", folder, ParquetReadOptions::default()).await.unwrap();
    let frame = context.sql(sql).await.unwrap();
    let names = frame.schema().fields().iter().map(|field| field.name().clone()).collect();
    Cells::new(names, &frame.collect().await.unwrap())
}

/// The rows of `codes`, from what the archive was made of.
fn codes() -> Cells {
    let mut codes = BTreeMap::new();
    for id in 0..BODIES {
        *codes.entry(archive::code(id)).or_insert(0) += 1;
    }
    let rows = codes.into_iter();
    let rows = rows.map(|(code, n)| vec![code.map(|code| code.to_string()), Some(n.to_string())]);
    Cells { names: vec!["code".to_owned(), "n".to_owned()], rows: rows.collect() }
}

#[test]
fn a_cluster_gives_the_same_results_as_one_process() {
    run(async {
        let rows: usize = (0..BODIES).map(archive::rows).sum();
        assert!(rows >= 2_000_000, "{rows}");
        let cluster = Cluster::start(2);
        let client = cluster.client().await;
        for Query { name, sql, ordered } in QUERIES {
            let before = cluster.finished();
            let start = std::time::Instant::now();
            let on_cluster = client.query(sql).await.unwrap_or_else(|e| panic!("{name}: {e}"));
            let cluster_time = start.elapsed();
            let on_cluster = Cells::from(on_cluster);
            let start = std::time::Instant::now();
            let alone = alone(sql).await;
            println!(
                "{name}: {} rows, {cluster_time:.1?} on the cluster, {:.1?} alone, tasks {before:?} to {:?}",
                alone.rows.len(),
                start.elapsed(),
                cluster.finished()
            );
            assert!(!alone.rows.is_empty(), "{name}");
            match name {
                "codes" => assert_eq!(alone.clone().sorted(), codes().sorted()),
                "rows of a status" => {
                    let sum = alone.rows.iter().filter_map(|row| row[1].as_deref());
                    assert_eq!(sum.map(|n| n.parse::<usize>().unwrap()).sum::<usize>(), rows);
                }
                "errors" => {
                    let [row] = alone.rows.as_slice() else { panic!("{alone:?}") };
                    assert_eq!(row[0], Some(BROKEN.to_string()));
                    assert!(row[1].as_deref().unwrap().contains("line 1"), "{row:?}");
                    assert!(!row[1].as_deref().unwrap().contains("secret"), "{row:?}");
                    assert_eq!((&row[2], &row[3]), (&None, &None));
                }
                "redacted bodies" => {
                    let text = format!("{alone:?}");
                    assert!(text.contains("***") && !text.contains("hush-"), "{text}");
                }
                _ => {}
            }
            if ordered {
                assert_eq!(on_cluster, alone, "{name}");
            } else {
                assert_eq!(on_cluster.sorted(), alone.sorted(), "{name}");
            }
            let finished = cluster.finished().into_iter().zip(before);
            let worked = finished.map(|(after, before)| after - before).collect::<Vec<_>>();
            assert!(worked.iter().all(|tasks| *tasks > 0), "{name}: {worked:?}");
        }
    });
}
