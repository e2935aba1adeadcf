//! `wasm-bindgen-test-runner`: what `cargo test --target wasm32-unknown-unknown` runs its test binaries with.

fn main() {
    env_logger::init();
    if let Err(error) = wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(std::env::args_os()) {
        eprintln!("error: {error:?}");
        std::process::exit(1);
    }
}
