//! Sign-in, and how a session ends.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::json;

use crate::server::{Device, TestServer};

const DAY: i64 = 86_400_000;

#[tokio::test]
async fn a_person_signs_in_is_known_and_signs_out() {
    let server = TestServer::demo().await;
    let body = json!({ "login": " ZhangJianJun ", "password": "jihe-demo" });
    let reply = server.post("/api/v1/session", None, &body).await;
    assert_eq!(reply.json()["name"], "张建军");
    let cookie = reply
        .headers
        .get(header::SET_COOKIE)
        .unwrap()
        .to_str()
        .unwrap();
    for part in [
        "jihe_session=",
        "HttpOnly",
        "SameSite=Strict",
        "Path=/",
        "Max-Age=2592000",
    ] {
        assert!(cookie.contains(part), "{cookie}");
    }
    let device = server.device(&reply);
    let reply = server.get("/api/v1/session", Some(&device.cookie)).await;
    assert_eq!(reply.json()["login"], "zhangjianjun");
    let reply = server.delete("/api/v1/session", Some(&device.cookie)).await;
    assert_eq!(reply.status, StatusCode::NO_CONTENT);
    let reply = server.get("/api/v1/session", Some(&device.cookie)).await;
    reply.is_refused(StatusCode::UNAUTHORIZED, "signed_out");
}

#[tokio::test]
async fn a_proxy_that_speaks_tls_makes_the_cookie_secure() {
    let server = TestServer::with(|config| config.http.behind_tls = true).await;
    let body = json!({ "kind": "administrator", "company": "甲厂", "name": "李娜",
        "login": "lina", "password": "a long password" });
    let reply = server.post("/api/v1/installation", None, &body).await;
    let cookie = reply
        .headers
        .get(header::SET_COOKIE)
        .unwrap()
        .to_str()
        .unwrap();
    assert!(cookie.ends_with("; Secure"), "{cookie}");
}

#[tokio::test]
async fn wrong_password_and_unknown_login_are_one_answer_and_one_amount_of_work() {
    let server = TestServer::demo().await;
    for login in ["zhangjianjun", "nobody"] {
        let before = server.state.passwords.hashed();
        let body = json!({ "login": login, "password": "not the password" });
        let reply = server.post("/api/v1/session", None, &body).await;
        reply.is_refused(StatusCode::UNAUTHORIZED, "wrong_password");
        // Hashing is what takes the time, and every hash is made at the same cost.
        assert_eq!(server.state.passwords.hashed() - before, 1, "{login}");
    }
}

#[tokio::test]
async fn failed_sign_ins_close_the_login_for_a_while() {
    let server = TestServer::demo().await;
    let wrong = json!({ "login": "zhangjianjun", "password": "wrong password" });
    let right = json!({ "login": "zhangjianjun", "password": "jihe-demo" });
    for _ in 0..10 {
        let reply = server.post("/api/v1/session", None, &wrong).await;
        reply.is_refused(StatusCode::UNAUTHORIZED, "wrong_password");
    }
    let reply = server.post("/api/v1/session", None, &right).await;
    let facts = reply.is_refused(StatusCode::TOO_MANY_REQUESTS, "too_many_attempts");
    assert_eq!(facts["after"], 300);
    assert_eq!(reply.headers.get(header::RETRY_AFTER).unwrap(), "300");
    server.sign_in("chenguodong", "jihe-demo").await;
    server.clock.step(300_000);
    server.sign_in("zhangjianjun", "jihe-demo").await;
}

#[tokio::test]
async fn attempts_made_at_the_same_time_do_not_slip_past_the_limit_together() {
    let server = TestServer::demo().await;
    let wrong = json!({ "login": "zhangjianjun", "password": "wrong password" });
    let attempts = (0..16).map(|_| server.post("/api/v1/session", None, &wrong));
    let replies = futures_util::future::join_all(attempts).await;
    let heard = replies
        .iter()
        .filter(|reply| reply.status == StatusCode::UNAUTHORIZED);
    assert_eq!(heard.count(), 10);
}

#[tokio::test]
async fn a_session_ends_thirty_days_after_its_last_use() {
    let server = TestServer::demo().await;
    let device = server.sign_in("zhangjianjun", "jihe-demo").await;
    for _ in 0..3 {
        server.clock.step(29 * DAY);
        let reply = server.get("/api/v1/session", Some(&device.cookie)).await;
        assert_eq!(reply.status, StatusCode::OK);
    }
    server.clock.step(30 * DAY + 1);
    let request = Device::push_request(Vec::new());
    let reply = server
        .post("/sync/v1/push", Some(&device.cookie), &request)
        .await;
    reply.is_refused(StatusCode::UNAUTHORIZED, "signed_out");
    server.clock.step(-30 * DAY);
    let reply = server.get("/api/v1/session", Some(&device.cookie)).await;
    reply.is_refused(StatusCode::UNAUTHORIZED, "signed_out");
}

#[tokio::test]
async fn nothing_that_opens_a_session_lies_in_the_database() {
    let server = TestServer::demo().await;
    let device = server.sign_in("zhangjianjun", "jihe-demo").await;
    let token = device.cookie.split_once('=').unwrap().1;
    assert_eq!(token.len(), 64, "256 bits");
    let mut read = Vec::new();
    for entry in std::fs::read_dir(server.folder.path().join("data")).unwrap() {
        read.extend(std::fs::read(entry.unwrap().path()).unwrap());
    }
    let holds = |text: &str| {
        read.windows(text.len())
            .any(|window| window == text.as_bytes())
    };
    assert!(holds("zhangjianjun"), "the search finds what is there");
    assert!(!holds(token) && !holds("jihe-demo"));
    let forged = format!("jihe_session={}", &::server::hex::sha256(token.as_bytes()));
    let reply = server.get("/api/v1/session", Some(&forged)).await;
    reply.is_refused(StatusCode::UNAUTHORIZED, "signed_out");
}

#[tokio::test]
async fn bodies_that_are_no_sign_in_are_told_where_they_fail_and_never_what_they_hold() {
    let server = TestServer::empty().await;
    let bodies = [
        "",
        "{",
        "[]",
        r#"{"login":"a"}"#,
        r#"{"login":"a","password":"geheim","x":1}"#,
    ];
    for body in bodies {
        let bytes = body.as_bytes().to_vec();
        let reply = server
            .post_bytes("/api/v1/session", None, "application/json", bytes)
            .await;
        let facts = reply.is_refused(StatusCode::BAD_REQUEST, "malformed");
        assert!(
            facts["at"].as_str().unwrap().starts_with("line 1"),
            "{facts}"
        );
        assert!(!facts.to_string().contains("geheim"), "{facts}");
    }
    let bytes = vec![b' '; 64 * 1024 + 1];
    let reply = server
        .post_bytes("/api/v1/session", None, "application/json", bytes)
        .await;
    let facts = reply.is_refused(StatusCode::PAYLOAD_TOO_LARGE, "limit_passed");
    assert_eq!(facts["most"], 64 * 1024);
}

#[tokio::test]
async fn a_request_for_somebody_else_than_who_is_signed_in_is_answered_as_signed_out() {
    let server = TestServer::demo().await;
    let device = server.sign_in("zhangjianjun", "jihe-demo").await;
    let other = server.sign_in("songjiaming", "jihe-demo").await.person;
    for (meant, served) in [(device.person, true), (other, false)] {
        let request = axum::http::Request::get("/api/v1/session")
            .header(header::HOST, "localhost")
            .header(header::COOKIE, &device.cookie)
            .header("Jihe-Person", meant.to_string());
        let reply = server.send(request.body(axum::body::Body::empty()).unwrap());
        let reply = reply.await;
        if served {
            assert_eq!(reply.status, StatusCode::OK);
        } else {
            reply.is_refused(StatusCode::UNAUTHORIZED, "signed_out");
        }
    }
}

#[tokio::test]
async fn several_people_are_signed_in_on_one_device_and_nobody_acts_as_another() {
    let server = TestServer::demo().await;
    let mut jar: Vec<String> = Vec::new();
    let mut people = Vec::new();
    for login in ["zhangjianjun", "wangxiulan"] {
        let body = json!({ "login": login, "password": "jihe-demo" });
        let reply = server.post("/api/v1/session", None, &body).await;
        for cookie in reply.headers.get_all(header::SET_COOKIE) {
            let cookie = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, _) = cookie.split_once('=').unwrap();
            jar.retain(|kept| !kept.starts_with(&format!("{name}=")));
            jar.push(cookie.to_owned());
        }
        people.push(server.device(&reply).person);
    }
    assert_eq!(jar.len(), 3, "one each, and that of whoever signed in last");
    let ask = async |cookies: String, person: Option<shared::id::PersonId>| {
        let request = Request::get("/api/v1/session").header(header::COOKIE, cookies);
        let request = match person {
            Some(person) => request.header("Jihe-Person", person.to_string()),
            None => request,
        };
        let reply = server.send(request.body(Body::empty()).unwrap()).await;
        reply.json()["login"].as_str().map(str::to_owned)
    };
    let login = |login: &str| Some(login.to_owned());
    assert_eq!(
        ask(jar.join("; "), Some(people[0])).await,
        login("zhangjianjun")
    );
    assert_eq!(
        ask(jar.join("; "), Some(people[1])).await,
        login("wangxiulan")
    );
    assert_eq!(ask(jar.join("; "), None).await, login("wangxiulan"));
    let last = jar
        .iter()
        .find(|cookie| cookie.starts_with("jihe_session="))
        .unwrap();
    assert_eq!(
        ask(last.clone(), Some(people[0])).await,
        None,
        "the session of another answers for nobody else"
    );
    let end = Request::delete("/api/v1/session")
        .header(header::COOKIE, jar.join("; "))
        .header("Jihe-Person", people[0].to_string());
    let reply = server.send(end.body(Body::empty()).unwrap()).await;
    assert_eq!(reply.status, StatusCode::NO_CONTENT);
    assert_eq!(reply.headers.get_all(header::SET_COOKIE).iter().count(), 1);
    assert_eq!(ask(jar.join("; "), Some(people[0])).await, None);
    assert_eq!(
        ask(jar.join("; "), Some(people[1])).await,
        login("wangxiulan")
    );
    let path = format!("/sync/v1/live?person={}", people[0]);
    server
        .get(&path, Some(&jar.join("; ")))
        .await
        .is_refused(StatusCode::UNAUTHORIZED, "signed_out");
}
