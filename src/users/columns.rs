//! The columns that tell of users, as exports of Shopify, WooCommerce, Taobao and
//! Youzan name them, and the words in them.

use crate::csv::Header;

/// A column that tells of a user, or of an order; those from [`Status`](Field::Status)
/// on hold few different words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Id,
    Email,
    Phone,
    Wechat,
    AcceptsEmail,
    AcceptsSms,
    AcceptsWechat,
    Order,
    Status,
    Source,
    Referrer,
}

pub(super) const FIELDS: usize = 11;

/// Ours first; by [`Field`].
const COLUMNS: [&str; FIELDS] = [
    "customer_id|customer id|user_id|user id|买家会员名|买家昵称|买家id|会员名|会员id|会员号|\
     客户id|客户编号|用户id|用户编号",
    "email|e-mail|billing email|email (billing)|customer email|billing_email|customer_email|\
     email address|买家邮箱|邮箱|电子邮箱",
    "phone|billing phone|phone (billing)|customer phone|billing_phone|phone number|mobile|\
     买家手机号|手机号|手机号码|手机|联系手机|收货人手机号|联系电话|电话",
    "wechat|openid|unionid|微信|微信号",
    "accepts_email|accepts email marketing|accepts marketing|email marketing consent|\
     buyer accepts marketing|邮件订阅|接受邮件",
    "accepts_sms|accepts sms marketing|sms marketing consent|短信订阅|接受短信",
    "accepts_wechat|接受微信|微信好友",
    "order_id|order id|order number|order_number|order no|订单编号|订单号|主订单编号|name",
    "financial status|order status|status|订单状态",
    "source|channel|utm_source|origin|来源|渠道|订单来源|流量来源",
    "referrer|referring site|referral source|推广来源|推荐人",
];

/// Where the columns stand, by [`Field`].
pub(super) struct Columns(pub(super) [Option<usize>; FIELDS]);

impl Columns {
    pub(super) fn new(header: &Header) -> Columns {
        Columns(COLUMNS.map(|names| header.place(names)))
    }

    pub(super) fn has(&self, field: Field) -> bool {
        self.0[field as usize].is_some()
    }

    /// Whether nothing says who somebody is.
    pub(super) fn nobody(&self) -> bool {
        let who = [Field::Id, Field::Email, Field::Phone, Field::Wechat];
        who.iter().all(|&field| !self.has(field))
    }
}

/// Whether a text is one of these words, with | between them.
fn is(text: &str, words: &str) -> bool {
    !text.is_empty() && words.split('|').any(|word| text.eq_ignore_ascii_case(word))
}

/// What is said of consent; `None` where nothing is, or nothing that is known.
pub(super) fn consent(text: &str) -> Option<bool> {
    const YES: &str = "yes|true|1|y|subscribed|accepted|是|同意|已同意|已订阅|接受";
    const NO: &str = "no|false|0|n|unsubscribed|not subscribed|not_subscribed|pending|否|\
                      不同意|未同意|未订阅|已退订|拒绝";
    if is(text, YES) {
        Some(true)
    } else {
        is(text, NO).then_some(false)
    }
}

/// Whether an order's status says that nothing was sold.
pub(super) fn called_off(status: &str) -> bool {
    const WORDS: &str = "voided|refunded|cancelled|canceled|failed|expired|wc-cancelled|\
                         wc-refunded|wc-failed|交易关闭|已关闭|订单关闭|已取消|已退款|退款成功";
    is(status, WORDS)
}

/// Whether mail can be sent to it: one @ between a name and a domain of at least
/// two parts, with none of the stars that platforms mask addresses by.
pub(super) fn is_email(text: &str) -> bool {
    let (mut at, mut dot, mut last) = (0, 0, b'.');
    for byte in text.bytes() {
        let ends = byte == b'@' || byte == b'.' && at > 0;
        if byte <= b' ' || b"*,;<>\"".contains(&byte) || ends && b"@.".contains(&last) {
            return false;
        }
        at += usize::from(byte == b'@');
        dot += usize::from(byte == b'.' && at > 0);
        last = byte;
    }
    at == 1 && dot > 0 && last != b'.' && text.len() <= 254
}

/// A phone's digits; `None` unless seven to fifteen, as E.164 has them.
pub(super) fn phone(text: &str) -> Option<String> {
    let mut digits = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_digit() {
            digits.push(char::from(byte));
        } else if !b"+-() .".contains(&byte) {
            return None;
        }
    }
    (7..=15).contains(&digits.len()).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_masked_or_broken_cannot_be_written_to() {
        for email in ["a@b.cn", "li.na+shop@mail.example.com"] {
            assert!(is_email(email), "{email}");
        }
        for email in [
            "",
            "a",
            "a@b",
            "@b.cn",
            "a@.cn",
            "a@b.",
            "a@b@c.d",
            "a b@c.d",
            "a***@b.cn",
        ] {
            assert!(!is_email(email), "{email}");
        }
        assert_eq!(phone("+86 138-0000-0000").as_deref(), Some("8613800000000"));
        for text in ["", "138****0000", "12345", "1234567890123456", "none"] {
            assert_eq!(phone(text), None, "{text}");
        }
    }

    #[test]
    fn an_unknown_word_is_not_consent() {
        assert_eq!(consent("YES"), Some(true));
        assert_eq!(consent("已退订"), Some(false));
        for text in ["", "maybe", "yes please", "null"] {
            assert_eq!(consent(text), None, "{text}");
        }
    }
}
