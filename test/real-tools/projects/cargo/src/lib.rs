pub fn total(items: &[i32]) -> i32 {
    items.iter().sum()
}

pub fn load() -> i32 {
    panic!("basket is not open") // FAILS: tests::opens_the_basket – basket is not open
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adds_up() {
        assert_eq!(total(&[1, 2]), 3);
    }

    #[test]
    fn knows_the_discount() {
        assert_eq!(total(&[90]), 100); // FAILS: tests::knows_the_discount – left: 90 | right: 100
    }

    #[test]
    fn opens_the_basket() {
        load();
    }

    #[test]
    #[ignore]
    fn knows_taxes() {}
}
