//! Makes archives.

use std::fs;
use std::io::Write;
use std::path::Path;

use flate2::write::{DeflateEncoder, GzEncoder};
use rawzip::{CompressionMethod, ZipArchiveWriter};
use tar::{Builder, EntryType, Header};

/// A file of an archive: path and content.
pub(crate) type Member<'m> = (String, &'m [u8]);

/// Records of several forms, and tables by all rules of their names.
pub(crate) const DATABASE: [(&str, &str); 13] = [
    ("_figures/PMC1__f.md", "---\nfigid: PMC1__f\npmcid: PMC1\nyear: soon\n---\n"),
    ("_figures/PMC2__f.1.md", "---\nfigid: PMC2__f.1\npmcid: PMC2\n---\n"),
    ("_figures/PMC3__f_1.md", "---\nfigid: PMC3__f_1\npmcid: PMC3\n---\n"),
    ("_figures/PMC3__f.1.yaml", "figid: PMC3__f.1\npmcid: PMC3\n"),
    ("_figures/bad.md", "no record\n"),
    ("_figures/image.png", "no record"),
    (
        "_data/PMC1__f-chemicals.tsv",
        "word\tmesh\tmatch\tname\tchebi\nsalt\tmesh:D012965\tSalt\tNA\tNA\n",
    ),
    (
        "_data/PMC2__f_1-diseases.tsv",
        "word\tmesh\tmatch\tname\tdoid\nMM\tmesh:D009101\tNA\tNA\tNA\n",
    ),
    (
        "_data/PMC3__f_1-diseases.tsv",
        "word\tmesh\tmatch\tname\tdoid\nMM\tmesh:D009102\tNA\tNA\tNA\n",
    ),
    ("_data/PMC9__f-diseases.tsv", "word\tmesh\tmatch\tname\tdoid\nMM\tmesh:D009103\tNA\tNA\tNA\n"),
    ("_data/wpid_map.tsv", "PMC1__f\tWP12\nPMC9__f\tWP13\n"),
    ("_data/notes.txt", "no table"),
    ("README.md", "no record"),
];

/// The files of a database, below a folder of an archive.
pub(crate) fn members<'m>(files: &[(&str, &'m str)], top: &str) -> Vec<Member<'m>> {
    files.iter().map(|(path, content)| (format!("{top}{path}"), content.as_bytes())).collect()
}

/// Writes files below a folder.
pub(crate) fn write(folder: &Path, members: &[Member<'_>]) {
    for (path, content) in members {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
}

pub(crate) fn tar(members: &[Member<'_>]) -> Vec<u8> {
    let mut builder = Builder::new(Vec::new());
    for (path, content) in members {
        add(&mut builder, path, EntryType::Regular, content);
    }
    builder.into_inner().unwrap()
}

/// A tar with one entry of any path and type; a link leads to `/etc/passwd`.
pub(crate) fn tar_of(path: &str, entry_type: EntryType) -> Vec<u8> {
    let mut builder = Builder::new(Vec::new());
    add(&mut builder, "_figures/good.md", EntryType::Regular, b"");
    add(&mut builder, path, entry_type, b"");
    builder.into_inner().unwrap()
}

/// Adds an entry; `Builder` itself refuses some paths.
fn add(builder: &mut Builder<Vec<u8>>, path: &str, entry_type: EntryType, content: &[u8]) {
    let mut header = Header::new_ustar();
    header.as_mut_bytes()[..path.len()].copy_from_slice(path.as_bytes());
    header.set_entry_type(entry_type);
    if entry_type.is_symlink() || entry_type.is_hard_link() {
        header.set_link_name("/etc/passwd").unwrap();
    }
    header.set_size(content.len() as u64);
    header.set_mode(0o644);
    header.set_cksum();
    builder.append(&header, content).unwrap();
}

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub(crate) fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 0).unwrap()
}

/// A zip whose files are deflated but for every third, which is stored.
pub(crate) fn zip(members: &[Member<'_>]) -> Vec<u8> {
    let mut archive = ZipArchiveWriter::new(Vec::new());
    for (number, (path, content)) in members.iter().enumerate() {
        zip_member(&mut archive, path, content, number % 3 > 0, 0o100_644);
    }
    archive.finish().unwrap()
}

/// A zip with one file of any path and Unix mode.
pub(crate) fn zip_of(path: &str, mode: u32) -> Vec<u8> {
    let mut archive = ZipArchiveWriter::new(Vec::new());
    zip_member(&mut archive, path, b"/etc/passwd", false, mode);
    archive.finish().unwrap()
}

fn zip_member(
    archive: &mut ZipArchiveWriter<Vec<u8>>,
    path: &str,
    content: &[u8],
    is_deflated: bool,
    mode: u32,
) {
    let method = if is_deflated { CompressionMethod::DEFLATE } else { CompressionMethod::STORE };
    let path = rawzip::path::EntryPath::verbatim(path.as_bytes());
    let file = archive.new_file(path).compression_method(method).unix_permissions(mode);
    let (mut entry, config) = file.start().unwrap();
    let descriptor = if is_deflated {
        let encoder = DeflateEncoder::new(&mut entry, flate2::Compression::default());
        let mut writer = config.wrap(encoder);
        writer.write_all(content).unwrap();
        let (encoder, descriptor) = writer.finish().unwrap();
        encoder.finish().unwrap();
        descriptor
    } else {
        let mut writer = config.wrap(&mut entry);
        writer.write_all(content).unwrap();
        writer.finish().unwrap().1
    };
    entry.finish(descriptor).unwrap();
}
