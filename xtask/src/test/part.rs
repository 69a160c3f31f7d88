//! The parts of a test run.

use super::{counts::Counts, runner::run_counted};
use crate::{
    build,
    command::{cargo, run},
    fuzz, pack,
    project::{root, target},
    serve::Server,
    setup::{self, Browsers, TARGET, WasmToolchain},
};
use anyhow::{Context, Result, ensure};
use clap::ValueEnum;
use std::{env, fmt, fs, path::PathBuf, process::Command, thread};

/// How headless Chrome is started; `wasm-pack test` finds it in its package.
const WEBDRIVER: &str = "crate-web/webdriver.json";

/// What can be tested alone.
#[derive(Clone, Copy, ValueEnum)]
pub enum Part {
    /// Installs what the other parts need.
    SetUp,
    /// The formatting of the code.
    Format,
    /// The lints.
    Clippy,
    /// Tests of the core, the cases, the page's state and these commands.
    Native,
    /// Tests of the program `rollcall`.
    CommandLine,
    /// What LibreOffice makes of exports.
    Spreadsheet,
    /// Tests of the engine and the tenant in headless Chrome.
    Wasm,
    /// Tests of the npm package, as it is installed.
    Npm,
    /// Tests of the finished page in headless browsers.
    Page,
    /// A minute under each law, looking for bytes that break it.
    Fuzz,
}

impl Part {
    /// In the order of a whole run: what is quick to say no comes first.
    pub const ALL: &'static [Self] = &[
        Self::SetUp,
        Self::Format,
        Self::Clippy,
        Self::Native,
        Self::CommandLine,
        Self::Spreadsheet,
        Self::Wasm,
        Self::Npm,
        Self::Page,
        Self::Fuzz,
    ];

    /// Runs the part and counts its tests.
    pub fn run(self, counts: &mut Counts) -> Result<()> {
        match self {
            Self::SetUp => set_up(),
            Self::Format => run(project_cargo().args(["fmt", "--all", "--check"])),
            Self::Clippy => run(project_cargo()
                .args(["clippy", "--workspace", "--all-targets"])
                .args(["--", "--deny", "warnings"])),
            Self::Native => test_packages(
                &[
                    "rollcall-core",
                    "rollcall-cases",
                    "rollcall-fuzz",
                    "rollcall-www",
                    "xtask",
                ],
                counts,
            ),
            Self::CommandLine => test_packages(&["rollcall-cli"], counts),
            Self::Spreadsheet => spreadsheet(counts),
            Self::Wasm => wasm(counts),
            Self::Npm => npm(counts),
            Self::Page => page(counts),
            Self::Fuzz => fuzz::run_counted(&fuzz::Arguments::of_a_test(), counts),
        }
    }
}

impl fmt::Display for Part {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        let value = self.to_possible_value().expect("no part is hidden");
        out.pad(value.get_name())
    }
}

fn set_up() -> Result<()> {
    WasmToolchain::set_up()?;
    thread::scope(|scope| {
        // It is compiled while the others are fetched.
        let runner = scope.spawn(setup::wasm_test_runner);
        setup::npm::set_up()?;
        Browsers::set_up()?;
        setup::libreoffice()?;
        setup::cpp_compiler()?;
        runner.join().expect("setting up does not panic")?;
        Ok(())
    })
}

fn project_cargo() -> Command {
    let mut command = cargo();
    command.current_dir(root());
    command
}

fn test_packages(packages: &[&str], counts: &mut Counts) -> Result<()> {
    let mut command = project_cargo();
    command.args(["test", "--no-fail-fast"]);
    command.args(packages.iter().flat_map(|package| ["-p", package]));
    run_counted(&mut command, counts)
}

/// The program as people install it.
fn command_line() -> Result<PathBuf> {
    run(project_cargo().args(["build", "--release", "-p", "rollcall-cli"]))?;
    Ok(target().join("release/rollcall"))
}

fn spreadsheet(counts: &mut Counts) -> Result<()> {
    let libreoffice = setup::libreoffice()?;
    let mut command = Command::new("node");
    command
        .args(["--test", "--test-reporter=spec"])
        .args(tests_in("tests/spreadsheet")?)
        .env("ROLLCALL_CLI", command_line()?)
        .env("SOFFICE", libreoffice)
        .current_dir(root());
    run_counted(&mut command, counts)
}

fn wasm(counts: &mut Counts) -> Result<()> {
    let toolchain = WasmToolchain::set_up()?;
    let runner = setup::wasm_test_runner()?;
    let browsers = Browsers::set_up()?;
    // As a list, so that blanks in its path do not part it.
    let runner = format!(
        "target.{TARGET}.runner=[{:?}]",
        runner.display().to_string()
    );
    // The engine as it is, and as browsers without SIMD get it, beside what is compiled without it.
    let simd: &[&str] = &["--config", build::compile::SIMD];
    let plain: &[&str] = &["-p", "rollcall-js", "-p", "rollcall-tenant"];
    for flags in [simd, plain] {
        let mut command = toolchain.cargo();
        command
            .args([
                "test",
                "--no-fail-fast",
                "--target",
                TARGET,
                "-p",
                "rollcall",
            ])
            .args(["--config", &runner])
            .args(flags)
            .env("CHROMEDRIVER", &browsers.chromedriver)
            .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", root().join(WEBDRIVER))
            // Seconds for the driver to start and for the tests to end: only what hangs needs them.
            .env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "180")
            .env("WASM_BINDGEN_TEST_TIMEOUT", "900")
            .current_dir(root());
        run_counted(&mut command, counts)?;
    }
    Ok(())
}

fn npm(counts: &mut Counts) -> Result<()> {
    let browsers = Browsers::set_up()?;
    let tarball = pack::run()?;
    let mut command = Command::new("node");
    command
        .args(["--test", "--test-reporter=spec"])
        .args(tests_in("tests/npm")?)
        .env("ROLLCALL_TARBALL", &tarball)
        .env("ROLLCALL_PACKAGE", pack::install(&tarball)?)
        .env("CHROME", browsers.chrome)
        .env("FIREFOX", browsers.firefox)
        .current_dir(root());
    run_counted(&mut command, counts)
}

fn page(counts: &mut Counts) -> Result<()> {
    let browsers = Browsers::set_up()?;
    let dist = build::run(&build::Arguments { dev: false })?;
    let command_line = command_line()?;
    let server = Server::listen(Some(0))?;
    let address = server.address();
    let served = dist.clone();
    // It ends with us.
    thread::spawn(move || server.serve(&served));
    let tests = tests_in("tests/browser")?;
    let mut command = Command::new("node");
    command
        // Two at a time: each has a browser, and some measure how the page keeps up.
        .args(["--test", "--test-reporter=spec", "--test-concurrency=2"])
        // For a whole file, on a busy machine too: only what hangs needs half an hour.
        .arg("--test-timeout=1800000")
        .args(tests)
        .env("ROLLCALL_URL", address)
        .env("ROLLCALL_DIST", dist)
        .env("ROLLCALL_CLI", command_line)
        .env("ROLLCALL_XTASK", env::current_exe()?)
        .env("CHROME", browsers.chrome)
        .env("FIREFOX", browsers.firefox)
        .current_dir(root());
    run_counted(&mut command, counts)
}

/// Node 20 does not expand patterns.
fn tests_in(folder: &str) -> Result<Vec<PathBuf>> {
    let folder = root().join(folder);
    let mut tests = Vec::new();
    for entry in
        fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?
    {
        let file = entry?.path();
        if file.to_string_lossy().ends_with(".test.mjs") {
            tests.push(file);
        }
    }
    tests.sort();
    ensure!(!tests.is_empty(), "{} holds no test", folder.display());
    Ok(tests)
}
