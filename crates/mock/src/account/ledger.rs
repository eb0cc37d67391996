//! What an account was charged.

/// The price of a year, in hundredths.
pub(crate) const PRICE: i64 = 1000;

/// A line of the accounting.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// Seconds since 1970.
    pub(crate) date: i64,
    /// What was done: `ADD`.
    pub(crate) kind: &'static str,
    pub(crate) domain: String,
    /// In hundredths.
    pub(crate) amount: i64,
}

/// The lines of the accounting, oldest first, and the money that is left.
#[derive(Clone, Debug)]
pub(crate) struct Ledger {
    pub(crate) entries: Vec<Entry>,
    /// In hundredths.
    pub(crate) balance: i64,
}

impl Ledger {
    /// Charges an account, unless it has less than that.
    pub(crate) fn charge(&mut self, entry: Entry) -> bool {
        if self.balance < entry.amount {
            return false;
        }
        self.balance -= entry.amount;
        self.entries.push(entry);
        true
    }
}

/// Writes an amount in hundredths: `10.00`.
pub(crate) fn written(amount: i64) -> String {
    format!("{}.{:02}", amount / 100, amount % 100)
}
