//! Compiles the generated parser.

#![expect(clippy::disallowed_methods, reason = "a build script reads what it compiles")]

use std::{env, fs, io, path::Path};

fn main() -> io::Result<()> {
    let source = Path::new("src");
    let parser = source.join("parser.c");
    println!("cargo:rerun-if-changed={}", parser.display());
    let mut build = cc::Build::new();
    build.std("c11").include(source).flag_if_supported("-Wno-unused");
    if env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        // The generator switches the compiler's optimisation off for a large lexer, since that takes half a minute. Optimised for size it
        // comes to little more than half, and is faster as well.
        let text: String = fs::read_to_string(&parser)?.split_inclusive('\n').filter(|line| !switches_optimisation(line)).collect();
        let parser = Path::new(&env::var("OUT_DIR").map_err(io::Error::other)?).join("parser.c");
        fs::write(&parser, text)?;
        build.opt_level_str("s").file(parser);
    } else {
        build.opt_level(3).file(parser);
    }
    build.compile("tree-sitter-designdoc");
    Ok(())
}

fn switches_optimisation(line: &str) -> bool {
    line.starts_with("#pragma") && line.contains("optimize")
}
