//! `goodsrank serve`: the page and its shards on one address, for trying out.

use std::path::{Path, PathBuf};

use axum::Router;
use axum::extract::Request;
use axum::http::header::{CACHE_CONTROL, HeaderName, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderValue, Response, StatusCode};
use axum::middleware::{Next, from_fn};
use clap::Args;
use tokio::net::TcpListener;
use tower_http::services::ServeDir;

use crate::error::{Error, Result};

/// What has a hash in its name is kept for ever. `no-transform`, because a
/// proxy that compresses changes lengths and ranges.
const IMMUTABLE: HeaderValue =
    HeaderValue::from_static("public, max-age=31536000, immutable, no-transform");
/// All else is asked for again.
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("no-cache, no-transform");

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
            let message = "expected a folder, found none; build it first";
            return Err(Error::catalog(folder, message));
        }
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build();
    runtime
        .map_err(Error::io("start a server at", Path::new(&args.address)))?
        .block_on(serve(args))
}

async fn serve(args: &ServeArgs) -> Result<()> {
    let address = Path::new(&args.address);
    let listener = TcpListener::bind(&args.address).await.map_err(|e| {
        let message = format!(
            "cannot listen: {e}; stop what holds the port, or name another --address"
        );
        Error::catalog(address, message)
    })?;
    let bound = listener
        .local_addr()
        .map_err(Error::io("listen at", address))?;
    println!("serving http://{bound}");
    axum::serve(listener, router(args))
        .await
        .map_err(Error::io("serve", address))
}

/// Files of the two folders, and nothing else.
fn router(args: &ServeArgs) -> Router {
    Router::new()
        .nest_service("/shards", ServeDir::new(&args.shards))
        .fallback_service(ServeDir::new(&args.root))
        .layer(from_fn(add_headers))
}

async fn add_headers(request: Request, next: Next) -> Response<axum::body::Body> {
    let path = request.uri().path().to_owned();
    let mut response = next.run(request).await;
    let found = response.status() != StatusCode::NOT_FOUND;
    for (name, value) in headers(&path, found) {
        response.headers_mut().insert(name, value);
    }
    response
}

fn headers(path: &str, found: bool) -> [(HeaderName, HeaderValue); 2] {
    let hashed = [".grs", ".grd"].iter().any(|end| path.ends_with(end))
        || path.contains("/assets/");
    let keep = if hashed && found {
        IMMUTABLE
    } else {
        ASK_AGAIN
    };
    [
        (CACHE_CONTROL, keep),
        (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_a_hash_in_its_name_is_kept() {
        let keep = |path: &str, found: bool| headers(path, found)[0].1.clone();
        assert_eq!(keep("/shards/9f55c5ecae6c8429.grs", true), IMMUTABLE);
        assert_eq!(keep("/shards/12f74de0fa84bac4.grd", true), IMMUTABLE);
        assert_eq!(keep("/assets/index-abc.js", true), IMMUTABLE);
        assert_eq!(keep("/assets/gone.js", false), ASK_AGAIN);
        assert_eq!(keep("/shards/manifest.json", true), ASK_AGAIN);
        assert_eq!(keep("/shards/manifest.json.sig", true), ASK_AGAIN);
    }
}
