//! The command line, text in and text out.

mod bad_input;
mod baseline;
mod commands;
mod designs;
mod formats;
mod mend;
pub(crate) mod place;
mod readme;
mod settings;
mod walking;
