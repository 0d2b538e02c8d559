//! The product's side: the core alone, and the whole router as devices meet it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use server::auth::session;
use server::config::Config;
use server::router::router as build_router;
use server::site::Site;
use server::state::AppState;
use server::store::sqlite::Sqlite;
use shared::id::DeviceId;
use shared::sync::message::{
    MOST_COMMANDS, PROTOCOL_VERSION, PushRequest, PushResponse, PushedCommand,
};
use shared::sync::server::{Arrival, Server, Store};
use tower::ServiceExt as _;

use crate::Failure;
use crate::factory::Factory;

/// Hands all reports to the core, so many in a commit.
pub(crate) async fn core(factory: &Factory, batch: usize) -> Result<Duration, Failure> {
    let path = factory.copy("product.db")?;
    let server = Server::new(Sqlite::open(&path, factory.now()).await?);
    server.organisation().await?;
    let took = hand_in(&server, factory, batch).await?;
    server.store().close().await;
    Ok(took)
}

/// Hands all reports to a core and checks that each was applied.
pub(crate) async fn hand_in<S: Store>(
    server: &Server<S>,
    factory: &Factory,
    batch: usize,
) -> Result<Duration, Failure> {
    let arrival = |commands: &[PushedCommand]| Arrival {
        epoch: None,
        build: String::new(),
        held: false,
        unsent: None,
        person: factory.reporter,
        device: DeviceId::from_bits(1),
        received: factory.now(),
        commands: commands.to_vec(),
    };
    let groups = factory.reports(batch).chunks(batch);
    let groups: Vec<Vec<Arrival>> = groups
        .map(|group| group.chunks(MOST_COMMANDS).map(arrival).collect())
        .collect();
    let began = Instant::now();
    for group in &groups {
        for response in server.push(group, factory.now()).await? {
            check(&response)?;
        }
    }
    Ok(began.elapsed())
}

/// Hands all reports in through the router: devices at once, each push holding some.
pub(crate) async fn router(
    factory: &Factory,
    devices: usize,
    held: usize,
) -> Result<Duration, Failure> {
    let path = factory.copy("product.db")?;
    let store = Sqlite::open(&path, factory.now()).await?;
    let clock = Arc::new(factory.clock.clone());
    let state = AppState::new(Config::default(), clock, store.clone(), Site::default());
    state.sync.organisation().await?;
    let cookie = session::begin(&state, factory.reporter).await?.cookie;
    let router = build_router(state);
    let bodies: Result<Vec<Vec<u8>>, _> = factory.reports(held).chunks(held).map(body).collect();
    let bodies = bodies?;
    let share = bodies.len().div_ceil(devices);
    let began = Instant::now();
    let devices = bodies.chunks(share).map(|share| {
        let (router, cookie, share) = (router.clone(), cookie.clone(), share.to_vec());
        tokio::spawn(async move {
            for body in share {
                push(&router, &cookie, body).await?;
            }
            Ok::<(), Failure>(())
        })
    });
    let devices: Vec<_> = devices.collect();
    for device in devices {
        device.await??;
    }
    let took = began.elapsed();
    store.close().await;
    Ok(took)
}

fn body(commands: &[PushedCommand]) -> Result<Vec<u8>, serde_json::Error> {
    serde_json::to_vec(&PushRequest {
        proto: PROTOCOL_VERSION,
        app_build: "bench".to_owned(),
        server_epoch: None,
        device: DeviceId::from_bits(1),
        unsent: None,
        commands: commands.to_vec(),
    })
}

async fn push(router: &Router, cookie: &str, body: Vec<u8>) -> Result<(), Failure> {
    let cookie = cookie.split(';').next().unwrap_or_default();
    let request = Request::post("/sync/v1/push")
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::COOKIE, cookie)
        .body(Body::from(body))?;
    let response = router.clone().oneshot(request).await?;
    if response.status() != StatusCode::OK {
        return Err(format!("a push was answered with {}", response.status()).into());
    }
    let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await?;
    check(&serde_json::from_slice(&bytes)?)
}

fn check(response: &PushResponse) -> Result<(), Failure> {
    match response
        .results
        .iter()
        .find(|result| !result.outcome.is_applied())
    {
        Some(result) => Err(format!("a report was not applied: {result:?}").into()),
        None => Ok(()),
    }
}
