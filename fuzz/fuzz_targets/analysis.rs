//! The review of a document: `cargo fuzz run analysis fuzz/corpus/analysis fuzz/seeds/analysis`.
#![no_main]

#[path = "../checks/analysis.rs"]
mod check;
#[path = "../../tests/pieces.rs"]
mod pieces;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| check::check(bytes));
