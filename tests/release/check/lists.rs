use std::fs;
use std::path::Path;

use crate::tamper::{LINKS, case, each_is_seen, edit};
use crate::{VOID, hex};

#[test]
fn the_check_sees_what_is_there_and_should_not_be() {
    let mut cases = vec![
        case(
            "a file more",
            |out| fs::write(out.join("new"), "").unwrap(),
            "new: is not of this release",
        ),
        case(
            "hidden",
            |out| fs::write(out.join("load/.x"), "").unwrap(),
            "load/.x: is not of this release",
        ),
        case(
            "a folder more",
            |out| fs::create_dir(out.join("new")).unwrap(),
            "new/: is an empty directory",
        ),
        case(
            "a file less",
            |out| fs::remove_file(out.join(LINKS)).unwrap(),
            "links.nt.gz: there is no such file",
        ),
        case(
            "no description",
            |out| fs::remove_file(out.join(VOID)).unwrap(),
            "rdf-void.ttl: there is no such",
        ),
    ];
    #[cfg(unix)]
    cases.push(case(
        "link",
        |out| {
            fs::remove_file(out.join(LINKS)).unwrap();
            std::os::unix::fs::symlink("/dev/zero", out.join(LINKS)).unwrap();
        },
        "links.nt.gz: found a link or device, expected a file",
    ));
    each_is_seen("", cases);
}

#[test]
fn the_check_reads_nothing_but_the_files_of_the_release() {
    let listed = |name: &'static str| {
        let change = move |out: &Path| {
            edit(out, |manifest| {
                let files = manifest["files"].as_array_mut().unwrap();
                let mut file = files[0].clone();
                file["name"] = name.into();
                files.push(file);
            });
            let sums = fs::read_to_string(out.join("SHA256SUMS")).unwrap();
            let line = format!("{}  {name}\n", hex(b"x"));
            fs::write(out.join("SHA256SUMS"), sums + &line).unwrap();
        };
        case(name, change, "there is no such file in the release")
    };
    let sums = |text: &'static str| {
        move |out: &Path| {
            let sums = fs::read_to_string(out.join("SHA256SUMS")).unwrap();
            fs::write(out.join("SHA256SUMS"), format!("{text}\n{sums}")).unwrap();
        }
    };
    let zeros = "0000000000000000000000000000000000000000000000000000000000000000  index.html";
    let cases = vec![
        listed("../out/index.html"),
        listed("/dev/zero"),
        listed("load/../index.html"),
        case(
            "no sums",
            |out| fs::remove_file(out.join("SHA256SUMS")).unwrap(),
            "SHA256SUMS: there is no such",
        ),
        case(
            "sums",
            |out| fs::write(out.join("SHA256SUMS"), b"\xff").unwrap(),
            "SHA256SUMS: invalid utf-8",
        ),
        case("sums twice", sums(zeros), "SHA256SUMS:"),
        case(
            "sums elsewhere",
            sums("00  ../x"),
            "SHA256SUMS:1: found ../x, which is not of this release",
        ),
        case(
            "manifest twice",
            |out| {
                edit(out, |manifest| {
                    let files = manifest["files"].as_array_mut().unwrap();
                    files.push(files[0].clone());
                });
            },
            "-core.nt.gz: stands in the manifest again",
        ),
    ];
    each_is_seen("", cases);
}
