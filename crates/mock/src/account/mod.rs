//! Accounts, each with a state of its own.

pub(crate) mod domain;
pub(crate) mod ledger;
pub(crate) mod portfolio;
pub(crate) mod zone;

use std::collections::BTreeMap;
use std::sync::Arc;

use cnic_response::Code;

use crate::account::domain::{Domain, samples};
use crate::account::ledger::{Entry, Ledger, PRICE};
use crate::account::portfolio::Portfolio;
use crate::account::zone::Zone;
use crate::outcome::Rejection;

/// An account of a server: a login, and what belongs to it.
///
/// No account sees the domains of another, so that tests which run at the same time do not disturb
/// each other.
///
/// ```
/// use cnic_mock::{Account, MockServer};
///
/// let account = Account::new("shop", "not-a-secret").role("clerk", "neither").sample_domains(20);
/// let server = MockServer::builder().account(account).start()?;
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct Account {
    login: String,
    password: Secret,
    roles: Vec<(String, Secret)>,
    parent: Option<String>,
    domains: Vec<Domain>,
    samples: u32,
    zones: Vec<Zone>,
    balance: i64,
    commands_a_minute: Option<u32>,
}

impl Account {
    /// Creates an account without domains. It can register in `com`, `net`, `org`, `example`,
    /// `test`, `uk.com` and `de.com`, and has 1,000,000.00 to spend.
    pub fn new(login: impl Into<String>, password: impl Into<String>) -> Self {
        Self {
            login: login.into(),
            password: Secret(password.into()),
            roles: Vec::new(),
            parent: None,
            domains: Vec::new(),
            samples: 0,
            zones: Vec::new(),
            balance: 100_000_000,
            commands_a_minute: None,
        }
    }

    /// Adds a role user, who logs in as `login:role` or `login!role` with a password of his own.
    ///
    /// ```
    /// use cnic_mock::response::Response;
    /// use cnic_mock::{Account, MockServer};
    ///
    /// let account = Account::new("shop", "not-a-secret").role("clerk", "neither");
    /// let server = MockServer::builder().account(account).start()?;
    /// for login in ["shop:clerk", "shop!clerk"] {
    ///     let body = format!("s_login={login}&s_pw=neither&command=StatusAccount");
    ///     assert!(Response::parse(server.answer(body.as_bytes()))?.is_success());
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn role(mut self, name: impl Into<String>, password: impl Into<String>) -> Self {
        self.roles.push((name.into(), Secret(password.into())));
        self
    }

    /// Makes this a sub-account of another one, which may act for it with `SUBUSER`, and sees its
    /// domains with `USERDEPTH`.
    ///
    /// ```
    /// use cnic_mock::{Account, MockServer};
    ///
    /// let server = MockServer::builder()
    ///     .account(Account::new("shop", "not-a-secret"))
    ///     .account(Account::new("branch", "neither").parent("shop").sample_domains(3))
    ///     .start()?;
    /// let list = server.answer(b"s_login=shop&s_pw=not-a-secret&command=QueryDomainList&userdepth=all");
    /// assert!(list.contains("property[domain][2] = d000003.example"));
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn parent(self, login: impl Into<String>) -> Self {
        Self { parent: Some(login.into()), ..self }
    }

    /// Adds a domain.
    pub fn domain(mut self, domain: Domain) -> Self {
        self.domains.push(domain);
        self
    }

    /// Adds made-up domains: `d000001.example`, `d000002.example`, ..
    ///
    /// They are made at the first command that needs them. Every third has the tag `customer-a`,
    /// every fifth the tag `parked`.
    ///
    /// ```
    /// # use cnic_mock::{Account, MockServer};
    /// let account = Account::new("shop", "not-a-secret").sample_domains(15);
    /// let server = MockServer::builder().account(account).start()?;
    /// let body = b"s_login=shop&s_pw=not-a-secret&command=QueryDomainList&domaintag0=parked";
    /// assert!(server.answer(body).contains("property[domain][0] = d000005.example"));
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn sample_domains(self, count: u32) -> Self {
        Self { samples: count, ..self }
    }

    /// Adds a zone. The first one replaces those that an account has without this.
    pub fn zone(mut self, zone: Zone) -> Self {
        self.zones.push(zone);
        self
    }

    /// Sets how many years of domains the account can pay for, at 10.00 each.
    ///
    /// ```
    /// # use cnic_mock::{Account, MockServer};
    /// let account = Account::new("shop", "not-a-secret").credit_for(1);
    /// let server = MockServer::builder().account(account).start()?;
    /// let body = b"s_login=shop&s_pw=not-a-secret&command=AddDomain&domain=a.test&period=2";
    /// assert!(server.answer(body).contains("code = 546"));
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn credit_for(self, years: u32) -> Self {
        Self { balance: i64::from(years) * PRICE, ..self }
    }

    /// Sets how many commands the account may send in a minute. Then each is rejected with the code
    /// 422, until the test [moves the clock](crate::MockServer::advance). There is no limit without
    /// this.
    ///
    /// ```
    /// # use cnic_mock::{Account, MockServer};
    /// let account = Account::new("shop", "not-a-secret").commands_a_minute(1);
    /// let server = MockServer::builder().account(account).start()?;
    /// let body = b"s_login=shop&s_pw=not-a-secret&command=StatusAccount";
    /// assert!(server.answer(body).contains("code = 200"));
    /// assert!(server.answer(body).contains("code = 422"));
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn commands_a_minute(self, commands: u32) -> Self {
        Self { commands_a_minute: Some(commands), ..self }
    }
}

/// A password, which `Debug` does not show.
#[derive(Clone)]
struct Secret(String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("***")
    }
}

/// What commands read and change.
#[derive(Clone, Debug)]
pub(crate) struct State {
    pub(crate) portfolio: Portfolio,
    pub(crate) ledger: Ledger,
    pub(crate) zones: Vec<Zone>,
}

#[derive(Debug)]
struct Open {
    account: Account,
    /// `None` until the first command that needs it.
    state: Option<State>,
    /// The minute of the clock in which commands are counted, and their number.
    minute: i64,
    commands: u32,
}

/// The accounts of a server.
#[derive(Debug)]
pub(crate) struct Accounts {
    all: BTreeMap<Arc<str>, Open>,
}

impl Accounts {
    /// Of two accounts with one login the later one stays.
    pub(crate) fn new(accounts: Vec<Account>) -> Self {
        let open = |account: Account| {
            let login = Arc::from(account.login.as_str());
            (login, Open { account, state: None, minute: i64::MIN, commands: 0 })
        };
        Self { all: accounts.into_iter().map(open).collect() }
    }

    pub(crate) fn contains(&self, login: &str) -> bool {
        self.all.contains_key(login)
    }

    /// Returns the login if the password is the one of the account, or of its role user.
    pub(crate) fn authenticate(
        &self,
        login: &str,
        role: Option<&str>,
        password: &str,
    ) -> Option<Arc<str>> {
        let (login, Open { account, .. }) = self.all.get_key_value(login)?;
        let expected = match role {
            None => Some(&account.password),
            Some(role) => account.roles.iter().find(|(name, _)| name == role).map(|(_, it)| it),
        };
        expected.filter(|it| it.0 == password).map(|_| Arc::clone(login))
    }

    /// Returns the accounts directly below one.
    pub(crate) fn below(&self, login: &str) -> impl Iterator<Item = &Arc<str>> {
        let is_below = move |open: &Open| open.account.parent.as_deref() == Some(login);
        self.all.iter().filter(move |(_, open)| is_below(open)).map(|(login, _)| login)
    }

    /// Counts a command against what the account may send in a minute.
    pub(crate) fn count_command(&mut self, login: &str, now: i64) -> Result<(), Rejection> {
        let Some(open) = self.all.get_mut(login) else { return Ok(()) };
        let Some(most) = open.account.commands_a_minute else { return Ok(()) };
        let minute = now.div_euclid(60);
        if open.minute != minute {
            (open.minute, open.commands) = (minute, 0);
        }
        open.commands = open.commands.saturating_add(1);
        if open.commands > most { Err(Rejection::new(Code::ACCOUNT_LOCKED)) } else { Ok(()) }
    }

    /// Returns the state of an account, which is made if this is the first that is asked of it.
    pub(crate) fn state(&mut self, login: &str) -> Option<&mut State> {
        let Open { account, state, .. } = self.all.get_mut(login)?;
        Some(state.get_or_insert_with(|| State::of(account)))
    }

    /// Returns the state of an account whose state was made before.
    pub(crate) fn made(&self, login: &str) -> Option<&State> {
        self.all.get(login)?.state.as_ref()
    }
}

impl State {
    fn of(account: &Account) -> Self {
        let domains = samples(account.samples).chain(account.domains.iter().cloned());
        let portfolio = Portfolio::new(domains.collect());
        // An account has a history: what some of its domains cost.
        let charged = portfolio.as_slice().iter().step_by(50);
        let entry = |domain: &Domain| Entry {
            date: domain.created,
            kind: "ADD",
            domain: domain.name.clone(),
            amount: PRICE,
        };
        let mut entries: Vec<_> = charged.map(entry).collect();
        entries.sort_by_key(|entry| entry.date);
        let ledger = Ledger { entries, balance: account.balance };
        let zones = if account.zones.is_empty() { Zone::defaults() } else { account.zones.clone() };
        Self { portfolio, ledger, zones }
    }

    /// Returns the zone that a domain is registered in: the longest that fits.
    pub(crate) fn zone_of(&self, domain: &str) -> Option<&Zone> {
        let zones = self.zones.iter().filter(|zone| zone.label(domain).is_some());
        zones.max_by_key(|zone| zone.name.len())
    }
}
