//! The grammar, tested from outside: one program for all of it.
#![allow(clippy::disallowed_methods, reason = "tests read and write files")]

mod generated;
