//! An output grows, is completed or goes.

use js_sys::Uint8Array;
use rollcall_core::ErrorCode;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Blob, FileSystemDirectoryHandle, FileSystemFileHandle, FileSystemGetFileOptions};

use super::memory::Memory;
use super::{Output, folder};
use crate::error::{Extent, storage_full};

#[wasm_bindgen_test]
async fn a_private_output_is_complete_or_gone() {
    for is_kept in [true, false] {
        let name = format!("store-{is_kept}.csv");
        let mut output = create(&name, None).await;
        for part in ["a", "", "bc"] {
            output.write(part.as_bytes(), 1.0).await.expect("room");
        }
        assert_eq!(output.written(), 3);
        // Of `abc`: FIPS 180-4.
        let digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(output.sha256(), digest);
        if is_kept {
            let file = output.complete().await.expect("a whole file");
            assert_eq!(text(&file.expect("a file to hand over")).await, "abc");
        } else {
            output.discard().await;
        }
        assert_eq!(exists(&name).await, is_kept);
    }
}

#[wasm_bindgen_test]
async fn an_output_begins_empty_and_has_one_writer() {
    let name = "store-twice.csv";
    let mut first = create(name, None).await;
    first.write(b"longer", 1.0).await.expect("room");
    let Err(error) = Output::create(name, None).await else {
        panic!("two write one file");
    };
    assert_eq!(error.code, ErrorCode::Io);
    assert!(error.message.contains("locked"), "{}", error.message);
    first.complete().await.expect("a whole file");
    let mut second = create(name, None).await;
    second.write(b"new", 1.0).await.expect("room");
    let file = second.complete().await.expect("a whole file");
    assert_eq!(text(&file.expect("a file to hand over")).await, "new");
}

#[wasm_bindgen_test]
async fn a_chosen_file_gets_its_content_at_the_end_or_stays_as_it_was() {
    for (is_kept, want) in [(false, ""), (true, "abc")] {
        let handle = handle("store-chosen.csv", true).await.expect("a file");
        let mut output = create("unused", Some(handle.clone())).await;
        output.write(b"abc", 1.0).await.expect("room");
        assert_eq!(content(&handle).await, "");
        if is_kept {
            let file = output.complete().await.expect("a whole file");
            assert!(file.is_none(), "there is no copy");
        } else {
            output.discard().await;
        }
        assert_eq!(content(&handle).await, want);
    }
    assert!(!exists("unused").await);
}

#[wasm_bindgen_test]
async fn memory_is_one_blob_up_to_its_limit() {
    let memory = Memory::new();
    let extent = |written| Extent {
        written,
        expected: 400 << 20,
    };
    for (part, written) in [("a", 0), ("bc", 1)] {
        memory
            .write(part.as_bytes(), extent(written))
            .expect("room");
    }
    let error = memory.write(b"d", extent(200 << 20)).expect_err("a limit");
    assert_eq!(error.code, ErrorCode::StorageFull);
    assert!(error.message.contains("200 MiB"), "{}", error.message);
    let blob = memory.complete(3).await.expect("a blob");
    assert_eq!(text(&blob).await, "abc");
    // Less than was written is no complete output.
    let short = Memory::new().complete(1).await.expect_err("nothing");
    assert_eq!(short.code, ErrorCode::StorageFull);
}

#[wasm_bindgen_test]
fn a_full_storage_tells_what_is_needed() {
    for (written, want) in [(0, "of which none was written"), (2_000_000, "2.00 MB")] {
        let error = storage_full(Extent {
            written,
            expected: 5_000_000,
        });
        assert_eq!(error.code, ErrorCode::StorageFull);
        assert!(error.message.contains("5.00 MB"), "{}", error.message);
        assert!(error.message.contains(want), "{}", error.message);
    }
}

async fn create(name: &str, chosen: Option<FileSystemFileHandle>) -> Output {
    let output = Output::create(name, chosen).await;
    output.unwrap_or_else(|error| panic!("{name}: {error}"))
}

async fn handle(name: &str, is_new: bool) -> Option<FileSystemFileHandle> {
    let folder: FileSystemDirectoryHandle = folder().await.expect("a private file system");
    let options = FileSystemGetFileOptions::new();
    options.set_create(is_new);
    let handle = JsFuture::from(folder.get_file_handle_with_options(name, &options)).await;
    handle.ok().map(JsCast::unchecked_into)
}

async fn exists(name: &str) -> bool {
    handle(name, false).await.is_some()
}

async fn content(handle: &FileSystemFileHandle) -> String {
    let file = JsFuture::from(handle.get_file()).await.expect("a file");
    text(file.unchecked_ref()).await
}

async fn text(blob: &Blob) -> String {
    let buffer = JsFuture::from(blob.array_buffer()).await;
    let bytes = Uint8Array::new(&buffer.expect("it can be read")).to_vec();
    String::from_utf8(bytes).expect("a text")
}
