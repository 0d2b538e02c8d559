//! What is being typed, as if it stood already: for the checks that go along with each keystroke.
//!
//! Nothing of it is an act; a text that cannot be read counts for nothing.

use std::collections::BTreeMap;

use leptos::prelude::*;
use shared::id::{ItemId, PlanId};
use shared::item::{Item, ItemEdit};

use super::editor::items_of;
use crate::session::Session;

/// The edits that are being typed in one editor, by item and field.
#[derive(Clone, Copy)]
pub(super) struct Live(RwSignal<BTreeMap<(ItemId, &'static str), ItemEdit>>);

impl Live {
    /// Begins with nothing, for all fields below this place.
    pub(super) fn provide() -> Self {
        let live = Self(RwSignal::new(BTreeMap::new()));
        provide_context(live);
        live
    }

    /// The one in which a field stands; a field elsewhere has none.
    pub(super) fn here() -> Option<Self> {
        use_context()
    }

    /// Notes what a field holds; none where it holds what stands, or nothing that can be read.
    pub(super) fn note(self, item: ItemId, field: &'static str, edit: Option<ItemEdit>) {
        let key = (item, field);
        match edit {
            Some(edit) => self.0.update(|typed| drop(typed.insert(key, edit))),
            None if self.0.with_untracked(|typed| typed.contains_key(&key)) => {
                self.0.update(|typed| drop(typed.remove(&key)));
            }
            None => {}
        }
    }

    /// An item with what is being typed into it. Observed.
    pub(super) fn item(self, mut item: Item) -> Item {
        self.0.with(|typed| {
            let from = (item.id, "");
            let edits = typed.range(from..);
            for (_, edit) in edits.take_while(|((of, _), _)| *of == from.0) {
                edit.clone().put(&mut item);
            }
        });
        item
    }

    /// All items of a plan with what is being typed. Observed.
    pub(super) fn items(self, session: Session, plan: PlanId) -> Vec<Item> {
        let items = items_of(&session.world(), plan).into_iter();
        items.map(|item| self.item(item)).collect()
    }
}
