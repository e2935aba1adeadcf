//! The command language. One method of the environment a command, in the files below:
//!
//! | command | does |
//! |---|---|
//! | `add-nodes N [voters=(..)] [learners=(..)] [index=I] [content=..]` | starts N nodes, from a snapshot if any of these is given |
//! | ` .. [inflight=N] [prevote=B] [checkquorum=B] [read-only=safe\|lease-based]` | their settings |
//! | ` .. [async-storage-writes=B] [max-committed-size-per-ready=N]` | |
//! | ` .. [disable-conf-change-validation=B] [step-down-on-removal=B]` | |
//! | `set-randomized-election-timeout ID timeout=TICKS` | until the node's next change of role |
//! | `compact ID INDEX` | forgets the log up to INDEX, and prints what is left |
//! | `log-level debug\|info\|warn\|error\|fatal\|none` | `none` silences the commands too |
//! | `campaign ID`, `propose ID DATA`, `forget-leader ID` | |
//! | `propose-conf-change ID [v1=B] [transition=auto\|implicit\|explicit]` | with the steps as input: `v1 l2 r3 u4`; none leaves a joint configuration |
//! | `tick-election ID`, `tick-heartbeat ID` | ticks for an election timeout, for a heartbeat interval |
//! | `transfer-leadership from=ID to=ID`, `report-unreachable ID OTHER`, `send-snapshot ID OTHER` | |
//! | `process-ready ID..`, `process-append-thread ID..`, `process-apply-thread ID..` | |
//! | `deliver-msgs [ID..] [type=MSG] [drop=(ID, ..)]` | |
//! | `stabilize [ID..] [log-level=LEVEL]` | all of the above, until nothing is left to do |
//! | `raft-log ID`, `raft-state`, `status ID` | |
//!
//! Below any directive but `propose-conf-change` may stand further ones, a line each; what they say is one output.
//!
//! Ours alone, for what etcd's transcripts do not touch:
//!
//! | command | does |
//! |---|---|
//! | `add-nodes .. [max-size-per-msg=N] [max-inflight-bytes=N] [max-uncommitted-size=N]` | limits |
//! | ` .. [forward-proposals=B]`, and each switch of [`raft_core::Dialect`] by its name with `-` for `_` | |
//! | `read-index ID CONTEXT` | asks for a read index |
//! | `report-snapshot ID OTHER arrived\|lost` | the fate of a snapshot |
//! | `restart ID` | the node comes back from its disk, its memory is gone |

mod drive;
mod process;
mod setup;
mod show;

use crate::arguments::{Arguments, Trouble};
use crate::env::Environment;

impl Environment {
    /// Carries out one command.
    pub(crate) fn dispatch(&mut self, command: &str, arguments: Arguments<'_>, input: &str) -> Result<(), Trouble> {
        match command {
            "add-nodes" => self.add_nodes(arguments),
            "set-randomized-election-timeout" => self.set_randomized_election_timeout(arguments),
            "compact" => self.compact(arguments),
            "log-level" => self.log_level(arguments),
            "restart" => self.restart(arguments),

            "campaign" => self.campaign(arguments),
            "propose" => self.propose(arguments),
            "propose-conf-change" => self.propose_conf_change(arguments, input),
            "forget-leader" => self.forget_leader(arguments),
            "tick-election" => self.tick_election(arguments),
            "tick-heartbeat" => self.tick_heartbeat(arguments),
            "transfer-leadership" => self.transfer_leadership(arguments),
            "report-unreachable" => self.report_unreachable(arguments),
            "send-snapshot" => self.send_snapshot(arguments),
            "report-snapshot" => self.report_snapshot(arguments),
            "read-index" => self.read_index(arguments),

            "process-ready" => self.each("handling Ready", arguments, Self::process_ready),
            "process-append-thread" => self.each("processing append thread", arguments, Self::process_append),
            "process-apply-thread" => self.each("processing apply thread", arguments, Self::process_apply),
            "deliver-msgs" => self.deliver_msgs(arguments),
            "stabilize" => self.stabilize(arguments),

            "raft-log" => self.raft_log(arguments),
            "raft-state" => self.raft_state(),
            "status" => self.status(arguments),
            // A place for a debugger in etcd's test environment.
            "_breakpoint" => Ok(()),
            _ => Err(Trouble::bad("unknown command")),
        }
    }
}
