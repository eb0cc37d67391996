//! The kinds of errors, notes and the like.

/// Writes an enum of kinds: each variant has its documentation and its message.
///
/// The message is a format string that may name the fields of the variant. A message that needs
/// more is code: `=> |f| write_key(f, *character)`.
///
/// ```
/// cnic_text::kinds! {
///     /// What can be wrong.
///     #[derive(Clone, Copy, Debug, PartialEq, Eq)]
///     #[non_exhaustive]
///     pub enum ErrorKind {
///         /// There is no text.
///         Empty = "empty text",
///         /// A row is given twice.
///         DuplicateRow {
///             /// The number of the row.
///             row: u32,
///         } = "row {row} given twice",
///     }
/// }
///
/// let kind = ErrorKind::DuplicateRow { row: 7 };
/// assert_eq!((kind.name(), kind.to_string()), ("DuplicateRow", "row 7 given twice".to_owned()));
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! kinds {
    (
        $(#[$about:meta])*
        $vis:vis enum $Kind:ident {
            $(
                $(#[$doc:meta])*
                $Name:ident
                $({ $($(#[$field_doc:meta])* $field:ident: $field_type:ty,)+ })?
                $(($($data:ident: $data_type:ty),+))?
                $(= $text:literal)?
                $(=> |$f:ident| $body:expr)?,
            )+
        }
    ) => {
        $(#[$about])*
        $vis enum $Kind {
            $(
                $(#[$doc])*
                $Name $({ $($(#[$field_doc])* $field: $field_type,)+ })? $(($($data_type),+))?,
            )+
        }

        impl $Kind {
            /// Returns the name of the kind, as it is spelled here. Details are not part of it.
            #[must_use]
            $vis const fn name(self) -> &'static str {
                match self {
                    $(Self::$Name { .. } => stringify!($Name),)+
                }
            }
        }

        impl ::core::fmt::Display for $Kind {
            #[allow(unused_variables, reason = "not each message tells all details")]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                match self {
                    $(
                        Self::$Name $({ $($field,)+ })? $(($($data),+))? => {
                            $(::core::write!(f, $text))?
                            $({
                                let $f = f;
                                $body
                            })?
                        }
                    )+
                }
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use alloc::format;

    crate::kinds! {
        /// Kinds of all shapes.
        #[derive(Clone, Copy)]
        enum Shape {
            /// No detail.
            Plain = "plain",
            /// Details with names.
            Named {
                /// A line.
                line: u32,
                /// No part of the message.
                byte: u32,
            } = "in line {line}",
            /// Details without names.
            Tuple(first: u8, second: u8) = "{second} after {first}",
            /// A message by code.
            Code(found: Option<char>) => |f| match found {
                Some(found) => write!(f, "found {found}"),
                None => f.write_str("nothing found"),
            },
        }
    }

    #[test]
    fn a_kind_has_a_name_and_a_message() {
        for (kind, name, message) in [
            (Shape::Plain, "Plain", "plain"),
            (Shape::Named { line: 7, byte: 1 }, "Named", "in line 7"),
            (Shape::Tuple(1, 2), "Tuple", "2 after 1"),
            (Shape::Code(Some('x')), "Code", "found x"),
            (Shape::Code(None), "Code", "nothing found"),
        ] {
            assert_eq!((kind.name(), &*format!("{kind}")), (name, message));
        }
    }
}
