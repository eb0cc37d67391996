//! The API without HTTP: from a request to what is sent back.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use cnic_command::form::Form;
use cnic_command::{Command, Credentials, Limits};
use cnic_response::{Code, ResponseBuilder};

use crate::account::Accounts;
use crate::answer;
use crate::answer::keys::allow_only;
use crate::clock::Clock;
use crate::dialect::Dialect;
use crate::http::outgoing::Outgoing;
use crate::http::request::Request;
use crate::outcome::Rejection;
use crate::received::{Log, Received};
use crate::script::Script;
use crate::script::answer::Answer;
use crate::session::{self, Caller, Sessions};
use crate::toolkit;

/// The paths of the key/value API.
const CALLS: [&str; 2] = ["/api/call.cgi", "/api/call"];

/// Everything that a server knows. The thread of the server and the test share it.
#[derive(Debug)]
pub(crate) struct Api {
    pub(crate) accounts: Accounts,
    pub(crate) clock: Clock,
    pub(crate) log: Log,
    pub(crate) script: Script,
    pub(crate) sessions: Sessions,
}

impl Api {
    /// Locks the API. A panic of another thread, in a function of a test, does not spoil it.
    pub(crate) fn lock(api: &Mutex<Self>) -> MutexGuard<'_, Self> {
        api.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Answers a request, whatever it holds, and logs it.
    pub(crate) fn handle(&mut self, request: &Request) -> Outgoing {
        self.script.refresh();
        let is_form = matches!(request.method.as_str(), "GET" | "POST");
        let mut received = Received::new(request);
        let outgoing = if CALLS.contains(&request.path.as_str()) && is_form {
            self.call(request, &mut received)
        } else if request.path == toolkit::REGISTER && request.method == "POST" {
            self.register(request, &mut received)
        } else if CALLS.contains(&request.path.as_str()) || request.path == toolkit::REGISTER {
            Outgoing::new(405, "this address takes forms\n")
        } else {
            Outgoing::new(404, "the API is at /api/call.cgi\n")
        };
        received.answered(&outgoing);
        self.log.push(received);
        outgoing
    }

    fn call(&mut self, request: &Request, received: &mut Received) -> Outgoing {
        let limit = u32::try_from(request.form.len()).unwrap_or(u32::MAX);
        let form = Form::decode_within(&request.form, Limits::DEFAULT.bytes(limit.max(1)));
        let parts = form.and_then(|form| {
            received.is_wrapped = form.is_wrapped();
            let credentials = form.credentials().clone();
            let (login, role) = session::split(&self.accounts, &credentials);
            received.sent_by(login, role);
            let (_, command) = form.into_parts()?;
            Ok((credentials, command.map(Command::into_owned)))
        });
        let (credentials, command) = match parts {
            Ok(parts) => parts,
            Err(error) => return self.written(Err(error.into()), Dialect::Cnr, received),
        };
        let dialect = Dialect::of(&credentials);
        if received.login.is_none() {
            let (login, role) = self.sessions.opened_by(&credentials).unzip();
            received.sent_by(login, role.flatten());
        }
        received.command = command;
        let command = received.command.as_ref();
        let scripted = command.and_then(|command| self.script.find(command, received.login()));
        let Some(case) = scripted else {
            let response = self.carry_out(&credentials, command);
            return self.written(response, dialect, received);
        };
        let mut outgoing = match case.answer {
            Some(answer) => answered(answer, received),
            None => {
                let response = self.carry_out(&credentials, command);
                self.written(response, dialect, received)
            }
        };
        outgoing.delay = case.delay;
        outgoing.cut = case.cut;
        outgoing.status = case.status.unwrap_or(outgoing.status);
        outgoing
    }

    /// Carries out a command for whoever sends it. Without a command it opens a session.
    fn carry_out(
        &mut self,
        credentials: &Credentials<'_>,
        command: Option<&Command<'_>>,
    ) -> Result<ResponseBuilder, Rejection> {
        let now = self.clock.now();
        let caller = self.sessions.authenticate(&self.accounts, credentials, now)?;
        self.accounts.count_command(&caller.login, now)?;
        let Some(command) = command else {
            if credentials.is_persistent() {
                return self.sessions.open(&caller, now, false);
            }
            return Err(Rejection::because(Code::INVALID_COMMAND_FORMAT, "no `COMMAND` parameter"));
        };
        let is = |name: &str| command.name().eq_ignore_ascii_case(name);
        if is("StartSession") {
            allow_only(command, |key| key.eq_ignore_ascii_case("PERSISTENT"))?;
            self.sessions.open(&caller, now, true)
        } else if is("StopSession") || is("EndSession") {
            allow_only(command, |_| false)?;
            self.sessions.close(&caller)
        } else {
            let login = self.on_behalf(&caller, command)?;
            answer::answer(command, &mut self.accounts, &login, now)
        }
    }

    /// Returns the account that a command is for: the caller's, or one below it.
    fn on_behalf(&self, caller: &Caller, command: &Command<'_>) -> Result<Arc<str>, Rejection> {
        let user = command.get("SUBUSER").or(caller.user.as_deref());
        let Some(user) = user.filter(|user| !user.is_empty() && **user != *caller.login) else {
            return Ok(Arc::clone(&caller.login));
        };
        let login = self.accounts.below(&caller.login).find(|login| ***login == *user);
        login.cloned().ok_or_else(|| Rejection::new(Code::AUTHORIZATION_FAILED))
    }

    fn register(&mut self, request: &Request, received: &mut Received) -> Outgoing {
        let receipt = toolkit::register(&request.form, &mut self.accounts, self.clock.now());
        received.login = receipt.user;
        Outgoing::new(200, receipt.text)
    }

    /// Writes a response, with the transaction of the client and that of the server for a command
    /// that has one (docs/protocol.md, section 1.9). What no response can hold is a failure of the
    /// command.
    fn written(
        &self,
        response: Result<ResponseBuilder, Rejection>,
        dialect: Dialect,
        received: &mut Received,
    ) -> Outgoing {
        let mut answer =
            response.map_err(Rejection::into_builder).unwrap_or_else(|builder| builder);
        if let Some(id) = received.command.as_ref().and_then(|command| command.get("CLTRID")) {
            let own = format!("mock-{}", self.log.count + 1);
            answer = answer.cell("CLTRID", 0, id).cell("SVTRID", 0, &own);
        }
        let answer = Answer::from(answer);
        received.code = answer.code();
        Outgoing::new(200, dialect.write(answer.into_bytes()))
    }
}

fn answered(answer: Answer, received: &mut Received) -> Outgoing {
    received.code = answer.code();
    Outgoing::new(200, answer.into_bytes())
}
