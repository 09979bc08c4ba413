//! Front matter read once into a tree, and every kind of file from that tree: a mistake is told with its line and what to do.

mod reader;

use std::fmt;

use granit_parser::{Event, Parser, ScalarStyle, StrInput};
use serde::de::DeserializeOwned;

/// Content nests three deep; what goes on and on is a slip, or somebody's joke.
const DEEPEST: usize = 16;

/// What stands in YAML, with the line at which it begins, counted from 1.
#[derive(Debug, PartialEq)]
struct Node {
    line: usize,
    value: Value,
}

#[derive(Debug, PartialEq)]
enum Value {
    Nothing,
    Truth(bool),
    Number(i64),
    Text(String),
    List(Vec<Node>),
    Table(Vec<(Node, Node)>),
}

/// What is wrong, and where; in line 0 until somebody knows the line.
#[derive(Debug)]
struct Wrong {
    line: usize,
    message: String,
}

/// Reads YAML. An error tells the line, counted from 1, and what is wrong, without a final dot.
pub(super) fn read<T: DeserializeOwned>(yaml: &str) -> Result<T, (usize, String)> {
    tree(yaml).and_then(|node| T::deserialize(&node).map_err(|wrong| wrong.at(node.line))).map_err(|wrong| (wrong.line, wrong.message))
}

fn tree(yaml: &str) -> Result<Node, Wrong> {
    let mut events = Events { parser: Parser::new_from_str(yaml) };
    let root = loop {
        match events.next()? {
            (_, Event::StreamStart | Event::DocumentStart(..)) => {}
            first => break node(first, &mut events, 0)?,
        }
    };
    loop {
        match events.next()? {
            (_, Event::StreamEnd) => return Ok(root),
            (line, Event::DocumentStart(..)) => {
                return Err(Wrong { line, message: "the front matter has ended above: take out the line `...` or `---`".to_owned() });
            }
            _ => {}
        }
    }
}

struct Events<'a> {
    parser: Parser<'a, StrInput<'a>>,
}

impl<'a> Events<'a> {
    /// The next event but for comments, with its line.
    fn next(&mut self) -> Result<(usize, Event<'a>), Wrong> {
        match self.parser.next_event() {
            Some(Ok((event, span))) => Ok((span.start.line(), event)),
            Some(Err(error)) => Err(Wrong { line: error.marker().line(), message: format!("this is no YAML: {}", error.info()) }),
            None => Ok((1, Event::StreamEnd)),
        }
    }
}

/// The node that begins with the event `first`.
fn node((line, first): (usize, Event<'_>), events: &mut Events<'_>, depth: usize) -> Result<Node, Wrong> {
    if depth > DEEPEST {
        return Err(Wrong { line, message: format!("there are more than {DEEPEST} lists or tables in one another: take some out") });
    }
    let value = match first {
        Event::Scalar(text, style, ..) => scalar(&text, style),
        Event::SequenceStart(..) => {
            let mut items = Vec::new();
            loop {
                match events.next()? {
                    (_, Event::SequenceEnd) => break Value::List(items),
                    item => items.push(node(item, events, depth + 1)?),
                }
            }
        }
        Event::MappingStart(..) => {
            let mut entries = Vec::new();
            loop {
                match events.next()? {
                    (_, Event::MappingEnd) => break Value::Table(entries),
                    key => {
                        let key = node(key, events, depth + 1)?;
                        if entries.iter().any(|(known, _): &(Node, Node)| known.value == key.value) {
                            return Err(Wrong { line: key.line, message: format!("{key} stands twice: take one out") });
                        }
                        let value = node(events.next()?, events, depth + 1)?;
                        entries.push((key, value));
                    }
                }
            }
        }
        Event::Alias(_) => return Err(Wrong { line, message: "an alias is not known here: write out what it stands for".to_owned() }),
        // An empty text has no node.
        _ => Value::Nothing,
    };
    Ok(Node { line, value })
}

fn scalar(text: &str, style: ScalarStyle) -> Value {
    match text {
        _ if style != ScalarStyle::Plain => Value::Text(text.to_owned()),
        "" | "~" | "null" => Value::Nothing,
        "true" => Value::Truth(true),
        "false" => Value::Truth(false),
        _ => text.parse().map_or_else(|_| Value::Text(text.to_owned()), Value::Number),
    }
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.value {
            Value::Nothing => f.write_str("nothing"),
            Value::Truth(truth) => write!(f, "`{truth}`"),
            Value::Number(number) => write!(f, "`{number}`"),
            Value::Text(text) => write!(f, "`{text}`"),
            Value::List(_) => f.write_str("a list"),
            Value::Table(_) => f.write_str("a table of keys"),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "kebab-case", deny_unknown_fields)]
    struct Tea {
        name: String,
        #[serde(default)]
        hot: bool,
        cups: Option<u8>,
        #[serde(default)]
        from: Vec<String>,
        #[serde(default)]
        notes: BTreeMap<String, String>,
        kind: Option<Kind>,
        milk: Option<Milk>,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    enum Kind {
        Black,
        GreenTea,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(untagged, expecting = "milk is a number or a word")]
    enum Milk {
        Drops(usize),
        Word(String),
    }

    fn tea(yaml: &str) -> Tea {
        read(yaml).unwrap()
    }

    #[test]
    fn everything_that_content_says_is_read() {
        let one = tea("name: Earl Grey # a lord\nhot: true\ncups: 3\nfrom: [a b, 'c, d']\nnotes: { x: <y> }\nkind: green-tea\nmilk: none");
        assert_eq!((one.name.as_str(), one.hot, one.cups), ("Earl Grey", true, Some(3)));
        assert_eq!(
            (one.from, one.kind, one.milk),
            (vec!["a b".into(), "c, d".into()], Some(Kind::GreenTea), Some(Milk::Word("none".into())))
        );
        assert_eq!(one.notes, BTreeMap::from([("x".to_owned(), "<y>".to_owned())]));
        assert!(tea("name: x\nhot: \"true\"").hot);
        assert_eq!(tea("name: x\nmilk: 2").milk, Some(Milk::Drops(2)));
        assert_eq!(tea("name: >-\n  one\n  two\nfrom:\n  - \"a\\\"b\"\n  - c").from, ["a\"b", "c"]);
    }

    #[test]
    fn a_key_with_nothing_behind_it_is_as_none_and_a_number_may_be_a_text() {
        assert_eq!(tea("name: 12\ncups:\nfrom:\nkind: ~"), tea("name: \"12\""));
    }

    #[test]
    fn a_mistake_has_its_line_and_says_what_to_do() {
        let told = |yaml: &str| read::<Tea>(yaml).map_or_else(|(line, told)| format!("{line}: {told}"), |tea| format!("read: {tea:?}"));
        let keys = "`name`, `hot`, `cups`, `from`, `notes`, `kind`, `milk`";
        assert_eq!(told("name: x\ncolour: green"), format!("2: the key `colour` is unknown: it is one of {keys}"));
        assert_eq!(told("hot: true"), "1: `name` is missing: add a line `name: …`");
        assert_eq!(told("name: x\nhot: true\nname: y"), "3: `name` stands twice: take one out");
        assert_eq!(told("name: x\nhot: yes"), "2: `true` or `false` belongs here and not `yes`");
        assert_eq!(told("name: x\ncups: many"), "2: a whole number belongs here and not `many`");
        assert_eq!(told("name: x\ncups: 300"), "2: invalid value: integer `300`, expected u8");
        assert_eq!(told("name: x\nfrom: here"), "2: a list such as `[…, …]` belongs here and not `here`");
        assert_eq!(told("name: x\nfrom:\n  - a\n  - [b]"), "4: a text belongs here and not a list");
        assert_eq!(told("name: [x]"), "1: a text belongs here and not a list");
        assert_eq!(told("name: x\nkind: red"), "2: `red` is unknown: it is one of `black`, `green-tea`");
        assert_eq!(told("name: x\nmilk: [1]"), "2: milk is a number or a word");
        assert_eq!(told("- x"), "1: a table of keys such as `{ key: … }` belongs here and not a list");
        assert_eq!(told(""), "1: a table of keys such as `{ key: … }` belongs here and not nothing");
        assert_eq!(told("name: &a x\nfrom: [*a]"), "2: an alias is not known here: write out what it stands for");
        assert_eq!(told("name: x\n...\nhot: true"), "3: the front matter has ended above: take out the line `...` or `---`");
        assert!(told("name: x\nfrom: [a\nhot: true").starts_with("3: this is no YAML: "));
        let deep = format!("name: x\nfrom: {}{}", "[".repeat(40), "]".repeat(40));
        assert_eq!(told(&deep), "2: there are more than 16 lists or tables in one another: take some out");
    }
}
