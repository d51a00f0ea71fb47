//! The commands of the README give the output that it shows.

#[test]
fn the_commands_of_the_readme_give_its_output() {
    trycmd::TestCases::new().case("README.md");
}
