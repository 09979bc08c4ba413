//! A folder with a little content of its own, so that these tests do not hang on what the built-in pages say.

use std::{fs, path::Path};

use serde_json::{Value, json};
use tempfile::TempDir;

use super::editor::{Editor, file_uri};

const TEAPOT: &str = "---
kind: concept
component: true
names: [teapot]
source: ours
---
# Teapot

A **pot** for tea.
";

const MILK_ADDED: &str = "---
kind: signal
says: [\"add milk\"]
---
# Milk is added

## Says
```design
We add milk.
```

## Does not say
```design
We add sugar.
```
";

const MILK: &str = "---
kind: question
severity: warning
noun: milk
ask: { each: component teapot }
answers:
  - any: [milk-added]
fix: checklist
source: ours
---
# Who adds the milk?

Say who adds it and when.

## Why

Tea without it is strong.

## Checklist

- [ ] Milk is added by …
- [ ] It comes after … minutes
- [ ] Without milk we serve …

## Open

```design
We serve from a teapot.
                ^^^^^^
```

```design
- The teapot holds two litres.
      ^^^^^^
```

## Answered

```design
We serve from a teapot and add milk.
```

```design
A teapot. We add milk.
```

```design
We add milk to the teapot.
```
";

/// A design that names a teapot twice, behind wide letters, and says nothing of milk.
pub(crate) const DESIGN: &str = "<!-- followup: design -->\n# Tea\n\n## Design\n\n😀 We serve from a teapot.\nThe teapot is round.\n";

/// A sentence that answers.
pub(crate) const ANSWER: &str = "We add milk.\n";

/// A folder whose designs are asked about milk.
pub(crate) fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    write(folder.path(), ".followup/concepts/teapot.md", TEAPOT);
    write(folder.path(), ".followup/signals/milk-added.md", MILK_ADDED);
    write(folder.path(), ".followup/questions/tea/milk.md", MILK);
    folder
}

pub(crate) fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("the folder is made");
    fs::write(path, text).expect("the file is written");
}

/// The URI of a file in a folder.
pub(crate) fn uri(folder: &TempDir, path: &str) -> String {
    file_uri(&folder.path().join(path))
}

/// A session with these folders open, in an editor that can do this.
pub(crate) fn start(folders: &[&TempDir], client: Value, options: Value) -> Editor {
    let folders: Vec<_> = folders.iter().map(|it| json!({ "uri": file_uri(it.path()), "name": "folder" })).collect();
    Editor::start_with(json!({ "capabilities": client, "workspaceFolders": folders, "initializationOptions": options }))
}
