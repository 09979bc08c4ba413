//! TOML and JSON as one kind of tree, in which each value knows its place.

use serde_json::Value as Json;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

/// A value and the byte at which it begins in its text. JSON that an editor sends has no text: there it is 0.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) at: usize,
    pub(super) value: Value,
}

#[derive(Debug)]
pub(super) enum Value {
    Text(String),
    /// A whole number that is not negative.
    Number(u64),
    List(Vec<Node>),
    Table(Vec<Entry>),
    /// Anything else, by what it is called.
    Other(&'static str),
}

#[derive(Debug)]
pub(super) struct Entry {
    /// The byte at which the key begins.
    pub(super) at: usize,
    pub(super) key: String,
    pub(super) node: Node,
}

impl Value {
    /// What it is, to tell a person.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "a text",
            Self::Number(_) => "a number",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
            Self::Other(kind) => kind,
        }
    }
}

/// What can be read of a TOML text, and what is wrong with the rest: byte offset and message.
pub(super) fn from_toml(text: &str) -> (Node, Vec<(usize, String)>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let errors = errors.iter().map(|error| (error.span().map_or(0, |span| span.start), error.message().to_owned()));
    (Node { at: table.span().start, value: from_toml_table(table.get_ref()) }, errors.collect())
}

fn from_toml_table(table: &DeTable<'_>) -> Value {
    let entry = |(key, value): (&Spanned<_>, &Spanned<DeValue<'_>>)| {
        let key: &Spanned<std::borrow::Cow<'_, str>> = key;
        Entry { at: key.span().start, key: key.get_ref().to_string(), node: from_toml_value(value) }
    };
    Value::Table(table.iter().map(entry).collect())
}

fn from_toml_value(value: &Spanned<DeValue<'_>>) -> Node {
    let kind = match value.get_ref() {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Array(items) => Value::List(items.iter().map(from_toml_value).collect()),
        DeValue::Table(table) => from_toml_table(table),
        DeValue::Integer(number) => whole(u64::from_str_radix(number.as_str(), number.radix()).ok()),
        DeValue::Float(_) => whole(None),
        DeValue::Boolean(_) => Value::Other("true or false"),
        DeValue::Datetime(_) => Value::Other("a date"),
    };
    Node { at: value.span().start, value: kind }
}

/// An editor's object; a setting that is null is not set.
pub(super) fn from_json(json: &Json) -> Node {
    let value = match json {
        Json::String(text) => Value::Text(text.clone()),
        Json::Array(items) => Value::List(items.iter().map(from_json).collect()),
        Json::Object(table) => {
            let set = table.iter().filter(|(_, value)| !value.is_null());
            Value::Table(set.map(|(key, value)| Entry { at: 0, key: key.clone(), node: from_json(value) }).collect())
        }
        Json::Null => Value::Other("null"),
        Json::Bool(_) => Value::Other("true or false"),
        Json::Number(number) => whole(number.as_u64()),
    };
    Node { at: 0, value }
}

fn whole(number: Option<u64>) -> Value {
    number.map_or(Value::Other("a fraction or a negative number"), Value::Number)
}
