//! Sports and outdoor goods: what is sold, in Chinese and English.

use super::{COLOURS, Leaf, SIZES, Season, Shelf};

/// Sports and outdoor goods.
pub(super) const SHELF: Shelf = Shelf {
    key: "outdoor",
    zh: "运动户外",
    en: "sports and outdoor",
    shop: "户外用品店",
    leaves: &[
        Leaf {
            key: "camping",
            zh: "露营装备",
            en: "camping",
            homes: "Zhejiang Guangdong Shandong",
            season: Season::Summer,
            price: 24_800,
            spread: 0.65,
            moq: 2,
            repeat: 200,
            returns: 0.05,
            keys: ["feature", "capacity", "colour"],
            makes: "\
                便携=portable|加厚=thick@1.15|防水=waterproof@1.1|轻量=ultralight@1.4|\
                四季=four-season@1.3|耐磨=hard-wearing@1.1|家庭=family@1.1|\
                入门=entry-level@.6",
            nouns: "\
                帐篷=tent@1.4|天幕=tarp@.8|防潮垫=sleeping mat@.4|充气床垫=air bed@.8|\
                野餐垫=picnic mat@.3|折叠桌椅套装=folding table and chairs@1.1|\
                遮阳棚=sun shelter@.9|地席=ground sheet@.3|凉亭帐=gazebo tent@1.3",
            specs: "\
                单人=for 1 person@.7|双人=for 2 people|三至四人=for 3 to 4 people@1.5|\
                五至六人=for 5 to 6 people@2.1",
            packs: "军绿色=army green|卡其色=khaki|米色=beige|深灰色=dark grey",
        },
        Leaf {
            key: "fitness",
            zh: "健身器材",
            en: "fitness",
            homes: "Zhejiang Shandong Jiangsu",
            season: Season::Even,
            price: 5_600,
            spread: 0.6,
            moq: 10,
            repeat: 150,
            returns: 0.03,
            keys: ["feature", "count", "colour"],
            makes: "\
                耐磨=hard-wearing@1.1|防滑=non-slip|家用=home-use|专业=professional@1.5|\
                入门=beginner@.7|耐用=durable@1.1|升级=upgraded@1.1|便携=portable",
            nouns: "弹力带=resistance band@.5|跳绳=skipping rope@.5|泡沫轴=foam roller|\
                瑜伽砖=yoga block@.4|拉力器=chest expander|握力器=hand gripper@.5|\
                健腹轮=ab roller|瑜伽垫=yoga mat@1.4|平衡垫=balance pad",
            specs: "\
                单件=1 piece|2件装=pack of 2@1.8|3件装=pack of 3@2.5|5件装=pack of 5@3.8",
            packs: "黑色=black|紫色=purple|蓝色=blue|粉色=pink|灰色=grey",
        },
        Leaf {
            key: "cycling",
            zh: "骑行装备",
            en: "cycling gear",
            homes: "Guangdong Zhejiang Tianjin",
            season: Season::Summer,
            price: 7_800,
            spread: 0.6,
            moq: 8,
            repeat: 140,
            returns: 0.04,
            keys: ["use", "size", "colour"],
            makes: "山地=mountain-bike|公路=road-bike@1.2|通勤=commuter|\
                轻量=lightweight@1.3|加固=reinforced|反光=reflective|儿童=children's@.8|\
                入门=entry-level@.7",
            nouns: "骑行头盔=cycling helmet@1.7|骑行手套=cycling gloves@.6|\
                骑行服=cycling jersey@1.3|坐垫套=saddle cover@.5|\
                骑行裤=cycling shorts@1.1|护膝=knee guards@.7|\
                骑行背包=cycling backpack@1.4|雨衣=cycling rain cape@.8",
            specs: "均码=one size|S码=size S@.98|M码=size M|L码=size L|XL码=size XL@1.03",
            packs: "黑色=black|红色=red|蓝色=blue|荧光黄=fluorescent yellow",
        },
        Leaf {
            key: "fishing",
            zh: "垂钓用品",
            en: "fishing rods",
            homes: "Shandong Hubei Zhejiang",
            season: Season::Even,
            price: 13_800,
            spread: 0.7,
            moq: 6,
            repeat: 150,
            returns: 0.03,
            keys: ["material", "size", "pack"],
            makes: "碳素=carbon@1.2|玻璃钢=fibreglass@.6|超轻=ultralight@1.3|\
                硬调=fast-action@1.1|软调=slow-action|入门=beginner@.5|\
                高碳=high-carbon@1.6|加固=reinforced@1.1",
            nouns: "台钓竿=platform rod|路亚竿=lure rod@1.2|海竿=surf rod|\
                溪流竿=stream rod@.8|手竿=hand pole@.7|抄网竿=landing-net pole@.5|\
                矶竿=rock rod@1.3|筏竿=raft rod@.8",
            specs: "1.8米=1.8 m@.6|2.7米=2.7 m@.75|3.6米=3.6 m@.9|4.5米=4.5 m|\
                5.4米=5.4 m@1.25",
            packs: "单竿=rod only|带竿包=with rod bag@1.15|新手套装=with starter kit@1.5|\
                两支装=pack of 2@1.85",
        },
        Leaf {
            key: "swim",
            zh: "泳装",
            en: "swimwear",
            homes: "Liaoning Fujian Guangdong",
            season: Season::Summer,
            price: 8_900,
            spread: 0.5,
            moq: 8,
            repeat: 120,
            returns: 0.08,
            keys: ["feature", "size", "colour"],
            makes: "速干=quick-dry|纯色=plain@.9|印花=printed|条纹=striped|\
                抗氯=chlorine-resistant@1.3|弹力=stretch|拼色=colour-block@1.05|\
                防晒=sun-protective@1.2",
            nouns: "连体泳衣=one-piece swimsuit|分体泳衣=two-piece swimsuit|\
                泳裤=swim trunks@.6|长袖泳衣=long-sleeve swim top@1.2|\
                儿童泳衣=children's swimsuit@.8|泳裙=swim dress@1.1|\
                沙滩裤=board shorts@.7|泳装罩衫=beach cover-up@.9",
            specs: SIZES,
            packs: "黑色=black|藏青色=navy|湖蓝色=lake blue|珊瑚色=coral|\
                荧光绿=fluorescent green",
        },
        Leaf {
            key: "umbrellas",
            zh: "雨伞",
            en: "umbrellas",
            homes: "Zhejiang Fujian",
            season: Season::Summer,
            price: 4_900,
            spread: 0.5,
            moq: 12,
            repeat: 150,
            returns: 0.03,
            keys: ["feature", "ribs", "colour"],
            makes: "黑胶=blackout-coated@1.1|防风=windproof@1.15|加固=reinforced@1.1|\
                轻便=lightweight|防晒=sun-protective@1.05|碳纤维=carbon-fibre@1.6|\
                快干=quick-dry@1.05|拒水=water-repellent",
            nouns: "三折伞=three-fold umbrella|五折伞=pocket umbrella@1.1|\
                长柄伞=stick umbrella@.9|自动伞=automatic umbrella@1.15|\
                反向伞=reverse umbrella@1.3|儿童伞=children's umbrella@.7|\
                双人伞=two-person umbrella@1.3|晴雨伞=sun-and-rain umbrella@1.1",
            specs: "8骨=8 ribs|10骨=10 ribs@1.12|12骨=12 ribs@1.25|16骨=16 ribs@1.45",
            packs: COLOURS,
        },
    ],
};
