//! Who sees what, checked over every pulled byte by a second implementation of the rule.
//!
//! The rule is written here from the specification's sentences, over the rows as they lie in the
//! database, and shares no code with the policy that the server runs. It is checked in both
//! directions: nothing hidden is sent, and nothing visible is missing.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::StatusCode;
use serde_json::Value;
use shared::command::Command;
use shared::command::ledger::{AdoptTariffs, ProposeEntry};
use shared::id::{EntryId, PlanId, RegimeId};
use shared::ledger::sheet::shipped;
use sqlx::Row as _;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool};

use crate::routes::attachment::photo;
use crate::server::{Device, TestServer};

/// The kinds of rows that everybody may see.
const ORGANISATION: [&str; 13] = [
    "company",
    "unit",
    "person",
    "assignment",
    "reporting_line",
    "appointment",
    "regime",
    "period",
    "work_calendar",
    "calendar_use",
    "holiday_notice",
    "absence",
    "tariff_sheet",
];

/// The version of a tariff sheet that the month adopts.
const SHEET: RegimeId = RegimeId::from_bits(0x5ee7);

/// All rows of the installation, each once.
struct Everything {
    rows: Vec<(String, Value)>,
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

impl Everything {
    async fn read(server: &TestServer) -> Self {
        let file = server.folder.path().join("data/jihe.db");
        let options = SqliteConnectOptions::new().filename(file).read_only(true);
        let pool = SqlitePool::connect_with(options).await.unwrap();
        let found = sqlx::query("SELECT DISTINCT body FROM row WHERE body <> ''");
        let found = found.fetch_all(&pool).await.unwrap();
        let rows = found.iter().map(|row| {
            let body: String = row.get("body");
            let value = serde_json::from_str(&body).unwrap();
            (body, value)
        });
        Self {
            rows: rows.collect(),
        }
    }

    fn of_kind<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a Value> {
        let rows = self.rows.iter().map(|(_, row)| row);
        rows.filter(move |row| row["kind"] == kind)
            .map(|row| &row["row"])
    }

    fn one<'a>(&'a self, kind: &'a str, id: &Value) -> &'a Value {
        self.of_kind(kind).find(|row| row["id"] == *id).unwrap()
    }

    fn works_in(&self, person: &str, unit: &Value) -> bool {
        self.of_kind("assignment")
            .any(|a| a["person"] == person && a["unit"] == *unit)
    }

    fn head(&self, unit: &Value) -> Option<&str> {
        let mut heads = self.of_kind("assignment").filter(|a| a["heads"] == true);
        heads
            .find(|a| a["unit"] == *unit)
            .map(|a| text(&a["person"]))
    }

    /// The nearest head above who is somebody else; the demo factory has no reporting lines.
    fn superior(&self, person: &str, unit: &Value) -> Option<&str> {
        let mut unit = unit;
        loop {
            match self.head(unit) {
                Some(head) if head != person => return Some(head),
                _ => unit = &self.one("unit", unit)["parent"],
            }
            if unit.is_null() {
                return None;
            }
        }
    }

    fn superiors_of(&self, person: &str) -> BTreeSet<&str> {
        let posts = self.of_kind("assignment").filter(|a| a["person"] == person);
        posts
            .filter_map(|a| self.superior(person, &a["unit"]))
            .collect()
    }

    fn in_plan_office(&self, person: &str) -> bool {
        self.holds(person, "plan_office")
    }

    fn holds(&self, person: &str, office: &str) -> bool {
        let mut offices = self
            .of_kind("appointment")
            .filter(|a| a["person"] == person);
        offices.any(|a| a["office"] == office)
    }

    /// Leads the unit, or is the direct or the indirect superior of whoever does.
    fn is_above(&self, person: &str, unit: &Value) -> bool {
        let Some(head) = self.head(unit) else {
            return false;
        };
        let direct = self.superior(head, unit);
        let indirect = direct
            .map(|direct| self.superiors_of(direct))
            .unwrap_or_default();
        head == person || direct == Some(person) || indirect.contains(person)
    }

    /// Self: one's own. Superiors: direct and indirect. Colleagues of the unit: the unit's plan.
    /// Plan office: all.
    fn sees_plan(&self, person: &str, plan: &Value) -> bool {
        let colleague = plan["scope"] == "unit" && self.works_in(person, &plan["unit"]);
        // A member's own judge may be somebody who does not lead the unit.
        let member = plan["scope"] == "personal" && !plan["judge"].is_null();
        plan["owner"] == person
            || colleague
            || (member && self.sees_judging(person, &plan["judge"]))
            || self.is_above(person, &plan["unit"])
            || self.in_plan_office(person)
    }

    /// Colleagues see the items on which their unit helps, and never scores.
    fn sees_item(&self, person: &str, item: &Value) -> bool {
        self.sees_plan(person, self.one("plan", &item["plan"]))
            || item["responsible"] == person
            || self.helps(person, item)
    }

    fn helps(&self, person: &str, item: &Value) -> bool {
        // One is written by itself, several as a list.
        let helper = &item["helper"];
        let mut units = helper.as_array().into_iter().flatten().chain([helper]);
        units.any(|unit| self.works_in(person, unit))
    }

    /// A score belongs to its rater and its judge; above them, to the judge's superior.
    fn sees_judging(&self, person: &str, judge: &Value) -> bool {
        *judge == person
            || self.superiors_of(text(judge)).contains(person)
            || self.in_plan_office(person)
    }

    fn sees(&self, person: &str, row: &Value) -> bool {
        let content = &row["row"];
        match text(&row["kind"]) {
            "plan" => self.sees_plan(person, content),
            "item" => self.sees_item(person, content),
            "report" => {
                let item = self.one("item", &content["item"]);
                let helps = self.helps(person, item);
                let plan = self.one("plan", &content["plan"]);
                content["by"] == person || helps || self.sees_plan(person, plan)
            }
            "evidence" => {
                let item = self.one("item", &content["item"]);
                content["by"] == person || self.sees_item(person, item)
            }
            "self_score" => content["by"] == person || self.sees_judging(person, &content["judge"]),
            "superior_score" | "superior_score_by" => self.sees_judging(person, &content["judge"]),
            "result" => content["owner"] == person || self.sees_judging(person, &content["by"]),
            // What follows a publication is between the person and who judged and published.
            "delivery" | "answer" | "sealed_result" => {
                let plan = self.one("plan", &content["plan"]);
                let mut results = self.of_kind("result").map(|result| &result["by"]);
                // One version each in this month.
                let by = results.next().expect("a result was published");
                plan["owner"] == person || self.sees_judging(person, by)
            }
            // A deduction by name: the person, who proposed it, who keeps the ledger, who judges.
            "ledger_entry" => {
                let unit = &content["unit"];
                let head = self.head(unit);
                let over = head.and_then(|head| self.superior(head, unit));
                content["person"] == person
                    || content["proposed"]["by"] == person
                    || head == Some(person)
                    || over == Some(person)
                    || self.in_plan_office(person)
                    || self.holds(person, "payroll")
                    || self.sees_judging(person, &content["judge"])
            }
            // Pay by name: the person and payroll; coefficients, wages and batches payroll alone.
            "pay_base" | "pay_slip" => content["person"] == person || self.holds(person, "payroll"),
            "payable" | "minimum_wage" | "pay_batch" => self.holds(person, "payroll"),
            // How a plan came to be agreed is seen with the plan.
            "baseline" | "change_request" => {
                self.sees_plan(person, self.one("plan", &content["plan"]))
            }
            kind if ORGANISATION.contains(&kind) => true,
            kind => panic!("the test says who sees a {kind}"),
        }
    }
}

impl Device<'_> {
    /// Adopts the tariffs about service that are shipped.
    pub(crate) async fn adopts_tariffs(&self, id: u128) {
        let sheets = shipped().into_iter();
        let mut with_fund = sheets.filter(|sheet| sheet.fund.is_some());
        let adopt = AdoptTariffs {
            id: SHEET,
            sheet: Box::new(with_fund.next().unwrap()),
        };
        Self::applied(&self.does(id, Command::AdoptTariffs(adopt)).await);
    }

    /// Proposes an entry about somebody who answers to this person.
    pub(crate) async fn enters(&self, id: u128, login: &str, server: &TestServer) {
        let person = server.sign_in(login, "jihe-demo").await.person;
        let world = self.world().await;
        let organisation = world.organisation();
        let mut posts = organisation.assignments.values();
        let unit = posts.find(|post| post.person == person).unwrap().unit;
        let period = *organisation.periods.keys().next().unwrap();
        let tariffs = &organisation.sheets[&SHEET].sheet.tariffs;
        let propose = ProposeEntry {
            entry: EntryId::from_bits(id),
            sheet: SHEET,
            tariff: tariffs[0].key.clone(),
            person,
            about: None,
            unit,
            period,
            plan: None,
            item: None,
            happened: organisation.periods[&period].from,
            facts: format!("only for who may know, {id}"),
            evidence: Vec::new(),
            count: 1,
            points: None,
            money: None,
        };
        let propose = Command::ProposeEntry(Box::new(propose));
        Self::applied(&self.does(id, propose).await);
    }

    /// Attaches a photo to the first item of a plan and hands it in.
    async fn shows(&self, id: u128, plan: PlanId) {
        let world = self.world().await;
        let document = world.document(plan).unwrap();
        let item = document.items_in_order()[0].id;
        let bytes = photo(100, u8::try_from(id % 251).unwrap());
        self.attaches(id, (plan, item), &bytes).await;
        assert_eq!(self.hands_in(&bytes).await.status, StatusCode::NO_CONTENT);
    }
}

/// One plan sealed, one judged and not published, one submitted, the others drafts; two entries of
/// the ledger.
async fn month(server: &TestServer) -> BTreeMap<String, String> {
    let general_manager = server.sign_in("chenguodong", "jihe-demo").await;
    let production = server.sign_in("zhangjianjun", "jihe-demo").await;
    let quality = server.sign_in("wangxiulan", "jihe-demo").await;
    let injection = server.sign_in("huangdaqiang", "jihe-demo").await;
    let published = production.submits(100).await;
    general_manager.approves(110, published).await;
    production.reports(120, "production").await;
    production.shows(500, published).await;
    general_manager.judges(150, published, "production").await;
    general_manager.publishes(190, published).await;
    let judged = injection.submits(200).await;
    production.approves(210, judged).await;
    injection.reports(220, "injection").await;
    injection.shows(510, judged).await;
    production.judges(250, judged, "injection").await;
    injection.asks_change(260, "injection").await;
    production.signs(270).await;
    let office = server.sign_in("linxiaoyun", "jihe-demo").await;
    office.seals(280, published).await;
    quality.submits(300).await;
    let material = server.sign_in("heliping", "jihe-demo").await;
    let member = server.sign_in("xuhaitao", "jihe-demo").await;
    member.drafts_own(400, "personal").await;
    let personal = member.submits(410).await;
    material.approves(420, personal).await;
    member.reports(430, "personal").await;
    member.shows(520, personal).await;
    material.shows(530, personal).await;
    material.judges(450, personal, "personal").await;
    office.adopts_tariffs(600).await;
    quality.enters(610, "songjiaming", server).await;
    production.enters(620, "huangdaqiang", server).await;
    let organisation = server.state.sync.organisation().await.unwrap();
    let people = organisation.people.values();
    people
        .map(|person| (person.id.to_string(), person.name.clone()))
        .collect()
}

#[tokio::test]
async fn every_pulled_byte_is_one_that_the_person_may_see() {
    let server = TestServer::demo().await;
    let people = month(&server).await;
    let everything = Everything::read(&server).await;
    let kinds: BTreeSet<_> = everything
        .rows
        .iter()
        .map(|(_, row)| text(&row["kind"]))
        .collect();
    for kind in [
        "plan",
        "item",
        "report",
        "evidence",
        "self_score",
        "superior_score_by",
        "baseline",
        "change_request",
        "result",
        "delivery",
        "answer",
        "sealed_result",
        "ledger_entry",
        "tariff_sheet",
    ] {
        assert!(kinds.contains(kind), "the month makes a {kind}");
    }
    let (mut hidden, mut shown) = (0, 0);
    for account in people.keys() {
        let device = server.device_of(account.parse().unwrap()).await;
        let reply = device.pull_reply().await;
        let bytes = String::from_utf8(reply.bytes.clone()).unwrap();
        let pulled = reply.json();
        let rows = pulled["parts"].as_array().unwrap().iter().flat_map(|part| {
            part["rows"]
                .as_array()
                .unwrap()
                .iter()
                .map(|row| &row["row"])
        });
        let pulled: BTreeSet<String> = rows.map(ToString::to_string).collect();
        for (body, row) in &everything.rows {
            let sees = everything.sees(account, row);
            let who = &people[account];
            assert_eq!(pulled.contains(&row.to_string()), sees, "{who}: {body}");
            assert!(sees || !bytes.contains(body.as_str()), "{who}: {body}");
            *(if sees { &mut shown } else { &mut hidden }) += 1;
        }
        let known: BTreeSet<String> = everything
            .rows
            .iter()
            .map(|(_, row)| row.to_string())
            .collect();
        assert!(pulled.is_subset(&known), "nothing is sent that is not kept");
    }
    assert!(
        hidden > 100 && shown > 100,
        "{hidden} hidden, {shown} shown"
    );
}

#[tokio::test]
async fn the_bytes_of_evidence_reach_exactly_who_may_see_its_row() {
    let server = TestServer::demo().await;
    let people = month(&server).await;
    let everything = Everything::read(&server).await;
    let rows = everything.rows.iter().map(|(_, row)| row);
    let evidence: Vec<_> = rows.filter(|row| row["kind"] == "evidence").collect();
    assert_eq!(evidence.len(), 4);
    let (mut hidden, mut shown) = (0, 0);
    for account in people.keys() {
        let device = server.device_of(account.parse().unwrap()).await;
        for row in &evidence {
            let content = &row["row"];
            let id = |name: &str| text(&content[name]).to_owned();
            let hash = id("hash").parse().unwrap();
            let (plan, evidence) = (id("plan").parse().unwrap(), id("id").parse().unwrap());
            let reply = device.reads(hash, plan, evidence).await;
            let sees = everything.sees(account, row);
            assert_eq!(
                reply.status == StatusCode::OK,
                sees,
                "{}: {row}",
                people[account]
            );
            assert!(sees || reply.status == StatusCode::NOT_FOUND);
            *(if sees { &mut shown } else { &mut hidden }) += 1;
        }
    }
    assert!(hidden > 10 && shown > 10, "{hidden} hidden, {shown} shown");
}

#[tokio::test]
async fn a_score_that_is_not_published_reaches_nobody_below_the_judge() {
    let server = TestServer::demo().await;
    month(&server).await;
    for login in [
        "huangdaqiang",
        "wangxiulan",
        "songjiaming",
        "raomin",
        "zhouwenbo",
    ] {
        let device = server.sign_in(login, "jihe-demo").await;
        let bytes = String::from_utf8(device.pull_reply().await.bytes).unwrap();
        assert!(
            !bytes.contains("injection: scored by the superior"),
            "{login}"
        );
        assert!(
            !bytes.contains("production: scored by the superior"),
            "{login}"
        );
        let own = login == "huangdaqiang";
        assert_eq!(
            bytes.contains("injection: scored by oneself"),
            own,
            "{login}"
        );
    }
}
