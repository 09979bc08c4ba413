//! The order of the modules is the architecture: each uses only what stands before it, and some things have one home.

use std::{collections::BTreeSet, fs};

use crate::rust_source::{Named, SourceFile, program, root};

/// Each line a layer; the modules of one line do not know each other.
const LAYERS: &[&[&str]] = &[
    &["text"],
    &["content"],
    &["built_in"],
    &["config"],
    &["outline"],
    &["facts", "lexicon"],
    &["review"],
    &["examples"],
    &["ide"],
    &["workspace"],
    &["lsp", "cli"],
];

/// Doors through a wall: who goes, to what, and why.
const DOORS: &[(&str, &str, &str)] = &[("server/src/cli/server.rs", "crate::lsp::run", "one command starts the server")];

/// What a module below `workspace` may not name: it would make a review depend on more than its text.
const OUTSIDE: &[&str] = &[
    "std::env",
    "std::fs",
    "std::net",
    "std::process",
    "std::thread",
    "std::time::Instant",
    "std::time::SystemTime",
    "tokio",
    "ignore",
    "tempfile",
];

const PROTOCOL: &[&str] = &["tower_lsp", "tower_lsp_server", "gen_lsp_types", "lsp_types", "ls_types"];

#[test]
fn every_module_has_its_layer() {
    let all: BTreeSet<_> = LAYERS.concat().into_iter().map(str::to_owned).collect();
    let declared = program().iter().filter_map(|file| file.modules().first().cloned()).collect::<BTreeSet<_>>();
    assert_eq!(declared, all, "a new module needs its place in LAYERS, and one that is gone is to be taken out");
}

#[test]
fn a_module_uses_only_what_stands_before_it() {
    let (told, _) = climbs_upward(&program());
    assert_eq!(told, Vec::<String>::new());
}

#[test]
fn what_stands_below_workspace_is_the_engine() {
    let text = fs::read_to_string(root().join("server/engine/src/lib.rs")).expect("UTF-8");
    let declared: Vec<_> = text.lines().filter_map(|line| Some(line.strip_suffix(';')?.rsplit_once("mod ")?.1)).collect();
    let below: BTreeSet<_> =
        LAYERS.iter().take_while(|layer| !layer.contains(&"workspace")).flat_map(|layer| layer.iter().copied()).collect();
    assert_eq!(declared.into_iter().collect::<BTreeSet<_>>(), below);
}

#[test]
fn every_door_through_a_wall_is_used() {
    let (_, used) = climbs_upward(&program());
    let unused = DOORS.iter().enumerate().filter(|(at, _)| !used.contains(at)).map(|(_, door)| door.1);
    assert_eq!(unused.collect::<Vec<_>>(), Vec::<&str>::new(), "take it out of DOORS");
}

#[test]
fn protocol_types_stay_in_lsp() {
    let told = tell(|file, named| layer_name(file) != "lsp" && named.parts.iter().any(|part| PROTOCOL.contains(&part.as_str())));
    assert_eq!(told, Vec::<String>::new());
}

#[test]
fn utf_16_is_counted_in_the_position_module_alone() {
    let told = tell(|file, named| !file.path.starts_with("server/engine/src/text/") && counts_utf_16(file, named));
    assert_eq!(told, Vec::<String>::new());
}

#[test]
fn a_review_sees_no_file_no_environment_no_clock_and_no_thread() {
    let told = tell(|file, named| below_workspace(file) && goes_outside(named));
    assert_eq!(told, Vec::<String>::new());
}

#[test]
fn each_of_these_is_found_where_it_is_written() {
    let file = |path: &str, text: &str| SourceFile::new(path, text.to_owned());
    let climbs = |path: &str, text: &str| climbs_upward(&[file(path, text)]).0.len();
    assert_eq!(climbs("server/engine/src/review.rs", "use crate::{ide::hover, outline};"), 1);
    assert_eq!(climbs("server/engine/src/review/facts.rs", "use super::super::lsp;"), 1);
    assert_eq!(climbs("server/engine/src/text.rs", "fn f() { crate::content::g() }"), 1);
    assert_eq!(climbs("server/engine/src/ide.rs", "use crate::{review, text};"), 0);
    let first = |text: &str| file("server/src/a.rs", text).named().remove(1);
    assert!(goes_outside(&first("use std::{fs, ops::Range};")));
    assert!(goes_outside(&first("use std::time::Instant as Clock;")));
    assert!(!goes_outside(&first("use std::time::Duration;")));
    let counts = |path: &str, text: &str| file(path, text).named().iter().any(|named| counts_utf_16(&file(path, ""), named));
    assert!(counts("server/src/lsp/to_proto.rs", "text.encode_utf16()"));
    assert!(!counts("server/src/lsp/to_proto.rs", "PositionEncodingKind::UTF16"));
    assert!(counts("server/engine/src/ide.rs", "Encoding::Utf16"));
}

/// Uses of a module that stands later or beside, and the doors that were gone through.
fn climbs_upward(files: &[SourceFile]) -> (Vec<String>, BTreeSet<usize>) {
    let (mut told, mut used) = (Vec::new(), BTreeSet::new());
    for file in files {
        let own = layer_name(file);
        // `engine.rs` and `lib.rs` declare, and `main.rs` stands above everything.
        let Some(here) = level(&own) else { continue };
        for named in file.named().iter().filter(|named| named.parts[0] == "crate") {
            let Some(module) = named.parts.get(1).filter(|module| **module != own) else { continue };
            if level(module).is_none_or(|there| there < here) {
                continue;
            }
            match DOORS.iter().position(|door| door.0 == file.path && door.1 == named.to_string()) {
                Some(door) => _ = used.insert(door),
                None => told.push(format!("{}:{} uses `{named}`, which stands later than `{own}` or beside it", file.path, named.line)),
            }
        }
    }
    (told, used)
}

/// Each path that `is_wrong`, with its place.
fn tell(is_wrong: impl Fn(&SourceFile, &Named) -> bool) -> Vec<String> {
    let mut told = Vec::new();
    for file in program() {
        for named in file.named().iter().filter(|named| is_wrong(&file, named)) {
            told.push(format!("{}:{} names `{named}`", file.path, named.line));
        }
    }
    told
}

fn goes_outside(named: &Named) -> bool {
    let path = format!("{named}::");
    OUTSIDE.iter().any(|outside| path.starts_with(&format!("{outside}::")))
}

/// `lsp` agrees with an editor on `Utf16` by name, and counts nothing itself.
fn counts_utf_16(file: &SourceFile, named: &Named) -> bool {
    let may_name = layer_name(file) == "lsp";
    named.parts.iter().any(|part| part.contains("utf16") || (!may_name && part.to_lowercase().contains("utf16")))
}

fn below_workspace(file: &SourceFile) -> bool {
    level(&layer_name(file)).is_some_and(|here| Some(here) < level("workspace"))
}

/// The top module of a file; nothing for `engine.rs`, `lib.rs` and `main.rs`.
fn layer_name(file: &SourceFile) -> String {
    file.modules().first().cloned().unwrap_or_default()
}

fn level(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&module))
}
