//! Home goods: what is sold, in Chinese and English.

use super::{COLOURS, Leaf, Season, Shelf};

/// Home goods.
pub(super) const SHELF: Shelf = Shelf {
    key: "home",
    zh: "家居",
    en: "home goods",
    shop: "家居店",
    leaves: &[
        Leaf {
            key: "bedding",
            zh: "床上用品",
            en: "bedding",
            homes: "Jiangsu Zhejiang Shandong",
            season: Season::Winter,
            price: 16_800,
            spread: 0.55,
            moq: 4,
            repeat: 150,
            returns: 0.035,
            keys: ["material", "size", "colour"],
            makes: "纯棉=cotton|天丝=lyocell@1.5|亚麻=linen@1.6|水洗棉=washed-cotton@.9|\
                珊瑚绒=coral-fleece@.9|磨毛=brushed@.8|竹纤维=bamboo-fibre@1.1|\
                有机棉=organic cotton@1.4",
            nouns: "四件套=four-piece bedding set@1.4|三件套=three-piece bedding set@1.1|\
                被套=duvet cover@.8|床单=flat sheet@.5|床笠=fitted sheet@.55|\
                夏凉被=summer quilt|盖毯=throw blanket@.6|床盖=bedspread@1.2",
            specs: "1.2米床=for 1.2 m bed@.8|1.5米床=for 1.5 m bed|\
                1.8米床=for 1.8 m bed@1.12|2.0米床=for 2.0 m bed@1.25",
            packs: COLOURS,
        },
        Leaf {
            key: "towels",
            zh: "毛巾浴巾",
            en: "towels",
            homes: "Hebei Shandong Zhejiang",
            season: Season::Even,
            price: 3_800,
            spread: 0.45,
            moq: 20,
            repeat: 60,
            returns: 0.02,
            keys: ["material", "count", "colour"],
            makes: "纯棉=cotton|竹纤维=bamboo-fibre@1.1|珊瑚绒=coral-fleece@.8|\
                长绒棉=long-staple cotton@1.5|纱布=gauze@.9|华夫格=waffle-weave@1.1|\
                无捻=zero-twist@1.2|有机棉=organic cotton@1.4",
            nouns: "毛巾=hand towel|浴巾=bath towel@2|方巾=face cloth@.5|\
                童巾=children's towel@.7|运动毛巾=sports towel|干发巾=hair towel@1.1|\
                沙滩巾=beach towel@1.9|擦手巾=wiping towel@.6",
            specs: "\
                单条=1 piece@.45|2条装=pack of 2@.8|3条装=pack of 3|5条装=pack of 5@1.6|\
                10条装=pack of 10@2.9",
            packs: COLOURS,
        },
        Leaf {
            key: "curtains",
            zh: "窗帘",
            en: "curtains and blinds",
            homes: "Zhejiang Guangdong",
            season: Season::Even,
            price: 11_800,
            spread: 0.55,
            moq: 2,
            repeat: 240,
            returns: 0.04,
            keys: ["fabric", "size", "colour"],
            makes: "遮光=blackout@1.1|半遮光=dim-out|棉麻=cotton-linen@1.1|\
                雪尼尔=chenille@1.4|提花=jacquard@1.2|印花=printed@.9|纯色=plain@.9|\
                仿丝=faux-silk@1.1",
            nouns: "窗帘=curtain|门帘=door curtain@.6|卷帘=roller blind@.8|\
                罗马帘=Roman blind@1.1|飘窗帘=bay-window curtain|短帘=half curtain@.5|\
                隔断帘=partition curtain@.8",
            specs: "1.0×1.5米=1.0 × 1.5 m@.6|1.5×2.0米=1.5 × 2.0 m|\
                2.0×2.4米=2.0 × 2.4 m@1.4|2.5×2.7米=2.5 × 2.7 m@1.9|\
                3.0×2.7米=3.0 × 2.7 m@2.2",
            packs: COLOURS,
        },
        Leaf {
            key: "lighting",
            zh: "灯具",
            en: "lamps",
            homes: "Guangdong Zhejiang",
            season: Season::DoubleEleven,
            price: 10_800,
            spread: 0.6,
            moq: 6,
            repeat: 240,
            returns: 0.035,
            keys: ["feature", "size", "light"],
            makes: "\
                LED=LED|护眼=eye-care@1.3|可调光=dimmable@1.2|感应=motion-sensing@1.1|\
                充电式=rechargeable@1.1|原木=wooden@1.3|极简=minimalist|\
                复古=vintage@1.15|金属=metal",
            nouns: "台灯=desk lamp@.8|落地灯=floor lamp@1.5|吸顶灯=ceiling lamp@1.2|\
                吊灯=pendant lamp@1.5|壁灯=wall lamp@.8|小夜灯=night light@.3|\
                床头灯=bedside lamp@.7|镜前灯=mirror lamp@.8",
            specs: "小号=small@.7|中号=medium|大号=large@1.4|特大号=extra large@1.8",
            packs: "暖光=warm white|自然光=neutral white|三色变光=three-tone light@1.1|\
                无极调色=tunable white@1.15",
        },
        Leaf {
            key: "organisers",
            zh: "收纳用品",
            en: "organisers",
            homes: "Zhejiang Guangdong Shandong",
            season: Season::School,
            price: 3_900,
            spread: 0.5,
            moq: 12,
            repeat: 100,
            returns: 0.02,
            keys: ["material", "size", "fitting"],
            makes: "布艺=fabric@.8|藤编=rattan@1.4|塑料=plastic@.8|可折叠=folding|\
                透明=clear|竹制=bamboo@1.3|铁艺=metal@1.2|棉麻=cotton-linen|\
                加厚=thick@1.1",
            nouns: "\
                收纳箱=storage box@1.2|收纳筐=storage basket|脏衣篮=laundry basket@1.3|\
                桌面收纳盒=desk organiser@.7|书本收纳盒=book box@.9|\
                玩具收纳箱=toy box@1.2|杂物篮=sundries basket@.8|\
                抽屉收纳盒=drawer organiser@.6",
            specs: "小号=small@.65|中号=medium|大号=large@1.4|三件套=set of 3@2.1|\
                五件套=set of 5@3",
            packs: "带盖=with lid@1.1|无盖=open-top|带提手=with handles@1.05|\
                带滚轮=on castors@1.2|带标签框=with label frame@1.05",
        },
        Leaf {
            key: "cushions",
            zh: "抱枕坐垫",
            en: "cushions",
            homes: "Zhejiang Jiangsu",
            season: Season::Winter,
            price: 4_600,
            spread: 0.5,
            moq: 10,
            repeat: 130,
            returns: 0.025,
            keys: ["fabric", "size", "colour"],
            makes: "棉麻=cotton-linen|天鹅绒=velvet@1.2|灯芯绒=corduroy|\
                记忆棉=memory-foam@1.6|羊羔绒=sherpa@1.1|针织=knitted@1.2|\
                亚麻=linen@1.2|提花=jacquard@1.2",
            nouns: "抱枕=throw pillow|坐垫=seat cushion@.9|靠垫=back cushion|\
                腰枕=lumbar pillow|飘窗垫=window-seat pad@1.6|\
                餐椅垫=dining-chair pad@.8|榻榻米垫=tatami cushion@1.3|\
                沙发垫=sofa pad@1.7",
            specs: "40×40cm=40 × 40 cm@.85|45×45cm=45 × 45 cm|50×50cm=50 × 50 cm@1.2|\
                55×55cm=55 × 55 cm@1.35|60×60cm=60 × 60 cm@1.5",
            packs: COLOURS,
        },
        Leaf {
            key: "decor",
            zh: "家居装饰",
            en: "home decor",
            homes: "Guangdong Jiangxi Fujian",
            season: Season::Gift,
            price: 7_200,
            spread: 0.65,
            moq: 6,
            repeat: 170,
            returns: 0.03,
            keys: ["material", "size", "style"],
            makes: "\
                陶瓷=ceramic|玻璃=glass@.9|原木=wooden@1.1|黄铜=brass@1.9|藤编=rattan|\
                树脂=resin@.8|水泥=concrete@.8|做旧=antiqued@1.2",
            nouns: "花瓶=vase|烛台=candle holder@.7|托盘=tray@.8|摆件=ornament|\
                花盆=plant pot@.7|果盘=fruit bowl|首饰盘=trinket dish@.5|\
                香插=incense holder@.6|书挡=bookends@1.2",
            specs: "小号=small@.6|中号=medium|大号=large@1.5|两件套=set of 2@1.7",
            packs: "北欧风=Nordic style|中式=Chinese style@1.1|日式=Japanese style|\
                法式=French style@1.1|现代简约=modern style",
        },
    ],
};
