//! The blocks of the editor: which parts of the document stand together, and the way to a place.

use leptos::prelude::*;
use serde_json::Value;
use shared::regime::schema;
use wasm_bindgen::JsCast as _;

use super::draft::Draft;
use super::node::{Line, held};
use crate::i18n::rules as words;
use crate::timer;

/// Parts of the document that stand together.
pub(super) struct Block {
    /// Its name, for tests and style.
    pub(super) name: &'static str,
    /// What it is called.
    pub(super) title: fn() -> &'static str,
    /// The members of the document that it holds.
    members: &'static [&'static str],
}

/// All blocks, in the order in which a clerk fills them in.
pub(super) const BLOCKS: &[Block] = &[
    Block {
        name: "basics",
        title: words::block_basics,
        members: &["name", "key", "source", "coverage", "roles"],
    },
    Block {
        name: "items",
        title: words::block_items,
        members: &["items"],
    },
    Block {
        name: "cycles",
        title: words::block_cycles,
        members: &["cycles"],
    },
    Block {
        name: "total",
        title: words::block_total,
        members: &["total"],
    },
    Block {
        name: "judging",
        title: words::block_judging,
        members: &["judging"],
    },
    Block {
        name: "tariffs",
        title: words::block_tariffs,
        members: &["tariffs"],
    },
    Block {
        name: "grades",
        title: words::block_grades,
        members: &["grades"],
    },
    Block {
        name: "signing",
        title: words::block_signing,
        members: &["signing"],
    },
    Block {
        name: "changes",
        title: words::block_changes,
        members: &["lateness", "changes"],
    },
    Block {
        name: "people",
        title: words::block_people,
        members: &["people", "money"],
    },
    Block {
        name: "cohort",
        title: words::block_cohort,
        members: &["cohort"],
    },
    Block {
        name: "after",
        title: words::block_after,
        members: &["after"],
    },
];

impl Block {
    /// Whether a place of the document stands in it.
    pub(super) fn holds(&self, at: &str) -> bool {
        let mut steps = at.split('/').skip(1);
        let first = steps.next().unwrap_or_default();
        let of_total = first == "cycles" && steps.nth(1) == Some("total");
        let member = if of_total { "total" } else { first };
        // What concerns the whole document stands with its name.
        let whole = self.name == "basics" && matches!(member, "" | "format" | "house_defaults");
        whole || self.members.contains(&member)
    }
}

/// Draws the form of a block.
pub(super) fn draw(draft: Draft, block: &'static Block) -> AnyView {
    let regime = schema::definition("Regime");
    let line = |at: String, owner: &str, field: &'static str, of: &'static Value| Line {
        at,
        owner: owner.to_owned(),
        field,
        of,
        optional: false,
    };
    if block.name == "total" {
        let cycles = draft.at("/cycles");
        let count = cycles.and_then(|list| list.as_array().map(Vec::len));
        let of = &schema::definition("Cycle")["properties"]["total"];
        let totals = (0..count.unwrap_or_default()).map(|nth| {
            let at = format!("/cycles/{nth}/total");
            let mut line = line(at, "Cycle", "total", of);
            line.optional = true;
            let title = draft.peek(|value| super::keys::place(value, &format!("/cycles/{nth}")));
            view! { <h3>{title}</h3>{super::node::optional(draft, line)} }
        });
        return totals.collect_view().into_any();
    }
    let members = block.members.iter().map(|field| {
        let of = &regime["properties"][field];
        let mut line = line(format!("/{field}"), "Regime", field, of);
        if *field == "cohort" {
            line.optional = true;
            return super::node::optional(draft, line);
        }
        held(draft, line, false)
    });
    members.collect_view().into_any()
}

/// Shows a place: its block, its card opened, its field in sight and ready to be typed in.
pub(super) fn lead_to(draft: Draft, at: &str) {
    let block = BLOCKS.iter().position(|block| block.holds(at));
    draft.block.set(block.unwrap_or_default());
    let at = at.to_owned();
    timer::after_paint(move || {
        show(&at);
    });
}

fn show(at: &str) -> Option<()> {
    let mut place = at;
    let found = loop {
        let selector = format!("[data-place=\"{place}\"]");
        if let Ok(Some(found)) = document().query_selector(&selector) {
            break found;
        }
        place = place.rsplit_once('/')?.0;
    };
    let mut above = found.parent_element();
    while let Some(element) = above {
        if element.tag_name() == "DETAILS" {
            let _ = element.set_attribute("open", "");
        }
        above = element.parent_element();
    }
    let field = found.query_selector("input, select, textarea, summary, button");
    let field: Option<web_sys::HtmlElement> =
        field.ok().flatten().and_then(|field| field.dyn_into().ok());
    if let Some(field) = field {
        let _ = field.focus();
    }
    found.scroll_into_view();
    Some(())
}
