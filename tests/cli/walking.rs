//! Which files a check reads, and in which order it tells of them.

use expect_test::expect;

use crate::cli::place::{ANSWERED, OPEN, Place};

/// The documents that a check told of, in order.
fn files(place: &Place, arguments: &str) -> Vec<String> {
    let said = place.run(&format!("check --format json {arguments}"));
    let output: serde_json::Value = serde_json::from_str(&said.stdout).unwrap();
    output["files"].as_array().unwrap().iter().map(|file| file["path"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn what_git_ignores_what_is_hidden_and_change_logs_are_left_out_of_folders() {
    let place = Place::new(&[
        ("a.md", ANSWERED),
        ("b/c.markdown", ANSWERED),
        ("drafts/a.md", OPEN),
        (".hidden/a.md", OPEN),
        ("CHANGELOG.md", OPEN),
        ("node_modules/x/README.md", OPEN),
        (".gitignore", "drafts/\n"),
    ]);
    assert_eq!(files(&place, ""), ["a.md", "b/c.markdown"]);
}

#[test]
fn a_file_that_is_named_is_read_whatever_it_is() {
    let place = Place::new(&[("drafts/a.txt", OPEN), (".gitignore", "drafts/\n"), ("CHANGELOG.md", OPEN)]);
    assert_eq!(files(&place, "drafts/a.txt CHANGELOG.md"), ["drafts/a.txt", "CHANGELOG.md"]);
}

#[test]
fn many_files_are_told_in_the_order_of_their_names() {
    let place = Place::new(&[]);
    let names: Vec<_> = (0..40).map(|number| format!("docs/{number:02}.md")).collect();
    for name in &names {
        place.write(name, OPEN);
    }
    assert_eq!(files(&place, "docs"), names);
}

#[test]
fn standard_input_stands_first_and_has_a_name() {
    let place = Place::new(&[("a.md", ANSWERED)]);
    let said = place.run_with("check a.md -", OPEN.as_bytes());
    assert!(said.stdout.starts_with("<stdin>:6:18: warning tea/lid\n"), "{said}");
}

#[test]
fn documents_that_are_no_designs_are_counted_and_silent() {
    let place = Place::new(&[("a.md", "# Shopping\n\nA teapot.\n"), ("b.md", "# Holidays\n\nThe sea.\n")]);
    place.check(
        "check",
        expect![[r#"
            No design in 2 documents; `<!-- followup: design -->` in a document says that it is one
        "#]],
    );
    place.check(
        "check a.md",
        expect![[r#"
            No design in 1 document; `<!-- followup: design -->` in a document says that it is one
        "#]],
    );
    place.write("c.md", OPEN);
    assert!(place.run("check").stdout.contains("1 warning in 1 of 1 design; 2 documents are no design"));
}

#[cfg(unix)]
#[test]
fn a_link_to_itself_is_told_and_one_that_leads_upward_is_not_followed() {
    use std::os::unix::fs::symlink;
    let place = Place::new(&[("docs/a.md", ANSWERED)]);
    symlink("self.md", place.path("self.md")).unwrap();
    symlink("..", place.path("docs/up")).unwrap();
    symlink("missing.md", place.path("docs/dangling.md")).unwrap();
    assert_eq!(files(&place, "docs"), ["docs/a.md"]);
    let said = place.run("check docs self.md");
    assert!(said.code == 2 && said.stderr.starts_with("error: self.md: cannot be read:"), "{said}");
    assert!(said.stdout.contains("No open question in 1 design"), "{said}");
}

#[cfg(unix)]
#[test]
fn a_file_whose_name_is_no_utf8_is_checked() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt};
    let place = Place::new(&[]);
    std::fs::write(place.path("").join(OsStr::from_bytes(b"caf\xe9.md")), OPEN).unwrap();
    let said = place.run("check");
    assert!(said.code == 1 && said.stdout.starts_with("caf\u{fffd}.md:6:18: warning tea/lid\n"), "{said}");
}

#[test]
fn a_byte_order_mark_moves_no_place() {
    let place = Place::new(&[]);
    place.write("a.md", format!("\u{feff}{OPEN}"));
    assert!(place.run("check").stdout.starts_with("a.md:6:18: warning tea/lid\n"));
}

#[test]
fn a_document_is_told_as_soon_as_it_is_checked_and_nothing_is_drawn_on_a_pipe() {
    use std::{
        io::{BufRead, BufReader, Write},
        process::Stdio,
    };
    let place = Place::new(&[("a.md", OPEN), ("b.md", OPEN)]);
    let mut command = place.command("check --format json-lines --files-from -");
    let mut check = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let (mut names, mut lines) = (check.stdin.take().unwrap(), BufReader::new(check.stdout.take().unwrap()).lines());
    for name in ["b.md", "a.md"] {
        // The next name is only given once the last is told.
        writeln!(names, "{name}").unwrap();
        names.flush().unwrap();
        assert!(lines.next().unwrap().unwrap().contains(&format!("\"path\":\"{name}\"")));
    }
    drop(names);
    assert!(lines.next().is_none());
    let output = check.wait_with_output().unwrap();
    assert_eq!((String::from_utf8(output.stderr).unwrap(), output.status.code()), (String::new(), Some(1)));
}

#[test]
fn a_list_names_files_and_folders_beside_those_that_are_named() {
    let place = Place::new(&[("a.md", ANSWERED), ("docs/b.md", ANSWERED), ("c d.md", ANSWERED), ("e.md", ANSWERED)]);
    place.write("list", "docs\r\n\nc d.md\na.md\n");
    assert_eq!(files(&place, "a.md --files-from list"), ["a.md", "docs/b.md", "c d.md"]);
    place.write("list", "");
    assert_eq!(files(&place, "--files-from list"), Vec::<String>::new());
    let said = place.run_with("check -0 --files-from -", b"c d.md\0missing.md\0");
    assert!(said.stdout.contains("1 design") && said.stderr.contains("missing.md: does not exist") && said.code == 2, "{said}");
    assert!(place.run("check --files-from missing").stderr.starts_with("error: missing: does not exist; check the path"));
}

#[test]
fn what_would_be_checked_can_be_listed() {
    let place = Place::new(&[("a.md", OPEN), ("docs/b.md", OPEN), ("drafts/c.md", OPEN), (".gitignore", "drafts/\n")]);
    place.check(
        "check --files",
        expect![[r#"
            a.md
            docs/b.md
        "#]],
    );
    assert_eq!(place.run("check --files -0 docs a.md").stdout, "docs/b.md\0a.md\0");
    assert_eq!(place.run("check --files missing.md").code, 2);
}

#[test]
fn a_document_that_is_too_large_is_noted_and_fails_nothing() {
    let place = Place::new(&[("a.md", OPEN), ("b.md", ANSWERED)]);
    place.write("followup.toml", "max-size = 80\n[severity]\n\"*\" = \"off\"\n\"tea/*\" = \"warning\"\n");
    place.write("a.md", format!("{OPEN}{OPEN}"));
    place.check("check b.md a.md", expect![[r#"
        Nothing was reviewed; 2 documents are too large
        note: b.md: This document is 83 bytes and was not reviewed: `max-size` allows 80 bytes; split it, or raise `max-size` in the settings
        note: a.md: This document is 138 bytes and was not reviewed: `max-size` allows 80 bytes; split it, or raise `max-size` in the settings
    "#]]);
    place.check("check --format github", expect![[r#"
        ::notice file=a.md,title=followup::This document is 138 bytes and was not reviewed: `max-size` allows 80 bytes; split it, or raise `max-size` in the settings
        ::notice file=b.md,title=followup::This document is 83 bytes and was not reviewed: `max-size` allows 80 bytes; split it, or raise `max-size` in the settings
        note: a.md: This document is 138 bytes and was not reviewed: `max-size` allows 80 bytes; split it, or raise `max-size` in the settings
        note: b.md: This document is 83 bytes and was not reviewed: `max-size` allows 80 bytes; split it, or raise `max-size` in the settings
    "#]]);
    let said = place.run("check --format json");
    assert!(said.stdout.contains("\"notices\": [\n        \"This document is 138 bytes"), "{said}");
    let said = place.run("check --format sarif");
    assert!(said.stdout.contains("\"level\": \"note\"") && said.stdout.contains("\"executionSuccessful\": true"), "{said}");
    let before = place.read("a.md");
    place.run("check --fix a.md");
    assert_eq!(place.read("a.md"), before);
    let said = place.run_with("check --fix -", before.as_bytes());
    assert_eq!(said.stdout, before);
}
