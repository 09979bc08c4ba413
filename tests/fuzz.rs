//! What the fuzz targets check, on their seeds and on some thousand neighbours of them: a short run that needs no fuzzer.

use std::fs;

use crate::{
    random::{self, Random},
    rust_source::{files_below, root},
};

#[path = "../fuzz/checks/analysis.rs"]
mod analysis;

#[path = "../fuzz/checks/configuration.rs"]
mod configuration;

#[path = "../fuzz/checks/content.rs"]
mod content;

#[path = "../fuzz/checks/frames.rs"]
mod frames;

#[path = "../fuzz/checks/text.rs"]
mod text;

#[test]
fn edits_of_a_text() {
    check("text", text::check);
}

#[test]
fn the_review_of_a_document() {
    check("analysis", analysis::check);
}

#[test]
fn content_files() {
    check("content", content::check);
}

#[test]
fn settings() {
    check("configuration", configuration::check);
}

#[test]
fn frames_of_the_protocol() {
    check("frames", frames::check);
}

#[test]
fn every_target_has_seeds_and_is_run_here() {
    let targets = files_below("fuzz/checks", ".rs");
    let source = fs::read_to_string(root().join("tests/fuzz.rs")).expect("UTF-8");
    let names = targets.iter().filter_map(|(path, _)| path.strip_prefix("fuzz/checks/")?.strip_suffix(".rs"));
    let missing = names.filter(|name| !source.contains(&format!("check(\"{name}\", {name}::check)")) || seeds(name).is_empty());
    assert_eq!(missing.collect::<Vec<_>>(), Vec::<&str>::new());
}

/// Runs `check` on each seed of a target and on neighbours of it; `FOLLOWUP_TEST_NEIGHBOURS` sets how many.
fn check(target: &str, check: impl Fn(&[u8])) {
    let neighbours = random::set("FOLLOWUP_TEST_NEIGHBOURS").unwrap_or(20);
    let seeds = seeds(target);
    let mut random = Random::new(1);
    for seed in &seeds {
        check(seed);
        for _ in 0..neighbours {
            let mut bytes = seed.clone();
            for _ in 0..1 + random.below(4) {
                mutate(&mut bytes, &seeds, &mut random);
            }
            check(&bytes);
        }
    }
}

/// As a fuzzer does: a byte changed, a stretch gone, doubled or from another seed.
fn mutate(bytes: &mut Vec<u8>, seeds: &[Vec<u8>], random: &mut Random) {
    let start = random.below(bytes.len() + 1);
    let end = (start + random.below(20)).min(bytes.len());
    let other = &seeds[random.below(seeds.len())];
    let from = random.below(other.len() + 1);
    let to = (from + random.below(60)).min(other.len());
    match random.below(5) {
        0 => _ = bytes.splice(start..end, [random.below(256) as u8]),
        1 => _ = bytes.drain(start..end),
        2 => _ = bytes.splice(start..start, bytes[start..end].repeat(3)),
        3 => bytes.truncate(start),
        _ => _ = bytes.splice(start..end, other[from..to].iter().copied()),
    };
}

fn seeds(target: &str) -> Vec<Vec<u8>> {
    files_below(&format!("fuzz/seeds/{target}"), "").into_iter().map(|(_, path)| fs::read(path).expect("a seed")).collect()
}
