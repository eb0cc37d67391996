//! Who asks.

use cnic_command::form::Credentials;

/// How the mock server treats an account. Any login and any password will do; two logins are troubled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Account {
    /// `s_login=failing`: every page of a list from [`TROUBLE`](Self::TROUBLE) on is an error, code 421.
    Failing,
    /// Every other login: all is well.
    Sound,
    /// `s_login=truncated`: every page of a list from [`TROUBLE`](Self::TROUBLE) on is cut off in the middle.
    Truncated,
}

impl Account {
    /// The `FIRST` from which on the troubled accounts have their trouble.
    pub const TROUBLE: u64 = 50_000;

    /// Returns the account that the credentials are for, `None` without a login or a password.
    #[must_use]
    pub fn authenticate(credentials: &Credentials<'_>) -> Option<Self> {
        credentials.password().filter(|password| !password.is_empty())?;
        match credentials.login()? {
            "" => None,
            "failing" => Some(Self::Failing),
            "truncated" => Some(Self::Truncated),
            _ => Some(Self::Sound),
        }
    }
}
