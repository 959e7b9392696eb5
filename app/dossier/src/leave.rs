//! An agent who is away, and the colleague who looks after their dossiers meanwhile. Nothing changes
//! hands: the dossiers are the colleague's too from the first day to the last, and it ends by itself. A
//! cover gives no right: what the colleague may do is what their own role may.

use form::Date;

use crate::role::Role;

/// Longest that one leave lasts, in days: longer ones hand dossiers over.
pub const MOST_DAYS: i64 = 366;

/// From the first day to the last, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leave {
    first: Date,
    last: Date,
}

/// Why a leave is not one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeaveRefused {
    /// It ends before it begins.
    Backwards,
    /// It is over already.
    Past,
    /// It lasts longer than [`MOST_DAYS`].
    TooLong,
}

impl LeaveRefused {
    /// What people read: what to do.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Backwards => "Le dernier jour vient avant le premier : vérifiez les deux dates.",
            Self::Past => "Ces dates sont passées : donnez un dernier jour à venir.",
            Self::TooLong => {
                "Une absence de plus d'un an ne se remplace pas ainsi : confiez plutôt vos dossiers à un collègue."
            }
        }
    }
}

impl Leave {
    /// A leave as it is kept.
    ///
    /// # Errors
    /// See [`LeaveRefused`]; one that is over is one all the same.
    pub fn new(first: Date, last: Date) -> Result<Self, LeaveRefused> {
        let days = last.days_since_epoch() - first.days_since_epoch();
        match days {
            ..0 => Err(LeaveRefused::Backwards),
            0..MOST_DAYS => Ok(Self { first, last }),
            _ => Err(LeaveRefused::TooLong),
        }
    }

    /// A leave that is said today. It may have begun: who fell ill says so afterwards.
    ///
    /// # Errors
    /// See [`LeaveRefused`].
    pub fn said(first: Date, last: Date, today: Date) -> Result<Self, LeaveRefused> {
        let leave = Self::new(first, last)?;
        if leave.is_over(today) { Err(LeaveRefused::Past) } else { Ok(leave) }
    }

    /// First day.
    pub const fn first(self) -> Date {
        self.first
    }

    /// Last day, itself included.
    pub const fn last(self) -> Date {
        self.last
    }

    /// Whether the person is away on this day.
    pub fn is_on(self, day: Date) -> bool {
        self.first <= day && day <= self.last
    }

    /// Whether it is over.
    pub fn is_over(self, day: Date) -> bool {
        self.last < day
    }

    /// Whether two have a day in common.
    pub fn meets(self, other: Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }
}

/// Whether somebody of this role looks after the dossiers of somebody of that one: who instructs, and for
/// a signatory another signatory, so that decisions do not wait for who may not take them.
pub const fn may_cover(absent: Role, cover: Role) -> bool {
    match absent {
        Role::DdetsSignatory => matches!(cover, Role::DdetsSignatory),
        Role::DdetsAgent => cover.instructs(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(days: i64) -> Date {
        Date::from_days_since_epoch(21_000 + days).unwrap_or_else(|| panic!("a day: {days}"))
    }

    fn leave(first: i64, last: i64) -> Leave {
        Leave { first: day(first), last: day(last) }
    }

    #[test]
    fn it_lasts_from_the_first_day_to_the_last() {
        let leave = leave(3, 5);
        let on: Vec<i64> = (0..9).filter(|one| leave.is_on(day(*one))).collect();
        assert_eq!(on, [3, 4, 5]);
        assert!(!leave.is_over(day(5)) && leave.is_over(day(6)));
    }

    #[test]
    fn dates_make_sense() {
        let said = |first, last| Leave::said(day(first), day(last), day(0));
        assert!(said(0, 0).is_ok() && said(-3, 0).is_ok(), "today is still to come");
        assert_eq!(said(-3, -1), Err(LeaveRefused::Past));
        assert_eq!(said(2, 1), Err(LeaveRefused::Backwards));
        assert!(said(1, MOST_DAYS).is_ok(), "{MOST_DAYS} days");
        assert_eq!(said(0, MOST_DAYS), Err(LeaveRefused::TooLong));
    }

    #[test]
    fn two_meet_when_a_day_is_of_both() {
        assert!(leave(1, 3).meets(leave(3, 5)) && leave(3, 5).meets(leave(1, 3)));
        assert!(leave(1, 9).meets(leave(4, 5)) && leave(4, 5).meets(leave(1, 9)));
        assert!(!leave(1, 3).meets(leave(4, 5)) && !leave(4, 5).meets(leave(1, 3)));
    }

    #[test]
    fn an_agent_never_stands_in_for_who_signs() {
        let covers = |absent, cover| may_cover(absent, cover);
        assert!(covers(Role::DdetsAgent, Role::DdetsAgent));
        assert!(covers(Role::DdetsAgent, Role::DdetsSignatory));
        assert!(covers(Role::DdetsSignatory, Role::DdetsSignatory));
        for role in Role::ALL {
            assert_eq!(
                covers(Role::DdetsSignatory, role),
                role == Role::DdetsSignatory,
                "{role:?}"
            );
            assert_eq!(covers(Role::DdetsAgent, role), role.instructs(), "{role:?}");
            if !role.instructs() {
                assert!(Role::ALL.iter().all(|cover| !covers(role, *cover)), "{role:?}");
            }
        }
    }
}
