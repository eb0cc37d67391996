//! `CheckDomains`: which names can be had.

use cnic_command::Command;
use cnic_response::{Code, Page, ResponseBuilder};

use crate::refusal::{Refusal, allow_only};
use crate::registry;

/// The number of domains in one command: `DOMAIN0` to `DOMAIN31` (docs/protocol.md, section 1.5).
const MAX_DOMAINS: u32 = 32;

/// Checks each domain. Its row in the response is its index in the command, so that a gap stays a gap.
pub(crate) fn check(command: &Command<'_>) -> Result<String, Refusal> {
    allow_only(command, is_domain)?;
    let domains = command.series("DOMAIN");
    let Some((last, _)) = domains.iter().next_back() else {
        return Err(Refusal::because(Code::MISSING_ATTRIBUTE, "DOMAIN0"));
    };
    let mut response = ResponseBuilder::new(Code::COMPLETED)
        .field("runtime", "0.036")
        .field("queuetime", "0")
        .column("column", ["domain", "domaincheck"]);
    for (row, name) in domains.iter() {
        if name.is_empty() {
            let key = format!("DOMAIN{row}");
            return Err(Refusal::because(Code::INVALID_ATTRIBUTE_SYNTAX, key));
        }
        let code =
            if registry::holds(name) { Code::DOMAIN_NOT_AVAILABLE } else { Code::DOMAIN_AVAILABLE };
        let status = format!("{code} {}", code.meaning().unwrap_or_default());
        response = response.cell("domain", row, name).cell("domaincheck", row, &status);
    }
    let rows = u64::from(last) + 1;
    Ok(response.page(Page::window(0, rows, MAX_DOMAINS.into(), rows)).to_text()?)
}

/// Returns whether a key is one of `DOMAIN0` to `DOMAIN31`. `DOMAIN`, `DOMAIN07` and `DOMAIN32` are not.
fn is_domain(key: &str) -> bool {
    (0..MAX_DOMAINS).any(|index| key.eq_ignore_ascii_case(&format!("DOMAIN{index}")))
}
