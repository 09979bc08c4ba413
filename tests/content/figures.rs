//! Each figure and table that a note must carry, and the source it is told with.
