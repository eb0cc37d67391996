//! Commands: writing and reading, as text and as forms, beside the obvious way to do so.

use std::collections::HashMap;

use cnic_command::form::{Credentials, Form};
use cnic_command::{Command, TagFamily};
use cnic_testkit::generate;
use form_urlencoded::Serializer;

use crate::Entrant;
use crate::peers::floor;

/// The name of ours in every comparison.
pub const OURS: &str = "cnic-command";

/// The command that everything here is about: [`generate::tag_command`], as it is written and read.
#[derive(Debug)]
#[non_exhaustive]
pub struct Tags {
    /// The command.
    pub command: Command<'static>,
    /// Its text.
    pub text: String,
    /// The body of a request for it.
    pub body: String,
    credentials: Credentials<'static>,
    added: Vec<String>,
    deleted: Vec<String>,
}

impl Tags {
    /// Makes the command.
    ///
    /// # Panics
    ///
    /// If it can't be made.
    #[must_use]
    pub fn new() -> Self {
        let command = generate::tag_command().expect("valid tags");
        let credentials = Credentials::new().with_login("account").with_password("p&w");
        let (added, deleted) = (generate::tags(1), generate::tags(2));
        let text = command.encode().to_string();
        let body = credentials.wrap(&command).to_string();
        Self { command, text, body, credentials, added, deleted }
    }

    /// Returns what writes a command that is there as text.
    ///
    /// # Panics
    ///
    /// If two of them differ.
    #[must_use]
    pub fn encode(&self) -> Vec<Entrant<'_>> {
        let ours = || String::from(self.command.encode());
        let naive = || formatted(&self.command);
        assert_eq!(ours(), naive());
        vec![Entrant::new(OURS, ours), Entrant::new("format!", naive)]
    }

    /// Returns what makes a text out of two lists of tags, ours by [`Command::set_tags`].
    ///
    /// # Panics
    ///
    /// If two of them differ.
    #[must_use]
    pub fn set_tags(&self) -> Vec<Entrant<'_>> {
        self.build(|command, family, tags| {
            command.set_tags(family, tags.iter().map(String::as_str)).expect("tags");
        })
    }

    /// Returns the same, ours by [`Command::set_series`].
    ///
    /// # Panics
    ///
    /// If two of them differ.
    #[must_use]
    pub fn set_series(&self) -> Vec<Entrant<'_>> {
        self.build(|command, family, tags| {
            command.set_series(family.key(), tags.iter().map(String::as_str)).expect("tags");
        })
    }

    fn build<'t>(
        &'t self,
        set: impl Fn(&mut Command<'t>, TagFamily, &'t [String]) + 't,
    ) -> Vec<Entrant<'t>> {
        let families =
            [(TagFamily::AddDomainTag, &self.added), (TagFamily::DelDomainTag, &self.deleted)];
        let ours = move || {
            let mut command = Command::new("ModifyDomain").expect("a name");
            command.set("DOMAIN", "oak17.example").expect("a value");
            for (family, tags) in families {
                set(&mut command, family, tags);
            }
            String::from(command.encode())
        };
        let naive = move || {
            let mut text = String::from("COMMAND=ModifyDomain\nDOMAIN=oak17.example");
            for (family, tags) in families {
                for (index, tag) in tags.iter().enumerate() {
                    text.push_str(&format!("\n{}{index}={tag}", family.key()));
                }
            }
            text
        };
        assert_eq!(ours(), self.text);
        assert_eq!(naive(), self.text);
        vec![Entrant::new(OURS, ours), Entrant::new("format!", naive)]
    }

    /// Returns what reads the text.
    ///
    /// # Panics
    ///
    /// If one of them does not find the parameters.
    #[must_use]
    pub fn parse(&self) -> Vec<Entrant<'_>> {
        let ours = || Command::parse(&self.text).expect("a command");
        let naive = || split(&self.text);
        assert_eq!(ours(), self.command);
        assert_eq!(naive().len(), self.command.len() + 1);
        vec![floor::lines(&self.text), Entrant::new(OURS, ours), Entrant::new("naive", naive)]
    }

    /// Writes the body of a request.
    #[must_use]
    pub fn encode_form(&self) -> String {
        String::from(self.credentials.wrap(&self.command))
    }

    /// Returns what writes the body of a request.
    ///
    /// # Panics
    ///
    /// If two of them differ.
    #[must_use]
    pub fn form(&self) -> Vec<Entrant<'_>> {
        let ours = || self.encode_form();
        let naive = || {
            let mut form = Serializer::new(String::new());
            form.append_pair("s_login", "account").append_pair("s_pw", "p&w");
            form.append_pair("s_command", &formatted(&self.command)).finish()
        };
        assert_eq!(ours(), naive());
        vec![Entrant::new(OURS, ours), Entrant::new("format! + form_urlencoded", naive)]
    }

    /// Returns what reads the body of a request, and the command in it.
    ///
    /// # Panics
    ///
    /// If one of them does not find the parameters.
    #[must_use]
    pub fn decode(&self) -> Vec<Entrant<'_>> {
        let ours = || {
            let form = Form::decode(self.body.as_bytes()).expect("a form");
            form.command().expect("a command").map(|command| command.len())
        };
        let naive = || {
            let mut pairs = form_urlencoded::parse(self.body.as_bytes());
            let (_, text) = pairs.find(|(name, _)| name == "s_command")?;
            Some(split(&text).len())
        };
        assert_eq!(ours(), Some(self.command.len()));
        assert_eq!(naive(), Some(self.command.len() + 1));
        vec![Entrant::new(OURS, ours), Entrant::new("form_urlencoded + naive", naive)]
    }
}

impl Default for Tags {
    fn default() -> Self {
        Self::new()
    }
}

fn formatted(command: &Command<'_>) -> String {
    let mut text = format!("COMMAND={}", command.name());
    for (key, value) in command.parameters() {
        text.push_str(&format!("\n{key}={value}"));
    }
    text
}

fn split(text: &str) -> HashMap<&str, &str> {
    text.lines().filter_map(|line| line.split_once('=')).collect()
}
