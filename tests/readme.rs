//! The commands of the README give the output that it shows.

use std::fs;
use std::path::Path;

#[test]
fn the_commands_of_the_readme_give_its_output() {
    // Directories that the commands write must be new.
    for name in ["dump", "delta", "20261101"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target").join(name);
        if folder.exists() {
            fs::remove_dir_all(folder).unwrap();
        }
    }
    trycmd::TestCases::new().case("README.md");
}
