//! The tag rules: which tags a command allows (`docs/sources.md`, seed 004).

use core::fmt;

use cnic_text::digits::parse_index;
use cnic_text::{Position, Sink, kinds};

use crate::command::Command;
use crate::parameters::key::strip_family;
use crate::tags::family::TagFamily;
use TagFamily::{AddDomainTag, AddZoneTag, DelDomainTag, DelZoneTag, DomainTag, ZoneTag};

/// The commands with rules, and the tags that they allow.
const RULES: [(&str, &[TagFamily]); 15] = [
    ("AddDomain", &[DomainTag, AddDomainTag]),
    ("AddRegistrar", &[ZoneTag]),
    (CHECK_DOMAINS, &[ZoneTag]),
    ("ModifyDomain", &[DomainTag, AddDomainTag, DelDomainTag]),
    ("ModifyRegistrar", &[AddZoneTag, DelZoneTag]),
    ("QueryAccountingList", &[DomainTag, ZoneTag]),
    ("QueryDomainExpireList", &[DomainTag, ZoneTag]),
    ("QueryDomainHistoryList", &[DomainTag, ZoneTag]),
    ("QueryDomainList", &[DomainTag, ZoneTag]),
    ("QueryDomainListByContact", &[DomainTag, ZoneTag]),
    ("QueryDomainRenewList", &[DomainTag, ZoneTag]),
    ("QueryRegisteredPremiumDomainList", &[DomainTag, ZoneTag]),
    ("QueryTrusteeDomainList", &[DomainTag, ZoneTag]),
    ("QueryUpcomingAccountingList", &[DomainTag, ZoneTag]),
    ("TransferDomain", &[]),
];

/// The one command whose tag has no index.
const CHECK_DOMAINS: &str = "CheckDomains";

impl Command<'_> {
    /// Checks the tag parameters against the rules for this command, and reports each violation to
    /// a [`Sink`].
    ///
    /// ```
    /// # use cnic_command::{Command, Violation};
    /// let text = "COMMAND=TransferDomain\nDOMAIN=example.com\nDomainTag0=red";
    /// let mut violations: Vec<Violation> = Vec::new();
    /// Command::parse(text)?.check(&mut violations);
    /// assert_eq!(violations[0].to_string(), "`DomainTag` is not allowed in this command (line 3, byte 42)");
    /// # Ok::<(), cnic_command::ParseError>(())
    /// ```
    ///
    /// Commands without rules are not checked.
    ///
    /// | Commands | Tags |
    /// |---|---|
    /// | the nine queries: QueryAccountingList, QueryDomainExpireList, QueryDomainHistoryList, QueryDomainList, QueryDomainListByContact, QueryDomainRenewList, QueryRegisteredPremiumDomainList, QueryTrusteeDomainList, QueryUpcomingAccountingList | DomainTag, ZoneTag |
    /// | AddDomain | DomainTag or AddDomainTag |
    /// | ModifyDomain | DomainTag, or AddDomainTag and DelDomainTag |
    /// | AddRegistrar | ZoneTag |
    /// | ModifyRegistrar | AddZoneTag, DelZoneTag |
    /// | CheckDomains | ZoneTag, without an index |
    /// | TransferDomain | none |
    pub fn check(&self, sink: &mut impl Sink<Violation>) {
        let Some(&(name, allowed)) =
            RULES.iter().find(|(name, _)| name.eq_ignore_ascii_case(self.name()))
        else {
            return;
        };
        // The first allowed tag, and whether a mix of families was reported already.
        let mut first: Option<TagFamily> = None;
        let mut mixed = false;
        for (key, parameter) in self.parameters.iter() {
            let Some((family, index)) = tag(key) else { continue };
            let mut report = |kind| sink.report(Violation { kind, position: parameter.position });
            if !allowed.contains(&family) {
                report(ViolationKind::NotTaken(family));
                continue;
            }
            if name == CHECK_DOMAINS {
                if !index.is_empty() {
                    report(ViolationKind::UnexpectedIndex(family));
                }
            } else if let Some(kind) = index_violation(family, index) {
                report(kind);
            }
            let first = *first.get_or_insert(family);
            let differs = |a: TagFamily, b: TagFamily| {
                a == DomainTag && matches!(b, AddDomainTag | DelDomainTag)
            };
            if !mixed && (differs(family, first) || differs(first, family)) {
                mixed = true;
                report(ViolationKind::Mixed(family, first));
            }
        }
    }
}

/// Splits a key into a tag family and the digits after it.
fn tag(key: &str) -> Option<(TagFamily, &str)> {
    let member = |family: TagFamily| Some((family, strip_family(key, family.key())?));
    let (family, index) = TagFamily::ALL.into_iter().find_map(member)?;
    index.bytes().all(|byte| byte.is_ascii_digit()).then_some((family, index))
}

fn index_violation(family: TagFamily, index: &str) -> Option<ViolationKind> {
    if index.is_empty() {
        return Some(ViolationKind::MissingIndex(family));
    }
    if index.len() > 1 && index.starts_with('0') {
        return Some(ViolationKind::LeadingZeros(family));
    }
    let in_range = parse_index(index).is_some_and(|index| index <= TagFamily::MAX_INDEX);
    (!in_range).then_some(ViolationKind::IndexTooLarge(family))
}

/// A broken tag rule: which one, and the line of the parameter.
///
/// `Display` writes the rule, and the position if the command was parsed:
/// `` `DomainTag` has no index (line 2, byte 17)``.
///
/// ```
/// use cnic_command::{Command, Violation};
/// use std::error::Error;
///
/// /// Returns the first violation as an error.
/// fn checked(command: Command<'_>) -> Result<Command<'_>, Violation> {
///     let mut first: Option<Violation> = None;
///     command.check(&mut first);
///     first.map_or(Ok(command), Err)
/// }
///
/// let command = Command::parse("COMMAND=AddDomain\nDomainTag01=red")?;
/// let error: Box<dyn Error> = checked(command).unwrap_err().into();
/// assert_eq!(error.to_string(), "`DomainTag` index has leading zeros (line 2, byte 18)");
/// # Ok::<(), cnic_command::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Violation {
    kind: ViolationKind,
    position: Option<Position>,
}

impl Violation {
    /// Returns the rule that is broken.
    ///
    /// ```
    /// # use cnic_command::{Command, TagFamily, Violation, ViolationKind};
    /// let mut first: Option<Violation> = None;
    /// Command::from_static("TransferDomain").with("ZoneTag0", "red")?.check(&mut first);
    /// assert_eq!(first.map(|it| it.kind()), Some(ViolationKind::NotTaken(TagFamily::ZoneTag)));
    /// # Ok::<(), cnic_command::BuildError>(())
    /// ```
    #[must_use]
    pub const fn kind(&self) -> ViolationKind {
        self.kind
    }

    /// Returns the family of the parameter that breaks the rule.
    ///
    /// ```
    /// # use cnic_command::{Command, TagFamily, Violation};
    /// let mut all: Vec<Violation> = Vec::new();
    /// Command::parse("COMMAND=AddDomain\nDomainTag0=red\nAddDomainTag0=blue")?.check(&mut all);
    /// assert_eq!(all[0].family(), TagFamily::AddDomainTag);
    /// # Ok::<(), cnic_command::ParseError>(())
    /// ```
    #[must_use]
    pub const fn family(&self) -> TagFamily {
        match self.kind {
            ViolationKind::IndexTooLarge(family)
            | ViolationKind::LeadingZeros(family)
            | ViolationKind::MissingIndex(family)
            | ViolationKind::Mixed(family, _)
            | ViolationKind::NotTaken(family)
            | ViolationKind::UnexpectedIndex(family) => family,
        }
    }

    /// Returns the start of the line of the parameter; `None` if it was set, not parsed.
    ///
    /// ```
    /// # use cnic_command::{Command, Violation};
    /// let mut all: Vec<Violation> = Vec::new();
    /// Command::parse("COMMAND=AddDomain\nDOMAIN=example.com\nDomainTag=red")?.check(&mut all);
    /// assert_eq!(all[0].position().map(|at| at.line()), Some(3));
    /// # Ok::<(), cnic_command::ParseError>(())
    /// ```
    #[must_use]
    pub const fn position(&self) -> Option<Position> {
        self.position
    }
}

impl core::error::Error for Violation {}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)?;
        self.position.map_or(Ok(()), |position| write!(f, " ({position})"))
    }
}

kinds! {
    /// A rule that a tag parameter can break.
    ///
    /// ```
    /// use cnic_command::{Command, TagFamily, Violation, ViolationKind};
    ///
    /// let mut all: Vec<Violation> = Vec::new();
    /// Command::parse("COMMAND=AddDomain\nDomainTag4096=red")?.check(&mut all);
    /// assert_eq!(all[0].kind(), ViolationKind::IndexTooLarge(TagFamily::DomainTag));
    /// assert_eq!(all[0].kind().to_string(), "`DomainTag` index is above 4095");
    /// # Ok::<(), cnic_command::ParseError>(())
    /// ```
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum ViolationKind {
        /// The index is above 4095: `DomainTag4096`.
        IndexTooLarge(family: TagFamily) = "`{family}` index is above 4095",
        /// The index has leading zeros: `DomainTag01`.
        LeadingZeros(family: TagFamily) = "`{family}` index has leading zeros",
        /// There is no index: `DomainTag`.
        MissingIndex(family: TagFamily) = "`{family}` has no index",
        /// `AddDomainTag` or `DelDomainTag` is combined with `DomainTag`. The second family is the
        /// one that came first.
        Mixed(family: TagFamily, first: TagFamily) = "`{family}` cannot be combined with `{first}`",
        /// The command does not allow this family.
        NotTaken(family: TagFamily) = "`{family}` is not allowed in this command",
        /// The command allows the family without an index only: `ZoneTag0` for CheckDomains.
        UnexpectedIndex(family: TagFamily) = "`{family}` must not have an index here",
    }
}
