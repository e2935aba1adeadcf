//! Durations as people write them: `50ms`, `150ms..300ms`. Inside, time is always whole microseconds in a `u64` named `.._us`.

use std::fmt;

use crate::words::{digits, split};

/// One millisecond in microseconds.
pub const MILLISECOND_US: u64 = 1_000;
/// One second in microseconds.
pub const SECOND_US: u64 = 1_000_000;
/// No run goes on beyond this: 24 simulated hours. Every time and every duration is at most this.
pub const TIME_MAX_US: u64 = 24 * 3_600 * SECOND_US;

/// A duration that prints in its largest whole unit: `2s`, `150ms`, `12500us`.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct Duration(pub u64);

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let us = self.0;
        if us > 0 && us.is_multiple_of(SECOND_US) {
            write!(f, "{}s", us / SECOND_US)
        } else if us.is_multiple_of(MILLISECOND_US) {
            write!(f, "{}ms", us / MILLISECOND_US)
        } else {
            write!(f, "{us}us")
        }
    }
}

/// A closed range of durations, `min_us <= max_us`. Prints as `10ms..15ms`, or `10ms` where both ends are equal.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Span {
    /// The shortest, in µs.
    pub min_us: u64,
    /// The longest, in µs, at least `min_us`.
    pub max_us: u64,
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", Duration(self.min_us))?;
        if self.max_us != self.min_us {
            write!(f, "..{}", Duration(self.max_us))?;
        }
        Ok(())
    }
}

/// Reads `50ms`, `3s` or `1500us`: a whole number and a unit, at most [`TIME_MAX_US`].
///
/// # Errors
/// A sentence that says what is wrong with the text.
pub fn parse_duration(text: &str) -> Result<u64, String> {
    let (number, unit) = split(text, digits(text));
    let unit_us = match unit {
        "us" => 1,
        "ms" => MILLISECOND_US,
        "s" => SECOND_US,
        _ => return Err(format!("`{text}` is not a duration: a whole number and a unit, such as 150ms (us, ms or s)")),
    };
    if number.is_empty() {
        return Err(format!("`{text}` is not a duration: the number is missing, as in 150ms"));
    }
    let too_long = || format!("`{text}` is longer than the longest duration, 24 hours");
    let count: u64 = number.parse().map_err(|_| too_long())?;
    count.checked_mul(unit_us).filter(|&us| us <= TIME_MAX_US).ok_or_else(too_long)
}

/// Reads `150ms..300ms`, or one duration for a range of one.
///
/// # Errors
/// A sentence that says what is wrong with the text.
pub fn parse_span(text: &str) -> Result<Span, String> {
    // Not `split_once`: searching for a text takes 2 kB of code, and this is the only place that would need it.
    let dots = text.as_bytes().windows(2).position(|pair| pair == b"..");
    let (min, max) = dots.map_or((text, text), |at| (split(text, at).0, split(text, at + 2).1));
    let (min_us, max_us) = (parse_duration(min)?, parse_duration(max)?);
    if min_us > max_us {
        return Err(format!("`{text}` is an empty range: {min} is more than {max}"));
    }
    Ok(Span { min_us, max_us })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_print_in_their_largest_whole_unit_and_read_back() {
        for (us, text) in [(0, "0ms"), (1, "1us"), (12_500, "12500us"), (50_000, "50ms"), (3_000_000, "3s")] {
            assert_eq!(Duration(us).to_string(), text);
            assert_eq!(parse_duration(text), Ok(us));
        }
    }

    #[test]
    fn spans_print_and_read_back() {
        for text in ["150ms..300ms", "10ms", "1us..2s"] {
            assert_eq!(parse_span(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn what_is_no_duration_is_named() {
        for text in ["", "ms", "5", "5 ms", "1.5s", "-3ms", "5h", "99999999999999999999s", "86401s", "٣ms"] {
            assert!(parse_duration(text).is_err(), "{text}");
        }
        assert!(parse_span("300ms..150ms").unwrap_err().contains("empty range"));
        assert!(parse_span("1ms..2ms..3ms").is_err());
    }
}
