//! A published result: the total, the coefficient, and how each figure came about.
//!
//! The derivation is the published one; "recompute" runs the same arithmetic on this device over
//! the published inputs and says whether it is identical.

use leptos::prelude::*;
use shared::id::{ItemId, PlanId};
use shared::quantity::{BasisPoints, Points};
use shared::regime::Regime;
use shared::result::{ItemInput, PlanResult, Recomputed, Step, recompute};
use shared::world::World;

use crate::components::{
    Banner, Button, Empty, Explain, ExplainNode, Glyph, PageHead, Panel, WayBack,
};
use crate::i18n::{common, format, names, plan, review};
use crate::pages::scoring::judgement_words;
use crate::route::Route;
use crate::session::Session;

/// Millionths of a point as they read: at most six decimals, without needless zeros.
fn millionths(value: i64) -> String {
    let text = format!("{}.{:06}", value / 1_000_000, (value % 1_000_000).abs());
    let short = text.trim_end_matches('0');
    let (whole, fraction) = short.split_once('.').unwrap_or((short, ""));
    format!("{whole}.{fraction:0<2}")
}

/// The steps as a tree: the coefficient rests on the total, the total on sums, a sum on sections or
/// items, each item on what the superior judged.
pub(crate) fn explained(
    regime: &Regime,
    inputs: &[ItemInput],
    derivation: &[Step],
    coefficient: &str,
) -> ExplainNode {
    let mut tree = Tree::default();
    let mut total = Points(0);
    let mut band = None;
    for step in derivation {
        match step {
            Step::Rounded { total: rounded } => total = *rounded,
            Step::Band { from, .. } => band = *from,
            step => tree.take(regime, inputs, step),
        }
    }
    let rounded = node(
        review::step_rounded().to_owned(),
        review::step_rounded_rule().to_owned(),
        total.to_string(),
        tree.sums,
    );
    let rule = band.map_or_else(
        || review::below_all_bands().to_owned(),
        |from| review::step_band_rule(&from.to_string()),
    );
    let title = review::step_band().to_owned();
    node(title, rule, coefficient.to_owned(), vec![rounded])
}

/// What the steps so far have built: items wait for their section or sum, sections for theirs.
#[derive(Default)]
struct Tree {
    items: Vec<(String, ExplainNode)>,
    sections: Vec<ExplainNode>,
    sums: Vec<ExplainNode>,
}

impl Tree {
    fn take(&mut self, regime: &Regime, inputs: &[ItemInput], step: &Step) {
        match step {
            Step::Sum { millionths: value } => {
                let (title, rule) = (review::step_sum(), review::step_sum_rule());
                let items = self.items_of(None);
                self.sum(title, rule.to_owned(), *value, items);
            }
            Step::Scaled {
                attainable,
                full,
                millionths: value,
            } => {
                let rule = review::step_scaled_rule(&full.to_string(), &attainable.to_string());
                let below = std::mem::take(&mut self.sums);
                self.sum(review::step_scaled(), rule, *value, below);
            }
            Step::Section {
                section,
                earned,
                attainable,
                share,
            } => {
                let rule = review::step_section_rule(&attainable.to_string(), &share.to_string());
                let items = self.items_of(Some(section));
                let title = title_of(regime, section);
                self.sections
                    .push(node(title, rule, millionths(*earned), items));
            }
            Step::EmptySection { section, share, .. } => {
                let rule = review::step_empty_section_rule(&share.to_string());
                let title = title_of(regime, section);
                self.sections
                    .push(node(title, rule, String::new(), Vec::new()));
            }
            Step::Shared {
                shares,
                millionths: value,
                ..
            } => {
                let rule = review::step_shared_rule(&shares.to_string());
                let below = std::mem::take(&mut self.sections);
                self.sum(review::step_shared(), rule, *value, below);
            }
            Step::Bonus { most, counted, .. } => {
                let rule = review::step_bonus_rule(&most.to_string());
                let items = self.items_of(None);
                self.sum(review::step_bonus(), rule, *counted, items);
            }
            step => self.items.extend(leaf(regime, inputs, step)),
        }
    }

    fn sum(&mut self, title: &str, rule: String, value: i64, parts: Vec<ExplainNode>) {
        self.sums
            .push(node(title.to_owned(), rule, millionths(value), parts));
    }

    /// Takes the items that wait, those of a section or all.
    fn items_of(&mut self, section: Option<&String>) -> Vec<ExplainNode> {
        let waiting = std::mem::take(&mut self.items);
        let mine = |of: &String| section.is_none_or(|section| section == of);
        let (own, others): (Vec<_>, Vec<_>) = waiting.into_iter().partition(|(of, _)| mine(of));
        self.items = others;
        own.into_iter().map(|(_, node)| node).collect()
    }
}

/// The step of one item, with its section.
fn leaf(regime: &Regime, inputs: &[ItemInput], step: &Step) -> Option<(String, ExplainNode)> {
    let input = |item: ItemId| inputs.iter().find(|input| input.item == item);
    let (found, built) = match step {
        Step::Item {
            item,
            weight,
            factor,
            millionths: value,
        } => {
            let found = input(*item);
            (found, item_node(regime, found, *weight, *factor, *value))
        }
        Step::Points {
            item,
            weight,
            points,
        } => {
            let found = input(*item);
            let title = found.map(|input| input.title.clone()).unwrap_or_default();
            let rule = review::step_points_rule(&weight.to_string());
            (found, node(title, rule, points.to_string(), Vec::new()))
        }
        _ => return None,
    };
    let section = found.map(|input| input.section.clone());
    Some((section.unwrap_or_default(), built))
}

fn node(title: String, rule: String, figure: String, parts: Vec<ExplainNode>) -> ExplainNode {
    ExplainNode {
        title,
        rule,
        figure,
        parts,
    }
}

/// The name of a section.
fn title_of(regime: &Regime, key: &str) -> String {
    let section = regime.sections.iter().find(|section| section.key == key);
    section.map_or_else(
        || key.to_owned(),
        |section| names::name(&section.name).to_owned(),
    )
}

fn item_node(
    regime: &Regime,
    input: Option<&ItemInput>,
    weight: Points,
    factor: BasisPoints,
    value: i64,
) -> ExplainNode {
    let judged = input.map(|input| ExplainNode {
        title: review::superior_score().to_owned(),
        rule: judgement_words(regime, &input.judgement),
        figure: factor.to_string(),
        parts: Vec::new(),
    });
    ExplainNode {
        title: input.map(|input| input.title.clone()).unwrap_or_default(),
        rule: review::step_item_rule(&weight.to_string(), &factor.to_string()),
        figure: millionths(value),
        parts: judged.into_iter().collect(),
    }
}

/// What the page shows.
#[derive(Debug, Clone, PartialEq)]
struct Shown {
    title: String,
    lead: String,
    result: PlanResult,
    regime: Regime,
}

fn shown(world: &World, id: PlanId) -> Option<Shown> {
    let organisation = world.organisation();
    let result = world.document(id)?.result()?.clone();
    let regime = organisation.regimes.get(&result.regime)?.regime.clone();
    let found = world.document(id)?.plan.as_ref();
    let whose = found.map_or_else(
        || names::person_of(organisation, result.owner),
        |found| names::plan_of(organisation, found),
    );
    let by = names::person_of(organisation, result.by);
    let when = format::time(result.times.recorded, organisation.utc_offset());
    Some(Shown {
        title: plan::plan_title(&whose, &names::period_of(organisation, result.period)),
        lead: review::published_by(&by, &when),
        result,
        regime,
    })
}

/// The page.
#[component]
pub(crate) fn ResultPage(
    /// Which plan.
    id: PlanId,
) -> impl IntoView {
    let session = Session::here();
    let shown = Memo::new(move |_| shown(&session.world(), id));
    move || match shown.get() {
        Some(shown) => view! { <Body id=id shown=shown /> }.into_any(),
        None => view! {
            <div class="page">
                <PageHead title=review::result() />
                <Empty title=review::result_missing() words=review::result_missing_words()>
                    <a class="button" href=Route::Plan(id).path()>{common::back()}</a>
                </Empty>
            </div>
        }
        .into_any(),
    }
}

#[component]
fn Body(id: PlanId, shown: Shown) -> impl IntoView {
    let session = Session::here();
    let Shown {
        title,
        lead,
        result,
        regime,
    } = shown;
    let coefficient = result.coefficient.to_string();
    let root = explained(&regime, &result.inputs, &result.derivation, &coefficient);
    let digest: String = result.regime_digest.chars().take(12).collect();
    let engine = review::engine(&result.engine_version.to_string(), &digest);
    let total = result.total.to_string();
    let regime_name = names::name(&regime.name).to_owned();
    let kept = StoredValue::new((result, regime));
    let verdict = RwSignal::new(None::<bool>);
    let again = move |()| {
        let same =
            kept.with_value(|(result, regime)| recompute(result, regime) == Recomputed::Identical);
        verdict.set(Some(same));
    };
    view! {
        <div class="page" data-page="result">
            <PageHead
                title=title
                lead=lead
                back=WayBack { href: Route::Plan(id).path(), words: common::plans().to_owned() }
            >
                {move || session.whereabouts_of_plan(id)}
            </PageHead>
            <div class="figures">
                <div class="figure-card">
                    <span class="faint">{review::total()}</span>
                    <span class="figure-large" data-field="total">{total}</span>
                </div>
                <div class="figure-card">
                    <span class="faint">{review::coefficient()}</span>
                    <span class="figure-large" data-field="coefficient">{coefficient}</span>
                </div>
            </div>
            <Panel title=review::derivation()>
                <p class="faint small">{regime_name}" · "{engine}</p>
                <Explain root=root />
                <div class="row">
                    <Button
                        act="recompute"
                        label=review::recompute()
                        glyph=Glyph::Turning
                        on_press=again
                    />
                </div>
                {move || verdict.get().map(|same| if same {
                    view! { <Banner state="good" words=review::recompute_same() /> }
                } else {
                    view! { <Banner state="bad" words=review::recompute_differs() /> }
                })}
            </Panel>
        </div>
    }
}
