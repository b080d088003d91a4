//! A merchant's own users, measured.

use goodsrank::profile::Profile;
use goodsrank::users::{self, CustomersReader, Traffic, UserOptions, UsersReader};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;

use crate::engine::{Engine, each_piece};
use crate::error::Result;
use crate::objects;

/// Users with what is measured of them, and the profile that they make.
#[wasm_bindgen]
pub struct Users {
    inner: users::Users,
}

impl Users {
    pub(crate) fn read(
        engine: &Engine,
        orders: &Uint8Array,
        customers: Option<Uint8Array>,
        numbers: &[f64],
    ) -> Result<Users> {
        let mut reader = CustomersReader::default();
        let customers = match customers {
            Some(file) => {
                each_piece(&file, &mut |piece| reader.push(piece))?;
                reader.finish()?
            }
            None => users::Customers::default(),
        };
        let mut reader = UsersReader::new(engine.core(), customers, options(numbers))?;
        each_piece(orders, &mut |piece| reader.push(piece))?;
        let inner = reader.finish()?;
        Ok(Users { inner })
    }

    pub(crate) fn profile(&self) -> &Profile {
        self.inner.profile()
    }
}

/// Options as `lib/users.js` lays them out, NaN for those left out: the time of
/// reference, the thresholds, the decay, then visits and cost of each layer.
fn options(numbers: &[f64]) -> UserOptions {
    let told = |i: usize| numbers.get(i).copied().filter(|number| !number.is_nan());
    let mut options = UserOptions {
        t_ref: told(0).map(|t_ref| t_ref as i64),
        ..UserOptions::default()
    };
    let hot = &mut options.thresholds;
    let places = [
        &mut hot.temperature,
        &mut hot.clarity,
        &mut hot.reach,
        &mut options.decay,
    ];
    for (i, place) in (1..).zip(places) {
        if let Some(number) = told(i) {
            *place = number;
        }
    }
    let layers = &mut options.layers;
    let places = [
        &mut layers.kol,
        &mut layers.private_domain,
        &mut layers.public_content,
        &mut layers.platform,
    ];
    for (i, place) in places.into_iter().enumerate() {
        *place = Traffic {
            visits: told(5 + 2 * i),
            cost: told(6 + 2 * i),
        };
    }
    options
}

#[wasm_bindgen]
impl Users {
    /// All but who they are.
    pub fn report(&self) -> JsValue {
        objects::users_report(&self.inner)
    }

    /// Hot users, hottest first.
    pub fn hot(&self, engine: &Engine, limit: usize) -> Result<Array> {
        let hot = self.inner.hot(engine.core(), limit)?;
        Ok(objects::list(&hot, objects::user))
    }

    /// Users who would want a good, likeliest first.
    pub fn wants(&self, engine: &Engine, good: &str, limit: usize) -> Result<Array> {
        let wants = self.inner.wants(engine.core(), good, limit)?;
        Ok(objects::list(&wants, objects::user_want))
    }

    /// All hot users as a CSV file.
    pub fn csv(&self, engine: &Engine) -> String {
        users::hot_csv(&self.inner, engine.core())
    }
}
