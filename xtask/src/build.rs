//! `cargo xtask build`

pub mod assemble;
mod compile;
mod optimize;
mod size;

use crate::{
    project::root,
    setup::{self, WasmToolchain},
};
use anyhow::Result;
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

/// A part of the page that is compiled on its own.
struct Module {
    package: &'static str,
    /// What the person who reads the sizes calls it.
    title: &'static str,
}

const MODULES: [Module; 2] = [
    Module {
        package: "rollcall",
        title: "engine",
    },
    Module {
        package: "rollcall-www",
        title: "page",
    },
];

/// Sets up what is missing, builds, and gives the folder of the finished page.
pub fn run(arguments: &Arguments) -> Result<PathBuf> {
    let toolchain = WasmToolchain::set_up()?;
    let wasm_bindgen = setup::wasm_bindgen()?;
    setup::npm::set_up()?;

    compile::cargo(&toolchain, &MODULES, arguments.dev)?;
    let glue = thread::scope(|scope| {
        // Each takes one core for some seconds.
        let parts = MODULES.each_ref().map(|module| {
            let wasm_bindgen = &wasm_bindgen;
            scope.spawn(move || {
                let folder = compile::bind(module, wasm_bindgen, arguments.dev)?;
                if !arguments.dev {
                    optimize::run_on(&module.wasm_in(&folder))?;
                }
                Ok(folder)
            })
        });
        parts
            .into_iter()
            .map(|part| part.join().expect("building a module does not panic"))
            .collect::<Result<Vec<_>>>()
    })?;
    let dist = root().join("dist");
    assemble::run(&dist, &glue)?;
    for module in &MODULES {
        size::report(module.title, &module.wasm_in(&dist))?;
    }
    Ok(dist)
}

/// Builds the engine alone, and gives the folder of its wasm and JavaScript.
pub fn engine() -> Result<PathBuf> {
    let toolchain = WasmToolchain::set_up()?;
    let wasm_bindgen = setup::wasm_bindgen()?;
    setup::npm::set_up()?;
    let [engine, _] = &MODULES;
    compile::cargo(&toolchain, std::slice::from_ref(engine), false)?;
    let folder = compile::bind(engine, &wasm_bindgen, false)?;
    optimize::run_on(&engine.wasm_in(&folder))?;
    size::report(engine.title, &engine.wasm_in(&folder))?;
    Ok(folder)
}

impl Module {
    /// The file that wasm-bindgen writes for this module.
    fn wasm_in(&self, folder: &std::path::Path) -> PathBuf {
        folder.join(format!("{}_bg.wasm", self.package))
    }
}
