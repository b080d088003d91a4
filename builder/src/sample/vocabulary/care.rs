//! Personal care: what is sold, in Chinese and English.

use super::{Leaf, Season, Shelf};

/// Personal care.
pub(super) const SHELF: Shelf = Shelf {
    key: "care",
    zh: "个人护理",
    en: "personal care",
    shop: "个护店",
    leaves: &[
        Leaf {
            key: "skincare",
            zh: "护肤",
            en: "skincare",
            homes: "Guangdong Shanghai Zhejiang",
            season: Season::DoubleEleven,
            price: 7_200,
            spread: 0.65,
            moq: 12,
            repeat: 40,
            returns: 0.02,
            keys: ["feature", "size", "count"],
            makes: "保湿=moisturising|清爽=light-feel|滋润=nourishing|温和=gentle|\
                无香=fragrance-free|芦荟=aloe@.8|玻尿酸=hyaluronic@1.3|绿茶=green-tea|\
                山茶花=camellia@1.2",
            nouns: "\
                面霜=face cream@1.2|乳液=face lotion|爽肤水=toner@.9|精华液=serum@1.6|\
                涂抹面膜=cream mask@.9|洁面乳=facial cleanser@.7|护手霜=hand cream@.5|\
                身体乳=body lotion@.7|隔离乳=primer lotion@1.1",
            specs: "30ml=30 ml@.7|50ml=50 ml|80ml=80 ml@1.3|100ml=100 ml@1.5|\
                150ml=150 ml@1.9",
            packs: "单支=single pack|两支装=twin pack@1.8|三支装=pack of 3@2.6|\
                礼盒装=gift box@1.3",
        },
        Leaf {
            key: "hair",
            zh: "洗护发",
            en: "hair care",
            homes: "Guangdong Shanghai",
            season: Season::Even,
            price: 4_600,
            spread: 0.5,
            moq: 12,
            repeat: 40,
            returns: 0.012,
            keys: ["feature", "size", "pack"],
            makes: "生姜=ginger|氨基酸=amino-acid@1.3|无硅油=silicone-free@1.1|\
                控油=oil-control|去屑=anti-dandruff|柔顺=smoothing|滋养=nourishing|\
                山茶花=camellia@1.2|薄荷=peppermint",
            nouns: "洗发水=shampoo|护发素=conditioner@.95|发膜=hair mask@1.2|\
                免洗护发乳=leave-in conditioner@1.1|二合一洗发水=two-in-one shampoo|\
                儿童洗发水=children's shampoo@1.1|男士洗发水=men's shampoo|\
                头皮清洁露=scalp cleanser@1.3",
            specs: "200ml=200 ml@.6|300ml=300 ml@.8|400ml=400 ml|500ml=500 ml@1.2|\
                750ml=750 ml@1.6",
            packs: "按压瓶装=pump bottle@1.03|挤压瓶装=squeeze bottle|\
                补充装=refill pouch@.8|两瓶装=pack of 2@1.85",
        },
        Leaf {
            key: "oral",
            zh: "牙刷",
            en: "toothbrushes",
            homes: "Jiangsu Guangdong",
            season: Season::Even,
            price: 2_300,
            spread: 0.55,
            moq: 24,
            repeat: 60,
            returns: 0.008,
            keys: ["bristle", "count", "colour"],
            makes: "软毛=soft-bristle|超软毛=ultra-soft@1.1|细丝=fine-bristle|\
                宽头=wide-head@1.05|小头=small-head|竹炭=bamboo-charcoal@1.1|\
                抗菌=antibacterial@1.2|万毛=dense-bristle@1.2",
            nouns: "牙刷=toothbrush|儿童牙刷=children's toothbrush@1.1|\
                电动牙刷=electric toothbrush@3.5|电动牙刷头=electric brush head@1.5|\
                旅行牙刷=travel toothbrush@.9|牙缝刷=interdental brush@.9|\
                正畸牙刷=orthodontic toothbrush@1.2|护龈牙刷=gum-care toothbrush@1.2",
            specs: "\
                单支=1 piece@.4|2支装=pack of 2@.7|4支装=pack of 4|6支装=pack of 6@1.35|\
                10支装=pack of 10@2",
            packs: "混色=mixed colours|白色=white|蓝色=blue|粉色=pink|黑色=black",
        },
        Leaf {
            key: "bath",
            zh: "沐浴",
            en: "bath and hand wash",
            homes: "Guangdong Shanghai Zhejiang",
            season: Season::Summer,
            price: 3_900,
            spread: 0.45,
            moq: 12,
            repeat: 40,
            returns: 0.01,
            keys: ["scent", "size", "pack"],
            makes: "氨基酸=amino-acid@1.3|玫瑰香=rose|柑橘香=citrus|桂花香=osmanthus|\
                牛奶=milk|海盐=sea-salt@1.1|樱花香=cherry-blossom|清爽=refreshing|\
                滋润=nourishing",
            nouns: "沐浴露=shower gel|沐浴油=bath oil@1.5|沐浴乳=body wash|\
                泡泡浴露=bubble bath@1.2|洗手液=hand wash@.6|身体磨砂膏=body scrub@1.3|\
                沐浴慕斯=shower mousse@1.2|儿童沐浴露=children's body wash@1.2",
            specs: "250ml=250 ml@.65|400ml=400 ml@.9|500ml=500 ml|750ml=750 ml@1.35|\
                1L=1 L@1.65",
            packs: "按压瓶装=pump bottle|挤压瓶装=squeeze bottle|补充装=refill pouch@.8|\
                家庭装=family pack@.95",
        },
        Leaf {
            key: "grooming",
            zh: "美妆工具",
            en: "grooming tools",
            homes: "Guangdong Zhejiang",
            season: Season::DoubleEleven,
            price: 3_200,
            spread: 0.6,
            moq: 20,
            repeat: 90,
            returns: 0.02,
            keys: ["feature", "set", "colour"],
            makes: "\
                便携=portable|迷你=mini@.8|旅行=travel|简约=minimalist|复古=vintage@1.1|\
                磨砂=matte-finish|专业=professional@1.4|日常=everyday@.85",
            nouns: "化妆刷=makeup brush@1.2|粉扑=powder puff@.6|化妆镜=makeup mirror@1.4|\
                梳子=hair comb@.7|美甲工具=manicure tool|睫毛夹=eyelash curler@.8|\
                修眉刀=brow shaper@.5|化妆包=cosmetic bag@1.5|发夹=hair clip@.5|\
                气垫梳=cushion hairbrush",
            specs: "单件=1 piece@.6|2件装=set of 2|3件装=set of 3@1.4|5件装=set of 5@2.1|\
                10件装=set of 10@3.6",
            packs: "粉色=pink|白色=white|黑色=black|香槟金=champagne gold@1.1|\
                墨绿色=dark green",
        },
        Leaf {
            key: "sun",
            zh: "防晒驱蚊",
            en: "sun and insect care",
            homes: "Guangdong Shanghai",
            season: Season::Summer,
            price: 5_400,
            spread: 0.55,
            moq: 12,
            repeat: 50,
            returns: 0.015,
            keys: ["feature", "size", "count"],
            makes: "清爽=light-feel|温和=gentle|防水=water-resistant@1.15|\
                无香=fragrance-free|户外=outdoor@1.1|儿童=children's@1.2|\
                轻薄=lightweight|保湿=moisturising",
            nouns: "防晒霜=sunscreen cream|防晒喷雾=sunscreen spray@1.1|\
                防晒乳=sunscreen lotion|晒后修护霜=after-sun cream@1.1|\
                芦荟胶=aloe gel@.5|清凉喷雾=cooling mist@.7|\
                驱蚊喷雾=insect-repellent spray@.6|驱蚊乳=insect-repellent lotion@.6",
            specs: "\
                50ml=50 ml@.8|60ml=60 ml@.9|80ml=80 ml|100ml=100 ml@1.2|150ml=150 ml@1.6",
            packs: "单支=single pack|两支装=twin pack@1.8|三支装=pack of 3@2.6|\
                家庭装=family pack@3.2",
        },
    ],
};
