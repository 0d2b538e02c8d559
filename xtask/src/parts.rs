//! How the parts of the program are fetched: compiled as soon as one knows that they are needed.
//!
//! The generated script fetches a part when the program first calls it, which on a phone is long
//! after the page could have begun. `boot.js` compiles each file once, whoever asks first: the page
//! that opens for somebody who is signed in asks before the program itself runs.

use std::fmt::Write as _;

use anyhow::{Context, bail};

/// The generated script.
pub(crate) const LOADER: &str = "__wasm_split.js";
/// Where `boot.js` is told which files stand behind the door.
const INSIDE: &str = "__INSIDE__";

const BEFORE: &str = "    const src = fetch(new URL(\".";
const BETWEEN: &str = "\", import.meta.url));
    src.catch(() => {});
    return async (imports) => ";
/// What stands before it wraps the call in a program that is built to be tried.
const STREAMED: &str = "(WebAssembly.instantiateStreaming(src, imports));
";

/// Gives the generated script with files that `boot.js` compiles.
pub(crate) fn prepared(loader: &str) -> anyhow::Result<String> {
    let mut pieces = loader.split(BEFORE);
    let mut script = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (name, after) = piece
            .split_once(BETWEEN)
            .context("a part is fetched in a way that is not known")?;
        let (wrap, after) = after
            .split_once(STREAMED)
            .context("a part is compiled in a way that is not known")?;
        write!(
            script,
            "    const module = globalThis.jihe.compiled(\"{name}\");
    return async (imports) => {wrap}(WebAssembly.instantiate(await module, imports));
{after}"
        )?;
    }
    Ok(script)
}

/// Tells `boot.js` the files of the part behind the door.
pub(crate) fn told(boot: &str, loader: &str) -> anyhow::Result<String> {
    if !boot.contains(INSIDE) {
        bail!("app/boot.js has no {INSIDE} to fill in");
    }
    let files = files_of("inside", loader)
        .context("the parts' script lists its files in a way that is not known")?;
    Ok(boot.replace(INSIDE, &serde_json::to_string(&files)?))
}

/// The files of a part.
fn files_of(name: &str, loader: &str) -> Option<Vec<String>> {
    let (_, part) = loader.split_once(&format!("__wasm_split_load_{name} "))?;
    let (part, _) = part.split_once("]));")?;
    let (_, chunks) = part.rsplit_once('[')?;
    let chunks = chunks.split(", ").filter(|chunk| !chunk.is_empty());
    let mut files: Vec<String> = chunks
        .map(|chunk| format!("/{}.wasm", chunk.trim_start_matches('_')))
        .collect();
    files.push(format!("/split_{name}.wasm"));
    let fetched = |file: &String| loader.contains(&format!("\".{file}\""));
    files.iter().all(fetched).then_some(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GENERATED: &str = r#"import { initSync } from "./app.js";
const __chunk_4 = makeLoad(() => {
    const src = fetch(new URL("./chunk_4.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (WebAssembly.instantiateStreaming(src, imports));
}
, []);
export const __wasm_split_load_inside = wrapAsyncCb(makeLoad(() => {
    const src = fetch(new URL("./split_inside.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (WebAssembly.instantiateStreaming(src, imports));
}
, [__chunk_4]));
"#;

    #[test]
    fn every_file_is_compiled_by_the_page() {
        let script = prepared(GENERATED).expect("it is the generated form");
        assert!(!script.contains("fetch("), "{script}");
        assert!(
            script.contains(r#"jihe.compiled("/chunk_4.wasm")"#),
            "{script}"
        );
        assert_eq!(script.matches("WebAssembly.instantiate(").count(), 2);
    }

    #[test]
    fn a_program_to_be_tried_keeps_its_wrapping() {
        let tried = GENERATED.replace("=> (WebAssembly", "=> debugWrap(WebAssembly");
        let script = prepared(&tried).expect("it is the other generated form");
        assert_eq!(
            script.matches("debugWrap(WebAssembly.instantiate(").count(),
            2
        );
    }

    #[test]
    fn the_page_is_told_what_stands_behind_the_door() {
        let boot = told("prepare(__INSIDE__)", GENERATED).expect("it lists its files");
        assert_eq!(boot, r#"prepare(["/chunk_4.wasm","/split_inside.wasm"])"#);
        told("prepare()", GENERATED).expect_err("nobody would be told");
    }

    #[test]
    fn another_form_is_refused() {
        let other = GENERATED.replace("src.catch(() => {});", "src.catch(tell);");
        prepared(&other).expect_err("nobody would compile the parts");
    }
}
