//! From the body of a request to the text of a response.

use cnic_command::Limits;
use cnic_command::form::Form;
use cnic_response::Code;

use crate::account::Account;
use crate::refusal::Refusal;
use crate::{domain_check, domain_list};

/// The length of a body, in bytes. 32 domains of 253 characters, each character as `%XX`, are 24 KiB.
pub(crate) const MAX_BODY: u16 = 1 << 15;

/// Answers a request: the whole of the mock server but HTTP.
///
/// Whatever the body, there is a response:
///
/// | A request | is answered with |
/// |---|---|
/// | that is no form, or has no command or a malformed one | 507, and where it goes wrong |
/// | without a login or a password | 530 |
/// | of an unknown command | 500 |
/// | with a parameter that the command does not have | 503, and its name |
/// | without a parameter that the command needs | 504, and its name |
/// | with a value that is not of its kind | 505, and the name of the parameter |
/// | for a page that [the account](Account) has trouble with | 421, or a piece of a response |
///
/// ```
/// use cnic_examples::answer;
/// use cnic_response::Response;
///
/// let body = b"s_login=account&s_pw=secret&s_command=COMMAND%3DQueryDomainList%0AFIRST%3D99998";
/// let page = Response::parse(answer(body))?;
/// assert_eq!(page.get("domain", 1), Some("d100000.example"));
/// assert_eq!(Response::parse(answer(b"100%"))?.code(), 507);
/// # Ok::<(), cnic_response::ParseError>(())
/// ```
#[must_use]
pub fn answer(body: &[u8]) -> String {
    carry_out(body).unwrap_or_else(Refusal::into_text)
}

fn carry_out(body: &[u8]) -> Result<String, Refusal> {
    let form = Form::decode_within(body, Limits::DEFAULT.bytes(MAX_BODY.into()))?;
    let command = form.command()?;
    let account = Account::authenticate(form.credentials())
        .ok_or_else(|| Refusal::new(Code::AUTHENTICATION_FAILED))?;
    let command = command
        .ok_or_else(|| Refusal::because(Code::INVALID_COMMAND_FORMAT, "no `COMMAND` parameter"))?;
    let is = |name| command.name().eq_ignore_ascii_case(name);
    if is("QueryDomainList") {
        domain_list::query(&command, account)
    } else if is("CheckDomains") {
        domain_check::check(&command)
    } else {
        Err(Refusal::new(Code::INVALID_COMMAND_NAME))
    }
}
