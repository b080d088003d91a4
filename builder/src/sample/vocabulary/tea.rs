//! Tea and teaware: what is sold, in Chinese and English.

use super::{Leaf, Season, Shelf};

/// Tea and teaware.
pub(super) const SHELF: Shelf = Shelf {
    key: "tea",
    zh: "茶叶",
    en: "tea",
    shop: "茶叶店",
    leaves: &[
        Leaf {
            key: "oolong",
            zh: "乌龙茶",
            en: "oolong tea",
            homes: "Fujian Guangdong",
            season: Season::Gift,
            price: 8_800,
            spread: 0.55,
            moq: 12,
            repeat: 35,
            returns: 0.008,
            keys: ["grade", "size", "pack"],
            makes: "特级=premium@1.5|一级=first-grade|春摘=spring-picked@1.2|\
                秋摘=autumn-picked|浓香=rich-aroma|清香=light-aroma|\
                炭焙=charcoal-roasted@1.1|高山=high-mountain@1.3|陈年=aged@1.4|\
                手工=handmade@1.25",
            nouns: "武夷山大红袍=Wuyi Da Hong Pao oolong tea@1.3|\
                武夷肉桂=Wuyi Rou Gui oolong tea@1.4|武夷水仙=Wuyi Shui Xian oolong tea|\
                安溪铁观音=Anxi Tieguanyin oolong tea|\
                安溪黄金桂=Anxi Huang Jin Gui oolong tea@.8|\
                凤凰单丛鸭屎香=Phoenix Ya Shi Xiang oolong tea@1.2|\
                凤凰单丛蜜兰香=Phoenix Mi Lan Xiang oolong tea@1.1|\
                漳平水仙茶饼=Zhangping Shui Xian pressed oolong tea|\
                永春佛手=Yongchun Fo Shou oolong tea@.85|\
                岭头单丛=Lingtou Dancong oolong tea@.9",
            specs: "50g=50 g@.26|100g=100 g@.45|125g=125 g@.55|250g=250 g|500g=500 g@1.85",
            packs: "\
                罐装=tin@1.05|礼盒装=gift box@1.3|袋装=bag@.92|独立小包=single sachets|\
                纸罐装=paper canister|木盒装=wooden box@1.4",
        },
        Leaf {
            key: "green",
            zh: "绿茶",
            en: "green tea",
            homes: "Zhejiang Anhui Jiangsu Henan Guizhou Sichuan",
            season: Season::Gift,
            price: 9_200,
            spread: 0.6,
            moq: 12,
            repeat: 35,
            returns: 0.008,
            keys: ["grade", "size", "pack"],
            makes: "特级=premium@1.5|一级=first-grade|明前=pre-Qingming@1.6|\
                雨前=pre-Guyu@1.2|高山=high-mountain@1.2|手工炒制=hand-fired@1.3|\
                有机=organic@1.3|春摘=spring-picked|精选=selected",
            nouns: "西湖龙井=West Lake Longjing green tea@1.5|\
                碧螺春=Biluochun green tea@1.2|黄山毛峰=Huangshan Maofeng green tea|\
                信阳毛尖=Xinyang Maojian green tea|六安瓜片=Lu'an Guapian green tea|\
                太平猴魁=Taiping Houkui green tea@1.3|\
                安吉白茶=Anji Baicha green tea@1.2|都匀毛尖=Duyun Maojian green tea@.9|\
                蒙顶甘露=Mengding Ganlu green tea@.95|恩施玉露=Enshi Yulu green tea@.85",
            specs: "50g=50 g@.26|100g=100 g@.46|150g=150 g@.66|250g=250 g|500g=500 g@1.85",
            packs: "\
                罐装=tin@1.05|礼盒装=gift box@1.3|袋装=bag@.92|独立小包=single sachets|\
                纸罐装=paper canister",
        },
        Leaf {
            key: "black",
            zh: "红茶",
            en: "black tea",
            homes: "Fujian Anhui Yunnan Guangdong",
            season: Season::Winter,
            price: 7_600,
            spread: 0.55,
            moq: 12,
            repeat: 35,
            returns: 0.008,
            keys: ["grade", "size", "pack"],
            makes: "特级=premium@1.5|一级=first-grade|春摘=spring-picked@1.2|\
                高山=high-mountain@1.2|手工=handmade@1.25|有机=organic@1.3|\
                浓香=full-bodied|蜜香=honey-scented@1.1|原叶=whole-leaf",
            nouns: "正山小种=Lapsang Souchong black tea|金骏眉=Jin Jun Mei black tea@1.8|\
                祁门红茶=Keemun black tea|滇红=Dianhong black tea@.85|\
                英德红茶=Yingde black tea@.9|宜兴红茶=Yixing black tea@.85|\
                坦洋工夫=Tanyang Gongfu black tea|宁红=Ninghong black tea@.8|\
                川红=Chuanhong black tea@.75|桂花红茶=osmanthus black tea@.9",
            specs: "50g=50 g@.26|100g=100 g@.46|150g=150 g@.66|250g=250 g|500g=500 g@1.85",
            packs: "\
                罐装=tin@1.05|礼盒装=gift box@1.3|袋装=bag@.92|独立小包=single sachets|\
                纸罐装=paper canister|三角茶包=pyramid tea bags",
        },
        Leaf {
            key: "white",
            zh: "白茶",
            en: "white tea",
            homes: "Fujian Yunnan",
            season: Season::Gift,
            price: 9_800,
            spread: 0.6,
            moq: 10,
            repeat: 40,
            returns: 0.008,
            keys: ["age", "size", "pack"],
            makes: "特级=premium@1.4|陈年=aged@1.3|三年陈=three-year-aged@1.2|\
                五年陈=five-year-aged@1.6|荒野=wild-grown@1.3|春摘=spring-picked|\
                高山=high-mountain@1.1|日晒=sun-dried|手工=handmade@1.2",
            nouns: "\
                白毫银针=Silver Needle white tea@1.9|白牡丹=White Peony white tea@1.2|\
                寿眉=Shou Mei white tea@.7|贡眉=Gong Mei white tea@.8|\
                月光白=Moonlight white tea@.9|福鼎白茶饼=Fuding pressed white tea|\
                政和白茶饼=Zhenghe pressed white tea@.95|\
                白茶小方片=white tea mini squares|福鼎散白茶=Fuding loose white tea|\
                政和散白茶=Zhenghe loose white tea@.95",
            specs: "50g=50 g@.25|100g=100 g@.42|200g=200 g@.7|300g=300 g|350g=350 g@1.15",
            packs: "罐装=tin@1.05|礼盒装=gift box@1.3|棉纸包=cotton-paper wrap@.95|\
                纸盒装=paper box|木盒装=wooden box@1.4",
        },
        Leaf {
            key: "dark",
            zh: "黑茶",
            en: "dark tea",
            homes: "Yunnan Hunan Guangxi Sichuan Hubei",
            season: Season::Winter,
            price: 8_600,
            spread: 0.65,
            moq: 10,
            repeat: 50,
            returns: 0.007,
            keys: ["age", "size", "pack"],
            makes: "陈年=aged@1.2|三年陈=three-year-aged|五年陈=five-year-aged@1.3|\
                八年陈=eight-year-aged@1.7|十年陈=ten-year-aged@2.1|特级=premium@1.3|\
                一级=first-grade|手工压制=hand-pressed@1.1",
            nouns: "普洱熟茶饼=ripe pu-erh tea cake|普洱生茶饼=raw pu-erh tea cake@1.2|\
                普洱沱茶=pu-erh tuo tea@.7|安化茯砖茶=Anhua Fu brick tea@.9|\
                安化千两茶饼=Anhua Qian Liang tea slice@1.1|六堡茶砖=Liubao brick tea|\
                雅安藏茶砖=Ya'an brick tea@.8|湖北青砖茶=Hubei green brick tea@.7|\
                陈皮普洱茶饼=tangerine-peel pu-erh tea cake",
            specs: "100g=100 g@.36|200g=200 g@.62|357g=357 g|400g=400 g@1.1|1kg=1 kg@2.4",
            packs: "棉纸包=cotton-paper wrap|礼盒装=gift box@1.3|\
                竹壳装=bamboo-husk wrap@1.1|纸盒装=paper box|木盒装=wooden box@1.4",
        },
        Leaf {
            key: "herbal",
            zh: "花草茶",
            en: "herbal tea",
            homes: "Anhui Zhejiang Yunnan Gansu Ningxia",
            season: Season::Even,
            price: 3_200,
            spread: 0.45,
            moq: 20,
            repeat: 25,
            returns: 0.01,
            keys: ["grade", "size", "pack"],
            makes: "特级=premium@1.4|精选=selected@1.15|有机=organic@1.3|\
                无添加=additive-free@1.1|当季=new-season|低温烘干=gently dried@1.1|\
                农家=farm-grown@.9|小批量=small-batch",
            nouns: "茉莉花茶=jasmine tea@1.2|胎菊=chrysanthemum buds|\
                金丝皇菊=golden chrysanthemum@1.4|玫瑰花茶=rosebud tea|\
                桂花=osmanthus flowers@1.1|柠檬片=lemon slices@.8|大麦茶=barley tea@.5|\
                苦荞茶=Tartary buckwheat tea@.6|枸杞=goji berries|\
                红枣枸杞茶=red date and goji tea@.9|陈皮=aged tangerine peel@1.5",
            specs: "30g=30 g@.4|50g=50 g@.6|100g=100 g|250g=250 g@2.1|500g=500 g@3.8",
            packs: "罐装=tin@1.1|袋装=bag|独立小包=single sachets@1.1|\
                玻璃瓶装=glass jar@1.15",
        },
        Leaf {
            key: "teaware",
            zh: "茶具",
            en: "teaware",
            homes: "Jiangxi Jiangsu Fujian",
            season: Season::Gift,
            price: 11_800,
            spread: 0.7,
            moq: 6,
            repeat: 150,
            returns: 0.025,
            keys: ["material", "set", "pack"],
            makes: "紫砂=Yixing clay@1.5|白瓷=white porcelain|青瓷=celadon@1.2|\
                粗陶=stoneware@.8|高硼硅玻璃=borosilicate glass@.7|汝窑釉=Ru-glaze@1.3|\
                建盏釉=Jian-glaze@1.3|手绘=hand-painted@1.4|青花=blue-and-white@1.1",
            nouns: "茶壶=teapot@1.2|盖碗=gaiwan@.6|公道杯=serving pitcher@.5|\
                品茗杯=tasting cup@.4|茶叶罐=tea caddy@.6|旅行茶具=travel tea set@1.2|\
                功夫茶具=gongfu tea set@1.8|煮茶壶=tea-boiling pot@1.3|\
                茶水分离杯=tea infuser mug@.7",
            specs: "单件=1 piece@.6|两件套=2-piece set|四件套=4-piece set@1.6|\
                六件套=6-piece set@2.2",
            packs: "礼盒装=gift box@1.2|彩盒装=colour box|简装=plain box@.9|\
                收纳包装=carry case@1.1",
        },
    ],
};
