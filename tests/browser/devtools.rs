//! A small client of the `DevTools` protocol: as much of it as a journey needs.
//!
//! A thread reads what the browser says, so that a page or a service worker which starts while
//! nobody asks is still let run, with the network as it is meant to be from its first request:
//! targets wait for us at their start, are told whether they are offline, and only then run.

use std::collections::BTreeMap;
use std::net::TcpStream;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tungstenite::protocol::{Role, WebSocketConfig};
use tungstenite::{Message, WebSocket};

/// The longest that the browser may take to answer one request.
const ANSWER: Duration = Duration::from_mins(1);

/// What the browser answered: a result, or its reason why not.
pub(crate) type Answer = Result<Value, String>;

/// A page or a worker that the browser runs.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    /// `page`, or `service_worker`.
    pub(crate) kind: String,
    /// The session that speaks with it.
    pub(crate) session: String,
}

/// What one fetch brought: its address, and its body as soon as the browser has told it.
struct Received {
    url: String,
    body: Receiver<Answer>,
}

#[derive(Default)]
struct State {
    last_id: u64,
    waiting: BTreeMap<u64, Sender<Answer>>,
    targets: BTreeMap<String, Target>,
    offline: bool,
    requested: BTreeMap<(String, String), String>,
    received: Vec<Received>,
    complaints: Vec<String>,
}

struct Connection {
    writer: Mutex<WebSocket<TcpStream>>,
    state: Mutex<State>,
}

/// A connection to one browser process.
#[derive(Clone)]
pub(crate) struct DevTools {
    connection: Arc<Connection>,
}

impl DevTools {
    /// Connects to the browser that listens on a port of this machine, at a path.
    pub(crate) fn connect(port: u16, path: &str) -> Self {
        let stream = TcpStream::connect(("127.0.0.1", port)).expect("the browser listens");
        let second = stream
            .try_clone()
            .expect("a socket has two ends that we may hold");
        let config = WebSocketConfig::default()
            .max_message_size(None)
            .max_frame_size(None);
        let address = format!("ws://127.0.0.1:{port}{path}");
        let (reader, _) = tungstenite::client::client_with_config(address, stream, Some(config))
            .expect("the browser speaks its protocol");
        let writer = Mutex::new(WebSocket::from_raw_socket(
            second,
            Role::Client,
            Some(config),
        ));
        let connection = Arc::new(Connection {
            writer,
            state: Mutex::default(),
        });
        let devtools = Self { connection };
        let listener = devtools.clone();
        thread::spawn(move || listener.listen(reader));
        let kinds = json!([{"type": "page"}, {"type": "service_worker"}]);
        let attach = json!({
            "autoAttach": true, "waitForDebuggerOnStart": true, "flatten": true, "filter": kinds
        });
        devtools
            .ask(None, "Target.setAutoAttach", attach)
            .expect("targets can be attached to");
        devtools
    }

    /// Asks the browser, or one of its targets, and waits for the answer.
    pub(crate) fn ask(&self, session: Option<&str>, method: &str, parameters: Value) -> Answer {
        let answer = self.send(session, method, parameters);
        answer
            .recv_timeout(ANSWER)
            .map_err(|error| format!("{method}: {error}"))?
    }

    /// Sends a request without waiting for its answer.
    fn send(&self, session: Option<&str>, method: &str, parameters: Value) -> Receiver<Answer> {
        let (sender, receiver) = channel();
        let mut state = self.state();
        state.last_id += 1;
        let id = state.last_id;
        state.waiting.insert(id, sender);
        drop(state);
        let mut request = json!({"id": id, "method": method, "params": parameters});
        if let Some(session) = session {
            request["sessionId"] = session.into();
        }
        let mut writer = self.connection.writer.lock().expect("no writer panics");
        if let Err(error) = writer.send(Message::text(request.to_string())) {
            let gone = self.state().waiting.remove(&id);
            // Who asks hears it through the channel; nobody else can do anything about it.
            gone.map(|sender| sender.send(Err(format!("{method}: {error}"))));
        }
        receiver
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.connection
            .state
            .lock()
            .expect("no holder of the state panics")
    }

    /// The targets of a kind, in no order that means anything.
    pub(crate) fn targets(&self, kind: &str) -> Vec<Target> {
        self.state()
            .targets
            .values()
            .filter(|target| target.kind == kind)
            .cloned()
            .collect()
    }

    /// Errors that pages and workers reported since the last call.
    pub(crate) fn take_complaints(&self) -> Vec<String> {
        std::mem::take(&mut self.state().complaints)
    }

    /// The bodies that fetches of addresses holding `part` brought since the last call.
    ///
    /// Waits for those that are still on their way, and fails when the browser kept one back.
    pub(crate) fn take_received(&self, part: &str) -> Result<Vec<String>, String> {
        let on_its_way = || {
            self.state()
                .requested
                .values()
                .any(|url| url.contains(part))
        };
        let begin = Instant::now();
        while on_its_way() && begin.elapsed() < ANSWER {
            thread::sleep(Duration::from_millis(10));
        }
        let all = std::mem::take(&mut self.state().received);
        let (wanted, others): (Vec<_>, Vec<_>) = all
            .into_iter()
            .partition(|received| received.url.contains(part));
        self.state().received.extend(others);
        let bodies = wanted.into_iter().map(|received| {
            let told = received
                .body
                .recv_timeout(ANSWER)
                .map_err(|error| error.to_string());
            let told = told.and_then(|answer| answer);
            let told = told.map_err(|error| format!("the body of {}: {error}", received.url))?;
            Ok(told["body"].as_str().unwrap_or_default().to_owned())
        });
        bodies.collect()
    }

    /// Takes the network away from every page and worker, those to come included, or gives it back.
    pub(crate) fn set_offline(&self, offline: bool) {
        let mut state = self.state();
        state.offline = offline;
        let targets: Vec<Target> = state.targets.values().cloned().collect();
        drop(state);
        let asked: Vec<_> = targets
            .iter()
            .map(|target| {
                let session = Some(target.session.as_str());
                self.send(
                    session,
                    "Network.emulateNetworkConditions",
                    conditions(offline),
                )
            })
            .collect();
        for answer in asked {
            // A worker may end while it is told; the next one starts with the right conditions.
            drop(answer.recv_timeout(ANSWER));
        }
    }

    fn listen(&self, mut reader: WebSocket<TcpStream>) {
        while let Ok(message) = reader.read() {
            let Message::Text(text) = message else {
                continue;
            };
            let message: Value = serde_json::from_str(&text).expect("the browser speaks JSON");
            if let Some(id) = message["id"].as_u64() {
                let answer = match message.get("error") {
                    Some(error) => Err(error["message"].to_string()),
                    None => Ok(message["result"].clone()),
                };
                let waiting = self.state().waiting.remove(&id);
                // Nobody waits for the requests that are sent on attaching.
                waiting.map(|sender| sender.send(answer));
            } else {
                let session = message["sessionId"].as_str().unwrap_or_default();
                self.hear(
                    session,
                    message["method"].as_str().unwrap_or_default(),
                    &message["params"],
                );
            }
        }
        // Whoever still waits is told by the dropped channel that the browser is gone.
        self.state().waiting.clear();
    }

    fn hear(&self, session: &str, method: &str, event: &Value) {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        match method {
            "Target.attachedToTarget" => self.welcome(Target {
                kind: text(&event["targetInfo"]["type"]),
                session: text(&event["sessionId"]),
            }),
            "Target.detachedFromTarget" => {
                self.state().targets.remove(&text(&event["sessionId"]));
            }
            "Inspector.targetReloadedAfterCrash" => {
                drop(self.send(Some(session), "Runtime.runIfWaitingForDebugger", json!({})));
            }
            "Page.javascriptDialogOpening" => {
                let accept = json!({"accept": true});
                drop(self.send(Some(session), "Page.handleJavaScriptDialog", accept));
            }
            "Network.responseReceived"
                if matches!(event["type"].as_str(), Some("Fetch" | "XHR")) =>
            {
                let key = (session.to_owned(), text(&event["requestId"]));
                self.state()
                    .requested
                    .insert(key, text(&event["response"]["url"]));
            }
            "Network.loadingFinished" | "Network.loadingFailed" => {
                let key = (session.to_owned(), text(&event["requestId"]));
                let requested = self.state().requested.remove(&key);
                if let Some(url) = requested.filter(|_| method == "Network.loadingFinished") {
                    // Asked for at once: the browser forgets bodies when the page goes.
                    let request = json!({"requestId": key.1});
                    let body = self.send(Some(session), "Network.getResponseBody", request);
                    self.state().received.push(Received { url, body });
                }
            }
            "Runtime.exceptionThrown" => {
                let details = &event["exceptionDetails"];
                let told = [&details["exception"]["description"], &details["text"]];
                let told = told
                    .into_iter()
                    .find_map(Value::as_str)
                    .unwrap_or("an exception");
                self.state().complaints.push(told.to_owned());
            }
            "Runtime.consoleAPICalled" if event["type"] == "error" => {
                self.state().complaints.push(event["args"].to_string());
            }
            _ => {}
        }
    }

    /// Tells a new target what holds for it, then lets it run.
    fn welcome(&self, target: Target) {
        let session = target.session.clone();
        let mut state = self.state();
        state.targets.insert(session.clone(), target.clone());
        let offline = state.offline;
        drop(state);
        let tell = |method, parameters| drop(self.send(Some(&session), method, parameters));
        let buffers = json!({"maxTotalBufferSize": 1 << 28, "maxResourceBufferSize": 1 << 27});
        tell("Network.enable", buffers);
        tell("Network.emulateNetworkConditions", conditions(offline));
        tell("Inspector.enable", json!({}));
        tell("Runtime.enable", json!({}));
        if target.kind == "page" {
            tell("Page.enable", json!({}));
        }
        tell("Runtime.runIfWaitingForDebugger", json!({}));
    }
}

fn conditions(offline: bool) -> Value {
    json!({"offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1})
}
