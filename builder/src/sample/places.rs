//! Where shops and suppliers are: provinces, zones and cities of mainland
//! China, with rough weights of how much trade each has.

/// Provinces that deal with each other more easily.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Zone {
    /// The Yangtze delta and Shandong, Anhui.
    East,
    /// The Pearl river and the coast south of it.
    South,
    /// Henan, Hubei, Hunan, Jiangxi.
    Centre,
    /// Beijing, Tianjin, Hebei, Shanxi, Inner Mongolia.
    North,
    /// Liaoning, Jilin, Heilongjiang.
    Northeast,
    /// Sichuan, Chongqing, Guizhou, Yunnan, Tibet.
    Southwest,
    /// Shaanxi, Gansu, Qinghai, Ningxia, Xinjiang.
    Northwest,
}

/// A province: what the column `region` holds.
pub(super) struct Province {
    /// The region's key in the catalog.
    pub key: &'static str,
    /// Its short name in Chinese.
    pub zh: &'static str,
    /// Its neighbours.
    pub zone: Zone,
}

const fn region(key: &'static str, zh: &'static str, zone: Zone) -> Province {
    Province { key, zh, zone }
}

/// The 31 provinces, by zone.
pub(super) const PROVINCES: [Province; 31] = [
    region("Shanghai", "上海", Zone::East),
    region("Jiangsu", "江苏", Zone::East),
    region("Zhejiang", "浙江", Zone::East),
    region("Anhui", "安徽", Zone::East),
    region("Shandong", "山东", Zone::East),
    region("Fujian", "福建", Zone::South),
    region("Guangdong", "广东", Zone::South),
    region("Guangxi", "广西", Zone::South),
    region("Hainan", "海南", Zone::South),
    region("Jiangxi", "江西", Zone::Centre),
    region("Henan", "河南", Zone::Centre),
    region("Hubei", "湖北", Zone::Centre),
    region("Hunan", "湖南", Zone::Centre),
    region("Beijing", "北京", Zone::North),
    region("Tianjin", "天津", Zone::North),
    region("Hebei", "河北", Zone::North),
    region("Shanxi", "山西", Zone::North),
    region("InnerMongolia", "内蒙古", Zone::North),
    region("Liaoning", "辽宁", Zone::Northeast),
    region("Jilin", "吉林", Zone::Northeast),
    region("Heilongjiang", "黑龙江", Zone::Northeast),
    region("Chongqing", "重庆", Zone::Southwest),
    region("Sichuan", "四川", Zone::Southwest),
    region("Guizhou", "贵州", Zone::Southwest),
    region("Yunnan", "云南", Zone::Southwest),
    region("Tibet", "西藏", Zone::Southwest),
    region("Shaanxi", "陕西", Zone::Northwest),
    region("Gansu", "甘肃", Zone::Northwest),
    region("Qinghai", "青海", Zone::Northwest),
    region("Ningxia", "宁夏", Zone::Northwest),
    region("Xinjiang", "新疆", Zone::Northwest),
];

/// The province with this key.
pub(super) fn province(key: &str) -> Option<usize> {
    PROVINCES.iter().position(|p| p.key == key)
}

/// A city that has shops.
pub(super) struct City {
    /// Its name in Chinese.
    pub zh: &'static str,
    /// The key of its province.
    pub province: &'static str,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// Its share of the shops, relative to the others.
    pub weight: f64,
}

const fn city(
    zh: &'static str,
    province: &'static str,
    latitude: f64,
    longitude: f64,
    weight: f64,
) -> City {
    City {
        zh,
        province,
        latitude,
        longitude,
        weight,
    }
}

/// The cities, larger ones of a zone first.
pub(super) const CITIES: [City; 50] = [
    city("上海", "Shanghai", 31.23, 121.47, 24.0),
    city("杭州", "Zhejiang", 30.27, 120.15, 13.0),
    city("苏州", "Jiangsu", 31.30, 120.58, 12.0),
    city("南京", "Jiangsu", 32.06, 118.80, 10.0),
    city("宁波", "Zhejiang", 29.87, 121.54, 8.0),
    city("青岛", "Shandong", 36.07, 120.38, 8.0),
    city("合肥", "Anhui", 31.82, 117.23, 8.0),
    city("济南", "Shandong", 36.65, 117.00, 7.0),
    city("无锡", "Jiangsu", 31.49, 120.31, 6.0),
    city("义乌", "Zhejiang", 29.31, 120.08, 5.0),
    city("温州", "Zhejiang", 28.00, 120.70, 5.0),
    city("临沂", "Shandong", 35.10, 118.36, 4.0),
    city("芜湖", "Anhui", 31.33, 118.38, 3.0),
    city("广州", "Guangdong", 23.13, 113.26, 18.0),
    city("深圳", "Guangdong", 22.54, 114.06, 18.0),
    city("东莞", "Guangdong", 23.02, 113.75, 9.0),
    city("佛山", "Guangdong", 23.02, 113.12, 7.0),
    city("福州", "Fujian", 26.07, 119.30, 6.0),
    city("泉州", "Fujian", 24.87, 118.68, 6.0),
    city("厦门", "Fujian", 24.48, 118.09, 5.0),
    city("南宁", "Guangxi", 22.82, 108.37, 5.0),
    city("海口", "Hainan", 20.04, 110.20, 2.0),
    city("武汉", "Hubei", 30.59, 114.31, 12.0),
    city("郑州", "Henan", 34.75, 113.63, 11.0),
    city("长沙", "Hunan", 28.23, 112.94, 9.0),
    city("南昌", "Jiangxi", 28.68, 115.86, 5.0),
    city("洛阳", "Henan", 34.62, 112.45, 4.0),
    city("宜昌", "Hubei", 30.69, 111.29, 3.0),
    city("北京", "Beijing", 39.90, 116.41, 20.0),
    city("天津", "Tianjin", 39.13, 117.20, 9.0),
    city("石家庄", "Hebei", 38.04, 114.51, 6.0),
    city("太原", "Shanxi", 37.87, 112.55, 4.0),
    city("保定", "Hebei", 38.87, 115.46, 4.0),
    city("呼和浩特", "InnerMongolia", 40.84, 111.75, 2.0),
    city("沈阳", "Liaoning", 41.80, 123.43, 6.0),
    city("大连", "Liaoning", 38.91, 121.61, 5.0),
    city("哈尔滨", "Heilongjiang", 45.80, 126.53, 5.0),
    city("长春", "Jilin", 43.82, 125.32, 4.0),
    city("成都", "Sichuan", 30.57, 104.07, 16.0),
    city("重庆", "Chongqing", 29.56, 106.55, 14.0),
    city("昆明", "Yunnan", 25.04, 102.71, 6.0),
    city("贵阳", "Guizhou", 26.65, 106.63, 4.0),
    city("绵阳", "Sichuan", 31.47, 104.68, 2.0),
    city("拉萨", "Tibet", 29.65, 91.14, 0.5),
    city("西安", "Shaanxi", 34.34, 108.94, 9.0),
    city("兰州", "Gansu", 36.06, 103.83, 3.0),
    city("乌鲁木齐", "Xinjiang", 43.83, 87.62, 2.5),
    city("咸阳", "Shaanxi", 34.33, 108.71, 2.0),
    city("银川", "Ningxia", 38.49, 106.23, 1.5),
    city("西宁", "Qinghai", 36.62, 101.78, 1.0),
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn keys_are_unique_and_every_city_lies_in_a_province() {
        let keys: BTreeSet<_> = PROVINCES.iter().map(|p| p.key).collect();
        assert_eq!(keys.len(), PROVINCES.len());
        let cities: BTreeSet<_> = CITIES.iter().map(|c| c.zh).collect();
        assert_eq!(cities.len(), CITIES.len());
        assert!(CITIES.iter().all(|c| province(c.province).is_some()));
        assert!(CITIES.iter().all(|c| (18.0..54.0).contains(&c.latitude)));
        assert!(CITIES.iter().all(|c| (73.0..136.0).contains(&c.longitude)));
    }
}
