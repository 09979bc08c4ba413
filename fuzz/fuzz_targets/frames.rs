//! The protocol's frames: `cargo fuzz run frames fuzz/corpus/frames fuzz/seeds/frames`.
#![no_main]

#[path = "../checks/frames.rs"]
mod check;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| check::check(bytes));
