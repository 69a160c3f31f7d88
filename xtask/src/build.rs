//! `cargo xtask build`

pub mod assemble;
pub mod compile;
mod module;
pub mod optimize;
mod size;

use crate::{
    project::root,
    setup::{self, WasmToolchain},
};
use anyhow::Result;
use module::{ENGINE, Module, PAGE, PLAIN_ENGINE, TENANT};
use std::{path::PathBuf, thread};

/// Builds the page into `dist/`.
#[derive(clap::Args)]
// `serve` has these among its own, and clap names groups by their type.
#[group(skip)]
pub struct Arguments {
    /// Builds fast and unoptimised.
    #[arg(long)]
    pub dev: bool,
}

/// Sets up what is missing, builds, and gives the folder of the finished page.
pub fn run(arguments: &Arguments) -> Result<PathBuf> {
    let glue = if arguments.dev {
        modules(&[ENGINE, TENANT, PAGE], true)?
    } else {
        modules(&[ENGINE, PLAIN_ENGINE, TENANT, PAGE], false)?
    };
    let dist = root().join("dist");
    assemble::run(&dist, &glue)?;
    Ok(dist)
}

/// Builds the modules of the npm package, and gives the folders of their wasm and JavaScript.
pub fn package() -> Result<Vec<PathBuf>> {
    modules(&[ENGINE, PLAIN_ENGINE, TENANT], false)
}

/// Builds modules and gives the folders of their wasm and JavaScript.
fn modules(modules: &[Module], dev: bool) -> Result<Vec<PathBuf>> {
    let toolchain = WasmToolchain::set_up()?;
    let wasm_bindgen = setup::wasm_bindgen()?;
    setup::npm::set_up()?;

    compile::cargo(&toolchain, modules, dev)?;
    let finish = |module: &Module| {
        let folder = compile::bind(module, &wasm_bindgen, dev)?;
        if !dev {
            optimize::run_on(&module.wasm_in(&folder), module.has_simd)?;
        }
        Ok((*module, folder))
    };
    let built = thread::scope(|scope| {
        // Each takes one core for some seconds.
        let parts: Vec<_> = modules
            .iter()
            .map(|module| scope.spawn(|| finish(module)))
            .collect();
        parts
            .into_iter()
            .map(|part| part.join().expect("building a module does not panic"))
            .collect::<Result<Vec<_>>>()
    })?;
    compile::check_scripts(&built)?;
    size::report(&built)?;
    Ok(built.into_iter().map(|(_, folder)| folder).collect())
}
