//! Tests of the short form of runs.

use super::*;
use crate::run::tests::any_run;
use proptest::prelude::*;

proptest! {
    /// Goal: the link is the run. Method: any run, written and read; only characters that need no escape.
    #[test]
    fn every_run_reads_back_from_its_link(run in any_run()) {
        let link = run.to_link();
        prop_assert!(link.chars().all(|c| c.is_ascii_alphanumeric() || "~.-_".contains(c)), "{}", link);
        prop_assert_eq!(Run::from_link(&link), Ok(run), "{}", link);
    }

    /// Goal: no link is fatal, and what is read is legal. Method: spoilt links, and noise.
    #[test]
    fn a_spoilt_link_is_an_error_or_another_run(run in any_run(), at in any::<prop::sample::Index>(), noise in "[A-Z0-9a-z~._-]{0,3}") {
        let mut link = run.to_link();
        let place = at.index(link.len() + 1);
        link.insert_str(place, &noise);
        if let Ok(run) = Run::from_link(&link) {
            prop_assert_eq!(Run::parse(&run.to_string()), Ok(run));
        }
        link.truncate(place);
        let _ = Run::from_link(&link);
    }

    #[test]
    fn noise_is_no_run(noise in "\\PC{0,40}") {
        let _ = Run::from_link(&noise);
    }
}

/// Goal: a link holds every client. Method: those of one digit in the short form, and those of two as text.
#[test]
fn clients_of_two_digits_are_in_a_link_by_their_text() {
    for number in [9, 10, 99] {
        for action in
            [format!("client c{number} put x 1"), format!("load c{number} 20ms"), format!("loop c{number} get x")]
        {
            let text = format!("raftarium 1\nnodes 3\nseed 1\n@5 {action}\n");
            let run = Run::parse(&text).unwrap();
            assert_eq!(Run::from_link(&run.to_link()), Ok(run), "{action}");
        }
    }
}

/// Goal: links made today work tomorrow. Method: one link with every action, by hand.
#[test]
fn version_1_is_frozen() {
    let link = "1~3~a~T7psH7psE3fgg-6uwwL0S1R5yc~zC1R1F2T2X12O12HN1U12V12P12-3.I1E1M133f0.\
                L1rs.L10.Q2S1x.a_20b.G1x.J1x.K1x.1.2.";
    let error = Run::from_link(link).unwrap_err();
    assert!(error.message.contains("`b` is too much here"), "{error}");
    let run = Run::from_link(&link.replace("_20", "_e4_b8_ad")).unwrap();
    let lines: Vec<String> = run.to_string().lines().map(str::to_string).collect();
    assert_eq!(
        lines,
        [
            "raftarium 1",
            "nodes 3",
            "seed 10",
            "tick 10ms",
            "heartbeat 10ms",
            "election 160ms..320ms",
            "latency 0ms",
            "sync 1us",
            "retry 7716us",
            "@35 crash n1",
            "@35 restart n1",
            "@35 freeze n2",
            "@35 thaw n2",
            "@35 cut n1 n2",
            "@35 cut n1>n2",
            "@35 heal",
            "@35 heal n1",
            "@35 heal n1 n2",
            "@35 heal n1>n2",
            "@35 partition n1,n2 | n3",
            "@35 isolate n1",
            "@35 timeout n1",
            "@35 timer n1 144396us",
            "@35 load c1 1ms",
            "@35 load c1 off",
            "@35 client c1 put x a中b via n2",
            "@35 client c1 get x",
            "@35 client c1 incr x",
            "@35 client c1 cas x 1 2"
        ]
    );
}

/// Goal: a lecture's link fits a QR code. Method: twenty actions as a person clicks them, µs apart from the frame.
#[test]
fn twenty_actions_fit_into_200_characters() {
    let clicks = [
        "crash n1",
        "restart n1",
        "client c1 put x 1",
        "cut n1 n2",
        "isolate n3",
        "heal",
        "timeout n2",
        "client c1 incr x",
        "partition n1,n2 | n3,n4,n5",
        "freeze n4",
    ];
    let mut run = Run::new(WorldConfig::default(), 20_261_121);
    for (place, text) in (1..).zip(clicks.iter().chain(&clicks)) {
        run.actions.push(Timed { at_us: place * 1_234_567, action: text.parse().unwrap() });
    }
    let link = run.to_link();
    assert!(link.len() <= 200, "{} characters: {link}", link.len());
}

#[test]
fn faults_are_named_with_their_column() {
    for (link, column, part) in [
        ("", 1, "begins with its version"),
        ("2~5~7", 2, "begins with its version"),
        ("hello world", 6, "does not belong"),
        ("1~0~7", 6, "1 to 9 nodes"),
        ("1~5~zzzzzzzzzzzzzzzz", 17, "too large"),
        ("1~5~7~Z5", 9, "no setting"),
        ("1~5~7~~5C0", 10, "1 to 9"),
        ("1~5~7~~5Z", 9, "`Z` is no action"),
        ("1~5~7~~5S1x.", 13, "ends too early"),
        ("1~5~7~~5X11", 9, "two ends"),
        ("1~5~7~~5S1_ff.1.", 15, "UTF-8"),
        ("1~5~7~~zzzzzzzzC1", 16, "24 hours"),
    ] {
        let error = Run::from_link(link).unwrap_err();
        assert!(error.message.contains(part), "{link}: {error}");
        assert_eq!((error.line, error.column), (1, column), "{link}: {error}");
    }
    assert!(Run::from_link(&"1".repeat(LINK_BYTES_MAX + 1)).unwrap_err().message.contains("it may have 65536"));
}
