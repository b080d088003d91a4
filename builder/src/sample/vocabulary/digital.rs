//! Digital accessories: what is sold, in Chinese and English.

use super::{COLOURS, Leaf, Season, Shelf};

/// Digital accessories.
pub(super) const SHELF: Shelf = Shelf {
    key: "digital",
    zh: "数码配件",
    en: "digital accessories",
    shop: "数码配件店",
    leaves: &[
        Leaf {
            key: "cables",
            zh: "数据线",
            en: "cables",
            homes: "Guangdong",
            season: Season::Even,
            price: 2_400,
            spread: 0.5,
            moq: 30,
            repeat: 90,
            returns: 0.02,
            keys: ["feature", "size", "colour"],
            makes: "快充=fast-charging@1.15|编织=braided@1.1|弯头=right-angle|\
                液态硅胶=silicone@1.2|磁吸=magnetic@1.3|弹簧=coiled@1.1|\
                耐弯折=bend-resistant@1.1|扁线=flat@.95",
            nouns: "USB-C数据线=USB-C cable|双头USB-C数据线=USB-C to USB-C cable@1.2|\
                三合一数据线=3-in-1 cable@1.4|车载数据线=in-car cable@1.1|\
                USB延长线=USB extension cable@.8|Micro-USB数据线=Micro-USB cable@.7|\
                手机充电线=phone charging cable@.9",
            specs: "0.5米=0.5 m@.8|1米=1 m|1.5米=1.5 m@1.12|2米=2 m@1.25|3米=3 m@1.5",
            packs: "黑色=black|白色=white|灰色=grey|蓝色=blue|紫色=purple",
        },
        Leaf {
            key: "power",
            zh: "充电设备",
            en: "chargers",
            homes: "Guangdong",
            season: Season::DoubleEleven,
            price: 7_900,
            spread: 0.55,
            moq: 10,
            repeat: 150,
            returns: 0.03,
            keys: ["feature", "power", "colour"],
            makes: "氮化镓=GaN@1.4|迷你=mini@1.1|快充=fast|便携=portable|\
                数显=LED-display@1.2|智能=smart@1.15|双口=dual-port@1.1|\
                低温=cool-running@1.05",
            nouns: "充电头=wall charger@.8|车载充电器=car charger@.7|\
                桌面充电器=desktop charger@1.6|旅行充电器=travel charger|\
                移动电源=power bank@1.6|笔记本充电器=laptop charger@1.4",
            specs: "20W=20 W@.65|30W=30 W@.8|45W=45 W|65W=65 W@1.35|100W=100 W@2",
            packs: "白色=white|黑色=black|灰色=grey|浅蓝色=light blue",
        },
        Leaf {
            key: "cases",
            zh: "手机壳",
            en: "phone cases",
            homes: "Guangdong",
            season: Season::Even,
            price: 2_900,
            spread: 0.55,
            moq: 30,
            repeat: 60,
            returns: 0.03,
            keys: ["material", "size", "colour"],
            makes: "液态硅胶=liquid-silicone@1.1|磨砂=matte|防摔=shockproof@1.15|\
                仿皮=faux-leather@1.3|布纹=fabric-texture@1.1|磁吸=magnetic@1.4|\
                超薄=slim|芳纶纹=aramid-pattern@1.6",
            nouns: "手机壳=phone case|翻盖手机壳=flip phone case@1.3|\
                卡包手机壳=card-holder phone case@1.3|\
                支架手机壳=kickstand phone case@1.2|挂绳手机壳=lanyard phone case@1.2|\
                全包手机壳=full-cover phone case@1.1|\
                镜头防护手机壳=lens-guard phone case@1.1",
            specs: "5.4英寸=5.4 inch@.95|6.1英寸=6.1 inch|6.5英寸=6.5 inch|\
                6.7英寸=6.7 inch@1.05|6.9英寸=6.9 inch@1.08",
            packs: COLOURS,
        },
        Leaf {
            key: "audio",
            zh: "耳机音箱",
            en: "audio",
            homes: "Guangdong",
            season: Season::DoubleEleven,
            price: 14_800,
            spread: 0.7,
            moq: 6,
            repeat: 200,
            returns: 0.05,
            keys: ["feature", "edition", "colour"],
            makes: "\
                运动=sports|低延迟=low-latency@1.1|长续航=long-play@1.15|便携=portable|\
                重低音=deep-bass@1.1|防水=waterproof@1.1|通话降噪=clear-call@1.15|\
                迷你=mini@.8",
            nouns: "蓝牙耳机=Bluetooth earphones|头戴式蓝牙耳机=Bluetooth headphones@1.5|\
                蓝牙音箱=Bluetooth speaker@1.1|颈挂式蓝牙耳机=neckband earphones@.8|\
                骨传导耳机=bone-conduction headphones@2|\
                开放式耳机=open-ear headphones@1.4",
            specs: "标准版=standard edition|升级版=upgraded edition@1.25|\
                青春版=lite edition@.75|礼盒版=gift edition@1.35",
            packs: "黑色=black|白色=white|深蓝色=dark blue|浅绿色=light green|粉色=pink",
        },
        Leaf {
            key: "stands",
            zh: "支架",
            en: "stands and mounts",
            homes: "Guangdong Zhejiang",
            season: Season::Even,
            price: 4_300,
            spread: 0.6,
            moq: 12,
            repeat: 150,
            returns: 0.03,
            keys: ["feature", "size", "colour"],
            makes: "\
                铝合金=aluminium@1.4|可折叠=folding|可调节=adjustable@1.1|便携=portable|\
                加固=reinforced@1.1|旋转=rotating@1.1|塑料=plastic@.6|\
                碳钢=carbon-steel@1.2",
            nouns: "手机支架=phone stand@.7|平板支架=tablet stand@.9|\
                电脑支架=laptop stand@1.5|车载支架=car mount@.9|床头支架=bedside mount|\
                桌面支架=desk stand@.8|三脚架=tripod@1.6|显示器支架=monitor stand@2",
            specs: "小号=small@.8|中号=medium|大号=large@1.3|加高款=raised@1.2",
            packs: "银色=silver|灰色=grey|黑色=black|白色=white",
        },
        Leaf {
            key: "fans",
            zh: "小风扇",
            en: "small fans",
            homes: "Guangdong",
            season: Season::Summer,
            price: 5_200,
            spread: 0.5,
            moq: 10,
            repeat: 120,
            returns: 0.03,
            keys: ["feature", "speed", "colour"],
            makes: "\
                充电式=rechargeable|静音=quiet@1.1|迷你=mini@.8|大风力=high-airflow@1.2|\
                可调角度=tilting|长续航=long-running@1.2|卡通=cartoon@.9|\
                数显=LED-display@1.15",
            nouns: "手持风扇=handheld fan@.7|桌面风扇=desk fan|夹式风扇=clip fan|\
                挂脖风扇=neck fan@1.3|折叠风扇=folding fan@1.2|\
                循环扇=circulator fan@1.8|车载风扇=car fan@.9|喷雾风扇=misting fan@1.2",
            specs: "3档=3 speeds|4档=4 speeds@1.05|5档=5 speeds@1.1|\
                无级变速=stepless speed@1.25",
            packs: "白色=white|粉色=pink|浅绿色=light green|深蓝色=dark blue|黑色=black",
        },
    ],
};
