//! Traffic layers: where orders came from, and what a layer is worth.
//!
//! ```text
//! value = (decay^(d - 1) · 1 / (1 - r) - cost) · conversion      orders a visit
//! ```
//!
//! d is how long the path of trust is: 1 for a KOL, 2 in private domain, 3 for
//! public content and for a platform, which have no order between them. r is the
//! probability of reaching the same user again: the share of the layer's users
//! with a second order in it, with ten users of prior evidence at the share over
//! all layers. 1 / (1 - r) is then how many orders a first one becomes. What a
//! visit becomes and what an order costs no file of orders knows: the caller may
//! say. The composite is ours.

use serde::{Deserialize, Serialize};

use crate::error::{Kind, Result};
use crate::rate::Rate;
use crate::show::number;

/// Where an order came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Layer {
    /// Somebody whom the user trusts.
    Kol,
    /// What the merchant can write to without paying.
    PrivateDomain,
    /// What users find.
    PublicContent,
    /// Marketplaces and advertisements.
    Platform,
    /// The file does not say, or in words that are not known.
    Unknown,
}

/// Words of a source in lower case, the more telling layer first: an advertisement
/// on a search engine is paid for, and a live stream is a person's wherever it is.
const WORDS: [(Layer, &str); 4] = [
    (
        Layer::Kol,
        "kol|koc|influencer|affiliate|creator|blogger|livestream|达人|主播|直播|网红|博主|带货",
    ),
    (
        Layer::Platform,
        "taobao|tmall|jd|pdd|pinduoduo|1688|amazon|ebay|etsy|walmart|shopee|lazada|temu|\
         aliexpress|marketplace|ad|ads|adwords|cpc|ppc|cpm|paid|display|淘宝|天猫|京东|拼多多|\
         直通车|广告|平台|付费|推广",
    ),
    (
        Layer::PrivateDomain,
        "wechat|weixin|wecom|email|newsletter|sms|direct|whatsapp|klaviyo|mailchimp|community|\
         referral|微信|社群|私域|企微|公众号|小程序|朋友圈|短信|邮件|会员|老客|直接",
    ),
    (
        Layer::PublicContent,
        "search|organic|seo|google|bing|baidu|social|content|blog|xiaohongshu|douyin|tiktok|\
         kuaishou|weibo|bilibili|zhihu|instagram|facebook|youtube|pinterest|twitter|reddit|\
         小红书|抖音|快手|微博|知乎|哔哩|百度|搜索|内容|种草|自然",
    ),
];

impl Layer {
    /// The layers, unknown last.
    pub const ALL: [Layer; 5] = [
        Layer::Kol,
        Layer::PrivateDomain,
        Layer::PublicContent,
        Layer::Platform,
        Layer::Unknown,
    ];

    /// The layer as reports say it.
    pub fn name(self) -> &'static str {
        [
            "kol",
            "privateDomain",
            "publicContent",
            "platform",
            "unknown",
        ][self as usize]
    }

    /// The layer of a source: by whole Latin words, or Chinese ones anywhere.
    pub fn of(source: &str) -> Layer {
        let source = source.to_ascii_lowercase();
        let bytes = source.as_bytes();
        // A Latin word ends where no letter or digit follows or goes before.
        let ends = |at: Option<usize>| {
            let byte = at.and_then(|at| bytes.get(at));
            byte.is_none_or(|byte| !byte.is_ascii_alphanumeric())
        };
        let says = |word: &str| {
            let mut places = bytes.windows(word.len()).enumerate();
            places.any(|(at, window)| {
                window == word.as_bytes()
                    && (!word.is_ascii()
                        || ends(at.checked_sub(1)) && ends(at.checked_add(word.len())))
            })
        };
        let found = WORDS.iter().find(|(_, words)| words.split('|').any(says));
        found.map_or(Layer::Unknown, |&(layer, _)| layer)
    }

    /// decay^(d - 1); `None` for the unknown layer, of which d is.
    fn trust(self, decay: f64) -> Option<f64> {
        match self {
            Layer::Kol => Some(1.0),
            Layer::PrivateDomain => Some(decay),
            Layer::PublicContent | Layer::Platform => Some(decay * decay),
            Layer::Unknown => None,
        }
    }
}

/// What the caller knows of a layer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Traffic {
    /// Visits that led to its orders, 1 to 1e12, and no fewer than its orders.
    pub visits: Option<f64>,
    /// What an order of it costs in promotion, as a share of what one earns,
    /// 0 or more.
    pub cost: Option<f64>,
}

/// What the caller knows of the layers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct Traffics {
    /// Of [`Layer::Kol`].
    pub kol: Traffic,
    /// Of [`Layer::PrivateDomain`].
    pub private_domain: Traffic,
    /// Of [`Layer::PublicContent`].
    pub public_content: Traffic,
    /// Of [`Layer::Platform`].
    pub platform: Traffic,
}

impl Traffics {
    /// In the order of [`Layer::ALL`], nothing of the unknown layer.
    pub(super) fn all(&self) -> [Traffic; 4] {
        [
            self.kol,
            self.private_domain,
            self.public_content,
            self.platform,
        ]
    }
}

/// What a layer is worth.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct LayerValue {
    /// The layer.
    pub layer: Layer,
    /// Orders that came by it.
    pub orders: u32,
    /// Users with such an order.
    pub users: u32,
    /// Of those, users with a second.
    pub again: u32,
    /// Probability of reaching the same user again, below 1.
    pub r: f64,
    /// decay^(d - 1) / (1 - r): what a first order by it is worth, in orders;
    /// `None` for the unknown layer.
    pub worth: Option<f64>,
    /// Orders a visit; `None` unless visits are known.
    pub conversion: Option<f64>,
    /// What a visit is worth after its cost, in orders; `None` unless both are
    /// known.
    pub value: Option<f64>,
}

/// Orders and users of each layer.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counts {
    pub(super) orders: u32,
    pub(super) users: u32,
    pub(super) again: u32,
}

/// What each layer is worth.
pub(super) fn values(
    counts: &[Counts; 5],
    decay: f64,
    traffic: &[Traffic; 4],
) -> Result<Vec<LayerValue>> {
    let sum = |of: fn(&Counts) -> u32| counts.iter().map(of).sum::<u32>();
    // With one of two imagined, so that it is never 1.
    let usual = f64::from(sum(|c| c.again) + 1) / f64::from(sum(|c| c.users) + 2);
    let value = |layer: Layer| {
        let Counts {
            orders,
            users,
            again,
        } = counts[layer as usize];
        let told = traffic.get(layer as usize).copied().unwrap_or_default();
        let rate = Rate {
            part: again.into(),
            whole: users.into(),
        };
        let r = rate.expected(usual);
        let worth = layer.trust(decay).map(|trust| trust / (1.0 - r));
        let conversion = match told.visits {
            Some(visits) if visits < f64::from(orders) => {
                return Err(Kind::BadQuery {
                    field: "layers.visits",
                    expected: "at least as many visits as the layer has orders",
                    found: number(visits),
                }
                .into());
            }
            visits => visits.map(|visits| f64::from(orders) / visits),
        };
        let value = match (worth, conversion, told.cost) {
            (Some(worth), Some(conversion), Some(cost)) => {
                Some((worth - cost) * conversion)
            }
            _ => None,
        };
        Ok(LayerValue {
            layer,
            orders,
            users,
            again,
            r,
            worth,
            conversion,
            value,
        })
    };
    Layer::ALL.into_iter().map(value).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_are_told_by_their_words() {
        for (source, layer, why) in [
            ("KOL: li", Layer::Kol, "a word, whatever its case"),
            ("抖音达人", Layer::Kol, "a person, before where"),
            ("email", Layer::PrivateDomain, ""),
            ("企微社群", Layer::PrivateDomain, ""),
            ("google / cpc", Layer::Platform, "paid, before where"),
            (
                "https://www.google.com/",
                Layer::PublicContent,
                "a referrer",
            ),
            ("小红书", Layer::PublicContent, ""),
            ("天猫", Layer::Platform, ""),
            ("web", Layer::Unknown, "Shopify's own word tells nothing"),
            ("roadshow", Layer::Unknown, "ad is no word of it"),
            ("", Layer::Unknown, ""),
        ] {
            assert_eq!(Layer::of(source), layer, "{source} {why}");
        }
        for (layer, words) in WORDS {
            for word in words.split('|') {
                assert_eq!(Layer::of(word), layer, "{word}");
            }
        }
    }

    #[test]
    fn a_layer_is_worth_its_trust_and_its_return() {
        let mut counts = [Counts::default(); 5];
        counts[0] = Counts {
            orders: 12,
            users: 10,
            again: 2,
        };
        counts[1] = Counts {
            orders: 40,
            users: 10,
            again: 8,
        };
        let traffic = [
            Traffic::default(),
            Traffic {
                visits: Some(400.0),
                cost: Some(0.5),
            },
            Traffic {
                visits: Some(9.0),
                cost: None,
            },
            Traffic::default(),
        ];
        let values = values(&counts, 0.8, &traffic).unwrap();
        // 11 of 22 over all; 2 of 10 and 8 of 10 with ten at a half.
        assert_eq!([values[0].r, values[1].r, values[3].r], [0.35, 0.65, 0.5]);
        assert_eq!(values[0].worth, Some(1.0 / 0.65));
        assert_eq!(values[1].worth, Some(0.8 / 0.35));
        let cheap = (0.8 / 0.35 - 0.5) * 0.1;
        assert_eq!(values[1].value, Some(cheap));
        assert_eq!((values[2].conversion, values[2].value), (Some(0.0), None));
        assert_eq!(values[4].worth, None, "nobody knows how far it is");
    }

    #[test]
    fn fewer_visits_than_orders_are_refused() {
        let counts = [Counts {
            orders: 3,
            users: 2,
            again: 1,
        }; 5];
        let traffic = [Traffic {
            visits: Some(2.0),
            cost: None,
        }; 4];
        assert_eq!(
            values(&counts, 0.8, &traffic).unwrap_err().to_string(),
            "bad query: layers.visits: expected at least as many visits as the layer has orders, \
             found 2"
        );
    }
}
