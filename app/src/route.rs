//! Addresses: every screen has one, typed, and both directions stand side by side.
//!
//! Addresses hold identities only, never content, so that a shared link shows nothing to those who
//! may not see it. The server answers each of them with the same page.

use std::str::FromStr;

use shared::id::{ItemId, PeriodId, PersonId, PlanId, RegimeId, UnitId};

/// Where the person is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Route {
    /// What is due for me.
    Home,
    /// The plans that I see.
    Plans,
    /// One plan: its draft, or what became of it.
    Plan(PlanId),
    /// What I report on.
    Reports,
    /// Reporting on one item.
    Report(PlanId, ItemId),
    /// What waits for my approval or judgement.
    Review,
    /// Judging one plan.
    Judging(PlanId),
    /// The result of one plan.
    Result(PlanId),
    /// One plan as a paper form.
    PlanForm(PlanId),
    /// One result as a paper form.
    ResultForm(PlanId),
    /// The forms of several plans on paper.
    Forms,
    /// Judging one plan in a meeting.
    Meeting(PlanId),
    /// Bringing a sheet in.
    Import,
    /// Units and people.
    Organisation,
    /// One unit.
    Unit(UnitId),
    /// Inviting the people of a unit.
    Invitations(UnitId),
    /// One person.
    Person(PersonId),
    /// Who is away, and noting it.
    Absences,
    /// Work calendars and notices of public holidays.
    Calendars,
    /// Periods, and the regimes under which they are.
    Periods,
    /// One period: its deadlines, what is ready, sealing.
    Period(PeriodId),
    /// One regime in plain words.
    Regime(RegimeId),
    /// A regime that is being written.
    NewRegime,
    /// A copy of a regime that is being changed.
    EditRegime(RegimeId),
    /// A past period under an adopted regime, or under one that is chosen there.
    WhatIf(Option<RegimeId>),
    /// The same under the draft that is kept, of a copy or a new one.
    WhatIfDraft(Option<RegimeId>),
    /// Late acts that claim to have been in time.
    Lateness,
    /// Deductions and rewards: the ledger.
    Ledger,
    /// My own entries of it.
    OwnEntries,
    /// The activity fund.
    Fund,
    /// Handing over to payroll.
    Payroll,
    /// My own payslips.
    OwnSlips,
    /// The public lists.
    Lists,
    /// Looking for something.
    Search,
    /// Where my work is.
    Sync,
    /// Looking after the installation.
    Administration,
    /// Myself and this device.
    Me,
    /// No such page.
    NotFound,
}

impl Route {
    /// Reads an address.
    pub(crate) fn parse(path: &str) -> Self {
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        match parts.as_slice() {
            [] | ["index.html"] => Self::Home,
            ["plans"] => Self::Plans,
            ["plans", "forms"] => Self::Forms,
            ["plans", id] => read(id, Self::Plan),
            ["plans", id, "judging"] => read(id, Self::Judging),
            ["plans", id, "result"] => read(id, Self::Result),
            ["plans", id, "form"] => read(id, Self::PlanForm),
            ["plans", id, "result", "form"] => read(id, Self::ResultForm),
            ["plans", id, "meeting"] => read(id, Self::Meeting),
            ["plans", plan, "items", item] => match (plan.parse(), item.parse()) {
                (Ok(plan), Ok(item)) => Self::Report(plan, item),
                _ => Self::NotFound,
            },
            ["reports"] => Self::Reports,
            ["review"] => Self::Review,
            ["import"] => Self::Import,
            ["organisation"] => Self::Organisation,
            ["organisation", "units", id] => read(id, Self::Unit),
            ["organisation", "units", id, "invitations"] => read(id, Self::Invitations),
            ["organisation", "people", id] => read(id, Self::Person),
            ["absences"] => Self::Absences,
            ["calendars"] => Self::Calendars,
            ["periods"] => Self::Periods,
            ["periods", id] => read(id, Self::Period),
            ["regimes", "new"] => Self::NewRegime,
            ["regimes", id] => read(id, Self::Regime),
            ["regimes", id, "edit"] => read(id, Self::EditRegime),
            ["what-if"] => Self::WhatIf(None),
            ["what-if", "draft"] => Self::WhatIfDraft(None),
            ["what-if", "draft", id] => read(id, |id| Self::WhatIfDraft(Some(id))),
            ["what-if", id] => read(id, |id| Self::WhatIf(Some(id))),
            ["lateness"] => Self::Lateness,
            ["ledger"] => Self::Ledger,
            ["ledger", "own"] => Self::OwnEntries,
            ["ledger", "fund"] => Self::Fund,
            ["payroll"] => Self::Payroll,
            ["payroll", "own"] => Self::OwnSlips,
            ["lists"] => Self::Lists,
            ["search"] => Self::Search,
            ["sync-centre"] => Self::Sync,
            ["administration"] => Self::Administration,
            ["me"] => Self::Me,
            _ => Self::NotFound,
        }
    }

    /// Writes the address.
    pub(crate) fn path(self) -> String {
        match self {
            Self::Home | Self::NotFound => "/".to_owned(),
            Self::Plans => "/plans".to_owned(),
            Self::Plan(id) => format!("/plans/{id}"),
            Self::Reports => "/reports".to_owned(),
            Self::Report(plan, item) => format!("/plans/{plan}/items/{item}"),
            Self::Review => "/review".to_owned(),
            Self::Judging(id) => format!("/plans/{id}/judging"),
            Self::Result(id) => format!("/plans/{id}/result"),
            Self::PlanForm(id) => format!("/plans/{id}/form"),
            Self::ResultForm(id) => format!("/plans/{id}/result/form"),
            Self::Forms => "/plans/forms".to_owned(),
            Self::Meeting(id) => format!("/plans/{id}/meeting"),
            Self::Import => "/import".to_owned(),
            Self::Organisation => "/organisation".to_owned(),
            Self::Unit(id) => format!("/organisation/units/{id}"),
            Self::Invitations(id) => format!("/organisation/units/{id}/invitations"),
            Self::Person(id) => format!("/organisation/people/{id}"),
            Self::Absences => "/absences".to_owned(),
            Self::Calendars => "/calendars".to_owned(),
            Self::Periods => "/periods".to_owned(),
            Self::Period(id) => format!("/periods/{id}"),
            Self::Regime(id) => format!("/regimes/{id}"),
            Self::NewRegime => "/regimes/new".to_owned(),
            Self::EditRegime(id) => format!("/regimes/{id}/edit"),
            Self::WhatIf(None) => "/what-if".to_owned(),
            Self::WhatIf(Some(id)) => format!("/what-if/{id}"),
            Self::WhatIfDraft(None) => "/what-if/draft".to_owned(),
            Self::WhatIfDraft(Some(id)) => format!("/what-if/draft/{id}"),
            Self::Lateness => "/lateness".to_owned(),
            Self::Ledger => "/ledger".to_owned(),
            Self::OwnEntries => "/ledger/own".to_owned(),
            Self::Fund => "/ledger/fund".to_owned(),
            Self::Payroll => "/payroll".to_owned(),
            Self::OwnSlips => "/payroll/own".to_owned(),
            Self::Lists => "/lists".to_owned(),
            Self::Search => "/search".to_owned(),
            Self::Sync => "/sync-centre".to_owned(),
            Self::Administration => "/administration".to_owned(),
            Self::Me => "/me".to_owned(),
        }
    }

    /// The place in the navigation under which this screen stands.
    pub(crate) const fn section(self) -> Self {
        match self {
            Self::Plans
            | Self::Plan(_)
            | Self::Result(_)
            | Self::PlanForm(_)
            | Self::ResultForm(_)
            | Self::Forms
            | Self::Import => Self::Plans,
            Self::Reports | Self::Report(..) => Self::Reports,
            Self::Review | Self::Judging(_) | Self::Meeting(_) | Self::Lateness | Self::Ledger => {
                Self::Review
            }
            Self::Organisation
            | Self::Unit(_)
            | Self::Invitations(_)
            | Self::Person(_)
            | Self::Absences
            | Self::Calendars
            | Self::Periods
            | Self::Period(_)
            | Self::Regime(_)
            | Self::NewRegime
            | Self::EditRegime(_)
            | Self::WhatIf(_)
            | Self::WhatIfDraft(_) => Self::Organisation,
            Self::Administration
            | Self::OwnEntries
            | Self::Fund
            | Self::Payroll
            | Self::OwnSlips
            | Self::Lists => Self::Me,
            other => other,
        }
    }
}

fn read<T: FromStr>(text: &str, then: fn(T) -> Route) -> Route {
    text.parse().map_or(Route::NotFound, then)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_reads_as_what_wrote_it() {
        let plan = PlanId::from_bits(7);
        let item = ItemId::from_bits(9);
        let routes = [
            Route::Home,
            Route::Plans,
            Route::Plan(plan),
            Route::Reports,
            Route::Report(plan, item),
            Route::Review,
            Route::Judging(plan),
            Route::Result(plan),
            Route::PlanForm(plan),
            Route::ResultForm(plan),
            Route::Forms,
            Route::Meeting(plan),
            Route::Import,
            Route::Organisation,
            Route::Unit(UnitId::from_bits(1)),
            Route::Invitations(UnitId::from_bits(1)),
            Route::Person(PersonId::from_bits(2)),
            Route::Absences,
            Route::Calendars,
            Route::Periods,
            Route::Period(PeriodId::from_bits(3)),
            Route::Regime(RegimeId::from_bits(4)),
            Route::NewRegime,
            Route::EditRegime(RegimeId::from_bits(4)),
            Route::WhatIf(None),
            Route::WhatIf(Some(RegimeId::from_bits(4))),
            Route::WhatIfDraft(None),
            Route::WhatIfDraft(Some(RegimeId::from_bits(4))),
            Route::Lateness,
            Route::Ledger,
            Route::OwnEntries,
            Route::Fund,
            Route::Payroll,
            Route::OwnSlips,
            Route::Lists,
            Route::Search,
            Route::Sync,
            Route::Administration,
            Route::Me,
        ];
        for route in routes {
            assert_eq!(Route::parse(&route.path()), route);
        }
        for wrong in ["/nowhere", "/plans/7", "/plans/7/judging", "/plans/a/b/c/d"] {
            assert_eq!(Route::parse(wrong), Route::NotFound, "{wrong}");
        }
    }
}
