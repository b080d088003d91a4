//! Household cleaning: what is sold, in Chinese and English.

use super::{Leaf, Season, Shelf};

/// Household cleaning.
pub(super) const SHELF: Shelf = Shelf {
    key: "cleaning",
    zh: "清洁用品",
    en: "household cleaning",
    shop: "日用百货店",
    leaves: &[
        Leaf {
            key: "laundry",
            zh: "衣物清洁",
            en: "laundry care",
            homes: "Guangdong Zhejiang Anhui",
            season: Season::Even,
            price: 3_400,
            spread: 0.4,
            moq: 12,
            repeat: 30,
            returns: 0.008,
            keys: ["feature", "size", "pack"],
            makes: "浓缩=concentrated@1.3|低泡=low-suds|无磷=phosphate-free|\
                薰衣草香=lavender|除菌=antibacterial@1.15|深层洁净=deep-clean|\
                温和=gentle@1.1|持久留香=long-lasting scent@1.1",
            nouns: "洗衣液=laundry liquid|柔顺剂=fabric softener@.9|\
                内衣洗衣液=lingerie wash@1.3|羊毛洗涤剂=wool wash@1.3|\
                衣领净=collar cleaner@.8|婴儿洗衣液=baby laundry liquid@1.4|\
                衣物除菌液=laundry sanitiser@1.2|彩漂液=colour-safe bleach",
            specs: "500ml=500 ml@.35|1L=1 L@.6|2L=2 L|3L=3 L@1.4|5L=5 L@2.1",
            packs: "\
                瓶装=bottle|补充装=refill pouch@.85|桶装=jug@.97|组合装=bundle pack@.95",
        },
        Leaf {
            key: "cleaners",
            zh: "家居清洁剂",
            en: "surface cleaners",
            homes: "Guangdong Zhejiang Shanghai",
            season: Season::SpringFestival,
            price: 2_400,
            spread: 0.4,
            moq: 20,
            repeat: 35,
            returns: 0.008,
            keys: ["feature", "size", "pack"],
            makes: "浓缩=concentrated@1.3|柠檬香=lemon|强力=heavy-duty@1.15|温和=mild|\
                无香=unscented|植物配方=plant-based@1.25|泡沫型=foaming@1.1|\
                除菌=antibacterial@1.1",
            nouns: "洗洁精=dish soap@.9|油污清洁剂=degreaser|\
                洗碗机洗涤剂=dishwasher gel@1.6|果蔬清洗剂=produce wash@1.1|\
                玻璃清洁剂=glass cleaner@.8|地板清洁剂=floor cleaner|\
                浴室清洁剂=bathroom cleaner|洁厕剂=toilet cleaner@.8|\
                水垢清洁剂=limescale remover@1.1",
            specs: "300ml=300 ml@.75|500ml=500 ml|800ml=800 ml@1.35|1L=1 L@1.6|2L=2 L@2.7",
            packs: "喷雾瓶装=spray bottle@1.05|按压瓶装=pump bottle@1.05|\
                补充装=refill pouch@.8|桶装=jug@.9",
        },
        Leaf {
            key: "paper",
            zh: "纸品",
            en: "paper goods",
            homes: "Hebei Guangdong Fujian Hubei",
            season: Season::DoubleEleven,
            price: 3_600,
            spread: 0.35,
            moq: 10,
            repeat: 22,
            returns: 0.005,
            keys: ["feature", "count", "scent"],
            makes: "\
                原木浆=virgin-pulp|竹浆=bamboo-pulp@1.1|本色=unbleached|加厚=thick@1.1|\
                三层=three-ply|四层=four-ply@1.1|可湿水=wet-strength@1.15|\
                柔韧=soft and strong",
            nouns: "抽纸=facial tissues|卷纸=toilet rolls|厨房纸=kitchen towels@1.2|\
                手帕纸=pocket tissues@.8|擦手纸=hand towels|餐巾纸=napkins@.8|\
                悬挂式抽纸=hanging tissues@1.1|平板卫生纸=flat toilet tissue@.7",
            specs: "6包=6 packs@.4|10包=10 packs@.65|16包=16 packs|24包=24 packs@1.4|\
                40包=40 packs@2.2",
            packs: "无香=unscented|淡香=lightly scented|大规格=large sheets@1.15|\
                小规格=small sheets@.9",
        },
        Leaf {
            key: "tools",
            zh: "清洁工具",
            en: "cleaning tools",
            homes: "Zhejiang Guangdong",
            season: Season::SpringFestival,
            price: 3_300,
            spread: 0.5,
            moq: 12,
            repeat: 90,
            returns: 0.025,
            keys: ["handle", "set", "colour"],
            makes: "\
                加长杆=long-handled@1.1|伸缩=telescopic@1.15|不锈钢杆=steel-handled@1.1|\
                家用=household@.9|轻便=lightweight|加固=reinforced@1.1|\
                竹柄=bamboo-handled|可挂式=hang-up",
            nouns: "平板拖把=flat mop@1.4|旋转拖把=spin mop@2|扫把=broom@.8|\
                玻璃刮=window squeegee@.8|除尘掸=duster@.6|马桶刷=toilet brush@.6|\
                地刷=floor brush@.8|清洁刷=cleaning brush@.5|粘毛滚筒=lint roller@.5",
            specs: "单件=1 piece|2件装=pack of 2@1.8|含2个替换头=with 2 refills@1.3|\
                含4个替换头=with 4 refills@1.6",
            packs: "灰色=grey|白色=white|蓝色=blue|绿色=green",
        },
        Leaf {
            key: "bags",
            zh: "袋类用品",
            en: "household bags",
            homes: "Zhejiang Guangdong Hebei",
            season: Season::Even,
            price: 1_600,
            spread: 0.4,
            moq: 30,
            repeat: 25,
            returns: 0.006,
            keys: ["feature", "count", "size"],
            makes: "\
                加厚=thick@1.2|可降解=degradable@1.5|环保=eco-friendly@1.1|透明=clear|\
                耐用=heavy-duty@1.2|防漏=leakproof@1.1|家用=household@.9|\
                大容量=high-capacity@1.1",
            nouns: "垃圾袋=bin bags|保鲜袋=food bags@.9|自封袋=zip bags@1.2|\
                真空袋=vacuum bags@1.8|背心袋=T-shirt bags@.8|收纳袋=storage bags@1.5|\
                购物袋=shopping bags@1.3|食品袋=sandwich bags@.9",
            specs: "30只=30 pieces@.45|50只=50 pieces@.65|100只=100 pieces|\
                200只=200 pieces@1.8|500只=500 pieces@3.8",
            packs: "小号=small@.7|中号=medium|大号=large@1.35|特大号=extra large@1.7",
        },
        Leaf {
            key: "freshness",
            zh: "除味防潮",
            en: "odour and moisture care",
            homes: "Guangdong Zhejiang",
            season: Season::Summer,
            price: 2_100,
            spread: 0.45,
            moq: 20,
            repeat: 45,
            returns: 0.01,
            keys: ["feature", "count", "pack"],
            makes: "长效=long-lasting@1.2|无香=unscented|家用=household|\
                植物=plant-based@1.2|清新=fresh|迷你=mini@.8|强效=strong@1.15|\
                天然=natural@1.2",
            nouns: "除湿袋=moisture absorber|香薰片=scent sachet@.8|\
                樟木块=camphor-wood block@.9|防蛀片=moth repellent@.8|\
                冰箱除味剂=fridge deodoriser@.9|活性炭包=activated-carbon bag|\
                空气清新剂=air freshener@1.2|竹炭包=bamboo-charcoal bag",
            specs: "单个=1 piece@.3|3个装=pack of 3@.65|6个装=pack of 6|\
                10个装=pack of 10@1.5|20个装=pack of 20@2.7",
            packs: "袋装=bag@.95|盒装=box|挂式=hanging@1.05|罐装=tin@1.1",
        },
    ],
};
