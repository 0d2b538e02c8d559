//! Examples of calendars, notices, absences and of people's dated life, each field filled.

use shared::calendar::{CalendarUse, HolidayNotice, Hours, WorkCalendar};
use shared::classification::{Classification, Classified};
use shared::command::Command;
use shared::command::organisation::{
    AddCalendar, AdoptNotice, Assign, Classify, EndAbsence, EndUnit, Leave, NoteAbsence,
    RenameUnit, Transfer, UseCalendar,
};
use shared::command::review::DecideLateness;
use shared::deadline::LateAct;
use shared::id::{AbsenceId, AssignmentId, CalendarId, CalendarUseId, NoticeId};
use shared::moment::{InForce, Times};
use shared::organisation::{Absence, AbsenceBasis, Tenure};
use shared::regime::Name;
use shared::regime::coverage::{Centre, Employment};
use shared::row::Row;

use crate::prelude::*;

/// Alternating weeks: six days, then five.
fn calendar() -> WorkCalendar {
    let hours = [(480, 720), (780, 1_020)].map(|(from, to)| Hours { from, to });
    let mut cycle = vec![true; 14];
    for off in [6, 12, 13] {
        cycle[off] = false;
    }
    WorkCalendar {
        id: CalendarId::from_bits(81),
        name: Name {
            zh: "大小周".into(),
            en: "Alternating weeks".into(),
        },
        anchor: day(2026, 11, 2),
        cycle,
        hours: hours.to_vec(),
        holidays: true,
        off: vec![day(2026, 11, 11)],
        work: vec![day(2026, 11, 15)],
    }
}

const ABSENCE: AbsenceId = AbsenceId::from_bits(84);
const SOURCE: &str = "国办发明电〔2025〕7号";

pub(super) fn rows(adopted: Times) -> Vec<Row> {
    let in_force = InForce {
        from: day(2026, 11, 1),
        to: Some(day(2026, 11, 30)),
    };
    let mut rows: Vec<Row> = classified()
        .map(|of| {
            Row::Classification(Classification {
                of,
                from: day(2026, 11, 1),
                by: ADMINISTRATOR,
                times: adopted,
            })
        })
        .to_vec();
    rows.extend([
        Row::WorkCalendar(calendar()),
        Row::CalendarUse(CalendarUse {
            id: CalendarUseId::from_bits(82),
            unit: LINE,
            calendar: calendar().id,
            in_force,
        }),
        Row::HolidayNotice(HolidayNotice {
            id: NoticeId::from_bits(83),
            year: 2026,
            source: SOURCE.into(),
            off: vec![day(2026, 1, 1), day(2026, 1, 2)],
            work: vec![day(2026, 1, 4)],
            adopted,
        }),
        Row::Absence(Absence {
            id: ABSENCE,
            person: WORKER,
            basis: AbsenceBasis::Entitled,
            in_force,
        }),
    ]);
    rows
}

/// A post, a person and a unit.
fn classified() -> [Classified; 3] {
    [
        Classified::Post {
            assignment: assignment(WORKER),
            level: 4,
        },
        Classified::Person {
            person: WORKER,
            employment: Employment::Probation,
        },
        Classified::Unit {
            unit: LINE,
            centre: Some(Centre::Cost),
        },
    ]
}

pub(super) fn commands() -> Vec<Command> {
    let (from, to) = (day(2026, 11, 16), day(2026, 11, 30));
    let calendar = calendar();
    let [of, ..] = classified();
    vec![
        Command::Classify(Classify {
            of,
            from: day(2026, 11, 1),
        }),
        Command::UseCalendar(UseCalendar {
            id: CalendarUseId::from_bits(82),
            unit: LINE,
            calendar: calendar.id,
            from,
        }),
        Command::AddCalendar(AddCalendar {
            calendar: Box::new(calendar),
        }),
        Command::AdoptNotice(AdoptNotice {
            id: NoticeId::from_bits(83),
            year: 2026,
            source: SOURCE.into(),
            off: vec![day(2026, 1, 1), day(2026, 1, 2)],
            work: vec![day(2026, 1, 4)],
        }),
        Command::RenameUnit(RenameUnit {
            unit: LINE,
            name: "总装一线".into(),
            name_en: "Assembly line 1".into(),
            from,
        }),
        Command::EndUnit(EndUnit {
            unit: LINE,
            to,
            successors: vec![STORE],
        }),
        Command::NoteAbsence(NoteAbsence {
            id: ABSENCE,
            person: WORKER,
            basis: AbsenceBasis::Personal,
            from,
            to: Some(to),
        }),
        Command::EndAbsence(EndAbsence {
            id: ABSENCE,
            person: WORKER,
            to,
        }),
        Command::Transfer(Transfer {
            ended: assignment(WORKER),
            assign: Assign {
                assignment: AssignmentId::from_bits(85),
                person: WORKER,
                unit: STORE,
                post: "保管员".into(),
                tenure: Tenure::Main,
                heads: false,
                from,
                to: Some(to),
            },
        }),
        Command::Leave(Leave { person: WORKER, to }),
        Command::DecideLateness(DecideLateness {
            plan: PLAN,
            act: LateAct::Report(item_id(1), shared::id::ReportId::from_bits(71)),
            accepted: true,
            reason: "车间断网".into(),
        }),
    ]
}
