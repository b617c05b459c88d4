//! The page that shows whether a printer prints everything well.

use lobi_core::printout::{self, Printout, TestPage};
use lobi_core::site::Site;
use lobi_core::speech::Language;
use lobi_core::time::Timestamp;

use crate::texts::{date_and_time, text_in};

/// The test page. `facts` are name and value.
pub fn of_test(facts: Vec<(String, String)>, site: &Site, address: &str, now: Timestamp) -> Printout {
    let say = |key: &str| text_in(Language::Id, "ticket", key, &[]);
    printout::test_page(&TestPage {
        title: say("test_title"),
        facility: site.name.clone(),
        when: date_and_time(now, site.zone, Language::Id),
        facts,
        letters: say("test_letters"),
        number: "A000".into(),
        address: address.to_owned(),
        logo: site.logo.clone(),
        hint: say("test_hint"),
    })
}
