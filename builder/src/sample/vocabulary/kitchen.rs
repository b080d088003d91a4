//! Kitchenware: what is sold, in Chinese and English.

use super::{COLOURS, Leaf, Season, Shelf};

/// Kitchenware.
pub(super) const SHELF: Shelf = Shelf {
    key: "kitchen",
    zh: "厨具",
    en: "kitchenware",
    shop: "厨具店",
    leaves: &[
        Leaf {
            key: "cookware",
            zh: "锅具",
            en: "cookware",
            homes: "Zhejiang Guangdong Shandong",
            season: Season::Even,
            price: 12_800,
            spread: 0.55,
            moq: 6,
            repeat: 120,
            returns: 0.03,
            keys: ["material", "size", "fit"],
            makes: "铸铁=cast-iron@1.2|不锈钢=stainless-steel|麦饭石涂层=stone-coated@.8|\
                陶瓷涂层=ceramic-coated@.9|复合底=clad-base@1.1|珐琅=enamelled@1.6|\
                加厚=heavy-gauge@1.1|无涂层=uncoated",
            nouns: "炒锅=wok@1.1|平底锅=frying pan@.8|汤锅=stockpot|奶锅=milk pan@.6|\
                蒸锅=steamer pot@1.2|煎盘=griddle pan@.7|炖锅=stew pot@1.1|\
                火锅盆=hotpot pan@.9|双耳锅=two-handled pot",
            specs: "\
                20cm=20 cm@.75|24cm=24 cm@.9|26cm=26 cm|28cm=28 cm@1.1|32cm=32 cm@1.35",
            packs: "带盖=with lid@1.15|不带盖=without lid@.9|\
                电磁炉燃气通用=for gas and induction hobs@1.05|明火专用=for gas hobs|\
                带木柄=with wooden handle@1.05",
        },
        Leaf {
            key: "knives",
            zh: "刀具",
            en: "kitchen knives",
            homes: "Guangdong Chongqing",
            season: Season::Even,
            price: 7_900,
            spread: 0.6,
            moq: 10,
            repeat: 160,
            returns: 0.02,
            keys: ["material", "size", "handle"],
            makes: "\
                不锈钢=stainless-steel|锻打=forged@1.3|大马士革纹=Damascus-pattern@1.8|\
                高碳钢=high-carbon steel@1.3|钼钒钢=molybdenum-vanadium steel@1.4|\
                手工=handmade@1.5|家用=household@.8|专业=professional@1.4",
            nouns: "菜刀=Chinese cleaver|切片刀=slicing knife|水果刀=fruit knife@.5|\
                主厨刀=chef's knife@1.2|面包刀=bread knife@.8|三德刀=santoku knife@1.1|\
                剔骨刀=boning knife@.8|斩切两用刀=chop-and-slice knife@1.1",
            specs: "15cm=15 cm blade@.8|17cm=17 cm blade@.9|18cm=18 cm blade|\
                20cm=20 cm blade@1.15|22cm=22 cm blade@1.25",
            packs: "黑柄=black handle|木柄=wooden handle@1.1|不锈钢柄=steel handle@1.05|\
                带刀套=with sheath@1.1|礼盒装=gift box@1.25",
        },
        Leaf {
            key: "tableware",
            zh: "餐具",
            en: "tableware",
            homes: "Jiangxi Guangdong Hebei",
            season: Season::Even,
            price: 5_600,
            spread: 0.55,
            moq: 12,
            repeat: 90,
            returns: 0.03,
            keys: ["finish", "count", "pack"],
            makes: "白瓷=white porcelain@.8|青花=blue-and-white|骨瓷=bone china@1.6|\
                粗陶=stoneware@.9|釉下彩=underglaze@1.1|窑变釉=kiln-glazed@1.2|\
                日式=Japanese-style|手绘=hand-painted@1.4|浮雕=embossed@1.1|\
                描金=gold-rimmed@1.3",
            nouns: "饭碗=rice bowl@.7|面碗=noodle bowl@1.1|汤碗=soup bowl@1.2|\
                平盘=dinner plate|深盘=deep plate@1.05|鱼盘=fish platter@1.4|\
                味碟=sauce dish@.45|甜品碗=dessert bowl@.7|早餐盘=breakfast plate@.9",
            specs: "单只=1 piece@.3|2只装=set of 2@.55|4只装=set of 4|6只装=set of 6@1.4|\
                10只装=set of 10@2.2",
            packs: "彩盒装=colour box@1.05|牛皮纸箱装=kraft carton|礼盒装=gift box@1.3|\
                简装=plain pack@.9|微波炉适用=microwave-safe",
        },
        Leaf {
            key: "bottles",
            zh: "水杯水壶",
            en: "cups and bottles",
            homes: "Zhejiang Guangdong",
            season: Season::Summer,
            price: 5_200,
            spread: 0.5,
            moq: 12,
            repeat: 80,
            returns: 0.02,
            keys: ["material", "size", "colour"],
            makes: "304不锈钢=304 stainless-steel|316不锈钢=316 stainless-steel@1.25|\
                高硼硅玻璃=borosilicate glass@.8|食品级塑料=food-grade plastic@.5|\
                纯钛=pure titanium@3|双层=double-wall@1.1|防漏=leakproof|磨砂=frosted@.9",
            nouns: "水杯=water bottle@.9|随行杯=travel mug|咖啡杯=coffee tumbler@1.1|\
                泡茶杯=tea infuser bottle@1.1|运动水壶=sports bottle|\
                儿童水杯=children's bottle@1.1|吸管杯=straw bottle|\
                便携壶=portable flask@1.2",
            specs: "350ml=350 ml@.85|450ml=450 ml@.95|500ml=500 ml|750ml=750 ml@1.2|\
                1000ml=1000 ml@1.4",
            packs: COLOURS,
        },
        Leaf {
            key: "containers",
            zh: "厨房收纳",
            en: "kitchen storage",
            homes: "Zhejiang Guangdong Fujian",
            season: Season::Even,
            price: 3_600,
            spread: 0.5,
            moq: 20,
            repeat: 90,
            returns: 0.015,
            keys: ["material", "size", "lid"],
            makes: "玻璃=glass@1.2|塑料=plastic@.7|不锈钢=stainless-steel@1.3|\
                陶瓷=ceramic@1.2|密封=airtight|可叠放=stackable|真空=vacuum@1.4|\
                加厚=thick-walled@1.1",
            nouns: "保鲜盒=food container|储物罐=storage jar@.9|米桶=rice bin@1.6|\
                调料罐=spice jar@.6|饭盒=lunch box@1.1|杂粮罐=grain canister|\
                泡菜罐=pickle jar@1.2|零食罐=snack jar@.9",
            specs: "小号=small@.7|中号=medium|大号=large@1.4|三件套=set of 3@2|\
                五件套=set of 5@2.9",
            packs: "带日期盖=with date-dial lid@1.1|竹盖=bamboo lid@1.1|\
                硅胶圈盖=silicone-seal lid|扣锁盖=snap lid|旋盖=screw lid@.95",
        },
        Leaf {
            key: "appliances",
            zh: "小家电",
            en: "small appliances",
            homes: "Guangdong Zhejiang",
            season: Season::DoubleEleven,
            price: 19_800,
            spread: 0.55,
            moq: 4,
            repeat: 200,
            returns: 0.04,
            keys: ["feature", "size", "colour"],
            makes: "智能=smart@1.3|家用=household@.9|多功能=multi-function@1.2|\
                静音=quiet@1.1|可预约=programmable@1.15|触控=touch-control@1.15|\
                简约=minimalist|大功率=high-power@1.1",
            nouns: "电饭煲=rice cooker@1.1|电热水壶=electric kettle@.5|\
                空气炸锅=air fryer@1.3|破壁机=high-speed blender@1.7|\
                养生壶=herbal tea kettle@.7|电火锅=electric hotpot@.9|榨汁机=juicer@.9|\
                电炖锅=electric stew pot@.8|蒸蛋器=egg steamer@.4",
            specs: "1L=1 L@.75|1.5L=1.5 L@.88|2L=2 L|3L=3 L@1.25|4L=4 L@1.45",
            packs: "白色=white|奶油色=cream@1.03|墨绿色=dark green@1.03|黑色=black|\
                粉色=pink@1.03",
        },
    ],
};
