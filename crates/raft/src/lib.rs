//! Raft in the shape of etcd's: a pure state machine that is given ticks and messages and answers with `Ready`.
