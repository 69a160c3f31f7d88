//! The names of files that hold no users, told by their first bytes.

/// What a file looks like, and what to do with it, if that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Kind {
    pub name: &'static str,
    pub advice: &'static str,
}

/// Files that begin with bytes of their own.
#[rustfmt::skip]
const MAGIC: [(&[u8], &str, &str); 35] = [
    (b"\xff\xfe\0\0", "UTF-32 text", ""),
    (b"\0\0\xfe\xff", "UTF-32 text", ""),
    (b"\xff\xfe", "UTF-16 text", "save it as UTF-8"),
    (b"\xfe\xff", "UTF-16 text", "save it as UTF-8"),
    (b"PK\x03\x04", "a ZIP archive or an Excel workbook", "unpack it, or save the sheet as CSV"),
    (b"PK\x05\x06", "an empty ZIP archive", ""),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook or another Office file", "save the sheet as CSV"),
    (b"{\\rtf", "an RTF document", "save it as plain text"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard file", UNPACK),
    (b"\xfd7zXZ\0", "an XZ file", UNPACK),
    (b"BZh", "a bzip2 file", UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", UNPACK),
    (b"Rar!\x1a\x07", "a RAR archive", UNPACK),
    (b"\x04\x22\x4d\x18", "an LZ4 file", UNPACK),
    (b"\x1f\x9d", "a file packed by compress", UNPACK),
    (b"PAR1", "a Parquet file", CONVERT),
    (b"Obj\x01", "an Avro file", CONVERT),
    (b"ARROW1\0", "an Arrow file", CONVERT),
    (b"SQLite format 3\0", "an SQLite database", TABLE),
    (b"\0\x01\0\0Standard Jet DB", "an Access database", TABLE),
    (b"\0\x01\0\0Standard ACE DB", "an Access database", TABLE),
    (b"PGDMP", "a PostgreSQL dump", TABLE),
    (b"%PDF-", "a PDF document", ""),
    (b"%!PS", "a PostScript document", ""),
    (b"\x89PNG\r\n", "a PNG picture", ""),
    (b"\xff\xd8\xff", "a JPEG picture", ""),
    (b"GIF8", "a GIF picture", ""),
    (b"\0\0\0\x01Bud1", "a .DS_Store file, which macOS keeps in folders", ""),
    (b"\0\x05\x16\x07", "what macOS keeps about a file in a name that begins with `._`", "choose the file itself"),
    (b"L\0\0\0\x01\x14\x02\0", "a Windows shortcut", "choose the file itself"),
    (b"bplist00", "a binary property list", CONVERT),
    (b"\x80\x03", "a Python pickle", CONVERT),
    (b"\x80\x04\x95", "a Python pickle", CONVERT),
    (b"\x80\x05\x95", "a Python pickle", CONVERT),
    (b"\x1b[", "text with terminal colours", "write it without them, with `jq -M` for example"),
];

const UNPACK: &str = "unpack it";
pub(super) const CONVERT: &str = "convert it to JSON";
pub(super) const TABLE: &str = "export the table as CSV or JSON";

pub(super) const UTF_16: Kind = Kind {
    name: "UTF-16 text",
    advice: "save it as UTF-8",
};
pub(super) const MARKUP: Kind = Kind {
    name: "HTML or XML",
    advice: "",
};

/// What the first bytes show at once, wherever the text is cut.
pub(super) fn of_magic(text: &[u8]) -> Option<Kind> {
    let found = MAGIC.iter().find(|(magic, ..)| text.starts_with(magic));
    found.map(|&(_, name, advice)| Kind { name, advice })
}

/// Whether more bytes may make this one of [`of_magic`].
pub(super) fn may_become_magic(text: &[u8]) -> bool {
    MAGIC
        .iter()
        .any(|(magic, ..)| text.len() < magic.len() && magic.starts_with(text))
}

/// What the first bytes of a file show that is binary.
pub(super) fn of_binary(text: &[u8]) -> Kind {
    let (name, advice) = match text {
        _ if text.get(257..262) == Some(b"ustar") => ("a tar archive", UNPACK),
        [b'O', b'R', b'C', ..] => ("an ORC file", CONVERT),
        // The length of the first document and the type of its first value.
        [_, _, _, 0, 1..=0x13, b'_' | b'a'..=b'z' | b'A'..=b'Z', ..] => {
            ("a BSON file", "convert it with `bsondump`")
        }
        _ => ("a binary file", ""),
    };
    Kind { name, advice }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn binary_files_are_named() {
        let mut tar = b"users.json".to_vec();
        tar.resize(257, 0);
        tar.extend_from_slice(b"ustar\x0000");
        for (bytes, want) in [
            (tar.as_slice(), "a tar archive"),
            (b"ORC\x08\x03", "an ORC file"),
            (b"\x20\0\0\0\x07_id\0", "a BSON file"),
            (b"\x16\0\0\0{", "a binary file"),
        ] {
            assert_eq!(of_binary(bytes).name, want);
        }
    }
}
