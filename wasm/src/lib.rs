//! The edge of GoodsRank to JavaScript: bytes and options in, columns and
//! small objects out. The only crate that names `wasm_bindgen`, and thin: what
//! is decided is decided in the core, what is shown is shown by `pkg/`, which
//! wraps every class here and is the only one to call it.

#[cfg(feature = "full")]
mod batch;
mod engine;
mod error;
mod feedback;
#[cfg(feature = "full")]
mod json;
mod loader;
#[cfg(feature = "full")]
mod many;
mod objects;
mod query;
mod sales;
mod shop;
#[cfg(feature = "full")]
mod users;
#[cfg(feature = "full")]
mod what_if;

use wasm_bindgen::prelude::*;

/// Smaller than std's by a hundredth of the module.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// Runs once for each instance: a panic's message goes to the console, where
/// all that JavaScript itself would say is "unreachable".
#[wasm_bindgen(start)]
pub fn start() {
    console_error_panic_hook::set_once();
}

/// Gives the module up after a trap: the next call is to a fresh instance.
#[wasm_bindgen]
pub fn abandon() {
    wasm_bindgen::handler::schedule_reinit();
}
