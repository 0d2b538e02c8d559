//! Pulls that come in pages: nothing is shown before the last, and nothing is asked for twice.

use std::cell::{Cell, RefCell};

use shared::command::Command;
use shared::command::organisation::EndAssignment;
use shared::command::plan::EditItem;
use shared::id::{CommandId, DeviceId, PersonId, PlanId};
use shared::item::{Edit, ItemEdit};
use shared::moment::UtcMillis;
use shared::partition::PartitionId;
use shared::sync::client::{
    Client, MemoryStorage, Peer, PeerError, Pulled, Surroundings, SyncError,
};
use shared::sync::message::{PullRequest, PullResponse, PushRequest, PushResponse};
use shared::sync::server::Arrival;

use crate::server::{Factory, factory, plan_with_item, pushed, ready};
use crate::story::{day, item_id, noon};

/// Bytes of a page: the demo factory's organisation alone takes several.
const PAGE: usize = 3_000;

fn now() -> UtcMillis {
    noon(day(2026, 11, 10)).recorded
}

/// A way to the server that can break, and that remembers what went over it.
pub(crate) struct Line<'a> {
    factory: &'a Factory,
    person: PersonId,
    broken: &'a Cell<bool>,
    /// What the next pull is answered in place of the server's own word.
    instead: &'a RefCell<Option<PullResponse>>,
    answers: &'a RefCell<Vec<PullResponse>>,
}

impl Peer for Line<'_> {
    async fn push(&self, request: &PushRequest) -> Result<PushResponse, PeerError> {
        let arrival = Arrival::of(self.person, now(), request.clone());
        let arrivals = [arrival.map_err(|_| PeerError::Garbled)?];
        let pushed = self.factory.server.push(&arrivals, now()).await;
        Ok(pushed.map_err(|_| PeerError::Unreachable)?.remove(0))
    }

    async fn pull(&self, request: &PullRequest) -> Result<PullResponse, PeerError> {
        if self.broken.get() {
            return Err(PeerError::Unreachable);
        }
        if let Some(answer) = self.instead.take() {
            return Ok(answer);
        }
        let pulled = self.factory.server.pull(self.person, request, now()).await;
        let answer = pulled.map_err(|_| PeerError::Unreachable)?;
        self.answers.borrow_mut().push(answer.clone());
        Ok(answer)
    }
}

/// Ids follow each other, and the clock stands.
pub(crate) struct Pocket(pub(crate) Cell<u128>);

impl Surroundings for Pocket {
    fn chance(&self) -> u128 {
        self.0.set(self.0.get() + 1);
        self.0.get()
    }

    fn wall(&self) -> UtcMillis {
        now()
    }

    fn tz(&self) -> i32 {
        480
    }
}

/// What a story has at hand beside the device.
pub(crate) struct Told<'a> {
    pub(crate) factory: &'a Factory,
    pub(crate) person: PersonId,
    broken: &'a Cell<bool>,
    instead: &'a RefCell<Option<PullResponse>>,
    answers: &'a RefCell<Vec<PullResponse>>,
}

pub(crate) type Phone<'a> = Client<MemoryStorage, Line<'a>, Pocket>;

/// Runs a story between a new device and a server with small pages.
fn with_small_pages(told: impl AsyncFn(&Phone<'_>, &Told<'_>)) {
    on_a_phone(PAGE, told);
}

/// Runs a story between a new device and a server with pages of so many bytes.
pub(crate) fn on_a_phone(page: usize, told: impl AsyncFn(&Phone<'_>, &Told<'_>)) {
    let mut factory = factory();
    factory.server = factory.server.with_page(page);
    let person = factory.person("zhangjianjun");
    for (id, command) in (5_001..).zip(plan_with_item(&factory, "zhangjianjun", 9_001, "先前")) {
        assert!(factory.push(person, &[pushed(id, person, &[], command)])[0].is_applied());
    }
    let (broken, instead, answers) = (Cell::new(false), RefCell::default(), RefCell::default());
    let (broken, instead, answers) = (&broken, &instead, &answers);
    let line = Line {
        factory: &factory,
        person,
        broken,
        instead,
        answers,
    };
    let (storage, pocket) = (MemoryStorage::default(), Pocket(Cell::new(7_000)));
    let phone = ready(Client::open(storage, line, pocket, person, "test")).unwrap();
    let at_hand = Told {
        factory: &factory,
        person,
        broken,
        instead,
        answers,
    };
    ready(told(&phone, &at_hand));
}

/// Pulls to the last page; says how many there were.
async fn to_the_last(phone: &Phone<'_>) -> usize {
    for pages in 1..1_000 {
        match phone.pull().await.unwrap() {
            Pulled::Changed => return pages,
            Pulled::More => assert_eq!(phone.replica().held().count(), 0, "half is shown"),
            other => panic!("{other:?} after {pages} pages"),
        }
    }
    panic!("pages do not come to an end");
}

/// Whether the device holds what the server has, partition by partition.
async fn holds_everything(phone: &Phone<'_>, told: &Told<'_>) {
    let held: Vec<(PartitionId, u64)> = phone.replica().held().map(|(id, v, _)| (id, v)).collect();
    let store = told.factory.server.store();
    let ids = held.iter().map(|(id, _)| *id).collect();
    let heads = shared::sync::server::Store::heads(store, &ids)
        .await
        .unwrap();
    assert!(held.len() > 2, "{held:?}");
    for (id, ver) in held {
        assert_eq!(heads[&id].head, ver, "{id}");
    }
    assert_eq!(phone.pull().await.unwrap(), Pulled::Unchanged, "all fits");
}

#[test]
fn nothing_is_shown_before_the_last_page_and_then_everything() {
    with_small_pages(async |phone, told| {
        let pages = to_the_last(phone).await;
        assert!(pages > 5, "{pages} pages show little");
        holds_everything(phone, told).await;
        let answers = told.answers.borrow();
        let (last, others) = answers[..pages].split_last().unwrap();
        assert!(!last.more && others.iter().all(|page| page.more));
        // A version is never parted, so a page may pass its size by one version; the largest
        // version of this factory is its regime.
        let size = |page: &PullResponse| -> usize {
            let rows = page.parts.iter().flat_map(|part| &part.rows);
            rows.map(|row| row.row.get().len()).sum()
        };
        assert!(answers.iter().all(|page| size(page) < PAGE + 16_000));
        assert!(answers[1..].iter().all(|page| page.granted.is_none()));
    });
}

#[test]
fn a_pull_that_broke_off_goes_on_where_it_was() {
    with_small_pages(async |phone, told| {
        assert_eq!(phone.pull().await.unwrap(), Pulled::More);
        assert_eq!(phone.pull().await.unwrap(), Pulled::More);
        told.broken.set(true);
        let silence = Err(SyncError::Peer(PeerError::Unreachable));
        assert_eq!(phone.pull().await, silence);
        told.broken.set(false);
        to_the_last(phone).await;
        holds_everything(phone, told).await;
        // Each row came once, however often the pull was begun.
        let answers = told.answers.borrow();
        let parts = answers.iter().flat_map(|page| &page.parts);
        let mut rows: Vec<_> = parts
            .flat_map(|part| part.rows.iter().map(|row| (part.id, row.row.get())))
            .collect();
        let all = rows.len();
        rows.sort_unstable();
        rows.dedup();
        assert_eq!(rows.len(), all, "rows came twice");
    });
}

#[test]
fn what_changes_between_two_pages_comes_with_a_later_one() {
    with_small_pages(async |phone, told| {
        let (person, factory) = (told.person, told.factory);
        assert_eq!(phone.pull().await.unwrap(), Pulled::More);
        let edit = Command::EditItem(EditItem {
            plan: PlanId::from_bits(9_001),
            item: item_id(1),
            edits: vec![ItemEdit::Title(Edit {
                old: "先前".to_owned(),
                new: "中途".to_owned(),
            })],
        });
        assert!(factory.push(person, &[pushed(6_001, person, &[], edit)])[0].is_applied());
        to_the_last(phone).await;
        holds_everything(phone, told).await;
        let replica = phone.replica();
        let titles: Vec<String> = replica
            .view()
            .documents()
            .flat_map(|(_, document)| document.items.values())
            .map(|item| item.title.clone())
            .collect();
        assert!(titles.contains(&"中途".to_owned()), "{titles:?}");
    });
}

#[test]
fn a_change_of_rights_between_two_pages_begins_anew() {
    with_small_pages(async |phone, told| {
        let (factory, person) = (told.factory, told.person);
        assert_eq!(phone.pull().await.unwrap(), Pulled::More);
        let before = told.answers.borrow()[0].grants_ver;
        let organisation = factory.server.organisation().await.unwrap();
        let today = day(2026, 11, 10);
        let assignment = organisation.assignments_of(person, today).next().unwrap();
        let end = EndAssignment {
            assignment: assignment.id,
            to: today.pred_opt().unwrap(),
        };
        let commands = [(CommandId::from_bits(6_500), Command::EndAssignment(end))];
        let office = factory.person("zhouwenbo");
        let device = DeviceId::from_bits(1);
        let done = factory.server.execute_all(office, device, &commands, now());
        assert_eq!(done.await.unwrap(), Ok(()));
        assert_eq!(phone.pull().await.unwrap(), Pulled::Stale);
        let granted: usize = to_the_last(phone).await;
        assert!(granted > 1);
        let answers = told.answers.borrow();
        assert!(answers.last().unwrap().grants_ver > before);
    });
}

#[test]
fn an_old_answer_does_not_pass_for_the_last_page() {
    with_small_pages(async |phone, told| {
        to_the_last(phone).await;
        assert_eq!(phone.pull().await.unwrap(), Pulled::Unchanged);
        let nothing = told.answers.borrow().last().unwrap().clone();
        assert!(nothing.parts.is_empty() && !nothing.more);
        let (person, factory) = (told.person, told.factory);
        // A second plan for the month is refused, and each refusal is a row of its author.
        for n in 0..12_u128 {
            let draft = plan_with_item(factory, "zhangjianjun", 9_100 + n, "多").remove(0);
            let outcome = factory.push(person, &[pushed(6_100 + n, person, &[], draft)]);
            assert!(!outcome[0].is_applied());
        }
        assert_eq!(phone.pull().await.unwrap(), Pulled::More);
        told.instead.replace(Some(nothing));
        assert_eq!(phone.pull().await.unwrap(), Pulled::Stale);
        while phone.pull().await.unwrap() == Pulled::More {}
        holds_everything(phone, told).await;
    });
}
