//! Import through the router: previewed, confirmed by digest, all or nothing.

use axum::http::StatusCode;
use encoding_rs::GBK;
use serde_json::{Value, json};
use shared::samples::FACTORY_MONTH;

use crate::server::{Device, Reply, TestServer};

const PREVIEW: &str = "/api/v1/import/preview?period=2026-11";

/// The factory's month with other titles, since its own are imported already.
fn next_sheet() -> String {
    let (header, rows) = FACTORY_MONTH
        .trim_start_matches('\u{feff}')
        .split_once('\n')
        .unwrap();
    let renamed = rows.lines().enumerate().map(|(n, row)| {
        let mut cells: Vec<_> = row.split(',').map(str::to_owned).collect();
        cells[3] = format!("追加事项{n}");
        cells.join(",") + "\n"
    });
    let rows: String = renamed.collect();
    format!("{header}\n{rows}")
}

async fn send(device: &Device<'_>, path: &str, sheet: impl Into<Vec<u8>>) -> Reply {
    let server = device.server;
    server
        .post_bytes(path, Some(&device.cookie), "text/csv", sheet.into())
        .await
}

async fn preview(device: &Device<'_>, sheet: impl Into<Vec<u8>>) -> Value {
    let reply = send(device, PREVIEW, sheet).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.json());
    reply.json()
}

async fn confirm(device: &Device<'_>, sheet: &str, digest: &Value) -> Reply {
    let digest = digest.as_str().unwrap();
    let path = format!("/api/v1/import/confirm?period=2026-11&digest={digest}");
    send(device, &path, sheet).await
}

/// Everything that the plan office may see, to compare before and after.
async fn everything(device: &Device<'_>) -> Value {
    device.pull_reply().await.json()["parts"].clone()
}

#[tokio::test]
async fn a_sheet_is_previewed_then_applied_whole() {
    let server = TestServer::demo().await;
    let office = server.sign_in("linxiaoyun", "jihe-demo").await;
    let head = server.sign_in("zhangjianjun", "jihe-demo").await;
    let before = head.own_plan().await.1.items.len();
    let sheet = next_sheet();
    let shown = preview(&office, sheet.as_str()).await;
    assert_eq!(shown["refused"], json!([]), "{shown}");
    assert_eq!(
        head.own_plan().await.1.items.len(),
        before,
        "a preview changes nothing"
    );
    let reply = confirm(&office, &sheet, &shown["digest"]).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.json());
    assert_eq!(reply.json()["items"], sheet.lines().count() - 1);
    assert_eq!(head.own_plan().await.1.items.len(), before + 1);
    let again = confirm(&office, &sheet, &shown["digest"]).await;
    again.is_refused(StatusCode::CONFLICT, "import_changed");
}

#[tokio::test]
async fn what_chinese_excel_saves_reads_the_same() {
    let server = TestServer::demo().await;
    let office = server.sign_in("linxiaoyun", "jihe-demo").await;
    let sheet = next_sheet();
    let utf_8 = preview(&office, sheet.as_str()).await;
    let (gbk, _, broken) = GBK.encode(&sheet);
    assert!(!broken && std::str::from_utf8(&gbk).is_err());
    assert_eq!(preview(&office, gbk.into_owned()).await, utf_8);
    let marked = format!("\u{feff}{}", sheet.replace('\n', "\r\n"));
    assert_eq!(preview(&office, marked).await, utf_8);
    let broken = vec![0xff, 0x00, 0x81, 0x0a, 0xff];
    let reply = send(&office, PREVIEW, broken).await;
    reply.is_refused(StatusCode::UNPROCESSABLE_ENTITY, "encoding_unknown");
}

#[tokio::test]
async fn one_bad_cell_and_nothing_is_applied() {
    let server = TestServer::demo().await;
    let office = server.sign_in("linxiaoyun", "jihe-demo").await;
    let sheet = next_sheet().replacen(",30,", ",三十,", 1);
    let before = everything(&office).await;
    let shown = preview(&office, sheet.as_str()).await;
    let refused = shown["refused"].as_array().unwrap();
    assert_eq!(refused.len(), 1, "{refused:?}");
    let expected = json!({ "line": 2, "column": "weight", "cell": "M2",
        "refusal": { "code": "not_a_number", "given": "三十" } });
    assert_eq!(refused[0], expected);
    let reply = confirm(&office, &sheet, &shown["digest"]).await;
    let facts = reply.is_refused(StatusCode::UNPROCESSABLE_ENTITY, "import_refused");
    assert_eq!(facts["findings"], json!([expected]));
    assert_eq!(everything(&office).await, before);
}

#[tokio::test]
async fn a_bad_header_names_the_column() {
    let server = TestServer::demo().await;
    let office = server.sign_in("linxiaoyun", "jihe-demo").await;
    let shown = preview(&office, next_sheet().replacen("weight", "wieght", 1)).await;
    let codes: Vec<_> = shown["refused"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| &r["refusal"]["code"])
        .collect();
    assert_eq!(codes, ["unknown_column", "missing_column"], "{shown}");
    assert_eq!(shown["refused"][0]["cell"], "M1");
    assert_eq!(shown["accepted"], json!([]));
}

#[tokio::test]
async fn a_sheet_of_twenty_thousand_and_one_rows_is_told_the_limit() {
    let server = TestServer::demo().await;
    let office = server.sign_in("linxiaoyun", "jihe-demo").await;
    let sheet = next_sheet();
    let (header, rows) = sheet.split_once('\n').unwrap();
    let row = rows.lines().next().unwrap();
    let long = format!("{header}\n{}", format!("{row}\n").repeat(20_001));
    let shown = preview(&office, long.as_str()).await;
    let refusal = &shown["refused"][0]["refusal"];
    assert_eq!(refusal, &json!({ "code": "too_many_rows", "most": 20_000 }));
    let reply = confirm(&office, &long, &shown["digest"]).await;
    reply.is_refused(StatusCode::UNPROCESSABLE_ENTITY, "import_refused");
}

#[tokio::test]
async fn a_digest_that_was_never_shown_applies_nothing() {
    let server = TestServer::demo().await;
    let office = server.sign_in("linxiaoyun", "jihe-demo").await;
    let before = everything(&office).await;
    let reply = confirm(&office, &next_sheet(), &json!("0000")).await;
    reply.is_refused(StatusCode::CONFLICT, "import_changed");
    assert_eq!(everything(&office).await, before);
}

#[tokio::test]
async fn heads_and_strangers_do_not_import() {
    let server = TestServer::demo().await;
    let head = server.sign_in("zhangjianjun", "jihe-demo").await;
    let reply = send(&head, PREVIEW, next_sheet()).await;
    reply.is_refused(StatusCode::FORBIDDEN, "forbidden");
    let bytes = next_sheet().into_bytes();
    let reply = server.post_bytes(PREVIEW, None, "text/csv", bytes).await;
    reply.is_refused(StatusCode::UNAUTHORIZED, "signed_out");
}

#[tokio::test]
async fn unknown_periods_other_types_and_too_many_bytes_are_refused() {
    let server = TestServer::demo().await;
    let office = server.sign_in("linxiaoyun", "jihe-demo").await;
    for period in ["2026-12", "november", "00000000000000000000000000000001"] {
        let path = format!("/api/v1/import/preview?period={period}");
        let facts = send(&office, &path, "x")
            .await
            .is_refused(StatusCode::NOT_FOUND, "not_found");
        assert_eq!(facts["what"], "period");
    }
    let reply = send(&office, "/api/v1/import/preview", "x").await;
    reply.is_refused(StatusCode::BAD_REQUEST, "malformed");
    let cookie = Some(office.cookie.as_str());
    let reply = server
        .post_bytes(PREVIEW, cookie, "text/plain", b"x".to_vec())
        .await;
    reply.is_refused(StatusCode::UNSUPPORTED_MEDIA_TYPE, "content_type");
    let reply = send(&office, PREVIEW, vec![b'x'; 16 * 1024 * 1024 + 1]).await;
    reply.is_refused(StatusCode::PAYLOAD_TOO_LARGE, "limit_passed");
}

/// Forty-two items of thirteen departments that the demo factory does not have.
const REAL: &str = include_str!("../../../../shared/tests/data/real-plans.csv");

/// November 2026; each department is made below the company and led by one person.
async fn choices(device: &Device<'_>) -> Value {
    let organisation = device.world().await.organisation().clone();
    let root = organisation.company.as_ref().unwrap().root;
    let mut names: Vec<&str> = Vec::new();
    for row in REAL.lines().skip(1) {
        let name = row.split(',').nth(1).unwrap();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let unit = |(n, name): (usize, &&str)| {
        json!({ "name": name, "unit": format!("{:032x}", 9_000 + n), "parent": root,
            "head": device.person })
    };
    let units: Vec<_> = names.iter().enumerate().map(unit).collect();
    json!({ "year": 2026, "month": 11, "units": units })
}

async fn send_chosen(device: &Device<'_>, path: &str, choices: &Value, sheet: &str) -> Reply {
    let body = format!("{choices}\n{sheet}");
    let server = device.server;
    let kind = "application/x-jihe-import";
    server
        .post_bytes(path, Some(&device.cookie), kind, body.into_bytes())
        .await
}

#[tokio::test]
async fn units_periods_plans_and_items_come_in_as_one_act() {
    let server = TestServer::demo().await;
    let administrator = server.sign_in("zhouwenbo", "jihe-demo").await;
    let before = administrator.world().await.organisation().clone();
    let choices = choices(&administrator).await;
    let path = "/api/v1/import/preview";
    // One cell is wrong: not even the units are made.
    let bad = REAL.replacen("客户档案基本资料表,35", "客户档案基本资料表,三五", 1);
    assert_ne!(bad, REAL);
    let shown = send_chosen(&administrator, path, &choices, &bad)
        .await
        .json();
    assert_eq!(shown["refused"].as_array().unwrap().len(), 1, "{shown}");
    let digest = shown["digest"].as_str().unwrap();
    let confirm = format!("/api/v1/import/confirm?digest={digest}");
    let reply = send_chosen(&administrator, &confirm, &choices, &bad).await;
    reply.is_refused(StatusCode::UNPROCESSABLE_ENTITY, "import_refused");
    assert_eq!(administrator.world().await.organisation().clone(), before);

    let shown = send_chosen(&administrator, path, &choices, REAL)
        .await
        .json();
    assert_eq!(shown["refused"], json!([]));
    let digest = shown["digest"].as_str().unwrap();
    let confirm = format!("/api/v1/import/confirm?digest={digest}");
    // With other choices the same digest confirms nothing.
    let mut other = choices.clone();
    other["units"][0]["head"] = Value::Null;
    let reply = send_chosen(&administrator, &confirm, &other, REAL).await;
    reply.is_refused(StatusCode::CONFLICT, "import_changed");
    let reply = send_chosen(&administrator, &confirm, &choices, REAL).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.json());
    assert_eq!(reply.json(), json!({ "items": 42, "plans": 14 }));
    let after = administrator.world().await.organisation().clone();
    // The factory has three of the thirteen departments: production, quality, purchasing.
    assert_eq!(after.units.len(), before.units.len() + 10);
    // November is open; the half and the year are opened under the two pool presets.
    assert_eq!(after.periods.len(), before.periods.len() + 2);
    assert_eq!(after.regimes.len(), before.regimes.len() + 2);

    let again = send_chosen(&administrator, path, &choices, REAL)
        .await
        .json();
    assert_eq!(again["refused"], json!([]));
    assert_eq!(again["existing"].as_array().unwrap().len(), 42);
    // The plan office sees them all, word for word.
    let office = server
        .sign_in("linxiaoyun", "jihe-demo")
        .await
        .world()
        .await;
    let items = office
        .documents()
        .flat_map(|(_, document)| document.items.values());
    let systems = items.filter(|item| item.extra.iter().any(|(name, _)| name == "system"));
    assert_eq!(systems.count(), 42);
}

#[tokio::test]
async fn choices_that_cannot_be_read_are_refused() {
    let server = TestServer::demo().await;
    let office = server.sign_in("linxiaoyun", "jihe-demo").await;
    let path = "/api/v1/import/preview";
    for choices in [
        json!({}),
        json!({ "year": 2026, "month": 11, "colour": "red" }),
        json!([]),
    ] {
        let reply = send_chosen(&office, path, &choices, REAL).await;
        reply.is_refused(StatusCode::BAD_REQUEST, "malformed");
    }
    let thirteenth = json!({ "year": 2026, "month": 13 });
    let reply = send_chosen(&office, path, &thirteenth, REAL).await;
    reply.is_refused(StatusCode::UNPROCESSABLE_ENTITY, "unknown_value");
    // Choices and no sheet: an empty sheet.
    let november = json!({ "year": 2026, "month": 11 });
    let shown = send_chosen(&office, path, &november, "").await.json();
    assert_eq!(shown["refused"][0]["refusal"]["code"], "sheet_empty");
}
