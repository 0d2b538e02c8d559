//! Timers of periods: each goes off once, for who opened its period, and for nobody else.

use ::server::timers;
use serde_json::json;
use shared::command::Command;
use shared::command::organisation::{AdoptRegime, EndAppointment, OpenPeriod};
use shared::id::{PeriodId, RegimeId};
use shared::moment::Day;
use shared::organisation::Office;
use shared::period::PeriodKind;
use shared::regime::Document;
use shared::regime::cycle::PeriodAct;

use crate::server::{Device, TestServer};

const REGIME: RegimeId = RegimeId::from_bits(0x7e1);
const MONTH: PeriodId = PeriodId::from_bits(0x7e2);

/// A month whose submission is closed by a timer.
fn regime() -> Document {
    let shipped = include_str!("../../../shared/src/regime/presets/smart-monthly.json");
    let mut shipped: serde_json::Value = serde_json::from_str(shipped).unwrap();
    let mut regime = shipped["regime"].take();
    regime["key"] = json!("timed");
    regime["cycles"][0]["timers"] = json!([{"act": "submission_closed", "step": "submission"}]);
    serde_json::from_value(regime).unwrap()
}

/// The plan office opens a month of this regime whose submission was due long ago.
async fn opens(office: &Device<'_>) {
    let day = |day| Day::from_ymd_opt(2026, 3, day).unwrap();
    let regime = regime();
    let adopt = Command::AdoptRegime(AdoptRegime { id: REGIME, regime });
    let open = Command::OpenPeriod(OpenPeriod {
        period: MONTH,
        kind: PeriodKind::Month,
        from: day(1),
        to: day(31),
        regime: REGIME,
    });
    for (id, command) in [(0x7e11, adopt), (0x7e12, open)] {
        let outcome = office.does(id, command).await;
        assert!(outcome.is_applied(), "{outcome:?}");
    }
}

#[tokio::test]
async fn a_timer_goes_off_once_for_who_opened_the_period() {
    let server = TestServer::demo().await;
    let office = server.sign_in("linxiaoyun", "jihe-demo").await;
    assert_eq!(timers::go_off(&server.state).await.unwrap(), 0);
    opens(&office).await;
    assert_eq!(timers::go_off(&server.state).await.unwrap(), 1);
    assert_eq!(timers::go_off(&server.state).await.unwrap(), 0);
    let world = office.world().await;
    let marks = &world.organisation().periods[&MONTH].marks;
    assert_eq!(marks.len(), 1);
    assert_eq!(marks[0].act, PeriodAct::SubmissionClosed);
    assert_eq!(marks[0].signed.by, office.person);
    // Nobody made a plan for it, which is kept with the act.
    assert!(marks[0].open > 0 && !marks[0].signed.reason.is_empty());
}

#[tokio::test]
async fn a_timer_without_anybody_to_act_for_waits() {
    let server = TestServer::demo().await;
    let office = server.sign_in("linxiaoyun", "jihe-demo").await;
    opens(&office).await;
    let world = office.world().await;
    let organisation = world.organisation();
    let mut held = organisation.appointments.values();
    let held = held
        .find(|held| held.person == office.person && held.office == Office::PlanOffice)
        .unwrap();
    let administrator = organisation
        .appointments
        .values()
        .find(|held| held.office == Office::Administrator)
        .unwrap();
    assert_ne!(administrator.person, office.person);
    let end = Command::EndAppointment(EndAppointment {
        appointment: held.id,
        to: Day::from_ymd_opt(2026, 10, 31).unwrap(),
    });
    let administrator = server.device_of(administrator.person).await;
    assert!(administrator.does(0x7e13, end).await.is_applied());
    assert_eq!(timers::go_off(&server.state).await.unwrap(), 0);
    let world = administrator.world().await;
    assert_eq!(world.organisation().periods[&MONTH].marks, []);
}
