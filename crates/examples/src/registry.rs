//! The invented domains.

/// The number of domains.
pub const TOTAL: u64 = 100_000;

/// A domain of the registry.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Domain {
    /// Its name: `d000001.example`.
    pub name: String,
    /// When it was registered, in UTC: `2016-02-02 08:00:00.0`.
    pub created: String,
    /// When it expires, in UTC: `2028-02-02 08:00:00.0`.
    pub expires: String,
}

/// Returns the domain at an offset below [`TOTAL`] of the list, which is in the order of the names.
///
/// ```
/// use cnic_examples::registry;
///
/// assert_eq!(registry::domain(0).name, "d000001.example");
/// assert_eq!(registry::domain(registry::TOTAL - 1).name, "d100000.example");
/// ```
#[must_use]
pub fn domain(offset: u64) -> Domain {
    let number = offset + 1;
    let (year, month, day) = (number % 9, 1 + number % 12, 1 + number % 28);
    let date = |year| format!("{year}-{month:02}-{day:02} 08:00:00.0");
    Domain {
        name: format!("d{number:06}.example"),
        created: date(2015 + year),
        expires: date(2027 + year),
    }
}

/// Returns whether a domain of that name is registered.
///
/// ```
/// use cnic_examples::registry;
///
/// assert!(registry::holds("D000001.EXAMPLE"));
/// assert!(!registry::holds("d100001.example"));
/// ```
#[must_use]
pub fn holds(name: &str) -> bool {
    let digits = |name: &str| name.strip_prefix('d')?.strip_suffix(".example")?.parse().ok();
    let name = name.to_ascii_lowercase();
    digits(&name)
        .is_some_and(|number| (1..=TOTAL).contains(&number) && domain(number - 1).name == name)
}
