//! The server of Jihe: one process, one SQLite file, the same rules as the devices.
//!
//! Every change enters through `shared`: the server orders commands, decides them again, keeps what
//! follows, and tells each person's devices what that person may see. No rule lives here.
//!
//! Reading order: what it is told ([`config`], [`clock`], [`chance`]), what it keeps ([`store`],
//! [`attachments`]),
//! how it syncs ([`sync`]), who is asking ([`auth`]), how it is asked ([`router`], [`routes`],
//! [`read`], [`error`]), and how it runs ([`serve`], [`tls`], [`plain`]).

pub mod chance;
pub mod clock;
pub mod config;
pub mod hex;

pub mod attachments;
pub mod store;
pub mod sync;

pub mod auth;
pub mod error;
pub mod headers;
pub mod read;
pub mod router;
pub mod routes;
pub mod site;
pub mod state;
pub mod telemetry;

pub mod housekeeping;
pub mod import;
pub mod installation;
pub mod jobs;
pub mod keep;
pub mod plain;
pub mod qr;
pub mod quarantine;
pub mod serve;
pub mod timers;
pub mod tls;
pub mod whatif;
pub mod words;
