//! `goodsrank serve`: the page and its shards on one address, for trying out.

use std::fs::File;
use std::path::{Component, Path, PathBuf};

use clap::Args;
use tiny_http::{Header, Request, Response, Server};

use crate::error::{Error, Result};

/// Serve the page, and shards under /shards/, to browsers on this machine.
#[derive(Args, Debug)]
pub struct ServeArgs {
    /// Folder with the built page
    #[arg(long, value_name = "DIR")]
    root: PathBuf,
    /// Folder with a manifest and shards
    #[arg(long, value_name = "DIR")]
    shards: PathBuf,
    /// Where to listen; port 0 takes a free one
    #[arg(long, default_value = "127.0.0.1:8080")]
    address: String,
}

/// Runs `goodsrank serve` until it is stopped.
pub fn run(args: &ServeArgs) -> Result<()> {
    for folder in [&args.root, &args.shards] {
        if !folder.is_dir() {
            return Err(Error::catalog(
                folder,
                "expected a folder, found none; build it first",
            ));
        }
    }
    let server = Server::http(&args.address).map_err(|e| {
        let message = format!(
            "cannot listen: {e}; stop what holds the port, or name another --address"
        );
        Error::catalog(Path::new(&args.address), message)
    })?;
    println!("serving http://{}", server.server_addr());
    for request in server.incoming_requests() {
        if let Err(error) = answer(args, request) {
            eprintln!("a reader went away: {error}");
        }
    }
    Ok(())
}

fn answer(args: &ServeArgs, request: Request) -> std::io::Result<()> {
    let path = request
        .url()
        .split(['?', '#'])
        .next()
        .unwrap_or("/")
        .to_owned();
    let found =
        locate(args, &path).and_then(|file| Some((File::open(&file).ok()?, file)));
    match found {
        Some((opened, file)) => {
            let mut response = Response::from_file(opened);
            for (name, value) in headers(&file) {
                // All names and values are ASCII constants.
                response.headers_extend(name, value);
            }
            request.respond(response)
        }
        None => request
            .respond(Response::from_string("404 not found\n").with_status_code(404)),
    }
}

/// Adds a header; one that is no header adds nothing.
trait HeadersExtend {
    fn headers_extend(&mut self, name: &str, value: &str);
}

impl<R: std::io::Read> HeadersExtend for Response<R> {
    fn headers_extend(&mut self, name: &str, value: &str) {
        if let Ok(header) = Header::from_bytes(name, value) {
            self.add_header(header);
        }
    }
}

/// The file of a URL's path, `None` for one outside the folders.
fn locate(args: &ServeArgs, path: &str) -> Option<PathBuf> {
    let (folder, rest) = match path.strip_prefix("/shards/") {
        Some(rest) => (&args.shards, rest),
        None => (&args.root, path.trim_start_matches('/')),
    };
    let relative = Path::new(if rest.is_empty() { "index.html" } else { rest });
    let inside = relative
        .components()
        .all(|c| matches!(c, Component::Normal(_)));
    let file = folder.join(relative);
    (inside && file.is_file()).then_some(file)
}

/// Content type, and how long it may be kept: what has a hash in its name for
/// ever, the rest is asked for again. `no-transform`, because a proxy that
/// compresses changes lengths and ranges.
fn headers(file: &Path) -> [(&'static str, &'static str); 3] {
    let kind = match file
        .extension()
        .and_then(|e| e.to_str())
        .unwrap_or_default()
    {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "csv" => "text/csv; charset=utf-8",
        _ => "application/octet-stream",
    };
    let hashed = file.extension().is_some_and(|e| e == "grs")
        || file.parent().is_some_and(|p| p.ends_with("assets"));
    let keep = if hashed {
        "public, max-age=31536000, immutable, no-transform"
    } else {
        "no-cache, no-transform"
    };
    [
        ("Content-Type", kind),
        ("Cache-Control", keep),
        ("X-Content-Type-Options", "nosniff"),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serves_nothing_outside_its_folders() {
        let dir = tempfile::tempdir().unwrap();
        let (root, shards) = (dir.path().join("root"), dir.path().join("shards"));
        for folder in [&root, &shards] {
            std::fs::create_dir(folder).unwrap();
        }
        for file in ["root/index.html", "shards/manifest.json", "secret"] {
            std::fs::write(dir.path().join(file), "").unwrap();
        }
        let args = ServeArgs {
            root: root.clone(),
            shards: shards.clone(),
            address: String::new(),
        };
        assert_eq!(locate(&args, "/"), Some(root.join("index.html")));
        assert_eq!(
            locate(&args, "/shards/manifest.json"),
            Some(shards.join("manifest.json"))
        );
        for path in ["/../secret", "/shards/../../secret", "/nothing", "/shards/"] {
            assert_eq!(locate(&args, path), None, "{path}");
        }
    }
}
