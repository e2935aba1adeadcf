//! One line of the benchmark: a figure of ours beside a peer's, as JSON.

use std::fmt;

/// What was measured, of us and of a peer in the same call.
#[derive(Clone, PartialEq, Debug)]
pub struct Figure {
    /// The figure's name: `core.commit.3n.b1.native`.
    pub name: String,
    /// Ours, in `unit`.
    pub value: f64,
    /// What both numbers count.
    pub unit: &'static str,
    /// The peer, with its version, and its value in `unit`.
    pub peer: Option<(&'static str, f64)>,
    /// Ours by the peer's in the same turn: the median of all turns. It shows how thin a lead by best turns is.
    pub ratio_median: Option<f64>,
}

impl fmt::Display for Figure {
    /// The line that `npm run bench -- --json` promises. The names hold nothing that JSON would escape.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Figure { name, value, unit, peer, ratio_median } = self;
        write!(f, r#"{{"name":"{name}","value":{},"unit":"{unit}""#, Number(*value))?;
        if let Some((peer, peer_value)) = peer {
            write!(
                f,
                r#","peer":"{peer}","peer_value":{},"ratio":{}"#,
                Number(*peer_value),
                thousandths(value / peer_value)
            )?;
        }
        if let Some(ratio) = ratio_median {
            write!(f, r#","ratio_median":{}"#, thousandths(*ratio))?;
        }
        write!(f, "}}")
    }
}

/// Whole above a hundred, three digits after the point below.
struct Number(f64);

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 >= 100.0 { write!(f, "{:.0}", self.0) } else { write!(f, "{}", thousandths(self.0)) }
    }
}

fn thousandths(number: f64) -> f64 {
    (number * 1_000.0).round() / 1_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_the_shape_that_the_bench_script_prints() {
        let figure = Figure {
            name: "core.commit.3n.b1.native".into(),
            value: 2_500_000.4,
            unit: "props/cpu-s",
            peer: Some(("raft-rs 0.7.0", 500_000.0)),
            ratio_median: Some(4.87654),
        };
        let line = concat!(
            r#"{"name":"core.commit.3n.b1.native","value":2500000,"unit":"props/cpu-s","#,
            r#""peer":"raft-rs 0.7.0","peer_value":500000,"ratio":5,"ratio_median":4.877}"#
        );
        assert_eq!(figure.to_string(), line);
        let alone = Figure { value: 9.12345, peer: None, ratio_median: None, ..figure };
        assert_eq!(alone.to_string(), r#"{"name":"core.commit.3n.b1.native","value":9.123,"unit":"props/cpu-s"}"#);
    }
}
