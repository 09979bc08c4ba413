//! Makes the library that is built in: `content/` read once, by the code of the program itself. Adding a file there is its whole registration.

#![expect(clippy::disallowed_methods, reason = "a build script reads what it embeds")]
#![allow(dead_code, unreachable_pub, reason = "the program uses the rest of what stands here")]

use std::{env, error::Error, fs, io, path::Path, process::ExitCode};

#[path = "src"]
mod src {
    pub(crate) mod content;
    pub(crate) mod text {
        mod nearest;
        pub(crate) use nearest::nearest;
    }
}

use lz4_flex::block;
use miniz_oxide::deflate;
use src::{
    content::{self, Library, learned::Learned},
    text,
};

fn main() -> Result<ExitCode, Box<dyn Error>> {
    println!("cargo::rerun-if-changed=../content");
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../content");
    let mut files = Vec::new();
    collect(&root, &root, &mut files)?;
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let learned = Learned::parse(&fs::read_to_string(root.join("learned/weights.txt"))?);
    let (library, problems) = Library::read(files.iter().map(|file| (file.path.as_str(), file.text.as_str())), &learned);
    for problem in &problems {
        println!("cargo::error=server/content/{}:{}: {}", problem.path, problem.line, problem.message);
    }
    let out = env::var("OUT_DIR")?;
    let out = Path::new(&out);
    // Opened with every start: what packs it best would take too long to unpack.
    fs::write(out.join("library"), block::compress_prepend_size(&postcard::to_allocvec(&library)?))?;
    fs::write(out.join("learned"), postcard::to_allocvec(&learned)?)?;
    let (pages, others): (Vec<_>, Vec<_>) =
        files.iter().partition(|file| file.path.starts_with("concepts/") || file.path.starts_with("questions/"));
    fs::write(out.join("pages"), packed(&pages)?)?;
    fs::write(out.join("others"), packed(&others)?)?;
    Ok(if problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Paths and texts, small: a text is asked for seldom, and unpacked then.
fn packed(files: &[&content::Source]) -> Result<Vec<u8>, postcard::Error> {
    let files: Vec<_> = files.iter().map(|file| (&file.path, &file.text)).collect();
    Ok(deflate::compress_to_vec(&postcard::to_allocvec(&files)?, 10))
}

/// Adds every page below `folder`; one about the content folder itself is no content.
fn collect(root: &Path, folder: &Path, found: &mut Vec<content::Source>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(root, &path, found)?;
        } else if path.extension().is_some_and(|ending| ending == "md") && path.parent() != Some(root) {
            let name = path.strip_prefix(root)?.to_string_lossy().replace('\\', "/");
            let text = fs::read_to_string(&path).map_err(|error| io::Error::other(format!("{}: {error}", path.display())))?;
            found.push(content::Source { path: name, text });
        }
    }
    Ok(())
}
