//! `wasm-bindgen`: turns the compiled module into the module and the JavaScript glue that a page loads. wasm-pack calls it.

fn main() {
    env_logger::init();
    if let Err(error) = wasm_bindgen_cli::wasm_bindgen::run_cli_with_args(std::env::args_os()) {
        eprintln!("error: {error:?}");
        std::process::exit(1);
    }
}
