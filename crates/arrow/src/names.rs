//! Names of columns: which are the same.

/// Returns whether two names are the same if ASCII case, blanks and `_` are ignored:
/// `expirationdate` is `EXPIRATION DATE`.
pub(crate) fn eq_ignoring_separators(a: &str, b: &str) -> bool {
    significant(a).eq(significant(b))
}

fn significant(name: &str) -> impl Iterator<Item = u8> {
    let bytes = name.bytes().filter(|byte| !matches!(byte, b' ' | b'\t' | b'_'));
    bytes.map(|byte| byte.to_ascii_lowercase())
}
