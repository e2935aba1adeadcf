//! The wasm binding: one `Session`, action text in, one typed view model out. It knows no rule of Raft or of the world.
