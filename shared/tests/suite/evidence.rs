//! Evidence: who attaches and withdraws it and until when, how much of it there is, whom it reaches,
//! and what a file is by its content.

use shared::command::Command;
use shared::command::evidence::{AttachEvidence, WithdrawEvidence};
use shared::command::seal::{AnswerResult, SealResult};
use shared::digest;
use shared::evidence::{
    ContentHash, Evidence, MOST_BYTES, MOST_PER_ITEM, MediaType, is_plain_name, plain_name,
};
use shared::id::{EvidenceId, ReportId};
use shared::item::Item;
use shared::partition::PartitionId;
use shared::placement::placement;
use shared::plan::PlanState;
use shared::refusal::Refusal;
use shared::report::ReportKind::Progress;
use shared::row::Row;
use shared::seal::{self, ResultAnswer};

use crate::prelude::*;

fn id(n: u128) -> EvidenceId {
    EvidenceId::from_bits(0x900 + n)
}

fn attached(n: u128) -> AttachEvidence {
    AttachEvidence {
        evidence: id(n),
        plan: PLAN,
        item: item_id(1),
        report: None,
        name: format!("照片 {n}.jpg"),
        media: MediaType::Jpeg,
        bytes: 1_000,
        hash: ContentHash::of(&n.to_be_bytes()),
    }
}

fn attach(n: u128) -> Command {
    Command::AttachEvidence(attached(n))
}

fn withdraw(n: u128, withdrawn: bool) -> Command {
    Command::WithdrawEvidence(WithdrawEvidence {
        plan: PLAN,
        item: item_id(1),
        evidence: id(n),
        withdrawn,
    })
}

fn kept(story: &Story, n: u128) -> &Evidence {
    &story.document().evidence[&id(n)]
}

fn passed(limit: &str, most: u64) -> Refusal {
    let limit = limit.to_owned();
    Refusal::LimitPassed { limit, most }
}

#[test]
fn who_reports_on_an_item_or_judges_its_plan_attaches_evidence() {
    let mut story = Story::approved(&[10_000]);
    // The worker reports, the line's head and the plan office on behalf, the manager judges.
    for (n, actor) in (1..).zip([WORKER, LINE_HEAD, PLAN_OFFICE, MANAGER]) {
        story.must(actor, attach(n));
        let evidence = kept(&story, n);
        assert_eq!((evidence.by, evidence.times), (actor, story.moment.times()));
        assert_eq!(evidence.name, format!("照片 {n}.jpg"));
    }
    for actor in [ADMINISTRATOR, STORE_HEAD, KEEPER, STRANGER] {
        assert_eq!(story.refused(actor, attach(9)), Refusal::Forbidden);
    }
}

#[test]
fn evidence_comes_once_the_plan_is_approved_and_until_the_seal() {
    let story = Story::drafted(&[10_000]);
    let state = PlanState::Draft;
    assert_eq!(
        story.refused(WORKER, attach(1)),
        Refusal::WrongState { state }
    );
    let mut story = Story::approved(&[10_000]);
    story.must(WORKER, attach(1));
    let judgement = Some(carried_out("on_time", "good"));
    story.must(MANAGER, Command::ScoreSuperior(score(1, None, judgement)));
    story.must(MANAGER, story.publish());
    // The result can still be answered, and evidence belongs to an answer.
    story.must(WORKER, attach(2));
    let result = story.document().result().unwrap();
    let signed = AnswerResult {
        plan: PLAN,
        version: result.version,
        seen: digest::result(result),
        answer: ResultAnswer::Signed,
    };
    story.must(LINE_HEAD, Command::AnswerResult(signed));
    let draft = seal::draft(&story.world, &[PLAN], story.moment.received, PLAN_OFFICE).unwrap();
    let seal = SealResult {
        plan: PLAN,
        parts: Vec::new(),
        seen: digest::seal_content(&draft),
    };
    story.must(PLAN_OFFICE, Command::SealResult(seal));
    for command in [attach(3), withdraw(1, true)] {
        assert_eq!(story.refused(WORKER, command), Refusal::PeriodSealed);
    }
}

#[test]
fn an_item_shows_twenty_pieces_and_no_content_twice() {
    let mut story = Story::approved(&[10_000]);
    for n in 0..MOST_PER_ITEM as u128 {
        story.must(WORKER, attach(n));
    }
    assert_eq!(
        story.refused(WORKER, attach(50)),
        passed("evidence_per_item", 20)
    );
    story.must(WORKER, withdraw(0, true));
    // Under another name and another identity it is the same photo.
    let again = AttachEvidence {
        evidence: id(60),
        name: "另一个名字.jpg".into(),
        ..attached(1)
    };
    assert_eq!(
        story.refused(WORKER, Command::AttachEvidence(again)),
        Refusal::already_exists("evidence")
    );
    story.must(WORKER, attach(50));
    assert_eq!(
        story.refused(WORKER, withdraw(0, false)),
        passed("evidence_per_item", 20),
        "what was withdrawn finds no place any more"
    );
    assert_eq!(
        story.refused(WORKER, attach(50)),
        Refusal::already_exists("evidence")
    );
}

#[test]
fn withdrawing_again_and_again_does_not_pile_up_for_ever() {
    let mut story = Story::approved(&[10_000]);
    for n in 0..100 {
        story.must(WORKER, attach(n));
        story.must(WORKER, withdraw(n, true));
    }
    assert_eq!(
        story.refused(WORKER, attach(100)),
        passed("evidence_ever_per_item", 100)
    );
    story.must(WORKER, withdraw(99, false));
}

#[test]
fn only_who_attached_it_withdraws_it_and_shows_it_again() {
    let mut story = Story::approved(&[10_000]);
    story.must(WORKER, attach(1));
    for actor in [LINE_HEAD, MANAGER, PLAN_OFFICE, KEEPER] {
        assert_eq!(story.refused(actor, withdraw(1, true)), Refusal::Forbidden);
    }
    assert!(kept(&story, 1).may_open(MANAGER));
    story.must(WORKER, withdraw(1, true));
    assert_eq!(kept(&story, 1).withdrawn, Some(story.moment.times()));
    assert!(!kept(&story, 1).may_open(MANAGER) && kept(&story, 1).may_open(WORKER));
    assert_eq!(story.must(WORKER, withdraw(1, true)), []);
    story.must(WORKER, withdraw(1, false));
    assert_eq!(kept(&story, 1).withdrawn, None);
    let nothing = Refusal::not_found("evidence");
    assert_eq!(story.refused(WORKER, withdraw(2, true)), nothing);
}

#[test]
fn names_sizes_and_reports_are_within_what_can_be() {
    let mut story = Story::approved(&[5_000, 5_000]);
    let changed = |change: fn(&mut AttachEvidence)| {
        let mut args = attached(1);
        change(&mut args);
        Command::AttachEvidence(args)
    };
    let malformed = |at: &str| Refusal::Malformed { at: at.into() };
    for (change, refusal) in [
        (
            changed(|args| args.bytes = MOST_BYTES + 1),
            passed("evidence_bytes", u64::from(MOST_BYTES)),
        ),
        (changed(|args| args.bytes = 0), malformed("bytes")),
        (
            changed(|args| args.name = "../passwd".into()),
            malformed("name"),
        ),
        (
            changed(|args| args.name = "照片\u{202e}gpj.exe".into()),
            malformed("name"),
        ),
        (
            changed(|args| args.name = "  ".into()),
            Refusal::FieldMissing {
                item: None,
                field: "name".into(),
            },
        ),
        (
            changed(|args| args.name = "长".repeat(121)),
            Refusal::TextTooLong {
                field: "name".into(),
                most: 120,
            },
        ),
        (
            changed(|args| args.item = item_id(9)),
            Refusal::not_found("item"),
        ),
    ] {
        assert_eq!(story.refused(WORKER, change), refusal);
    }
    story.must(WORKER, changed(|args| args.bytes = MOST_BYTES));
    story.must(WORKER, report(2, 1, Progress, 40, day(2026, 11, 9)));
    let with = |n, report| {
        let report = Some(ReportId::from_bits(report));
        Command::AttachEvidence(AttachEvidence {
            report,
            ..attached(n)
        })
    };
    assert_eq!(
        story.refused(WORKER, with(2, 1)),
        Refusal::not_found("report"),
        "the report is on another item"
    );
    // The photo is taken before the report is sent.
    story.must(WORKER, with(2, 7));
}

#[test]
fn evidence_reaches_whom_the_item_reaches_and_who_attached_it() {
    let mut story = Story::drafted(&[10_000]);
    story.world.put(&Row::Item(Item {
        helpers: vec![STORE],
        ..story.item(1)
    }));
    story.must(LINE_HEAD, story.submit());
    story.must(MANAGER, story.approve());
    story.must(PLAN_OFFICE, attach(1));
    let row = Row::Evidence(kept(&story, 1).clone());
    let places = placement(&row, Some(story.document()));
    assert_eq!(
        places,
        [
            PartitionId::Common(LINE, NOVEMBER),
            PartitionId::User(LINE_HEAD),
            PartitionId::Helping(STORE, NOVEMBER),
            PartitionId::User(PLAN_OFFICE),
            PartitionId::User(WORKER),
        ]
    );
}

#[test]
fn evidence_follows_the_item_to_who_answers_for_it_now() {
    use shared::change_request::ItemChange;
    use shared::command::plan::{DecideChange, RequestChange};
    use shared::id::ChangeRequestId;
    use shared::item::{Edit, ItemEdit};
    let mut story = Story::approved(&[10_000]);
    story.must(WORKER, attach(1));
    let request = ChangeRequestId::from_bits(1);
    let responsible = ItemEdit::Responsible(Edit {
        old: Some(WORKER),
        new: Some(LINE_HEAD),
    });
    story.must(
        LINE_HEAD,
        Command::RequestChange(RequestChange {
            request,
            plan: PLAN,
            changes: vec![ItemChange::Edit(item_id(1), vec![responsible])],
            reason: "换人".into(),
            evidence: String::new(),
        }),
    );
    let document = story.document();
    let asked = &document.requests[&request];
    let seen = shared::change_request::seen(document.plan.as_ref().unwrap(), document, asked);
    let changes = story.must(
        MANAGER,
        Command::DecideChange(DecideChange {
            plan: PLAN,
            request,
            agreed: true,
            reason: String::new(),
            seen,
        }),
    );
    let evidence = Row::Evidence(kept(&story, 1).clone()).key();
    assert!(
        changes.iter().any(|change| change.key() == evidence),
        "it is placed anew"
    );
}

#[test]
fn what_a_file_is_stands_in_its_content() {
    let kinds: [(&[u8], Option<MediaType>); 9] = [
        (b"\xff\xd8\xff\xe0\0\x10JFIF", Some(MediaType::Jpeg)),
        (b"\x89PNG\r\n\x1a\n\0\0", Some(MediaType::Png)),
        (b"RIFF\x10\0\0\0WEBPVP8 ", Some(MediaType::Webp)),
        (b"%PDF-1.7\n", Some(MediaType::Pdf)),
        (b"<svg xmlns='http://www.w3.org/2000/svg'>", None),
        (b"<!doctype html><script>", None),
        (b"GIF89a", None),
        (b"PK\x03\x04 and nothing more", None),
        (b"", None),
    ];
    for (bytes, kind) in kinds {
        assert_eq!(MediaType::of_content(bytes), kind, "{bytes:?}");
    }
    let workbook = archive(&["[Content_Types].xml", "xl/workbook.xml"]);
    assert_eq!(MediaType::of_content(&workbook), Some(MediaType::Xlsx));
    let text = archive(&["_rels/.rels", "word/document.xml"]);
    assert_eq!(MediaType::of_content(&text), Some(MediaType::Docx));
    let macros = archive(&["xl/workbook.xml", "xl/vbaProject.bin"]);
    assert_eq!(MediaType::of_content(&macros), None);
    let other = archive(&["index.html"]);
    assert_eq!(MediaType::of_content(&other), None);
    for end in 4..workbook.len() {
        assert_eq!(
            MediaType::of_content(&workbook[..end]),
            None,
            "cut at {end}"
        );
    }
    for media in MediaType::ALL {
        assert_eq!(media.mime().parse(), Ok(*media));
    }
}

/// An archive of empty files, as small as one can be.
fn archive(names: &[&str]) -> Vec<u8> {
    let short = |n: usize| u16::try_from(n).unwrap().to_le_bytes();
    let long = |n: usize| u32::try_from(n).unwrap().to_le_bytes();
    let (mut files, mut directory) = (Vec::new(), Vec::new());
    for name in names {
        let at = files.len();
        files.extend_from_slice(b"PK\x03\x04");
        files.extend_from_slice(&[0; 22]);
        files.extend_from_slice(&short(name.len()));
        files.extend_from_slice(&[0; 2]);
        files.extend_from_slice(name.as_bytes());
        directory.extend_from_slice(b"PK\x01\x02");
        directory.extend_from_slice(&[0; 24]);
        directory.extend_from_slice(&short(name.len()));
        directory.extend_from_slice(&[0; 12]);
        directory.extend_from_slice(&long(at));
        directory.extend_from_slice(name.as_bytes());
    }
    let (at, size) = (files.len(), directory.len());
    files.extend_from_slice(&directory);
    files.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    files.extend_from_slice(&short(names.len()));
    files.extend_from_slice(&short(names.len()));
    files.extend_from_slice(&long(size));
    files.extend_from_slice(&long(at));
    files.extend_from_slice(&[0; 2]);
    files
}

#[test]
fn a_name_is_made_plain_and_keeps_its_ending() {
    assert_eq!(plain_name(" C:\\照片\\1.jpg ", 120), "C:照片1.jpg");
    assert_eq!(plain_name("a\u{202e}b\n.pdf", 120), "ab.pdf");
    let long = plain_name(&format!("{}.xlsx", "长".repeat(200)), 120);
    assert!(long.chars().count() == 120 && long.ends_with("长.xlsx"));
    assert!(is_plain_name(&long) && !is_plain_name("a/b"));
}

#[test]
fn a_digest_is_read_back_and_nothing_else_is() {
    let hash = ContentHash::of(b"abc");
    let text = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(hash.to_string(), text);
    assert_eq!(text.parse(), Ok(hash));
    for wrong in ["", &text[1..], &text.to_uppercase(), &"g".repeat(64)] {
        assert!(wrong.parse::<ContentHash>().is_err(), "{wrong}");
    }
}
