//! Attachments: taken in whole and of an accepted kind or not at all, read by who may see the
//! evidence and nobody else, kept within limits, and forgotten when nothing names them.

use ::server::attachments::Attachments;
use ::server::{housekeeping, keep};
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use serde_json::json;
use shared::command::Command;
use shared::command::evidence::{AttachEvidence, WithdrawEvidence};
use shared::command::ledger::AttachToEntry;
use shared::evidence::{ContentHash, MOST_BYTES, MediaType};
use shared::id::{EntryId, EvidenceId, ItemId, PlanId};
use shared::ledger;
use shared::moment::UtcMillis;
use shared::sync::message::Outcome;

use crate::server::{Device, NOW, Reply, TestServer};

const DAY: i64 = 24 * 60 * 60 * 1000;

/// A picture of so many bytes, as far as its content says.
pub(crate) fn photo(bytes: usize, of: u8) -> Vec<u8> {
    let mut photo = vec![of; bytes];
    photo[..3].copy_from_slice(b"\xff\xd8\xff");
    photo
}

impl Device<'_> {
    /// Hands a file in under a digest.
    pub(crate) async fn hands_in_as(&self, hash: &str, bytes: Vec<u8>) -> Reply {
        let request = Request::builder()
            .method(Method::PUT)
            .uri(format!("/api/v1/attachments/{hash}"))
            .header(header::HOST, "localhost")
            .header(header::COOKIE, &self.cookie);
        let request = request.body(Body::from(bytes)).unwrap();
        self.server.send(request).await
    }

    /// Hands a file in under its own digest.
    pub(crate) async fn hands_in(&self, bytes: &[u8]) -> Reply {
        let hash = ContentHash::of(bytes).to_string();
        self.hands_in_as(&hash, bytes.to_vec()).await
    }

    /// Attaches a photo to an item; its bytes may come before or after.
    pub(crate) async fn attaches(
        &self,
        id: u128,
        (plan, item): (PlanId, ItemId),
        bytes: &[u8],
    ) -> EvidenceId {
        let evidence = EvidenceId::from_bits(id);
        let attach = AttachEvidence {
            evidence,
            plan,
            item,
            report: None,
            name: format!("照片 \"{id}\".jpg"),
            media: MediaType::Jpeg,
            bytes: u32::try_from(bytes.len()).unwrap(),
            hash: ContentHash::of(bytes),
        };
        let outcome = self.does(id, Command::AttachEvidence(attach)).await;
        assert!(outcome.is_applied(), "{outcome:?}");
        evidence
    }

    /// Reads a file as a piece of evidence.
    pub(crate) async fn reads(&self, hash: ContentHash, plan: PlanId, id: EvidenceId) -> Reply {
        let path = format!("/api/v1/attachments/{hash}?plan={plan}&evidence={id}");
        self.server.get(&path, Some(&self.cookie)).await
    }
}

/// A plan in which the head of injection reports, approved by the head of production.
async fn working(server: &TestServer) -> (Device<'_>, (PlanId, ItemId)) {
    let head = server.sign_in("huangdaqiang", "jihe-demo").await;
    let plan = head.submits(100).await;
    let production = server.sign_in("zhangjianjun", "jihe-demo").await;
    production.approves(110, plan).await;
    let (_, document) = head.own_plan().await;
    let items = document.items_in_order();
    let own = items
        .iter()
        .find(|item| item.responsible.is_none_or(|p| p == head.person));
    let item = own.unwrap().id;
    (head, (plan, item))
}

/// A photo in that plan which was attached and handed in.
async fn attached(server: &TestServer) -> (Device<'_>, (PlanId, ItemId), Vec<u8>, EvidenceId) {
    let (head, place) = working(server).await;
    let bytes = photo(1_000, 7);
    let evidence = head.attaches(200, place, &bytes).await;
    let reply = head.hands_in(&bytes).await;
    assert_eq!(reply.status, StatusCode::NO_CONTENT);
    (head, place, bytes, evidence)
}

#[tokio::test]
async fn what_is_handed_in_is_read_byte_for_byte_by_who_may_see_the_evidence() {
    let server = TestServer::demo().await;
    let (head, place) = working(&server).await;
    let bytes = photo(300_000, 7);
    let hash = ContentHash::of(&bytes);
    let evidence = head.attaches(200, place, &bytes).await;
    let judge = server.sign_in("zhangjianjun", "jihe-demo").await;
    // The command came first, as it may: whoever looks is told that the file is on its way.
    let early = judge.reads(hash, place.0, evidence).await;
    let facts = early.is_refused(StatusCode::NOT_FOUND, "not_found");
    assert_eq!(facts["what"], "attachment");
    assert_eq!(head.hands_in(&bytes).await.status, StatusCode::NO_CONTENT);
    for device in [&head, &judge] {
        let reply = device.reads(hash, place.0, evidence).await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.json());
        assert!(reply.bytes == bytes);
        let said = |name| reply.headers[name].to_str().unwrap().to_owned();
        assert_eq!(said("content-type"), "image/jpeg");
        assert_eq!(said("x-content-type-options"), "nosniff");
        assert_eq!(
            said("content-security-policy"),
            "default-src 'none'; sandbox"
        );
        assert_eq!(said("cache-control"), "no-store");
        assert_eq!(
            said("content-disposition"),
            "inline; filename=\"evidence.jpg\"; \
             filename*=UTF-8''%E7%85%A7%E7%89%87%20%22200%22.jpg"
        );
    }
}

#[tokio::test]
async fn the_digest_alone_opens_nothing() {
    let server = TestServer::demo().await;
    let (head, place, bytes, evidence) = attached(&server).await;
    let hash = ContentHash::of(&bytes);
    let stranger = server.sign_in("raomin", "jihe-demo").await;
    let reply = stranger.reads(hash, place.0, evidence).await;
    let facts = reply.is_refused(StatusCode::NOT_FOUND, "not_found");
    assert_eq!(facts["what"], "evidence");
    // Who handed the same bytes in for something else sees no more for it.
    stranger.hands_in(&bytes).await;
    let reply = stranger.reads(hash, place.0, evidence).await;
    reply.is_refused(StatusCode::NOT_FOUND, "not_found");
    let other = ContentHash::of(b"something else");
    let reply = head.reads(other, place.0, evidence).await;
    reply.is_refused(StatusCode::NOT_FOUND, "not_found");
    let path = format!("/api/v1/attachments/{hash}");
    let reply = server.get(&path, Some(&head.cookie)).await;
    reply.is_refused(StatusCode::BAD_REQUEST, "malformed");
    let reply = server.get(&path, None).await;
    reply.is_refused(StatusCode::UNAUTHORIZED, "signed_out");
}

#[tokio::test]
async fn what_is_withdrawn_is_read_by_nobody_but_who_attached_it() {
    let server = TestServer::demo().await;
    let (head, (plan, item), bytes, evidence) = attached(&server).await;
    let hash = ContentHash::of(&bytes);
    let withdraw = WithdrawEvidence {
        plan,
        item,
        evidence,
        withdrawn: true,
    };
    let outcome = head.does(201, Command::WithdrawEvidence(withdraw)).await;
    assert!(matches!(outcome, Outcome::Applied { .. }));
    let judge = server.sign_in("zhangjianjun", "jihe-demo").await;
    let reply = judge.reads(hash, plan, evidence).await;
    reply.is_refused(StatusCode::NOT_FOUND, "not_found");
    let reply = head.reads(hash, plan, evidence).await;
    assert_eq!(reply.status, StatusCode::OK);
    // The row still tells the judge the digest: to name it as evidence of one's own opens nothing.
    let own = judge.attaches(202, (plan, item), &bytes).await;
    let reply = judge.reads(hash, plan, own).await;
    let facts = reply.is_refused(StatusCode::NOT_FOUND, "not_found");
    assert_eq!(facts["what"], "attachment");
    judge.hands_in(&bytes).await;
    let reply = judge.reads(hash, plan, own).await;
    assert_eq!(reply.status, StatusCode::OK);
}

#[tokio::test]
async fn a_file_is_taken_in_whole_and_of_an_accepted_kind_or_not_at_all() {
    let server = TestServer::demo().await;
    let worker = server.sign_in("songjiaming", "jihe-demo").await;
    let most = MOST_BYTES as usize;
    let reply = worker.hands_in(&photo(most, 1)).await;
    assert_eq!(reply.status, StatusCode::NO_CONTENT);
    let reply = worker.hands_in(&photo(most + 1, 1)).await;
    let facts = reply.is_refused(StatusCode::PAYLOAD_TOO_LARGE, "limit_passed");
    assert_eq!(facts, json!({ "limit": "body_bytes", "most": MOST_BYTES }));
    let page = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>";
    let reply = worker.hands_in(page).await;
    reply.is_refused(StatusCode::UNSUPPORTED_MEDIA_TYPE, "attachment_kind");
    let bytes = photo(1_000, 2);
    let other = ContentHash::of(b"other").to_string();
    let reply = worker.hands_in_as(&other, bytes.clone()).await;
    reply.is_refused(StatusCode::UNPROCESSABLE_ENTITY, "attachment_differs");
    let reply = worker.hands_in_as("../jihe.db", bytes).await;
    assert_ne!(reply.status, StatusCode::NO_CONTENT);
    let reply = worker.hands_in_as("digest", Vec::new()).await;
    reply.is_refused(StatusCode::BAD_REQUEST, "malformed");
    let kept = server.state.store.attachments().await.unwrap();
    assert_eq!(kept.len(), 1, "{kept:?}");
    let folder = Attachments::of_data(&server.state.config.store.data);
    assert!(folder.read(kept[0].hash).is_ok());
}

#[tokio::test]
async fn a_body_that_never_says_how_long_it_is_is_cut_off() {
    let server = TestServer::demo().await;
    let worker = server.sign_in("songjiaming", "jihe-demo").await;
    let piece = axum::body::Bytes::from(photo(1_000_000, 1));
    let pieces = std::iter::repeat_with(move || Ok::<_, std::io::Error>(piece.clone()));
    let endless = Body::from_stream(futures_util::stream::iter(pieces));
    let request = Request::put(format!("/api/v1/attachments/{}", "0".repeat(64)))
        .header(header::HOST, "localhost")
        .header(header::COOKIE, &worker.cookie);
    let reply = server.send(request.body(endless).unwrap()).await;
    reply.is_refused(StatusCode::PAYLOAD_TOO_LARGE, "limit_passed");
}

#[tokio::test]
async fn room_is_limited_for_a_person_and_in_all() {
    let server = TestServer::with(|config| {
        config.limits.attachment_bytes_of_person = 2_500;
        config.limits.attachment_bytes_in_all = 4_000;
    });
    let server = server.await;
    let reply = server
        .post(
            "/api/v1/installation",
            None,
            &json!({ "kind": "demo", "story": "beginning" }),
        )
        .await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.json());
    let one = server.sign_in("songjiaming", "jihe-demo").await;
    let other = server.sign_in("raomin", "jihe-demo").await;
    for n in [1, 2] {
        let reply = one.hands_in(&photo(1_000, n)).await;
        assert_eq!(reply.status, StatusCode::NO_CONTENT);
    }
    let reply = one.hands_in(&photo(1_000, 3)).await;
    let facts = reply.is_refused(StatusCode::UNPROCESSABLE_ENTITY, "limit_passed");
    let limit = "attachment_bytes_of_person";
    assert_eq!(facts, json!({ "limit": limit, "most": 2_500 }));
    // Again is no more, and of somebody else it is no more in all.
    let reply = one.hands_in(&photo(1_000, 2)).await;
    assert_eq!(reply.status, StatusCode::NO_CONTENT);
    let reply = other.hands_in(&photo(1_000, 2)).await;
    assert_eq!(reply.status, StatusCode::NO_CONTENT);
    let reply = other.hands_in(&photo(1_500, 4)).await;
    assert_eq!(reply.status, StatusCode::NO_CONTENT);
    let reply = server.sign_in("zhouwenbo", "jihe-demo").await;
    let reply = reply.hands_in(&photo(1_000, 5)).await;
    let facts = reply.is_refused(StatusCode::UNPROCESSABLE_ENTITY, "limit_passed");
    assert_eq!(facts["limit"], "attachment_bytes_in_all");
}

#[tokio::test]
async fn what_nothing_names_is_forgotten_after_thirty_days() {
    let server = TestServer::demo().await;
    let (head, place) = working(&server).await;
    let (named, orphan) = (photo(1_000, 1), photo(1_000, 2));
    head.attaches(200, place, &named).await;
    head.hands_in(&named).await;
    head.hands_in(&orphan).await;
    let store = &server.state.store;
    let settings = &server.state.config.store;
    let forget = async |days: i64| {
        let now = UtcMillis(NOW.0 + days * DAY + 1);
        let done = housekeeping::forget(store, settings, now).await.unwrap();
        done.attachments
    };
    assert_eq!(forget(29).await, 0);
    assert_eq!(forget(30).await, 1);
    assert_eq!(forget(31).await, 0);
    let folder = Attachments::of_data(&settings.data);
    assert!(folder.read(ContentHash::of(&named)).is_ok());
    assert!(!folder.path(ContentHash::of(&orphan)).exists());
}

#[tokio::test]
async fn a_refused_command_holds_its_file_until_it_is_settled() {
    let server = TestServer::demo().await;
    let (head, (plan, item)) = working(&server).await;
    let bytes = photo(1_000, 1);
    let stranger = server.sign_in("raomin", "jihe-demo").await;
    let attach = AttachEvidence {
        evidence: EvidenceId::from_bits(1),
        plan,
        item,
        report: None,
        name: "1.jpg".into(),
        media: MediaType::Jpeg,
        bytes: 1_000,
        hash: ContentHash::of(&bytes),
    };
    let outcome = stranger.does(300, Command::AttachEvidence(attach)).await;
    assert!(!outcome.is_applied(), "{outcome:?}");
    stranger.hands_in(&bytes).await;
    let later = UtcMillis(NOW.0 + 40 * DAY);
    let (store, settings) = (&server.state.store, &server.state.config.store);
    let done = housekeeping::forget(store, settings, later).await.unwrap();
    assert_eq!(done.attachments, 0);
    drop(head);
}

#[tokio::test]
async fn a_backup_takes_files_along_and_a_check_reads_each_of_them() {
    let server = TestServer::demo().await;
    let (head, place) = working(&server).await;
    let bytes = photo(200_000, 9);
    let hash = ContentHash::of(&bytes);
    head.attaches(200, place, &bytes).await;
    head.hands_in(&bytes).await;
    let data = server.folder.path().join("data");
    let backup = server.folder.path().join("backup.db");
    let told = keep::back_up(&data, &backup, &server.clock)
        .await
        .unwrap()
        .to_string();
    assert!(told.contains("1 attachments"), "{told}");
    let restored = server.folder.path().join("restored");
    keep::restore(&backup, &restored, false, &server.clock)
        .await
        .unwrap();
    let told = keep::check(&restored, &server.clock)
        .await
        .unwrap()
        .to_string();
    assert!(told.contains("1 attachments"), "{told}");
    let path = Attachments::of_data(&restored).path(hash);
    std::fs::write(&path, b"something else").unwrap();
    let found = keep::check(&restored, &server.clock).await;
    assert!(
        matches!(found, Err(keep::Failure::Attachment(..))),
        "{found:?}"
    );
    // A backup without its folder is not brought back as if it were whole.
    let folder = server.folder.path().join("backup.db.attachments");
    std::fs::remove_dir_all(&folder).unwrap();
    let other = server.folder.path().join("other");
    let missing = keep::restore(&backup, &other, false, &server.clock).await;
    assert!(
        matches!(missing, Err(keep::Failure::Attachment(..))),
        "{missing:?}"
    );
    assert!(!other.join("jihe.db").exists());
    // Where its files still lie, they are taken from there.
    let again = keep::restore(&backup, &restored, true, &server.clock).await;
    assert!(
        matches!(again, Err(keep::Failure::Attachment(..))),
        "it is broken there"
    );
    std::fs::write(&path, &bytes).unwrap();
    keep::restore(&backup, &restored, true, &server.clock)
        .await
        .unwrap();
}

/// A photo that the head of quality attached to an entry about somebody, by hand and without a plan,
/// and where it is read.
async fn shown_in_an_entry(server: &TestServer) -> (Vec<u8>, String) {
    let office = server.sign_in("linxiaoyun", "jihe-demo").await;
    office.adopts_tariffs(600).await;
    let quality = server.sign_in("wangxiulan", "jihe-demo").await;
    quality.enters(610, "songjiaming", server).await;
    let world = quality.world().await;
    let mut documents = world.documents();
    let entry = documents.find_map(|(_, document)| document.entries.get(&EntryId::from_bits(610)));
    let entry = entry.unwrap();
    let bytes = photo(1_000, 3);
    let attach = AttachToEntry {
        entry: entry.id,
        unit: entry.unit,
        period: entry.period,
        evidence: EvidenceId::from_bits(611),
        name: "漏油.jpg".into(),
        media: MediaType::Jpeg,
        bytes: 1_000,
        hash: ContentHash::of(&bytes),
    };
    let (hash, id) = (attach.hash, attach.evidence);
    let document = ledger::document(entry.unit, entry.period);
    let outcome = quality.does(611, Command::AttachToEntry(attach)).await;
    assert!(outcome.is_applied(), "{outcome:?}");
    assert_eq!(
        quality.hands_in(&bytes).await.status,
        StatusCode::NO_CONTENT
    );
    let path = format!("/api/v1/attachments/{hash}?plan={document}&evidence={id}");
    (bytes, path)
}

#[tokio::test]
async fn a_file_of_an_entry_is_read_by_who_sees_the_entry() {
    let server = TestServer::demo().await;
    let (bytes, path) = shown_in_an_entry(&server).await;
    let of = |n: u128| format!("{path}&entry={}", EntryId::from_bits(n));
    // Who proposed it, the person whom it is about, and the plan office that confirms it.
    for login in ["wangxiulan", "songjiaming", "linxiaoyun"] {
        let device = server.sign_in(login, "jihe-demo").await;
        let reply = server.get(&of(610), Some(&device.cookie)).await;
        assert_eq!(reply.status, StatusCode::OK, "{login}");
        assert!(reply.bytes == bytes);
    }
    let quality = server.sign_in("wangxiulan", "jihe-demo").await;
    let stranger = server.sign_in("raomin", "jihe-demo").await;
    // Neither as evidence of a plan, nor of another entry, nor for a stranger.
    let asked = [
        (&quality, path.clone()),
        (&quality, of(612)),
        (&stranger, of(610)),
    ];
    for (device, path) in asked {
        let reply = server.get(&path, Some(&device.cookie)).await;
        let facts = reply.is_refused(StatusCode::NOT_FOUND, "not_found");
        assert_eq!(facts["what"], "evidence", "{path}");
    }
}

#[tokio::test]
async fn a_file_of_an_entry_stays_while_the_entry_names_it() {
    let server = TestServer::demo().await;
    let (bytes, _) = shown_in_an_entry(&server).await;
    let later = UtcMillis(NOW.0 + 40 * DAY);
    let (store, settings) = (&server.state.store, &server.state.config.store);
    let done = housekeeping::forget(store, settings, later).await.unwrap();
    assert_eq!(done.attachments, 0);
    let folder = Attachments::of_data(&settings.data);
    assert!(folder.read(ContentHash::of(&bytes)).is_ok());
}
