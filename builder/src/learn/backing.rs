//! Who stands behind a figure, and whether it may show.

/// The shops behind a figure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Backing {
    /// Shops whose profiles are not shipped.
    pub private: u32,
    /// Shops whose profiles are shipped with the figure.
    pub public: u32,
}

impl Backing {
    /// Adds a shop.
    pub fn add(&mut self, public: bool) {
        if public {
            self.public += 1
        } else {
            self.private += 1
        }
    }

    /// Whether there is no shop.
    pub fn is_empty(self) -> bool {
        self == Backing::default()
    }

    /// Whether enough shops stand behind the figure. What public shops add can
    /// be subtracted by whoever has their profiles, so at least `min_shops`
    /// private ones must be left, or none at all.
    pub fn shows(self, min_shops: u32) -> bool {
        self.private >= min_shops || self.private == 0 && self.public >= min_shops
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_private_shop_does_not_show_behind_public_ones() {
        let backing = |private, public| Backing { private, public };
        assert!(
            backing(5, 0).shows(5) && backing(0, 5).shows(5) && backing(5, 3).shows(5)
        );
        assert!(
            !backing(4, 0).shows(5) && !backing(1, 4).shows(5) && !backing(0, 4).shows(5)
        );
        assert!(backing(1, 0).shows(1));
    }
}
