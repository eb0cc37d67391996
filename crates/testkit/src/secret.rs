//! What must not show a secret, and how to see that it doesn't.

use core::fmt::{Debug, Display};

/// A secret that stands in no message and no name.
pub const SECRET: &str = "hunter2";

/// Checks that a text holds no piece of [`SECRET`], in any case, and is not empty.
///
/// # Panics
///
/// Panics if it does.
#[track_caller]
pub fn hidden_in(text: &str) {
    assert!(!text.to_ascii_lowercase().contains(&SECRET[..4]), "{text}");
    assert!(!text.is_empty());
}

/// Checks that `Debug` shows no piece of [`SECRET`].
///
/// # Panics
///
/// Panics if it does.
#[track_caller]
pub fn hides(shown: &impl Debug) {
    hidden_in(&format!("{shown:?}"));
    hidden_in(&format!("{shown:#?}"));
}

/// Checks that neither `Debug` nor `Display` shows a piece of [`SECRET`].
///
/// # Panics
///
/// Panics if one of them does.
#[track_caller]
pub fn says_nothing(shown: &(impl Debug + Display)) {
    hides(shown);
    hidden_in(&shown.to_string());
}

/// Compiles only if a type does not have a trait: `assert_not!(Command<'static>: Display)`.
// There are two implementations for what has the trait and one for what has not. With the trait, `_`
// is ambiguous and nothing compiles.
#[macro_export]
macro_rules! assert_not {
    ($type:ty: $($bound:tt)+) => {{
        trait Ambiguous<A> {
            fn hold() {}
        }
        impl<T: ?Sized> Ambiguous<()> for T {}
        struct Has;
        impl<T: $($bound)+ + ?Sized> Ambiguous<Has> for T {}
        <$type as Ambiguous<_>>::hold();
    }};
}

#[cfg(test)]
mod tests {
    use super::hides;

    #[test]
    fn what_has_no_trait_compiles() {
        assert_not!(u8: AsRef<str>);
    }

    #[test]
    #[should_panic = "HUNTER"]
    fn a_secret_is_seen_in_any_case() {
        hides(&Some("HUNTER"));
    }
}
