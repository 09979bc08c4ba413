//! What a check prints, in each format.

use expect_test::expect;
use serde_json::Value;

use crate::cli::place::{ANSWERED, OPEN, Place};

const SARIF: &str = include_str!("schemas/sarif-2.1.0.json");
const JSON: &str = include_str!("../../server/check.schema.json");

fn place() -> Place {
    let crlf = OPEN.replace("Tea is", "Thé 茶 is").replace('\n', "\r\n");
    Place::new(&[
        ("docs/open.md", OPEN),
        ("docs/crlf, 1.md", &crlf),
        ("docs/answered.md", ANSWERED),
        ("notes.md", "# Shopping\n\nA teapot.\n"),
    ])
}

#[test]
fn people_see_the_line_the_place_and_the_question() {
    place().check(
        "check",
        expect![[r#"
        docs/crlf, 1.md:6:20: warning tea/lid
           6 │ Thé 茶 is kept in a teapot.
             │                     ^^^^^^
               What keeps the heat in the teapot? Name its lid, or say for how long the
               tea is to stay warm and why that is enough.

        docs/open.md:6:18: warning tea/lid
           6 │ Tea is kept in a teapot.
             │                  ^^^^^^
               What keeps the heat in the teapot? Name its lid, or say for how long the
               tea is to stay warm and why that is enough.

        2 warnings in 2 of 3 designs; 1 document is no design
        `followup explain ID` tells more of a question; `--fix` inserts the checklists
        exit 1
    "#]],
    );
}

#[test]
fn github_sees_annotations() {
    place().check("check --format github", expect![[r#"
        ::warning file=docs/crlf%2C 1.md,line=6,endLine=6,col=20,endColumn=26,title=tea/lid::What keeps the heat in the teapot? Name its lid, or say for how long the tea is to stay warm and why that is enough.
        ::warning file=docs/open.md,line=6,endLine=6,col=18,endColumn=24,title=tea/lid::What keeps the heat in the teapot? Name its lid, or say for how long the tea is to stay warm and why that is enough.
        exit 1
    "#]]);
}

#[test]
fn json_is_one_object() {
    place().check("check --format json docs/open.md", expect![[r#"
        {
          "schema": 1,
          "followup": "0.1.0",
          "files": [
            {
              "path": "docs/open.md",
              "design": true,
              "service": false,
              "findings": [
                {
                  "id": "tea/lid",
                  "line": 6,
                  "column": 18,
                  "end_line": 6,
                  "end_column": 24,
                  "start": 61,
                  "end": 67,
                  "severity": "warning",
                  "status": "open",
                  "message": "What keeps the heat in the teapot? Name its lid, or say for how long the tea is to stay warm and why that is enough.",
                  "key": "tea/lid|component:teapot-1",
                  "page": null,
                  "related": []
                }
              ],
              "suppressed": 0,
              "left_out": 0,
              "notices": []
            }
          ],
          "problems": [],
          "summary": {
            "files": 1,
            "designs": 1,
            "warnings": 1,
            "informations": 0,
            "hints": 0
          }
        }
        exit 1
    "#]]);
}

#[test]
fn sarif_is_one_log() {
    place().check("check --format sarif docs/open.md", expect![[r##"
        {
          "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
          "runs": [
            {
              "columnKind": "unicodeCodePoints",
              "invocations": [
                {
                  "executionSuccessful": true,
                  "toolExecutionNotifications": []
                }
              ],
              "results": [
                {
                  "level": "warning",
                  "locations": [
                    {
                      "physicalLocation": {
                        "artifactLocation": {
                          "uri": "docs/open.md"
                        },
                        "region": {
                          "byteLength": 6,
                          "byteOffset": 61,
                          "endColumn": 24,
                          "endLine": 6,
                          "startColumn": 18,
                          "startLine": 6
                        }
                      }
                    }
                  ],
                  "message": {
                    "text": "What keeps the heat in the teapot? Name its lid, or say for how long the tea is to stay warm and why that is enough."
                  },
                  "partialFingerprints": {
                    "followup/v1": "tea/lid|component:teapot-1"
                  },
                  "relatedLocations": [],
                  "ruleId": "tea/lid",
                  "ruleIndex": 0
                }
              ],
              "tool": {
                "driver": {
                  "name": "followup",
                  "rules": [
                    {
                      "defaultConfiguration": {
                        "level": "note"
                      },
                      "fullDescription": {
                        "text": "Name its lid, or say for how long the tea is to stay warm and why that is enough."
                      },
                      "help": {
                        "markdown": "# What keeps the heat in the teapot?\n\nName its lid, or say for how long the tea is to stay warm and why that is\nenough.\n\n## Why\n\nTea without a lid is cold in ten minutes.\n\n## Checklist\n\n- [ ] The lid is made of …\n- [ ] Tea stays warm for …\n- [ ] Who forgets the lid drinks …\n\n## Open\n\n```design\nTea is kept in a teapot.\n               ^^^^^^\n```\n\n```design\nA teapot holds it.\n  ^^^^^^\n```\n\n## Answered\n\n```design\nTea is kept in a teapot under its lid.\n```\n\n```design\nThe teapot has a lid.\n```\n\n```design\nTea is kept in a teapot.\n\n## Heat\n\nThe teapot has a lid.\n```",
                        "text": "# What keeps the heat in the teapot?\n\nName its lid, or say for how long the tea is to stay warm and why that is\nenough.\n\n## Why\n\nTea without a lid is cold in ten minutes.\n\n## Checklist\n\n- [ ] The lid is made of …\n- [ ] Tea stays warm for …\n- [ ] Who forgets the lid drinks …\n\n## Open\n\n```design\nTea is kept in a teapot.\n               ^^^^^^\n```\n\n```design\nA teapot holds it.\n  ^^^^^^\n```\n\n## Answered\n\n```design\nTea is kept in a teapot under its lid.\n```\n\n```design\nThe teapot has a lid.\n```\n\n```design\nTea is kept in a teapot.\n\n## Heat\n\nThe teapot has a lid.\n```"
                      },
                      "id": "tea/lid",
                      "shortDescription": {
                        "text": "What keeps the heat in the teapot?"
                      }
                    }
                  ],
                  "semanticVersion": "0.1.0"
                }
              }
            }
          ],
          "version": "2.1.0"
        }
        exit 1
    "##]]);
}

#[test]
fn json_and_sarif_are_valid_with_findings_without_and_with_problems() {
    let place = place();
    place.write("broken.md", b"\xff");
    place.write("docs/linked/followup.toml", "docs-url = \"https://example.org/{id}\"\ncolour = 1\n[severity]\n\"tea/lid\" = \"hint\"\n");
    place.write("docs/linked/open.md", OPEN);
    for (format, schema) in [("json", JSON), ("sarif", SARIF)] {
        let schema = validator(schema);
        for arguments in ["docs", "docs/answered.md", "broken.md missing.md", ". docs/linked/followup.toml"] {
            let said = place.run(&format!("check --format {format} {arguments}"));
            let output: Value = serde_json::from_str(&said.stdout).unwrap();
            let errors: Vec<_> = schema.iter_errors(&output).map(|error| format!("{} at {}", error, error.instance_path())).collect();
            assert!(errors.is_empty(), "{format} of {arguments}: {errors:#?}");
        }
    }
}

fn validator(schema: &str) -> jsonschema::Validator {
    let mut schema: Value = serde_json::from_str(schema).unwrap();
    // SARIF's schema has a pattern for languages that is no regular expression (a bracket too many). We name no language.
    for definition in ["run", "toolComponent"] {
        if let Some(language) = schema.pointer_mut(&format!("/definitions/{definition}/properties/language")) {
            language.as_object_mut().unwrap().remove("pattern");
        }
    }
    jsonschema::validator_for(&schema).unwrap()
}

#[test]
fn json_lines_are_documents_and_problems_that_are_joined_by_writing_them_together() {
    let place = place();
    place.write("broken.md", b"\xff");
    place.check("check --format json-lines docs/open.md broken.md", expect![[r#"
        {"kind":"document","path":"docs/open.md","design":true,"service":false,"findings":[{"id":"tea/lid","line":6,"column":18,"end_line":6,"end_column":24,"start":61,"end":67,"severity":"warning","status":"open","message":"What keeps the heat in the teapot? Name its lid, or say for how long the tea is to stay warm and why that is enough.","key":"tea/lid|component:teapot-1","page":null,"related":[]}],"suppressed":0,"left_out":0,"notices":[]}
        {"kind":"problem","path":"broken.md","line":null,"column":null,"message":"is not UTF-8 (byte 0, in line 1); save it as UTF-8"}
        error: broken.md: is not UTF-8 (byte 0, in line 1); save it as UTF-8
        exit 2
    "#]]);
    let whole = place.run("check --format json-lines").stdout;
    let parts = ["broken.md", "docs", "notes.md"].map(|part| place.run(&format!("check --format jsonl {part}")).stdout);
    assert_eq!(parts.concat(), whole);
    let schema = validator(JSON);
    let definitions = serde_json::from_str::<Value>(JSON).unwrap()["definitions"].take();
    let line = jsonschema::validator_for(&serde_json::json!({ "$ref": "#/definitions/line", "definitions": definitions })).unwrap();
    for one in whole.lines() {
        let one: Value = serde_json::from_str(one).unwrap();
        assert!(line.is_valid(&one) && !schema.is_valid(&one), "{one}");
    }
}

#[test]
fn the_schemas_refuse_what_is_not_as_they_say() {
    let said = place().run("check --format json docs");
    let schema = validator(JSON);
    let mut output: Value = serde_json::from_str(&said.stdout).unwrap();
    assert!(schema.is_valid(&output));
    output["files"][0]["findings"] = "none".into();
    assert!(!schema.is_valid(&output));
}

#[test]
fn a_long_line_is_shown_round_the_finding() {
    let filler = "and the cups stand on the shelf beside the window ".repeat(8);
    let long = OPEN.replace("Tea is", &format!("{filler}so tea is")).replace("teapot.", &format!("teapot {filler}."));
    Place::new(&[("long.md", &long)]).check("check long.md", expect![[r#"
        long.md:6:421: warning tea/lid
           6 │ …e shelf beside the window and the cups stand on the shelf beside the window so tea is kept in a teapot and the cups stand on the shelf beside the window and the cups stand on the shelf beside the wi…
             │                                                                                                  ^^^^^^
               What keeps the heat in the teapot? Name its lid, or say for how long the
               tea is to stay warm and why that is enough.

        1 warning in 1 of 1 design
        `followup explain ID` tells more of a question; `--fix` inserts the checklists
        exit 1
    "#]]);
}

#[test]
fn colour_comes_when_it_is_asked_for() {
    let place = Place::new(&[("a.md", OPEN)]);
    assert!(!place.run("check").stdout.contains('\x1b'));
    assert!(!place.run("check --color never").stdout.contains('\x1b'));
    assert!(place.run("check --color always").stdout.contains("\x1b[1m"));
    for format in ["json", "sarif", "github"] {
        assert!(!place.run(&format!("check --color always --format {format}")).stdout.contains('\x1b'));
    }
}

#[test]
fn no_color_in_the_environment_wins_over_a_wish_for_colour_there_but_not_over_the_command_line() {
    let place = Place::new(&[("a.md", OPEN)]);
    let colourful = |arguments: &str, environment: &[(&str, &str)]| {
        let output = place.command(arguments).envs(environment.iter().copied()).output().unwrap();
        output.stdout.contains(&0x1b)
    };
    assert!(colourful("check", &[("CLICOLOR_FORCE", "1")]));
    assert!(!colourful("check", &[("NO_COLOR", "1")]));
    assert!(colourful("check --color always", &[("NO_COLOR", "1")]));
}

#[test]
fn nothing_in_a_document_steers_the_terminal() {
    let nasty = OPEN.replace("Tea is", "Tea\x1b[2J \u{202e}is");
    let place = Place::new(&[("a.md", &nasty)]);
    let said = place.run("check --color never");
    assert!(said.stdout.contains("teapot") && !said.stdout.contains(['\x1b', '\u{202e}']), "{said}");
}
