//! The deterministic world: one seeded event queue in integer microseconds, nodes, network, disks, clients and checkers.
