//! A head reads what is not settled before publishing; a panel's member draws the results that are
//! looked at again and finds one fair and one not; each person reads as much of it as is theirs.

use shared::command::Command;
use shared::command::review::ReportItem;
use shared::id::{PlanId, ReportId};
use shared::plan::Scope;
use shared::quantity::BasisPoints;
use shared::regime::Regime;
use shared::regime::after::SpotChecks;
use shared::regime::who::Who;
use shared::report::ReportKind;

use super::month::cast::{Month, publishes, scored};
use crate::colleague::fresh;
use crate::person::{Device, Language, Person};
use crate::story::{somebody, somebody_reading, waits_for_the_light};

/// Who draws and checks.
const PANEL: &str = "group_panel";
const UNFAIR: &str = "验收单上没有不合格项，评分按不合格扣了分";
const FAIR: &str = "与检查记录一致";

/// The panel looks at every result again, so that both of the journey's are drawn; what each rater
/// stated is shown to the person.
fn regime(regime: &mut Regime) {
    regime.after.revealed = true;
    regime.after.spot_checks = Some(SpotChecks {
        share: BasisPoints(10_000),
        by: vec![Who::Role(PANEL.to_owned())],
        unfair: Some("false_report".to_owned()),
    });
}

/// The month and its two plans: one is found to be judged unfairly, the other fairly.
struct Case {
    month: Month,
    song: PlanId,
    deng: PlanId,
}

#[test]
fn what_was_judged_is_looked_at_again_by_somebody_else() {
    let case = Case::begins();
    case.is_published_with_a_warning();
    let panel = somebody_reading(
        Language::English,
        "heliping",
        Device::Desk,
        &case.month.server,
    );
    case.is_drawn(&panel);
    case.is_found(&panel);
    case.is_read();
    panel.has_no_complaint();
}

impl Case {
    fn begins() -> Self {
        let month = Month::opens_under(regime);
        month.gives_role(PANEL, "何丽萍");
        let personal = |owner: &str, judge: &str, unit: &str| {
            let (owner, judge) = (month.colleague(owner), month.colleague(judge));
            let unit = (unit, Scope::Personal);
            let (plan, items) = month.approved(&owner, &judge, unit, &[("本月重点工作", "100")]);
            (plan, items[0], judge)
        };
        let (song, item, wang) = personal("songjiaming", "wangxiulan", "品管部");
        wang.does(Command::ReportItem(ReportItem {
            report: ReportId::from_bits(fresh()),
            plan: song,
            item,
            kind: ReportKind::Completion,
            percent: 100,
            quantity: None,
            note: String::new(),
            happened: month.day(20),
            of: Some(month.person("宋家明")),
            reason: "本人在车间，没有设备".to_owned(),
            paper: false,
        }));
        wang.does(Command::ScoreSuperior(scored(
            song,
            item,
            ("on_time", "good"),
        )));
        let (deng, _, lu) = personal("denglei", "luweiguo", "安环部");
        publishes(&lu, deng, ("on_time", "excellent"));
        Self { month, song, deng }
    }

    /// The entry that the person has not confirmed is said before the signature and beside it, and
    /// stops nothing.
    fn is_published_with_a_warning(&self) {
        let server = &self.month.server;
        let early = somebody_reading(Language::English, "heliping", Device::Phone, server);
        self.period(&early);
        early.act("draw-sample");
        early.act("sign-sample");
        // Who draws must not choose what is drawn from.
        early.wait_for("document.querySelector('dialog[open]')?.innerText.includes('judged')");
        early.photograph("draws-too-early");
        // What was refused waits for a word of who signed it, on every device.
        early.open("/");
        early.act("open-sync");
        early.act("discard");
        waits_for_the_light(&early, "synced");
        early.has_no_complaint();
        let wang = somebody("wangxiulan", Device::Tablet, server);
        wang.open(&format!("/plans/{}/judging", self.song));
        wang.wait_for("!!document.querySelector('[data-part=unsettled] > *')");
        wang.eval(
            "document.querySelector('[data-part=unsettled]').scrollIntoView({ block: 'center' })",
        );
        wang.photograph("reads-what-is-not-settled");
        wang.act("publish-result");
        wang.wait_for("!!document.querySelector('dialog [data-part=unsettled] > *')");
        wang.photograph("signs-beside-what-is-not-settled");
        wang.act("sign-publish");
        wang.wait_for("!!document.querySelector('[data-page=result]')");
        waits_for_the_light(&wang, "synced");
        wang.has_no_complaint();
    }

    fn period(&self, person: &Person) {
        person.open(&format!("/periods/{}", self.month.period));
        person.wait_for("!!document.querySelector('[data-part=spot-checks] p')");
        person.eval(
            "document.querySelector('[data-part=spot-checks]').scrollIntoView({ block: 'center' })",
        );
    }

    fn is_drawn(&self, panel: &Person) {
        self.period(panel);
        panel.photograph("nothing-is-drawn");
        panel.act("draw-sample");
        panel.photograph("signs-the-sample");
        panel.act("sign-sample");
        panel.wait_for("document.querySelectorAll('[data-list=drawn] > li').length === 2");
        waits_for_the_light(panel, "synced");
        panel.act("redraw");
        panel.photograph("the-sample-is-drawn");
        // Who is judged learns of one's own result alone.
        let song = somebody("songjiaming", Device::Phone, &self.month.server);
        self.period(&song);
        song.wait_for("!document.querySelector('[data-act=draw-sample]')");
        song.photograph("reads-of-the-sample");
        let deng = format!("[data-list=drawn] [data-item='{}']", self.deng);
        assert_eq!(
            song.eval(&format!("!document.querySelector(\"{deng}\")")),
            true
        );
        song.has_no_complaint();
    }

    fn is_found(&self, panel: &Person) {
        for (plan, act, why) in [
            (self.song, "find-unfair", UNFAIR),
            (self.deng, "find-fair", FAIR),
        ] {
            self.period(panel);
            panel.tap(&format!("[data-list=drawn] [data-item='{plan}'] a"));
            panel.wait_for("!!document.querySelector('[data-part=check-result]')");
            panel.eval(
                "document.querySelector('[data-part=check-result]').scrollIntoView({ block: 'center' })",
            );
            panel.photograph(&format!("{act}-stands-open"));
            panel.act(act);
            panel.act("sign-check");
            panel.sees("Please fill in");
            panel.photograph(&format!("{act}-says-why-not"));
            panel.fill_in("dialog [data-field=reason]", why);
            panel.act("sign-check");
            panel.wait_for("!!document.querySelector('[data-part=spot-check]')");
            waits_for_the_light(panel, "synced");
            panel.photograph(&format!("{act}-is-signed"));
        }
        self.period(panel);
        panel.photograph("all-is-checked");
    }

    /// Who was checked, who judged, and the office that proposes an entry.
    fn is_read(&self) {
        let server = &self.month.server;
        let readers = [
            ("songjiaming", Language::Chinese, Device::Phone),
            ("songjiaming", Language::English, Device::Phone),
            ("wangxiulan", Language::Chinese, Device::Desk),
            ("linxiaoyun", Language::English, Device::Tablet),
        ];
        for (login, language, device) in readers {
            let reader = somebody_reading(language, login, device, server);
            reader.open(&format!("/plans/{}/result", self.song));
            reader.wait_for("!!document.querySelector('[data-part=spot-check][data-fair=false]')");
            reader.sees(UNFAIR);
            reader.wait_for("!document.querySelector('[data-part=check-result]')");
            reader.eval(
                "document.querySelector('[data-part=spot-check]').scrollIntoView({ block: 'center' })",
            );
            reader.photograph("reads-the-finding");
            reader.wait_for("!!document.querySelector('[data-list=revealed]')");
            reader.eval(
                "document.querySelector('[data-list=revealed]').scrollIntoView({ block: 'center' })",
            );
            reader.photograph("reads-what-raters-stated");
            // An entry against who judged is the plan office's to propose.
            let proposes = reader.eval("!!document.querySelector('[data-act=propose-found]')");
            assert_eq!(proposes, login == "linxiaoyun");
            if proposes == true {
                reader.act("propose-found");
                reader.photograph("proposes-an-entry");
            }
            let kept = reader.everything_kept();
            assert_eq!(kept.contains(FAIR), login == "linxiaoyun");
            reader.has_no_complaint();
        }
    }
}
