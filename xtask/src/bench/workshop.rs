//! What contenders need: data, programs of others, a browser. Each is made when it is first asked
//! for, below `target/bench`; only Debian's packages go elsewhere.

use super::{data::Data, harness::Harness};
use crate::{
    build,
    command::{cargo, find, output, run},
    pack,
    project::{root, target, version_in},
    setup::{self, Browsers, TARGET, WasmToolchain},
};
use anyhow::{Context, Result, ensure};
use std::{
    fs,
    path::{Path, PathBuf},
    process::{self, Command},
};

pub struct Workshop {
    folder: PathBuf,
    data: Data,
    harness: Option<Harness>,
}

impl Workshop {
    /// With so many megabytes of users.
    pub fn new(megabytes: u64) -> Result<Self> {
        let folder = target().join("bench");
        fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        Ok(Self {
            data: Data::new(&folder, megabytes),
            folder,
            harness: None,
        })
    }

    pub fn data(&self) -> &Data {
        &self.data
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where a contender writes; not where that of another run does.
    pub fn output(&self) -> PathBuf {
        self.folder.join(format!("output-{}.csv", process::id()))
    }

    /// The command `rollcall` as it ships.
    pub fn command_line(&self) -> Result<PathBuf> {
        run(cargo()
            .args(["build", "--release", "--quiet", "-p", "rollcall-cli"])
            .current_dir(root()))?;
        Ok(target().join("release/rollcall"))
    }

    /// A program of a Debian package, and the version of the package.
    pub fn debian(&self, program: &str, package: &str) -> Result<(PathBuf, String)> {
        if find(&[program]).is_none() {
            setup::install_debian(&[package], "1 minute")?;
        }
        let file = find(&[program]).with_context(|| format!("{program} is not installed"))?;
        Ok((file, debian_version(package)?))
    }

    /// The version of Debian's simdjson, whose headers are there from then on.
    pub fn simdjson(&self) -> Result<String> {
        if !Path::new("/usr/include/simdjson.h").exists() {
            setup::install_debian(&["libsimdjson-dev", "g++"], "1 minute")?;
        }
        debian_version("libsimdjson-dev")
    }

    /// A Python that has the packages of `bench/native/requirements.txt`.
    pub fn python(&self) -> Result<PathBuf> {
        let folder = self.folder.join("python");
        let python = folder.join("bin/python");
        let requirements = root().join("bench/native/requirements.txt");
        let installed = folder.join("installed.txt");
        let wanted = fs::read(&requirements)?;
        if fs::read(&installed).is_ok_and(|there| there == wanted) {
            return Ok(python);
        }
        eprintln!("» Installing DuckDB and Polars into {}", folder.display());
        let python3 = find(&["python3"]).context("Python 3 is not installed")?;
        run(Command::new(python3).args(["-m", "venv"]).arg(&folder))?;
        run(Command::new(&python)
            .args([
                "-m",
                "pip",
                "install",
                "--quiet",
                "--disable-pip-version-check",
                "-r",
            ])
            .arg(requirements))?;
        fs::write(installed, wanted)?;
        Ok(python)
    }

    /// The version of a Python package.
    pub fn python_version(&self, package: &str) -> Result<String> {
        let code = format!("import {package}; print({package}.__version__)");
        Ok(output(Command::new(self.python()?).args(["-c", &code]))?
            .trim()
            .to_owned())
    }

    /// A peer that is written in Rust, compiled for this very processor.
    pub fn peer(&self, program: &str) -> Result<PathBuf> {
        let mut command = self.cargo(cargo());
        command
            .args(["build", "--release", "--quiet", "-p", "peers"])
            .env("RUSTFLAGS", "-Ctarget-cpu=native")
            // Other flags than the engine's would compile both anew each time.
            .env("CARGO_TARGET_DIR", self.folder.join("cargo-native"));
        run(&mut command)?;
        Ok(self.folder.join("cargo-native/release").join(program))
    }

    /// A program of the crate `engine`, compiled as Rollcall is.
    pub fn engine_program(&self, program: &str) -> Result<PathBuf> {
        run(self
            .cargo(cargo())
            .args(["build", "--release", "--quiet", "-p", "engine"]))?;
        Ok(self.folder.join("cargo/release").join(program))
    }

    /// The version of a library of the peers.
    pub fn crate_version(&self, package: &str) -> Result<String> {
        let lock = fs::read_to_string(root().join("bench/rust/Cargo.lock"))?;
        let version = version_in(&lock, package);
        Ok(version
            .with_context(|| format!("no {package} in the lock file"))?
            .to_owned())
    }

    /// Compiles a C++ program for this very processor.
    pub fn compiled(&self, source: &str) -> Result<PathBuf> {
        let file = root().join("bench/native").join(source);
        let program = self
            .folder
            .join(file.file_stem().expect("a source has a name"));
        run(Command::new("g++")
            .args(["-std=c++17", "-O3", "-march=native", "-DNDEBUG", "-o"])
            .args([&program, &file])
            .arg("-lsimdjson"))?;
        Ok(program)
    }

    /// The browser with all that its contenders need, which is made for the first of them.
    pub fn harness(&mut self) -> Result<&Harness> {
        if self.harness.is_none() {
            let chrome = Browsers::set_up()?.chrome;
            pack::run()?;
            let folders = [
                ("", root().join("bench/browser")),
                ("rollcall", target().join("npm/package")),
                ("npm", self.npm()?),
                ("engine", self.engine()?),
            ];
            self.harness = Some(Harness::start(&chrome, &folders)?);
        }
        Ok(self.harness.as_ref().expect("it is there by now"))
    }

    /// The folder of the peers' npm packages.
    fn npm(&self) -> Result<PathBuf> {
        let folder = self.folder.join("npm");
        let installed = folder.join("node_modules");
        let lock = fs::read(root().join("bench/package-lock.json"))?;
        if fs::read(folder.join("package-lock.json")).is_ok_and(|there| there == lock)
            && installed.exists()
        {
            return Ok(installed);
        }
        eprintln!(
            "» Installing DuckDB-Wasm and papaparse into {}",
            folder.display()
        );
        fs::create_dir_all(&folder)?;
        for name in ["package.json", "package-lock.json"] {
            fs::copy(root().join("bench").join(name), folder.join(name))?;
        }
        run(Command::new("npm")
            .args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"])
            .current_dir(&folder)
            .stdout(std::io::stderr()))?;
        Ok(installed)
    }

    /// The folder of the wasm that holds the projector alone, and serde_json.
    fn engine(&self) -> Result<PathBuf> {
        let toolchain = WasmToolchain::set_up()?;
        setup::npm::set_up()?;
        run(self.cargo(toolchain.cargo()).args([
            "build",
            "--release",
            "--quiet",
            "-p",
            "engine",
            "--lib",
            "--target",
            TARGET,
            "--config",
            build::compile::SIMD,
        ]))?;
        let folder = self.folder.join("engine");
        let wasm = self.folder.join("cargo").join(TARGET);
        let wasm = wasm.join("release/engine.wasm");
        build::compile::write_javascript(&wasm, "engine", &folder, true)?;
        build::optimize::run_on(&folder.join("engine_bg.wasm"), true)?;
        Ok(folder)
    }

    fn cargo(&self, mut cargo: Command) -> Command {
        cargo
            .current_dir(root().join("bench/rust"))
            .env("CARGO_TARGET_DIR", self.folder.join("cargo"));
        cargo
    }
}

fn debian_version(package: &str) -> Result<String> {
    let version = output(Command::new("dpkg-query").args(["-W", "-f", "${Version}", package]))?;
    let version = version
        .split(['-', '+'])
        .next()
        .unwrap_or_default()
        .to_owned();
    ensure!(!version.is_empty(), "{package} is not installed");
    Ok(version)
}
