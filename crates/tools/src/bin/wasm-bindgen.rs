//! `wasm-bindgen`: turns the compiled module into the module and the JavaScript glue that a page loads.
//!
//! It knows the options that wasm-pack calls it with, and refuses others. wasm-bindgen's own program knows more, and is one crate with its test
//! runner, a web server and a TLS client: a first `npm start` need not wait for those.

use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<()> {
    let mut bindgen = Bindgen::new();
    bindgen.typescript(true).omit_default_module_path(false);
    let mut out_dir = None;
    let mut arguments = std::env::args_os().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || {
            let value = arguments.next().and_then(|value| value.into_string().ok());
            value.with_context(|| format!("{} needs a value", argument.display()))
        };
        match argument.to_str() {
            Some("--version") => {
                println!("wasm-bindgen {}", env!("CARGO_PKG_VERSION"));
                return Ok(());
            }
            Some("--out-dir") => out_dir = Some(PathBuf::from(value()?)),
            Some("--out-name") => drop(bindgen.out_name(&value()?)),
            Some("--target") => target(&mut bindgen, &value()?)?,
            Some("--typescript") => drop(bindgen.typescript(true)),
            Some("--no-typescript") => drop(bindgen.typescript(false)),
            Some("--debug") => drop(bindgen.debug(true)),
            Some("--no-demangle") => drop(bindgen.demangle(false)),
            Some("--keep-debug") => drop(bindgen.keep_debug(true)),
            Some("--omit-default-module-path") => drop(bindgen.omit_default_module_path(true)),
            Some("--split-linked-modules") => drop(bindgen.split_linked_modules(true)),
            Some(option) if option.starts_with('-') => {
                bail!("unknown option {option}: this program knows what wasm-pack asks for")
            }
            Some(_) | None => drop(bindgen.input_path(argument)),
        }
    }
    bindgen.generate(out_dir.context("--out-dir is missing")?)
}

fn target(bindgen: &mut Bindgen, name: &str) -> Result<()> {
    match name {
        "bundler" => bindgen.bundler(true)?,
        "web" => bindgen.web(true)?,
        "nodejs" => bindgen.nodejs(true)?,
        "no-modules" => bindgen.no_modules(true)?,
        "deno" => bindgen.deno(true)?,
        other => bail!("--target {other}: bundler, web, nodejs, no-modules or deno"),
    };
    Ok(())
}
