//! Who hears an event. Each kind is a struct that says so itself; there is no default, and nothing is public by accident.

use lobi_core::access::Permission;
use serde::Serialize;

/// The channel of every TV.
pub const DISPLAY: &str = "display";

/// An event of one kind.
pub trait Told: Serialize {
    /// Its name on the wire.
    const KIND: &'static str;

    /// Who hears it.
    fn audience(&self) -> Audience;
}

/// Who hears an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Everybody on these channels; who follows several hears it through the first of them.
    Public(Vec<String>),
    /// Everybody who listens, whatever they follow: a new day, new facts about the site.
    Everybody,
    /// Staff with this right who follow this channel.
    Staff(Permission, String),
    /// One person of the staff, by sign-in name.
    One(String),
}

impl Audience {
    /// The channels that it is told on, the most specific first.
    pub fn channels(&self) -> Vec<String> {
        match self {
            Audience::Public(channels) => channels.clone(),
            Audience::Everybody => vec![DISPLAY.to_owned()],
            Audience::Staff(_, channel) => vec![channel.clone()],
            Audience::One(username) => vec![own_channel(username)],
        }
    }

    /// The first of its channels.
    pub fn first_channel(&self) -> String {
        self.channels().into_iter().next().unwrap_or_default()
    }

    /// As the database keeps it: `public queue.umum display`, `everybody`, `staff view-devices devices`, `one rina`.
    pub fn text(&self) -> String {
        match self {
            Audience::Public(channels) => format!("public {}", channels.join(" ")),
            Audience::Everybody => "everybody".into(),
            Audience::Staff(permission, channel) => format!("staff {} {channel}", permission.name()),
            Audience::One(username) => format!("one {username}"),
        }
    }

    /// Reads what [`Audience::text`] wrote; anything else is nobody's.
    pub fn from_text(text: &str) -> Option<Self> {
        let mut words = text.split(' ');
        match words.next()? {
            "public" => Some(Audience::Public(words.map(str::to_owned).collect())),
            "everybody" => Some(Audience::Everybody),
            "staff" => Some(Audience::Staff(Permission::named(words.next()?)?, words.next()?.to_owned())),
            "one" => Some(Audience::One(words.next()?.to_owned())),
            _ => None,
        }
    }
}

/// The channel of one person of the staff.
pub fn own_channel(username: &str) -> String {
    format!("notify.{username}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_audience_comes_back_from_the_database_as_it_was() {
        for audience in [
            Audience::Public(vec!["queue.umum".into(), "loket.3".into(), DISPLAY.into()]),
            Audience::Everybody,
            Audience::Staff(Permission::ViewDevices, "devices".into()),
            Audience::One("rina".into()),
        ] {
            assert_eq!(Audience::from_text(&audience.text()), Some(audience));
        }
        assert_eq!(Audience::from_text("semua"), None);
    }
}
