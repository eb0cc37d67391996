//! The domains of an account.

use crate::account::domain::Domain;

/// Domains in the order of their names, each name once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Portfolio {
    domains: Vec<Domain>,
}

impl Portfolio {
    /// Sorts the domains. Of two with one name the later one stays.
    pub(crate) fn new(mut domains: Vec<Domain>) -> Self {
        domains.reverse();
        domains.sort_by(|one, other| one.name.cmp(&other.name));
        domains.dedup_by(|one, other| one.name == other.name);
        Self { domains }
    }

    pub(crate) fn as_slice(&self) -> &[Domain] {
        &self.domains
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Domain> {
        self.place(name).ok().map(|place| &self.domains[place])
    }

    pub(crate) fn get_mut(&mut self, name: &str) -> Option<&mut Domain> {
        self.place(name).ok().map(|place| &mut self.domains[place])
    }

    /// Adds a domain whose name is not there yet.
    pub(crate) fn insert(&mut self, domain: Domain) {
        match self.place(&domain.name) {
            Ok(place) => self.domains[place] = domain,
            Err(place) => self.domains.insert(place, domain),
        }
    }

    pub(crate) fn remove(&mut self, name: &str) -> Option<Domain> {
        self.place(name).ok().map(|place| self.domains.remove(place))
    }

    fn place(&self, name: &str) -> Result<usize, usize> {
        self.domains.binary_search_by(|domain| domain.name.as_str().cmp(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_later_of_two_domains_of_one_name_stays() {
        let domains =
            vec![Domain::new("b.test"), Domain::new("a.test"), Domain::new("b.test").tag("late")];
        let portfolio = Portfolio::new(domains);
        let names: Vec<_> =
            portfolio.as_slice().iter().map(|it| (&*it.name, it.tags.len())).collect();
        assert_eq!(names, [("a.test", 0), ("b.test", 1)]);
    }
}
