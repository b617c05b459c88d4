//! Who may open a machine: leave its locked screen, or change its settings. Also when no hub answers.

/// What the hub said to a name and a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HubSaid {
    /// They are an admin's.
    Admin,
    /// They are right, and not an admin's.
    NotAdmin,
    /// They are wrong, or were tried too often.
    No,
    /// Nothing that could be relied on: nobody answered, or a hub that cannot tell because its disk is full.
    Nothing,
}

impl HubSaid {
    /// What an answer to a sign-in says. `status` is that of HTTP; `is_admin` is asked of a sign-in that succeeded.
    pub fn in_answer(status: u16, is_admin: impl FnOnce() -> bool) -> HubSaid {
        match status {
            200 => match is_admin() {
                true => HubSaid::Admin,
                false => HubSaid::NotAdmin,
            },
            400..=499 => HubSaid::No,
            _ => HubSaid::Nothing,
        }
    }
}

/// What this machine remembers of the admin's password that was last right on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remembered {
    /// Nothing: no admin has signed in here.
    Nothing,
    /// It is the same.
    Same,
    /// It is another.
    Another,
}

/// Why a machine stays closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    /// The hub refused; its own sentence says why.
    Refused,
    /// Right, and not an admin.
    NotAdmin,
    /// The hub cannot be asked, and there is nothing to compare with.
    NeverSignedIn,
    /// The hub cannot be asked, and the password is not the last right one.
    WrongPassword,
}

/// Whether a machine opens. The hub's word counts where there is one. Where there is none, the password must be the
/// one that was last right here: a kiosk whose cable was pulled out must not open for that. A machine that nobody set
/// up yet (`set_up` is false) has nothing to guard, unless it remembers an admin.
///
/// # Errors
/// Why it stays closed.
pub fn opens(hub: HubSaid, set_up: bool, remembered: Remembered) -> Result<(), Closed> {
    match (hub, remembered) {
        (HubSaid::Admin, _) | (HubSaid::Nothing, Remembered::Same) => Ok(()),
        (HubSaid::NotAdmin, _) => Err(Closed::NotAdmin),
        (HubSaid::No, _) => Err(Closed::Refused),
        (HubSaid::Nothing, Remembered::Another) => Err(Closed::WrongPassword),
        (HubSaid::Nothing, Remembered::Nothing) if set_up => Err(Closed::NeverSignedIn),
        (HubSaid::Nothing, Remembered::Nothing) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVERY_MEMORY: [Remembered; 3] = [Remembered::Nothing, Remembered::Same, Remembered::Another];

    #[test]
    fn the_hubs_word_outranks_everything_that_is_remembered() {
        for set_up in [true, false] {
            for remembered in EVERY_MEMORY {
                let outcome = |hub| opens(hub, set_up, remembered);
                assert_eq!(outcome(HubSaid::Admin), Ok(()), "{set_up} {remembered:?}");
                assert_eq!(outcome(HubSaid::NotAdmin), Err(Closed::NotAdmin), "{set_up} {remembered:?}");
                assert_eq!(outcome(HubSaid::No), Err(Closed::Refused), "{set_up} {remembered:?}");
            }
        }
    }

    #[test]
    fn without_a_hub_the_last_right_password_opens_and_another_does_not() {
        for set_up in [true, false] {
            assert_eq!(opens(HubSaid::Nothing, set_up, Remembered::Same), Ok(()));
            assert_eq!(opens(HubSaid::Nothing, set_up, Remembered::Another), Err(Closed::WrongPassword));
        }
    }

    #[test]
    fn without_a_hub_and_a_memory_only_a_machine_that_nobody_set_up_opens() {
        let pulled_cable = opens(HubSaid::Nothing, true, Remembered::Nothing);
        assert_eq!(pulled_cable, Err(Closed::NeverSignedIn));
        assert_eq!(opens(HubSaid::Nothing, false, Remembered::Nothing), Ok(()));
    }

    #[test]
    fn an_answer_counts_as_the_hubs_word_only_where_it_can_tell() {
        let said = |status| HubSaid::in_answer(status, || true);
        assert_eq!(said(200), HubSaid::Admin);
        assert_eq!(HubSaid::in_answer(200, || false), HubSaid::NotAdmin);
        for refusal in [400, 401, 403, 422, 429, 499] {
            assert_eq!(said(refusal), HubSaid::No, "{refusal}");
        }
        for unsure in [100, 201, 204, 302, 399, 500, 503, 507, 599] {
            assert_eq!(said(unsure), HubSaid::Nothing, "{unsure}");
        }
        HubSaid::in_answer(401, || panic!("nobody is asked who was refused"));
    }
}
