//! A server for one test, and people who talk to it.

use std::path::Path;
use std::sync::Arc;

use ::server::clock::SteppedClock;
use ::server::config::Config;
use ::server::router::router;
use ::server::serve;
use ::server::state::AppState;
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::BodyExt as _;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use shared::id::{DeviceId, PersonId};
use shared::moment::UtcMillis;
use shared::partition::PartitionId;
use shared::sync::message::{
    PROTOCOL_VERSION, PullRequest, PullResponse, PushRequest, PushResponse, PushedCommand, ROW_FORM,
};
use tempfile::TempDir;
use tower::ServiceExt as _;

/// 2026-11-05T01:00:00Z, nine in the morning at the demo factory.
pub(crate) const NOW: UtcMillis = UtcMillis(1_793_840_400_000);

/// The whole server, with a folder that goes when it goes.
pub(crate) struct TestServer {
    router: Router,
    pub(crate) state: AppState,
    pub(crate) clock: SteppedClock,
    pub(crate) folder: TempDir,
    config: Config,
}

/// An answer, read to its end.
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
}

impl Reply {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or(Value::Null)
    }

    pub(crate) fn read<T: DeserializeOwned>(&self) -> T {
        let text = String::from_utf8_lossy(&self.bytes);
        serde_json::from_slice(&self.bytes).unwrap_or_else(|error| panic!("{error}: {text}"))
    }

    /// Checks status and code of a refusal, and that its body has the agreed shape.
    #[track_caller]
    pub(crate) fn is_refused(&self, status: StatusCode, code: &str) -> Value {
        let body = self.json();
        assert_eq!(
            (self.status, body["code"].as_str()),
            (status, Some(code)),
            "{body}"
        );
        assert!(
            body.get("field").is_some() && body["facts"].is_object(),
            "{body}"
        );
        body["facts"].clone()
    }
}

impl TestServer {
    /// An installation that nobody has begun yet.
    pub(crate) async fn empty() -> Self {
        Self::with(|_| {}).await
    }

    /// The same, with settings of its own.
    pub(crate) async fn with(change: impl FnOnce(&mut Config)) -> Self {
        Self::begin(change, async |_| {}).await
    }

    /// A server on what the data folder is filled with first.
    pub(crate) async fn on(fill: impl AsyncFnOnce(&Path)) -> Self {
        Self::begin(|_| {}, fill).await
    }

    async fn begin(change: impl FnOnce(&mut Config), fill: impl AsyncFnOnce(&Path)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let site = folder.path().join("site");
        std::fs::create_dir(&site).unwrap();
        std::fs::write(
            site.join("index.html"),
            "<!doctype html><title>计核</title>",
        )
        .unwrap();
        let mut config = Config::default();
        config.http.site = site;
        config.store.data = folder.path().join("data");
        change(&mut config);
        fill(&config.store.data).await;
        let clock = SteppedClock::at(NOW);
        let state = serve::build(config.clone(), Arc::new(clock.clone()))
            .await
            .unwrap();
        Self {
            router: router(state.clone()),
            state,
            clock,
            folder,
            config,
        }
    }

    /// The demo factory, loaded as a person would load it.
    pub(crate) async fn demo() -> Self {
        let server = Self::empty().await;
        let reply = server
            .post(
                "/api/v1/installation",
                None,
                &json!({ "kind": "demo", "story": "beginning" }),
            )
            .await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.json());
        server
    }

    /// Stops the server and starts another on the same file.
    pub(crate) async fn restarted(self) -> Self {
        let Self {
            router: old,
            state,
            clock,
            folder,
            config,
        } = self;
        state.store.close().await;
        drop((old, state));
        let state = serve::build(config.clone(), Arc::new(clock.clone()))
            .await
            .unwrap();
        Self {
            router: router(state.clone()),
            state,
            clock,
            folder,
            config,
        }
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Reply {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = response
            .into_body()
            .collect()
            .await
            .unwrap()
            .to_bytes()
            .to_vec();
        Reply {
            status,
            headers,
            bytes,
        }
    }

    pub(crate) async fn get(&self, path: &str, cookie: Option<&str>) -> Reply {
        self.send(
            request(Method::GET, path, cookie)
                .body(Body::empty())
                .unwrap(),
        )
        .await
    }

    pub(crate) async fn delete(&self, path: &str, cookie: Option<&str>) -> Reply {
        self.send(
            request(Method::DELETE, path, cookie)
                .body(Body::empty())
                .unwrap(),
        )
        .await
    }

    pub(crate) async fn post(
        &self,
        path: &str,
        cookie: Option<&str>,
        body: &impl Serialize,
    ) -> Reply {
        let bytes = serde_json::to_vec(body).unwrap();
        self.post_bytes(path, cookie, "application/json", bytes)
            .await
    }

    pub(crate) async fn post_bytes(
        &self,
        path: &str,
        cookie: Option<&str>,
        content_type: &str,
        bytes: Vec<u8>,
    ) -> Reply {
        let request =
            request(Method::POST, path, cookie).header(header::CONTENT_TYPE, content_type);
        self.send(request.body(Body::from(bytes)).unwrap()).await
    }

    /// Signs in and gives the device of that person.
    pub(crate) async fn sign_in(&self, login: &str, password: &str) -> Device<'_> {
        let body = json!({ "login": login, "password": password });
        let reply = self.post("/api/v1/session", None, &body).await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.json());
        self.device(&reply)
    }

    /// A device of a person, signed in without a password.
    pub(crate) async fn device_of(&self, person: PersonId) -> Device<'_> {
        let begun = ::server::auth::session::begin(&self.state, person)
            .await
            .unwrap();
        let cookie = begun.cookie.split(';').next().unwrap().to_owned();
        Device {
            server: self,
            person,
            cookie,
        }
    }

    /// The device that holds the session of an answer.
    pub(crate) fn device(&self, reply: &Reply) -> Device<'_> {
        self.device_with(reply, cookie_of(reply))
    }

    /// The device of the person in an answer, with a session that began earlier.
    pub(crate) fn device_with(&self, reply: &Reply, cookie: String) -> Device<'_> {
        let person = reply.json()["person"].as_str().unwrap().parse().unwrap();
        Device {
            server: self,
            person,
            cookie,
        }
    }
}

/// A person at a device.
pub(crate) struct Device<'a> {
    pub(crate) server: &'a TestServer,
    pub(crate) person: PersonId,
    pub(crate) cookie: String,
}

impl Device<'_> {
    pub(crate) fn push_request(commands: Vec<PushedCommand>) -> PushRequest {
        PushRequest {
            proto: PROTOCOL_VERSION,
            app_build: "test".to_owned(),
            server_epoch: None,
            device: DeviceId::from_bits(7),
            unsent: None,
            commands,
        }
    }

    pub(crate) async fn push(&self, commands: Vec<PushedCommand>) -> PushResponse {
        let request = Self::push_request(commands);
        let reply = self
            .server
            .post("/sync/v1/push", Some(&self.cookie), &request)
            .await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.json());
        reply.read()
    }

    /// Pulls everything, as a new device does.
    pub(crate) async fn pull_reply(&self) -> Reply {
        self.send_pull(&PullRequest {
            proto: PROTOCOL_VERSION,
            app_build: "test".to_owned(),
            server_epoch: None,
            device: DeviceId::from_bits(7),
            grants_ver: 0,
            rows: ROW_FORM,
            unsent: None,
            have: Vec::new(),
            sums: Vec::new(),
            reset: Vec::new(),
            cut: vec![],
            page: None,
        })
        .await
    }

    /// Pulls what changed since an earlier answer.
    pub(crate) async fn pull_since(
        &self,
        earlier: &PullResponse,
        have: Vec<(PartitionId, u64)>,
    ) -> PullResponse {
        let request = PullRequest {
            proto: PROTOCOL_VERSION,
            app_build: "test".to_owned(),
            server_epoch: Some(earlier.server_epoch),
            device: DeviceId::from_bits(7),
            grants_ver: earlier.grants_ver,
            rows: ROW_FORM,
            unsent: None,
            have,
            sums: Vec::new(),
            reset: Vec::new(),
            cut: vec![],
            page: None,
        };
        self.send_pull(&request).await.read()
    }

    async fn send_pull(&self, request: &PullRequest) -> Reply {
        let reply = self
            .server
            .post("/sync/v1/pull", Some(&self.cookie), request)
            .await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.json());
        reply
    }

    pub(crate) async fn pull(&self) -> PullResponse {
        self.pull_reply().await.read()
    }
}

fn request(method: Method, path: &str, cookie: Option<&str>) -> axum::http::request::Builder {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::HOST, "localhost");
    match cookie {
        Some(cookie) => request.header(header::COOKIE, cookie),
        None => request,
    }
}

/// The cookie as a browser sends it back.
pub(crate) fn cookie_of(reply: &Reply) -> String {
    let cookie = reply
        .headers
        .get(header::SET_COOKIE)
        .unwrap()
        .to_str()
        .unwrap();
    cookie.split(';').next().unwrap().to_owned()
}
