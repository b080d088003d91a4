//! Signatures of manifests: Ed25519, in a file of their own.
//!
//! What is signed is a line that says so and then the manifest's bytes as they
//! are: a signature made for something else never fits, and nothing has to be
//! brought into a canonical form. `docs/shard-format.md`, section 6.

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;
use ed25519_dalek::pkcs8::{
    DecodePrivateKey, DecodePublicKey, EncodePrivateKey, EncodePublicKey, KeypairBytes,
};
use ed25519_dalek::{SECRET_KEY_LENGTH, Signature, Signer, SigningKey, VerifyingKey};

use crate::error::{Error, Result};

/// The file beside a manifest.
pub const FILE_NAME: &str = "manifest.json.sig";
/// What goes before the manifest.
const DOMAIN: &[u8] = b"goodsrank manifest 1\n";
/// The most signatures that a file holds, one a line.
pub const MAX_LINES: usize = 8;

fn message(manifest: &[u8]) -> Vec<u8> {
    [DOMAIN, manifest].concat()
}

/// A new key, of the system's randomness.
pub fn generate() -> Result<SigningKey> {
    let mut seed = [0; SECRET_KEY_LENGTH];
    getrandom::fill(&mut seed)
        .map_err(|e| Error::io("read", Path::new("the system's randomness"))(e.into()))?;
    Ok(SigningKey::from_bytes(&seed))
}

/// A private key as PKCS#8 in PEM: version 1, without the public key, which is
/// what every tool reads.
pub fn private_pem(key: &SigningKey) -> Option<String> {
    let pair = KeypairBytes {
        secret_key: key.to_bytes(),
        public_key: None,
    };
    let pem = pair.to_pkcs8_pem(LineEnding::LF).ok()?;
    Some(pem.as_str().to_owned())
}

/// A public key as SPKI in PEM.
pub fn public_pem(key: &VerifyingKey) -> Option<String> {
    key.to_public_key_pem(LineEnding::LF).ok()
}

/// A public key as its 32 bytes in base64, which is what readers are given.
pub fn public_base64(key: &VerifyingKey) -> String {
    STANDARD.encode(key.as_bytes())
}

/// Reads a private key's file.
pub fn private_key(path: &Path, pem: &str) -> Result<SigningKey> {
    SigningKey::from_pkcs8_pem(pem).map_err(|e| Error::Key {
        path: path.to_owned(),
        message: format!(
            "expected an Ed25519 private key (PKCS#8, PEM), found another text ({e}); make one \
             with `goodsrank keygen`"
        ),
    })
}

/// A public key from its PEM, or its bytes in base64.
pub fn public_key(given: &Path, text: &str) -> Result<VerifyingKey> {
    let raw = || {
        let bytes = STANDARD.decode(text.trim()).ok()?;
        VerifyingKey::from_bytes(&bytes.try_into().ok()?).ok()
    };
    let key = VerifyingKey::from_public_key_pem(text).ok().or_else(raw);
    key.ok_or_else(|| Error::Key {
        path: given.to_owned(),
        message: "expected an Ed25519 public key, as SPKI in PEM or as 32 bytes in base64, found \
                  neither; give what `goodsrank keygen` printed or wrote"
            .into(),
    })
}

/// The signature of a manifest, in base64.
pub fn sign(manifest: &[u8], key: &SigningKey) -> String {
    STANDARD.encode(key.sign(&message(manifest)).to_bytes())
}

/// Checks that one of a file's signatures is of a manifest and by a key.
pub fn verify(
    path: &Path,
    file: &str,
    manifest: &[u8],
    key: &VerifyingKey,
) -> Result<()> {
    let wrong = |message: String| Error::Signature {
        path: path.to_owned(),
        message,
    };
    let signatures = read(file).map_err(|found| {
        wrong(format!(
            "expected 64 bytes in base64 a line, 1 to {MAX_LINES} lines, found {found}; sign the \
             catalog with `goodsrank sign`"
        ))
    })?;
    let message = message(manifest);
    let is_right = |s: &Signature| key.verify_strict(&message, s).is_ok();
    match signatures.iter().any(is_right) {
        true => Ok(()),
        false => Err(wrong(format!(
            "expected a signature of this manifest by the key {}, found another key's or of \
             another manifest; sign it again with `goodsrank sign`, or give the key that it was \
             signed by",
            public_base64(key)
        ))),
    }
}

/// The signatures of a file; what was found where they are none.
fn read(file: &str) -> std::result::Result<Vec<Signature>, String> {
    let lines: Vec<&str> = file.lines().filter(|line| !line.is_empty()).collect();
    if !(1..=MAX_LINES).contains(&lines.len()) {
        return Err(format!("{} lines", lines.len()));
    }
    let signature = |line: &&str| {
        let bytes = STANDARD.decode(line.trim_end()).ok()?;
        Signature::from_slice(&bytes).ok()
    };
    let signatures: Option<Vec<Signature>> = lines.iter().map(signature).collect();
    signatures.ok_or_else(|| "another text".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATH: &str = "manifest.json.sig";

    fn key(seed: u8) -> SigningKey {
        SigningKey::from_bytes(&[seed; 32])
    }

    fn verified(
        file: &str,
        manifest: &[u8],
        seed: u8,
    ) -> std::result::Result<(), String> {
        let key = key(seed).verifying_key();
        verify(Path::new(PATH), file, manifest, &key).map_err(|e| e.to_string())
    }

    /// The bytes that every reader has to agree on: a test in JavaScript holds
    /// WebCrypto to the same.
    #[test]
    fn a_signature_has_these_bytes() {
        let public = public_base64(&key(7).verifying_key());
        assert_eq!(public, "6kpsY+KcUgq+9VB7Ey7F+ZVHdq6+vnuSQh7qaRRG0iw=");
        assert_eq!(
            sign(b"{}\n", &key(7)),
            "/8rRfWB2t7NCJPIm7TEyFt17aZOqItp1ppFZ7DK7YTjPaDL2cb8jpnQHQaZNG/TpMS8C0+Qc3qH96tqDie3rCQ=="
        );
    }

    #[test]
    fn a_signature_is_of_one_manifest_and_by_one_key() {
        let file = sign(b"{}", &key(1)) + "\n";
        assert_eq!(verified(&file, b"{}", 1), Ok(()));
        let other = "manifest.json.sig: expected a signature of this manifest by the key \
                     iojj3XQJ8ZX9UtstPLpdcspnCb8dlBIb83SIAbQPb1w=, found another key's or of \
                     another manifest; sign it again with `goodsrank sign`, or give the key that \
                     it was signed by";
        assert_eq!(verified(&file, b"{} ", 1).unwrap_err(), other);
        assert!(verified(&file, b"{}", 2).is_err());
        let bare = STANDARD.encode(key(1).sign(b"{}").to_bytes());
        assert!(verified(&bare, b"{}", 1).is_err(), "not of another domain");
    }

    #[test]
    fn one_of_several_signatures_is_enough() {
        let lines: Vec<String> = (1..=9).map(|seed| sign(b"{}", &key(seed))).collect();
        for seed in 1..=8 {
            assert_eq!(verified(&lines[..8].join("\n"), b"{}", seed), Ok(()));
        }
        let expected =
            "manifest.json.sig: expected 64 bytes in base64 a line, 1 to 8 lines, found";
        let advice = "sign the catalog with `goodsrank sign`";
        for (file, found) in [
            (lines.join("\r\n"), "9 lines"),
            (String::new(), "0 lines"),
            (String::from("<!doctype html>"), "another text"),
            (lines[0][..84].to_owned(), "another text"),
        ] {
            assert_eq!(
                verified(&file, b"{}", 1),
                Err(format!("{expected} {found}; {advice}"))
            );
        }
    }

    #[test]
    fn keys_are_read_as_they_were_written() {
        let key = key(3);
        let pem = private_pem(&key).unwrap();
        assert!(pem.starts_with("-----BEGIN PRIVATE KEY-----\n"), "{pem}");
        assert_eq!(private_key(Path::new("k"), &pem).unwrap(), key);
        let public = key.verifying_key();
        for text in [public_pem(&public).unwrap(), public_base64(&public) + "\n"] {
            assert_eq!(public_key(Path::new("k"), &text).unwrap(), public);
        }
        for text in ["", "AAAA", &pem] {
            assert_eq!(
                public_key(Path::new("k"), text).unwrap_err().to_string(),
                "k: expected an Ed25519 public key, as SPKI in PEM or as 32 bytes in base64, found \
                 neither; give what `goodsrank keygen` printed or wrote"
            );
        }
        let error = private_key(Path::new("k"), &public_pem(&public).unwrap());
        let error = error.unwrap_err();
        assert_eq!(error.code(), "bad_key");
        assert!(
            error.to_string().starts_with(
                "k: expected an Ed25519 private key (PKCS#8, PEM), found another text ("
            ),
            "{error}"
        );
    }
}
