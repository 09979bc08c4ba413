//! Content files: `cargo fuzz run content fuzz/corpus/content fuzz/seeds/content`.
#![no_main]

#[path = "../checks/content.rs"]
mod check;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| check::check(bytes));
