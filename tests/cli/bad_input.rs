//! What cannot be read: one clear line on what to do, exit 2, and everything else is still checked.

use expect_test::expect;

use crate::cli::place::{ANSWERED, OPEN, Place};

#[test]
fn a_missing_file_is_told_and_the_others_are_checked() {
    Place::new(&[("a.md", ANSWERED)]).check(
        "check missing.md a.md",
        expect![[r#"
        No open question in 1 design
        error: missing.md: does not exist; check the path
        exit 2
    "#]],
    );
}

#[test]
fn a_file_that_is_no_utf8_is_told_by_its_byte() {
    let place = Place::new(&[("a.md", ANSWERED)]);
    place.write("latin.md", b"# Caf\xe9\n");
    place.write("sixteen.md", b"\xff\xfe#\0");
    place.check(
        "check latin.md sixteen.md a.md",
        expect![[r#"
        No open question in 1 design
        error: latin.md: is not UTF-8 (byte 5, in line 1); save it as UTF-8
        error: sixteen.md: is UTF-16; save it as UTF-8
        exit 2
    "#]],
    );
}

#[test]
fn a_file_that_is_too_large_is_told() {
    let place = Place::new(&[("a.md", ANSWERED)]);
    place.write("large.md", vec![b'a'; 16 * 1024 * 1024 + 1]);
    place.check(
        "check .",
        expect![[r#"
        No open question in 1 design
        error: large.md: is larger than 16 MB; split it, or leave it out with `exclude`
        exit 2
    "#]],
    );
}

#[test]
fn a_folder_without_markdown_is_told() {
    Place::new(&[("empty/a.txt", ""), ("a.md", ANSWERED)]).check(
        "check empty a.md",
        expect![[r#"
        No open question in 1 design
        error: empty: holds no Markdown that counts (what is hidden or ignored by git does not); name a file to have it checked anyway
        exit 2
    "#]],
    );
}

#[test]
fn broken_settings_are_told_with_line_and_remedy_and_what_is_right_in_them_counts() {
    let place = Place::new(&[("a.md", OPEN)]);
    place.write("followup.toml", "[severity]\n\"*\" = \"off\"\n\"tea/lidd\" = \"off\"\ntea/lid = \"hint\"\n[exclud]\n");
    place.check(
        "check",
        expect![[r#"
        a.md:6:18: hint tea/lid
           6 │ Tea is kept in a teapot.
             │                  ^^^^^^
               What keeps the heat in the teapot? Name its lid, or say for how long the
               tea is to stay warm and why that is enough.

        1 hint in 1 of 1 design
        `followup explain ID` tells more of a question; `--fix` inserts the checklists
        error: followup.toml:3:1: unknown question `tea/lidd`; did you mean `tea/lid`?
        error: followup.toml:4:4: `tea/lid` needs quotes, since it is no bare word: "tea/lid" = …
        error: followup.toml:5:2: unknown key `exclud`; did you mean `exclude`?
        exit 2
    "#]],
    );
}

#[test]
fn a_broken_page_of_the_workspace_is_told_and_costs_nothing_else() {
    let place = Place::new(&[("a.md", OPEN)]);
    place.write(".followup/questions/tea/cup.md", "---\nkind: questoin\n---\n# Cup?\n");
    let said = place.run("check");
    assert_eq!(said.code, 2);
    assert!(said.stderr.starts_with("error: .followup/questions/tea/cup.md:2:"), "{said}");
    assert!(said.stdout.contains("tea/lid"), "{said}");
}

#[test]
fn a_mistake_in_settings_is_told_once_however_many_documents_share_it() {
    let place = Place::new(&[("a.md", ANSWERED), ("b/a.md", ANSWERED), ("followup.toml", "")]);
    place.write("followup.toml", "colour = 1\n");
    assert_eq!(place.run("check").stderr.lines().count(), 1);
}

#[test]
fn settings_and_content_that_were_asked_for_and_are_missing_are_told() {
    let place = Place::bare(&[("a.md", "# A\n")]);
    place.check(
        "check --config other.toml a.md",
        expect![[r#"
            No design in 1 document; `<!-- followup: design -->` in a document says that it is one
            error: other.toml: does not exist; check the path
            exit 2
        "#]],
    );
    place.check(
        "check --content pages a.md",
        expect![[r#"
            No design in 1 document; `<!-- followup: design -->` in a document says that it is one
            error: pages: is no folder of content; check the path
            exit 2
        "#]],
    );
    place.check(
        "check --baseline known.json a.md",
        expect![[r#"
        error: /place/known.json: does not exist; check the path, or write it with --write-baseline
        exit 2
    "#]],
    );
}

#[test]
fn the_command_line_is_checked_like_a_file() {
    let place = Place::new(&[("a.md", ANSWERED)]);
    place.check(
        "check --severity tea/lidd=off --severity tea/lid=loud",
        expect![[r#"
        No open question in 1 design
        error: the command line: the level of `tea/lid` must be one of `off`, `hint`, `information`, `warning`, not `loud`
        error: the command line: unknown question `tea/lidd`; did you mean `tea/lid`?
        exit 2
    "#]],
    );
    assert_eq!(place.run("check --severity tea/lid").code, 2);
    assert_eq!(place.run("check --colour always").code, 2);
    assert_eq!(place.run("chekc").code, 2);
}

#[test]
fn every_format_tells_what_could_not_be_read() {
    let place = Place::new(&[]);
    place.write("followup.toml", "colour = 1\n");
    place.write("latin.md", b"\xff");
    place.write("a.md", ANSWERED);
    place.check("check --format github latin.md a.md --severity tea/lid=loud", expect![[r#"
        ::error file=latin.md,title=followup::latin.md: is not UTF-8 (byte 0, in line 1); save it as UTF-8
        ::error title=followup::the command line: the level of `tea/lid` must be one of `off`, `hint`, `information`, `warning`, not `loud`
        ::error file=followup.toml,line=1,col=1,title=followup::followup.toml: unknown key `colour`; the keys are `severity`, `include`, `exclude`, `docs-url`, `max-size`, `max-findings`
        error: latin.md: is not UTF-8 (byte 0, in line 1); save it as UTF-8
        error: the command line: the level of `tea/lid` must be one of `off`, `hint`, `information`, `warning`, not `loud`
        error: followup.toml:1:1: unknown key `colour`; the keys are `severity`, `include`, `exclude`, `docs-url`, `max-size`, `max-findings`
        exit 2
    "#]]);
    for format in ["json", "sarif"] {
        let said = place.run(&format!("check --format {format} latin.md a.md"));
        assert!(said.stdout.contains("is not UTF-8") && said.stdout.contains("unknown key `colour`"), "{said}");
    }
}

#[test]
fn findings_do_not_hide_that_something_could_not_be_read() {
    let place = Place::new(&[("a.md", OPEN)]);
    assert_eq!(place.run("check a.md").code, 1);
    assert_eq!(place.run("check a.md missing.md").code, 2);
    assert_eq!(place.run("check a.md missing.md --exit-zero").code, 2);
}

#[test]
fn standard_input_that_is_no_utf8_is_told() {
    Place::new(&[]).check_with(
        "check -",
        b"\xff",
        expect![[r#"
        error: <stdin>: is not UTF-8 (byte 0, in line 1); save it as UTF-8
        exit 2
    "#]],
    );
}

#[test]
fn an_empty_document_is_fine() {
    Place::new(&[("a.md", "")]).check(
        "check",
        expect![[r#"
            No design in 1 document; `<!-- followup: design -->` in a document says that it is one
        "#]],
    );
}

#[cfg(unix)]
#[test]
fn a_reader_that_has_seen_enough_is_no_mistake() {
    use std::process::Stdio;
    let place = Place::new(&[("a.md", &OPEN.repeat(500))]);
    let mut child = place.command("check").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert_eq!(output.status.code(), Some(1));
}
