//! The parameters of a registration.

use alloc::string::{String, ToString};
use core::fmt;
use core::iter::FusedIterator;
use core::ops::Range;

use cnic_text::{MASK, Redaction};

use crate::draft::SCALARS;
use crate::field::Field;
use crate::registration::Registration;
use crate::value::handle::Handle;
use crate::value::name_server::NameServer;
use crate::value::period::Period;

impl Registration {
    /// Returns the parameters, decoded, in the order of the vendor's page. They include the
    /// password.
    ///
    /// ```
    /// # use cnic_registration::{Draft, Policy};
    /// # let draft = Draft::new().user("H1").password("x").domain("example").suffix("uk.com");
    /// # let draft = draft.chandle("H1").thandle("H1");
    /// let registration = Policy::TOOLKIT.validate(&draft)?;
    /// assert_eq!(registration.pairs().nth(2), Some(("domain", "example".into())));
    /// let renewed = Draft::from_pairs(registration.pairs()).expect("parameters").period("5");
    /// assert!(Policy::TOOLKIT.validate(&renewed).is_ok());
    /// # Ok::<(), cnic_registration::Violations>(())
    /// ```
    #[must_use]
    pub fn pairs(&self) -> Pairs<'_> {
        Pairs(self.parameters())
    }

    /// Returns the parameters, each with a value to write.
    pub(crate) fn parameters(&self) -> Parameters<'_> {
        Parameters { registration: self, places: 0..SCALARS.len() + self.0.name_servers.len() }
    }

    /// Returns the parameter at a place, or `None` if it is absent.
    fn parameter(&self, place: usize) -> Option<(&'static str, ParameterValue<'_>)> {
        let checked = &self.0;
        let Some(&(field, name)) = SCALARS.get(place) else {
            let server = checked.name_servers.get(place - SCALARS.len())?;
            return Some(("dns[]", ParameterValue::Server(server)));
        };
        let text = match field {
            Field::Test => checked.test.map(|test| if test { "1" } else { "0" }),
            Field::User => Some(&*checked.user),
            Field::Password => Some(&*checked.password),
            Field::Domain => Some(checked.label.as_str()),
            Field::Suffix => Some(checked.suffix.as_str()),
            Field::Chandle => Some(checked.chandle.as_str()),
            Field::Ahandle => checked.ahandle.as_ref().map(Handle::as_str),
            Field::Thandle => Some(checked.thandle.as_str()),
            Field::Bhandle => checked.bhandle.as_ref().map(Handle::as_str),
            Field::Period => return Some((name, ParameterValue::Period(checked.period?))),
            _ => None,
        };
        Some((name, ParameterValue::Text(text?)))
    }
}

/// The parameters of a registration that are not absent.
#[derive(Clone)]
pub(crate) struct Parameters<'r> {
    registration: &'r Registration,
    /// The places that are not read yet: first the scalars, then the name servers.
    places: Range<usize>,
}

impl<'r> Iterator for Parameters<'r> {
    type Item = (&'static str, ParameterValue<'r>);

    fn next(&mut self) -> Option<Self::Item> {
        let registration = self.registration;
        self.places.find_map(|place| registration.parameter(place))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, Some(self.places.len()))
    }
}

impl DoubleEndedIterator for Parameters<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        let registration = self.registration;
        self.places.by_ref().rev().find_map(|place| registration.parameter(place))
    }
}

/// The parameters of a [`Registration`], decoded; see [`Registration::pairs`].
///
/// `Debug` shows the password as `***`.
///
/// ```
/// use cnic_registration::{Draft, Policy};
///
/// let draft = Draft::new().user("H1").password("x").domain("example").suffix("uk.com");
/// let registration = Policy::TOOLKIT.validate(&draft.chandle("H1").thandle("H2"))?;
/// let names: Vec<_> = registration.pairs().map(|(name, _)| name).collect();
/// assert_eq!(names, ["user", "password", "domain", "suffix", "chandle", "thandle"]);
/// # Ok::<(), cnic_registration::Violations>(())
/// ```
#[derive(Clone)]
pub struct Pairs<'r>(Parameters<'r>);

impl Iterator for Pairs<'_> {
    type Item = (&'static str, String);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|(name, value)| (name, value.to_string()))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl DoubleEndedIterator for Pairs<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.0.next_back().map(|(name, value)| (name, value.to_string()))
    }
}

impl FusedIterator for Pairs<'_> {}

impl fmt::Debug for Pairs<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = self.clone().map(|(name, value)| {
            (name, if Redaction::DEFAULT.is_secret(name) { MASK.into() } else { value })
        });
        f.debug_map().entries(shown).finish()
    }
}

/// A value of a parameter, which `Display` writes.
pub(crate) enum ParameterValue<'r> {
    Text(&'r str),
    Period(Period),
    Server(&'r NameServer),
}

impl fmt::Display for ParameterValue<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Period(period) => period.fmt(f),
            Self::Server(server) => server.fmt(f),
        }
    }
}
