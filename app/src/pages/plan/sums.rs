//! The sums of the weights as the regime asks for them, as bars with words.

use leptos::prelude::*;
use shared::id::PlanId;
use shared::item::Item;
use shared::quantity::Points;
use shared::regime::Rules;
use shared::weight;
use shared::world::World;

use super::rules_of;
use crate::components::Meter;
use crate::i18n::{change, names, plan};
use crate::session::Session;

/// One sum as it reads.
#[derive(Debug, Clone, PartialEq)]
struct Sum {
    label: String,
    is: Points,
    must: Points,
}

impl Sum {
    const fn state(&self) -> &'static str {
        if self.is.0 < self.must.0 {
            "under"
        } else if self.is.0 > self.must.0 {
            "over"
        } else {
            "full"
        }
    }

    fn percent(&self) -> u32 {
        u32::try_from(self.is.0.saturating_mul(100) / self.must.0.max(1)).unwrap_or(0)
    }

    fn words(&self) -> String {
        let by = Points((self.is.0 - self.must.0).abs()).to_string();
        let (is, must) = (self.is.to_string(), self.must.to_string());
        match self.state() {
            "over" => plan::weights_over(&is, &must, &by),
            "under" => plan::weights_under(&is, &must, &by),
            _ => plan::weights_full(&is),
        }
    }
}

/// The rules of a plan, whatever else of it is held.
pub(super) fn rules(world: &World, id: PlanId) -> Option<Rules<'_>> {
    rules_of(world, world.document(id)?.plan.as_ref()?)
}

/// Says whether every sum is as it must be.
pub(super) fn are_full(rules: Rules<'_>, items: &[Item]) -> bool {
    let sums = weight::sums(rules, items.iter());
    sums.iter().all(|sum| sum.is == sum.must)
}

/// The bars of a list of items.
#[component]
pub(super) fn Sums(
    /// The plan under whose regime they stand.
    id: PlanId,
    /// The items.
    #[prop(into)]
    items: Signal<Vec<Item>>,
) -> impl IntoView {
    let session = Session::here();
    let sums = Memo::new(move |_| {
        let world = session.world();
        let Some(rules) = rules(&world, id) else {
            return Vec::new();
        };
        let sums = items.with(|items| weight::sums(rules, items.iter()));
        let label = |section: &Option<String>| match section {
            Some(section) => change::weights_of(&names::section(rules.regime, section)),
            None => plan::weights_label().to_owned(),
        };
        sums.into_iter()
            .map(|sum| Sum {
                label: label(&sum.section),
                is: sum.is,
                must: sum.must,
            })
            .collect()
    });
    let bonus = move || {
        let world = session.world();
        let rules = rules(&world, id)?;
        let most = rules.outside()?;
        let is = items.with(|items| {
            let bonus = items.iter().filter(|item| rules.stands_outside(item));
            Points(bonus.map(|item| item.weight.0).sum())
        });
        (is.0 > 0).then(|| change::bonus_of(&is.to_string(), &most.to_string()))
    };
    view! {
        <div class="stack-tight" data-part="sums">
            {move || {
                let sums = sums.get();
                let many = sums.len() > 1;
                sums.into_iter()
                    .map(|sum| {
                        let words = if many {
                            format!("{} · {}", sum.label, sum.words())
                        } else {
                            sum.words()
                        };
                        let (percent, state) = (sum.percent(), sum.state());
                        view! {
                            <Meter
                                label=sum.label
                                percent=Signal::stored(percent)
                                state=Signal::stored(state)
                                words=Signal::stored(words)
                            />
                        }
                    })
                    .collect_view()
            }}
            {move || bonus().map(|words| view! { <p class="faint small">{words}</p> })}
        </div>
    }
}
