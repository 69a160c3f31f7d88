//! The modules follow the data: each uses only those before it in `lib.rs`, and none in a circle.

#![allow(clippy::unwrap_used, reason = "a test may panic")]
#![allow(clippy::disallowed_methods, reason = "a test may read the sources")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The path of a module below the crate, such as `["input", "lines"]`.
type Module = Vec<String>;

/// The modules that each module names in its code, its unit tests apart.
fn uses() -> BTreeMap<Module, Vec<Module>> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = BTreeMap::new();
    collect(&source, &mut Vec::new(), &mut files);
    let all: BTreeSet<Module> = files.keys().cloned().collect();
    let uses_of = |(module, code): (Module, String)| {
        let from_root = paths(&code, "crate::");
        let from_parent = paths(&code, "super::").map(|path| {
            let parent = &module[..module.len() - 1];
            [parent, &path].concat()
        });
        let used = from_root.chain(from_parent);
        let used = used.map(|path| module_of(&path, &all)).collect();
        (module, used)
    };
    files.into_iter().map(uses_of).collect()
}

fn collect(folder: &Path, module: &mut Module, files: &mut BTreeMap<Module, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        if ["lib", "tests"].contains(&name.as_str()) {
            continue;
        }
        module.push(name);
        match path.is_dir() {
            true => collect(&path, module, files),
            false => {
                let text = fs::read_to_string(&path).unwrap();
                let code = text.split("#[cfg(test)]\nmod tests").next().unwrap();
                files.insert(module.clone(), code.to_owned());
            }
        }
        module.pop();
    }
}

/// What comes after each `crate::` (or `super::`) of the code, step by step; comments may name anything.
fn paths(code: &str, start: &str) -> impl Iterator<Item = Vec<String>> + use<> {
    let code: Vec<_> = code
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect();
    let code = code.join("\n");
    let paths: Vec<_> = code
        .split(start)
        .skip(1)
        .map(|rest| {
            let end = rest.find(|c: char| !(c.is_alphanumeric() || "_:".contains(c)));
            let steps = rest[..end.unwrap_or(rest.len())].split("::");
            steps.map(str::to_owned).collect()
        })
        .collect();
    paths.into_iter()
}

/// The longest beginning of a path that is a module.
fn module_of(path: &[String], all: &BTreeSet<Module>) -> Module {
    let longest = (1..=path.len())
        .rev()
        .map(|steps| path[..steps].to_vec())
        .find(|beginning| all.contains(beginning));
    longest.unwrap_or_else(|| panic!("{}: not by the path of its module", path.join("::")))
}

/// The modules of `lib.rs` in their order.
fn order() -> Vec<String> {
    let lib = include_str!("../src/lib.rs").lines();
    lib.filter_map(|line| {
        let line = line.strip_prefix("pub ").unwrap_or(line);
        Some(line.strip_prefix("mod ")?.strip_suffix(';')?.to_owned())
    })
    .collect()
}

#[test]
fn no_module_uses_one_that_comes_later() {
    let order = order();
    let place = |module: &Module| order.iter().position(|name| *name == module[0]).unwrap();
    let mut ahead = Vec::new();
    for (module, used) in uses() {
        for used in used.iter().filter(|used| place(used) > place(&module)) {
            ahead.push(format!("{} uses {}", module.join("/"), used.join("/")));
        }
    }
    assert_eq!(ahead, Vec::<String>::new());
}

/// Between a module and one inside of it, arrows may run both ways: they are one thing.
#[test]
fn no_modules_stand_in_a_circle() {
    let mut next: BTreeMap<Module, BTreeSet<Module>> = BTreeMap::new();
    for (module, used) in uses() {
        for used in used {
            let shared = module.iter().zip(&used).take_while(|(a, b)| a == b).count();
            if shared < module.len().min(used.len()) {
                // The two stand in one room under these names.
                let from = module[..=shared].to_vec();
                next.entry(from)
                    .or_default()
                    .insert(used[..=shared].to_vec());
            }
        }
    }
    // What leads nowhere is in no circle, again and again: circles are what stays.
    loop {
        let before = next.len();
        let open: BTreeSet<Module> = next.keys().cloned().collect();
        for targets in next.values_mut() {
            targets.retain(|target| open.contains(target));
        }
        next.retain(|_, targets| !targets.is_empty());
        if next.len() == before {
            break;
        }
    }
    assert_eq!(next, BTreeMap::new());
}
