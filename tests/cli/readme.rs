//! What the README shows of large trees, run as it stands there.

use std::process::Command;

use crate::cli::place::{ANSWERED, OPEN, Place};

const README: &str = include_str!("../../README.md");

fn place() -> Place {
    let place = Place::new(&[("docs/a b.md", OPEN), ("docs/deep/c.md", ANSWERED), (".gitignore", "drafts/\n"), ("docs/drafts/d.md", OPEN)]);
    for number in 0..20 {
        place.write(&format!("docs/{number}.md"), OPEN);
    }
    place
}

/// Has a shell run a script in the place, with the program on its PATH, and gives what it prints.
fn run(place: &Place, script: &str, part: &str) -> String {
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_followup")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    let mut shell = Command::new("sh");
    shell.args(["-c", script]).current_dir(place.path("")).env("PATH", path).env("PART", part).env("XDG_CONFIG_HOME", place.path("user"));
    let output = shell.output().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "", "{script}");
    String::from_utf8(output.stdout).unwrap()
}

fn sorted(lines: &str) -> Vec<&str> {
    let mut lines: Vec<_> = lines.lines().collect();
    lines.sort_unstable();
    lines
}

#[cfg(unix)]
#[test]
fn a_tree_is_split_over_the_cores_of_one_machine() {
    let place = place();
    let script = README.split("```console\n").find_map(|block| block.split("```").next().filter(|block| block.contains("xargs"))).unwrap();
    let script = script.replace("-n 500", "-n 3");
    let whole = place.run("check docs --format json-lines").stdout;
    assert_eq!(whole.lines().count(), 22);
    assert_eq!(sorted(&run(&place, &script, "")), sorted(&whole));
}

#[cfg(unix)]
#[test]
fn a_tree_is_split_over_the_jobs_of_a_matrix() {
    let place = place();
    let script = README.lines().find_map(|line| line.trim().strip_prefix("- run: ").filter(|line| line.contains("$PART"))).unwrap();
    for part in ["0", "1", "2", "3"] {
        assert_eq!(run(&place, script, part), "");
    }
    let whole = place.run("check docs --format json-lines").stdout;
    assert_eq!(sorted(&run(&place, "cat part-*.jsonl", "")), sorted(&whole));
}
