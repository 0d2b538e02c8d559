//! Addresses: every screen has one, typed, and both directions stand side by side.
//!
//! Addresses hold identities only, never content, so that a shared link shows nothing to those who
//! may not see it. The server answers each of them with the same page.

use shared::id::{ItemId, PlanId};

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
    /// Bringing a sheet in.
    Import,
    /// Units, people, periods.
    Organisation,
    /// Where my work is.
    Sync,
    /// Myself and this device.
    Me,
    /// No such page.
    NotFound,
}

impl Route {
    /// Reads an address.
    pub(crate) fn parse(path: &str) -> Self {
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        let plan = |text: &str, then: fn(PlanId) -> Self| text.parse().map_or(Self::NotFound, then);
        match parts.as_slice() {
            [] | ["index.html"] => Self::Home,
            ["plans"] => Self::Plans,
            ["plans", id] => plan(id, Self::Plan),
            ["plans", id, "judging"] => plan(id, Self::Judging),
            ["plans", id, "result"] => plan(id, Self::Result),
            ["plans", plan, "items", item] => match (plan.parse(), item.parse()) {
                (Ok(plan), Ok(item)) => Self::Report(plan, item),
                _ => Self::NotFound,
            },
            ["reports"] => Self::Reports,
            ["review"] => Self::Review,
            ["import"] => Self::Import,
            ["organisation"] => Self::Organisation,
            ["sync-centre"] => Self::Sync,
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
            Self::Import => "/import".to_owned(),
            Self::Organisation => "/organisation".to_owned(),
            Self::Sync => "/sync-centre".to_owned(),
            Self::Me => "/me".to_owned(),
        }
    }

    /// The place in the navigation under which this screen stands.
    pub(crate) const fn section(self) -> Self {
        match self {
            Self::Plans | Self::Plan(_) | Self::Result(_) | Self::Import => Self::Plans,
            Self::Reports | Self::Report(..) => Self::Reports,
            Self::Review | Self::Judging(_) => Self::Review,
            other => other,
        }
    }
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
            Route::Import,
            Route::Organisation,
            Route::Sync,
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
