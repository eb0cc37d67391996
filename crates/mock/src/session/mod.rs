//! Who sends a command: by password, or in a session.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use cnic_command::Credentials;
use cnic_response::{Code, ResponseBuilder};

use crate::account::Accounts;
use crate::clock;
use crate::outcome::{Rejection, completed};

/// The sessions of one account at one time.
const MOST: usize = 100;

/// The sessions of all accounts. An id says nothing about the account and counts from 1, so that two
/// runs of a test see the same ones.
#[derive(Debug)]
pub(crate) struct Sessions {
    open: BTreeMap<String, Session>,
    opened: u64,
    /// The seconds that a session lasts after its last command.
    lifetime: i64,
}

#[derive(Debug)]
struct Session {
    login: Arc<str>,
    role: Option<String>,
    expires: i64,
}

/// Who sends a command.
#[derive(Debug)]
pub(crate) struct Caller {
    pub(crate) login: Arc<str>,
    role: Option<String>,
    session: Option<String>,
    /// The account below the login that the form names: `s_user`.
    pub(crate) user: Option<String>,
}

impl Sessions {
    pub(crate) fn new(lifetime: Duration) -> Self {
        let lifetime = i64::try_from(lifetime.as_secs()).unwrap_or(i64::MAX);
        Self { open: BTreeMap::new(), opened: 0, lifetime }
    }

    /// Finds out who sends a form: an account and its password, a role user and its own, or an open
    /// session. A login beside a session has to be the one that opened it.
    pub(crate) fn authenticate(
        &mut self,
        accounts: &Accounts,
        credentials: &Credentials<'_>,
        now: i64,
    ) -> Result<Caller, Rejection> {
        let failed = || Rejection::new(Code::AUTHENTICATION_FAILED);
        let (login, role) = split(accounts, credentials);
        let session = id(credentials);
        let (login, role) = match session {
            Some(id) => {
                let expires = now.saturating_add(self.lifetime);
                let session = self.open.get_mut(id).filter(|it| it.expires > now);
                let session = session.ok_or_else(failed)?;
                if login.is_some_and(|login| {
                    *login != *session.login || role != session.role.as_deref()
                }) {
                    return Err(failed());
                }
                session.expires = expires;
                (Arc::clone(&session.login), session.role.clone())
            }
            None => {
                let password = credentials.password().unwrap_or_default();
                let login = login.ok_or_else(failed)?;
                let login = accounts.authenticate(login, role, password).ok_or_else(failed)?;
                (login, role.map(str::to_owned))
            }
        };
        let user = other(credentials, "s_user").map(str::to_owned);
        Ok(Caller { login, role, session: session.map(str::to_owned), user })
    }

    /// Returns the account and the role of the session that a form names, if there is one.
    pub(crate) fn opened_by(&self, credentials: &Credentials<'_>) -> Option<(&str, Option<&str>)> {
        let session = self.open.get(id(credentials)?)?;
        Some((&*session.login, session.role.as_deref()))
    }

    /// Opens a session. `StartSession` also tells its id in the column of the HX dialect.
    pub(crate) fn open(
        &mut self,
        caller: &Caller,
        now: i64,
        in_both_dialects: bool,
    ) -> Result<ResponseBuilder, Rejection> {
        self.open.retain(|_, session| session.expires > now);
        let same = self.open.values().filter(|session| session.login == caller.login);
        if same.count() >= MOST {
            return Err(Rejection::new(Code::TOO_MANY_SESSIONS));
        }
        self.opened += 1;
        let id = format!("{:032x}", self.opened);
        let expires = now.saturating_add(self.lifetime);
        let session =
            Session { login: Arc::clone(&caller.login), role: caller.role.clone(), expires };
        self.open.insert(id.clone(), session);
        let response = completed().cell("expiration date", 0, &clock::written(expires));
        let response = if in_both_dialects { response.cell("session", 0, &id) } else { response };
        Ok(response.cell("sessionid", 0, &id))
    }

    /// Closes the session that a command came in. Without one there is none to close.
    pub(crate) fn close(&mut self, caller: &Caller) -> Result<ResponseBuilder, Rejection> {
        let id = caller.session.as_deref();
        let closed = id.and_then(|id| self.open.remove(id));
        closed.ok_or_else(|| Rejection::new(Code::AUTHENTICATION_FAILED))?;
        Ok(completed())
    }

    /// Closes all sessions, as a server does that starts anew.
    pub(crate) fn close_all(&mut self) {
        self.open.clear();
    }
}

/// Returns the session that a form names, in either dialect.
fn id<'c>(credentials: &'c Credentials<'_>) -> Option<&'c str> {
    let id = credentials.session_id().or_else(|| other(credentials, "s_session"));
    id.filter(|id| !id.is_empty())
}

/// Returns the value of a field that only some clients send.
fn other<'c>(credentials: &'c Credentials<'_>, name: &str) -> Option<&'c str> {
    let mut others = credentials.others();
    others.find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

/// Returns the login and the role: `account:clerk`, or `account!clerk` if no account is called so.
pub(crate) fn split<'c>(
    accounts: &Accounts,
    credentials: &'c Credentials<'_>,
) -> (Option<&'c str>, Option<&'c str>) {
    let login = credentials.login().filter(|login| !login.is_empty());
    if credentials.role().is_some() {
        return (login, credentials.role());
    }
    match login.and_then(|login| login.split_once('!')) {
        Some((account, role)) if !accounts.contains(login.unwrap_or_default()) => {
            (Some(account), Some(role))
        }
        _ => (login, None),
    }
}
