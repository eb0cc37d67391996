//! Which column each field of a structure is read from.

use alloc::vec::Vec;

use crate::table::Table;
use crate::table::column::Column;

/// The fields of a structure with their columns, looked up once for all rows.
#[derive(Default)]
pub(crate) struct Fields<'r> {
    /// What the structure says its fields are: names and, among them, their aliases.
    names: Option<&'static [&'static str]>,
    /// The name by which the structure knows each column.
    pub(crate) known: Vec<(&'static str, Column<'r>)>,
    /// Data columns without a field. The structure is asked about them in one row, in case it
    /// denies what it does not know.
    pub(crate) unknown_columns: Vec<Column<'r>>,
}

impl<'r> Fields<'r> {
    /// Looks the fields up as [`Table::column`] does, among all columns or among those that are
    /// data.
    ///
    /// A column goes to one name only, since two of them may be one field's: to the one that is
    /// spelled like it, or else the first.
    #[inline]
    pub(crate) fn look_up(
        &mut self,
        names: &'static [&'static str],
        table: Table<'r>,
        eligible: fn(&Column<'r>) -> bool,
    ) {
        if self.names.is_none_or(|known| !core::ptr::eq(known, names)) {
            self.look_up_anew(names, table, eligible);
        }
    }

    #[cold]
    fn look_up_anew(
        &mut self,
        names: &'static [&'static str],
        table: Table<'r>,
        eligible: fn(&Column<'r>) -> bool,
    ) {
        self.names = Some(names);
        self.known.clear();
        for &name in names {
            let Some(column) = table.column(name).filter(eligible) else { continue };
            let spelled = column.name();
            let likeness = |name: &str| (name == spelled, name.eq_ignore_ascii_case(spelled));
            match self.known.iter_mut().find(|(_, known)| known.number == column.number) {
                Some((known, _)) if likeness(name) > likeness(known) => *known = name,
                Some(_) => {}
                None => self.known.push((name, column)),
            }
        }
        let is_strange =
            |column: &Column<'r>| self.known.iter().all(|(_, known)| known.number != column.number);
        self.unknown_columns.clear();
        self.unknown_columns.extend(table.columns().filter(is_strange));
    }

    /// Returns whether there are fields at all, and the type is not a map or a tuple.
    pub(crate) const fn is_structure(&self) -> bool {
        self.names.is_some()
    }
}
