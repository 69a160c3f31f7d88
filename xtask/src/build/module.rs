//! What is compiled on its own.

use std::path::{Path, PathBuf};

/// A wasm module.
#[derive(Clone, Copy)]
pub struct Module {
    /// The package that it is made of.
    pub package: &'static str,
    /// What cargo calls its wasm.
    pub artifact: &'static str,
    /// What its wasm is called in the page and the package.
    pub name: &'static str,
    /// What its JavaScript is called, which several may share.
    pub script: &'static str,
    /// What the person who reads the sizes calls it.
    pub title: &'static str,
    /// Whether it is a library and not a program.
    pub is_library: bool,
    /// Whether it may use SIMD, which browsers from before 2023 may lack.
    pub has_simd: bool,
}

/// What workers and streams load.
pub const ENGINE: Module = Module {
    package: "rollcall",
    artifact: "rollcall.wasm",
    name: "rollcall",
    script: "rollcall",
    title: "engine",
    is_library: true,
    has_simd: true,
};

/// The engine for those who have no SIMD: a sixth as fast.
pub const PLAIN_ENGINE: Module = Module {
    name: "rollcall-plain",
    title: "engine without SIMD",
    has_simd: false,
    ..ENGINE
};

/// The API of the jobs.
pub const TENANT: Module = Module {
    package: "rollcall-tenant",
    artifact: "rollcall_tenant.wasm",
    name: "rollcall-tenant",
    script: "rollcall-tenant",
    title: "tenant",
    is_library: true,
    has_simd: false,
};

/// The page.
pub const PAGE: Module = Module {
    package: "rollcall-www",
    artifact: "rollcall-www.wasm",
    name: "rollcall-www",
    script: "rollcall-www",
    title: "page",
    is_library: false,
    has_simd: false,
};

impl Module {
    /// Its file among others.
    pub fn wasm_in(&self, folder: &Path) -> PathBuf {
        folder.join(format!("{}_bg.wasm", self.name))
    }
}
