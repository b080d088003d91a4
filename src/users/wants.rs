//! Which users would want a good.

use serde::Serialize;

use super::{User, Users};
use crate::engine::{Engine, best, check_limit};
use crate::error::{Kind, Result};
use crate::good::Because;
use crate::shard::Bytes;
use crate::terms::Column;

/// A user at their place in a ranking for a good.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UserWant {
    /// 1 for the best.
    pub rank: usize,
    /// What is measured of the user.
    #[serde(flatten)]
    pub user: User,
    /// Fit of what the user bought, micro-nats.
    pub score: i64,
    /// What the user bought, and how loudly it speaks for the good.
    pub because: Vec<Because>,
}

impl Users {
    /// The users who did not buy the good yet, by the fit of what they did buy,
    /// as if each were a shop; ties in the order of the files. Users of whom no
    /// good is known are left out. `limit` is 1 to
    /// [`MAX_LIMIT`](crate::engine::MAX_LIMIT).
    ///
    /// O(goods · (neighbours + factors)) for the good, then a dot for each user.
    pub fn wants<B: Bytes>(
        &self,
        engine: &Engine<B>,
        good_id: &str,
        limit: usize,
    ) -> Result<Vec<UserWant>> {
        check_limit(limit)?;
        if engine.shard().goods() < self.goods {
            return Err(Kind::Limit {
                what: "goods in the shard that users were measured by",
                limit: engine.shard().goods().into(),
                found: self.goods.into(),
            }
            .into());
        }
        let good = engine.row_of(good_id)?;
        let column = Column::new(engine.shard(), engine.model(), good)?;
        let open = (0u32..)
            .zip(&self.bought)
            .filter(|(_, bought)| !bought.is_empty() && !bought.sold.contains(&good));
        let score =
            |user: u32| i64::from(column.term(self.bought[user as usize].weights()));
        let users = best(open.map(|(user, _)| (score(user), user)), limit);
        let mut wants = Vec::with_capacity(users.len());
        for user in users {
            wants.push(UserWant {
                rank: wants.len() + 1,
                user: self.user(engine, user),
                score: score(user),
                because: engine.because(&self.bought[user as usize], good)?,
            });
        }
        Ok(wants)
    }
}
