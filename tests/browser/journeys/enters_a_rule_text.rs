//! A clerk of the plan office enters a written rule text on the screen, "A + B + C - D", tries it on
//! an example person, and adopts it. No file is read, and no line of the program knows the text.
//!
//! The text: A, 10 points: format error -1 each, key task left out -2 each, handed in late -2 a day,
//! not below 0. B, 50: for each 10 % below 90 % on time, or part of it, -5. C, 40: item scores by
//! the sum of importance; an item loses 0.5 a day late and what the judge takes off for quality, an
//! unfinished one scores 0. D: each justified complaint -5 to -10, chosen by the judge.

use crate::colleague::Colleague;
use crate::person::{Device, Person};
use crate::server::Server;
use crate::story::somebody;

const NAME: &str = "月度考核 A+B+C−D";
const LIST: &str = "/cycles/0/total/parts/list";
const METHOD: &str = "/judging/methods/0";

/// The clerk at the editor.
struct Clerk(Person);

impl Clerk {
    /// Runs a script on the first element of a place, with what stands around it opened.
    fn on(&self, at: &str, script: &str) {
        let done = self.0.eval(&format!(
            "(() => {{
                const it = document.querySelector('[data-place=\"{at}\"]');
                if (!it) return false;
                for (let up = it; up; up = up.parentElement)
                    if (up.tagName === 'DETAILS') up.open = true;
                const own = it.querySelector(':scope > details');
                if (own) own.open = true;
                {script}
                return true;
            }})()"
        ));
        assert_eq!(done, true, "{at} is not on the screen");
    }

    fn turns_to(&self, block: &str) {
        self.0.tap(&format!("[data-block={block}]"));
        self.0.wait_for(&format!(
            "document.querySelector('[data-block={block}][aria-current]') !== null"
        ));
    }

    fn fills(&self, at: &str, text: &str) {
        self.on(at, "");
        self.0.fill_in(&format!("[data-place='{at}'] input"), text);
    }

    fn picks(&self, at: &str, choice: &str) {
        self.on(
            at,
            &format!(
                "const list = it.querySelector('select');
                 list.value = '{choice}';
                 if (list.value !== '{choice}') throw new Error('no choice {choice} at {at}');
                 list.dispatchEvent(new Event('change', {{ bubbles: true }}));"
            ),
        );
    }

    /// Adds an entry to a list, and waits until it is there.
    fn adds(&self, at: &str, nth: usize) {
        self.on(
            at,
            "it.querySelector(':scope > [data-act=rules-add]').click();",
        );
        self.sees(&format!("{at}/{nth}"));
    }

    fn sees(&self, at: &str) {
        self.0.wait_for(&format!(
            "document.querySelector('[data-place=\"{at}\"]') !== null"
        ));
    }

    /// Says something that is left out at first, by what it is called.
    fn says(&self, at: &str, called: &str, then: &str) {
        self.on(
            at,
            &format!(
                "[...it.querySelectorAll('[data-act=rules-say]')]
                    .find((one) => one.innerText.trim() === '{called}').click();"
            ),
        );
        self.sees(then);
    }

    fn ticks(&self, at: &str, called: &str) {
        self.on(
            at,
            &format!(
                "[...it.querySelectorAll('label.tick')]
                    .find((one) => one.innerText.trim().startsWith('{called}')).click();"
            ),
        );
    }

    /// Charges a fixed number of points for something.
    fn charges(&self, list: &str, nth: usize, name: &str) -> String {
        self.adds(list, nth);
        let at = format!("{list}/{nth}");
        self.fills(&format!("{at}/name/zh"), name);
        at
    }

    fn costs(&self, charge: &str, points: &str) {
        let amount = format!("{charge}/amount");
        self.says(charge, "每次扣", &amount);
        self.fills(&format!("{amount}/fixed"), points);
    }

    fn example(&self, field: &str, value: &str) {
        let place = format!("[data-example='{field}']");
        self.0.fill_in(&format!("{place} input"), value);
    }
}

#[test]
fn a_clerk_enters_a_rule_text_and_adopts_it() {
    let server = Server::start_with_the_demo();
    let clerk = Clerk(somebody("linxiaoyun", Device::Desk, &server));
    clerk.0.goes_to("/regimes/new");
    clerk.sees("/name/zh");
    clerk.fills("/name/zh", NAME);
    weighs(&clerk);
    lists_what_entries_cost(&clerk);
    says_how_items_are_judged(&clerk);
    builds_the_total(&clerk);
    let left = clerk.0.text_of("[data-part=form]");
    clerk
        .0
        .wait_for("document.querySelector('[data-list=findings]') === null");
    tries_it_out(&clerk);
    clerk.0.act("rules-adopt");
    clerk.0.wait_for("location.pathname === '/periods'");
    clerk.0.sees(NAME);
    clerk.0.has_no_complaint();
    let world = Colleague::signs_in("zhouwenbo", &server).world();
    let mut regimes = world.organisation().regimes.values();
    let adopted = regimes.find(|version| version.regime().name.zh == NAME);
    let adopted = adopted.unwrap_or_else(|| panic!("nobody received it; the form: {left}"));
    assert_eq!(adopted.document.findings(), []);
}

fn weighs(clerk: &Clerk) {
    clerk.turns_to("cycles");
    clerk.picks("/cycles/0/weights/per", "free");
    let importance = "/cycles/0/weights/importance";
    clerk.says("/cycles/0/weights", "重要性系数", importance);
    clerk.fills(&format!("{importance}/typed/least"), "0.1");
    clerk.fills(&format!("{importance}/typed/most"), "10");
}

fn lists_what_entries_cost(clerk: &Clerk) {
    clerk.turns_to("tariffs");
    let rows = [
        ("格式错误", "A", Some("1")),
        ("漏报重点工作", "A", Some("2")),
        ("有效外部投诉", "D", None),
    ];
    for (nth, (name, clause, points)) in rows.into_iter().enumerate() {
        clerk.adds("/tariffs", nth);
        let at = format!("/tariffs/{nth}");
        clerk.fills(&format!("{at}/name/zh"), name);
        clerk.fills(&format!("{at}/clause"), clause);
        let amount = format!("{at}/points");
        clerk.says(&at, "扣分（奖励为加分）", &amount);
        if let Some(points) = points {
            clerk.fills(&format!("{amount}/fixed"), points);
        } else {
            clerk.picks(&amount, "range");
            clerk.sees(&format!("{amount}/range/least"));
            clerk.fills(&format!("{amount}/range/least"), "5");
            clerk.fills(&format!("{amount}/range/most"), "10");
        }
        clerk.ticks(&format!("{at}/confirmed_by"), "直接上级");
        clerk.fills(&format!("{at}/answer_days"), "3");
    }
}

fn says_how_items_are_judged(clerk: &Clerk) {
    clerk.turns_to("judging");
    clerk.picks(&format!("{METHOD}/scoring"), "whole");
    let charges = format!("{METHOD}/charges");
    let late = clerk.charges(&charges, 0, "逾期");
    clerk.picks(&format!("{late}/counted"), "days_late");
    clerk.costs(&late, "0.5");
    let quality = clerk.charges(&charges, 1, "质量扣分");
    clerk.picks(&format!("{quality}/counted"), "typed");
    let amount = format!("{quality}/amount");
    clerk.says(&quality, "每次扣", &amount);
    clerk.picks(&amount, "range");
    clerk.sees(&format!("{amount}/range/most"));
    clerk.fills(&format!("{amount}/range/most"), "10");
}

fn builds_the_total(clerk: &Clerk) {
    clerk.turns_to("total");
    let names = ["A 计划编制", "B 按时完成率", "C 完成质量", "D 外部投诉"];
    for (nth, name) in names.into_iter().enumerate() {
        clerk.adds(LIST, nth);
        clerk.fills(&format!("{LIST}/{nth}/name/zh"), name);
    }
    for (nth, points) in ["10", "50", "40"].into_iter().enumerate() {
        let part = format!("{LIST}/{nth}");
        let total = format!("{part}/total");
        clerk.says(&part, "满分", &total);
        clerk.fills(&total, points);
        let empty = if nth == 2 { "blocks" } else { "counts_full" };
        clerk.picks(&format!("{part}/empty"), empty);
    }
    let charges = |nth: usize| format!("{LIST}/{nth}/source/charges/charges");
    // A: two kinds of entries, and each day that the plan is handed in late.
    for (nth, (name, tariff)) in [("格式错误", "tariff-1"), ("漏项", "tariff-2")]
        .into_iter()
        .enumerate()
    {
        let charge = clerk.charges(&charges(0), nth, name);
        clerk.picks(&format!("{charge}/counted/entries/tariff"), tariff);
    }
    let late = clerk.charges(&charges(0), 2, "迟交");
    clerk.picks(&format!("{late}/counted"), "days_late");
    let of = format!("{late}/counted/days_late/of");
    clerk.sees(&of);
    clerk.picks(&of, "step");
    clerk.costs(&late, "2");
    // B: steps of 10 % below 90 %, a begun one whole.
    let rate = clerk.charges(&charges(1), 0, "完成率不足");
    clerk.picks(&format!("{rate}/counted"), "steps_short");
    let steps = format!("{rate}/counted/steps_short");
    clerk.sees(&format!("{steps}/target"));
    clerk.fills(&format!("{steps}/target"), "90");
    clerk.fills(&format!("{steps}/each/size"), "10");
    clerk.ticks(&format!("{steps}/each/started"), "不足一档");
    clerk.costs(&rate, "5");
    // C: all items by their importance, scaled to 40.
    let items = format!("{LIST}/2/source/items");
    clerk.picks(&format!("{LIST}/2/source"), "items");
    clerk.sees(&format!("{items}/groups"));
    clerk.adds(&format!("{items}/groups"), 0);
    clerk.picks(&format!("{items}/groups/0/method"), "item");
    clerk.picks(&format!("{items}/full"), "importance");
    clerk.picks(&format!("{items}/pool"), "scaled");
    // D: complaints, taken off.
    clerk.ticks(&format!("{LIST}/3/minus"), "从总分里扣减");
    clerk.picks(&format!("{LIST}/3/source/charges/from"), "nothing");
    let complaint = clerk.charges(&charges(3), 0, "有效投诉");
    clerk.picks(&format!("{complaint}/counted/entries/tariff"), "tariff-3");
}

/// By hand: A = 10 - 1 - 2 = 7. B: 86 % is 4 short, one step: 45. C: 1.5 - 2 x 0.5 = 0.5, 1.0 - 0.2
/// = 0.8, the third not carried out: 1.3 of 3.0, x 40 = 17.33. D: 6. Together 63.33.
fn tries_it_out(clerk: &Clerk) {
    clerk.example("entry/0", "1");
    clerk.example("step/0", "1");
    clerk.example("measure/0", "86");
    clerk.example("item/0/late", "2");
    clerk.example("item/1/off/1", "0.2");
    clerk.example("entry/2", "1");
    clerk.example("entry-points/2", "6");
    clerk.0.eval(
        "(() => {
            const list = document.querySelector('[data-example=\"item/2/undone\"] select');
            list.value = '1';
            list.dispatchEvent(new Event('change', { bubbles: true }));
        })()",
    );
    clerk.0.wait_for(
        "document.querySelector('[data-part=preview-result]')?.innerText.includes('63.33') === true",
    );
}
