//! The links of the pages that are both files of Markdown, with links to other files, and documentation, with links to items.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A page, and the source that includes it with links of its own.
const PAGES: [(&str, &str); 7] = [
    ("command/README.md", "command/src/lib.rs"),
    ("command/src/cookbook.md", "command/src/cookbook.rs"),
    ("registration/README.md", "registration/src/lib.rs"),
    ("registration/src/cookbook.md", "registration/src/cookbook.rs"),
    ("response/README.md", "response/src/lib.rs"),
    ("response/src/cookbook.md", "response/src/cookbook.rs"),
    ("response/src/coming_from.md", "response/src/coming_from.rs"),
];

/// Where the pages are that a registry shows: a link to a file beside one leads nowhere there.
const PUBLISHED: &str = "https://github.com/cnic-rs/cnic/blob/main/crates/";

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn crates() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The names and targets of the lines `[name]: target` that begin with `prefix`.
fn definitions<'t>(text: &'t str, prefix: &'t str) -> impl Iterator<Item = (&'t str, &'t str)> {
    let lines = text.lines().filter_map(move |line| line.strip_prefix(prefix)?.strip_prefix('['));
    lines.filter_map(|line| line.split_once("]: "))
}

#[test]
fn the_links_of_a_page_lead_to_files() {
    for (page, _) in PAGES {
        let path = crates().join(page);
        let text = read(&path);
        let mut count = 0;
        for (name, target) in definitions(&text, "") {
            let file = match target.strip_prefix(PUBLISHED) {
                Some(target) => crates().join(target),
                None => path.with_file_name(target),
            };
            assert!(file.is_file(), "{page}: {name}");
            count += 1;
        }
        assert!(count > 0, "{page}: no link");
    }
}

/// Rustdoc says nothing of a link to a file, which is broken there.
#[test]
fn each_of_them_leads_to_an_item_in_the_documentation() {
    for (page, source) in PAGES {
        let (page_text, source_text) = (read(&crates().join(page)), read(&crates().join(source)));
        let of_page: BTreeSet<_> = definitions(&page_text, "").map(|(name, _)| name).collect();
        let of_source = definitions(&source_text, "//! ").map(|(name, _)| name).collect();
        assert_eq!(of_page, of_source, "{page}");
    }
}

#[test]
fn a_page_that_a_registry_shows_has_no_link_to_a_file_beside_it() {
    for (page, _) in PAGES.into_iter().filter(|(page, _)| page.ends_with("README.md")) {
        for (name, target) in definitions(&read(&crates().join(page)), "") {
            assert!(target.starts_with(PUBLISHED), "{page}: {name}");
        }
    }
}
