//! Shoes and bags: what is sold, in Chinese and English.

use super::{COLOURS, EU_SIZES, Leaf, Season, Shelf};

/// Shoes and bags.
pub(super) const SHELF: Shelf = Shelf {
    key: "shoes",
    zh: "鞋包",
    en: "shoes and bags",
    shop: "鞋包店",
    leaves: &[
        Leaf {
            key: "sneakers",
            zh: "运动休闲鞋",
            en: "sneakers",
            homes: "Fujian Guangdong Zhejiang",
            season: Season::School,
            price: 12_800,
            spread: 0.55,
            moq: 6,
            repeat: 110,
            returns: 0.08,
            keys: ["feature", "size", "colour"],
            makes: "透气=breathable|轻便=lightweight|防滑=non-slip|网面=mesh@.9|\
                厚底=thick-soled@1.1|缓震=cushioned@1.25|宽楦=wide-fit|\
                耐磨=hard-wearing@1.1",
            nouns: "板鞋=skate shoes|跑步鞋=running shoes@1.3|休闲鞋=casual shoes|\
                健步鞋=walking shoes@1.1|训练鞋=training shoes@1.2|\
                老爹鞋=chunky sneakers@1.1|徒步鞋=hiking shoes@1.5|\
                网球鞋=tennis shoes@1.2",
            specs: EU_SIZES,
            packs: "黑色=black|白色=white|灰色=grey|藏青色=navy|米色=beige",
        },
        Leaf {
            key: "slippers",
            zh: "拖鞋凉鞋",
            en: "slippers and sandals",
            homes: "Fujian Guangdong Jiangxi",
            season: Season::Summer,
            price: 2_900,
            spread: 0.45,
            moq: 20,
            repeat: 80,
            returns: 0.04,
            keys: ["feature", "size", "colour"],
            makes: "EVA=EVA@.8|防滑=non-slip|厚底=thick-soled@1.1|软底=soft-soled|\
                静音=quiet|轻便=lightweight|速干=quick-dry|防臭=odour-resistant@1.1",
            nouns: "拖鞋=slippers|凉拖=slides|浴室拖鞋=bathroom slippers@.8|\
                人字拖=flip-flops@.8|居家拖鞋=house slippers|洞洞鞋=clogs@1.4|\
                凉鞋=sandals@1.8|一次性拖鞋=disposable slippers@.3",
            specs: EU_SIZES,
            packs: "黑色=black|米白色=off-white|灰色=grey|雾蓝色=dusty blue|粉色=pink",
        },
        Leaf {
            key: "boots",
            zh: "靴子",
            en: "boots",
            homes: "Guangdong Zhejiang Sichuan",
            season: Season::Winter,
            price: 19_800,
            spread: 0.55,
            moq: 4,
            repeat: 150,
            returns: 0.07,
            keys: ["feature", "size", "colour"],
            makes: "加绒=fleece-lined@1.1|防水=waterproof@1.15|防滑=non-slip|\
                厚底=thick-soled|低跟=low-heel|保暖=warm|宽楦=wide-fit|真皮=leather@1.8|\
                仿皮=faux-leather@.75",
            nouns: "工装靴=work boots@1.1|短靴=ankle boots|雪地靴=snow boots|\
                切尔西靴=Chelsea boots@1.1|中筒靴=mid-calf boots@1.2|\
                长靴=knee boots@1.5|骑士靴=riding boots@1.4|系带靴=lace-up boots",
            specs: EU_SIZES,
            packs: "黑色=black|棕色=brown|卡其色=khaki|酒红色=burgundy|米色=beige",
        },
        Leaf {
            key: "backpacks",
            zh: "双肩包",
            en: "backpacks",
            homes: "Hebei Guangdong Fujian",
            season: Season::School,
            price: 11_900,
            spread: 0.55,
            moq: 6,
            repeat: 150,
            returns: 0.04,
            keys: ["material", "size", "colour"],
            makes: "防水=waterproof@1.1|帆布=canvas@.8|尼龙=nylon|轻便=lightweight|\
                牛津布=Oxford-cloth@.9|多隔层=multi-pocket@1.1|防盗=anti-theft@1.3|\
                反光=reflective",
            nouns: "双肩包=backpack|电脑背包=laptop backpack@1.2|\
                旅行背包=travel backpack@1.2|书包=school bag|登山包=hiking pack@1.4|\
                运动背包=sports backpack|通勤背包=commuter backpack@1.1|\
                折叠背包=packable backpack@.5",
            specs: "15L=15 L@.8|20L=20 L|25L=25 L@1.15|30L=30 L@1.3|40L=40 L@1.6",
            packs: COLOURS,
        },
        Leaf {
            key: "handbags",
            zh: "女包",
            en: "handbags",
            homes: "Guangdong Zhejiang Hebei",
            season: Season::DoubleEleven,
            price: 14_800,
            spread: 0.75,
            moq: 4,
            repeat: 150,
            returns: 0.06,
            keys: ["material", "size", "colour"],
            makes: "真皮=leather@2.2|仿皮=faux-leather|帆布=canvas@.6|编织=woven@.9|\
                绒面=suede@1.2|灯芯绒=corduroy@.7|尼龙=nylon@.8|草编=straw@.8",
            nouns: "手提包=handbag@1.1|单肩包=shoulder bag|斜挎包=crossbody bag@.9|\
                托特包=tote bag@.9|水桶包=bucket bag|手拿包=clutch@.7|\
                腋下包=underarm bag@.9|链条包=chain bag@1.2",
            specs: "小号=small@.85|中号=medium|大号=large@1.25",
            packs: COLOURS,
        },
        Leaf {
            key: "luggage",
            zh: "行李箱",
            en: "luggage",
            homes: "Zhejiang Guangdong Hebei",
            season: Season::SpringFestival,
            price: 23_800,
            spread: 0.5,
            moq: 2,
            repeat: 260,
            returns: 0.04,
            keys: ["feature", "size", "colour"],
            makes: "铝框=aluminium-frame@1.4|拉链=zipped@.9|静音轮=quiet-wheel@1.05|\
                可扩展=expandable@1.1|轻量=lightweight@1.1|防刮=scratch-resistant@1.05|\
                前开盖=front-opening@1.25|加厚=thick-shell@1.1",
            nouns: "行李箱=suitcase|拉杆箱=trolley case|旅行箱=travel case|\
                密码箱=combination-lock case@1.05|商务箱=business case@1.25|\
                学生箱=student case@.8",
            specs: "20英寸=20 inch@.85|22英寸=22 inch@.93|24英寸=24 inch|\
                26英寸=26 inch@1.12|28英寸=28 inch@1.25",
            packs: "\
                黑色=black|银色=silver|墨绿色=dark green|雾蓝色=dusty blue|奶白色=cream",
        },
    ],
};
