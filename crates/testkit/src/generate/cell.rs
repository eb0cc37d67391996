//! Values of cells, worked out from the row.

use super::put;

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    /// `211 Domain name not available`
    Check,
    /// `2019-04-17 08:31:22.0`
    Created,
    /// `willow482.test`
    Domain,
    /// `2027-04-17 08:31:22.0`
    Expires,
    /// `D000004820177-EXAMPLE`
    ObjectId,
    /// `12.50 EUR`
    Price,
    /// `0.004`
    Seconds,
    /// `clientTransferProhibited`
    Status,
}

const CHECKS: [&str; 4] = [
    "210 Domain name available",
    "211 Domain name not available",
    "211 Domain name not available",
    "541 Invalid attribute value",
];

const STATUSES: [&str; 8] = [
    "ACTIVE",
    "clientTransferProhibited",
    "clientDeleteProhibited",
    "clientTransferProhibited",
    "clientUpdateProhibited",
    "pendingDelete",
    "clientTransferProhibited",
    "redemptionPeriod",
];

const TREES: [&str; 16] = [
    "elm", "oak", "fir", "ash", "alder", "birch", "cedar", "hazel", "larch", "maple", "linden",
    "poplar", "willow", "juniper", "chestnut", "sycamore",
];

/// Names that nobody can own (RFC 2606).
const ENDINGS: [&str; 4] = ["test", "test", "example", "test"];

impl Kind {
    /// Returns a number of its own for each kind, so that columns do not repeat each other.
    pub(super) const fn seed(self) -> u64 {
        mix(self as u64)
    }

    /// Writes the value of a row: ASCII without a quote, a comma or a backslash.
    pub(super) fn write(self, row: usize, text: &mut String) {
        let random = mix(self.seed() ^ row as u64);
        match self {
            Self::Check => text.push_str(pick(&CHECKS, random)),
            Self::Created => write_date(text, 2008 + random % 16, random),
            Self::Domain => {
                let (tree, ending) = (pick(&TREES, random), pick(&ENDINGS, random >> 8));
                put(text, format_args!("{tree}{row}.{ending}"));
            }
            Self::Expires => write_date(text, 2026 + random % 10, random),
            Self::ObjectId => {
                put(text, format_args!("D{:012}-EXAMPLE", random % 1_000_000_000_000));
            }
            Self::Price => {
                put(text, format_args!("{}.{:02} EUR", random % 1_500, random / 1_500 % 100));
            }
            Self::Seconds => put(text, format_args!("0.{:03}", random % 1_000)),
            Self::Status => text.push_str(pick(&STATUSES, random)),
        }
    }
}

fn write_date(text: &mut String, year: u64, random: u64) {
    let (month, day) = (1 + (random >> 8) % 12, 1 + (random >> 16) % 28);
    let (hour, minute, second) = ((random >> 24) % 24, (random >> 32) % 60, (random >> 40) % 60);
    put(text, format_args!("{year}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}.0"));
}

pub(super) fn tree(random: u64) -> &'static str {
    pick(&TREES, random)
}

fn pick<'a>(texts: &[&'a str], random: u64) -> &'a str {
    texts[usize::try_from(random % texts.len() as u64).unwrap_or(0)]
}

/// Turns a number into one that looks like chance (the last step of splitmix64).
pub(super) const fn mix(number: u64) -> u64 {
    let n = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let n = (n ^ (n >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let n = (n ^ (n >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    n ^ (n >> 31)
}
