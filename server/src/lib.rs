//! Followup asks the follow-up question before your interviewer does: a review of Markdown design documents.
//!
//! ```text
//!                 lsp   cli              the only layers that talk to the outside
//!                  └─┬───┘
//!                workspace               the only reader of files
//!                    │
//!                   ide                  hovers, diagnostics, actions: plain data in byte ranges
//!                    │
//!                 review                 components, questions, answers, findings; examples: the content tries itself
//!                    │
//!              lexicon  facts             words, patterns, mentions of concepts · numbers with their units
//!                 └──┬──┘
//!                 outline                sections, paragraphs, items, rows, diagrams
//!            ┌───────┼───────┐
//!          text   content  config        positions · Markdown files parsed · settings parsed
//! ```
//!
//! A module uses only what is declared before it; `tests/layers.rs` holds it to that. Ranges are in bytes of UTF-8 everywhere but at the
//! border to the protocol, in `lsp`. Analysis never fails: any text gives a review.

pub use followup_engine::{config, content, examples, facts, ide, lexicon, outline, review, text};

pub mod workspace;

pub mod lsp;

pub mod cli;
