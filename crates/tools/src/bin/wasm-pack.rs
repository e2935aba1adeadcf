//! `wasm-pack`, through its library: without its update check and its self-installation, which reach out to the network.

use clap::Parser;

fn main() {
    env_logger::init();
    let cli = wasm_pack::Cli::parse();
    wasm_pack::PBAR.set_log_level(cli.log_level);
    wasm_pack::PBAR.set_quiet(cli.quiet);
    if let Err(error) = wasm_pack::command::run_wasm_pack(cli.cmd) {
        eprintln!("error: {error:?}");
        std::process::exit(1);
    }
}
