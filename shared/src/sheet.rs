//! Sheets that are handed out: rows of text as CSV that Chinese Excel opens as it is.
//!
//! What a person wrote is never a formula in somebody's table: such a cell begins with an apostrophe.

/// Writes rows as CSV with a mark for UTF-8, each line ended as Windows ends it.
pub fn csv(rows: &[Vec<String>]) -> String {
    let mut text = String::from("\u{feff}");
    for row in rows {
        for (at, cell) in row.iter().enumerate() {
            if at > 0 {
                text.push(',');
            }
            write(&mut text, cell);
        }
        text.push_str("\r\n");
    }
    text
}

fn write(text: &mut String, cell: &str) {
    let guard = if is_formula(cell) { "'" } else { "" };
    if cell.contains([',', '"', '\r', '\n']) {
        text.push('"');
        text.push_str(guard);
        text.push_str(&cell.replace('"', "\"\""));
        text.push('"');
    } else {
        text.push_str(guard);
        text.push_str(cell);
    }
}

/// Whether a table would reckon with a cell; a plain number with its sign is only a number.
fn is_formula(cell: &str) -> bool {
    let mut letters = cell.chars();
    match letters.next() {
        Some('=' | '@' | '\t' | '\r') => true,
        Some('+' | '-') => !letters.all(|one| one.is_ascii_digit() || one == '.'),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::csv;

    #[test]
    fn cells_are_quoted_and_formulas_are_words() {
        let row = ["甲,乙", "说\"好\"", "=1+1", "-3.50", "-cmd", "两\n行", ""];
        let row = row.map(str::to_owned).to_vec();
        assert_eq!(
            csv(&[row]),
            "\u{feff}\"甲,乙\",\"说\"\"好\"\"\",'=1+1,-3.50,'-cmd,\"两\n行\",\r\n"
        );
    }
}
