//! Bytes between double quotes, as Go's `%q` writes them.

use std::fmt::Write;

/// Quotes the bytes: printable characters stand for themselves, the rest is escaped.
pub fn quoted(bytes: &[u8]) -> String {
    let mut text = String::from("\"");
    for chunk in bytes.utf8_chunks() {
        for character in chunk.valid().chars() {
            push_escaped(&mut text, character);
        }
        for byte in chunk.invalid() {
            push_code(&mut text, "\\x", 2, u32::from(*byte));
        }
    }
    text.push('"');
    text
}

fn push_escaped(text: &mut String, character: char) {
    match character {
        '"' | '\\' => {
            text.push('\\');
            text.push(character);
        }
        '\x07' => text.push_str("\\a"),
        '\x08' => text.push_str("\\b"),
        '\x0c' => text.push_str("\\f"),
        '\n' => text.push_str("\\n"),
        '\r' => text.push_str("\\r"),
        '\t' => text.push_str("\\t"),
        '\x0b' => text.push_str("\\v"),
        ' ' => text.push(' '),
        _ if character.is_ascii_control() => push_code(text, "\\x", 2, u32::from(character)),
        _ if character.is_control() || character.is_whitespace() => push_code(text, "\\u", 4, u32::from(character)),
        _ => text.push(character),
    }
}

fn push_code(text: &mut String, prefix: &str, digits: usize, code: u32) {
    write!(text, "{prefix}{code:0digits$x}").expect("writing to a string cannot fail");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_quoted_as_go_does() {
        assert_eq!(quoted(b""), r#""""#);
        assert_eq!(quoted(b"prop_1 x"), r#""prop_1 x""#);
        assert_eq!(quoted(b"a\"\\\n\t\x01\x7f\xff"), r#""a\"\\\n\t\x01\x7f\xff""#);
        assert_eq!(quoted("é\u{85}\u{2028}".as_bytes()), r#""é\u0085\u2028""#);
    }
}
