//! A shop to rank for.

use goodsrank::profile::Profile;
use wasm_bindgen::prelude::*;

/// The profile of a shop, whatever it was made from.
#[wasm_bindgen]
pub struct Shop {
    profile: Profile,
}

impl Shop {
    pub(crate) fn new(profile: Profile) -> Shop {
        Shop { profile }
    }

    pub(crate) fn profile(&self) -> &Profile {
        &self.profile
    }
}
