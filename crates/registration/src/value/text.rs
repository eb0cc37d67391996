//! What values that are texts have in common.

/// Implements `TryFrom<&str>` for a value that has `FromStr`.
macro_rules! try_from_text {
    ($type:ident) => {
        impl TryFrom<&str> for $type {
            type Error = $crate::InvalidValue;

            /// Reads a text as `FromStr` does.
            fn try_from(text: &str) -> Result<Self, $crate::InvalidValue> {
                text.parse()
            }
        }
    };
}

/// Implements what a wrapper of a `String` has besides `FromStr`. Equality, order and hash are
/// those of the text, so it can be looked up by a `&str`.
macro_rules! text_value {
    ($type:ident) => {
        $crate::value::text::try_from_text!($type);

        impl AsRef<str> for $type {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl core::borrow::Borrow<str> for $type {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl From<$type> for alloc::string::String {
            fn from(value: $type) -> Self {
                value.0
            }
        }

        /// Borrows the text, so that a [`Draft`](crate::Draft) takes the value.
        impl<'t> From<&'t $type> for alloc::borrow::Cow<'t, str> {
            fn from(value: &'t $type) -> Self {
                Self::Borrowed(&value.0)
            }
        }

        /// Gives the text away, so that a [`Draft`](crate::Draft) takes the value.
        impl From<$type> for alloc::borrow::Cow<'_, str> {
            fn from(value: $type) -> Self {
                Self::Owned(value.0)
            }
        }

        impl PartialEq<str> for $type {
            fn eq(&self, text: &str) -> bool {
                self.0 == text
            }
        }

        impl PartialEq<&str> for $type {
            fn eq(&self, text: &&str) -> bool {
                self.0 == *text
            }
        }

        impl PartialEq<$type> for str {
            fn eq(&self, value: &$type) -> bool {
                value == self
            }
        }

        impl PartialEq<$type> for &str {
            fn eq(&self, value: &$type) -> bool {
                value == self
            }
        }

        impl core::fmt::Display for $type {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.pad(&self.0)
            }
        }

        impl core::fmt::Debug for $type {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.debug_tuple(stringify!($type)).field(&self.0).finish()
            }
        }
    };
}

pub(crate) use {text_value, try_from_text};
