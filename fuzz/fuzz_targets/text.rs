//! Edits of a text: `cargo fuzz run text fuzz/corpus/text fuzz/seeds/text`.
#![no_main]

#[path = "../checks/text.rs"]
mod check;
#[path = "../../tests/pieces.rs"]
mod pieces;
#[path = "../../tests/plain_text.rs"]
mod plain_text;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| check::check(bytes));
