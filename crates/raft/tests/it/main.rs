//! The tests of the core through its public API: what the paper and the thesis say, sentence by sentence.

mod asynchronous;
mod chaos;
mod chaos_async;
mod cluster;
mod decisions;
mod disruption;
mod election;
mod figure_2;
mod figures;
mod flow_control;
mod membership;
mod reads;
mod refusals;
mod replication;
mod rules;
mod snapshots;
mod transfer;
mod values;
mod wire;
