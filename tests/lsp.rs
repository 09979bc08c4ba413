//! The language server over standard input and output.

pub(crate) mod editor;

pub(crate) mod tea;

mod session;

mod broken_input;

mod order;

mod positions;

mod settings;

mod diagnostics;

mod limits;

mod answers;

mod commands;

mod main_job;

mod traffic;
