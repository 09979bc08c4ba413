//! The content that is built in: it loads, tries itself, and carries what it must.
