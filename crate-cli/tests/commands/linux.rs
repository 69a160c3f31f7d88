//! Devices, pipes, signals, permissions, as Linux has them.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use flate2::{Compression, write::GzEncoder};

use crate::folder::*;

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn a_full_device_is_an_io_failure() {
    let folder = Folder::new();
    let output = folder.export(&["users.json", "-o", "/dev/full"]);
    let (error, .., message) = failure(&output);
    assert_eq!(error, "io");
    assert!(message.starts_with("/dev/full: No space left"), "{message}");

    let mut command = folder.command(&["export", "users.json"]);
    let full = File::options().write(true).open("/dev/full").unwrap();
    let output = command.stdout(full).output().unwrap();
    let (error, .., message) = failure(&output);
    assert_eq!(error, "io");
    assert!(
        message.starts_with("standard output: No space left"),
        "{message}"
    );
}

#[test]
fn devices_are_written_to_and_not_replaced() {
    let folder = Folder::new();
    let args = ["users.json", "-o", "/dev/null", "--rejects", "/dev/null"];
    assert!(folder.export(&args).status.success());
    assert!(!fs::metadata("/dev/null").unwrap().is_file());
}

#[test]
fn nothing_is_written_to_one_place_twice() {
    let folder = Folder::new();
    assert!(
        Command::new("mkfifo")
            .arg(folder.0.path().join("pipe"))
            .status()
            .unwrap()
            .success()
    );
    symlink("pipe", folder.0.path().join("link")).unwrap();
    for args in [
        &["broken.json", "--rejects", "-"][..],
        &["broken.json", "-o", "-", "--rejects", "/dev/stdout"],
        &["broken.json", "-o", "/dev/stdout", "--rejects", "/dev/fd/1"],
        &["broken.json", "-o", "pipe", "--rejects", "link"],
        &["broken.json", "-o", "new", "--rejects", "./new"],
    ] {
        let output = folder.export(args);
        let (error, .., message) = failure(&output);
        assert_eq!(error, "bad_request", "{args:?}");
        assert!(
            message.contains("choose another file for --rejects"),
            "{message}"
        );
        assert_eq!(stdout(&output), "");
    }
    // What the shell has opened for the export.
    let path = folder.0.path().join("out.csv");
    let mut command = folder.command(&["export", "broken.json", "--rejects", "out.csv"]);
    let output = command
        .stdout(File::create(&path).unwrap())
        .output()
        .unwrap();
    assert_eq!(failure(&output).0, "bad_request");
    assert_eq!(fs::read(&path).unwrap(), b"");
}

#[test]
fn reports_on_standard_error_never_stand_in_the_export() {
    let folder = Folder::new();
    let path = folder.0.path().join("both");
    for (input, status) in [("users.json", 0), ("broken.json", 1)] {
        let both = File::create(&path).unwrap();
        let mut command = folder.command(&["export", input, ID[0], ID[1]]);
        let command = command.stdout(both.try_clone().unwrap()).stderr(both);
        assert_eq!(command.status().unwrap().code(), Some(status));
        let text = fs::read_to_string(&path).unwrap();
        match status {
            0 => assert_eq!(text, CSV),
            _ => assert!(
                text.ends_with("or name a file with --output\"}\n"),
                "{text}"
            ),
        }
    }
}

#[test]
fn a_new_file_has_the_usual_permissions_and_an_older_one_keeps_its_own() {
    let folder = Folder::new();
    let path = |name: &str| folder.0.path().join(name);
    folder.put("usual", "");
    assert!(folder.export(&["users.json", "-o", "new"]).status.success());
    assert_eq!(mode(&path("new")), mode(&path("usual")));

    fs::set_permissions(path("new"), fs::Permissions::from_mode(0o600)).unwrap();
    symlink("new", path("link")).unwrap();
    let args = ["users.json", "-o", "link", ID[0], ID[1]];
    assert!(folder.export(&args).status.success());
    assert_eq!(mode(&path("new")), 0o600);
    assert!(path("link").is_symlink());
    assert_eq!(folder.get("new").as_deref(), Some(CSV));
}

#[test]
fn redirected_files_are_not_overwritten_either() {
    let folder = Folder::new();
    let users = folder.0.path().join("users.json");
    let mut command = folder.command(&["export", "-o", "users.json"]);
    let output = command.stdin(File::open(&users).unwrap()).output().unwrap();
    assert_eq!(failure(&output).0, "bad_request");

    let mut command = folder.command(&["export", "users.json"]);
    let append = File::options().append(true).open(&users).unwrap();
    let output = command.stdout(append).output().unwrap();
    assert_eq!(failure(&output).0, "bad_request");
    assert_eq!(folder.get("users.json").as_deref(), Some(USERS));
}

#[test]
fn a_link_to_what_is_read_is_not_written_to() {
    let folder = Folder::new();
    symlink("users.json", folder.0.path().join("link")).unwrap();
    symlink("../nowhere/users.json", folder.0.path().join("broken")).unwrap();
    for (args, error) in [
        (["users.json", "-o", "link"], "bad_request"),
        (["link", "-o", "users.json"], "bad_request"),
        (["broken", "-o", "out.csv"], "io"),
    ] {
        let before = folder.names();
        assert_eq!(failure(&folder.export(&args)).0, error, "{args:?}");
        assert_eq!(folder.names(), before, "{args:?}");
        assert_eq!(folder.get("users.json").as_deref(), Some(USERS), "{args:?}");
    }
    // Another name of the same file, or a link to nothing, becomes a file of its own.
    let other = folder.0.path().join("other");
    fs::hard_link(folder.0.path().join("users.json"), other).unwrap();
    for name in ["other", "broken"] {
        let output = folder.export(&["users.json", "-o", name, ID[0], ID[1]]);
        assert!(output.status.success(), "{output:?}");
        assert_eq!(folder.get(name).as_deref(), Some(CSV));
        assert_eq!(folder.get("users.json").as_deref(), Some(USERS));
    }
}

#[test]
fn a_reader_that_has_read_enough_ends_the_run_quietly() {
    let folder = Folder::new();
    folder.put("many.json", USERS.repeat(20_000));
    let mut child = folder
        .command(&["export", "many.json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let mut pipe = BufReader::new(child.stdout.take().unwrap());
    pipe.read_line(&mut line).unwrap();
    drop(pipe);
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), stderr(&output)), (Some(141), ""));
}

#[test]
fn a_limit_ends_the_reading() {
    let folder = Folder::new();
    let mut child = folder
        .command(&["export", "--limit", "1", "--chunk", "64", ID[0], ID[1]])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(USERS.as_bytes()).unwrap();
    // Standard input stays open: only the limit can end the run.
    let output = child.wait_with_output().unwrap();
    assert_eq!(stdout(&output), "user_id\n\"'auth0|1\"\n");
    drop(stdin);
}

#[test]
fn an_interrupt_leaves_nothing_behind() {
    for signal in ["INT", "TERM"] {
        let folder = Folder::new();
        let before = folder.names();
        let args = ["export", "-o", "out.csv", "--rejects", "rejects.json"];
        let mut child = folder
            .command(&args)
            .stdin(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all(USERS.as_bytes()).unwrap();
        let started = Instant::now();
        while folder.names().len() < before.len() + 2 {
            assert!(
                started.elapsed() < Duration::from_secs(120),
                "no temporary files"
            );
            thread::sleep(Duration::from_millis(5));
        }
        let kill = Command::new("kill")
            .args(["-s", signal, &child.id().to_string()])
            .status();
        assert!(kill.unwrap().success());
        let output = child.wait_with_output().unwrap();
        drop(stdin);
        assert_eq!(output.status.code(), Some(130), "{output:?}");
        assert_eq!(reports(stderr(&output))[0].4, "interrupted");
        assert_eq!(folder.names(), before);
    }
}

#[test]
fn a_file_that_changes_while_it_is_read_fails_the_run() {
    /// Something that somebody else does to a file.
    type Change = fn(&Path);
    let changes: [(Change, bool); 5] = [
        // At the end of a line, where nothing in the text tells.
        (|path| open(path).set_len(WHOLE / 2).unwrap(), true),
        (|path| open(path).write_all(USERS.as_bytes()).unwrap(), true),
        (
            |path| File::create(path).unwrap().write_all(b"{}").unwrap(),
            true,
        ),
        (
            |path| open(path).set_modified(SystemTime::UNIX_EPOCH).unwrap(),
            true,
        ),
        // Who has it open still reads all of it.
        (|path| fs::remove_file(path).unwrap(), false),
    ];
    const WHOLE: u64 = USERS.len() as u64 * 100_000;
    fn open(path: &Path) -> File {
        File::options().append(true).open(path).unwrap()
    }
    for (index, (change, fails)) in changes.into_iter().enumerate() {
        for (threads, is_redirected) in [("1", false), ("2", false), ("1", true)] {
            let folder = Folder::new();
            folder.put("many.json", USERS.repeat(100_000));
            let many = folder.0.path().join("many.json");
            let mut command = folder.command(&["export", ID[0], ID[1], "--threads", threads]);
            match is_redirected {
                true => command.stdin(File::open(&many).unwrap()),
                false => command.arg("many.json"),
            };
            let mut child = command
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap();
            let mut pipe = BufReader::new(child.stdout.take().unwrap());
            // The pipe is full soon, and the command waits in the middle of the file.
            let mut line = String::new();
            pipe.read_line(&mut line).unwrap();
            change(&many);
            let users = pipe.lines().count();
            let output = child.wait_with_output().unwrap();
            let what = format!("change {index}, {threads} threads, {is_redirected}");
            if fails {
                let (error, .., message) = failure(&output);
                assert_eq!(error, "io", "{what}");
                let name = if is_redirected { "-" } else { "many.json" };
                assert_eq!(
                    message,
                    format!("{name}: the file changed while it was being read"),
                    "{what}"
                );
            } else {
                assert!(output.status.success(), "{what}");
                assert_eq!(users, 300_000, "{what}");
            }
        }
    }
}

#[test]
fn what_unpacks_to_very_much_takes_little_memory() {
    let folder = Folder::new();
    let blocks = 256;
    for (name, block, is_one_record) in [("lines.gz", b'\n', false), ("string.gz", b'x', true)] {
        let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
        let user = b"{\"user_id\":\"1\"}\n";
        packer.write_all(user).unwrap();
        if is_one_record {
            packer.write_all(b"{\"user_id\":\"").unwrap();
        }
        let block = vec![block; 1 << 20];
        for _ in 0..blocks {
            packer.write_all(&block).unwrap();
        }
        packer.write_all(b"\"}\n").unwrap();
        packer.write_all(user).unwrap();
        let packed = packer.finish().unwrap();
        assert!(packed.len() < 4 << 20, "{} bytes", packed.len());
        folder.put(name, packed);
        for threads in ["1", "2"] {
            // Some 130 MB, the program and the stacks of its threads included, are all it may have.
            let rollcall = env!("CARGO_BIN_EXE_rollcall");
            let script = format!(
                "ulimit -v 130000; exec {rollcall} export {name} --field user_id --threads {threads}"
            );
            let output = Command::new("sh")
                .args(["-c", &script])
                .current_dir(folder.0.path())
                .output()
                .unwrap();
            assert!(output.status.success(), "{name} {threads}: {output:?}");
            assert_eq!(stdout(&output), "user_id\n\"'1\"\n\"'1\"\n");
            let reports = reports(stderr(&output));
            assert_eq!(reports.len(), 1, "{name}");
            let error = if is_one_record {
                "record_too_large"
            } else {
                "bad_record"
            };
            assert_eq!(reports[0].0, error, "{name}");
        }
    }
}
