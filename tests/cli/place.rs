//! A folder of its own for a test, the program run in it, and content that no other test depends on.

use std::{
    fs,
    io::Write,
    path::PathBuf,
    process::{Command, Stdio},
};

use expect_test::Expect;

/// A folder that is removed in the end. Everything built in is off; the only questions are those about a teapot.
pub(crate) struct Place(tempfile::TempDir);

/// A teapot without a lid, and one with.
pub(crate) const OPEN: &str = "<!-- followup: design -->\n# Tea\n\n## Design\n\nTea is kept in a teapot.\n";
pub(crate) const ANSWERED: &str = "<!-- followup: design -->\n# Tea\n\n## Design\n\nTea is kept in a teapot under its lid.\n";

/// What the program said.
pub(crate) struct Said {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) code: i32,
}

impl Place {
    /// A folder with these files beside the settings and the content.
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let place = Self::bare(files);
        place.write("followup.toml", SETTINGS);
        for (path, text) in CONTENT {
            place.write(path, text);
        }
        place
    }

    /// A folder with these files alone.
    pub(crate) fn bare(files: &[(&str, &str)]) -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        for (path, text) in files {
            place.write(path, text);
        }
        place
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        fs::create_dir_all(self.path(path).parent().unwrap()).unwrap();
        fs::write(self.path(path), text).unwrap();
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    /// The program with these arguments, in this folder, with no settings of the person who runs the tests.
    pub(crate) fn command(&self, arguments: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_followup"));
        command.args(arguments.split_whitespace()).current_dir(self.0.path()).env("XDG_CONFIG_HOME", self.path("user"));
        for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS"] {
            command.env_remove(variable);
        }
        command
    }

    pub(crate) fn run(&self, arguments: &str) -> Said {
        self.run_with(arguments, b"")
    }

    pub(crate) fn run_with(&self, arguments: &str, input: &[u8]) -> Said {
        let mut command = self.command(arguments);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // A program that does not read its input closes it; that is no failure of the test.
        _ = child.stdin.take().unwrap().write_all(input);
        let output = child.wait_with_output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap().replace(self.0.path().to_str().unwrap(), "/place");
        Said { stdout: text(output.stdout), stderr: text(output.stderr), code: output.status.code().unwrap() }
    }

    /// Standard output, then standard error, then the exit code where it is not 0.
    pub(crate) fn check(&self, arguments: &str, expected: Expect) {
        self.check_with(arguments, b"", expected);
    }

    pub(crate) fn check_with(&self, arguments: &str, input: &[u8], expected: Expect) {
        expected.assert_eq(&self.run_with(arguments, input).to_string());
    }
}

impl std::fmt::Display for Said {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", self.stdout, self.stderr)?;
        if self.code == 0 { Ok(()) } else { writeln!(f, "exit {}", self.code) }
    }
}

const SETTINGS: &str = "[severity]\n\"*\" = \"off\"\n\"tea/*\" = \"warning\"\n";

const CONTENT: [(&str, &str); 4] = [
    (
        ".followup/concepts/teapot.md",
        "---\nkind: concept\ncomponent: true\nnames: [teapot]\nsource: ours\n---\n# Teapot\n\nA pot for tea.\n\n## The line that lands\n\n> \"Mine has a lid.\"\n",
    ),
    (
        ".followup/questions/tea/lid.md",
        "\
---
kind: question
severity: information
noun: lid
ask: { each: component teapot }
answers:
  - any: [lidded]
source: ours
---
# What keeps the heat in the teapot?

Name its lid, or say for how long the tea is to stay warm and why that is
enough.

## Why

Tea without a lid is cold in ten minutes.

## Checklist

- [ ] The lid is made of …
- [ ] Tea stays warm for …
- [ ] Who forgets the lid drinks …

## Open

```design
Tea is kept in a teapot.
               ^^^^^^
```

```design
A teapot holds it.
  ^^^^^^
```

## Answered

```design
Tea is kept in a teapot under its lid.
```

```design
The teapot has a lid.
```

```design
Tea is kept in a teapot.

## Heat

The teapot has a lid.
```
",
    ),
    (
        ".followup/signals/lidded.md",
        "---\nkind: signal\nsays: [lid]\n---\n# There is a lid\n\n## Says\n```design\nThe pot has a lid.\n```\n\n## Does not say\n```design\nThe pot is open.\n```\n",
    ),
    (".followup/README.md", "Beside the folders there may stand anything.\n"),
];
