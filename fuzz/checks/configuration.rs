//! Any `followup.toml`, and anything that an editor sends in its place, gives settings, and mistakes that lie in the file.

use std::path::Path;

use followup::config::{self, Settings};

pub(crate) fn check(bytes: &[u8]) {
    let known = ["cache/stampede".to_owned(), "failure/modes".to_owned()];
    let base = Some(Path::new("/work"));
    let (settings, problems) = Settings::from_toml(bytes, "followup.toml", base, &known);
    let lines = bytes.split(|byte| *byte == b'\n').map(<[u8]>::len).collect::<Vec<_>>();
    for problem in problems {
        assert!(!problem.message.is_empty(), "{problem:?}");
        assert!(lines.get(problem.line - 1).is_some_and(|length| problem.column <= length + 1), "{problem:?}");
    }
    let said = serde_json::from_slice(bytes).map(|value| Settings::from_json(&value, "the editor's settings", base, &known).0);
    for settings in [settings.clone(), config::merge([&said.unwrap_or_default(), &settings])] {
        assert!(settings.page_of("cache/stampede").is_none_or(|page| page.starts_with("http://") || page.starts_with("https://")));
        settings.severities.severity_of("cache/stampede");
        for path in ["/work/docs/a.md", "/work/CHANGELOG.md", "/elsewhere/a b/é.md", "a.md"] {
            settings.reviews(Path::new(path));
        }
    }
}
