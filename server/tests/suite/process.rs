//! The program itself: how it starts, what it says, how it stops, and its import.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use ::server::clock::{Clock as _, SystemClock};
use encoding_rs::GBK;
use shared::samples::FACTORY_MONTH;
use tempfile::TempDir;

/// A running server that is ended with the test.
struct Running {
    child: Child,
    port: u16,
    said: String,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn jihe(folder: &TempDir) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jihe"));
    command.current_dir(folder.path()).env("JIHE_LOG", "off");
    command
}

fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("site");
    std::fs::create_dir(&site).unwrap();
    std::fs::write(site.join("index.html"), "<!doctype html>").unwrap();
    folder
}

fn start(folder: &TempDir, flags: &[&str]) -> Running {
    let mut command = jihe(folder);
    command
        .args(["serve", "--port", "0", "--site", "site"])
        .args(flags);
    let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut said = String::new();
    let port = loop {
        let line = lines
            .next()
            .expect("the server says where it listens")
            .unwrap();
        said += &line;
        said.push('\n');
        if let Some((_, port)) = line.rsplit_once("http://localhost:") {
            break port.trim_end_matches("/install").parse().unwrap();
        }
    };
    Running { child, port, said }
}

fn ask(port: u16, path: &str) -> (TcpStream, String) {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    let mut read = vec![0; 64 * 1024];
    let length = stream.read(&mut read).unwrap();
    (
        stream,
        String::from_utf8_lossy(&read[..length]).into_owned(),
    )
}

fn stop(running: &mut Running) -> bool {
    let process = running.child.id().to_string();
    assert!(
        Command::new("kill")
            .args(["-TERM", &process])
            .status()
            .unwrap()
            .success()
    );
    running.child.wait().unwrap().success()
}

fn import(folder: &TempDir, sheet: &[u8], flags: &[&str]) -> Output {
    std::fs::write(folder.path().join("sheet.csv"), sheet).unwrap();
    let today = SystemClock.now().day(480).to_string();
    let (month, _) = today.rsplit_once('-').unwrap();
    let mut command = jihe(folder);
    command
        .args(["import", "sheet.csv", "--period", month])
        .args(flags);
    command.output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn it_listens_on_this_machine_alone_and_stops_when_it_is_told_to() {
    let folder = folder();
    let mut running = start(&folder, &[]);
    assert!(!running.said.contains("Other machines"), "{}", running.said);
    let (_open, answer) = ask(running.port, "/health");
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
    let addresses = std::fs::read_to_string("/proc/net/tcp").unwrap_or_default();
    let everywhere = format!("00000000:{:04X}", running.port);
    assert!(
        !addresses.contains(&everywhere),
        "it must not listen on all interfaces"
    );
    let began = Instant::now();
    assert!(stop(&mut running), "a stop is a success");
    assert!(
        began.elapsed() < Duration::from_secs(5),
        "idle connections do not hold it up"
    );
    assert!(folder.path().join("data/jihe.db").exists());
}

#[test]
fn on_the_network_it_shows_a_code_to_scan() {
    let folder = folder();
    let running = start(&folder, &["--lan"]);
    let addresses = std::fs::read_to_string("/proc/net/tcp").unwrap_or_default();
    assert!(addresses.is_empty() || addresses.contains(&format!("00000000:{:04X}", running.port)));
}

#[test]
fn without_a_site_it_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let output = jihe(&folder)
        .args(["serve", "--port", "0", "--site", "none"])
        .output()
        .unwrap();
    assert!(!output.status.success());
    assert!(
        text(&output.stderr).contains("the built site"),
        "{}",
        text(&output.stderr)
    );
}

#[test]
fn a_sheet_is_imported_at_the_terminal_whole_or_not_at_all() {
    let folder = folder();
    let mut running = start(&folder, &["--demo=beginning"]);
    assert!(running.said.contains("jihe-demo") && running.said.contains("张建军"));
    let row = FACTORY_MONTH.lines().nth(1).unwrap();
    let header = FACTORY_MONTH.lines().next().unwrap();
    let cells: Vec<_> = row.split(',').collect();
    let sheet = |title: &str, weight: &str| {
        let mut cells = cells.clone();
        (cells[3], cells[12]) = (title, weight);
        format!("{header}\r\n{}\r\n", cells.join(","))
    };
    let gbk = GBK.encode(&sheet("追加的事项", "30")).0.into_owned();
    let preview = import(&folder, &gbk, &[]);
    assert!(
        text(&preview.stdout).contains("--confirm"),
        "{}",
        text(&preview.stderr)
    );
    let done = import(&folder, &gbk, &["--confirm"]);
    assert!(
        text(&done.stdout).contains("已导入"),
        "{}",
        text(&done.stderr)
    );
    let again = import(&folder, &gbk, &["--confirm"]);
    assert!(again.status.success());
    assert!(
        text(&again.stdout).contains("第 2 行已存在"),
        "{}",
        text(&again.stderr)
    );
    let bad = import(
        &folder,
        sheet("又一事项", "三十").as_bytes(),
        &["--confirm"],
    );
    assert!(
        text(&bad.stderr).contains("M2 (weight): “三十”不是数字。"),
        "{}",
        text(&bad.stderr)
    );
    let rows = sheet("很多", "1").lines().nth(1).unwrap().to_owned() + "\n";
    let long = import(
        &folder,
        format!("{header}\n{}", rows.repeat(20_001)).as_bytes(),
        &[],
    );
    assert!(
        text(&long.stderr).contains("20000"),
        "{}",
        text(&long.stderr)
    );
    let header = import(&folder, b"what,is,this\n1,2,3\n", &[]);
    assert!(text(&header.stderr).contains("A1 (what): 不认识的列“what”。"));
    assert!(stop(&mut running));
}

fn at_terminal(folder: &TempDir, words: &[&str]) -> (bool, String) {
    let output = jihe(folder).args(words).output().unwrap();
    let said = text(&output.stdout) + &text(&output.stderr);
    (output.status.success(), said)
}

#[test]
fn backup_restore_and_check_do_what_they_say_or_refuse() {
    let folder = folder();
    let mut running = start(&folder, &["--demo=beginning"]);
    let run = |words: &[&str]| at_terminal(&folder, words);
    let (done, said) = run(&["backup", "first.db"]);
    assert!(done && said.contains("checked"), "{said}");
    let (done, said) = run(&["check"]);
    assert!(
        done && said.contains("decided again"),
        "while it is served: {said}"
    );
    let (done, said) = run(&["prune"]);
    assert!(done && said.contains("Forgot 0 removals"), "{said}");
    let (done, said) = run(&["restore", "first.db", "--replace"]);
    assert!(!done && said.contains("stop the server"), "{said}");
    running.child.kill().unwrap();
    running.child.wait().unwrap();
    let (done, said) = run(&["check"]);
    assert!(done, "after a kill: {said}");
    let (done, said) = run(&["restore", "first.db"]);
    assert!(!done && said.contains("exists already"), "{said}");
    let (done, said) = run(&["restore", "first.db", "--replace"]);
    assert!(done && said.contains("hand in again"), "{said}");
    let mut running = start(&folder, &[]);
    let (_open, answer) = ask(running.port, "/health");
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
    assert!(stop(&mut running));
    let names = std::fs::read_dir(folder.path().join("data")).unwrap();
    let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let aside = names.filter(|name| name.starts_with("jihe.db.before-"));
    assert_eq!(aside.count(), 1, "the old database is set aside, alone");
}

#[test]
fn check_prints_the_first_difference_and_fails() {
    let folder = folder();
    let mut running = start(&folder, &["--demo=beginning"]);
    assert!(stop(&mut running));
    let database = folder.path().join("data/jihe.db");
    let change = "UPDATE row SET body = replace(body, '张建军', '张建国') WHERE kind = 'person'";
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    runtime.block_on(async {
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(database);
        let mut connection = sqlx::ConnectOptions::connect(&options).await.unwrap();
        sqlx::raw_sql(change)
            .execute(&mut connection)
            .await
            .unwrap();
        sqlx::Connection::close(connection).await.unwrap();
    });
    let (done, said) = at_terminal(&folder, &["check"]);
    assert!(!done && said.contains("org"), "{said}");
    let (done, said) = at_terminal(&folder, &["backup", "unsound.db"]);
    assert!(!done && said.contains("do not add up"), "{said}");
    assert!(!folder.path().join("unsound.db").exists());
}

#[test]
fn an_empty_installation_has_nowhere_to_import_to() {
    let folder = tempfile::tempdir().unwrap();
    let output = import(&folder, FACTORY_MONTH.as_bytes(), &[]);
    assert!(!output.status.success());
    assert!(
        text(&output.stderr).contains("尚未安装"),
        "{}",
        text(&output.stderr)
    );
    assert!(Path::new(&folder.path().join("data/jihe.db")).exists());
}

#[test]
fn with_a_certificate_it_speaks_https_and_the_plain_port_leads_there() {
    let folder = folder();
    let (done, said) = at_terminal(&folder, &["tls", "init", "--name", "bad name"]);
    assert!(!done && said.contains("neither a host name"), "{said}");
    let (done, said) = at_terminal(&folder, &["tls", "init", "--days", "398"]);
    assert!(!done && said.contains("7..=397"), "{said}");
    let (done, said) = at_terminal(&folder, &["tls", "init", "--name", "plans.example"]);
    assert!(done && said.contains("plans.example"), "{said}");
    let (done, again) = at_terminal(&folder, &["tls", "init"]);
    assert!(!done && again.contains("--renew"), "{again}");
    let (done, renewed) = at_terminal(&folder, &["tls", "init", "--renew"]);
    let fingerprint = said.lines().find(|line| line.len() == 95).unwrap();
    assert!(done && renewed.contains(fingerprint), "{renewed}");
    let mut running = start(&folder, &["--tls-port", "0"]);
    let https = running.said.lines().next().unwrap();
    assert!(https.contains("https://localhost:"), "{https}");
    let (_open, answer) = ask(running.port, "/");
    assert!(answer.starts_with("HTTP/1.1 307"), "{answer}");
    assert!(stop(&mut running), "a stop is a success");
}
