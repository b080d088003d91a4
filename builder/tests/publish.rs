//! What happens to a catalog after it was built: keys, signatures, goods that are
//! withdrawn, deltas from an earlier build.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;

use goodsrank::manifest::Manifest;
use tempfile::TempDir;

/// Two builds of one sample, the second with two days more of events.
static BUILDS: LazyLock<TempDir> = LazyLock::new(|| {
    let root = tempfile::tempdir().unwrap();
    let path = |name: &str| root.path().join(name).to_str().unwrap().to_owned();
    let catalog = path("catalog");
    ok(&["sample", &catalog, "--goods", "120", "--shops", "30"]);
    for (name, until) in [("old", "2026-06-26"), ("new", "2026-06-28")] {
        let out = path(name);
        let args = ["build", &catalog, "--out", &out, "--until", until];
        ok(&[&args[..], &["--effort", "quick"]].concat());
    }
    root
});

fn goodsrank(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_goodsrank"))
        .args(args)
        .output()
        .unwrap()
}

/// What a command prints that has to succeed, on both streams.
fn ok(args: &[&str]) -> (String, String) {
    let output = goodsrank(args);
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let (out, err) = (text(output.stdout), text(output.stderr));
    assert!(output.status.success(), "{args:?}: {err}");
    (out, err)
}

/// What a command says that has to fail, without the folder's name.
fn fails(folder: &Folder, args: &[&str]) -> String {
    let output = goodsrank(args);
    assert_eq!(output.status.code(), Some(1), "{args:?}");
    let error = String::from_utf8(output.stderr).unwrap();
    error.replace(folder.dir.path().to_str().unwrap(), "…")
}

/// A copy of a build that a test may change.
struct Folder {
    dir: TempDir,
}

impl Folder {
    fn of(build: &str) -> Folder {
        let folder = Folder {
            dir: tempfile::tempdir().unwrap(),
        };
        fs::create_dir(folder.path("shards")).unwrap();
        for file in fs::read_dir(BUILDS.path().join(build)).unwrap() {
            let file = file.unwrap();
            fs::copy(file.path(), folder.path("shards").join(file.file_name())).unwrap();
        }
        folder
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn text(&self, name: &str) -> String {
        self.path(name).to_str().unwrap().to_owned()
    }

    fn manifest(&self) -> Manifest {
        serde_json::from_slice(&fs::read(self.path("shards/manifest.json")).unwrap())
            .unwrap()
    }

    fn rewrite(&self, change: impl FnOnce(&str) -> String) {
        let path = self.path("shards/manifest.json");
        let text = change(&fs::read_to_string(&path).unwrap());
        fs::write(path, text).unwrap();
    }

    /// A key pair, and the public key in base64.
    fn key(&self, name: &str) -> (String, String) {
        let key = self.text(name);
        let (out, _) = ok(&["keygen", "--out", &key]);
        (key, out.lines().last().unwrap().to_owned())
    }
}

fn old() -> String {
    BUILDS.path().join("old").to_str().unwrap().to_owned()
}

/// Somebody who reads no further, as `head` does.
#[test]
fn a_pipe_that_closes_is_no_panic() {
    let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/golden/v1.2.grs");
    let mut child = Command::new(env!("CARGO_BIN_EXE_goodsrank"))
        .args(["inspect", golden])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn keys_are_private_and_never_written_over() {
    let folder = Folder::of("old");
    let (key, public) = folder.key("market.key");
    assert_eq!(public.len(), 44, "32 bytes in base64: {public}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(&key).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    let before = fs::read(&key).unwrap();
    let expected = "error: …/market.key: expected no file of this name, found one; a key is never \
                    written over: name another file\n";
    assert_eq!(fails(&folder, &["keygen", "--out", &key]), expected);
    assert_eq!(fs::read(&key).unwrap(), before);
    fs::remove_file(&key).unwrap();
    let expected = expected.replace("market.key:", "market.key.pub:");
    assert_eq!(fails(&folder, &["keygen", "--out", &key]), expected);
    assert!(!Path::new(&key).exists());
    assert_ne!(folder.key("other.key").1, public);
}

#[test]
fn what_was_signed_is_verified_by_its_key_and_no_other() {
    let folder = Folder::of("old");
    let shards = folder.text("shards");
    let ((key, public), (other_key, other)) = (folder.key("a"), folder.key("b"));
    let verify = |key: &str| fails(&folder, &["verify", &shards, "--public-key", key]);
    assert_eq!(
        verify(&public),
        "error: …/shards/manifest.json.sig: expected a signature, found none; sign the catalog \
         with `goodsrank sign`\n"
    );
    assert!(ok(&["sign", &shards, "--key", &key]).0.contains(&public));
    for given in [&public, &folder.text("a.pub")] {
        let (out, _) = ok(&["verify", &shards, "--public-key", given]);
        assert!(
            out.ends_with("manifest.json.sig: by the given key\n"),
            "{out}"
        );
    }
    let (out, _) = ok(&["verify", &shards]);
    assert!(
        out.ends_with("not checked, for want of a --public-key\n"),
        "{out}"
    );
    let of_another = format!(
        "error: …/shards/manifest.json.sig: expected a signature of this manifest by the key \
         {other}, found another key's or of another manifest; sign it again with `goodsrank sign`, \
         or give the key that it was signed by\n"
    );
    assert_eq!(verify(&other), of_another);
    assert!(
        verify("AAAA")
            .starts_with("error: AAAA: expected an Ed25519 public key, as SPKI")
    );

    // One key follows another: readers of both take the catalog.
    ok(&["sign", &shards, "--key", &other_key, "--add"]);
    for given in [&public, &other] {
        ok(&["verify", &shards, "--public-key", given]);
    }
    ok(&["sign", &shards, "--key", &other_key]);
    assert!(verify(&public).contains("another key's"));

    folder
        .rewrite(|text| text.replace("\"publishable\": true", "\"publishable\":  true"));
    assert_eq!(verify(&other), of_another);
}

#[test]
fn a_catalog_that_is_not_whole_is_not_signed() {
    let folder = Folder::of("old");
    let (shards, (key, _)) = (folder.text("shards"), folder.key("a"));
    let file = folder.manifest().shards[0].file.clone();
    fs::write(folder.path("shards").join(&file), "no shard").unwrap();
    let error = fails(&folder, &["sign", &shards, "--key", &key]);
    assert!(
        error.starts_with(&format!("error: …/shards/{file}: expected the ")),
        "{error}"
    );
    assert!(!folder.path("shards/manifest.json.sig").exists());
    let (inside, _) = folder.key("shards/key");
    assert_eq!(
        fails(&folder, &["sign", &shards, "--key", &inside]),
        "error: …/shards/key: expected the private key outside of the folder that is published, \
         found it inside; move it, and if it was published make another with `goodsrank keygen`\n"
    );
    let error = fails(&folder, &["sign", &shards, "--key", &folder.text("a.pub")]);
    assert!(
        error.contains("a.pub: expected an Ed25519 private key (PKCS#8, PEM), found"),
        "{error}"
    );
}

#[test]
fn goods_are_withdrawn_and_taken_back() {
    let folder = Folder::of("old");
    let shards = folder.text("shards");
    let withdraw = |args: &[&str]| ok(&[&["withdraw", &shards], args].concat()).0;
    let before = fs::read(folder.path("shards/manifest.json")).unwrap();
    assert_eq!(
        withdraw(&["G0000007", "G0000003", "G0000007"]),
        "2 withdrawn, 2 withdrawn in all\n"
    );
    let list = folder.path("list.csv");
    fs::write(&list, "good_id,why\nG0000003,recall\nG0000050,recall\n").unwrap();
    let list = list.to_str().unwrap();
    assert_eq!(
        withdraw(&["--file", list]),
        "1 withdrawn, 3 withdrawn in all\n"
    );
    assert_eq!(
        folder.manifest().withdrawn,
        ["G0000003", "G0000007", "G0000050"]
    );
    ok(&["verify", &shards]);

    let ranked = |args: &[&str]| {
        let rank = [
            "rank", &shards, "--shop", "S0000001", "--limit", "200", "--json",
        ];
        let (out, _) = ok(&[&rank[..], args].concat());
        serde_json::from_str::<serde_json::Value>(&out).unwrap()
    };
    let answer = ranked(&["--rules", r#"{"includeSold":true}"#]);
    assert_eq!(answer["candidates"], 117);
    assert_eq!(answer["catalog"]["withdrawn"], 3);
    assert_eq!(answer["removed"][0]["rule"], "withdrawn");
    assert_eq!(answer["removed"][0]["goods"], 3);
    let ids = answer["ranking"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| &row["id"]);
    assert!(
        ids.clone()
            .all(|id| id != "G0000003" && id != "G0000007" && id != "G0000050")
    );
    assert_eq!(ids.count(), 117);

    assert_eq!(
        withdraw(&["--undo", "G0000003"]),
        "1 taken back, 2 withdrawn in all\n"
    );
    assert_eq!(ranked(&[])["catalog"]["withdrawn"], 2);
    let refused = fails(&folder, &["withdraw", &shards, "--undo", "G0000003"]);
    assert_eq!(
        refused,
        "error: …/shards/manifest.json: expected goods that are withdrawn, found \"G0000003\"\n"
    );
    withdraw(&["--undo", "G0000007", "G0000050"]);
    assert_eq!(
        fs::read(folder.path("shards/manifest.json")).unwrap(),
        before
    );
}

#[test]
fn a_good_that_there_is_not_is_named_and_nothing_changes() {
    let folder = Folder::of("old");
    let shards = folder.text("shards");
    let before = fs::read(folder.path("shards/manifest.json")).unwrap();
    assert_eq!(
        fails(&folder, &["withdraw", &shards, "G0000001", "tea"]),
        "error: unknown good \"tea\": the shard has no good of this id\n"
    );
    assert_eq!(
        fs::read(folder.path("shards/manifest.json")).unwrap(),
        before
    );
    // But one that a later build dropped may stay on the list.
    folder.rewrite(|text| text.replacen('{', "{\n  \"withdrawn\": [\"gone\"],", 1));
    ok(&["rank", &shards, "--shop", "S0000001"]);
    assert_eq!(
        ok(&["withdraw", &shards, "G0000001"]).0,
        "1 withdrawn, 2 withdrawn in all\n"
    );
}

#[test]
fn a_manifest_that_is_changed_is_to_be_signed_again() {
    let folder = Folder::of("new");
    let (shards, (key, _)) = (folder.text("shards"), folder.key("a"));
    let signature = folder.path("shards/manifest.json.sig");
    let again = "manifest.json.sig was of the manifest before and is removed: sign again with \
                 `goodsrank sign`\n";
    for command in [
        &["withdraw", &shards, "G0000001"][..],
        &["delta", &old(), &shards],
    ] {
        ok(&["sign", &shards, "--key", &key]);
        assert_eq!(ok(command).1, again, "{command:?}");
        assert!(!signature.exists());
        ok(&["sign", &shards, "--key", &key]);
        assert_eq!(
            ok(command).1,
            "",
            "nothing changes the second time: {command:?}"
        );
        assert!(signature.exists());
    }
    // A build takes the place of all of it, and says what is no more.
    let catalog = BUILDS.path().join("catalog");
    let build = ["build", catalog.to_str().unwrap(), "--out", &shards];
    let (_, notes) = ok(&[&build[..], &["--effort", "quick"]].concat());
    assert!(
        notes.contains(
            "the build before had withdrawn goods (1), this one has none: withdraw them again with \
             `goodsrank withdraw`, or take them out of the catalog\n\
             the build before was signed, this one is not: sign it with `goodsrank sign`\n"
        ),
        "{notes}"
    );
    assert_eq!(fs::read_dir(folder.path("shards")).unwrap().count(), 2);
}

#[test]
fn a_manifest_of_a_later_version_is_left_as_it_is() {
    let folder = Folder::of("old");
    folder.rewrite(|text| text.replacen("\"goods\"", "\"later\": 1, \"goods\"", 1));
    assert_eq!(
        fails(&folder, &["withdraw", &folder.text("shards"), "G0000001"]),
        "error: …/shards/manifest.json: expected the fields that this version writes, found the \
         field later; update goodsrank\n"
    );
}

#[test]
fn a_delta_makes_the_new_shard_of_the_old_one() {
    let folder = Folder::of("new");
    let shards = folder.text("shards");
    let (out, _) = ok(&["delta", &old(), &shards]);
    let manifest = folder.manifest();
    let shard = &manifest.shards[0];
    let [delta] = &shard.deltas[..] else {
        panic!("{out}");
    };
    assert!(out.starts_with(&format!("{}: ", delta.file)), "{out}");
    assert!(delta.bytes <= shard.bytes / 2, "{out}");
    let old_manifest: Manifest = serde_json::from_slice(
        &fs::read(BUILDS.path().join("old/manifest.json")).unwrap(),
    )
    .unwrap();
    let from =
        fs::read(BUILDS.path().join("old").join(&old_manifest.shards[0].file)).unwrap();
    let bytes = fs::read(folder.path("shards").join(&delta.file)).unwrap();
    let made = goodsrank_builder::delta::patch(&from, &bytes).unwrap();
    assert_eq!(
        made,
        fs::read(folder.path("shards").join(&shard.file)).unwrap()
    );
    ok(&["verify", &shards]);

    fs::write(folder.path("shards").join(&delta.file), "no delta").unwrap();
    let error = fails(&folder, &["verify", &shards]);
    assert!(
        error.starts_with(&format!("error: …/shards/{}: expected the ", delta.file)),
        "{error}"
    );
}

#[test]
fn what_did_not_change_needs_no_delta() {
    let folder = Folder::of("old");
    let (out, _) = ok(&["delta", &old(), &folder.text("shards")]);
    assert_eq!(out, "no shard changed: nothing to write\n");
    assert_eq!(fs::read_dir(folder.path("shards")).unwrap().count(), 2);
}

#[test]
fn a_delta_that_is_not_worth_it_is_not_written() {
    let folder = Folder::of("new");
    let other = folder.text("other");
    let catalog = folder.text("catalog");
    ok(&[
        "sample", &catalog, "--goods", "60", "--shops", "30", "--seed", "9",
    ]);
    ok(&["build", &catalog, "--out", &other, "--effort", "quick"]);
    let (out, _) = ok(&["delta", &other, &folder.text("shards")]);
    assert!(out.contains(": none is written, for its "), "{out}");
    assert!(out.trim_end().ends_with(&format!(
        "bytes are more than half of the shard's {}",
        grouped(folder.manifest().shards[0].bytes)
    )));
    assert_eq!(fs::read_dir(folder.path("shards")).unwrap().count(), 2);
}

/// Thousands with commas, below a million.
fn grouped(n: u64) -> String {
    match n {
        0..1000 => n.to_string(),
        _ => format!("{},{:03}", n / 1000, n % 1000),
    }
}
