//! The product from outside: the command and the server, as a person's terminal and editor see them.

mod lsp;
