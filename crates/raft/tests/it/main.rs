//! The tests of the core through its public API: what the paper and the thesis say, sentence by sentence.

mod cluster;
mod election;
mod replication;
