//! `goodsrank keygen`: a key pair for signing manifests.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;

use super::print_json;
use crate::error::{Error, Result};
use crate::signature::{generate, private_pem, public_base64, public_pem};

/// Make a key pair: `sign` takes the private key, readers the public one.
#[derive(Args, Debug)]
pub struct KeygenArgs {
    /// File to write the private key to; the public key goes beside it, with .pub
    #[arg(long, value_name = "KEY")]
    out: PathBuf,
    /// Print for machines
    #[arg(long)]
    json: bool,
}

/// Runs `goodsrank keygen`.
pub fn run(args: &KeygenArgs) -> Result<()> {
    let mut public_path = args.out.clone().into_os_string();
    public_path.push(".pub");
    let public_path = PathBuf::from(public_path);
    // A key that is lost is lost with all that it signed.
    if let Some(path) = [&args.out, &public_path].into_iter().find(|p| p.exists()) {
        return Err(occupied(path));
    }
    let key = generate()?;
    let public = key.verifying_key();
    let pems = private_pem(&key).zip(public_pem(&public));
    let (private_pem, public_pem) = pems.ok_or_else(|| Error::Key {
        path: args.out.clone(),
        message: "the key cannot be written as PEM; please report it".into(),
    })?;
    create(&args.out, &private_pem, true)?;
    create(&public_path, &public_pem, false)?;
    let public = public_base64(&public);
    if args.json {
        print_json(&serde_json::json!({
            "key": args.out, "publicKeyFile": public_path, "publicKey": public,
        }));
    } else {
        println!(
            "{}: the private key, for `goodsrank sign`; keep it to yourself",
            args.out.display()
        );
        println!("{}: the public key, which is also", public_path.display());
        println!("{public}");
    }
    Ok(())
}

fn occupied(path: &Path) -> Error {
    Error::Key {
        path: path.to_owned(),
        message:
            "expected no file of this name, found one; a key is never written over: name \
                  another file"
                .into(),
    }
}

/// Writes a file that must not be there; a private one is its owner's alone from
/// the first byte.
fn create(path: &Path, text: &str, private: bool) -> Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(if private { 0o600 } else { 0o644 });
    }
    #[cfg(not(unix))]
    let _ = private;
    let mut file = options.open(path).map_err(|e| match e.kind() {
        std::io::ErrorKind::AlreadyExists => occupied(path),
        _ => Error::io("create", path)(e),
    })?;
    file.write_all(text.as_bytes())
        .and_then(|()| file.sync_all())
        .map_err(Error::io("write", path))
}
