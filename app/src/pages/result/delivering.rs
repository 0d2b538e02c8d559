//! Noting that a result or a decision reached its person on paper, or was refused before witnesses.

use leptos::prelude::*;
use shared::command::Command;
use shared::id::PersonId;
use shared::seal::DeliveryKind;

use crate::components::{Button, Choice, Dialog, Glyph, Look, Pick, Select};
use crate::i18n::{common, refusal, seal};
use crate::pages::order;
use crate::session::{NotSent, Session};

/// Noting a delivery that did not happen on the person's own screen: of a result, or of a decision.
#[component]
pub(super) fn Delivering(
    /// What is noted.
    label: &'static str,
    /// The command of a delivery.
    make: Callback<DeliveryKind, Command>,
) -> impl IntoView {
    let session = Session::here();
    let open = RwSignal::new(false);
    let how = RwSignal::new("paper".to_owned());
    let witnesses = [RwSignal::new(String::new()), RwSignal::new(String::new())];
    let error = RwSignal::new(None::<String>);
    let people = session.world_untracked();
    let people = people.organisation().people.values();
    let people = people.map(|person| Pick::new(person.id.to_string(), person.name.clone()));
    let mut people = order::picks(people.collect());
    people.insert(0, Pick::new("", common::not_chosen()));
    let people = StoredValue::new(people);
    let missing = move |label: &str| error.set(Some(refusal::field_missing(label)));
    let send = move |()| {
        let how = if how.get_untracked() == "refused" {
            let [one, two] = witnesses.map(|witness| witness.get_untracked().parse::<PersonId>());
            match (one, two) {
                (Ok(one), Ok(two)) => DeliveryKind::Refused([one, two]),
                (Ok(_), Err(_)) => return missing(seal::witness_two()),
                _ => return missing(seal::witness_one()),
            }
        } else {
            DeliveryKind::Paper
        };
        session.send_then(make.run(how), move |sent| match sent {
            Ok(()) => open.set(false),
            Err(NotSent::Refused(refused)) => error.set(Some(refusal::words(&refused))),
            Err(NotSent::NotSaved) => {}
        });
    };
    let labels = [seal::witness_one(), seal::witness_two()];
    view! {
        <Button
            act="deliver-result"
            label=label
            glyph=Glyph::Plan
            on_press=move |()| open.set(true)
        />
        <Dialog name="deliver" title=label open=open>
            <p class="faint">{seal::deliver_words()}</p>
            <Choice
                name="how"
                label=seal::deliver_how()
                picks=vec![
                    Pick::new("paper", seal::by_paper()),
                    Pick::new("refused", seal::by_refusal()),
                ]
                value=how
                on_choose=move |key| how.set(key)
            />
            <Show when=move || how.get() == "refused">
                <div class="fields fields-two">
                    {[0, 1].map(|at: usize| view! {
                        <Select
                            name="witness"
                            label=labels[at]
                            picks=Signal::stored(people.get_value())
                            value=witnesses[at]
                            on_choose=move |key| witnesses[at].set(key)
                        />
                    })}
                </div>
            </Show>
            {move || error.get().map(|words| view! {
                <p class="field-error" role="alert" data-part="refusal">{words}</p>
            })}
            <div class="row row-end">
                <Button act="cancel" label=common::cancel() on_press=move |()| open.set(false) />
                <Button
                    act="send-delivery"
                    label=label
                    look=Look::Primary
                    glyph=Glyph::Tick
                    on_press=send
                />
            </div>
        </Dialog>
    }
}
