//! Every screen, as each role finds it: nothing is cut off at the narrowest width, nothing moves
//! after it was painted, and axe finds nothing, in both languages and all themes.
//!
//! With `JIHE_PICTURES` set, pictures of all of it are kept below target/browser, to be looked at.

use std::collections::BTreeMap;

use chrono::Datelike as _;
use serde_json::{Value, json};
use shared::command::Command;
use shared::command::payroll::{EnterBase, HandOver, PayrollAct};
use shared::id::{PayBaseId, PersonId};
use shared::payroll::{self, Scope};
use shared::permission;
use shared::plan::PlanState;
use shared::quantity::Fen;
use shared::world::World;

use crate::colleague::{Colleague, fresh, now};
use crate::person::{Device, Language, Person};
use crate::server::Server;
use crate::story::somebody_reading;

/// Asks for pictures, which cost a fifth of the time and are looked at by people alone.
const PICTURES: &str = "JIHE_PICTURES";
/// The themes besides the first: they change colours and nothing else, whatever the language is.
const THEMES: [&str; 2] = ["dark", "contrast"];
/// Which of axe's rules are asked: all of them, or those that look at colours.
const ALL_RULES: &str = "{ resultTypes: ['violations'] }";
const COLOUR_RULES: &str =
    "{ resultTypes: ['violations'], runOnly: ['color-contrast', 'link-in-text-block'] }";
/// Each role, and somebody of the demo factory who has it.
const ROLES: [(&str, &str); 6] = [
    ("worker", "songjiaming"),
    ("head", "zhangjianjun"),
    ("superior", "chenguodong"),
    ("plan-office", "linxiaoyun"),
    ("administrator", "zhouwenbo"),
    ("payroll", "pengxueqin"),
];

/// A screen: its name in the names of pictures, and its address.
type Screens = BTreeMap<String, String>;

#[test]
fn every_screen_can_be_read_by_everybody_in_chinese() {
    look_at_everything(Language::Chinese);
}

#[test]
fn every_screen_can_be_read_by_everybody_in_english() {
    look_at_everything(Language::English);
}

fn look_at_everything(language: Language) {
    let server = Server::start_with_three_months();
    pays_the_first(&server);
    let mut findings = Vec::new();
    let mut seen = Screens::new();
    for (role, login) in ROLES {
        let colleague = Colleague::signs_in(login, &server);
        let screens = screens(&colleague.world(), colleague.person);
        let mut person = somebody_reading(language, login, Device::Phone, &server);
        person.must(
            "Emulation.setEmulatedMedia",
            json!({"features": [{"name": "prefers-reduced-motion", "value": "reduce"}]}),
        );
        for (name, address) in &screens {
            // Whoever pays is a member of a unit like any other.
            if role == "payroll" && name != "payroll" {
                continue;
            }
            // What everybody finds alike is looked at once.
            if role != "worker" && is_alike(name) && seen.contains_key(name) {
                continue;
            }
            let found = looks(&mut person, language, role, (name, address));
            findings.extend(
                found
                    .into_iter()
                    .map(|found| format!("{role} {address}: {found}")),
            );
        }
        seen.extend(screens);
        person.has_no_complaint();
    }
    let missing = not_among(&seen);
    assert!(missing.is_empty(), "no role came to {missing:#?}");
    assert!(
        findings.is_empty(),
        "{} findings:\n{}",
        findings.len(),
        findings.join("\n")
    );
}

/// Everybody has a pay base, and the first of the roles is paid: there are slips to be looked at.
fn pays_the_first(server: &Server) {
    let payroll = Colleague::signs_in("pengxueqin", server);
    let first = Colleague::signs_in(ROLES[0].1, server).person;
    let today = now().day(480);
    let month = today.with_day(1).expect("a month has a first day");
    let people: Vec<PersonId> = payroll
        .world()
        .organisation()
        .people
        .keys()
        .copied()
        .collect();
    let enter = |person| {
        let enter = PayrollAct::EnterBase(EnterBase {
            base: PayBaseId::from_bits(fresh()),
            person,
            amount: Fen(800_000),
            from: month,
            old: None,
            note: String::new(),
        });
        Command::Payroll(Box::new(enter))
    };
    payroll.does_all(&people.into_iter().map(enter).collect::<Vec<_>>());
    let scope = Scope {
        people: vec![first],
        ..Scope::default()
    };
    let draft = payroll::draft(&payroll.world(), month, &scope, now());
    let draft = draft.expect("payroll holds what drawing takes");
    // Early in a month nobody is due anything yet.
    if !draft.slips.is_empty() {
        let (number, seen, note) = (draft.number, draft.digest, String::new());
        payroll.does(Command::Payroll(Box::new(PayrollAct::HandOver(HandOver {
            number,
            month,
            scope,
            seen,
            note,
        }))));
    }
}

/// Screens that do not depend on who looks.
fn is_alike(name: &str) -> bool {
    ["calendars", "regime-", "sync-centre", "unit"]
        .iter()
        .any(|alike| name.starts_with(alike))
}

/// Looks at one screen in every way; says what is wrong with it.
fn looks(
    person: &mut Person,
    language: Language,
    role: &str,
    (name, address): (&str, &str),
) -> Vec<String> {
    let mut found = Vec::new();
    let pictures = std::env::var_os(PICTURES).is_some();
    let photograph = |person: &Person, how: &str| {
        if pictures {
            person.photograph(&format!("{role}-{name}-{how}"));
        }
    };
    person.takes(Device::Phone);
    person.open(address);
    is_drawn(person);
    let moved = person.eval(include_str!("../layout_shift.js"));
    if moved.as_f64().is_none_or(|moved| moved > 0.0005) {
        found.push(format!("moves by {moved} after it was painted"));
    }
    found.extend(texts(&person.eval(include_str!("../every_screen.js"))));
    photograph(person, "phone");
    takes_theme(person, "light");
    found.extend(barriers(person, "light", ALL_RULES));
    for theme in THEMES {
        takes_theme(person, theme);
        if language == Language::Chinese {
            found.extend(barriers(person, theme, COLOUR_RULES));
        }
    }
    photograph(person, "phone-contrast");
    takes_theme(person, "light");
    for device in [Device::Tablet, Device::Desk] {
        person.takes(device);
        is_drawn(person);
        found.extend(texts(&person.eval(include_str!("../every_screen.js"))));
        photograph(person, device.name());
    }
    found.extend(barriers(person, "desk", ALL_RULES));
    found
}

fn takes_theme(person: &Person, theme: &str) {
    person.eval(&format!(
        "document.documentElement.dataset.theme = '{theme}'"
    ));
}

/// Waits until a screen stands there, and has been painted.
fn is_drawn(person: &Person) {
    person.wait_for("!!document.querySelector('#main .page')");
    person.eval(
        "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))",
    );
}

/// What axe finds on the screen as it stands.
fn barriers(person: &Person, how: &str, rules: &str) -> Vec<String> {
    if person.eval("typeof axe") == "undefined" {
        person.eval(&crate::server::axe());
    }
    let found = person.eval(&format!(
        "axe.run(document, {rules}).then(result =>
            result.violations.flatMap(rule => rule.nodes.map(node =>
                `${{rule.id}}: ${{node.html.slice(0, 200)}} ${{(node.any[0] ?? node.all[0] ?? node.none[0])?.message ?? ''}}`)))",
    ));
    texts(&found)
        .map(|found| format!("{how}: axe: {found}"))
        .collect()
}

fn texts(value: &Value) -> impl Iterator<Item = String> {
    let texts = value.as_array().expect("a list of findings").iter();
    texts.map(|text| text.as_str().unwrap_or_default().to_owned())
}

/// Screens that have one address.
const FIXED: [&str; 15] = [
    "plans",
    "reports",
    "review",
    "organisation",
    "absences",
    "calendars",
    "periods",
    "lateness",
    "ledger",
    "lists",
    "sync-centre",
    "me",
    "administration",
    "import",
    "search",
];

/// The screens that somebody can come to, one for each kind and state.
fn screens(world: &World, me: PersonId) -> Screens {
    let mut screens = Screens::from([("today".to_owned(), "/".to_owned())]);
    screens.extend(FIXED.map(|name| (name.to_owned(), format!("/{name}"))));
    let of_the_ledger = [("own-entries", "/ledger/own"), ("fund", "/ledger/fund")];
    let of_payroll = [("payroll", "/payroll"), ("own-slips", "/payroll/own")];
    let named = of_the_ledger.into_iter().chain(of_payroll);
    screens.extend(named.map(|(name, at)| (name.to_owned(), at.to_owned())));
    let mut add = |name: &str, address: String| {
        screens.entry(name.to_owned()).or_insert(address);
    };
    screens_of_plans(world, me, &mut add);
    let organisation = world.organisation();
    if let Some(unit) = organisation.units.keys().next() {
        add("unit", format!("/organisation/units/{unit}"));
        add(
            "invitations",
            format!("/organisation/units/{unit}/invitations"),
        );
    }
    add("person", format!("/organisation/people/{me}"));
    // The first is over, the last is still drafted.
    let mut periods: Vec<_> = organisation.periods.values().collect();
    periods.sort_unstable_by_key(|period| period.from);
    for (name, period) in [
        ("period-past", periods.first()),
        ("period-next", periods.last()),
    ] {
        if let Some(period) = period {
            add(name, format!("/periods/{}", period.id));
        }
    }
    add("regime-new", "/regimes/new".to_owned());
    add("forms", "/plans/forms".to_owned());
    add("what-if", "/what-if".to_owned());
    add("what-if-draft", "/what-if/draft".to_owned());
    if let Some(regime) = organisation.regimes.keys().next() {
        add("regime-edit", format!("/regimes/{regime}/edit"));
        add("what-if-of", format!("/what-if/{regime}"));
        add("what-if-draft-of", format!("/what-if/draft/{regime}"));
    }
    for (regime, version) in &organisation.regimes {
        add(
            &format!("regime-{}", version.regime().key),
            format!("/regimes/{regime}"),
        );
    }
    screens
}

fn screens_of_plans(world: &World, me: PersonId, add: &mut impl FnMut(&str, String)) {
    let today = now().day(world.organisation().utc_offset());
    for (id, document) in world.documents() {
        let Some(plan) = &document.plan else { continue };
        let state = match plan.state {
            PlanState::Draft => "draft",
            PlanState::Submitted => "submitted",
            PlanState::Returned => "returned",
            PlanState::Approved => "approved",
            PlanState::Published => "published",
            PlanState::Sealed => "sealed",
        };
        let own = if plan.owner == me { "own" } else { "other" };
        add(&format!("plan-{state}-{own}"), format!("/plans/{id}"));
        add("plan-form", format!("/plans/{id}/form"));
        let judges = permission::may_judge(world.organisation(), me, plan, today);
        if plan.state == PlanState::Approved && judges {
            add("judging", format!("/plans/{id}/judging"));
            add("meeting", format!("/plans/{id}/meeting"));
        }
        if matches!(plan.state, PlanState::Published | PlanState::Sealed) {
            add(&format!("result-{state}"), format!("/plans/{id}/result"));
            add("result-form", format!("/plans/{id}/result/form"));
        }
        let mut items = document.items.values();
        let mine = items.find(|item| item.responsible == Some(me));
        if let (Some(item), PlanState::Approved) = (mine, plan.state) {
            add("report", format!("/plans/{id}/items/{}", item.id));
        }
    }
}

/// The addresses of the app under which nobody looked; read from where the app has them.
fn not_among(seen: &Screens) -> Vec<String> {
    let routes = include_str!("../../../app/src/route.rs");
    let written = routes
        .split_once("fn path(")
        .and_then(|(_, rest)| rest.split_once("\n    }\n"))
        .expect("the app writes its addresses in one function")
        .0;
    let patterns = written
        .split('"')
        .skip(1)
        .step_by(2)
        .filter(|text| text.starts_with('/'));
    let parts = |path: &str| -> Vec<String> { path.split('/').map(ToOwned::to_owned).collect() };
    let is_of = |pattern: &str, address: &str| {
        let (pattern, address) = (parts(pattern), parts(address));
        pattern.len() == address.len()
            && pattern
                .iter()
                .zip(&address)
                .all(|(a, b)| a == b || a.starts_with('{'))
    };
    patterns
        .filter(|pattern| !seen.values().any(|address| is_of(pattern, address)))
        .map(ToOwned::to_owned)
        .collect()
}
