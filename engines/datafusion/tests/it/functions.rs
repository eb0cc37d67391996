use std::sync::Arc;

use datafusion::arrow::array::{
    ArrayRef, AsArray, DictionaryArray, LargeStringArray, StringArray, StringViewArray,
};
use datafusion::arrow::datatypes::Int8Type;

use crate::{archive, context, rows, texts};

/// A hole in each column, and an empty cell.
const LIST: &str = "\
[RESPONSE]
code = 200
description = Command completed successfully
runtime = 0.12
property[total][0] = 9
property[domain][0] = example.com
property[domain][2] = example.org
property[auth][1] = a-secret
property[auth][2] =
EOF
";
const EMPTY: &str =
    "code = 200\ndescription = none\nproperty[column][0] = domain\nproperty[count][0] = 0\n";
const FAILED: &str = "code = 545\ndescription = Entity reference not found; DOMAIN\n";
const CUT: &str = "[RESPONSE]\ncode = 200\ndescription = a-secret\nproperty[auth][0] = a-secret\n";

async fn of(bodies: &[Option<&str>], select: &str) -> Vec<String> {
    let context = context();
    texts(&context, bodies);
    rows(&context, &format!("SELECT {select} FROM archive")).await.expect("an answer")
}

#[tokio::test]
async fn what_a_response_says_is_read() {
    let bodies = [Some(LIST), Some(FAILED), Some(EMPTY), None];
    assert_eq!(of(&bodies, "cnic_code(body)").await, ["200", "545", "200", "NULL"]);
    assert_eq!(
        of(&bodies, "cnic_description(body)").await,
        ["Command completed successfully", "Entity reference not found; DOMAIN", "none", "NULL"]
    );
    assert_eq!(of(&bodies, "cnic_field(body, 'RUNTIME')").await, ["0.12", "NULL", "NULL", "NULL"]);
    assert_eq!(of(&bodies, "cnic_error(body)").await, ["NULL"; 4]);
}

#[tokio::test]
async fn a_column_has_an_item_for_each_row() {
    let bodies = [Some(LIST), Some(FAILED), Some(EMPTY), None];
    assert_eq!(
        of(&bodies, "cnic_column(body, 'Domain')").await,
        ["[example.com, NULL, example.org]", "NULL", "[]", "NULL"]
    );
    assert_eq!(
        of(&bodies, "cnic_column(body, 'auth')").await,
        ["[NULL, a-secret, ]", "NULL", "NULL", "NULL"]
    );
    // It describes the list, and has one cell.
    assert_eq!(of(&[Some(LIST)], "cnic_column(body, 'total')").await, ["[9]"]);
    assert_eq!(of(&[Some(LIST)], "cnic_column(body, NULL)").await, ["NULL"]);
}

#[tokio::test]
async fn a_column_that_ends_early_has_nulls_to_the_last_row() {
    let text = "code = 200\nproperty[a][0] = 1\nproperty[b][0] = 2\nproperty[b][1] = 3\nproperty[column][0] = c\n";
    let bodies = [Some(text), Some(LIST)];
    assert_eq!(
        of(&bodies, "cnic_column(body, 'a'), cnic_column(body, 'c')").await,
        ["[1, NULL] | [NULL, NULL]", "NULL | NULL"]
    );
}

#[tokio::test]
async fn cells_of_every_length_keep_their_bytes() {
    let text = |len: usize| -> String {
        let cells = (0..len).map(|row| format!("property[a][{row}] = {}é\n", "x".repeat(row)));
        format!("code = 200\n{}property[b][0] = y\n", cells.collect::<String>())
    };
    let bodies = [text(70), text(3), text(0), text(90)];
    let bodies: Vec<_> = bodies.iter().map(|body| Some(body.as_str())).collect();
    let expected = [70, 3, 0, 90].map(|len: usize| {
        let cells: Vec<_> = (0..len).map(|row| format!("{}é", "x".repeat(row))).collect();
        if len == 0 { "NULL".to_owned() } else { format!("[{}]", cells.join(", ")) }
    });
    assert_eq!(of(&bodies, "cnic_column(body, 'a')").await, expected);
}

#[tokio::test]
async fn two_columns_unnest_in_step() {
    let bodies = [Some(LIST), Some(CUT), Some(LIST)];
    let select = "unnest(cnic_column(body, 'domain')), unnest(cnic_column(body, 'auth'))";
    let one = ["example.com | NULL", "NULL | a-secret", "example.org | "];
    assert_eq!(of(&bodies, select).await, [one, one].concat());
}

#[tokio::test]
async fn a_text_that_cannot_be_read_is_null_with_its_error() {
    let bodies = [Some(LIST), Some(CUT), Some("code = a-secret"), Some(""), Some(LIST)];
    let all = "cnic_code(body) || '', cnic_description(body), cnic_field(body, 'runtime'), cnic_column(body, 'auth'), cnic_redact(body)";
    let answer = of(&bodies, all).await;
    assert!(answer[0].starts_with("200 | ") && answer[4] == answer[0], "{answer:?}");
    assert_eq!(answer[1..4], ["NULL | NULL | NULL | NULL | NULL"; 3]);
    let errors = of(&bodies, "cnic_error(body)").await;
    assert_eq!(
        errors,
        [
            "NULL",
            "`[RESPONSE]` without `EOF` (line 4, byte 45)",
            "`code` is not a number from 100 to 999 (line 1, byte 0)",
            "empty response (line 1, byte 0)",
            "NULL",
        ]
    );
}

#[tokio::test]
async fn secrets_are_masked() {
    let command = "COMMAND = ModifyDomain\nDOMAIN = example.com\nAUTH = a-secret\n";
    let answer = of(&[Some(LIST), Some(command), Some(CUT)], "cnic_redact(body)").await;
    assert!(answer[0].contains("property[auth][1] = ***\n"), "{answer:?}");
    assert!(answer[0].contains("property[domain][2] = example.org\n"), "{answer:?}");
    assert!(answer[1].contains("AUTH=***") && answer[1].contains("example.com"), "{answer:?}");
    assert_eq!(answer[2], "NULL");
    assert!(!answer.concat().contains("a-secret"), "{answer:?}");
}

#[tokio::test]
async fn the_name_may_be_a_column() {
    let context = context();
    let sql = format!(
        "SELECT cnic_column(body, name), cnic_field(body, name)
         FROM (VALUES ('{LIST}', 'domain'), ('{LIST}', 'runtime'), ('{LIST}', NULL)) AS archive(body, name)"
    );
    let expected = ["[example.com, NULL, example.org] | NULL", "NULL | 0.12", "NULL | NULL"];
    assert_eq!(rows(&context, &sql).await.expect("an answer"), expected);
}

#[tokio::test]
async fn every_type_of_text_is_taken() {
    let bodies = [Some(LIST), None, Some(FAILED)];
    let utf8: StringArray = bodies.into_iter().collect();
    let large: LargeStringArray = bodies.into_iter().collect();
    let views: StringViewArray = bodies.into_iter().collect();
    let dictionary: DictionaryArray<Int8Type> = bodies.into_iter().collect();
    let arrays: [ArrayRef; 4] =
        [Arc::new(utf8), Arc::new(large), Arc::new(views), Arc::new(dictionary)];
    for array in arrays {
        let context = context();
        let data_type = array.data_type().clone();
        archive(&context, array);
        let sql = "SELECT cnic_code(body), cnic_column(body, 'domain')[3], cnic_error(body), cnic_field(body, 'runtime'), length(cnic_redact(body)) > 0 FROM archive";
        assert_eq!(
            rows(&context, sql).await.expect("an answer"),
            [
                "200 | example.org | NULL | 0.12 | true",
                "NULL | NULL | NULL | NULL | NULL",
                "545 | NULL | NULL | NULL | true"
            ],
            "{data_type}"
        );
    }
}

#[tokio::test]
async fn constants_are_folded() {
    let context = context();
    let sql = format!("SELECT cnic_column('{LIST}', 'domain')[1], cnic_code('{FAILED}')");
    assert_eq!(rows(&context, &sql).await.expect("an answer"), ["example.com | 545"]);
    let sql = format!("SELECT value, cnic_code('{FAILED}') FROM (VALUES (1), (2)) AS t(value)");
    assert_eq!(rows(&context, &sql).await.expect("an answer"), ["1 | 545", "2 | 545"]);
    let plan = rows(&context, &format!("EXPLAIN {sql}")).await.expect("a plan").concat();
    assert!(plan.contains("Int32(545)"), "{plan}");
}

#[tokio::test]
async fn what_is_no_text_is_an_error_of_the_plan() {
    let error = rows(&context(), "SELECT cnic_code(1)").await.expect_err("a number");
    assert!(error.to_string().contains("cnic_code"), "{error}");
    assert!(rows(&context(), "SELECT cnic_column('code = 200')").await.is_err());
}

#[tokio::test]
async fn hostile_texts_do_not_buy_memory() {
    // 40 bytes that ask for 100,000 rows each.
    let bodies = vec![Some("code = 200\nproperty[a][99999] = x\n"); 3];
    assert_eq!(of(&bodies, "cnic_column(body, 'a')").await, ["NULL"; 3]);
    let errors = of(&bodies, "cnic_error(body)").await;
    assert!(errors.iter().all(|error| error.starts_with("more holes")), "{errors:?}");
}

/// The value of each cell, as the library gives it.
#[tokio::test]
async fn all_the_responses_of_the_repository_are_read_as_the_library_reads_them() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../testdata/response/valid");
    let files = std::fs::read_dir(folder).expect("the folder");
    let texts: Vec<String> =
        files.filter_map(|file| std::fs::read_to_string(file.ok()?.path()).ok()).collect();
    let responses: Vec<_> =
        texts.iter().filter_map(|text| cnic_response::Response::parse(&**text).ok()).collect();
    assert!(responses.len() > 20, "{} responses", responses.len());
    let mut cells = 0;
    for response in responses {
        // Above the limit of these functions.
        if response.row_count() > 16_384 && response.columns().any(|column| column.len() == 1) {
            let error = of(&[Some(response.as_str())], "cnic_error(body)").await;
            assert!(error[0].starts_with("more holes"), "{error:?}");
            continue;
        }
        for column in response.columns() {
            let context = context();
            let bodies: StringArray = [Some(response.as_str())].into_iter().collect();
            archive(&context, Arc::new(bodies));
            let name = column.name().replace('\'', "''");
            let sql = format!("SELECT cnic_column(body, '{name}') AS cells FROM archive");
            let batches = context.sql(&sql).await.expect("a plan").collect().await.expect("rows");
            let list = batches[0]["cells"].as_list::<i32>().value(0);
            let found: Vec<_> = list.as_string::<i32>().iter().collect();
            let expected: Vec<_> = (0..response.row_count()).map(|row| column.get(row)).collect();
            assert!(found == expected, "{} of {}", column.name(), response.as_str());
            cells += found.len();
        }
    }
    assert!(cells > 100, "{cells} cells");
}
