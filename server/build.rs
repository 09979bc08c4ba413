//! Embeds `content/`: adding a file there is its whole registration.

#![expect(clippy::disallowed_methods, reason = "a build script reads what it embeds")]

use std::{env, fmt::Write as _, fs, io, path::Path};

fn main() -> io::Result<()> {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?).join("content");
    let mut found = Vec::new();
    collect(&root, &root, &mut found)?;
    found.sort();
    let mut code = String::from("&[\n");
    for (name, path) in found {
        let _ = writeln!(code, "    ({name:?}, include_str!({path:?})),");
    }
    code.push(']');
    println!("cargo::rerun-if-changed=content");
    fs::write(Path::new(&env::var("OUT_DIR").map_err(io::Error::other)?).join("content.rs"), code)
}

fn collect(root: &Path, folder: &Path, found: &mut Vec<(String, String)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(root, &path, found)?;
        } else if path.extension().is_some_and(|ending| ending == "md") && path.parent() != Some(root) {
            let name = path.strip_prefix(root).map_err(io::Error::other)?.to_string_lossy().replace('\\', "/");
            found.push((name, path.to_string_lossy().into_owned()));
        }
    }
    Ok(())
}
