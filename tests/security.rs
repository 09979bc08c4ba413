//! A workspace is anybody's: what it holds can change texts and severities, and can run nothing, fetch nothing and read nothing outside of it.

use serde_json::{Value, json};

use crate::{
    cli::place::{OPEN, Place},
    lsp::{
        editor::{able, at},
        tea,
    },
};

/// A page that tries what a page can try.
const HOSTILE: &str = "---
kind: concept
component: true
names: [teapot]
source: evil
---
# Teapot [now](command:title)

A **pot** [for tea](command:workbench.action.terminal.sendSequence?%7B%22text%22%3A%22id%22%7D), see <a href='command:a'>here</a>
and [there][ref]. ![](https://evil.example/seen.png)

<img src=x onerror=alert(1)>

[ref]: vscode://evil/extension

## The line that lands

> \"<command:lands>\"
";

const SOURCE: &str = "---\nkind: source\nurl: \"command:source\"\n---\n# A book\n";

/// Nothing in `markdown` leads anywhere but to the web or to the document, and there is no HTML and no picture in it.
fn expect_harmless(markdown: &str, document: &str) {
    use pulldown_cmark::{Event, Options, Parser, Tag};
    assert!(!markdown.is_empty());
    for event in Parser::new_ext(markdown, Options::all()) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => panic!("{html} in {markdown}"),
            Event::Start(Tag::Image { dest_url, .. }) => panic!("{dest_url} in {markdown}"),
            Event::Start(Tag::Link { dest_url, .. }) => {
                let harmless = dest_url.starts_with("https://") || dest_url.starts_with(&format!("{document}#L"));
                assert!(harmless, "{dest_url} in {markdown}");
            }
            _ => {}
        }
    }
}

#[test]
fn no_page_and_no_document_puts_a_command_or_html_into_what_an_editor_shows() {
    let folder = tea::folder();
    tea::write(folder.path(), ".followup/concepts/teapot.md", HOSTILE);
    tea::write(folder.path(), ".followup/sources/evil.md", SOURCE);
    let said = "---\nkind: signal\nsays: [\"add ... milk\"]\n---\n# Milk\n\n## Says\n```design\nWe add milk.\n```\n\n\
                ## Does not say\n```design\nWe add sugar.\n```\n";
    tea::write(folder.path(), ".followup/signals/milk-added.md", said);
    let mut editor = tea::start(&[&folder], able(), Value::Null);
    // What the document says is quoted as evidence.
    let text = "<!-- followup: design -->\n# Tea\n\nWe serve from a teapot.\nWe add [cold](command:evil) <img src=x> milk.\n";
    let uri = tea::uri(&folder, "a.md");
    editor.did_open(&uri, text);
    editor.diagnostics(&uri);
    let hover = editor.request("textDocument/hover", at(&uri, 3, 18));
    let hover = hover["contents"]["value"].as_str().expect("a note");
    assert!(hover.contains("for tea") && hover.contains("line 5"), "{hover}");
    expect_harmless(hover, &uri);
    for (command, arguments) in [
        ("followup.get.page", json!(["teapot", uri])),
        ("followup.get.page", json!(["tea/milk", uri])),
        ("followup.get.review", json!([uri])),
    ] {
        let page = editor.request("workspace/executeCommand", json!({ "command": command, "arguments": arguments }));
        expect_harmless(page.as_str().expect("a page"), &uri);
    }
}

#[test]
fn a_name_of_a_file_does_not_break_out_of_a_link_to_its_lines() {
    let folder = tea::folder();
    let mut editor = tea::start(&[&folder], able(), Value::Null);
    let uri = format!("{})[x](command:evil).md", tea::uri(&folder, "a"));
    editor.did_open(&uri, &format!("{}{}", tea::DESIGN, tea::ANSWER));
    editor.diagnostics(&uri);
    let hover = editor.request("textDocument/hover", at(&uri, 5, 23));
    let hover = hover["contents"]["value"].as_str().expect("a note");
    assert!(hover.contains("#L8"), "{hover}");
    let encoded = [('(', "%28"), (')', "%29"), ('[', "%5B"), (']', "%5D")].iter().fold(uri, |uri, (mark, code)| uri.replace(*mark, code));
    expect_harmless(hover, &encoded);
}

#[test]
fn the_address_of_pages_can_be_no_command() {
    let place = Place::new(&[("a.md", OPEN)]);
    place.write("followup.toml", "docs-url = \"command:evil?{id}\"\n");
    let said = place.run("check a.md");
    assert!(said.code == 2 && said.stderr.contains("docs-url"), "{said}");
}

#[test]
fn a_log_for_code_scanning_is_as_harmless_as_a_hover() {
    let place = Place::new(&[("a.md", OPEN)]);
    let page = place.read(".followup/questions/tea/lid.md");
    let hostile = "Tea is [cold](command:evil) in <b>ten</b> minutes ![](https://evil.example/seen.png).";
    place.write(".followup/questions/tea/lid.md", page.replace("Tea without a lid is cold in ten minutes.", hostile));
    let said = place.run("check --format sarif a.md");
    let log: Value = serde_json::from_str(&said.stdout).unwrap_or_else(|error| panic!("{error}: {said}"));
    let help = log["runs"][0]["tool"]["driver"]["rules"][0]["help"]["markdown"].as_str().expect("help");
    assert!(help.contains("Tea is cold in"), "{help}");
    expect_harmless(help, "a.md");
}

#[test]
fn globs_lead_to_no_file_outside() {
    let place = Place::new(&[("inside/a.md", OPEN), ("outside/b.md", OPEN)]);
    place.write("inside/followup.toml", "include = [\"../outside/**\", \"/outside/**\", \"**\"]\n");
    let said = place.run("check --format json inside");
    assert!(said.stdout.contains("inside/a.md") && !said.stdout.contains("b.md"), "{said}");
}

#[test]
fn a_page_writes_nothing_to_a_terminal_but_text() {
    let place = Place::new(&[]);
    place.write(
        ".followup/concepts/teapot.md",
        "---\nkind: concept\nnames: [teapot]\nsource: ours\n---\n# Teapot \u{1b}]0;owned\u{7}\n\nA \u{1b}[2Jpot \u{202e}rof tea.\n",
    );
    let said = place.run("explain teapot --color always");
    assert!(said.stdout.contains("owned") && !said.stdout.contains("\u{1b}]") && !said.stdout.contains("\u{1b}[2J"), "{said}");
    assert!(!said.stdout.contains(['\u{7}', '\u{202e}']), "{said}");
}

#[cfg(unix)]
mod links {
    use std::{fs, os::unix::fs::symlink};

    use super::*;

    const PAGE: &str = "---\nkind: concept\nnames: [samovar]\nsource: ours\n---\n# Samovar\n\nIt is a secret.\n";

    /// What is said when `.followup` or `followup.toml` of the folder `inside` is such a link.
    fn told(place: &Place) -> String {
        place.write("inside/a.md", "<!-- followup: design -->\n# Tea\n\nA samovar.\n");
        let mut command = place.command("explain samovar");
        let output = command.current_dir(place.path("inside")).output().expect("it runs");
        let check = place.command("check a.md").current_dir(place.path("inside")).output().expect("it runs");
        [output.stdout, output.stderr, check.stdout, check.stderr].map(|bytes| String::from_utf8(bytes).expect("UTF-8")).concat()
    }

    #[test]
    fn content_is_not_read_through_a_link_out_of_the_workspace() {
        for (link, target) in [
            (".followup/concepts/samovar.md", "../../../outside/concepts/samovar.md"),
            (".followup/concepts", "../../outside/concepts"),
            (".followup", "../outside"),
        ] {
            let place = Place::bare(&[("outside/concepts/samovar.md", PAGE)]);
            fs::create_dir_all(place.path("inside").join(link).parent().expect("a folder")).expect("made");
            symlink(target, place.path("inside").join(link)).expect("linked");
            let told = told(&place);
            assert!(!told.contains("secret") && told.contains("leads out of the workspace"), "{link}: {told}");
        }
    }

    #[test]
    fn content_is_read_through_a_link_within_the_workspace() {
        let place = Place::bare(&[("inside/pages/samovar.md", PAGE)]);
        fs::create_dir_all(place.path("inside/.followup")).expect("made");
        symlink("../pages", place.path("inside/.followup/concepts")).expect("linked");
        let told = told(&place);
        assert!(told.contains("secret") && !told.contains("leads out"), "{told}");
    }

    #[test]
    fn a_folder_of_content_that_a_person_names_may_be_a_link() {
        let place = Place::bare(&[("outside/concepts/samovar.md", PAGE)]);
        fs::create_dir_all(place.path("inside")).expect("made");
        symlink("../outside", place.path("inside/pages")).expect("linked");
        let mut command = place.command("explain samovar --content pages");
        let output = command.current_dir(place.path("inside")).output().expect("it runs");
        assert!(String::from_utf8_lossy(&output.stdout).contains("secret"), "{output:?}");
    }

    #[test]
    fn settings_are_not_read_through_a_link_out_of_their_folder() {
        let place = Place::bare(&[("outside/secrets.toml", "secret-key = 1\n"), ("inside/b.md", "")]);
        symlink("../outside/secrets.toml", place.path("inside/followup.toml")).expect("linked");
        let told = told(&place);
        assert!(!told.contains("secret") && told.contains("leads out of its folder"), "{told}");
    }

    #[test]
    fn no_document_is_read_through_a_link_in_a_folder() {
        let place = Place::bare(&[("outside/b.md", OPEN), ("inside/c.md", OPEN)]);
        symlink("../outside/b.md", place.path("inside/b.md")).expect("linked");
        symlink("../outside", place.path("inside/d")).expect("linked");
        let said = place.run("check --format json inside");
        assert!(said.stdout.contains("c.md") && !said.stdout.contains("b.md"), "{said}");
    }
}
