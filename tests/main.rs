//! End to end: the program as a person runs it.

mod cli;
