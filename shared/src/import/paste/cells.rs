//! Text of the clipboard as cells: tabs between them, one row a line, and a cell with line breaks
//! within quotes, as spreadsheets write it.

/// Splits the text; rows whose cells are all empty are none.
///
/// A quote opens a cell only where another closes it before a tab, a line's or the text's end: a
/// sentence that merely begins with a quoted word is taken as it stands.
pub(super) fn rows(text: &str) -> Vec<Vec<String>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut rows = Vec::new();
    let mut row = Vec::new();
    let mut rest = text.as_str();
    loop {
        let (cell, after) = quoted(rest).unwrap_or_else(|| {
            let end = rest.find(['\t', '\n']).unwrap_or(rest.len());
            (rest[..end].to_owned(), &rest[end..])
        });
        row.push(cell.trim().to_owned());
        let ends_row = !after.starts_with('\t');
        if ends_row && row.iter().any(|cell| !cell.is_empty()) {
            rows.push(std::mem::take(&mut row));
        } else if ends_row {
            row.clear();
        }
        match after.get(1..) {
            Some(next) => rest = next,
            None => return rows,
        }
    }
}

/// A quoted cell and what follows it; none where no cell in quotes begins here.
fn quoted(text: &str) -> Option<(String, &str)> {
    let inner = text.strip_prefix('"')?;
    let mut cell = String::new();
    let mut from = 0;
    loop {
        let quote = from + inner.get(from..)?.find('"')?;
        cell.push_str(&inner[from..quote]);
        let after = &inner[quote + 1..];
        if after.starts_with('"') {
            cell.push('"');
            from = quote + 2;
        } else if after.is_empty() || after.starts_with(['\t', '\n']) {
            return Some((cell, after));
        } else {
            return None;
        }
    }
}
