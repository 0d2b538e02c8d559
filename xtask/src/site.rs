//! The built site: the folder below `target` that the server serves and a phone keeps.
//!
//! Only what differs is written, so that a file's time tells when it changed and the server's
//! tags stay valid. Every file that compresses has its brotli form beside it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, bail};
use sha2::{Digest, Sha256};
use wasm_bindgen_cli_support::Bindgen;

use crate::{forward, parts, style, tools};

/// What a site is built for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Build {
    /// To be tried at once: built fast.
    Quick,
    /// To be shipped and measured: built small.
    Release,
}

impl Build {
    fn profile(self) -> &'static str {
        match self {
            Self::Quick => "app-quick",
            Self::Release => "app",
        }
    }

    /// Each has a folder of its own, so that trying the app leaves the measured one alone.
    fn folder(self) -> &'static str {
        match self {
            Self::Quick => "site-quick",
            Self::Release => "site",
        }
    }

    fn quality(self) -> i32 {
        match self {
            Self::Quick => 4,
            Self::Release => 11,
        }
    }
}

const SERVICE_WORKER: &str = "service_worker.js";
/// What keeps the picture of Today for the next start.
const GLANCE: &str = "glance.js";
const COMPRESSED: [&str; 8] = [
    "bin",
    "css",
    "html",
    "js",
    "json",
    "svg",
    "wasm",
    "webmanifest",
];

/// The files of a site by their path below it.
type Files = BTreeMap<String, Vec<u8>>;

/// Builds the app and writes the site; returns its folder.
pub(crate) fn build(build: Build) -> anyhow::Result<PathBuf> {
    let program = compile(build)?;
    let mut files = bind(&program, build)?;
    let root = tools::root();
    files.insert(
        "style.css".to_owned(),
        style::join(&root.join("style"))?.into_bytes(),
    );
    for name in [
        "index.html",
        "boot.js",
        "compiler.js",
        GLANCE,
        "manifest.webmanifest",
    ] {
        let file = root.join("app").join(name);
        let content = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        files.insert(name.to_owned(), content);
    }
    prepare_parts(&mut files)?;
    date_pictures(&mut files)?;
    gather(&root.join("app/icons"), "icons/", &mut files)?;
    gather(&root.join("app/data"), "data/", &mut files)?;
    // The published format of regimes, by which the program itself reads them.
    let schema = root.join("shared/src/regime/schema.json");
    let schema = fs::read(&schema).with_context(|| format!("cannot read {}", schema.display()))?;
    files.insert("data/regime.schema.json".to_owned(), schema);
    let template = fs::read_to_string(root.join("app").join(SERVICE_WORKER))
        .context("cannot read app/service_worker.js")?;
    files.insert(
        SERVICE_WORKER.to_owned(),
        service_worker(&template, &files)?.into_bytes(),
    );

    let site = tools::target().join(build.folder());
    write(&site, files, build)?;
    Ok(site)
}

/// Tells what keeps pictures of a screen in which style they are drawn.
fn date_pictures(files: &mut Files) -> anyhow::Result<()> {
    const PLACE: &str = "__STYLE__";
    let style = digest([("style.css", files["style.css"].as_slice())])?;
    let keeper = String::from_utf8(files[GLANCE].clone())?;
    if !keeper.contains(PLACE) {
        bail!("app/{GLANCE} has no {PLACE} to fill in");
    }
    let told = keeper.replace(PLACE, &style);
    files.insert(GLANCE.to_owned(), told.into_bytes());
    Ok(())
}

/// Has the page compile the parts of the program as soon as it knows that they are needed.
fn prepare_parts(files: &mut Files) -> anyhow::Result<()> {
    let text = |name: &str| -> anyhow::Result<String> {
        let content = files
            .get(name)
            .with_context(|| format!("there is no {name}"))?;
        Ok(String::from_utf8(content.clone())?)
    };
    let (loader, boot) = (text(parts::LOADER)?, text("boot.js")?);
    let told = parts::told(&boot, &loader)?;
    files.insert("boot.js".to_owned(), told.into_bytes());
    let prepared = parts::prepared(&loader)?;
    files.insert(parts::LOADER.to_owned(), prepared.into_bytes());
    Ok(())
}

fn compile(build: Build) -> anyhow::Result<PathBuf> {
    check_versions()?;
    tools::run(&mut compiler(build)?)?;
    Ok(tools::target()
        .join(tools::WASM)
        .join(build.profile())
        .join("app.wasm"))
}

fn compiler(build: Build) -> anyhow::Result<Command> {
    let mut cargo = tools::wasm_toolchain()?.cargo("rustc");
    cargo.args([
        "-p",
        "app",
        "--target",
        tools::WASM,
        "--profile",
        build.profile(),
    ]);
    // The program is cut into parts along its relocations.
    cargo.args(["--", "-Clink-args=--emit-relocs"]);
    Ok(cargo)
}

/// A compilation that goes on beside something else; it ends with this.
pub(crate) struct Beside(Child);

impl Beside {
    /// Begins to compile the program that is shipped; [`build`] finds what is compiled by then, and
    /// tells what goes wrong.
    pub(crate) fn begin() -> anyhow::Result<Self> {
        let mut compiler = compiler(Build::Release)?;
        let quiet = compiler.stdout(Stdio::null()).stderr(Stdio::null());
        Ok(Self(quiet.spawn().context("cannot start cargo")?))
    }

    /// Waits for its end.
    pub(crate) fn end(mut self) {
        // How it went is told by whoever builds.
        let _ = self.0.wait();
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Fails when the bindings' generator and the bindings are of different versions.
fn check_versions() -> anyhow::Result<()> {
    let lock = fs::read_to_string(tools::root().join("Cargo.lock"))?;
    let version = |name: &str| {
        let after = lock
            .split_once(&format!("name = \"{name}\"\nversion = \""))?
            .1;
        after.split_once('"').map(|(version, _)| version)
    };
    let (app, generator) = (version("wasm-bindgen"), version("wasm-bindgen-cli-support"));
    if app != generator {
        bail!(
            "Set wasm-bindgen-cli-support in xtask/Cargo.toml to {}, the version of wasm-bindgen \
             in Cargo.lock; it is {}.",
            app.unwrap_or("none"),
            generator.unwrap_or("none")
        );
    }
    Ok(())
}

/// Builds the program of the contract and the page that loads it; returns their folder.
pub(crate) fn contract() -> anyhow::Result<PathBuf> {
    check_versions()?;
    let profile = "contract";
    let mut cargo = tools::wasm_toolchain()?.cargo("build");
    // Optimised as the app is: its arithmetic is what must come out the same.
    let target = ["-p", "contract", "--target", tools::WASM, "--profile"];
    tools::run(cargo.args(target).arg(profile))?;
    let program = tools::target().join(tools::WASM).join(profile);
    let folder = tools::target().join("bindings-contract");
    Bindgen::new()
        .input_path(program.join("contract.wasm"))
        .out_name("contract")
        .web(true)?
        .typescript(false)
        .generate(&folder)?;
    let mut files = Files::new();
    gather(&folder, "", &mut files)?;
    let page = "<!doctype html><title>contract</title>";
    files.insert("index.html".to_owned(), page.into());
    let site = tools::target().join("site-contract");
    write(&site, files, Build::Quick)?;
    Ok(site)
}

/// Makes the page's script and the program it loads from the compiled app.
fn bind(program: &Path, build: Build) -> anyhow::Result<Files> {
    let folder = tools::target().join("bindings");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    let cut = split(program)?;
    Bindgen::new()
        .input_path(cut.join("app.wasm"))
        .out_name("app")
        .web(true)?
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .keep_lld_exports(true)
        .generate(&folder)?;
    let mut files = Files::new();
    gather(&folder, "", &mut files)?;
    gather(&cut, "", &mut files)?;
    // It became app_bg.wasm.
    files.remove("app.wasm");
    for (name, content) in &mut files {
        if Path::new(name).extension().is_some_and(|end| end == "wasm") {
            *content = without_names(content)
                .with_context(|| format!("{name} is not the program that was written"))?;
            // What is built to be tried is built fast.
            if build == Build::Release {
                *content = forward::inlined(content)?;
            }
        }
    }
    Ok(files)
}

/// Cuts the compiled app into what the first screen needs and the parts that follow it.
fn split(program: &Path) -> anyhow::Result<PathBuf> {
    let parts = tools::target().join("parts");
    if parts.exists() {
        fs::remove_dir_all(&parts)?;
    }
    let whole = fs::read(program)?;
    let main = parts.join("app.wasm");
    let mut options = wasm_split_cli_support::Options::new(&whole);
    options.output_dir = &parts;
    options.main_out_path = &main;
    options.main_module = "./app.js";
    wasm_split_cli_support::transform(options)
        .map_err(|error| anyhow::anyhow!("cannot cut the program into parts: {error:?}"))?;
    Ok(parts)
}

/// Gives a program without its custom sections (names, producers), which no browser reads.
fn without_names(program: &[u8]) -> Option<Vec<u8>> {
    const HEADER: usize = 8;
    let mut kept = program.get(..HEADER)?.to_vec();
    let mut at = HEADER;
    while at < program.len() {
        let (mut size, mut end) = (0_usize, at + 1);
        for shift in (0..35).step_by(7) {
            let byte = *program.get(end)?;
            end += 1;
            size |= usize::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                break;
            }
        }
        end += size;
        let section = program.get(at..end)?;
        if section.first() != Some(&0) {
            kept.extend_from_slice(section);
        }
        at = end;
    }
    Some(kept)
}

/// Adds every file below a folder, which need not exist.
fn gather(folder: &Path, prefix: &str, files: &mut Files) -> anyhow::Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            gather(&entry.path(), &format!("{name}/"), files)?;
        } else {
            files.insert(name, fs::read(entry.path())?);
        }
    }
    Ok(())
}

/// Fills in the service worker: the files it keeps, and one digest over all that they hold.
fn service_worker(template: &str, files: &Files) -> anyhow::Result<String> {
    for placeholder in ["__PRECACHE__", "__BUILD__"] {
        if !template.contains(placeholder) {
            bail!("app/{SERVICE_WORKER} has no {placeholder} to fill in");
        }
    }
    let names: Vec<_> = files.keys().map(|name| format!("/{name}")).collect();
    let contents = files
        .iter()
        .map(|(name, content)| (&**name, content.as_slice()));
    let build = digest(
        [(SERVICE_WORKER, template.as_bytes())]
            .into_iter()
            .chain(contents),
    )?;
    let names = serde_json::to_string(&names)?;
    Ok(template
        .replace("__PRECACHE__", &names)
        .replace("__BUILD__", &build))
}

/// A short name for what files hold.
fn digest<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> anyhow::Result<String> {
    let mut digest = Sha256::new();
    for (name, content) in files {
        digest.update(name);
        digest.update(content.len().to_le_bytes());
        digest.update(content);
    }
    let all = digest.finalize();
    let text = all
        .iter()
        .take(8)
        .try_fold(String::new(), |mut text, byte| {
            write!(text, "{byte:02x}").map(|()| text)
        })?;
    Ok(text)
}

/// Writes the files that differ, with their compressed forms, and removes those that are gone.
fn write(site: &Path, mut files: Files, build: Build) -> anyhow::Result<()> {
    let names: Vec<String> = files.keys().cloned().collect();
    for name in names {
        let (file, compressed) = (site.join(&name), format!("{name}.br"));
        let content = &files[&name];
        if fs::read(&file).ok().as_ref() != Some(content) {
            // Its compressed form goes first: a build that ends here leaves none that is wrong.
            remove(&site.join(&compressed))?;
            fs::create_dir_all(file.parent().expect("a file of the site lies in a folder"))?;
            fs::write(&file, content)?;
        }
        if COMPRESSED
            .iter()
            .any(|end| name.ends_with(&format!(".{end}")))
        {
            if !site.join(&compressed).exists() {
                let part = site.join(format!("{compressed}.part"));
                fs::write(&part, brotli(content, build.quality())?)?;
                fs::rename(part, site.join(&compressed))?;
            }
            files.insert(compressed, Vec::new());
        }
    }
    let mut present = Files::new();
    gather(site, "", &mut present)?;
    for name in present.keys().filter(|name| !files.contains_key(*name)) {
        fs::remove_file(site.join(name))?;
    }
    Ok(())
}

/// Removes a file that need not exist.
fn remove(file: &Path) -> std::io::Result<()> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn brotli(content: &[u8], quality: i32) -> anyhow::Result<Vec<u8>> {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality,
        lgwin: 22,
        size_hint: content.len(),
        ..Default::default()
    };
    let mut compressed = Vec::new();
    let mut writer = brotli::CompressorWriter::with_params(&mut compressed, 1 << 16, &parameters);
    writer.write_all(content)?;
    drop(writer);
    Ok(compressed)
}

#[cfg(test)]
mod tests {
    use super::{Files, service_worker};

    #[test]
    fn a_changed_file_changes_the_service_worker() {
        let template = "keep(__PRECACHE__); build('__BUILD__')";
        let mut files = Files::from([("app.js".to_owned(), b"one".to_vec())]);
        let first = service_worker(template, &files).unwrap();
        assert!(first.starts_with("keep([\"/app.js\"]); build('"), "{first}");
        files.insert("app.js".to_owned(), b"two".to_vec());
        assert_ne!(first, service_worker(template, &files).unwrap());
        assert!(service_worker("keep(__PRECACHE__)", &files).is_err());
    }
}
