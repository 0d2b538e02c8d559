//! Sealing many as one job: staged, shown, confirmed, resumed wherever it was killed.

use ::server::jobs;
use axum::http::StatusCode;
use serde_json::{Value, json};
use shared::command::Command;
use shared::command::plan::DraftPlan;
use shared::id::{CommandId, PeriodId, PlanId};
use shared::plan::{PlanState, Scope};
use shared::refusal::Refusal;
use shared::seal::bulk;
use shared::sync::message::Outcome;

use crate::server::{Device, NOW, Reply, TestServer};

const JOB: CommandId = CommandId::from_bits(0x10b);

/// The demo factory, with two people of two units whose results are signed.
pub(crate) async fn month() -> (TestServer, [PlanId; 2]) {
    let server = TestServer::demo().await;
    let mut plans = Vec::new();
    let quality = (0x1000, "songjiaming", "wangxiulan");
    let material = (0x2000, "xuhaitao", "heliping");
    for (id, login, head) in [quality, material] {
        let head = server.sign_in(head, "jihe-demo").await;
        let member = server.sign_in(login, "jihe-demo").await;
        member.drafts_own(id, login).await;
        let plan = member.submits(id + 0x100).await;
        head.approves(id + 0x200, plan).await;
        member.reports(id + 0x300, login).await;
        head.judges(id + 0x400, plan, login).await;
        head.publishes(id + 0x500, plan).await;
        member.signs(id + 0x600).await;
        plans.push(plan);
    }
    (server, [plans[0], plans[1]])
}

async fn asks(device: &Device<'_>, path: &str, body: &Value) -> Reply {
    let cookie = Some(device.cookie.as_str());
    device.server.post(path, cookie, body).await
}

async fn period(device: &Device<'_>) -> PeriodId {
    let world = device.world().await;
    *world.organisation().periods.keys().next().unwrap()
}

/// Stages the sealing of the whole company.
async fn stage(office: &Device<'_>) -> Value {
    let body = json!({ "id": JOB, "seal": { "period": period(office).await, "units": [] } });
    let reply = asks(office, "/api/v1/jobs", &body).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.json());
    reply.json()
}

/// Lets the staged job run as a confirmation does, but only for so many commits.
async fn runs(server: &TestServer, commits: usize) {
    let store = &server.state.store;
    assert!(store.move_job(JOB, "staged", "running", NOW).await.unwrap());
    jobs::run(&server.state, JOB, commits).await;
}

async fn states(office: &Device<'_>, plans: &[PlanId]) -> Vec<PlanState> {
    let world = office.world().await;
    let state = |plan: &PlanId| world.document(*plan).unwrap().plan.as_ref().unwrap().state;
    plans.iter().map(state).collect()
}

#[tokio::test]
async fn what_is_shown_is_confirmed_by_its_digest_and_sealed() {
    let (server, plans) = month().await;
    let office = server.sign_in("linxiaoyun", "jihe-demo").await;
    let staged = stage(&office).await;
    assert_eq!(
        (&staged["state"], &staged["of"]),
        (&json!("staged"), &json!(2))
    );
    // The device of the plan office makes the same list, and so the same digest.
    let (world, of) = (office.world().await, period(&office).await);
    let shown = bulk::ready(&world, of, &[], NOW, office.person);
    assert_eq!(staged["digest"], json!(bulk::digest_of(&shown)));
    assert_eq!(
        stage(&office).await,
        staged,
        "asked again it is the same job"
    );
    let confirm = format!("/api/v1/jobs/{JOB}/confirm");
    let other = asks(&office, &confirm, &json!({ "digest": "other" })).await;
    other.is_refused(StatusCode::CONFLICT, "job_changed");
    let digest = json!({ "digest": staged["digest"] });
    let head = server.sign_in("wangxiulan", "jihe-demo").await;
    let foreign = asks(&head, &confirm, &digest).await;
    foreign.is_refused(StatusCode::FORBIDDEN, "forbidden");
    let reply = asks(&office, &confirm, &digest).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.json());
    let path = format!("/api/v1/jobs/{JOB}");
    let done = loop {
        let told = server.get(&path, Some(&office.cookie)).await.json();
        if told["state"] != "running" {
            break told;
        }
        tokio::task::yield_now().await;
    };
    assert_eq!(
        (&done["state"], &done["sealed"]),
        (&json!("done"), &json!(2))
    );
    assert_eq!(states(&office, &plans).await, [PlanState::Sealed; 2]);
    proves(&server).await;
}

async fn proves(server: &TestServer) {
    let data = server.folder.path().join("data");
    let checked = ::server::keep::check(&data, &server.clock).await;
    checked.unwrap_or_else(|failure| panic!("{failure}"));
}

#[tokio::test]
async fn a_job_that_was_killed_between_its_commits_goes_on_where_it_was() {
    // Its commits are the mark, the seals, and the end of the mark.
    for commits in 0..=3 {
        let (server, plans) = month().await;
        let office = server.sign_in("linxiaoyun", "jihe-demo").await;
        stage(&office).await;
        drop(office);
        runs(&server, commits).await;
        let server = server.restarted().await;
        jobs::resume(&server.state).await;
        let office = server.sign_in("linxiaoyun", "jihe-demo").await;
        let told = jobs::progress(&server.state, JOB).await.unwrap();
        assert_eq!((told.state.as_str(), told.sealed), ("done", 2), "{told:?}");
        let world = office.world().await;
        for plan in plans {
            assert_eq!(world.document(plan).unwrap().sealed.len(), 1, "sealed once");
        }
        let mut closings = world.organisation().closings.values();
        assert!(closings.all(|closing| closing.ended.is_some()));
    }
}

#[tokio::test]
async fn a_commit_of_which_the_job_was_not_told_is_not_done_again() {
    let (server, plans) = month().await;
    let office = server.sign_in("linxiaoyun", "jihe-demo").await;
    stage(&office).await;
    runs(&server, 2).await;
    // The process was killed after the commit and before it noted what became of it.
    let data = server.folder.path().join("data/jihe.db");
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(data);
    let mut connection = sqlx::ConnectOptions::connect(&options).await.unwrap();
    sqlx::raw_sql("UPDATE job_step SET outcome = ''")
        .execute(&mut connection)
        .await
        .unwrap();
    drop(connection);
    jobs::resume(&server.state).await;
    let told = jobs::progress(&server.state, JOB).await.unwrap();
    assert_eq!((told.state.as_str(), told.sealed), ("done", 2), "{told:?}");
    let world = office.world().await;
    assert!(
        plans
            .iter()
            .all(|plan| world.document(*plan).unwrap().sealed.len() == 1)
    );
    proves(&server).await;
}

#[tokio::test]
async fn while_a_period_is_being_sealed_its_plans_hold_still() {
    let (server, _) = month().await;
    let office = server.sign_in("linxiaoyun", "jihe-demo").await;
    stage(&office).await;
    runs(&server, 1).await;
    let draft = async |id| {
        let member = server.sign_in("denglei", "jihe-demo").await;
        let world = member.world().await;
        let organisation = world.organisation();
        let mut posts = organisation.assignments.values();
        let post = posts.find(|post| post.person == member.person).unwrap();
        let draft = DraftPlan {
            plan: PlanId::from_bits(id),
            unit: post.unit,
            period: *organisation.periods.keys().next().unwrap(),
            scope: Scope::Personal,
            owner: member.person,
        };
        member.does(id, Command::DraftPlan(draft)).await
    };
    let period = period(&office).await;
    let refusal = Refusal::BeingClosed { period };
    assert_eq!(draft(0x9000).await, Outcome::Rejected { refusal });
    jobs::run(&server.state, JOB, usize::MAX).await;
    assert!(draft(0x9001).await.is_applied(), "afterwards work goes on");
}

#[tokio::test]
async fn a_job_is_given_up_before_it_runs_and_not_after() {
    let (server, plans) = month().await;
    let office = server.sign_in("linxiaoyun", "jihe-demo").await;
    let staged = stage(&office).await;
    let cancel = format!("/api/v1/jobs/{JOB}/cancel");
    let told = asks(&office, &cancel, &json!({})).await.json();
    assert_eq!(told["state"], "cancelled");
    let confirm = format!("/api/v1/jobs/{JOB}/confirm");
    let digest = json!({ "digest": staged["digest"] });
    let told = asks(&office, &confirm, &digest).await.json();
    assert_eq!(told["state"], "cancelled", "what was given up does not run");
    assert_eq!(states(&office, &plans).await, [PlanState::Published; 2]);
    let member = server.sign_in("songjiaming", "jihe-demo").await;
    let body = json!({
        "id": CommandId::from_bits(0x10c),
        "seal": { "period": period(&office).await, "units": [] }
    });
    let refused = asks(&member, "/api/v1/jobs", &body).await;
    refused.is_refused(StatusCode::FORBIDDEN, "forbidden");
}
