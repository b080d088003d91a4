//! A merchant's own users, measured.

use goodsrank::users::{
    self, CustomersReader, LayerValue, Traffic, User, UserOptions, UserWant, UsersReader,
};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;

use crate::engine::{Engine, each_piece};
use crate::error::Result;
use crate::objects::{Record, because, list, or_null, rows_read};
use crate::shop::Shop;

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
impl Engine {
    /// Measures the users of a CSV file of orders, and of one of customers.
    #[wasm_bindgen(js_name = matchUsers)]
    pub fn match_users(
        &self,
        orders: &Uint8Array,
        customers: Option<Uint8Array>,
        options: &[f64],
    ) -> Result<Users> {
        Users::read(self, orders, customers, options)
    }
}

#[wasm_bindgen]
impl Users {
    /// The shop whose users they are.
    pub fn shop(&self) -> Shop {
        Shop::new(self.inner.profile().clone())
    }

    /// All but who they are.
    pub fn report(&self) -> JsValue {
        report(&self.inner)
    }

    /// Hot users, hottest first.
    pub fn hot(&self, engine: &Engine, limit: usize) -> Result<Array> {
        let hot = self.inner.hot(engine.core(), limit)?;
        Ok(list(&hot, user))
    }

    /// Users who would want a good, likeliest first.
    pub fn wants(&self, engine: &Engine, good: &str, limit: usize) -> Result<Array> {
        let wants = self.inner.wants(engine.core(), good, limit)?;
        Ok(list(&wants, user_want))
    }

    /// All hot users as a CSV file.
    pub fn csv(&self, engine: &Engine) -> String {
        users::hot_csv(&self.inner, engine.core())
    }
}

/// What a page shows of a merchant's users, but for who they are.
fn report(users: &users::Users) -> JsValue {
    let rows = users.rows();
    let (asset, unknown) = users.asset();
    rows_read(
        rows.rows,
        rows.matched,
        &rows.unmatched,
        rows.unmatched_total,
    )
    .with("refused", rows.refused)
    .with("calledOff", rows.called_off)
    .with("nameless", rows.nameless)
    .with("undated", rows.undated)
    .with("customers", users.customers())
    .with("users", users.len())
    .with("hotUsers", users.hot_len())
    .with("tRef", users.t_ref() as f64)
    .with("consentKnown", users.consent_known())
    .with("asset", asset)
    .with("assetUnknown", unknown)
    .with("profileOf", users.profile_of().name())
    .with("goods", users.profile().len())
    .with("layers", list(users.layers(), layer))
    .into()
}

fn layer(value: &LayerValue) -> JsValue {
    Record::new()
        .with("layer", value.layer.name())
        .with("orders", value.orders)
        .with("users", value.users)
        .with("again", value.again)
        .with("r", value.r)
        .with("worth", or_null(value.worth))
        .with("conversion", or_null(value.conversion))
        .with("value", or_null(value.value))
        .into()
}

/// A user's figures.
fn user(user: &User) -> JsValue {
    with_user(Record::new(), user).into()
}

/// A user at their place in a ranking for a good.
fn user_want(want: &UserWant) -> JsValue {
    with_user(Record::new().with("rank", want.rank), &want.user)
        .with("score", want.score as f64)
        .with("because", list(&want.because, because))
        .into()
}

fn with_user(record: Record, user: &User) -> Record {
    record
        .with("id", &user.id)
        .with("temperature", user.temperature)
        .with("trend", user.trend)
        .with("clarity", user.clarity)
        .with("reach", or_null(user.reach))
        .with("orders", user.orders)
        .with("hot", user.hot)
}
