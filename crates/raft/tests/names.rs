//! The table of proofs names tests that exist: a test that is renamed or taken away is missed there. It does not look at what they say.

use std::collections::BTreeSet;

#[test]
fn the_table_of_proofs_names_tests_that_exist() {
    let home = env!("CARGO_MANIFEST_DIR");
    let read = |path: &str| {
        std::fs::read_to_string(format!("{home}/{path}")).unwrap_or_else(|error| panic!("{path}: {error}"))
    };
    let table = read("PROOFS.md");
    let mut named = BTreeSet::new();
    for link in table.split('[').skip(1) {
        let Some((name, rest)) = link.split_once("](") else { continue };
        let Some((path, _)) = rest.split_once(')') else { continue };
        if name.starts_with('`') {
            assert!(std::path::Path::new(&format!("{home}/{path}")).exists(), "{path}");
            continue;
        }
        assert!(read(path).contains(&format!("fn {name}(")), "{path} has no test {name}");
        named.insert(name);
    }
    assert!(named.len() > 70, "{} tests are named", named.len());
}
