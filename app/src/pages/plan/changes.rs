//! Change requests of an approved plan: what is asked beside what stands, and the decision.

use leptos::prelude::*;
use shared::change_request::{self, ChangeRequest, ChangeState};
use shared::command::Command;
use shared::command::plan::{DecideChange, WithdrawChange};
use shared::id::{ChangeRequestId, PlanId};
use shared::plan::{Plan, PlanState};
use shared::refusal::Refusal;
use shared::world::{Held, World};

use super::change_form::ChangeForm;
use super::change_words::{self, ChangeLine};
use super::rules_of;
use crate::components::{Button, Dialog, Field, FieldKind, Glyph, Look, Panel};
use crate::i18n::{change, common, format, names, refusal};
use crate::session::{NotSent, Session};

/// One request as it reads.
#[derive(Debug, Clone, PartialEq)]
struct RequestLine {
    request: ChangeRequest,
    asked: String,
    decided: Option<String>,
    lines: Vec<ChangeLine>,
    mine: bool,
    decides: bool,
}

fn read(world: &World, session: Session, id: PlanId) -> Vec<RequestLine> {
    let Held::Present((found, document)) = world.plan(id) else {
        return Vec::new();
    };
    let organisation = world.organisation();
    let offset = organisation.utc_offset();
    let me = session.person();
    let mut requests: Vec<&ChangeRequest> = document.requests.values().collect();
    requests.sort_unstable_by_key(|one| std::cmp::Reverse((one.by.times.recorded, one.id)));
    let line = |request: &ChangeRequest| {
        let signed = |signed: &shared::plan::Signed| {
            let who = names::person_of(organisation, signed.by);
            (who, format::time(signed.times.recorded, offset))
        };
        let (who, when) = signed(&request.by);
        let open = request.state == ChangeState::Open && found.state == PlanState::Approved;
        RequestLine {
            asked: change::asked_by(&who, &when),
            decided: request.decided.as_ref().map(|decision| {
                let (who, when) = signed(decision);
                let what = change_words::state_badge(request).0;
                let line = change::decided_by(what, &who, &when);
                format!("{line} {}", decision.reason).trim().to_owned()
            }),
            lines: change_words::lines(
                organisation,
                rules_of(world, found),
                document,
                &request.changes,
            ),
            mine: open && request.by.by == me,
            decides: open && session.allows(world, &deciding(id, request.id)),
            request: request.clone(),
        }
    };
    requests.into_iter().map(line).collect()
}

/// A decision about a request, to ask whether this person makes it.
pub(crate) fn deciding(plan: PlanId, request: ChangeRequestId) -> Command {
    Command::DecideChange(DecideChange {
        plan,
        request,
        agreed: true,
        reason: String::new(),
        seen: String::new(),
    })
}

/// The requests of a plan, and asking for another.
#[component]
pub(super) fn Changes(
    /// The plan.
    id: PlanId,
    /// The plan's row, as it stood when the page was drawn.
    plan: Plan,
    /// Whether this person may ask.
    asks: bool,
) -> impl IntoView {
    let session = Session::here();
    let asking = RwSignal::new(asks && session.typed(&super::change_form::key(id)).is_some());
    let lines = Memo::new(move |_| read(&session.world(), session, id));
    let deciding = RwSignal::new(None::<Shown>);
    let open = RwSignal::new(false);
    let decide = move |request: ChangeRequestId, agreed: bool| {
        deciding.set(Shown::take(session, id, request, agreed));
        open.set(true);
    };
    let owner = names::person_of(session.world_untracked().organisation(), plan.owner);
    let owner = StoredValue::new(owner);
    let title = Signal::derive(move || {
        let agreed = deciding.with(|shown| shown.as_ref().is_some_and(|shown| shown.agreed));
        if agreed {
            change::agree_title()
        } else {
            change::refuse_title()
        }
        .to_owned()
    });
    let any = move || lines.with(|lines| !lines.is_empty());
    view! {
        <Show when=move || any() || asks>
            <Panel title=change::changes()>
                <ul class="list-plain stack" data-list="changes">
                    {move || lines
                        .get()
                        .into_iter()
                        .map(|line| request_view(session, id, line, decide))
                        .collect_view()}
                </ul>
                {asks.then(|| view! {
                    <Show
                        when=move || asking.get()
                        fallback=move || view! {
                            <div class="row">
                                <Button
                                    act="ask-for-change"
                                    label=change::ask_for_change()
                                    glyph=Glyph::Report
                                    on_press=move |()| asking.set(true)
                                />
                            </div>
                        }
                    >
                        <ChangeForm id=id on_done=move |()| asking.set(false) />
                    </Show>
                })}
            </Panel>
        </Show>
        <Dialog name="decide-change" title=title open=open>
            {move || deciding.get().map(|shown| view! {
                <Deciding id=id shown=shown owner=owner.get_value() open=open />
            })}
        </Dialog>
    }
}

fn request_view(
    session: Session,
    plan: PlanId,
    line: RequestLine,
    decide: impl Fn(ChangeRequestId, bool) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let id = line.request.id;
    let state = change_words::state_key(line.request.state);
    let withdraw = move |()| {
        session.send(Command::WithdrawChange(WithdrawChange {
            plan,
            request: id,
        }));
    };
    let evidence = line.request.evidence.clone();
    view! {
        <li class="change" data-item=id.to_string() data-state=state>
            <div class="row row-apart">
                <span class="list-more">{line.asked}</span>
                <span class="row">
                    {change_words::badge(change_words::window_badge(line.request.window))}
                    {change_words::badge(change_words::state_badge(&line.request))}
                </span>
            </div>
            <p>{line.request.by.reason.clone()}</p>
            {(!evidence.is_empty()).then(|| view! {
                <p class="faint">{common::named(change::evidence(), &evidence)}</p>
            })}
            {lines_view(line.lines)}
            {line.decided.map(|words| view! { <p class="faint">{words}</p> })}
            <div class="row">
                {line.decides.then(|| view! {
                    <Button
                        act="agree-change"
                        label=change::agree()
                        look=Look::Sign
                        glyph=Glyph::Tick
                        on_press=move |()| decide(id, true)
                    />
                    <Button
                        act="refuse-change"
                        label=change::refuse()
                        glyph=Glyph::Cross
                        on_press=move |()| decide(id, false)
                    />
                })}
                {line.mine.then(|| view! {
                    <Button
                        act="withdraw-change"
                        label=change::withdraw_request()
                        look=Look::Quiet
                        glyph=Glyph::Return
                        on_press=withdraw
                    />
                })}
            </div>
        </li>
    }
}

/// Draws what changes: the old text, an arrow, the new one.
pub(super) fn lines_view(lines: Vec<ChangeLine>) -> impl IntoView {
    let line = |line: ChangeLine| {
        let sides = line
            .sides
            .into_iter()
            .map(|(field, old, new)| {
                let has_old = !old.is_empty();
                view! {
                    <li class="change-side">
                        {(!field.is_empty()).then(|| view! { <span class="faint">{field}</span> })}
                        {has_old.then(|| view! {
                            <del class="change-old">{old}</del>
                            <span aria-hidden="true">"→"</span>
                        })}
                        <ins class="change-new">{new}</ins>
                    </li>
                }
            })
            .collect_view();
        view! {
            <li data-change=line.key>
                <p class="list-title">{line.kind}" · "{line.title}</p>
                <ul class="list-plain">{sides}</ul>
            </li>
        }
    };
    view! { <ul class="change-lines">{lines.into_iter().map(line).collect_view()}</ul> }
}

/// What is decided, and the digest of what was shown.
#[derive(Clone)]
struct Shown {
    request: ChangeRequestId,
    agreed: bool,
    seen: String,
    lines: Vec<ChangeLine>,
}

impl Shown {
    fn take(session: Session, id: PlanId, request: ChangeRequestId, agreed: bool) -> Option<Self> {
        let world = session.world_untracked();
        let Held::Present((found, document)) = world.plan(id) else {
            return None;
        };
        let asked = document.requests.get(&request)?;
        Some(Self {
            request,
            agreed,
            seen: change_request::seen(found, document, asked),
            lines: change_words::lines(
                world.organisation(),
                rules_of(&world, found),
                document,
                &asked.changes,
            ),
        })
    }

    /// Takes the request as it stands now, where it can still be seen.
    fn renew(&mut self, session: Session, id: PlanId) {
        if let Some(now) = Self::take(session, id, self.request, self.agreed) {
            *self = now;
        }
    }
}

#[component]
fn Deciding(id: PlanId, shown: Shown, owner: String, open: RwSignal<bool>) -> impl IntoView {
    let session = Session::here();
    let reason = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    let agreed = shown.agreed;
    let shown = RwSignal::new(shown);
    let binds = move || {
        if agreed {
            let count = shown.with(|shown| shown.lines.len());
            change::agree_binds(&owner, &count.to_string())
        } else {
            change::refuse_binds(&owner)
        }
    };
    let sign = move |()| {
        let command = shown.with_untracked(|shown| DecideChange {
            plan: id,
            request: shown.request,
            agreed,
            reason: reason.get_untracked().trim().to_owned(),
            seen: shown.seen.clone(),
        });
        session.send_then(Command::DecideChange(command), move |sent| match sent {
            Ok(()) => open.set(false),
            Err(NotSent::Refused(refused)) => {
                error.set(Some(refusal::words(&refused)));
                // Who is to read again must be shown what stands there now.
                if matches!(refused, Refusal::ContentChanged { .. }) {
                    shown.update(|shown| shown.renew(session, id));
                }
            }
            Err(NotSent::NotSaved) => {}
        });
    };
    let label = if agreed {
        change::agree_sign()
    } else {
        change::refuse_sign()
    };
    view! {
        <p class="binds">{binds}</p>
        {move || shown.with(|shown| lines_view(shown.lines.clone()))}
        <Field
            name="reason"
            label=change::decision_reason()
            value=reason
            kind=FieldKind::Lines
            optional=agreed
            hint=Some(change::decision_reason_hint().to_owned())
        />
        {move || error.get().map(|words| view! {
            <p class="field-error" role="alert" data-part="refusal">{words}</p>
        })}
        <div class="row row-end">
            <Button act="cancel" label=common::cancel() on_press=move |()| open.set(false) />
            <Button
                act="sign-change"
                label=label
                look=Look::Sign
                glyph=Glyph::Review
                on_press=sign
            />
        </div>
    }
}
