//! The one stylesheet that is shipped, made from the files that `style/index.css` imports.
//!
//! Imports are replaced by the files they name, in their order, inside the layer they name; what
//! else the index says (the order of the layers) stays where it stands.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use anyhow::{Context, bail};

/// Joins the files that `folder/index.css` imports into one stylesheet.
pub(crate) fn join(folder: &Path) -> anyhow::Result<String> {
    let read = |name: &str| {
        let file = folder.join(name);
        fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))
    };
    let mut sheet = String::new();
    for line in read("index.css")?.lines() {
        match parse_import(line)? {
            None => writeln!(sheet, "{line}")?,
            Some(Import { file, layer: None }) => sheet += &read(file)?,
            Some(Import {
                file,
                layer: Some(layer),
            }) => {
                writeln!(sheet, "@layer {layer} {{\n{}}}", read(file)?)?;
            }
        }
    }
    Ok(sheet)
}

#[derive(Debug, PartialEq, Eq)]
struct Import<'line> {
    file: &'line str,
    layer: Option<&'line str>,
}

/// Reads `@import "file.css" layer(name);`, with or without `url()` and the layer.
fn parse_import(line: &str) -> anyhow::Result<Option<Import<'_>>> {
    let Some(rest) = line.trim().strip_prefix("@import") else {
        return Ok(None);
    };
    let mut quoted = rest.split(['"', '\'']);
    let (before, file, after) = (quoted.next(), quoted.next(), quoted.next());
    let (Some(before), Some(file), Some(after)) = (before, file, after) else {
        bail!("an import names its file in quotes: {line}");
    };
    let after = match before.trim() {
        "" => after,
        "url(" => after
            .strip_prefix(')')
            .context("an import's url( is closed after the name")?,
        _ => bail!("an import names one file: {line}"),
    };
    let Some(condition) = after.trim().strip_suffix(';') else {
        bail!("an import ends with a semicolon on its own line: {line}");
    };
    let layer = match condition.trim() {
        "" => None,
        words => match words
            .strip_prefix("layer(")
            .and_then(|words| words.strip_suffix(')'))
        {
            Some(layer) => Some(layer.trim()),
            None => bail!("an import may name a layer and nothing else: {line}"),
        },
    };
    Ok(Some(Import { file, layer }))
}

#[cfg(test)]
mod tests {
    use super::{Import, parse_import};

    #[test]
    fn imports_are_read_in_every_form() {
        let plain = Import {
            file: "tokens.css",
            layer: None,
        };
        let layered = Import {
            file: "components/button.css",
            layer: Some("components"),
        };
        assert_eq!(
            parse_import("@import \"tokens.css\";").unwrap(),
            Some(plain)
        );
        let line = "@import url('components/button.css') layer(components);";
        assert_eq!(parse_import(line).unwrap(), Some(layered));
        assert_eq!(parse_import("@layer tokens, base;").unwrap(), None);
        assert!(parse_import("@import \"print.css\" print;").is_err());
        assert!(parse_import("@import \"tokens.css\"").is_err());
    }
}
