//! The floor that every journey stands on: a browser which is offline, killed, and opened again.
//!
//! The page is a few lines of our own, so a failure here is one of the tools and not of the app.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::thread;

use crate::person::{Device, Person};

const PAGE: &str = r#"<!doctype html><meta name="viewport" content="width=device-width">
<input data-field="note"> <button data-act="keep">Keep it</button> <p id="kept"></p>
<script>
  const request = indexedDB.open('notes', 1);
  request.onupgradeneeded = () => request.result.createObjectStore('note');
  request.onsuccess = () => {
    const notes = (mode) => request.result.transaction('note', mode, { durability: 'strict' });
    const read = notes('readonly').objectStore('note').get('one');
    read.onsuccess = () => (kept.textContent = read.result ?? 'nothing kept');
    document.querySelector('button').onclick = () => {
      const write = notes('readwrite');
      write.objectStore('note').put(document.querySelector('input').value, 'one');
      write.oncomplete = () => (kept.textContent = 'safe');
    };
  };
  navigator.serviceWorker.register('/worker.js');
</script>"#;

const WORKER: &str = "
addEventListener('install', (event) => event.waitUntil(
  caches.open('site').then((site) => site.add('/')).then(() => skipWaiting())));
addEventListener('activate', (event) => event.waitUntil(clients.claim()));
addEventListener('fetch', (event) => {
  if (new URL(event.request.url).pathname === '/') event.respondWith(caches.match('/'));
});";

/// Serves the page and its worker; returns where, and the paths that were asked for.
fn serve_page() -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port is free");
    let bound = listener.local_addr().expect("a listener has an address");
    let address = format!("http://localhost:{}", bound.port());
    let asked = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&asked);
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.expect("a browser connects");
            let mut request = String::new();
            let mut reader = BufReader::new(&stream);
            reader
                .read_line(&mut request)
                .expect("a browser asks in lines of text");
            // A browser opens connections ahead of need and may never ask anything on them.
            let Some(path) = request.split(' ').nth(1) else {
                continue;
            };
            let (kind, body) = match path {
                "/" => ("text/html", PAGE),
                "/worker.js" => ("text/javascript", WORKER),
                _ => ("text/plain", "here"),
            };
            log.lock().expect("no holder panics").push(path.to_owned());
            let length = body.len();
            let head = format!("Content-Type: {kind}\r\nContent-Length: {length}");
            write!(
                stream,
                "HTTP/1.1 200 OK\r\n{head}\r\nConnection: close\r\n\r\n{body}"
            )
            .expect("a browser that asks listens");
        }
    });
    (address, asked)
}

#[test]
fn what_was_kept_offline_survives_the_kill_of_the_browser() {
    let (address, asked) = serve_page();
    for device in [Device::Desk, Device::Phone] {
        let mut person = Person::at(&format!("floor-{device:?}"), device, &address);
        person.open("/");
        person.sees("nothing kept");
        person.waits_until_the_app_is_kept();

        person.loses_the_network();
        asked.lock().unwrap().clear();
        assert_eq!(
            person.eval("fetch('/ping').then(() => 'online', () => 'offline')"),
            "offline"
        );
        person.reload();
        person.sees("nothing kept");
        person.fill("note", "草稿：注塑废品率 2.5 %");
        person.choose("Keep it");
        person.sees("safe");

        person.battery_dies();
        person.open("/");
        person.sees("草稿：注塑废品率 2.5 %");
        assert!(person.everything_kept().contains("注塑废品率"));
        assert_eq!(
            person.eval("fetch('/ping').then(() => 'online', () => 'offline')"),
            "offline"
        );
        assert_eq!(*asked.lock().unwrap(), [""; 0], "the worker too is offline");
        assert_eq!(person.eval("navigator.onLine"), false);
        person.fill("note", "");
        person.act("keep");
        person.sees("safe");

        person.has_the_network_again();
        person.wait_for(
            "fetch('/ping').then((answer) => answer.text()).then(() => true, () => false)",
        );
        assert!(person.everything_received("/ping").contains("here"));
        person.photograph("online-again");
        person.has_no_complaint();
    }
}
