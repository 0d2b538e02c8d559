//! A pending command at which folding dies: the next start shows the rest, and sends all of it.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use shared::command::Command;
use shared::command::plan::{DraftPlan, EditItem};
use shared::id::{CommandId, PlanId};
use shared::item::{Edit, ItemEdit};
use shared::moment::UtcMillis;
use shared::plan::Scope;
use shared::sync::client::{Client, Fold, MemoryStorage, Surroundings, Watch};
use shared::world::World;

use crate::phone::{Kept, Line, Pocket, contents, holding, settle};
use crate::server::{Device, TestServer};

type Noted = Rc<RefCell<Option<CommandId>>>;

/// A phone's surroundings with a place for notes; a start dies when it folds `deadly`.
struct Noting {
    pocket: Pocket,
    noted: Noted,
    deadly: Option<CommandId>,
}

impl Surroundings for Noting {
    fn chance(&self) -> u128 {
        self.pocket.chance()
    }

    fn wall(&self) -> UtcMillis {
        self.pocket.wall()
    }

    fn tz(&self) -> i32 {
        self.pocket.tz()
    }

    fn watch(&self) -> Watch {
        let (noted, deadly) = (Rc::clone(&self.noted), self.deadly);
        let died: BTreeSet<CommandId> = noted.take().into_iter().collect();
        let note = move |command| {
            *noted.borrow_mut() = command;
            assert!(command.is_none() || command != deadly, "folding dies");
        };
        Watch::new(note, died)
    }
}

type Phone<'a> = Client<MemoryStorage, Line<'a>, Noting>;

/// Starts the app on what a phone holds.
async fn start<'a>(
    device: Device<'a>,
    kept: &Kept,
    noted: &Noted,
    deadly: Option<CommandId>,
) -> Option<Phone<'a>> {
    let storage = holding(kept).await;
    let surroundings = Noting {
        pocket: Pocket::at(2),
        noted: Rc::clone(noted),
        deadly,
    };
    let (person, line) = (device.person, Line::of(device));
    let open = Client::open(storage, line, surroundings, person, "test");
    let mut open = std::pin::pin!(open);
    // Storage in memory answers at once, so one poll is the whole start.
    let mut context = Context::from_waker(Waker::noop());
    match catch_unwind(AssertUnwindSafe(|| open.as_mut().poll(&mut context))) {
        Ok(Poll::Ready(phone)) => Some(phone.unwrap()),
        Ok(Poll::Pending) => panic!("the start waits"),
        Err(_) => None,
    }
}

fn title(world: &World, plan: PlanId) -> String {
    let items = world.document(plan).unwrap().items_in_order();
    items[0].title.clone()
}

fn titled(world: &World, plan: PlanId, title: &str) -> Command {
    let first = world.document(plan).unwrap().items_in_order()[0].clone();
    let (old, new) = (first.title, title.to_owned());
    let edits = vec![ItemEdit::Title(Edit { old, new })];
    let item = first.id;
    Command::EditItem(EditItem { plan, item, edits })
}

#[tokio::test]
async fn after_a_start_that_died_its_lane_is_left_unfolded_and_all_is_sent() {
    let server = TestServer::demo().await;
    let head = server.sign_in("zhangjianjun", "jihe-demo").await;
    let person = head.person;
    let (plan, document) = head.own_plan().await;
    let before = title(&head.world().await, plan);
    let phone = head.phone(1).await;
    settle(&phone).await;
    let edit = |title: &str| titled(phone.replica().view(), plan, title);
    let first = phone.send(&edit("第一次改")).await.unwrap();
    let second = phone.send(&edit("第二次改")).await.unwrap();
    let own = DraftPlan {
        plan: PlanId::from_bits(0xd0),
        unit: document.plan.as_ref().unwrap().unit,
        period: document.plan.as_ref().unwrap().period,
        scope: Scope::Personal,
        owner: person,
    };
    let third = phone.send(&Command::DraftPlan(own)).await.unwrap();
    let kept = contents(phone.storage()).await;
    let noted = Noted::default();
    let device = server.device_of(person).await;
    let dead = start(device, &kept, &noted, Some(first)).await;
    assert!(dead.is_none(), "the first start dies");
    assert_eq!(
        *noted.borrow(),
        Some(first),
        "and left a note of what it died"
    );
    let device = server.device_of(person).await;
    let phone = start(device, &kept, &noted, Some(first)).await.unwrap();
    let folds: Vec<(CommandId, Fold)> = {
        let replica = phone.replica();
        let pending = replica.pending();
        pending.map(|p| (p.row.cmd_id, p.fold.clone())).collect()
    };
    let (unfolded, folded) = (Fold::Unfolded, Fold::Folded);
    assert_eq!(
        folds,
        [
            (first, unfolded.clone()),
            (second, unfolded),
            (third, folded)
        ]
    );
    assert_eq!(title(phone.replica().view(), plan), before);
    assert!(
        phone
            .replica()
            .view()
            .document(PlanId::from_bits(0xd0))
            .is_some()
    );
    assert_eq!(*noted.borrow(), None, "the second start went well");
    // The person goes on, in that lane too, and all of it is sent.
    while phone.wants_push() {
        phone.push().await.unwrap();
        phone.pull().await.unwrap();
    }
    assert_eq!(phone.replica().pending().count(), 0);
    assert!(phone.replica().attention().is_empty());
    assert_eq!(title(phone.replica().view(), plan), "第二次改");
    let fresh = server.device_of(person).await;
    assert_eq!(title(&fresh.world().await, plan), "第二次改");
}
