//! Puts the documents that are shipped as data into the program: presets and tariff sheets.
//!
//! Each folder lists its documents in `order.txt`, in the order in which a screen offers them, so
//! that no line of the program names one. A document that is not listed stops the build.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let out = env::var_os("OUT_DIR").expect("cargo says where a build may write");
    let root = env::var_os("CARGO_MANIFEST_DIR").expect("cargo says where the package lies");
    for name in ["presets", "tariffs"] {
        let folder = Path::new(&root).join("src/regime").join(name);
        println!("cargo::rerun-if-changed={}", folder.display());
        let list = Path::new(&out).join(format!("{name}.rs"));
        fs::write(list, listed(&folder)?)?;
    }
    Ok(())
}

/// A Rust expression: the texts of the documents of a folder, in the order of its list.
fn listed(folder: &Path) -> io::Result<String> {
    let order = fs::read_to_string(folder.join("order.txt"))?;
    let mut unlisted = BTreeSet::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name();
        let name = name.to_string_lossy();
        unlisted.extend(name.strip_suffix(".json").map(ToOwned::to_owned));
    }
    let mut expression = "&[\n".to_owned();
    for key in order.lines() {
        assert!(unlisted.remove(key), "{key} is listed, but not there");
        let path = folder.join(format!("{key}.json"));
        let path = path
            .to_str()
            .expect("the repository lies at a path that is text");
        writeln!(expression, "    include_str!({path:?}),").expect("a text can be written");
    }
    assert!(unlisted.is_empty(), "not listed: {unlisted:?}");
    expression.push_str("]\n");
    Ok(expression)
}
