//! Stationery: what is sold, in Chinese and English.

use super::{Leaf, Season, Shelf};

/// Stationery.
pub(super) const SHELF: Shelf = Shelf {
    key: "stationery",
    zh: "文具",
    en: "stationery",
    shop: "文具店",
    leaves: &[
        Leaf {
            key: "pens",
            zh: "书写笔",
            en: "pens",
            homes: "Zhejiang Guangdong Shanghai",
            season: Season::School,
            price: 1_800,
            spread: 0.5,
            moq: 30,
            repeat: 30,
            returns: 0.006,
            keys: ["use", "count", "colour"],
            makes: "办公=office|学生=student@.9|大容量=high-capacity@1.1|简约=minimalist|\
                顺滑=smooth-writing@1.1|按动=retractable|细头=fine-tip|粗杆=thick-barrel",
            nouns: "中性笔=gel pen|圆珠笔=ballpoint pen@.7|走珠笔=rollerball pen@1.3|\
                荧光笔=highlighter|记号笔=marker|白板笔=whiteboard marker@1.1|\
                水性笔=water-based pen|可擦笔=erasable pen@1.2",
            specs: "单支=1 piece@.2|6支装=pack of 6@.75|10支装=pack of 10|\
                12支装=pack of 12@1.15|24支装=pack of 24@2",
            packs: "黑色=black|蓝色=blue|红色=red|混色=mixed colours@1.05",
        },
        Leaf {
            key: "notebooks",
            zh: "本册",
            en: "notebooks",
            homes: "Zhejiang Guangdong",
            season: Season::School,
            price: 2_200,
            spread: 0.5,
            moq: 20,
            repeat: 45,
            returns: 0.01,
            keys: ["cover", "size", "ruling"],
            makes: "牛皮纸=kraft-cover@.8|皮面=faux-leather@1.5|布面=cloth-cover@1.3|\
                硬壳=hardcover@1.2|软面=softcover@.8|加厚=thick@1.15|\
                磁扣=magnetic-clasp@1.6|复古=vintage@1.2",
            nouns: "笔记本=notebook|线圈本=spiral notebook@.9|\
                活页本=ring binder notebook@1.4|手账本=journal@1.5|\
                作业本=exercise book@.4|便签本=memo pad@.5|计划本=planner@1.2|\
                会议本=meeting notebook@1.3",
            specs: "A6=A6@.65|B6=B6@.8|A5=A5|B5=B5@1.2|A4=A4@1.45",
            packs: "横线=ruled|方格=grid|空白=blank|点阵=dotted",
        },
        Leaf {
            key: "art",
            zh: "美术用品",
            en: "art supplies",
            homes: "Zhejiang Guangdong",
            season: Season::School,
            price: 3_600,
            spread: 0.55,
            moq: 12,
            repeat: 60,
            returns: 0.012,
            keys: ["level", "count", "pack"],
            makes: "儿童=children's@.8|专业=professional@1.7|学生=student|\
                易上色=smooth-laying|初学者=beginner@.85|美术课=art-class|鲜艳=vivid|\
                无味=odourless@1.1",
            nouns: "水彩笔=watercolour pens@.9|彩色铅笔=coloured pencils|蜡笔=crayons@.7|\
                油画棒=oil pastels|丙烯马克笔=acrylic markers@1.6|\
                水彩颜料=watercolour paints@1.3|水粉颜料=gouache paints@1.1|\
                丙烯颜料=acrylic paints@1.3",
            specs: "12色=12 colours@.6|18色=18 colours@.8|24色=24 colours|\
                36色=36 colours@1.4|48色=48 colours@1.8",
            packs: "\
                盒装=box|铁盒装=tin box@1.2|手提箱装=carry case@1.3|礼盒装=gift box@1.3",
        },
        Leaf {
            key: "filing",
            zh: "文件收纳",
            en: "filing",
            homes: "Zhejiang Guangdong Shanghai",
            season: Season::Even,
            price: 2_600,
            spread: 0.45,
            moq: 20,
            repeat: 70,
            returns: 0.008,
            keys: ["finish", "count", "size"],
            makes: "加厚=thick@1.15|透明=clear|防水=waterproof@1.05|磨砂=frosted|\
                彩色=coloured|大容量=large-capacity@1.2|商务=business@1.3|\
                耐用=durable@1.1",
            nouns: "文件夹=folder|文件袋=document wallet@.8|资料册=display book@1.2|\
                档案盒=file box@1.5|风琴包=expanding file@1.8|板夹=clipboard|\
                抽杆夹=slide binder@.6|拉链袋=zip wallet@.7",
            specs: "单个=1 piece@.25|5个装=pack of 5@.7|10个装=pack of 10|\
                20个装=pack of 20@1.8|50个装=pack of 50@4",
            packs: "A4=A4|A5=A5@.85|B5=B5@.9|A3=A3@1.4",
        },
        Leaf {
            key: "festive",
            zh: "节庆用品",
            en: "festive supplies",
            homes: "Zhejiang Guangdong Hebei",
            season: Season::SpringFestival,
            price: 2_200,
            spread: 0.55,
            moq: 20,
            repeat: 60,
            returns: 0.015,
            keys: ["finish", "count", "size"],
            makes: "\
                烫金=gold-stamped@1.15|绒面=flocked@1.2|手工=handmade@1.4|卡通=cartoon|\
                立体=three-dimensional@1.2|喜庆=festive|传统=traditional|生肖=zodiac",
            nouns: "红包=red envelopes@.8|春联=Spring Festival couplets@1.2|\
                福字贴=Fu character stickers@.8|窗花=window paper-cuts@.8|\
                灯笼=paper lanterns@1.5|中国结=Chinese knots@1.3|礼品袋=gift bags|\
                贺卡=greeting cards@.9|挂饰=hanging decorations",
            specs: "2件装=pack of 2@.35|6件装=pack of 6@.75|10件装=pack of 10|\
                20件装=pack of 20@1.7|50件装=pack of 50@3.5",
            packs: "小号=small@.75|中号=medium|大号=large@1.35|混装=assorted sizes",
        },
    ],
};
