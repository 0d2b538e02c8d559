//! Changes to a sound text, read from bytes: so that chance stays near what people write.

/// Four bytes make a change: what, where (two), and how.
const LENGTH: usize = 4;

/// The text after the changes that the bytes say; each puts in, takes out, doubles or exchanges.
pub(crate) fn changed(text: &str, bytes: &[u8], words: &[&str]) -> String {
    let mut text = text.to_owned();
    for change in bytes.chunks_exact(LENGTH).take(64) {
        let [what, high, low, how] = *change else {
            continue;
        };
        let at = place(&text, u16::from_be_bytes([high, low]).into());
        let to = end(&text, at, usize::from(how));
        match what % 6 {
            0 => text.insert_str(at, words[usize::from(how) % words.len()]),
            1 => text.replace_range(at..to, ""),
            2 => {
                let again = text[at..to].to_owned();
                text.insert_str(at, &again);
            }
            3 => text.insert(at, char::from(how)),
            4 => {
                let to = end(&text, at, 1);
                text.replace_range(at..to, words[usize::from(how) % words.len()]);
            }
            _ => {
                let number = i64::from(how) * i64::from(how) * if low % 2 == 0 { 1 } else { -50 };
                let to = at + text[at..].bytes().take_while(u8::is_ascii_digit).count();
                text.replace_range(at..to, &number.to_string());
            }
        }
    }
    text
}

/// A place of the text, as a share of its length, where a letter begins.
fn place(text: &str, share: usize) -> usize {
    let at = (text.len() * share) >> 16;
    (0..=at)
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0)
}

/// The end of so many bytes from a place on, or a little later, where a letter ends.
fn end(text: &str, from: usize, length: usize) -> usize {
    let to = from.saturating_add(length).min(text.len());
    (to..=text.len())
        .find(|to| text.is_char_boundary(*to))
        .unwrap_or(text.len())
}
