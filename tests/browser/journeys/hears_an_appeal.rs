//! A person objects to a result in vain, appeals from a phone and calls on the second instance; a list
//! hangs with the name on it, a colleague objects to that in vain too, and only when the list has hung
//! the result is sealed.
//!
//! On the way each act that is not open yet says why, to whoever would do it.

use shared::appeal::Level;
use shared::id::{PersonId, PlanId};
use shared::plan::{PlanState, Scope};
use shared::regime::Regime;
use shared::regime::after::{Instance, Publication};
use shared::regime::who::Who;
use shared::seal::ResultAnswer;
use shared::world::{PlanDocument, World};

use super::month::cast::{Month, opens_and_answers, publishes};
use crate::person::{Device, Language, Person};
use crate::story::{somebody, somebody_reading, waits_for_the_light};

/// Who hears the second instance.
const PANEL: &str = "group_panel";
const NAME: &str = "宋家明";
const WHY: &str = "稽查报告按期提交，质量等级与验收单不一致";
const APPEAL: &str = "异议答复没有看验收单";
const LAST: &str = "两次答复都没有核对原件";
const AGAINST: &str = "The audit report was handed in two days late";
/// After so many days a list of one working day has hung, whatever holidays lie between.
const DAYS: u16 = 12;

/// Both top bands hang for a working day; the plan office hears appeals, a panel the second instance.
fn regime(regime: &mut Regime) {
    let instance = |by, decided_in| Instance {
        days: 3,
        by: vec![by],
        decided_in,
    };
    let after = &mut regime.after;
    after.appeal = Some(instance(Who::PlanOffice, Some(5)));
    after.second = Some(instance(Who::Role(PANEL.to_owned()), None));
    after.publication = Some(Publication {
        bands: ["a", "b"].map(str::to_owned).to_vec(),
        days: 1,
        averages: true,
    });
}

/// The month, with what is asked again and again.
struct Case {
    month: Month,
    plan: PlanId,
}

#[test]
fn a_result_is_sealed_when_everybody_was_heard() {
    let mut case = Case::begins();
    let phone = somebody("songjiaming", Device::Phone, &case.month.server);
    let office = somebody("linxiaoyun", Device::Desk, &case.month.server);
    case.objects(&phone);
    case.the_objection_fails(&office);
    case.appeals(&phone);
    case.the_appeal_fails(&office);
    case.goes_to_the_last(&phone);
    case.the_last_decides(&phone);
    case.hangs(&office, &phone);
    let stranger = case.a_colleague_objects();
    case.that_fails(&stranger);
    case.is_sealed_afterwards(&office, &stranger);
    for person in [&phone, &office, &stranger] {
        person.has_no_complaint();
    }
}

fn document(world: &World, plan: PlanId) -> Option<&PlanDocument> {
    world.document(plan)
}

/// Signs a form without a reason first, which says what is missing, and then with one.
fn reasons(person: &Person, act: &str, why: &str, missing: &str) {
    person.act(act);
    person.sees(missing);
    person.photograph(&format!("{act}-says-why-not"));
    person.fill_in("dialog [data-field=reason]", why);
    person.act(act);
    person.wait_for("!document.querySelector('dialog[open]')");
    waits_for_the_light(person, "synced");
}

impl Case {
    /// 100 × 0.9 are 90 points: the band that hangs.
    fn begins() -> Self {
        let month = Month::opens_under(regime);
        month.gives_role(PANEL, "何丽萍");
        let personal = |owner: &str, judge: &str, unit: &str| {
            let (owner, judge) = (month.colleague(owner), month.colleague(judge));
            let unit = (unit, Scope::Personal);
            let (plan, _) = month.approved(&owner, &judge, unit, &[("本月重点工作", "100")]);
            (plan, owner, judge)
        };
        let (plan, _, wang) = personal("songjiaming", "wangxiulan", "品管部");
        publishes(&wang, plan, ("on_time", "good"));
        let (other, deng, lu) = personal("denglei", "luweiguo", "安环部");
        publishes(&lu, other, ("on_time", "excellent"));
        opens_and_answers(&deng, other, ResultAnswer::Signed);
        Self { month, plan }
    }

    fn person(&self, name: &str) -> PersonId {
        self.month.person(name)
    }

    fn result(&self, person: &Person) {
        person.open(&format!("/plans/{}/result", self.plan));
        person.wait_for("!!document.querySelector('[data-page=result] [data-part=delivery]')");
    }

    /// What the plan office reads of the person where results are sealed.
    fn cannot_be_sealed(&self, office: &Person, why: &str, moment: &str) {
        office.open(&format!("/periods/{}", self.month.period));
        let unit = self.month.unit("品管部").to_string();
        office.fill_in("[data-field=seal-unit]", &unit);
        let line = format!("[data-list=sealing] [data-item='{}']", self.person(NAME));
        office.wait_for(&format!(
            "document.querySelector(\"{line}[data-state=lacks]\")?.innerText.includes('{why}')"
        ));
        office.wait_for(&format!(
            "!document.querySelector(\"{line} [data-act=seal]\")"
        ));
        office.eval(&format!(
            "document.querySelector(\"{line}\").scrollIntoView({{ block: 'center' }})"
        ));
        office.photograph(moment);
    }

    /// The person objects on the phone.
    fn objects(&self, phone: &Person) {
        self.result(phone);
        phone.wait_for(
            "document.querySelector('[data-part=delivery]')?.dataset.delivered === 'true'",
        );
        waits_for_the_light(phone, "synced");
        phone.photograph("reads-the-result");
        phone.act("object");
        reasons(phone, "send-answer", WHY, "请填写");
        phone.sees(WHY);
        phone.photograph("has-objected");
    }

    /// Who judged can only give way; the one above lets the result stand.
    fn the_objection_fails(&self, office: &Person) {
        self.cannot_be_sealed(office, "异议尚未处理", "an-objection-holds-the-seal");
        let judge = somebody("wangxiulan", Device::Tablet, &self.month.server);
        self.result(&judge);
        judge.wait_for("document.querySelector('[data-act=dismiss-objection]')?.disabled");
        judge.sees("评分人只能认可异议");
        judge.photograph("who-judged-only-gives-way");
        judge.has_no_complaint();

        let above = somebody("chenguodong", Device::Tablet, &self.month.server);
        above.tap(&format!(
            "[data-list=to-answer] [data-item='{}'] a",
            self.plan
        ));
        above.wait_for("!!document.querySelector('[data-part=decide-objection]')");
        above.wait_for("document.querySelector('[data-act=dismiss-objection]').disabled");
        above.sees("先写明理由");
        above.fill_in(
            "[data-part=decide-objection] [data-field=reason]",
            "质量评定依据检查记录",
        );
        above.photograph("decides-about-the-objection");
        above.act("dismiss-objection");
        above.knows("the decision, confirmed", |world| {
            let answer = document(world, self.plan)?.answers.get(&1)?;
            answer.decided.as_ref().map(|_| ())
        });
        above.has_no_complaint();
    }

    /// Reading the decision delivers it; then the days to appeal run.
    fn appeals(&self, phone: &Person) {
        phone.open("/");
        phone.tap(&format!(
            "[data-list=answered] [data-item='{}'] a",
            self.plan
        ));
        phone.wait_for("!!document.querySelector('[data-part=appeal-window]')");
        waits_for_the_light(phone, "synced");
        phone.photograph("reads-the-decision");
        phone.act("appeal");
        reasons(phone, "save-appeal", APPEAL, "请填写");
        phone.sees("林晓云");
        phone.photograph("has-appealed");
    }

    /// The plan office hears the appeal; who judged sees no such act.
    fn the_appeal_fails(&self, office: &Person) {
        self.cannot_be_sealed(office, "申诉或复核尚未处理", "an-appeal-holds-the-seal");
        office.open("/");
        office.tap(&format!(
            "[data-list=to-hear] [data-item='{}'] a",
            self.plan
        ));
        office.wait_for("!!document.querySelector('[data-part=decide-appeal]')");
        office.photograph("hears-the-appeal");
        office.act("dismiss-appeal");
        reasons(
            office,
            "save-appeal-decision",
            "验收单与检查记录一致",
            "理由",
        );
        let judge = somebody("wangxiulan", Device::Tablet, &self.month.server);
        self.result(&judge);
        judge.sees(APPEAL);
        judge.wait_for("!document.querySelector('[data-part=decide-appeal]')");
        judge.photograph("who-judged-reads-the-appeal");
        judge.has_no_complaint();
    }

    fn goes_to_the_last(&self, phone: &Person) {
        self.result(phone);
        phone.wait_for("!!document.querySelector('[data-act=second-instance]')");
        waits_for_the_light(phone, "synced");
        phone.photograph("reads-the-second-decision");
        phone.act("second-instance");
        reasons(phone, "save-appeal", LAST, "请填写");
        phone.photograph("called-on-the-last");
    }

    /// The panel's member, who reads English on a tablet, hears it and lets the result stand.
    fn the_last_decides(&self, phone: &Person) {
        let server = &self.month.server;
        let panel = somebody_reading(Language::English, "heliping", Device::Tablet, server);
        panel.tap(&format!(
            "[data-list=to-hear] [data-item='{}'] a",
            self.plan
        ));
        panel.wait_for("!!document.querySelector('[data-part=decide-appeal]')");
        panel.sees(LAST);
        panel.photograph("hears-the-second-instance");
        panel.act("dismiss-appeal");
        reasons(
            &panel,
            "save-appeal-decision",
            "原件已核对",
            "Please fill in",
        );
        panel.has_no_complaint();
        phone.reload();
        phone.sees("程序已结束");
        phone.photograph("it-is-final");
        let second = phone.knows("the last decision", |world| {
            let appeals = &document(world, self.plan)?.appeals;
            appeals.get(&(1, Level::Second))?.decided.clone()
        });
        assert_eq!(second.by, self.person("何丽萍"));
        assert!(!second.upheld);
    }

    /// The plan office hangs both names out, and nobody else can.
    fn hangs(&self, office: &Person, phone: &Person) {
        self.cannot_be_sealed(office, "公示", "a-list-comes-first");
        phone.open("/lists");
        phone.sees("目前没有公示");
        phone.wait_for("!document.querySelector('[data-act=hang-list]')");
        phone.photograph("nothing-hangs");
        office.open("/lists");
        office.sees(NAME);
        office.photograph("what-can-be-hung-out");
        office.act("hang-list");
        office.photograph("signs-the-list");
        office.act("sign-list");
        office.wait_for("!!document.querySelector('[data-part=hanging][data-hangs=true]')");
        waits_for_the_light(office, "synced");
        office.photograph("the-list-hangs");
        self.cannot_be_sealed(office, "公示到", "the-list-holds-the-seal");
        // Of one's own name one objects to the result, not to the list.
        phone.reload();
        phone.wait_for("!!document.querySelector('[data-part=hanging][data-hangs=true]')");
        let own = format!("[data-list=named] [data-item='{}']", self.person(NAME));
        phone.wait_for(&format!(
            "!!document.querySelector(\"{own}\") &&
                !document.querySelector(\"{own} [data-act=object-to-list]\")"
        ));
        phone.photograph("reads-the-list");
    }

    /// A colleague of another unit objects to the name, from the first screen on.
    fn a_colleague_objects(&self) -> Person {
        let server = &self.month.server;
        let stranger = somebody_reading(Language::English, "fangting", Device::Phone, server);
        stranger.act("open-lists");
        stranger.wait_for("!!document.querySelector('[data-act=object-to-list]')");
        stranger.photograph("reads-the-list");
        let name = format!("[data-list=named] [data-item='{}']", self.person(NAME));
        stranger.tap(&format!("{name} [data-act=object-to-list]"));
        reasons(&stranger, "save-list-objection", AGAINST, "Please fill in");
        stranger.sees("You have objected");
        stranger.photograph("has-objected");
        stranger
    }

    /// The one above the judge decides; who is named never learns who objected.
    fn that_fails(&self, stranger: &Person) {
        let above = somebody("chenguodong", Device::Tablet, &self.month.server);
        above.act("open-lists");
        above.sees(AGAINST);
        above.photograph("an-objection-to-a-name");
        above.act("dismiss-list-objection");
        reasons(&above, "save-list-decision", "提交记录已核对", "请填写");
        above.photograph("decided-about-the-name");
        above.has_no_complaint();
        stranger.reload();
        stranger.sees("Dismissed");
        stranger.photograph("reads-the-answer");
        let named = somebody("songjiaming", Device::Desk, &self.month.server);
        named.open("/lists");
        named.sees(NAME);
        let kept = named.everything_kept() + &named.everything_received("/sync/");
        assert!(!kept.contains(AGAINST) && !kept.contains("list_objection"));
        named.has_no_complaint();
    }

    /// When the days are over nobody objects any more, and the result is sealed.
    fn is_sealed_afterwards(&mut self, office: &Person, stranger: &Person) {
        self.month.server.goes_on_after(DAYS);
        stranger.reload();
        stranger.wait_for("!!document.querySelector('[data-part=hanging][data-hangs=false]')");
        stranger.wait_for("!document.querySelector('[data-act=object-to-list]')");
        stranger.photograph("the-list-has-hung");
        office.open("/lists");
        office.wait_for("!!document.querySelector('[data-part=hanging][data-hangs=false]')");
        office.photograph("the-list-has-hung");
        office.open(&format!("/periods/{}", self.month.period));
        let unit = self.month.unit("品管部").to_string();
        office.fill_in("[data-field=seal-unit]", &unit);
        let line = format!("[data-list=sealing] [data-item='{}']", self.person(NAME));
        office.tap(&format!("{line} [data-act=seal]"));
        office.photograph("signs-the-seal");
        office.act("sign-seal");
        office.wait_for(&format!(
            "!!document.querySelector(\"{line}[data-state=sealed]\")"
        ));
        let state = office.knows("the sealed plan", |world| {
            let document = document(world, self.plan)?;
            let state = document.plan.as_ref()?.state;
            (!document.sealed.is_empty()).then_some(state)
        });
        assert_eq!(state, PlanState::Sealed);
        office.photograph("it-is-sealed");
    }
}
