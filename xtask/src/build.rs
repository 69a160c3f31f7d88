//! `cargo xtask build`

pub mod assemble;
mod compile;
pub mod optimize;
mod size;

use crate::{
    project::root,
    setup::{self, WasmToolchain},
};
use anyhow::Result;
use std::{
    path::{Path, PathBuf},
    thread,
};

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
    /// What cargo calls its wasm.
    artifact: &'static str,
    /// What the person who reads the sizes calls it.
    title: &'static str,
}

const ENGINE: Module = Module {
    package: "rollcall",
    artifact: "rollcall.wasm",
    title: "engine",
};
const TENANT: Module = Module {
    package: "rollcall-tenant",
    artifact: "rollcall_tenant.wasm",
    title: "tenant",
};
const PAGE: Module = Module {
    package: "rollcall-www",
    artifact: "rollcall-www.wasm",
    title: "page",
};

/// Sets up what is missing, builds, and gives the folder of the finished page.
pub fn run(arguments: &Arguments) -> Result<PathBuf> {
    let glue = modules(&[ENGINE, TENANT, PAGE], arguments.dev)?;
    let dist = root().join("dist");
    assemble::run(&dist, &glue)?;
    Ok(dist)
}

/// Builds the modules of the npm package, and gives the folders of their wasm and JavaScript.
pub fn package() -> Result<Vec<PathBuf>> {
    modules(&[ENGINE, TENANT], false)
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
            optimize::run_on(&module.wasm_in(&folder))?;
        }
        Ok(folder)
    };
    let folders = thread::scope(|scope| {
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
    for (module, folder) in modules.iter().zip(&folders) {
        size::report(module.title, &module.wasm_in(folder))?;
    }
    Ok(folders)
}

impl Module {
    /// The file that wasm-bindgen writes for this module.
    fn wasm_in(&self, folder: &Path) -> PathBuf {
        folder.join(format!("{}_bg.wasm", self.package))
    }
}
