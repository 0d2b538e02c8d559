//! How many people a second are judged, derivations included, as a ratio to a loop written by hand.
//!
//! The work is the same on both sides: a month of ten thousand people with ten items each, judged by
//! a table of efficiency and quality, and of each person the figures and the derivation as compact
//! codes, laid one behind the other in one list. The product interprets the regime as it was
//! adopted; the loop knows this one regime by heart and nothing else. Records must be equal to the
//! last code, or nothing is told. Sides take turns, so that whatever else the machine does meets
//! both; judging uses one core.

use std::io::Write as _;
use std::time::{Duration, Instant};

use clap::Parser;
use shared::period::PeriodKind;
use shared::regime::document::Regime;
use shared::regime::judging::Scoring;
use shared::regime::preset::shelf;
use shared::result::engine_3::{Inputs, Program, Tape, check, compile, person};

#[path = "bench_score/by_hand.rs"]
mod by_hand;
#[path = "bench_score/factory.rs"]
mod factory;
#[path = "bench_score/records.rs"]
mod records;

use by_hand::ByHand;
use records::Records;

/// What ends the measuring.
type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Measures judging.
#[derive(Parser)]
struct Flags {
    /// People who are judged.
    #[arg(long, default_value_t = 10_000)]
    people: usize,
    /// Repetitions of each side.
    #[arg(long, default_value_t = 15)]
    repetitions: usize,
}

fn main() -> Result<(), Failure> {
    let flags = Flags::parse();
    let regime = by_a_table().ok_or("no shipped regime judges a month by a table alone")?;
    let program = compile(&regime, PeriodKind::Month).map_err(|finding| format!("{finding:?}"))?;
    let people = factory::people(&regime, flags.people);
    let by_hand = ByHand::of(&regime).ok_or("the loop does not know this regime")?;
    let mut taken = [const { Vec::new() }; 4];
    for _ in 0..flags.repetitions {
        let (product, judging) = timed(|| interpreted(&program, &people));
        let product = product?;
        let (loops, hand) = timed(|| by_hand.all(&people));
        if product != loops {
            return Err(differs(&product, &loops).into());
        }
        let (checked, checking) = timed(|| re_added(&product));
        checked.map_err(|person| format!("the derivation of person {person} does not re-add"))?;
        let (digested, digesting) = timed(|| people.iter().map(Inputs::digest).count());
        if digested != people.len() {
            return Err("not everybody was digested".into());
        }
        for (taken, one) in taken.iter_mut().zip([judging, hand, checking, digesting]) {
            taken.push(one);
        }
    }
    let [judging, hand, checking, digesting] = taken.map(middle);
    told(&people, &interpreted(&program, &people)?, judging)?;
    let mut out = std::io::stdout().lock();
    let ratio = judging.as_secs_f64() / hand.as_secs_f64();
    writeln!(
        out,
        "BENCH {ratio:>9.2} x the time of a loop written by hand (goal: at most 3)"
    )?;
    for (what, taken) in [
        ("running the derivations alone again", checking),
        ("digesting the facts, which sealing does", digesting),
    ] {
        let each = taken.as_secs_f64() * 1e6 / real(people.len());
        writeln!(out, "BENCH {each:>9.2} us a person: {what}")?;
    }
    Ok(())
}

/// The first shipped regime that judges a month by a table.
fn by_a_table() -> Option<Regime> {
    let shipped = shelf::all().into_iter().map(|preset| preset.regime);
    shipped.into_iter().find(|regime| {
        let methods = &regime.judging.methods;
        let table =
            matches!(methods.as_slice(), [one] if matches!(one.scoring, Scoring::Matrix { .. }));
        table && regime.cycle(PeriodKind::Month).is_some()
    })
}

fn interpreted(program: &Program, people: &[Inputs]) -> Result<Records, Failure> {
    let mut records = Records::for_people(people.len());
    let mut tape = Tape::default();
    for inputs in people {
        let figures = person(program, inputs, &mut tape).map_err(|why| format!("{why:?}"))?;
        records.add(&figures, &tape.nodes);
    }
    Ok(records)
}

/// Runs every derivation alone; the number of the first person whose figures come out otherwise.
fn re_added(records: &Records) -> Result<(), usize> {
    let each = (0..).zip(records.iter());
    for (nth, (figures, nodes)) in each {
        if check(nodes) != Ok(*figures) {
            return Err(nth);
        }
    }
    Ok(())
}

fn differs(product: &Records, by_hand: &Records) -> String {
    let pairs = product.iter().zip(by_hand.iter());
    let first = (0..).zip(pairs).find(|(_, (one, other))| one != other);
    let (nth, (one, other)): (usize, _) = match first {
        Some(found) => found,
        None => return "one side judged more people than the other".to_owned(),
    };
    format!("person {nth} is judged otherwise:\n{one:?}\n{other:?}")
}

fn told(people: &[Inputs], records: &Records, judging: Duration) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    let heads = real(people.len());
    let rate = heads / judging.as_secs_f64();
    let each = judging.as_secs_f64() * 1e6 / heads;
    writeln!(
        out,
        "BENCH {rate:>9.0} people a second on one core, {each:.2} us each (goal: at least 100000)"
    )?;
    let codes = real(records.nodes.len()) / heads;
    writeln!(out, "BENCH {codes:>9.1} codes in a derivation of ten items")?;
    Ok(())
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let begin = Instant::now();
    let done = work();
    (done, begin.elapsed())
}

fn real(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

fn middle(mut taken: Vec<Duration>) -> Duration {
    taken.sort_unstable();
    taken.get(taken.len() / 2).copied().unwrap_or_default()
}
