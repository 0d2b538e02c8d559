//! A server for one test, and people who talk to it.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::BodyExt as _;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use server::clock::SteppedClock;
use server::config::Config;
use server::router::router;
use server::serve;
use server::state::AppState;
use shared::id::{DeviceId, PersonId};
use shared::moment::UtcMillis;
use shared::sync::message::{
    PROTOCOL_VERSION, PullRequest, PullResponse, PushRequest, PushResponse, PushedCommand,
};
use tempfile::TempDir;
use tower::ServiceExt as _;

/// 2026-11-05T01:00:00Z, nine in the morning at the demo factory.
pub const NOW: UtcMillis = UtcMillis(1_793_840_400_000);

/// The whole server, with a folder that goes when it goes.
pub struct TestServer {
    router: Router,
    pub state: AppState,
    pub clock: SteppedClock,
    pub folder: TempDir,
    config: Config,
}

/// An answer, read to its end.
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or(Value::Null)
    }

    pub fn read<T: DeserializeOwned>(&self) -> T {
        let text = String::from_utf8_lossy(&self.bytes);
        serde_json::from_slice(&self.bytes).unwrap_or_else(|error| panic!("{error}: {text}"))
    }

    /// Checks status and code of a refusal, and that its body has the agreed shape.
    #[track_caller]
    pub fn is_refused(&self, status: StatusCode, code: &str) -> Value {
        let body = self.json();
        assert_eq!((self.status, body["code"].as_str()), (status, Some(code)), "{body}");
        assert!(body.get("field").is_some() && body["facts"].is_object(), "{body}");
        body["facts"].clone()
    }
}

impl TestServer {
    /// An installation that nobody has begun yet.
    pub async fn empty() -> Self {
        Self::with(|_| {}).await
    }

    /// The same, with settings of its own.
    pub async fn with(change: impl FnOnce(&mut Config)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let site = folder.path().join("site");
        std::fs::create_dir(&site).unwrap();
        std::fs::write(site.join("index.html"), "<!doctype html><title>计核</title>").unwrap();
        let mut config = Config::default();
        config.http.site = site;
        config.store.data = folder.path().join("data");
        change(&mut config);
        let clock = SteppedClock::at(NOW);
        let state = serve::build(config.clone(), Arc::new(clock.clone())).await.unwrap();
        Self { router: router(state.clone()), state, clock, folder, config }
    }

    /// The demo factory, loaded as a person would load it.
    pub async fn demo() -> Self {
        let server = Self::empty().await;
        let reply = server.post("/api/v1/installation", None, &json!({ "kind": "demo" })).await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.json());
        server
    }

    /// Stops the server and starts another on the same file.
    pub async fn restarted(self) -> Self {
        let Self { router: old, state, clock, folder, config } = self;
        state.store.close().await;
        drop((old, state));
        let state = serve::build(config.clone(), Arc::new(clock.clone())).await.unwrap();
        Self { router: router(state.clone()), state, clock, folder, config }
    }

    pub async fn send(&self, request: Request<Body>) -> Reply {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = response.into_body().collect().await.unwrap().to_bytes().to_vec();
        Reply { status, headers, bytes }
    }

    pub async fn get(&self, path: &str, cookie: Option<&str>) -> Reply {
        self.send(request(Method::GET, path, cookie).body(Body::empty()).unwrap()).await
    }

    pub async fn delete(&self, path: &str, cookie: Option<&str>) -> Reply {
        self.send(request(Method::DELETE, path, cookie).body(Body::empty()).unwrap()).await
    }

    pub async fn post(&self, path: &str, cookie: Option<&str>, body: &impl Serialize) -> Reply {
        let bytes = serde_json::to_vec(body).unwrap();
        self.post_bytes(path, cookie, "application/json", bytes).await
    }

    pub async fn post_bytes(
        &self,
        path: &str,
        cookie: Option<&str>,
        content_type: &str,
        bytes: Vec<u8>,
    ) -> Reply {
        let request = request(Method::POST, path, cookie).header(header::CONTENT_TYPE, content_type);
        self.send(request.body(Body::from(bytes)).unwrap()).await
    }

    /// Signs in and gives the device of that person.
    pub async fn sign_in(&self, login: &str, password: &str) -> Device<'_> {
        let body = json!({ "login": login, "password": password });
        let reply = self.post("/api/v1/session", None, &body).await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.json());
        self.device(&reply)
    }

    /// The device that holds the session of an answer.
    pub fn device(&self, reply: &Reply) -> Device<'_> {
        let person = reply.json()["person"].as_str().unwrap().parse().unwrap();
        Device { server: self, person, cookie: cookie_of(reply) }
    }
}

/// A person at a device.
pub struct Device<'a> {
    pub server: &'a TestServer,
    pub person: PersonId,
    pub cookie: String,
}

impl Device<'_> {
    pub fn push_request(&self, commands: Vec<PushedCommand>) -> PushRequest {
        PushRequest {
            proto: PROTOCOL_VERSION,
            app_build: "test".to_owned(),
            server_epoch: None,
            device: DeviceId::from_bits(7),
            commands,
        }
    }

    pub async fn push(&self, commands: Vec<PushedCommand>) -> PushResponse {
        let request = self.push_request(commands);
        let reply = self.server.post("/sync/v1/push", Some(&self.cookie), &request).await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.json());
        reply.read()
    }

    pub async fn pull_reply(&self) -> Reply {
        let request = PullRequest {
            proto: PROTOCOL_VERSION,
            app_build: "test".to_owned(),
            server_epoch: None,
            device: DeviceId::from_bits(7),
            grants_ver: 0,
            have: Vec::new(),
            reset: Vec::new(),
        };
        let reply = self.server.post("/sync/v1/pull", Some(&self.cookie), &request).await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.json());
        reply
    }

    pub async fn pull(&self) -> PullResponse {
        self.pull_reply().await.read()
    }
}

fn request(method: Method, path: &str, cookie: Option<&str>) -> axum::http::request::Builder {
    let request = Request::builder().method(method).uri(path).header(header::HOST, "localhost");
    match cookie {
        Some(cookie) => request.header(header::COOKIE, cookie),
        None => request,
    }
}

/// The cookie as a browser sends it back.
pub fn cookie_of(reply: &Reply) -> String {
    let cookie = reply.headers.get(header::SET_COOKIE).unwrap().to_str().unwrap();
    cookie.split(';').next().unwrap().to_owned()
}
