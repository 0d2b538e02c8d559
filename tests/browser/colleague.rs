//! A colleague with no screen of the journey's own: signs in over HTTP, acts by commands, and reads
//! the rows that the server lets this person see.
//!
//! Each command must be applied; a refusal ends the journey with its code.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};
use shared::command::{Command, MadeCommand};
use shared::id::{CommandId, DeviceId, PersonId};
use shared::moment::{Made, UtcMillis};
use shared::row::Row;
use shared::sync::message::{
    Outcome, PROTOCOL_VERSION, PullRequest, PullResponse, PushRequest, PushResponse, PushedCommand,
    ROW_FORM,
};
use shared::world::{Holdings, World};

use crate::server::Server;
use crate::story::PASSWORD;

/// A colleague who is signed in.
pub(crate) struct Colleague {
    port: u16,
    cookie: String,
    /// Who it is.
    pub(crate) person: PersonId,
}

impl Colleague {
    /// Signs somebody of the demo factory in.
    pub(crate) fn signs_in(login: &str, server: &Server) -> Self {
        Self::signs_in_with(login, PASSWORD, server)
    }

    /// Signs somebody in.
    pub(crate) fn signs_in_with(login: &str, password: &str, server: &Server) -> Self {
        let port = server.port();
        let mut colleague = Self {
            port,
            cookie: String::new(),
            person: PersonId::from_bits(0),
        };
        let (head, body) = colleague.posts(
            "/api/v1/session",
            &json!({"login": login, "password": password}),
        );
        let cookie = head.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            let is_cookie = name.eq_ignore_ascii_case("set-cookie");
            is_cookie.then(|| {
                value
                    .trim()
                    .split(';')
                    .next()
                    .unwrap_or_default()
                    .to_owned()
            })
        });
        colleague.cookie = cookie.unwrap_or_else(|| panic!("{login} gets no cookie: {head}"));
        let who: Value = serde_json::from_str(&body).expect("the server speaks JSON");
        let person = who["person"].as_str().expect("a person has an identity");
        colleague.person = person.parse().expect("an identity reads");
        colleague
    }

    /// Does something, and is told that it took effect.
    pub(crate) fn does(&self, command: Command) {
        self.did(command, now());
    }

    /// Sends what was done at an earlier moment on a device without a network; it is taken.
    pub(crate) fn did(&self, command: Command, at: UtcMillis) {
        let kind = command.kind().0;
        match self.sends(command, at) {
            Outcome::Applied { .. } => {}
            other => panic!("{kind} by {}: {other:?}", self.person),
        }
    }

    /// Does several things at once, at most as many as one push takes.
    pub(crate) fn does_all(&self, commands: &[Command]) {
        let at = now();
        let made: Vec<_> = commands
            .iter()
            .map(|command| (command.clone(), at))
            .collect();
        for (command, outcome) in commands.iter().zip(self.send_all(made)) {
            assert!(outcome.is_applied(), "{}: {outcome:?}", command.kind().0);
        }
    }

    /// Tries something that is not to take effect.
    pub(crate) fn tries(&self, command: Command) {
        let outcome = self.sends(command, now());
        assert!(!outcome.is_applied(), "{outcome:?}");
    }

    /// Whether the server still knows the session.
    pub(crate) fn is_signed_in(&self) -> bool {
        let (head, _) = self.asks("GET", "/api/v1/session", "");
        head.starts_with("HTTP/1.1 200")
    }

    fn sends(&self, command: Command, at: UtcMillis) -> Outcome {
        self.send_all(vec![(command, at)]).remove(0)
    }

    fn send_all(&self, commands: Vec<(Command, UtcMillis)>) -> Vec<Outcome> {
        let pushed = commands.into_iter().map(|(command, at)| {
            let made = MadeCommand {
                command,
                made: Made {
                    device_wall: at,
                    est_server_time: at,
                    tz: 480,
                },
                supersedes: None,
            };
            PushedCommand {
                cmd_id: CommandId::from_bits(fresh()),
                actor: self.person,
                prevs: Vec::new(),
                gap: false,
                bytes: made.write().expect("a command writes"),
            }
        });
        let push = PushRequest {
            proto: PROTOCOL_VERSION,
            app_build: "journey".to_owned(),
            server_epoch: None,
            device: DeviceId::from_bits(self.person.bits()),
            unsent: None,
            commands: pushed.collect(),
        };
        let asked = push.commands.len();
        let push = serde_json::to_value(&push).expect("a push serialises");
        let (head, body) = self.posts("/sync/v1/push", &push);
        let answer: PushResponse =
            serde_json::from_str(&body).unwrap_or_else(|error| panic!("{error}: {head}\n{body}"));
        assert_eq!(answer.results.len(), asked, "a command has a result");
        answer
            .results
            .into_iter()
            .map(|result| result.outcome)
            .collect()
    }

    /// What the server lets this person see now.
    pub(crate) fn world(&self) -> World {
        let pull = PullRequest {
            proto: PROTOCOL_VERSION,
            app_build: "journey".to_owned(),
            server_epoch: None,
            device: DeviceId::from_bits(self.person.bits()),
            rows: ROW_FORM,
            unsent: None,
            grants_ver: 0,
            have: Vec::new(),
            sums: Vec::new(),
            reset: Vec::new(),
            cut: vec![],
            page: None,
        };
        let pull = serde_json::to_value(&pull).expect("a pull serialises");
        let (head, body) = self.posts("/sync/v1/pull", &pull);
        let answer: PullResponse =
            serde_json::from_str(&body).unwrap_or_else(|error| panic!("{error}: {head}\n{body}"));
        let rows = answer.parts.iter().flat_map(|part| &part.rows);
        world_of(rows.map(|row| row.row.get().to_owned()))
    }

    /// Posts JSON; gives head and body of the answer.
    fn posts(&self, path: &str, content: &Value) -> (String, String) {
        self.asks("POST", path, &content.to_string())
    }

    fn asks(&self, method: &str, path: &str, content: &str) -> (String, String) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("the server listens");
        let patience = Some(Duration::from_secs(45));
        stream
            .set_read_timeout(patience)
            .expect("a socket takes a limit");
        let cookie = match self.cookie.as_str() {
            "" => String::new(),
            cookie => format!("Cookie: {cookie}\r\nJihe-Person: {}\r\n", self.person),
        };
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: localhost:{}\r\nContent-Type: application/json\r\n\
             Accept: application/json\r\n{cookie}Content-Length: {}\r\nConnection: close\r\n\r\n\
             {content}",
            self.port,
            content.len()
        )
        .expect("the server reads");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("the server answers");
        let answer = String::from_utf8(answer).expect("the server writes UTF-8");
        let (head, body) = answer.split_once("\r\n\r\n").expect("an answer has a head");
        let chunked = head
            .to_ascii_lowercase()
            .contains("transfer-encoding: chunked");
        let body = if chunked {
            joined(body)
        } else {
            body.to_owned()
        };
        (head.to_owned(), body)
    }
}

/// Puts rows, as their texts, into a world of their own.
pub(crate) fn world_of(rows: impl Iterator<Item = String>) -> World {
    let mut world = World::new(Holdings::Everything);
    for text in rows {
        let row: Row = serde_json::from_str(&text).unwrap_or_else(|why| panic!("{why}: {text}"));
        world.put(&row);
    }
    world
}

/// Joins the chunks of a body.
fn joined(mut chunks: &str) -> String {
    let mut body = String::new();
    while let Some((size, rest)) = chunks.split_once("\r\n") {
        let size = usize::from_str_radix(size.trim(), 16).expect("a chunk has a size");
        if size == 0 {
            break;
        }
        body.push_str(&rest[..size]);
        chunks = rest[size..].trim_start_matches("\r\n");
    }
    body
}

/// The moment, by this machine's clock.
pub(crate) fn now() -> UtcMillis {
    UtcMillis(i64::try_from(since_1970().as_millis()).expect("the year fits"))
}

/// Identities that no other run has: the moment and a count.
pub(crate) fn fresh() -> u128 {
    use std::sync::atomic::{AtomicU64, Ordering};
    static COUNT: AtomicU64 = AtomicU64::new(1);
    (since_1970().as_nanos() << 32) | u128::from(COUNT.fetch_add(1, Ordering::Relaxed))
}

fn since_1970() -> Duration {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    now.expect("this machine's clock is set")
}
