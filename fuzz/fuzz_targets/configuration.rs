//! Settings: `cargo fuzz run configuration fuzz/corpus/configuration fuzz/seeds/configuration`.
#![no_main]

#[path = "../checks/configuration.rs"]
mod check;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| check::check(bytes));
