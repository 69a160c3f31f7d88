//! Programs.

use super::{
    contender::{Contender, Group, Measured, Prepared},
    job,
    workshop::Workshop,
};
use crate::{command::shown, project::root};
use anyhow::{Context, Result, ensure};
use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Instant,
};
use wait4::Wait4;

/// In the order of the table.
pub const CONTENDERS: &[Contender] = &[
    Contender {
        name: "rollcall",
        group: Group::Native,
        title: "**Rollcall**",
        remark: "every record fully checked",
        writes: true,
        prepare: |workshop| rollcall(workshop, 1),
    },
    Contender {
        name: "rollcall-2",
        group: Group::Native,
        title: "**Rollcall, 2 threads**",
        remark: "every record fully checked",
        writes: true,
        prepare: |workshop| rollcall(workshop, 2),
    },
    Contender {
        name: "simdjson",
        group: Group::Native,
        title: "simdjson On-Demand (C++)",
        remark: "does not check the values it skips; holds the whole file in memory",
        writes: true,
        prepare: |workshop| {
            let version = workshop.simdjson()?;
            let program = workshop.compiled("on_demand.cpp")?;
            files(workshop, version, program, &[])
        },
    },
    Contender {
        name: "sonic-rs",
        group: Group::Native,
        title: "sonic-rs `get_many`",
        remark: "does not check the values it skips",
        writes: true,
        prepare: |workshop| {
            let version = workshop.crate_version("sonic-rs")?;
            let program = workshop.peer("sonic")?;
            files(workshop, version, program, &[])
        },
    },
    Contender {
        name: "serde-json",
        group: Group::Native,
        title: "serde_json, typed",
        remark: "does not check UTF-8 in what it skips",
        writes: true,
        prepare: |workshop| {
            let version = workshop.crate_version("serde_json")?;
            let program = workshop.peer("typed")?;
            files(workshop, version, program, &[])
        },
    },
    Contender {
        name: "duckdb",
        group: Group::Native,
        title: "DuckDB, types given",
        remark: "from Python, start-up included",
        writes: true,
        prepare: |workshop| python(workshop, "duckdb"),
    },
    Contender {
        name: "polars",
        group: Group::Native,
        title: "Polars, types given",
        remark: "from Python, start-up included; quotes only where necessary",
        writes: true,
        prepare: |workshop| python(workshop, "polars"),
    },
    Contender {
        name: "jq",
        group: Group::Native,
        title: "jq",
        remark: "",
        writes: true,
        prepare: |workshop| {
            let (program, version) = workshop.debian("jq", "jq")?;
            let script = root().join("bench/native/job.jq");
            let mut command = vec![program, "--null-input".into(), "--raw-output".into()];
            command.extend(["--from-file".into(), script, workshop.data().lines()?]);
            stdout(workshop, version, command)
        },
    },
    Contender {
        name: "miller",
        group: Group::Native,
        title: "Miller",
        remark: "uses all cores; quotes only where necessary",
        writes: true,
        prepare: |workshop| {
            let (program, version) = workshop.debian("mlr", "miller")?;
            let script = root().join("bench/native/job.mlr");
            let mut command = vec![program, "--ijsonl".into(), "--ocsv".into(), "put".into()];
            command.extend(["-q".into(), "-f".into(), script, workshop.data().lines()?]);
            stdout(workshop, version, command)
        },
    },
    Contender {
        name: "wc",
        group: Group::Native,
        title: "`wc -l`",
        remark: "counts lines and writes nothing",
        writes: false,
        prepare: |workshop| {
            let command = vec!["wc".into(), "-l".into(), workshop.data().lines()?];
            stdout(workshop, String::new(), command)
        },
    },
];

fn rollcall(workshop: &mut Workshop, threads: u32) -> Result<Prepared> {
    let program = workshop.command_line()?;
    let users = workshop.data().lines()?;
    let bytes = workshop.data().bytes()?;
    Ok(Prepared {
        version: None,
        run: Box::new(move |out| {
            let mut command = export(&program);
            command.arg(&users).arg("--output").arg(out);
            command.arg("--threads").arg(threads.to_string());
            measure(command.stdin(Stdio::null()), bytes)
        }),
    })
}

/// The command with the job, but without its files.
pub fn export(program: &Path) -> Command {
    let mut command = Command::new(program);
    command.arg("export");
    for (name, title) in job::FIELDS {
        command.arg("--field").arg(format!("{name}={title}"));
    }
    command
}

fn python(workshop: &Workshop, package: &str) -> Result<Prepared> {
    let version = workshop.python_version(package)?;
    let script = root().join(format!("bench/native/{package}_job.py"));
    files(workshop, version, workshop.python()?, &[script])
}

/// A program that is given the names of both files.
fn files(
    workshop: &Workshop,
    version: String,
    program: PathBuf,
    arguments: &[PathBuf],
) -> Result<Prepared> {
    let users = workshop.data().lines()?;
    let bytes = workshop.data().bytes()?;
    let arguments = arguments.to_owned();
    Ok(Prepared {
        version: Some(version),
        run: Box::new(move |out| {
            let mut command = Command::new(&program);
            command.args(&arguments).arg(&users).arg(out);
            measure(command.stdin(Stdio::null()), bytes)
        }),
    })
}

/// A program that writes to its standard output.
fn stdout(workshop: &Workshop, version: String, command: Vec<PathBuf>) -> Result<Prepared> {
    let bytes = workshop.data().bytes()?;
    Ok(Prepared {
        version: Some(version).filter(|version| !version.is_empty()),
        run: Box::new(move |out| {
            let mut program = Command::new(&command[0]);
            program.args(&command[1..]).stdout(File::create(out)?);
            measure(program.stdin(Stdio::null()), bytes)
        }),
    })
}

/// Runs a program to its end. What it says on stderr goes where ours goes.
pub fn measure(command: &mut Command, bytes: u64) -> Result<Measured> {
    forget_own_peak();
    let start = Instant::now();
    let child = command.spawn();
    let used = child
        .and_then(Wait4::wait4)
        .with_context(|| format!("cannot run `{}`", shown(command)))?;
    let seconds = start.elapsed().as_secs_f64();
    ensure!(
        used.status.success(),
        "`{}` failed ({})",
        shown(command),
        used.status
    );
    Ok(Measured {
        bytes,
        seconds,
        cpu_seconds: (used.rusage.utime + used.rusage.stime).as_secs_f64(),
        memory: used.rusage.maxrss,
    })
}

/// Linux counts the peak of the process that starts another as the other's own; this takes ours
/// back to what we hold now, some MB. Elsewhere it does nothing.
fn forget_own_peak() {
    let _ = fs::write("/proc/self/clear_refs", "5");
}

/// Rollcall's projector over users in memory.
pub fn projector(workshop: &mut Workshop) -> Result<Prepared> {
    let program = workshop.engine_program("projector")?;
    let users = workshop.data().lines()?;
    let Projected { bytes, passes } = Projected::of(workshop)?;
    Ok(Prepared {
        version: None,
        run: Box::new(move |out| {
            let mut command = Command::new(&program);
            command.arg(&users).arg(job::request());
            command.args([bytes, passes].map(|number| number.to_string()));
            command.stdin(Stdio::null()).stdout(File::create(out)?);
            let whole = measure(&mut command, bytes * passes)?;
            // The passes alone, without reading the file.
            let seconds = fs::read_to_string(out)?.trim().parse()?;
            Ok(Measured { seconds, ..whole })
        }),
    })
}

/// How much the projector is given, and how often: together as much as the file has.
pub struct Projected {
    pub bytes: u64,
    pub passes: u64,
}

impl Projected {
    const MOST: u64 = 64_000_000;

    pub fn of(workshop: &Workshop) -> Result<Self> {
        let all = workshop.data().bytes()?;
        let bytes = all.min(Self::MOST);
        Ok(Self {
            bytes,
            passes: all.div_ceil(bytes),
        })
    }
}
