//! How often something may be asked: so many at once, then so many a minute. Each server counts for
//! itself, in bounded memory; what is forgotten first is who asked longest ago.

use std::{num::NonZeroUsize, str::FromStr, sync::Mutex};

use lru::LruCache;
use service::Millis;

/// Most people and addresses that are remembered.
const REMEMBERED: NonZeroUsize = NonZeroUsize::new(50_000).unwrap();
/// An office or a room shares one address: what a person may, so many of them may from there.
const SHARE_AN_ADDRESS: u32 = 10;

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// Signing in, coming in by a link: by address.
    SignIn,
    /// Passwords tried for one e-mail address.
    Password,
    /// Lists that are searched.
    Search,
    /// Documents sent.
    Upload,
    /// Other systems asked.
    Sources,
    /// Codes of the open lab: by address.
    Join,
    /// Files of all that is held about a person.
    Export,
}

impl Class {
    /// Every class, with its key in the configuration.
    pub const ALL: [(Self, &'static str); 7] = [
        (Self::SignIn, "limit_sign_in"),
        (Self::Password, "limit_password"),
        (Self::Search, "limit_search"),
        (Self::Upload, "limit_upload"),
        (Self::Sources, "limit_sources"),
        (Self::Join, "limit_join"),
        (Self::Export, "limit_export"),
    ];

    /// Whether it is counted by address alone: nobody is known yet.
    pub fn is_by_address(self) -> bool {
        matches!(self, Self::SignIn | Self::Join)
    }
}

/// So many at once, then so many a minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    burst: u32,
    a_minute: u32,
}

impl FromStr for Rate {
    type Err = ();

    /// Reads `60+30`: sixty at once, then thirty a minute.
    fn from_str(text: &str) -> Result<Self, ()> {
        let (burst, a_minute) = text.split_once('+').ok_or(())?;
        let number = |text: &str| text.trim().parse().ok().filter(|n| (1..=100_000).contains(n));
        Ok(Self { burst: number(burst).ok_or(())?, a_minute: number(a_minute).ok_or(())? })
    }
}

impl Rate {
    /// What an address may that several people share.
    fn shared(self) -> Self {
        let many = |n: u32| n.saturating_mul(SHARE_AN_ADDRESS);
        Self { burst: many(self.burst), a_minute: many(self.a_minute) }
    }

    /// Whether one more fits, given when the last ones will have been made up for; or how long to wait,
    /// in milliseconds (the generic cell rate algorithm).
    fn fits(self, made_up_at: i64, now: i64) -> Result<i64, i64> {
        let each = 60_000 / i64::from(self.a_minute).max(1);
        let each = each.max(1);
        let next = made_up_at.max(now) + each;
        let over = next - now - each * i64::from(self.burst);
        if over > 0 { Err(over) } else { Ok(next) }
    }
}

/// What may be asked how often; nothing is counted for a class without a rate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rates(Vec<(Class, Rate)>);

impl Rates {
    /// These.
    pub fn new(rates: Vec<(Class, Rate)>) -> Self {
        Self(rates)
    }

    fn of(&self, class: Class) -> Option<Rate> {
        self.0.iter().find(|(one, _)| *one == class).map(|(_, rate)| *rate)
    }
}

/// Who asks.
#[derive(Clone, Copy, Debug)]
pub enum Who<'a> {
    /// A person, or what stands for one.
    Person(&'a str),
    /// An address that several may share.
    Address(&'a str),
}

type Seen = LruCache<(Class, bool, String), i64>;

/// Counts.
pub struct Limits {
    rates: Rates,
    seen: Mutex<Seen>,
}

impl Default for Limits {
    fn default() -> Self {
        Self::new(Rates::default())
    }
}

impl Limits {
    /// Nothing was asked yet.
    pub fn new(rates: Rates) -> Self {
        Self { rates, seen: Mutex::new(LruCache::new(REMEMBERED)) }
    }

    /// Counts one more.
    ///
    /// # Errors
    /// When it is one too many: after how many seconds it may be asked again. It is not counted then.
    pub fn take(&self, class: Class, who: Who<'_>, now: Millis) -> Result<(), u32> {
        let Some(rate) = self.rates.of(class) else { return Ok(()) };
        let (rate, is_address, name) = match who {
            Who::Person(name) => (rate, false, name),
            Who::Address(name) if class.is_by_address() => (rate, true, name),
            Who::Address(name) => (rate.shared(), true, name),
        };
        let key = (class, is_address, name.to_owned());
        // Whoever panicked while counting counted no less right.
        let mut seen = self.seen.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let made_up_at = seen.get(&key).copied().unwrap_or(i64::MIN);
        match rate.fits(made_up_at, now.0) {
            Ok(next) => {
                seen.put(key, next);
                Ok(())
            }
            Err(wait) => Err(u32::try_from((wait + 999) / 1_000).unwrap_or(u32::MAX)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits(text: &str) -> Limits {
        Limits::new(Rates::new(vec![(Class::Upload, text.parse().unwrap())]))
    }

    #[test]
    fn so_many_at_once_then_so_many_a_minute() {
        let limits = limits("3+2");
        let at = |millis| limits.take(Class::Upload, Who::Person("a"), Millis(millis));
        assert_eq!([at(0), at(0), at(0)], [Ok(()); 3]);
        assert_eq!(at(0), Err(30), "one comes back after half a minute");
        assert_eq!(at(29_000), Err(1));
        assert_eq!(at(30_000), Ok(()));
        assert_eq!(at(30_000), Err(30));
        assert_eq!([at(600_000), at(600_000), at(600_000)], [Ok(()); 3]);
        assert!(at(600_000).is_err(), "waiting longer saves no more than the burst");
    }

    #[test]
    fn nobody_pays_for_another_and_an_office_is_ten_people() {
        let limits = limits("1+1");
        let take = |who| limits.take(Class::Upload, who, Millis(0)).is_ok();
        assert!(take(Who::Person("a")) && !take(Who::Person("a")) && take(Who::Person("b")));
        assert_eq!((0..20).filter(|_| take(Who::Address("a"))).count(), 10);
        assert!(
            limits.take(Class::Search, Who::Person("a"), Millis(0)).is_ok(),
            "no rate: no limit"
        );
    }

    #[test]
    fn a_rate_reads_or_is_refused() {
        assert_eq!("60+30".parse(), Ok(Rate { burst: 60, a_minute: 30 }));
        for wrong in ["", "60", "0+1", "1+0", "a+b", "-1+2", "60+30+1", "1+100001"] {
            assert!(wrong.parse::<Rate>().is_err(), "{wrong}");
        }
    }
}
