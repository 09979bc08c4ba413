//! What becomes of Markdown, as text in and text out.

use expect_test::{Expect, expect};

use super::*;

fn check(text: &str, expected: Expect) {
    let outline = Outline::new(text);
    let mut shown = String::new();
    for block in &outline.blocks {
        let parent = block.parent.map(|parent| format!(" under {parent}")).unwrap_or_default();
        shown += &format!("{:?} in {}{parent}: {}\n", block.kind, block.section, block.prose(text).trim_end());
    }
    expected.assert_eq(&shown);
}

#[test]
fn headings_items_rows_and_paragraphs_are_blocks() {
    check(
        "# Feed\n\nProfiles *are* read\nthrough `Redis`.\n\n## Parts\n\n- one\n  - two\n- [x] three\n\n| a | b |\n|---|---|\n| c | d |\n",
        expect![[r#"
            Heading(1) in 1: Feed
            Paragraph in 1: Profiles are read through Redis.
            Heading(2) in 2: Parts
            Item(None) in 2: one
            Item(None) in 2 under 3: two
            Item(Some(true)) in 2: three
            Row(true) in 2: a b
            Row(false) in 2: c d
        "#]],
    );
}

#[test]
fn words_of_an_item_behind_what_is_nested_in_it_begin_where_they_stand() {
    let text = "- <!-- of Redis -->\n  - We read it.\n\n  Behind.\n";
    let ranges: Vec<&str> = Outline::new(text).blocks.into_iter().map(|block| &text[block.range]).collect();
    assert_eq!(ranges, ["- We read it.", "Behind."]);
}

#[test]
fn a_star_before_a_label_is_part_of_what_stands_before() {
    let text = "**One.** It is.\n***Two.** It is.\n";
    let ranges: Vec<&str> = Outline::new(text).blocks.into_iter().map(|block| &text[block.range]).collect();
    assert_eq!(ranges, ["**One.** It is.\n*", "**Two.** It is."]);
}

#[test]
fn a_bold_line_stands_for_a_heading_and_a_colon_leads_in_a_list() {
    check(
        "**Failure handling**\n\nWe do:\n- this\n\n**Not a heading.** It goes on.\n",
        expect![[r#"
            Heading(7) in 1: Failure handling
            Paragraph in 1: We do:
            Item(None) in 1 under 1: this
            Paragraph in 1: Not a heading. It goes on.
        "#]],
    );
}

#[test]
fn a_short_line_right_above_a_list_names_it_also_without_a_colon() {
    check(
        "when stuff dies\n- Redis\n\nIt is said here.\n- Kafka\n\nnot below\n\n- it\n\ntwo\nlines\n- of it\n",
        expect![[r#"
            Paragraph in 0: when stuff dies
            Item(None) in 0 under 0: Redis
            Paragraph in 0: It is said here.
            Item(None) in 0: Kafka
            Paragraph in 0: not below
            Item(None) in 0: it
            Paragraph in 0: two lines
            Item(None) in 0: of it
        "#]],
    );
}

#[test]
fn code_links_images_html_and_front_matter_are_no_prose() {
    check(
        "---\nfollowup: design\ntitle: cache\n---\n<div>cache</div>\n\n[shown](http://redis.io) ![cache](x.png) <http://kafka.org>\n\n```rust\ncache();\n```\n\n    cache\n",
        expect![[r#"
            Paragraph in 0: shown
        "#]],
    );
}

#[test]
fn labels_of_diagrams_are_prose() {
    check(
        "```\n[app] --> [Redis cache]\n```\n\n```mermaid\nA[API] --> Q[(Kafka)]\n```\n",
        expect![[r#"
            Diagram in 0: app Redis cache
            Diagram in 0: API (Kafka)
        "#]],
    );
}

#[test]
fn a_wide_sign_before_a_bracket_of_a_diagram_is_no_id() {
    check(
        "```mermaid\nA--😀[Redis] …(Kafka)\n```\n",
        expect![[r#"
            Diagram in 0: A Redis …(Kafka)
        "#]],
    );
}

#[test]
fn comments_that_speak_to_us_are_found() {
    let text = "a <!-- followup-ignore cache/stampede: small --> b\n\n<!-- other -->\n<!--\nfollowup: off\n-->\n";
    let outline = Outline::new(text);
    let told: Vec<_> = outline.comments.iter().map(|comment| &text[comment.text.clone()]).collect();
    assert_eq!(told, ["followup-ignore cache/stampede: small", "followup: off"]);
}

#[test]
fn a_byte_order_mark_and_front_matter_are_skipped_and_a_rule_is_not() {
    assert_eq!(Outline::new("\u{feff}---\nfollowup: off\n---\nx").front_matter.as_deref(), Some("off"));
    check(
        "\u{feff}# A\n\n---\nintro\n---\n",
        expect![[r#"
            Heading(1) in 1: A
            Heading(2) in 2: intro
        "#]],
    );
}

#[test]
fn of_a_long_paragraph_whole_words_are_read_and_all_of_it_is_one_block() {
    for piece in ["word ", "wörd ", "**é** "] {
        let text = format!("{}\n\nbehind\n", piece.repeat(20_000));
        let outline = Outline::new(&text);
        let prose = outline.blocks[0].prose(&text);
        assert!(prose.split_whitespace().all(|word| word == piece.trim_matches([' ', '*'])), "{piece}");
        assert!(outline.blocks[0].runs.iter().all(|run| run.range.end <= LONGEST), "{piece}");
        assert_eq!(outline.blocks[0].range, 0..text.len() - "\n\nbehind\n".len() - 1, "{piece}");
        assert_eq!(outline.blocks[1].prose(&text), "behind");
    }
}

#[test]
fn a_line_without_a_blank_is_cut_between_characters() {
    let text = "😀é".repeat(20_000);
    let outline = Outline::new(&text);
    assert_eq!(outline.blocks[0].runs[0].range.len(), LONGEST - LONGEST % 6 + if LONGEST % 6 < 4 { 0 } else { 4 });
}

#[test]
fn sections_nest_by_level() {
    let text = "# A\n## B\nb\n# C\nc\n";
    let outline = Outline::new(text);
    let ranges: Vec<_> = outline.sections.iter().map(|section| (section.parent, &text[section.range.clone()])).collect();
    assert_eq!(ranges[1..], [(Some(0), "# A\n## B\nb\n"), (Some(1), "## B\nb\n"), (Some(0), "# C\nc\n")]);
}

#[test]
fn what_ends_front_matter_is_seen_wherever_it_is_typed() {
    let old = "---\nfollowup: design\n\n# Orders\n\n```sh\n--\n```\n";
    let new = old.replace("--\n```", "---\n```");
    assert!(Outline::new(old).renewed(old, &new, &Change::between(old, &new)).is_none());
    let typed = old.replace("--\n```", "--a\n```");
    let renewed = Outline::new(old).renewed(old, &typed, &Change::between(old, &typed));
    assert_eq!(renewed.map(|renewed| renewed.outline), Some(Outline::new(&typed)));
}

#[test]
fn a_line_that_told_where_a_link_points_and_no_longer_does_calls_one() {
    let old = "# Orders\n\nWords\n\n[a]: /b\n\n# Links\n\n[a]: /c\n";
    let new = old.replacen("Words\n\n", "Words\r\n", 1);
    let renewed = Outline::new(old).renewed(old, &new, &Change::between(old, &new));
    assert!(renewed.is_none_or(|renewed| renewed.outline == Outline::new(&new)));
    // A word typed there is only a word.
    let typed = old.replace("Words", "Word");
    assert!(Outline::new(old).renewed(old, &typed, &Change::between(old, &typed)).is_some());
}

#[test]
fn a_heading_without_its_mark_belongs_to_what_stands_before() {
    let old = "# Orders\n\n- one\n## Two\n---\n\nThree.\n";
    for new in [old.replace("## Two", "##Two"), old.replace("## Two", "Two"), old.replace("## Two", "### Two")] {
        assert!(Outline::new(old).renewed(old, &new, &Change::between(old, &new)).is_none(), "{new}");
    }
    let typed = old.replace("Two", "Twos");
    let renewed = Outline::new(old).renewed(old, &typed, &Change::between(old, &typed));
    assert_eq!(renewed.map(|renewed| renewed.outline), Some(Outline::new(&typed)));
}

#[test]
fn an_item_that_goes_over_to_another_list_is_another_part() {
    for (old, new) in [("- [ ]\n- one\n6. Redis\n", "- [ ]\n6. one\n6. Redis\n"), ("- a\n- [ ]\n\n* b\n", "- a\n- [ ]\n\n- b\n")] {
        let renewed = Outline::new(old).renewed(old, new, &Change::between(old, new));
        assert!(renewed.is_none_or(|renewed| renewed.outline == Outline::new(new)), "{new}");
    }
}
