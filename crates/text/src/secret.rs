//! Which names stand for secrets.

use alloc::borrow::Cow;
use alloc::vec::Vec;

/// What is written in place of a secret value.
pub const MASK: &str = "***";

/// The names whose values are secrets, in capital letters, each with where it is documented.
///
/// The sources: `SDK` are the vendor's public SDKs and their logs, `KB` is the vendor's knowledge
/// base for CentralNic Reseller, `HX` the documentation of the HEXONET dialect of the protocol.
static SECRETS: &[(&str, &str)] = &[
    ("ACCOUNTKEY", "KB: key of an account at a third party"),
    ("APIKEY", "KB: key of an API at a third party"),
    ("AUTH", "SDK: auth code (EPP transfer password), in commands and responses"),
    ("AUTHCODE", "SDK: auth code, second spelling"),
    ("DOMAINAUTH", "KB TransferDomain, HX ModifyDomain: name and auth code in one value"),
    ("FTPPASSWD", "KB AddWebhost, ModifyWebhost: FTP password"),
    ("FTPPASSWORD", "KB: FTP password, in commands and responses"),
    ("NEWPASSWORD", "HX ModifyUserPassword: by analogy with OLDPASSWORD"),
    ("OLDOTP", "HX: one-time password that is replaced"),
    ("OLDPASSWORD", "HX ModifyUserPassword: password that is replaced"),
    ("OTEPASSWORD", "KB ModifyRegistrar: password of the test system"),
    ("OTP", "HX: one-time password"),
    ("OTPSECRET", "HX: seed of the one-time passwords"),
    ("PARKING-PARKINGCREWPASSWORD", "KB: password at the parking provider"),
    ("PASSPHRASE", "KB ModifyRegistrar: what the caller tells the support"),
    ("PASSWORD", "SDK: password, in commands and responses"),
    ("PIN", "KB: personal identification number"),
    ("SESSION", "SDK: session of a response, second spelling"),
    ("SESSIONID", "SDK: session of a response to StartSession"),
    ("S_APIKEY", "HX: API key among the credentials of a request"),
    ("S_OTP", "SDK: one-time password of a request"),
    ("S_PW", "SDK: password of a request"),
    ("S_SESSION", "SDK: session, second spelling"),
    ("S_SESSIONID", "SDK: session of a request"),
    ("TOKEN", "KB RequestToken: token that stands for an account"),
    ("VNCPASS", "KB: password of the console of a server"),
    ("X-ALLOCATION-TOKEN", "KB: token for a reserved name"),
    ("X-ALLOCATIONTOKEN", "KB: token for a reserved name, second spelling"),
    ("X-ASSOCIATION-AUTH", "KB: auth code of an association"),
    ("X-FI-TRANSFER-KEY", "KB: transfer key of .fi"),
];

/// The ends of names whose values are secrets: any name that ends so, and has something before it.
static SECRET_ENDS: &[(&str, &str)] =
    &[("-AUTH-KEY", "KB: X-AERO-ENS-AUTH-KEY, X-CAT-ENS-AUTH-KEY")];

/// Which names stand for secrets: passwords, auth codes, sessions, tokens.
///
/// The default knows the names that the vendor documents. Names are compared as a whole and ASCII
/// case-insensitively; an index after a name makes no difference: `AUTH0` is as secret as `AUTH`.
///
/// ```
/// use cnic_text::Redaction;
///
/// assert!(Redaction::DEFAULT.is_secret("auth"));
/// assert!(Redaction::DEFAULT.is_secret("PASSWORD12"));
/// assert!(!Redaction::DEFAULT.is_secret("AUTHORITY"));
///
/// let redaction = Redaction::DEFAULT.with("X-MY-KEY");
/// assert!(redaction.is_secret("x-my-key0"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[must_use]
pub struct Redaction {
    added: Vec<Cow<'static, str>>,
}

impl Redaction {
    /// The names that the vendor documents.
    pub const DEFAULT: Self = Self { added: Vec::new() };

    /// Adds a name, without an index: `X-MY-KEY` also covers `x-my-key0`.
    pub fn with(mut self, name: impl Into<Cow<'static, str>>) -> Self {
        self.added.push(name.into());
        self
    }

    /// Returns whether the values of a parameter, field or column of this name are secrets.
    #[must_use]
    pub fn is_secret(&self, name: &str) -> bool {
        let family = name.trim_end_matches(|c: char| c.is_ascii_digit());
        // A name that was added may itself end with a digit.
        let is =
            |secret: &str| secret.eq_ignore_ascii_case(family) || secret.eq_ignore_ascii_case(name);
        SECRETS.iter().any(|&(secret, _)| is(secret))
            || SECRET_ENDS.iter().any(|&(end, _)| has_end(family, end))
            || self.added.iter().any(|added| is(added))
    }

    /// Returns every name of the table in capital letters, an example for each ending, and the
    /// names that were added.
    ///
    /// It is for tests that walk all of them.
    pub fn names(&self) -> impl Iterator<Item = Cow<'_, str>> {
        let known = SECRETS.iter().map(|&(name, _)| Cow::Borrowed(name));
        let ends = SECRET_ENDS.iter().map(|&(end, _)| Cow::Owned(alloc::format!("X-TLD{end}")));
        known.chain(ends).chain(self.added.iter().map(|name| Cow::Borrowed(&**name)))
    }
}

fn has_end(name: &str, end: &str) -> bool {
    let start = name.len().checked_sub(end.len()).filter(|&start| start > 0);
    let tail = start.and_then(|start| name.get(start..));
    tail.is_some_and(|tail| tail.eq_ignore_ascii_case(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_told_by_its_whole_name() {
        for name in Redaction::DEFAULT.names() {
            let lower = name.to_ascii_lowercase();
            for name in
                [alloc::format!("{name}"), alloc::format!("{lower}0"), alloc::format!("{name}12")]
            {
                assert!(Redaction::DEFAULT.is_secret(&name), "{name}");
            }
            assert!(!Redaction::DEFAULT.is_secret(&alloc::format!("{name}X")), "{name}X");
            assert!(!Redaction::DEFAULT.is_secret(&alloc::format!("{name}-0")), "{name}-0");
        }
    }

    #[test]
    fn what_only_looks_like_a_secret_stays_visible() {
        for name in [
            "AUTHMETHOD",
            "FEATUREPASSWORD",
            "X-AU-IMPORT-TOKEN",
            "X-BE-REQUESTAUTHCODE",
            "PINLOCK",
            "AUTHORITYNUMBER",
            "XAUTH",
            "SHIPPING",
            "TOKENTYPE",
            "-AUTH-KEY",
            "AUTH-KEY",
            "0",
            "",
            "ü-AUTH",
        ] {
            assert!(!Redaction::DEFAULT.is_secret(name), "{name}");
        }
    }

    #[test]
    fn the_table_is_sorted_and_in_capitals() {
        assert!(SECRETS.is_sorted_by(|a, b| a.0 < b.0));
        assert!(
            SECRETS
                .iter()
                .all(|(name, source)| *name == name.to_ascii_uppercase() && !source.is_empty())
        );
    }

    #[test]
    fn names_can_be_added() {
        let redaction = Redaction::DEFAULT.with("X-Mine").with("KEY2");
        for name in ["x-mine", "X-MINE7", "key2", "AUTH"] {
            assert!(redaction.is_secret(name), "{name}");
        }
        assert!(!redaction.is_secret("KEY"));
        assert!(!Redaction::DEFAULT.is_secret("X-Mine"));
    }
}
