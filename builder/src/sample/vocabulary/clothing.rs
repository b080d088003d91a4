//! Clothing: what is sold, in Chinese and English.

use super::{COLOURS, Leaf, SIZES, Season, Shelf};

/// Clothing.
pub(super) const SHELF: Shelf = Shelf {
    key: "clothing",
    zh: "服饰",
    en: "clothing",
    shop: "服装店",
    leaves: &[
        Leaf {
            key: "tops",
            zh: "T恤",
            en: "T-shirts",
            homes: "Guangdong Fujian Zhejiang",
            season: Season::Summer,
            price: 5_900,
            spread: 0.5,
            moq: 10,
            repeat: 70,
            returns: 0.06,
            keys: ["material", "size", "colour"],
            makes: "纯棉=cotton|莫代尔=modal@1.2|速干=quick-dry@1.1|亚麻=linen@1.5|\
                竹纤维=bamboo-fibre@1.2|重磅=heavyweight@1.2|冰丝=cooling-yarn|\
                有机棉=organic cotton@1.4",
            nouns: "圆领短袖T恤=crew-neck T-shirt|V领短袖T恤=V-neck T-shirt|\
                短袖翻领衫=polo shirt@1.2|长袖T恤=long-sleeve T-shirt@1.2|\
                宽松T恤=loose-fit T-shirt|印花T恤=printed T-shirt@1.05|\
                条纹T恤=striped T-shirt@1.05|背心=tank top@.7|\
                亨利领T恤=henley T-shirt@1.2",
            specs: SIZES,
            packs: COLOURS,
        },
        Leaf {
            key: "trousers",
            zh: "裤装",
            en: "trousers",
            homes: "Guangdong Fujian Zhejiang",
            season: Season::Even,
            price: 9_900,
            spread: 0.5,
            moq: 8,
            repeat: 90,
            returns: 0.07,
            keys: ["cut", "size", "colour"],
            makes: "高腰=high-waist|直筒=straight-leg|宽松=relaxed-fit|修身=slim-fit|\
                弹力=stretch@1.05|加绒=fleece-lined@1.2|薄款=lightweight@.9|\
                九分=cropped@.95",
            nouns: "牛仔裤=jeans@1.1|休闲裤=casual trousers|西裤=dress trousers@1.2|\
                运动裤=track pants@.9|工装裤=cargo trousers@1.1|\
                灯芯绒裤=corduroy trousers@1.1|针织裤=knit trousers|卡其裤=chinos",
            specs: SIZES,
            packs: COLOURS,
        },
        Leaf {
            key: "dresses",
            zh: "裙装",
            en: "dresses and skirts",
            homes: "Guangdong Zhejiang",
            season: Season::Summer,
            price: 11_800,
            spread: 0.6,
            moq: 6,
            repeat: 80,
            returns: 0.09,
            keys: ["pattern", "size", "colour"],
            makes: "\
                碎花=floral|纯色=plain@.9|格纹=checked|提花=jacquard@1.25|条纹=striped|\
                刺绣=embroidered@1.4|波点=polka-dot|扎染=tie-dyed@1.1",
            nouns: "连衣裙=dress@1.1|衬衫裙=shirt dress@1.1|半身裙=skirt@.8|\
                吊带裙=slip dress@.9|针织裙=knit dress@1.1|背带裙=pinafore dress|\
                旗袍=qipao@1.6|百褶裙=pleated skirt@.9|茶歇裙=tea dress@1.15",
            specs: SIZES,
            packs: COLOURS,
        },
        Leaf {
            key: "knitwear",
            zh: "针织毛衣",
            en: "knitwear",
            homes: "Zhejiang Hebei InnerMongolia",
            season: Season::Winter,
            price: 13_800,
            spread: 0.6,
            moq: 6,
            repeat: 100,
            returns: 0.06,
            keys: ["yarn", "size", "colour"],
            makes: "\
                羊毛=wool@1.2|羊绒=cashmere@3|美利奴羊毛=merino wool@1.6|棉质=cotton@.8|\
                马海毛=mohair@1.4|混纺=blended-yarn@.8|粗针=chunky-knit|\
                麻花纹=cable-knit@1.05",
            nouns: "毛衣=sweater|针织开衫=cardigan@1.1|高领衫=turtleneck|\
                针织背心=knit vest@.7|套头衫=pullover|针织外套=knit jacket@1.4|\
                圆领毛衫=crew-neck jumper|V领毛衫=V-neck jumper",
            specs: SIZES,
            packs: COLOURS,
        },
        Leaf {
            key: "jackets",
            zh: "外套",
            en: "jackets and coats",
            homes: "Zhejiang Jiangsu Fujian",
            season: Season::Winter,
            price: 22_800,
            spread: 0.6,
            moq: 4,
            repeat: 120,
            returns: 0.07,
            keys: ["cut", "size", "colour"],
            makes: "\
                轻薄=lightweight@.85|加厚=thick@1.2|防风=windproof@1.1|连帽=hooded@1.05|\
                立领=stand-collar|短款=short@.9|中长款=mid-length@1.1|宽松=loose-fit",
            nouns: "羽绒服=down jacket@1.8|棉服=padded jacket@1.1|风衣=trench coat@1.2|\
                夹克=jacket@.9|冲锋衣=shell jacket@1.3|大衣=overcoat@1.5|\
                棒球服=varsity jacket@.8|马甲=gilet@.6",
            specs: SIZES,
            packs: COLOURS,
        },
        Leaf {
            key: "socks",
            zh: "袜子",
            en: "socks",
            homes: "Zhejiang Liaoning Guangdong",
            season: Season::Even,
            price: 2_400,
            spread: 0.4,
            moq: 30,
            repeat: 45,
            returns: 0.015,
            keys: ["material", "count", "pattern"],
            makes: "纯棉=cotton|羊毛=wool@1.6|竹纤维=bamboo-fibre@1.15|\
                精梳棉=combed-cotton@1.2|防滑=non-slip@1.1|加厚=thick@1.15|\
                网眼=mesh@.95|抗菌=antibacterial@1.2",
            nouns: "中筒袜=crew socks|船袜=no-show socks@.8|短袜=ankle socks@.9|\
                堆堆袜=slouch socks@1.1|运动袜=sports socks@1.2|商务袜=dress socks@1.1|\
                儿童袜=children's socks@.9|地板袜=floor socks@1.3",
            specs: "\
                3双装=3 pairs@.65|5双装=5 pairs|6双装=6 pairs@1.15|10双装=10 pairs@1.75",
            packs: "纯色=plain|条纹=striped|混色=mixed colours|黑色=black|白色=white",
        },
        Leaf {
            key: "sleepwear",
            zh: "家居服",
            en: "sleepwear",
            homes: "Guangdong Zhejiang",
            season: Season::Winter,
            price: 11_200,
            spread: 0.55,
            moq: 6,
            repeat: 110,
            returns: 0.05,
            keys: ["fabric", "size", "colour"],
            makes: "纯棉=cotton|莫代尔=modal@1.15|真丝=silk@3|珊瑚绒=coral-fleece@.95|\
                法兰绒=flannel|纱布=gauze|华夫格=waffle-weave@1.05|冰丝=cooling-yarn@.9",
            nouns: "睡衣套装=pyjama set@1.1|睡裙=nightdress@.8|浴袍=bathrobe@1.2|\
                家居服套装=loungewear set@1.2|睡裤=sleep trousers@.6|\
                睡袍=dressing gown@1.2|吊带睡裙=slip nightdress@.7|\
                情侣睡衣=matching pyjamas@1.3",
            specs: SIZES,
            packs: COLOURS,
        },
    ],
};
