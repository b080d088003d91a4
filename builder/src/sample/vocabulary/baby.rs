//! Baby goods: what is sold, in Chinese and English.

use super::{Leaf, SOFT_COLOURS, Season, Shelf};

/// Baby goods.
pub(super) const SHELF: Shelf = Shelf {
    key: "baby",
    zh: "母婴",
    en: "baby goods",
    shop: "母婴店",
    leaves: &[
        Leaf {
            key: "nappies",
            zh: "纸尿裤",
            en: "nappies",
            homes: "Fujian Guangdong Zhejiang Hunan",
            season: Season::Even,
            price: 7_800,
            spread: 0.4,
            moq: 6,
            repeat: 18,
            returns: 0.015,
            keys: ["feature", "count", "size"],
            makes: "超薄=ultra-thin@1.15|柔软=soft|透气=breathable@1.05|加厚=thick|\
                弱酸=mildly acidic@1.2|棉感=cotton-feel@1.05|弹力腰=stretch-waist|\
                瞬吸=quick-absorbing@1.1",
            nouns: "纸尿裤=nappies|拉拉裤=pull-up pants@1.1|学步裤=walker nappies@1.1|\
                游泳纸尿裤=swim nappies@1.3|夜用拉拉裤=overnight pull-ups@1.2|\
                训练裤=training pants@1.4",
            specs: "\
                20片=20 pieces@.4|40片=40 pieces@.72|60片=60 pieces|80片=80 pieces@1.28|\
                100片=100 pieces@1.55",
            packs: "S号=size S@.9|M号=size M@.95|L号=size L|XL号=size XL@1.05|\
                XXL号=size XXL@1.1",
        },
        Leaf {
            key: "babywear",
            zh: "婴儿服装",
            en: "baby clothing",
            homes: "Zhejiang Guangdong Jiangxi",
            season: Season::Winter,
            price: 6_800,
            spread: 0.5,
            moq: 8,
            repeat: 60,
            returns: 0.04,
            keys: ["material", "size", "colour"],
            makes: "纯棉=cotton|有机棉=organic cotton@1.4|竹纤维=bamboo-fibre@1.1|\
                纱布=gauze|莫代尔=modal@1.1|加绒=fleece-lined@1.15|夹棉=quilted@1.2|\
                精梳棉=combed-cotton@1.2",
            nouns: "连体衣=romper|包屁衣=bodysuit@.8|爬服=crawler suit@1.1|\
                婴儿套装=two-piece baby set@1.3|分腿睡袋=legged sleep sack@1.4|\
                和尚服=wrap top set@.9|外出服=outing suit@1.3|背带裤=dungarees",
            specs: "\
                59cm=59 cm@.92|66cm=66 cm@.96|73cm=73 cm|80cm=80 cm@1.04|90cm=90 cm@1.1",
            packs: SOFT_COLOURS,
        },
        Leaf {
            key: "feeding",
            zh: "喂养用品",
            en: "feeding",
            homes: "Guangdong Zhejiang Jiangsu",
            season: Season::Even,
            price: 5_600,
            spread: 0.55,
            moq: 10,
            repeat: 60,
            returns: 0.02,
            keys: ["material", "size", "colour"],
            makes: "玻璃=glass|硅胶=silicone|PPSU=PPSU@1.4|宽口=wide-neck|\
                防摔=drop-proof@1.05|轻便=lightweight|耐高温=heat-resistant@1.05|\
                双手柄=two-handled@1.05",
            nouns: "奶瓶=feeding bottle|学饮杯=training cup@.9|吸管杯=straw cup|\
                鸭嘴杯=spout cup@.9|辅食碗=weaning bowl@.8|辅食杯=weaning pot@.9|\
                储奶瓶=milk storage bottle@.9|保温奶瓶=insulated feeding bottle@1.6",
            specs: "120ml=120 ml@.85|160ml=160 ml@.92|240ml=240 ml|300ml=300 ml@1.1",
            packs: SOFT_COLOURS,
        },
        Leaf {
            key: "toys",
            zh: "玩具",
            en: "toys",
            homes: "Guangdong Zhejiang",
            season: Season::SpringFestival,
            price: 6_900,
            spread: 0.6,
            moq: 8,
            repeat: 70,
            returns: 0.03,
            keys: ["theme", "count", "pack"],
            makes: "木制=wooden@1.2|益智=educational|彩色=colourful|卡通=cartoon|\
                动物主题=animal-themed|交通主题=traffic-themed|农场主题=farm-themed|\
                恐龙主题=dinosaur-themed@1.1|圆角=round-edged",
            nouns: "积木=building blocks|拼图=jigsaw puzzle@.6|叠叠乐=stacking rings@.7|\
                形状配对盒=shape sorter@.9|磁力片=magnetic tiles@1.4|\
                过家家套装=pretend-play set@1.3|记忆卡片=memory cards@.5|\
                穿线玩具=lacing toy@.6|配对游戏=matching game@.7",
            specs: "\
                12件=12 pieces@.55|24件=24 pieces@.8|36件=36 pieces|60件=60 pieces@1.4|\
                100件=100 pieces@2",
            packs: "盒装=box|桶装=tub|收纳袋装=storage bag@1.05|礼盒装=gift box@1.25",
        },
        Leaf {
            key: "nursery",
            zh: "婴儿寝具",
            en: "nursery bedding",
            homes: "Zhejiang Jiangsu Guangdong",
            season: Season::Winter,
            price: 8_600,
            spread: 0.5,
            moq: 6,
            repeat: 100,
            returns: 0.03,
            keys: ["material", "size", "colour"],
            makes: "纱布=gauze|纯棉=cotton|竹纤维=bamboo-fibre@1.1|\
                有机棉=organic cotton@1.4|豆豆绒=minky|针织=knitted|夹棉=quilted@1.2|\
                华夫格=waffle-weave@1.1",
            nouns: "婴儿被=baby quilt@1.2|婴儿床单=cot sheet@.6|睡垫=sleep mat@1.1|\
                盖毯=baby blanket|抱被=swaddle blanket@1.1|隔尿垫=waterproof pad@.6|\
                连帽浴巾=hooded bath towel@.8|床笠=fitted cot sheet@.7",
            specs: "\
                60×120cm=60 × 120 cm@.85|70×140cm=70 × 140 cm|80×100cm=80 × 100 cm@.9|\
                100×120cm=100 × 120 cm@1.15",
            packs: SOFT_COLOURS,
        },
    ],
};
