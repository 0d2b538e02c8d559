//! How many commands a second the server takes, as a ratio to raw SQLite.
//!
//! The work is the same on both sides: ten thousand progress reports of one person, made offline,
//! on ten thousand items in a thousand plans of twenty units. The product checks rules, rights,
//! order and idempotency, and keeps log and hash chain; the raw side runs the very statements that
//! the product ran, in the same batches, with the same flush. Sides take turns, so that whatever
//! else the machine does meets both.

use std::io::Write as _;
use std::path::PathBuf;
use std::time::Duration;

use clap::Parser;

#[path = "bench_push/factory.rs"]
mod factory;
#[path = "bench_push/product.rs"]
mod product;
#[path = "bench_push/quiet.rs"]
mod quiet;
#[path = "bench_push/raw.rs"]
mod raw;
#[path = "bench_push/recorder.rs"]
mod recorder;

use factory::Factory;
use quiet::Quiet;

/// What ends the measuring.
type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Measures pushes against raw SQLite.
#[derive(Parser)]
struct Flags {
    /// Reports per repetition; a multiple of 1000.
    #[arg(long, default_value_t = 10_000)]
    edits: usize,
    /// Repetitions of each side.
    #[arg(long, default_value_t = 5)]
    repetitions: usize,
    /// Measures only the ways whose name contains this.
    #[arg(long, default_value = "")]
    only: String,
    /// Where the databases lie while measuring; the disk under it is what is measured.
    #[arg(long)]
    folder: Option<PathBuf>,
}

/// One way in which the same commands arrive.
struct Mode {
    name: &'static str,
    /// Commands that share a commit on the raw side.
    batch: usize,
    way: Way,
}

/// How the product is driven.
#[derive(Clone, Copy)]
enum Way {
    /// The core alone.
    Core,
    /// The whole router in process, by so many devices at once, each push holding so many.
    Router { devices: usize, held: usize },
}

const MODES: [Mode; 6] = [
    Mode {
        name: "core, one by one",
        batch: 1,
        way: Way::Core,
    },
    Mode {
        name: "core, x100",
        batch: 100,
        way: Way::Core,
    },
    Mode {
        name: "core, x1000",
        batch: 1000,
        way: Way::Core,
    },
    Mode {
        name: "router, one by one",
        batch: 1,
        way: Way::Router {
            devices: 1,
            held: 1,
        },
    },
    Mode {
        name: "router, 16 devices one by one",
        batch: 1,
        way: Way::Router {
            devices: 16,
            held: 1,
        },
    },
    Mode {
        name: "router, x100",
        batch: 100,
        way: Way::Router {
            devices: 1,
            held: 100,
        },
    },
];

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let flags = Flags::parse();
    let parent = flags.folder.clone().unwrap_or_else(std::env::temp_dir);
    let folder = parent.join(format!("jihe-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let measured = measure(&folder, &flags).await;
    std::fs::remove_dir_all(&folder)?;
    measured
}

async fn measure(folder: &std::path::Path, flags: &Flags) -> Result<(), Failure> {
    let (edits, times) = (flags.edits, flags.repetitions);
    let mut out = std::io::stdout();
    writeln!(
        out,
        "preparing {edits} items in {} plans",
        edits / factory::ITEMS
    )?;
    let factory = Factory::build(folder, edits).await?;
    writeln!(
        out,
        "{:<30} {:>24} {:>24} {:>20}  median (range) of {times}",
        "reports a second", "product", "raw statements", "ratio"
    )?;
    for mode in MODES.iter().filter(|mode| mode.name.contains(&flags.only)) {
        let handed_in = factory.reports(mode.batch).len();
        let recorded = recorder::record(&factory, mode.batch).await?;
        let (mut quiet, mut noisy) = (Vec::new(), Vec::new());
        while quiet.len() < times && noisy.len() < times {
            let machine = Quiet::begin();
            let product = rate(handed_in, product_run(&factory, mode).await?);
            let raw = rate(handed_in, raw::run(&factory, &recorded).await?);
            let kept = if machine.held() {
                &mut quiet
            } else {
                &mut noisy
            };
            kept.push((product, raw));
        }
        let note = match (quiet.len() == times, noisy.len()) {
            (true, 0) => String::new(),
            (true, dropped) => format!("  {dropped} noisy dropped"),
            (false, kept) => format!("  the machine was busy: {kept} noisy kept"),
        };
        if quiet.len() < times {
            quiet.append(&mut noisy);
        }
        let (mut product, mut raw): (Vec<_>, Vec<_>) = quiet.iter().copied().unzip();
        let mut ratio: Vec<_> = quiet.iter().map(|(product, raw)| product / raw).collect();
        let [product, raw, ratio] = [
            show(&mut product, 0),
            show(&mut raw, 0),
            show(&mut ratio, 2),
        ];
        writeln!(
            out,
            "{:<30} {product:>24} {raw:>24} {ratio:>20}{note}",
            mode.name
        )?;
    }
    Ok(())
}

async fn product_run(factory: &Factory, mode: &Mode) -> Result<Duration, Failure> {
    match mode.way {
        Way::Core => product::core(factory, mode.batch).await,
        Way::Router { devices, held } => product::router(factory, devices, held).await,
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "figures for people, far below 2^52"
)]
fn rate(edits: usize, took: Duration) -> f64 {
    edits as f64 / took.as_secs_f64()
}

fn show(figures: &mut [f64], places: usize) -> String {
    figures.sort_by(f64::total_cmp);
    let (least, most) = (figures[0], figures[figures.len() - 1]);
    let median = figures[figures.len() / 2];
    format!("{median:.places$} ({least:.places$}-{most:.places$})")
}
