//! A merchant's own users: who is hot, and who would want a good.
//!
//! ```text
//! customers.csv ──CustomersReader──▶ Customers ─┐
//! orders.csv ────────────────────UsersReader────┴─▶ Users ──▶ hot, layers, wants
//!                                                     └─────▶ Profile ──▶ rank
//! ```
//!
//! A user's temperature is the sum over the lines of their orders of w ·
//! 2^(-(t_ref - t) / h), w as a profile weighs the event, h the catalog's slow
//! half-life; clarity is how well the files tell who they are and what they want;
//! reach is the share of the channels by which they can be written to and agreed
//! to be. Who is at or over a threshold in all three is hot. Unknown consent is
//! never consent: a user whose reach is unknown may be hot, but adds to no asset.
//! `docs/model.md` has the definitions. All of it runs where the files are.

mod columns;
mod layers;
mod measure;
mod people;
mod read;
mod report;
mod wants;

use std::collections::BinaryHeap;

use serde::{Deserialize, Serialize};

pub use layers::{Layer, LayerValue, Traffic, Traffics};
pub use people::{Customers, CustomersReader};
pub use read::{UserRows, UsersReader};
pub use report::{hot_csv, users_table, wants_table};
pub use wants::UserWant;

use crate::engine::{Engine, best, check_limit};
use crate::error::{Kind, Result};
use crate::profile::{Event, Profile, ProfileBuilder, event_weight};
use crate::shard::{Bytes, MAX_TIME, Section};
use crate::show::number;
use layers::Counts;
use measure::{ONE, clarity, cooled, temperature, trend};
use people::People;
use read::{Line, NO_GOOD, Orders};

/// The most rows of a file that are named one by one.
const MAX_NAMED: usize = 1000;

/// What a hot user is at or over in all three. Round figures of ours.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Thresholds {
    /// In orders of weight 1 at the time of reference; 1 by default.
    pub temperature: f64,
    /// 0 to 1; .2 by default.
    pub clarity: f64,
    /// 0 to 1; .25 by default, which one channel is.
    pub reach: f64,
}

impl Default for Thresholds {
    fn default() -> Thresholds {
        Thresholds {
            temperature: 1.0,
            clarity: 0.2,
            reach: 0.25,
        }
    }
}

/// How users are measured; all are optional.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct UserOptions {
    /// Seconds since 1970 UTC at which temperatures are taken, and after which
    /// rows are left out; the file's latest by default.
    pub t_ref: Option<i64>,
    /// What is hot.
    pub thresholds: Thresholds,
    /// What a layer keeps of its worth for each step of the path of trust, above
    /// 0, at most 1; .8 by default.
    pub decay: f64,
    /// What is known of the layers.
    pub layers: Traffics,
}

impl Default for UserOptions {
    fn default() -> UserOptions {
        UserOptions {
            t_ref: None,
            thresholds: Thresholds::default(),
            decay: 0.8,
            layers: Traffics::default(),
        }
    }
}

impl UserOptions {
    fn check(&self) -> Result<()> {
        let hot = &self.thresholds;
        let (share, amount) = ("a number from 0 to 1", "a number from 0 to 1e12");
        let t_ref = self.t_ref.unwrap_or(1) as f64;
        within(
            "tRef",
            t_ref,
            1.0,
            MAX_TIME as f64,
            "seconds since 1970 UTC",
        )?;
        within("thresholds.temperature", hot.temperature, 0.0, 1e12, amount)?;
        within("thresholds.clarity", hot.clarity, 0.0, 1.0, share)?;
        within("thresholds.reach", hot.reach, 0.0, 1.0, share)?;
        let above = f64::MIN_POSITIVE;
        within(
            "decay",
            self.decay,
            above,
            1.0,
            "a number above 0, at most 1",
        )?;
        for layer in self.layers.all() {
            let (visits, cost) = (layer.visits.unwrap_or(1.0), layer.cost.unwrap_or(0.0));
            within(
                "layers.visits",
                visits,
                1.0,
                1e12,
                "a number from 1 to 1e12",
            )?;
            within("layers.cost", cost, 0.0, 1e12, amount)?;
        }
        Ok(())
    }
}

fn within(
    field: &'static str,
    value: f64,
    least: f64,
    most: f64,
    expected: &'static str,
) -> Result<()> {
    if least <= value && value <= most {
        return Ok(());
    }
    let found = number(value);
    Err(Kind::BadQuery {
        field,
        expected,
        found,
    }
    .into())
}

/// What is measured of one user.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct User {
    /// What the files call the user.
    pub id: String,
    /// Orders of weight 1 at the time of reference, by the slow half-life.
    pub temperature: f64,
    /// Nats: above 0 for who buys faster of late.
    pub trend: f64,
    /// 0 to 1.
    pub clarity: f64,
    /// 0 to 1; `None` where nothing is said of consent.
    pub reach: Option<f64>,
    /// Distinct orders.
    pub orders: u32,
    /// Whether the user is hot.
    pub hot: bool,
}

#[derive(Clone, Copy, Debug, Default)]
struct Measure {
    slow: i64,
    fast: i64,
    clarity: f64,
    reach: Option<f64>,
    orders: u32,
    hot: bool,
}

/// Whose goods the shop's profile is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ProfileOf {
    /// Hot users'.
    Hot,
    /// All users', since none of the hot ones bought what the shard knows.
    All,
}

impl ProfileOf {
    /// As reports say it.
    pub fn name(self) -> &'static str {
        match self {
            ProfileOf::Hot => "hot",
            ProfileOf::All => "all",
        }
    }
}

/// A merchant's users, measured.
pub struct Users {
    people: People,
    measures: Vec<Measure>,
    /// What each user bought, in the order of the people.
    bought: Vec<Profile>,
    rows: UserRows,
    customers: usize,
    /// Of the shard that the rows of goods are of.
    goods: u32,
    t_ref: i64,
    layers: Vec<LayerValue>,
    profile: Profile,
    profile_of: ProfileOf,
}

impl Users {
    fn new<B: Bytes>(
        engine: &Engine<B>,
        orders: Orders,
        options: &UserOptions,
    ) -> Result<Users> {
        let latest = orders.lines.iter().map(|line| line.event.at).max();
        let mut users = Users {
            measures: Vec::new(),
            bought: Vec::new(),
            customers: orders.customers,
            goods: engine.shard().goods(),
            t_ref: options.t_ref.or(latest).unwrap_or(0),
            layers: Vec::new(),
            profile: Profile::default(),
            profile_of: ProfileOf::All,
            people: orders.people,
            rows: orders.rows,
        };
        users.measure(engine, &orders.lines, options)?;
        users.warm_profile(engine, &orders.lines);
        Ok(users)
    }

    fn measure<B: Bytes>(
        &mut self,
        engine: &Engine<B>,
        lines: &[Line],
        options: &UserOptions,
    ) -> Result<()> {
        let categories = Categories::new(engine, lines)?;
        let by_user = ByUser::new(lines, self.people.people.len());
        let mut layers = [Counts::default(); 5];
        for user in 0..self.people.people.len() {
            let of_user = || by_user.of(user).map(|i| &lines[i]);
            let mut measure = Measure::default();
            let mut builder = engine.profile_builder(Some(self.t_ref));
            let mut kinds = Sorted::new();
            for line in of_user() {
                measure.heat(engine, &line.event, self.t_ref);
                if line.event.row != NO_GOOD {
                    builder.add(line.event);
                    kinds.extend(categories.of(line.event.row).map(|kind| (kind, 0)));
                }
            }
            self.bought.push(builder.finish());
            measure.orders = distinct(&mut of_user());
            for layer in Layer::ALL {
                let mut by_layer = of_user().filter(|line| line.layer == layer);
                layers[layer as usize].add(distinct(&mut by_layer));
            }
            let kinds = kinds.into_sorted_vec();
            let counts = kinds.chunk_by(|a, b| a == b).map(<[(u32, u32)]>::len);
            let (person, columns) = (self.people.people[user], self.people.columns);
            let (n, all) = (measure.orders, categories.bought);
            measure.clarity = clarity(person.known, columns, counts, all, n);
            measure.reach = person.reach(columns);
            measure.hot = n > 0 && measure.is_hot(&options.thresholds);
            self.measures.push(measure);
        }
        self.layers = layers::values(&layers, options.decay, &options.layers.all())?;
        Ok(())
    }

    /// What hot users buy, each as warm as its buyers: so heavy in all as the
    /// same lines are in a shop's ordinary profile, since that is what the kernel
    /// was calibrated on; heat says how it is shared out.
    fn warm_profile<B: Bytes>(&mut self, engine: &Engine<B>, lines: &[Line]) {
        let hot = |user: usize| self.measures[user].hot && !self.bought[user].is_empty();
        let any = (0..self.measures.len()).any(hot);
        if any {
            self.profile_of = ProfileOf::Hot;
        }
        let mut ordinary: ProfileBuilder = engine.profile_builder(Some(self.t_ref));
        let mut heat = vec![0i64; engine.shard().goods() as usize];
        for (user, bought) in self.bought.iter().enumerate() {
            if !any || hot(user) {
                for &(row, weight) in bought.weights() {
                    let slow = self.measures[user].slow.max(0) as f64;
                    let warm = (slow * f64::from(weight)).round_ties_even() as i64;
                    let sum = &mut heat[row as usize];
                    *sum = sum.saturating_add(warm);
                }
            }
        }
        for line in lines.iter().filter(|line| line.event.row != NO_GOOD) {
            if !any || hot(line.user as usize) {
                ordinary.add(line.event);
            } else if line.event.kind.is_sale() {
                self.profile.sold.push(line.event.row);
            }
        }
        let mut profile = ordinary.finish();
        let total: f64 = heat.iter().map(|&warm| warm as f64).sum();
        if total > 0.0 {
            let scale = profile.mass() / total;
            let warm = (0..).zip(&heat).filter(|&(_, &warm)| warm > 0);
            let weight = |(row, &warm): (u32, &i64)| (row, (warm as f64 * scale) as f32);
            let normal = |(_, weight): &(u32, f32)| weight.is_normal();
            profile.weights = warm.map(weight).filter(normal).collect();
        }
        // What others bought is on the shelf too, though it does not speak.
        profile.sold.append(&mut self.profile.sold);
        self.profile = profile;
    }

    /// The shop's profile, which [`Engine::rank`] takes.
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// Whose goods it is.
    pub fn profile_of(&self) -> ProfileOf {
        self.profile_of
    }

    /// What reading came to.
    pub fn rows(&self) -> &UserRows {
        &self.rows
    }

    /// Rows of the customers' file that name somebody.
    pub fn customers(&self) -> usize {
        self.customers
    }

    /// Users, which are who ordered.
    pub fn len(&self) -> usize {
        self.measures.iter().filter(|m| m.orders > 0).count()
    }

    /// Whether nobody ordered.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many are hot.
    pub fn hot_len(&self) -> usize {
        self.measures.iter().filter(|m| m.hot).count()
    }

    /// Seconds since 1970 UTC at which temperatures were taken; 0 where the
    /// orders have no times.
    pub fn t_ref(&self) -> i64 {
        self.t_ref
    }

    /// Whether the files say anything of consent.
    pub fn consent_known(&self) -> bool {
        self.people.columns & people::CONSENT != 0
    }

    /// The shop's heat asset, sum of T · c · r over users of known reach, and the
    /// sum of T · c over the others: what asking for consent may add at most.
    pub fn asset(&self) -> (f64, f64) {
        let (mut known, mut unknown) = (0i64, 0i64);
        for measure in &self.measures {
            let heat = temperature(measure.slow) * measure.clarity * ONE;
            let add = |r: f64| (heat * r).round_ties_even() as i64;
            match measure.reach {
                Some(reach) => known = known.saturating_add(add(reach)),
                None => unknown = unknown.saturating_add(add(1.0)),
            }
        }
        (temperature(known), temperature(unknown))
    }

    /// What each layer is worth, in the order of [`Layer::ALL`].
    pub fn layers(&self) -> &[LayerValue] {
        &self.layers
    }

    /// Hot users, hottest first, ties in the order of the files; `limit` is 1 to
    /// [`MAX_LIMIT`](crate::engine::MAX_LIMIT).
    pub fn hot(&self, engine: &Engine<impl Bytes>, limit: usize) -> Result<Vec<User>> {
        check_limit(limit)?;
        Ok(self.hottest(engine, limit))
    }

    fn hottest(&self, engine: &Engine<impl Bytes>, limit: usize) -> Vec<User> {
        let hot = (0u32..).zip(&self.measures).filter(|(_, m)| m.hot);
        let rows = best(hot.map(|(user, m)| (m.slow, user)), limit);
        rows.iter().map(|&row| self.user(engine, row)).collect()
    }

    fn user(&self, engine: &Engine<impl Bytes>, row: u32) -> User {
        let measure = &self.measures[row as usize];
        let model = engine.model();
        let half_lives = (model.half_life_fast, model.half_life_slow);
        User {
            id: self.people.name(row as usize).to_owned(),
            temperature: temperature(measure.slow),
            trend: trend(measure.fast, measure.slow, half_lives),
            clarity: measure.clarity,
            reach: measure.reach,
            orders: measure.orders,
            hot: measure.hot,
        }
    }
}

impl Measure {
    fn heat<B: Bytes>(&mut self, engine: &Engine<B>, event: &Event, t_ref: i64) {
        if event.at == 0 {
            return; // when it cooled from, nobody knows
        }
        let model = engine.model();
        let timeless = Event { at: 0, ..*event };
        let weight = event_weight(&model.profile, t_ref, &timeless);
        let cool = |half_life: f64| cooled(weight, event.at, t_ref, half_life);
        self.slow = self.slow.saturating_add(cool(model.half_life_slow));
        self.fast = self.fast.saturating_add(cool(model.half_life_fast));
    }

    fn is_hot(&self, least: &Thresholds) -> bool {
        temperature(self.slow) >= least.temperature
            && self.clarity >= least.clarity
            && self.reach.is_none_or(|reach| reach >= least.reach)
    }
}

impl Counts {
    /// Adds a user with so many orders by the layer.
    fn add(&mut self, orders: u32) {
        self.orders += orders;
        self.users += u32::from(orders > 0);
        self.again += u32::from(orders > 1);
    }
}

/// What sorts here: the profile's own heap, since a sort of another type would be
/// in the wasm module for this alone.
type Sorted = BinaryHeap<(u32, u32)>;

/// How many different orders the lines are of.
fn distinct(lines: &mut dyn Iterator<Item = &Line>) -> u32 {
    let halves = |line: &Line| ((line.order >> 32) as u32, line.order as u32);
    let orders = lines.map(halves).collect::<Sorted>().into_sorted_vec();
    orders.chunk_by(|a, b| a == b).count() as u32
}

/// Lines by their user, in the order of the file.
struct ByUser {
    ends: Vec<u32>,
    lines: Vec<u32>,
}

impl ByUser {
    fn new(lines: &[Line], users: usize) -> ByUser {
        let mut ends = vec![0; users + 1];
        for line in lines {
            ends[line.user as usize + 1] += 1;
        }
        for user in 0..users {
            ends[user + 1] += ends[user];
        }
        // Each start moves to its end as its lines are put down.
        let mut placed = vec![0; lines.len()];
        for (i, line) in (0..).zip(lines) {
            let end = &mut ends[line.user as usize];
            placed[*end as usize] = i;
            *end += 1;
        }
        ByUser {
            ends,
            lines: placed,
        }
    }

    fn of(&self, user: usize) -> impl Iterator<Item = usize> + '_ {
        let start = user.checked_sub(1).map_or(0, |before| self.ends[before]);
        let lines = &self.lines[start as usize..self.ends[user] as usize];
        lines.iter().map(|&i| i as usize)
    }
}

/// The categories of the goods that were bought.
struct Categories {
    /// By row; 0 where unknown.
    of_good: Vec<u32>,
    /// Different ones among what was bought.
    bought: usize,
}

impl Categories {
    fn new<B: Bytes>(engine: &Engine<B>, lines: &[Line]) -> Result<Categories> {
        let shard = engine.shard();
        let column = shard.column(Section::Category)?;
        let mut categories = Categories {
            of_good: (0..shard.goods() as usize)
                .map(|row| column.row(row) as u32)
                .collect(),
            bought: 0,
        };
        let mut seen = vec![false; shard.categories()?.len() + 1];
        for line in lines {
            if let Some(category) = categories.of(line.event.row) {
                let seen = &mut seen[category as usize];
                categories.bought += usize::from(!*seen);
                *seen = true;
            }
        }
        Ok(categories)
    }

    fn of(&self, row: u32) -> Option<u32> {
        let category = self.of_good.get(row as usize).copied();
        category.filter(|&c| c > 0)
    }
}
