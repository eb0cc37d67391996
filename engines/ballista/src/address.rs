//! Where a process of the cluster is reached.

use std::error::Error;
use std::fmt;
use std::str::FromStr;

/// A host and a port, written `HOST:PORT`.
///
/// An IPv6 address stands in brackets.
///
/// ```
/// use cnic_ballista::Address;
///
/// let address: Address = "127.0.0.1:50050".parse()?;
/// assert_eq!(address.host(), "127.0.0.1");
/// assert_eq!(address.port(), 50050);
/// assert!("127.0.0.1".parse::<Address>().is_err());
/// # Ok::<(), cnic_ballista::InvalidAddress>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    host: String,
    port: u16,
}

impl Address {
    /// Creates an address. The host is a name or an IPv4 address, or an IPv6 address in brackets.
    pub fn new(host: impl Into<String>, port: u16) -> Self {
        Self { host: host.into(), port }
    }

    /// Returns the host.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Returns the port.
    pub fn port(&self) -> u16 {
        self.port
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.host, self.port)
    }
}

impl FromStr for Address {
    type Err = InvalidAddress;

    fn from_str(text: &str) -> Result<Self, InvalidAddress> {
        let (host, port) = text.rsplit_once(':').ok_or(InvalidAddress)?;
        let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
        let plain = |host: &str| {
            !host.is_empty()
                && host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'))
        };
        let valid = match bare {
            Some(bare) => bare.parse::<std::net::Ipv6Addr>().is_ok(),
            None => plain(host),
        };
        match port.parse() {
            Ok(port) if valid => Ok(Self::new(host, port)),
            _ => Err(InvalidAddress),
        }
    }
}

/// A text that is not `HOST:PORT`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct InvalidAddress;

impl fmt::Display for InvalidAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected HOST:PORT")
    }
}

impl Error for InvalidAddress {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_host_and_a_port() {
        for text in ["127.0.0.1:1", "localhost:65535", "[::1]:50050", "node-1.example.com:80"] {
            assert_eq!(text.parse::<Address>().unwrap().to_string(), text);
        }
        for text in ["", ":", ":1", "host", "host:", "host:65536", "::1", "[::1]", "a b:1", "u@h:1"]
        {
            assert_eq!(text.parse::<Address>(), Err(InvalidAddress), "{text}");
        }
    }
}
