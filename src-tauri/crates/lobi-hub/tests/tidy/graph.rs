//! Who imports whom, read from the code itself: `use` trees and paths written out, followed to the file that they mean.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::{code, files};

/// The imports of one crate: file by file, named by their module path (`queue::actions::call_next`; the root is empty).
pub struct Graph {
    /// For each module the modules that it names.
    pub imports: BTreeMap<String, BTreeSet<String>>,
}

impl Graph {
    /// Reads the crate whose sources lie in `src`.
    pub fn of(src: &Path) -> Self {
        let mut sources = BTreeMap::new();
        for path in files(src, &[".rs"]) {
            let relative = path.strip_prefix(src).unwrap().with_extension("");
            let parts: Vec<String> =
                relative.iter().map(|part| part.to_string_lossy().into_owned()).collect();
            let module = match parts.join("::").as_str() {
                "lib" => String::new(),
                // The program beside the library: a file of its own, whose root is the library's.
                "main" => "main".to_owned(),
                other => other.trim_end_matches("::mod").to_owned(),
            };
            if !module.ends_with("tests") {
                sources.insert(module, code(&path));
            }
        }
        let modules: BTreeSet<String> = sources.keys().cloned().collect();
        let mut imports = BTreeMap::new();
        for (module, code) in &sources {
            let named = named_in(code, module, &children(module, &modules));
            let found = named.iter().filter_map(|path| module_of(path, &modules)).filter(|to| to != module);
            imports.insert(module.clone(), found.collect());
        }
        Graph { imports }
    }

    /// Files that import each other in a circle, each circle once.
    pub fn circles(&self) -> Vec<Vec<String>> {
        let mut circles: BTreeSet<Vec<String>> = BTreeSet::new();
        for start in self.imports.keys() {
            let reached = self.reached_from(start);
            if reached.contains(start) {
                let circle: Vec<String> =
                    reached.into_iter().filter(|other| self.reached_from(other).contains(start)).collect();
                circles.insert(circle);
            }
        }
        circles.into_iter().collect()
    }

    fn reached_from(&self, start: &str) -> BTreeSet<String> {
        let mut reached = BTreeSet::new();
        let mut next: Vec<&String> = self.imports[start].iter().collect();
        while let Some(module) = next.pop() {
            if reached.insert(module.clone()) {
                next.extend(&self.imports[module]);
            }
        }
        reached
    }
}

/// The file that a path leads to: its longest beginning that is one. The root itself is nobody's import: it only lists.
fn module_of(path: &str, modules: &BTreeSet<String>) -> Option<String> {
    let mut path = path;
    loop {
        if modules.contains(path) && !path.is_empty() {
            return Some(path.to_owned());
        }
        path = path.rsplit_once("::")?.0;
    }
}

/// The modules right below a module: code there may name them without a word before them.
fn children(module: &str, modules: &BTreeSet<String>) -> Vec<String> {
    let below = |other: &String| {
        let rest = if module.is_empty() {
            other.as_str()
        } else {
            other.strip_prefix(module)?.strip_prefix("::")?
        };
        (!rest.contains("::") && !rest.is_empty()).then(|| format!("{rest}::"))
    };
    modules.iter().filter_map(below).collect()
}

/// Every path into the own crate, from its root: `queue::store::tickets::ticket`.
fn named_in(code: &str, module: &str, children: &[String]) -> Vec<String> {
    let roots: Vec<&str> =
        ["crate::", "super::", "self::"].into_iter().chain(children.iter().map(String::as_str)).collect();
    let mut named = Vec::new();
    let mut rest = code;
    while let Some(at) = next_root(rest, &roots) {
        let (paths, end) = tree(&rest[at..]);
        named.extend(paths.iter().filter_map(|path| absolute(path, module)));
        rest = &rest[at + end.max(1)..];
    }
    named
}

fn next_root(code: &str, roots: &[&str]) -> Option<usize> {
    let starts = |word: &&str| {
        code.match_indices(*word)
            .find(|(at, _)| !code[..*at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':'))
            .map(|(at, _)| at)
    };
    roots.iter().filter_map(starts).min()
}

/// A path or a `use` tree at the beginning of `text`, opened out, and where it ends.
fn tree(text: &str) -> (Vec<String>, usize) {
    let mut end = 0;
    let mut prefix = String::new();
    loop {
        let word =
            text[end..].find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(text[end..].len());
        prefix.push_str(&text[end..end + word]);
        end += word;
        if !text[end..].starts_with("::") {
            return (vec![prefix], end);
        }
        end += 2;
        if text[end..].starts_with('{') {
            let mut found = Vec::new();
            end += 1;
            loop {
                end += text[end..].len() - text[end..].trim_start().len();
                if text[end..].starts_with('}') {
                    return (found, end + 1);
                }
                let (paths, length) = tree(&text[end..]);
                found.extend(paths.into_iter().map(|path| format!("{prefix}::{path}")));
                end += length;
                match text[end..].find([',', '}']) {
                    None => return (found, text.len()),
                    Some(next) => end += next + usize::from(text[end + next..].starts_with(',')),
                }
            }
        }
        if text[end..].starts_with('*') || text[end..].starts_with('<') {
            return (vec![prefix], end);
        }
        prefix.push_str("::");
    }
}

/// A path from the crate's root; `self` at its end means the module before it.
fn absolute(path: &str, module: &str) -> Option<String> {
    let path = path.trim_end_matches("::self");
    let mut here: Vec<&str> = if module == "main" { vec![] } else { module.split("::").collect() };
    let mut rest = path;
    loop {
        if let Some(further) = rest.strip_prefix("super::") {
            here.pop()?;
            rest = further;
        } else if let Some(further) = rest.strip_prefix("self::") {
            rest = further;
        } else if let Some(further) = rest.strip_prefix("crate::") {
            here.clear();
            rest = further;
        } else {
            break;
        }
    }
    here.extend(rest.split("::"));
    Some(here.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("::"))
}

#[test]
fn paths_and_trees_are_followed_to_the_file_they_mean() {
    let code = "use crate::{db::{self, DbError}, queue::store::tickets};\nuse super::wire;\nfn f() { crate::texts::text(); }";
    let named = named_in(code, "queue::actions::call_next", &[]);
    assert_eq!(named, ["db", "db::DbError", "queue::store::tickets", "queue::actions::wire", "texts::text"]);
    let named = named_in("pub use store::PersonId;", "people", &["store::".to_owned()]);
    assert_eq!(
        named,
        ["people::store::PersonId"],
        "a module names what is below it without a word before it"
    );
}
