//! Order: whatever is pipelined, every edit is applied in turn and every answer belongs to the version before it.

use serde_json::{Value, json};
use tempfile::TempDir;

use super::{
    editor::{Editor, able, at, change, uri},
    tea,
};

/// A small generator of numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }
}

#[cfg(debug_assertions)]
#[test]
fn twenty_thousand_edits_with_four_hundred_hovers_end_in_the_exact_text() {
    let uri = uri("a.md");
    let mut editor = Editor::open("a.md", "");
    let (mut text, mut dice, mut hovers) = (String::new(), Dice(7), Vec::new());
    for edit in 0..20_000 {
        let (start, end) = random_range(&text, &mut dice);
        let new = ["word", " ", "x", "\n", "Redis ", ""][dice.below(6)];
        // Keep it small, so that every edit matters.
        let (end, new) = if text.len() > 4_000 { ((start + 40).min(text.len()), "") } else { (end, new) };
        editor.did_change(&uri, edit + 2, json!([change(place(&text, start), place(&text, end), new)]));
        text.replace_range(start..end, new);
        if edit % 50 == 0 {
            let offset = dice.below(text.len() + 1);
            let (line, column) = place(&text, offset);
            hovers.push((editor.ask("followup/probe/word", at(&uri, line, column)), edit + 2, word(&text, offset)));
        }
    }
    assert_eq!(hovers.len(), 400);
    for (id, version, (word, start, end)) in hovers {
        let answer = editor.answer(id);
        let place = |(line, character)| json!({ "line": line, "character": character });
        let expected = json!({ "version": version, "word": word, "range": { "start": place(start), "end": place(end) } });
        assert_eq!(answer["result"], expected);
    }
    assert_eq!(editor.text(&uri), text);
    editor.diagnostics(&uri);
}

const WORDS: [&str; 3] = ["teapot", "kettle", "samovar"];

/// A folder whose notes tell which word was hovered.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for word in WORDS {
        let page = format!("---\nkind: concept\nnames: [{word}]\nsource: ours\n---\n# The {word}\n\nIt is hot.\n");
        tea::write(folder.path(), &format!(".followup/concepts/{word}.md"), &page);
    }
    folder
}

#[test]
fn every_hovers_note_and_range_belong_to_the_version_before_it() {
    let folder = folder();
    let mut editor = tea::start(&[&folder], able(), Value::Null);
    let uri = tea::uri(&folder, "a.md");
    editor.did_open(&uri, "");
    let (mut lines, mut dice, mut hovers) = (Vec::<String>::new(), Dice(11), Vec::new());
    for edit in 0..20_000 {
        let line = dice.below(lines.len() + 1);
        let at_line = line as u32;
        let change = match dice.below(4) {
            0 if line < lines.len() => {
                lines[line].insert_str(0, "😀 very ");
                change((at_line, 0), (at_line, 0), "😀 very ")
            }
            1 | 2 if line < lines.len() && lines.len() > 20 => {
                lines.remove(line);
                change((at_line, 0), (at_line + 1, 0), "")
            }
            _ => {
                lines.insert(line, format!("A {} is hot.", WORDS[dice.below(3)]));
                change((at_line, 0), (at_line, 0), &format!("{}\n", lines[line]))
            }
        };
        editor.did_change(&uri, edit + 2, json!([change]));
        if edit % 50 == 0 {
            let line = dice.below(lines.len());
            let (start, word) =
                WORDS.iter().find_map(|word| lines[line].find(word).map(|at| (at as u32, *word))).expect("every line has one");
            let id = editor.ask("textDocument/hover", at(&uri, line as u32, start + 2));
            hovers.push((id, word, (line as u32, start), (line as u32, start + word.len() as u32)));
        }
    }
    assert_eq!(hovers.len(), 400);
    for (id, word, start, end) in hovers {
        let answer = &editor.answer(id)["result"];
        assert_eq!(answer["range"], change(start, end, "")["range"]);
        assert!(answer["contents"]["value"].as_str().is_some_and(|it| it.contains(&format!("The {word}"))), "{answer}");
    }
    editor.diagnostics(&uri);
}

fn random_range(text: &str, dice: &mut Dice) -> (usize, usize) {
    let start = dice.below(text.len() + 1);
    (start, (start + dice.below(6)).min(text.len()))
}

/// Line and column of a byte in a text of ASCII and LF.
fn place(text: &str, offset: usize) -> (u32, u32) {
    let before = &text[..offset];
    let line_start = before.rfind('\n').map_or(0, |it| it + 1);
    (before.matches('\n').count() as u32, (offset - line_start) as u32)
}

type Word = (String, (u32, u32), (u32, u32));

fn word(text: &str, offset: usize) -> Word {
    let start = text[..offset].rfind(|it: char| !it.is_alphanumeric()).map_or(0, |it| it + 1);
    let end = text[offset..].find(|it: char| !it.is_alphanumeric()).map_or(text.len(), |it| offset + it);
    (text[start..end].to_owned(), place(text, start), place(text, end))
}
