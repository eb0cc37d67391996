//! What is sent, and the receipts that come back.

use cnic_command::{BuildError, Command, TagFamily};

use super::cell::{mix, tree};
use super::put;

/// Returns 4,096 tags, as many as a family holds, about ten bytes each: `team-oak-17`.
#[must_use]
pub fn tags(seed: u64) -> Vec<String> {
    let numbers = (0..TagFamily::CAPACITY).map(|number| mix(seed ^ mix(number as u64)));
    numbers.map(|n| format!("tag-{}-{}", tree(n), (n >> 8) % 10)).collect()
}

/// Returns a ModifyDomain with all the tags it can have: 4,096 to add and 4,096 to delete, 8,194 parameters with `COMMAND` and
/// `DOMAIN`, about 230 kB of text.
///
/// # Errors
///
/// None: the tags are valid.
pub fn tag_command() -> Result<Command<'static>, BuildError> {
    let mut command = Command::new("ModifyDomain")?.with("DOMAIN", "oak17.example")?;
    command.set_tags(TagFamily::AddDomainTag, tags(1))?;
    command.set_tags(TagFamily::DelDomainTag, tags(2))?;
    Ok(command)
}

/// Returns 4,096 labels of 3 to 64 bytes, about one in sixteen of them broken: a hyphen at an edge or in third and fourth place,
/// an illegal byte, too short or too long.
#[must_use]
pub fn labels() -> Vec<String> {
    (0..4_096).map(label).collect()
}

fn label(number: u64) -> String {
    let random = mix(number);
    let (first, second) = (tree(random), tree(random >> 8));
    match (random >> 16) % 64 {
        0 => format!("-{first}"),
        1 => format!("{first}-"),
        2 => format!("xn--{first}"),
        3 => format!("{first}_{second}"),
        4 => "a".repeat(65),
        5..=20 => format!("{first}-{second}-{number}"),
        21..=36 => format!("{first}{number}"),
        37..=39 => format!("{first:z<64}"),
        _ => format!("{first}-{second}"),
    }
}

/// Returns 4,096 values of `dns[]`: by turns a host alone, with an IPv4 address, with an IPv6 address, and with both.
///
/// The addresses are those for documentation (RFC 5737, RFC 3849), half of the IPv6 ones compressed.
#[must_use]
pub fn name_servers() -> Vec<String> {
    (0..4_096).map(name_server).collect()
}

fn name_server(number: u64) -> String {
    let random = mix(number);
    let mut text = format!("ns{}.{}{number}.example", random % 9, tree(random >> 8));
    if number % 2 == 1 {
        put(&mut text, format_args!("::192.0.2.{}", random >> 16 & 0xff));
    }
    if number % 4 >= 2 {
        let (high, low) = (random >> 32 & 0xffff, random >> 48);
        if number % 8 >= 4 {
            put(&mut text, format_args!("::2001:db8::{high:x}:{low:x}"));
        } else {
            put(&mut text, format_args!("::2001:db8:{low:x}:{high:x}:a:b:{high:x}:{low:x}"));
        }
    }
    text
}

/// Returns the body of a form that registers a domain: every parameter, and 13 name servers with all four kinds of addresses.
#[must_use]
pub fn registration() -> String {
    let mut body = String::from(
        "test=1&user=H12345&password=p%26w&domain=willow-oak-482&suffix=uk.com&chandle=H1001&ahandle=H1002&thandle=H1003&bhandle=H1004&period=2",
    );
    for server in (0..13).map(name_server) {
        put(&mut body, format_args!("&dns%5B%5D={}", server.replace(':', "%3A")));
    }
    body
}

/// Returns 64 receipts of registrations, three successes to each refusal.
#[must_use]
pub fn receipts() -> Vec<String> {
    (0..64).map(receipt).collect()
}

fn receipt(number: u64) -> String {
    let random = mix(number);
    let mut text = format!("Transaction-ID: {random:016x}{:016x}\n", mix(random));
    if number % 4 == 3 {
        return text + "Status: 1\nMessage: Domain is not available\n";
    }
    put(
        &mut text,
        format_args!(
            "Status: 0\nMessage: Registration successfully completed\ndomain: {}{number}\nsuffix: uk.com\n",
            tree(random),
        ),
    );
    for key in ["chandle", "ahandle", "thandle", "bhandle", "registrar"] {
        put(&mut text, format_args!("{key}: H{}\n", random % 100_000));
    }
    put(&mut text, format_args!("amount: {}.{:02}\n", random % 200, random % 100));
    text
}
