//! What `--help` says: the commands, each command by itself, and the language of runs.

use crate::say::print;
use crate::{Complaint, Verdict};

const GENERAL: &str = "\
Raftarium: a real Raft cluster in a simulated world, in your terminal.

  raftarium run FILE [--until T] [--trace text|json]     play, and say how it ended
  raftarium trace FILE [--until T] [--format FORMAT]     print everything worth seeing
  raftarium import TRACE                                 a trace of etcd's raft becomes a run
  raftarium scenes [NAME]                                list the prepared scenes, or print one
  raftarium link FILE                                    print the short form, as the page has it after #
  raftarium chaos [--seeds A..B]                         random runs with faults, and what fell
  raftarium search --break RULE                          a short run in which a property falls without a rule
  raftarium rules [--json]                               the rules of Raft, and what falls without each
  raftarium bench [--json]                               one simulated hour, measured
  raftarium --version                                    this program and its engine

Begin with a scene, then take it apart:

  raftarium scenes                     what there is
  raftarium run figure-8               the paper's Figure 8, played to its end
  raftarium trace figure-8 | less      the same, event by event
  raftarium scenes figure-8 > my.raft  its text: change it, and run it again

FILE is a file with the text of a run or a scene, the name of a prepared scene, a link ('#1~5~7', or the whole address of the page), or - for
standard input. A run's text:

  raftarium 1
  nodes 5
  seed 7
  @500ms client c1 put x 1
  @1s crash n1
  @2s restart n1

The same text gives the same run, byte for byte, here and on the page.

raftarium help COMMAND says more about a command, raftarium help settings about the lines before the first action,
raftarium help actions about what can be done to a cluster.
Exit codes: 0 all is well; 1 a property of Raft fell or a scene failed; 2 bad input, or what cannot be written.
";

/// What is told about a topic.
const TOPICS: [(&str, &str); 11] = [
    (
        "run",
        "\
raftarium run FILE [--until T] [--trace text|json]

Plays FILE and says how it ended: who leads, how far each node's log goes, every property of Raft that fell, and, while
nothing goes forward, since when and why (`no leader since 1200ms, because ...`: a note, not a fault; the exit code stays 0).
A scene stops at its last step; a run at T (such as 2s or 1500ms), by default after 10 s. --trace prints the events, too;
with json the end is one object, as well.

  raftarium run leader-crash
  printf 'raftarium 1\\nseed 1\\n@0 break one-vote-a-term\\n' | raftarium run - --until 1s    (two leaders of one term)

Exit code 1 when a property fell or a scene's expectation did not hold; 2 when the text is wrong, with line and column.
",
    ),
    (
        "trace",
        "\
raftarium trace FILE [--until T] [--format text|json|shiviz|etcd]

Prints everything worth seeing that happened, a line each.
  text    simulated time in µs, and a sentence
  json    one object a line: seq, atUs, who, kind, text
  shiviz  with vector clocks: paste it into https://bestchai.bitbucket.io/shiviz/
  etcd    the events of etcd's raft state tracing, which etcd's TLA+ specification checks

  raftarium trace one-write --format shiviz > one-write.log
",
    ),
    (
        "import",
        "\
raftarium import TRACE

Turns a trace of etcd's raft (one JSON object a line; built with the tag with_tla) into a run that does the same, event by
event: watch it on the page, check it, step through it. Clocks stand still and messages wait until the trace has them
arrive. The run goes to standard output; where it differs from the trace, standard error names the line.

  raftarium import etcd.ndjson > etcd.raft && raftarium run etcd.raft

Exit code 1 when the trace itself has two leaders in one term or a commit index that goes back; 2 when a line is
malformed, with line and column.
",
    ),
    (
        "scenes",
        "\
raftarium scenes [NAME]

Lists the prepared scenes, or prints the text of one. A scene is a run whose steps may wait, each after the one before it:

  when n2 leader: client c1 put x 1        as soon as it holds, for at most 10 s; without an action it only waits
  after 20ms: crash n2                     so long after the step before
  expect n1 entry 2 term 1 and safe        must hold now, or the scene fails at this line
  #> n1 has it now.                        what the page says from here on

Conditions, joined by `and`:

  n2 leader | candidate | follower         n2 voter | learner | outside       joint
  n2 term | commit | applied | first | last | synced | votes = 3 (or >= 3, < 3); all commit = 3
  n2 entry 3 term 1     n2 store x 1       leaders = 2
  c1 idle               c1 answer 2        c1 attempts >= 2
  safe                  fallen Linearizability
",
    ),
    (
        "link",
        "\
raftarium link FILE

Prints the short form of a run: what the page's address has after #. A scene is played first, since a link holds only times.
",
    ),
    (
        "chaos",
        "\
raftarium chaos [--seeds A..B]

Plays random runs, one a seed (by default 0..1000): crashes that lose writes, freezes, cuts, bad links, slow disks and wrong
clocks under two clients; from seed 4294967296 on also snapshots, changes of members, transfers and reads of every kind. Prints
every violation with the link of the run that shows it. Exit code 1 when there was one.

  raftarium chaos --seeds 4294967296..4294967396
",
    ),
    (
        "search",
        "\
raftarium search [--break RULE[,RULE]] [--nodes N] [--seed N] [--for SECONDS | --runs N] [--no-scenes]

Breaks rules of Raft and plays random runs in clusters of N nodes (by default 3) until a property falls, in which nothing falls
with all rules kept; then cuts the run down to what is needed. Some runs begin with a part of a prepared scene, unless
--no-scenes is there. Prints the numbers of actions on the way, what fell, the run and its link; the same seed (by default 1)
finds the same. Without --break it searches Raft as it is. Stops after 60 seconds, unless told otherwise: that nothing fell is no
proof.

  raftarium search --break commit-own-term-only --nodes 5
  raftarium search --break voter-checks-log > shown.raft; raftarium run shown.raft

Exit code 1 when a property fell.
",
    ),
    (
        "rules",
        "\
raftarium rules [--json]

Lists the rules of Raft that can be broken, what each holds up, and where it is from. Break one in a run:

  @1s break one-vote-a-term
  @2s mend one-vote-a-term
",
    ),
    (
        "bench",
        "\
raftarium bench [--json]

Plays one simulated hour of five nodes with a client at ten commands a second, checks on, and goes to 200 random instants of
it. Prints wall time, events a second and how long going there took.
",
    ),
    (
        "settings",
        "\
What stands before the first action of a run, a line each. The seed must be there; the rest has these defaults:

  nodes 5               1 to 9                       seed 7                0 to 2^64-1
  tick 10ms             of a node's clock            heartbeat 50ms        how often a leader is heard: whole ticks
  election 150ms..300ms election timeouts are drawn from this: whole ticks, longer than a heartbeat
  latency 10ms..15ms    how long a message travels   sync 5ms              until a write survives a crash
  retry 300ms           a client asks another node   batch many            or one: entries of an AppendEntries
  compact off           or 400B: snapshots by size   storage plain         or async: the node goes on while its disk syncs
  prevote off           or on (thesis 9.6)           checkquorum off       or on (thesis 6.2)

Times have a unit: us, ms or s. What is legal and yet likely to disturb is a warning when the run is played.
",
    ),
    (
        "actions",
        "\
What can be done to a cluster, as @TIME ACTION in a run:

  crash n1 [losing all | losing tail 2]    restart n1           freeze n1            thaw n1
  cut n1 n2       cut n1>n2                heal                 heal n1 [n2]         heal n1>n2
  partition n1,n2 | n3,n4,n5               isolate n1
  link n1 n2 latency 40ms..60ms loss 5% duplicate 1% reorder    link all normal
  hold n1>n2.append     release ...        drop n1>n2.append.3  duplicate ...        deliver ...
  disk n2 sync 80ms     disk n2 lose       clock n1 rate 50%    tick n1
  timeout n1            timer n1 150ms     transfer n3          next n3 4           propose n1 WORD
  member add n6 voter   member add n6 learner                   member promote n6    member remove n2
  member joint n1,n2,n6                    member replace n2 n6 compact n1 7
  client c1 put x 1 [via n2]               client c1 get x [local | readindex | lease]
  client c1 incr x                         client c1 cas x 1 2
  load c1 100ms         load c1 off        (an open loop: incr c1 at this interval)
  loop c1 incr x [via n2] [think 50ms]     loop c1 off   (a closed loop: again when it was answered)
  break RULE            mend RULE          (raftarium rules)

Messages are named by sender, receiver, kind and number (n1>n2.append.3), or many at once (n1>*.append, *>n2). A wrong text is
answered with its line, its column, and what is possible there.
",
    ),
];

/// Prints the help about a topic, or the general one.
pub(crate) fn help(topics: &[&str]) -> Result<Verdict, Complaint> {
    let text = match topics {
        [] => GENERAL,
        [topic, ..] => {
            let found = TOPICS.iter().find(|(name, _)| name == topic);
            let names = TOPICS.map(|(name, _)| name).join(", ");
            found.ok_or_else(|| format!("there is no help about `{topic}`, but about {names}"))?.1
        }
    };
    print(text);
    Ok(Verdict::Well)
}

/// Whether there is help about a word: whether it is a command, then.
pub(crate) fn knows(topic: &str) -> bool {
    TOPICS.iter().any(|(name, _)| *name == topic)
}
