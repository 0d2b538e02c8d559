//! Makes the table of pinyin initials by which the app searches, from readings that other people
//! keep: a package of the Python registry, whose data come from the Unicode Han database.
//!
//! Its result stands in the repository, so that a build needs neither Python nor a network.

use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};

use anyhow::{Context, bail};

use crate::{python, tools};

/// The readings. Its licence is MIT, as docs/sources.md says.
const PACKAGE: &str = "pypinyin==0.55.0";

/// Where the table stands, below the repository.
pub(crate) const TABLE: &str = "app/data/pinyin.bin";

/// Prints each common ideograph and the letters with which its readings begin, tones taken away.
const PRINT: &str = "
import unicodedata
from pypinyin.pinyin_dict import pinyin_dict
for character in range(0x4e00, 0xa000):
    letters = set()
    for reading in pinyin_dict.get(character, '').split(','):
        plain = unicodedata.normalize('NFD', reading.strip())
        if plain and plain[0].isalpha():
            letters.add(plain[0].lower())
    if letters:
        print('%x %s' % (character, ''.join(sorted(letters))))
";

/// Writes the table anew.
pub(crate) fn write() -> anyhow::Result<()> {
    let mut python = Command::new(python::with(PACKAGE)?);
    let readings = tools::output(python.args(["-c", PRINT]))?;
    let mut example = tools::cargo();
    example.args([
        "run",
        "--quiet",
        "-p",
        "shared",
        "--example",
        "pinyin_initials",
    ]);
    let mut writer = example
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("cannot run the example that writes the table")?;
    let mut input = writer.stdin.take().context("the example takes no input")?;
    input.write_all(readings.as_bytes())?;
    drop(input);
    let written = writer.wait_with_output()?;
    if !written.status.success() {
        bail!("The example did not write the table.");
    }
    let file = tools::root().join(TABLE);
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(&file, &written.stdout)
        .with_context(|| format!("cannot write {}", file.display()))?;
    eprintln!(
        "{TABLE}: {} characters of {PACKAGE}, {} bytes.",
        readings.lines().count(),
        written.stdout.len()
    );
    Ok(())
}
