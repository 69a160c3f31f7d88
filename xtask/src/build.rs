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
use std::{path::PathBuf, sync::mpsc, thread};

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
    let finish = |module: &Module| {
        let folder = compile::bind(module, dev)?;
        if !dev {
            optimize::run_on(&module.wasm_in(&folder), module.has_simd)?;
        }
        Ok((*module, folder))
    };
    let built = thread::scope(|scope| {
        let (compiled, to_finish) = mpsc::channel();
        // npm waits for its registry, and each module then takes one core for some seconds: beside
        // cargo, which mostly has no use for all of them.
        let finished = scope.spawn(move || {
            setup::npm::set_up()?;
            let parts: Vec<_> = to_finish
                .iter()
                .map(|module| scope.spawn(move || finish(module)))
                .collect();
            parts
                .into_iter()
                .map(|part| part.join().expect("finishing a module does not panic"))
                .collect::<Result<Vec<_>>>()
        });
        for module in modules {
            compile::cargo(&toolchain, module, dev)?;
            // Nobody listens any more if npm has failed, which is told below.
            let _ = compiled.send(module);
        }
        drop(compiled);
        finished.join().expect("finishing modules does not panic")
    })?;
    compile::check_scripts(&built)?;
    size::report(&built)?;
    Ok(built.into_iter().map(|(_, folder)| folder).collect())
}
