//! Food: what is sold, in Chinese and English.

use super::{Leaf, Season, Shelf};

/// Food.
pub(super) const SHELF: Shelf = Shelf {
    key: "food",
    zh: "食品",
    en: "food",
    shop: "食品店",
    leaves: &[
        Leaf {
            key: "grain",
            zh: "米面杂粮",
            en: "rice and grains",
            homes: "Heilongjiang Liaoning Jilin Jiangsu Hubei",
            season: Season::Even,
            price: 4_200,
            spread: 0.35,
            moq: 20,
            repeat: 20,
            returns: 0.006,
            keys: ["grade", "size", "pack"],
            makes: "有机=organic@1.5|当季=new-crop@1.1|农家=farm-grown|免淘=no-rinse@1.1|\
                特级=premium@1.3|精选=selected|生态种植=eco-grown@1.2|\
                低温储存=cool-stored@1.1",
            nouns: "\
                五常大米=Wuchang rice@1.4|盘锦大米=Panjin rice|丝苗米=Simiao rice@1.1|\
                长粒香米=long-grain fragrant rice|珍珠米=pearl rice@.9|\
                糯米=glutinous rice@.95|黑米=black rice@1.2|小米=millet@1.1|\
                糙米=brown rice@.9|杂粮米=mixed-grain rice@1.1",
            specs: "500g=500 g@.13|1kg=1 kg@.24|2.5kg=2.5 kg@.54|5kg=5 kg|10kg=10 kg@1.9",
            packs: "袋装=bag|真空砖=vacuum brick@1.05|礼盒装=gift box@1.25|\
                布袋装=cloth sack@1.1|桶装=tub@1.1",
        },
        Leaf {
            key: "noodles",
            zh: "面条粉丝",
            en: "noodles",
            homes: "Henan Shanxi Shandong Jiangxi Yunnan",
            season: Season::Even,
            price: 1_900,
            spread: 0.4,
            moq: 24,
            repeat: 18,
            returns: 0.006,
            keys: ["style", "size", "pack"],
            makes: "手工=handmade@1.3|非油炸=non-fried|宽=wide|细=thin|劲道=springy|\
                无添加=additive-free@1.2|低盐=low-salt@1.1|石磨=stone-milled@1.2",
            nouns: "\
                挂面=dried noodles@.8|鸡蛋面=egg noodles|荞麦面=buckwheat noodles@1.2|\
                刀削面=knife-cut noodles|红薯粉条=sweet potato noodles|\
                绿豆粉丝=mung bean vermicelli@.9|米粉=rice noodles|米线=rice vermicelli|\
                杂粮面=multigrain noodles@1.1|热干面=hot dry noodles@1.2",
            specs: "400g=400 g@.5|800g=800 g@.85|1kg=1 kg|2kg=2 kg@1.8|2.5kg=2.5 kg@2.2",
            packs: "袋装=bag|盒装=box@1.1|家庭装=family pack@.97|整箱=full case@.95|\
                礼盒装=gift box@1.3",
        },
        Leaf {
            key: "sauces",
            zh: "调味品",
            en: "sauces and seasonings",
            homes: "Sichuan Guangdong Shanxi Chongqing",
            season: Season::Even,
            price: 2_200,
            spread: 0.45,
            moq: 24,
            repeat: 22,
            returns: 0.007,
            keys: ["style", "size", "pack"],
            makes: "手工=handmade@1.3|零添加=additive-free@1.3|低盐=reduced-salt@1.1|\
                农家=farmhouse|传统工艺=traditional@1.1|浓香=rich|特级=premium@1.3|\
                非转基因=GMO-free@1.1",
            nouns: "酱油=soy sauce@.8|香醋=dark vinegar@.8|豆瓣酱=chilli bean paste|\
                辣椒油=chilli oil@1.1|芝麻酱=sesame paste@1.3|火锅底料=hotpot base@1.3|\
                蚝油=oyster sauce@.9|豆豉=fermented black beans|\
                花椒油=Sichuan pepper oil@1.4|剁椒酱=chopped chilli sauce",
            specs: "220g=220 g@.6|350g=350 g@.8|500g=500 g|1kg=1 kg@1.75|2.5kg=2.5 kg@3.8",
            packs: "玻璃瓶装=glass bottle@1.1|罐装=jar|袋装=pouch@.85|桶装=tub@.9|\
                礼盒装=gift box@1.3",
        },
        Leaf {
            key: "dried",
            zh: "干货",
            en: "dried goods",
            homes: "Fujian Zhejiang Heilongjiang Hunan Xinjiang",
            season: Season::SpringFestival,
            price: 4_500,
            spread: 0.55,
            moq: 12,
            repeat: 40,
            returns: 0.008,
            keys: ["grade", "size", "pack"],
            makes: "\
                特级=premium@1.5|精选=selected@1.2|农家=farm-grown@.9|当季=new-season|\
                无硫=sulphur-free@1.15|高山=highland@1.2|一级=first-grade|\
                有机=organic@1.4",
            nouns: "\
                香菇=dried shiitake mushrooms|黑木耳=dried wood ear|银耳=dried tremella|\
                竹荪=dried bamboo fungus@1.8|笋干=dried bamboo shoots|\
                茶树菇=dried tea-tree mushrooms|红枣=dried red dates@.6|\
                莲子=dried lotus seeds|桂圆干=dried longan@.9|\
                黄花菜=dried daylily buds@.9|牛肝菌=dried porcini@2.2",
            specs: "100g=100 g@.45|150g=150 g@.65|250g=250 g|500g=500 g@1.85|1kg=1 kg@3.5",
            packs: "袋装=bag|罐装=canister@1.1|礼盒装=gift box@1.35|真空装=vacuum pack|\
                散装=loose@.85",
        },
        Leaf {
            key: "nuts",
            zh: "坚果炒货",
            en: "nuts and seeds",
            homes: "Anhui Xinjiang Yunnan Hebei",
            season: Season::SpringFestival,
            price: 3_900,
            spread: 0.45,
            moq: 20,
            repeat: 25,
            returns: 0.008,
            keys: ["flavour", "size", "pack"],
            makes: "\
                原味=plain|盐焗=salt-baked|奶油味=butter-flavoured@1.05|五香=five-spice|\
                蜂蜜味=honey-flavoured@1.1|轻烘焙=lightly roasted@1.05|\
                椒盐=salt-and-pepper|炭烤=charcoal-roasted@1.1",
            nouns: "核桃=walnuts|腰果=cashews@1.2|巴旦木=almonds@1.1|\
                夏威夷果=macadamia nuts@1.5|开心果=pistachios@1.5|碧根果=pecans@1.3|\
                葵花籽=sunflower seeds@.4|南瓜子=pumpkin seeds@.6|花生=peanuts@.4|\
                榛子=hazelnuts@1.2",
            specs: "100g=100 g@.28|150g=150 g@.4|250g=250 g@.6|500g=500 g|1kg=1 kg@1.85",
            packs: "袋装=bag|罐装=can@1.1|礼盒装=gift box@1.3|每日小包=daily sachets@1.15",
        },
        Leaf {
            key: "pastries",
            zh: "糕点月饼",
            en: "pastries and mooncakes",
            homes: "Guangdong Jiangsu Beijing Yunnan",
            season: Season::MidAutumn,
            price: 5_200,
            spread: 0.5,
            moq: 12,
            repeat: 28,
            returns: 0.012,
            keys: ["style", "count", "pack"],
            makes: "手工=handmade@1.25|低糖=low-sugar@1.1|无蔗糖=cane-sugar-free@1.15|\
                迷你=mini@.8|传统=traditional|老式=old-style@.9|现做=freshly made@1.15|\
                精装=deluxe@1.4",
            nouns: "广式月饼=Cantonese mooncakes@1.5|苏式月饼=Suzhou mooncakes@1.2|\
                绿豆糕=mung bean cakes@.7|桂花糕=osmanthus cakes@.7|\
                凤梨酥=pineapple pastries|蛋黄酥=egg yolk pastries@1.1|\
                鲜花饼=rose pastries@.9|核桃酥=walnut shortbread@.7|\
                红豆酥=red bean pastries@.8|流心月饼=custard mooncakes@1.7",
            specs: "6枚=6 pieces@.7|8枚=8 pieces@.9|10枚=10 pieces|12枚=12 pieces@1.15|\
                20枚=20 pieces@1.7",
            packs: "礼盒装=gift box@1.4|铁盒装=tin box@1.25|袋装=bag@.85|\
                独立包装=individually wrapped",
        },
        Leaf {
            key: "honey",
            zh: "蜂蜜",
            en: "honey",
            homes: "Heilongjiang Shaanxi Zhejiang Guangdong",
            season: Season::Winter,
            price: 5_600,
            spread: 0.4,
            moq: 12,
            repeat: 45,
            returns: 0.008,
            keys: ["style", "size", "pack"],
            makes: "农家=farmhouse@.95|深山=mountain@1.2|成熟=ripened@1.25|\
                结晶=crystallised|液态=liquid|无添加=additive-free@1.05|当季=new-season|\
                特级=premium@1.3|原生态=raw@1.15",
            nouns: "洋槐蜂蜜=acacia honey@1.2|枣花蜂蜜=jujube blossom honey|\
                荔枝蜂蜜=lychee blossom honey|椴树蜂蜜=linden honey@1.2|\
                百花蜂蜜=wildflower honey@.8|油菜蜂蜜=rapeseed blossom honey@.7|\
                荆条蜂蜜=vitex honey@.9|桂花蜂蜜=osmanthus honey@1.3|\
                枇杷蜂蜜=loquat blossom honey@1.3",
            specs: "250g=250 g@.6|500g=500 g|750g=750 g@1.4|1kg=1 kg@1.8|2kg=2 kg@3.3",
            packs: "\
                玻璃瓶装=glass jar@1.1|挤压瓶装=squeeze bottle|小条装=stick sachets@1.2|\
                礼盒装=gift box@1.3|桶装=tub@.92",
        },
        Leaf {
            key: "fruit",
            zh: "水果",
            en: "fresh fruit",
            homes: "Jiangxi Shandong Shaanxi Xinjiang Sichuan Guangxi",
            season: Season::SpringFestival,
            price: 4_600,
            spread: 0.35,
            moq: 10,
            repeat: 14,
            returns: 0.02,
            keys: ["grade", "size", "pack"],
            makes: "大果=large@1.2|中果=medium|小果=small@.8|精选=selected@1.15|\
                树上熟=tree-ripened@1.15|特级=premium@1.4|当季=in-season|\
                一级=first-grade",
            nouns: "赣南脐橙=Gannan navel oranges|烟台苹果=Yantai apples|\
                洛川苹果=Luochuan apples@1.1|库尔勒香梨=Korla pears|\
                阿克苏苹果=Aksu apples@1.2|攀枝花芒果=Panzhihua mangoes@1.1|\
                蒲江猕猴桃=Pujiang kiwifruit@1.2|广西沃柑=Guangxi Orah mandarins@.9|\
                秭归脐橙=Zigui navel oranges@.9|砀山酥梨=Dangshan pears@.8",
            specs: "1.5kg=1.5 kg@.4|2.5kg=2.5 kg@.6|4kg=4 kg@.85|5kg=5 kg|10kg=10 kg@1.85",
            packs: "泡沫箱装=foam box@1.05|纸箱装=carton|礼盒装=gift box@1.35|\
                网袋装=net bag@.9",
        },
    ],
};
