//! Values for fuzzing and property tests, from arbitrary bytes.

use alloc::string::String;

use arbitrary::{Arbitrary, Error, Result, Unstructured};
use cnic_text::blanks::trim;

use crate::command::Command;
use crate::tags::family::{TagFamily, TagKind};

/// Any of the six.
impl<'a> Arbitrary<'a> for TagFamily {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        u.choose(&Self::ALL).copied()
    }
}

/// Any of the two.
impl<'a> Arbitrary<'a> for TagKind {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        u.choose(&Self::ALL).copied()
    }
}

/// A command with up to eight parameters: known keys, series with gaps, tags, and keys and values
/// of any characters that they may have.
///
/// ```
/// use arbitrary::{Arbitrary, Unstructured};
/// use cnic_command::Command;
///
/// let command = Command::arbitrary(&mut Unstructured::new(b"bytes of a fuzzer"))?;
/// assert_eq!(Command::parse(&command.encode().to_string()).as_ref(), Ok(&command));
/// # Ok::<(), arbitrary::Error>(())
/// ```
impl<'a> Arbitrary<'a> for Command<'static> {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let known = u.choose(&["AddDomain", "QueryDomainList", "ModifyDomain", "StatusDomain"])?;
        let name = if u.arbitrary()? { (*known).into() } else { key(u)? };
        let mut command = Self::new(name).map_err(|_| Error::IncorrectFormat)?;
        for _ in 0..u.int_in_range(0..=8)? {
            let known = ["DOMAIN", "auth", "NameServer", TagFamily::arbitrary(u)?.key()];
            let mut key = if u.arbitrary()? { (*u.choose(&known)?).into() } else { key(u)? };
            if u.arbitrary()? {
                key.push(char::from(u.int_in_range(b'0'..=b'9')?));
            }
            if !key.eq_ignore_ascii_case("COMMAND") {
                command.set(key, value(u)?).map_err(|_| Error::IncorrectFormat)?;
            }
        }
        Ok(command)
    }
}

/// Returns a text of up to twelve letters, digits, `-` and `_`.
fn key(u: &mut Unstructured<'_>) -> Result<String> {
    const LEGAL: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let length = u.int_in_range(1..=12)?;
    (0..length).map(|_| u.choose(LEGAL).map(|&byte| char::from(byte))).collect()
}

/// Returns a text that can be the value of a parameter.
fn value(u: &mut Unstructured<'_>) -> Result<String> {
    let line: String = u.arbitrary::<&str>()?.chars().filter(|c| !c.is_control()).collect();
    Ok(trim(&line).into())
}
