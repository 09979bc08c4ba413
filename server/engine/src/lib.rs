//! All below `workspace`: what a review is made of. It sees no file, no environment, no clock and no thread, and is compiled for speed.

pub mod text;

pub mod content;

mod built_in;

pub mod config;

pub mod outline;

pub mod facts;

pub mod lexicon;

pub mod review;

pub mod examples;

pub mod ide;
