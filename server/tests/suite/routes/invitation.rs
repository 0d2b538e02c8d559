//! Joining by invitation: who may ask whom in, and every way in which a code does not work.

use axum::http::StatusCode;
use serde_json::{Value, json};
use shared::command::Command;
use shared::command::organisation::{AddPerson, Assign};
use shared::id::{AssignmentId, PersonId};
use shared::organisation::Tenure;

use crate::server::{Device, NOW, Reply, TestServer};

const DAY: i64 = 86_400_000;
const PATH: &str = "/api/v1/invitations";

/// Adds somebody to planning and material control who cannot sign in yet.
async fn with_a_newcomer(server: &TestServer) -> (Device<'_>, PersonId) {
    let administrator = server.sign_in("zhouwenbo", "jihe-demo").await;
    let person = PersonId::from_bits(0xabc);
    let name = "江晨".to_owned();
    let head = self::person(server, "heliping").await;
    let world = administrator.world().await;
    let mut posts = world.organisation().assignments.values();
    let unit = posts.find(|post| post.person == head).unwrap().unit;
    let assign = Assign {
        assignment: AssignmentId::from_bits(0xabc),
        person,
        unit,
        post: "计划员".to_owned(),
        tenure: Tenure::Main,
        heads: false,
        from: NOW.day(480),
        to: None,
    };
    let commands = [
        Command::AddPerson(AddPerson { person, name }),
        Command::Assign(assign),
    ];
    for (id, command) in (0x900..).zip(commands) {
        let outcome = administrator.does(id, command).await;
        assert!(outcome.is_applied(), "{outcome:?}");
    }
    (administrator, person)
}

async fn person(server: &TestServer, login: &str) -> PersonId {
    let account = server.state.store.account_by_login(login).await.unwrap();
    account.expect("the demo has this person").person
}

impl Device<'_> {
    async fn invites(&self, person: PersonId) -> Reply {
        let body = json!({ "people": [person] });
        self.server.post(PATH, Some(&self.cookie), &body).await
    }

    async fn code_for(&self, person: PersonId) -> String {
        let reply = self.invites(person).await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.json());
        let told = reply.json();
        let link = told[0]["link"].as_str().unwrap();
        assert!(told[0]["picture"].as_str().unwrap().starts_with("<svg"));
        let (address, code) = link.split_once('#').unwrap();
        assert_eq!(address, "http://localhost/join");
        assert!(code.len() == 32 && code.bytes().all(|byte| byte.is_ascii_hexdigit()));
        code.to_owned()
    }
}

async fn join(server: &TestServer, code: &str, login: &str) -> Reply {
    let body = json!({ "code": code, "login": login, "password": "a long password" });
    server.post(&format!("{PATH}/join"), None, &body).await
}

async fn read(server: &TestServer, code: &str) -> Reply {
    let body = json!({ "code": code });
    server.post(&format!("{PATH}/read"), None, &body).await
}

#[tokio::test]
async fn a_person_joins_by_a_code_once() {
    let server = TestServer::demo().await;
    let (administrator, person) = with_a_newcomer(&server).await;
    let code = administrator.code_for(person).await;
    let asked = read(&server, &code).await.json();
    assert_eq!(
        (&asked["company"], &asked["name"]),
        (&json!("恒远注塑制品有限公司"), &json!("江晨"))
    );
    join(&server, &code, "ZhouWenBo")
        .await
        .is_refused(StatusCode::CONFLICT, "login_taken");
    join(&server, &code, "x y")
        .await
        .is_refused(StatusCode::UNPROCESSABLE_ENTITY, "login_unfit");
    let short = json!({ "code": code, "login": "haitao", "password": "short" });
    let reply = server.post(&format!("{PATH}/join"), None, &short).await;
    reply.is_refused(StatusCode::UNPROCESSABLE_ENTITY, "password_unfit");
    let reply = join(&server, &code, "haitao").await;
    assert_eq!(
        reply.json()["person"],
        json!(person),
        "refusals use no code up"
    );
    let device = server.device(&reply);
    assert!(
        device
            .world()
            .await
            .organisation()
            .people
            .contains_key(&person)
    );
    join(&server, &code, "another")
        .await
        .is_refused(StatusCode::GONE, "invitation_used");
    read(&server, &code)
        .await
        .is_refused(StatusCode::GONE, "invitation_used");
    server.sign_in("haitao", "a long password").await;
}

#[tokio::test]
async fn of_two_who_use_a_code_at_once_one_joins() {
    let server = TestServer::demo().await;
    let (administrator, person) = with_a_newcomer(&server).await;
    let code = administrator.code_for(person).await;
    let (one, other) = tokio::join!(join(&server, &code, "haitao"), join(&server, &code, "tao"));
    let mut statuses = [one.status, other.status];
    statuses.sort();
    assert_eq!(statuses, [StatusCode::OK, StatusCode::GONE]);
}

#[tokio::test]
async fn a_code_is_over_after_a_week_when_revoked_and_when_another_is_made() {
    let server = TestServer::demo().await;
    let (administrator, person) = with_a_newcomer(&server).await;
    let replaced = administrator.code_for(person).await;
    let revoked = administrator.code_for(person).await;
    read(&server, &replaced)
        .await
        .is_refused(StatusCode::GONE, "invitation_revoked");
    let body = json!({ "person": person });
    let path = format!("{PATH}/revoke");
    let done = server.post(&path, Some(&administrator.cookie), &body).await;
    assert_eq!(done.status, StatusCode::NO_CONTENT);
    join(&server, &revoked, "haitao")
        .await
        .is_refused(StatusCode::GONE, "invitation_revoked");
    let again = server.post(&path, Some(&administrator.cookie), &body).await;
    again.is_refused(StatusCode::NOT_FOUND, "not_found");
    let code = administrator.code_for(person).await;
    server.clock.step(7 * DAY - 1);
    assert_eq!(read(&server, &code).await.status, StatusCode::OK);
    server.clock.step(1);
    join(&server, &code, "haitao")
        .await
        .is_refused(StatusCode::GONE, "invitation_expired");
}

#[tokio::test]
async fn guessing_codes_is_slowed_down_and_a_right_one_is_not() {
    let server = TestServer::with(|config| config.limits.failures_per_address = 3).await;
    for _ in 0..3 {
        read(&server, "00000000000000000000000000000000")
            .await
            .is_refused(StatusCode::NOT_FOUND, "invitation_unknown");
    }
    let facts = read(&server, "1")
        .await
        .is_refused(StatusCode::TOO_MANY_REQUESTS, "too_many_attempts");
    assert!(facts["after"].as_u64().unwrap() > 0);
}

#[tokio::test]
async fn heads_ask_in_whom_they_lead_and_nobody_who_can_sign_in_already() {
    let server = TestServer::demo().await;
    let (_, person) = with_a_newcomer(&server).await;
    let head = server.sign_in("heliping", "jihe-demo").await;
    head.code_for(person).await;
    let other = server.sign_in("wangxiulan", "jihe-demo").await;
    other
        .invites(person)
        .await
        .is_refused(StatusCode::FORBIDDEN, "forbidden");
    let song = self::person(&server, "songjiaming").await;
    other
        .invites(song)
        .await
        .is_refused(StatusCode::CONFLICT, "already_joined");
    let worker = server.sign_in("songjiaming", "jihe-demo").await;
    worker
        .invites(person)
        .await
        .is_refused(StatusCode::FORBIDDEN, "forbidden");
    let reply = server
        .post(PATH, None, &json!({ "people": [person] }))
        .await;
    reply.is_refused(StatusCode::UNAUTHORIZED, "signed_out");
    // The list tells of those alone whom the reader may ask in.
    let unit = {
        let world = head.world().await;
        let posts = world.organisation().assignments.values();
        let mut posts = posts.filter(|post| post.person == person);
        posts.next().unwrap().unit
    };
    let path = format!("{PATH}?unit={unit}");
    let listed: Value = server.get(&path, Some(&head.cookie)).await.json();
    let listed = listed.as_array().unwrap();
    let states: Vec<_> = listed
        .iter()
        .map(|one| one["state"].as_str().unwrap())
        .collect();
    assert!(states.contains(&"invited") && states.contains(&"joined") && states.len() == 2);
    assert!(listed.iter().any(|one| one["person"] == json!(person)));
    let listed: Value = server.get(&path, Some(&worker.cookie)).await.json();
    assert_eq!(listed, json!([]));
}

#[tokio::test]
async fn closing_an_account_ends_its_invitation_and_no_code_is_kept() {
    let server = TestServer::demo().await;
    let administrator = server.sign_in("zhouwenbo", "jihe-demo").await;
    let song = person(&server, "songjiaming").await;
    let code = administrator.code_for(song).await;
    let body = json!({ "person": song });
    let path = "/api/v1/accounts/close";
    let done = server.post(path, Some(&administrator.cookie), &body).await;
    assert_eq!(done.status, StatusCode::NO_CONTENT);
    join(&server, &code, "song")
        .await
        .is_refused(StatusCode::GONE, "invitation_revoked");
    let folder = server.folder.path().join("data");
    for file in std::fs::read_dir(folder).unwrap() {
        let Ok(bytes) = std::fs::read(file.unwrap().path()) else {
            continue;
        };
        assert!(
            !bytes
                .windows(code.len())
                .any(|here| here == code.as_bytes())
        );
    }
}

#[tokio::test]
async fn a_code_that_a_head_holds_is_over_when_its_person_gets_an_account() {
    let server = TestServer::demo().await;
    let (administrator, person) = with_a_newcomer(&server).await;
    let head = server.sign_in("heliping", "jihe-demo").await;
    let code = head.code_for(person).await;
    let body = json!({ "person": person, "login": "haitao", "password": "a long password" });
    let path = "/api/v1/accounts";
    let done = server.post(path, Some(&administrator.cookie), &body).await;
    assert_eq!(done.status, StatusCode::NO_CONTENT);
    join(&server, &code, "mine")
        .await
        .is_refused(StatusCode::GONE, "invitation_revoked");
    server.sign_in("haitao", "a long password").await;
}
