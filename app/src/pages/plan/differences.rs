//! What a plan says otherwise than the one before, and than itself when it was returned: for the
//! superior who approves, before the items themselves.

use leptos::prelude::*;
use shared::compare::{self, Changed, Differences, compare};
use shared::id::PlanId;
use shared::item::Item;
use shared::organisation::Organisation;
use shared::regime::Rules;
use shared::world::{Held, World};

use super::change_words::{ChangeLine, sides};
use super::changes::lines_view;
use super::rules_of;
use crate::components::{Glyph, Icon};
use crate::i18n::{common, editor as words, names};
use crate::session::Session;

/// One comparison as it reads.
#[derive(Debug, Clone, PartialEq)]
struct Compared {
    key: &'static str,
    title: String,
    summary: String,
    groups: Vec<(&'static str, Vec<ChangeLine>)>,
}

/// All comparisons of a plan that can be made here.
fn comparisons(world: &World, id: PlanId) -> Vec<Compared> {
    let Held::Present((found, document)) = world.plan(id) else {
        return Vec::new();
    };
    let (organisation, rules) = (world.organisation(), rules_of(world, found));
    let now = document.items_in_order();
    let mut all = Vec::new();
    if !found.returned_with.is_empty() {
        let before: Vec<&Item> = found.returned_with.iter().collect();
        let differences = compare(&before, &now, false);
        let title = words::since_return().to_owned();
        all.push(read((organisation, rules), "return", title, &differences));
    }
    match compare::earlier(world, found) {
        Some((plan, earlier)) => {
            let differences = compare(&earlier.items_in_order(), &now, true);
            let period = names::period_of(organisation, plan.period);
            let title = common::with_note(words::since_before(), &period);
            all.push(read((organisation, rules), "before", title, &differences));
        }
        None => all.push(Compared {
            key: "before",
            title: words::since_before().to_owned(),
            summary: words::no_before().to_owned(),
            groups: Vec::new(),
        }),
    }
    all
}

fn read(
    (organisation, rules): (&Organisation, Option<Rules<'_>>),
    key: &'static str,
    title: String,
    found: &Differences<'_>,
) -> Compared {
    let whole = |key, kind: &'static str, items: &[&Item]| -> Vec<ChangeLine> {
        let line = |item: &&Item| {
            let weight = common::points_of(&item.weight.to_string());
            ChangeLine {
                kind,
                key,
                title: common::with_note(&item.title, &weight),
                sides: Vec::new(),
            }
        };
        items.iter().map(line).collect()
    };
    let edited = |kind: &'static str, items: &[Changed<'_>]| -> Vec<ChangeLine> {
        let line = |one: &Changed<'_>| ChangeLine {
            kind,
            key: "edit",
            title: one.now.title.clone(),
            sides: one
                .edits
                .iter()
                .map(|edit| sides(organisation, rules, edit))
                .collect(),
        };
        items.iter().map(line).collect()
    };
    let groups = vec![
        (
            words::new_items(),
            whole("add", words::new_items(), &found.new),
        ),
        (
            words::carried_items(),
            edited(words::carried_items(), &found.carried),
        ),
        (
            words::changed_items(),
            edited(words::changed_items(), &found.changed),
        ),
        (
            words::dropped_items(),
            whole("cancel", words::dropped_items(), &found.dropped),
        ),
    ];
    let groups: Vec<_> = groups
        .into_iter()
        .filter(|(_, lines)| !lines.is_empty())
        .collect();
    let counted = groups.iter().map(|(what, lines)| (*what, lines.len()));
    let same = (!found.same.is_empty()).then_some((words::same_items(), found.same.len()));
    let counted: Vec<String> = counted
        .chain(same)
        .map(|(what, count)| words::counted(what, &count.to_string()))
        .collect();
    let summary = if found.is_empty() {
        words::no_difference().to_owned()
    } else {
        counted.join(" · ")
    };
    Compared {
        key,
        title,
        summary,
        groups,
    }
}

/// The comparisons, each with its summary in one line and the rest to unfold.
#[component]
pub(super) fn DifferencesView(
    /// The plan.
    id: PlanId,
    /// Whether they are unfolded at first: for who decides.
    unfolded: bool,
) -> impl IntoView {
    let session = Session::here();
    let all = Memo::new(move |_| comparisons(&session.world(), id));
    move || {
        let one = |compared: Compared| {
            let empty = compared.groups.is_empty();
            let lines = compared.groups.into_iter().flat_map(|(_, lines)| lines);
            let lines = lines_view(lines.collect());
            view! {
                <details
                    class="differences"
                    data-compared=compared.key
                    open=unfolded && !empty
                >
                    <summary>
                        <Icon glyph=Glyph::Balance />
                        <span class="strong">{compared.title}</span>
                        <span class="figure">{compared.summary}</span>
                    </summary>
                    {lines}
                </details>
            }
        };
        all.get().into_iter().map(one).collect_view()
    }
}
