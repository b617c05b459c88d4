//! Every route, once: method, path and document are at the handler, the right is here. A row is open by decision, or asks for
//! a permission; there is no third way. What is asked for too often is refused by its class (`limits`).

use lobi_core::access::Permission::{
    Announce, CallQueue, FinishQueue, ManageHub, ManageKeys, ManagePatients, ManageSite, ManageStaff,
    OwnSession, RecallQueue, RegisterVisitor, SkipQueue, ViewDashboard, ViewDevices, ViewPatients,
    ViewReports,
};
use utoipa_axum::routes;

use super::{asyncapi, openapi};
use crate::access::routes::{keys, session, users};
use crate::http::routes::Routes;
use crate::limits::Class;
use crate::people::routes as patients;
use crate::queue::routes as queue;
use crate::webhooks::routes as webhooks;
use crate::{
    announcements, devices, health, portal, reach, reports, screens, settings, setup, site, voices, ws,
};

/// Other names of the same routes, as the source documents have them.
const ALSO: [(&str, &str); 3] =
    [("/api/auth/login", "/api/login"), ("/auth/login", "/api/login"), ("/api/auth/logout", "/api/logout")];

/// The table.
pub fn table() -> Routes {
    Routes::new(openapi::base())
        .also(&ALSO)
        .happens_anew(&[
            // What they answer is a secret, a session's end, a site's beginning, or nothing that is kept
            "/api/login",
            "/api/logout",
            "/api/users/{id}/password",
            "/api/auth/change-password",
            "/api/api-keys",
            "/api/webhooks",
            "/api/webhooks/{id}/secret",
            "/api/setup",
            "/api/devices",
            "/api/voice/turn",
            "/api/portal/code",
            "/api/portal/code/show",
            "/api/portal/login",
            "/api/portal/logout",
            // They happen once by themselves: the second is told so
            "/api/portal/tickets/{code}/cancel",
            "/api/reviews",
            // Whoever asks twice for a paper wants two
            "/api/printouts/test",
            "/api/settings/printer/test",
            // Whoever presses twice tests twice
            "/api/webhooks/{id}/test",
            "/api/tickets/{code}/print",
        ])
        // A few seconds of sound
        .takes_more(&[("/api/recordings/{bahasa}/{poli}", voices::routes::MAX_RECORDING_BODY)])
        // Signing in and out
        .open_within(Class::SignIn, routes!(session::log_in))
        .may(OwnSession, routes!(session::log_out))
        .may(OwnSession, routes!(session::me))
        .may(OwnSession, routes!(session::change_password))
        .may(OwnSession, routes!(session::sessions))
        .may(OwnSession, routes!(session::end_session))
        // Colleagues, and keys for other programs
        .may(ManageStaff, routes!(users::users))
        .may(ManageStaff, routes!(users::add_user))
        .may(ManageStaff, routes!(users::change_user))
        .may(ManageStaff, routes!(users::switch_off_user))
        .may(ManageStaff, routes!(users::give_password))
        .may(ManageKeys, routes!(keys::api_keys))
        .may(ManageKeys, routes!(keys::give_api_key))
        .may(ManageKeys, routes!(keys::take_api_key_back))
        // Other programs that are told what happens
        .may(ManageKeys, routes!(webhooks::webhooks))
        .may(ManageKeys, routes!(webhooks::add_webhook))
        .may(ManageKeys, routes!(webhooks::change_webhook))
        .may(ManageKeys, routes!(webhooks::remove_webhook))
        .may(ManageKeys, routes!(webhooks::renew_webhook_secret))
        .may(ManageKeys, routes!(webhooks::test_webhook))
        .may(ManageKeys, routes!(webhooks::resend_webhook))
        .may(ManageKeys, routes!(webhooks::webhook_deliveries))
        // The site
        .open(routes!(site::routes::site))
        .open(routes!(setup::routes::setup_state))
        .open(routes!(setup::routes::set_up))
        .may(ManageSite, routes!(setup::routes::look_at_kind))
        .may(ManageSite, routes!(setup::routes::change_kind))
        .may(ManageSite, routes!(settings::routes::settings))
        .may(ManageSite, routes!(settings::routes::change_settings))
        .may(ManageSite, routes!(devices::routes::test_printer))
        .may(ManageSite, routes!(reach::routes::addresses))
        .may(ManageHub, routes!(site::routes::clock))
        .may(ManageHub, routes!(site::routes::confirm_clock))
        .may(ManageHub, routes!(health::jobs::unfinished_jobs))
        .may(ManageHub, routes!(health::jobs::retry_job))
        .may(ManageHub, routes!(health::jobs::dismiss_job))
        // Machines and their devices; what a machine says about itself is believed until machines are paired
        .open(routes!(devices::routes::own_test_page))
        .may(ViewDevices, routes!(devices::routes::machines))
        .open_within(Class::MachineReport, routes!(devices::routes::report))
        // TVs
        .may(ManageSite, routes!(screens::routes::screens))
        .open(routes!(screens::routes::screen))
        .may(ManageSite, routes!(screens::routes::change_screen))
        .open(routes!(screens::routes::room))
        .may(ManageSite, routes!(screens::routes::change_room))
        .open(routes!(queue::dashboard::room_counters))
        // Voices
        .may(Announce, routes!(announcements::routes::announced))
        .may(Announce, routes!(announcements::routes::announce))
        .open(routes!(announcements::routes::turn))
        .open(routes!(voices::routes::voice))
        .open(routes!(voices::routes::clip))
        .may(ManageSite, routes!(voices::routes::recordings))
        .may(ManageSite, routes!(voices::routes::record))
        .may(ManageSite, routes!(voices::routes::remove))
        // Visitors and displays: no personal data in answers
        .open(routes!(queue::visitor::services))
        .open(routes!(queue::hours::hours))
        .open(routes!(queue::classes::classes))
        .open(routes!(site::routes::holidays::holidays))
        .open_within(Class::TakeNumber, routes!(queue::visitor::register))
        .open(routes!(queue::visitor::display))
        .open(routes!(queue::visitor::display_of_service))
        .open(routes!(queue::visitor::status))
        .open(routes!(queue::visitor::ticket))
        .open_within(Class::TakeNumber, routes!(queue::visitor::check_in))
        .open(routes!(queue::paper::printout_of_ticket))
        .open_within(Class::PaperReport, routes!(queue::paper::report))
        .open_within(Class::Print, routes!(queue::paper::print))
        .open(routes!(queue::visitor::call_speech))
        // Patients; whoever is not of the staff hears only what they told
        .open_within(Class::TakeNumber, routes!(queue::patients::new_patient))
        .open(routes!(queue::patients::check))
        .may(ViewPatients, routes!(patients::patients))
        .may(ViewPatients, routes!(patients::patient))
        .may(ViewPatients, routes!(queue::patients::visits))
        .may(ViewPatients, routes!(patients::history))
        .may(ManagePatients, routes!(queue::patients::change_patient))
        .may(RecallQueue, routes!(queue::patients::recall_patient))
        .may(ManagePatients, routes!(patients::merge_patient))
        .may(ManagePatients, routes!(patients::unmerge_patient))
        // Visitors about their own numbers; each asks for the token of the telephone itself
        .open_within(Class::SignIn, routes!(portal::routes::ask_portal_code))
        .open_within(Class::SignIn, routes!(portal::routes::open_portal))
        .open(routes!(portal::routes::close_portal))
        .open(routes!(portal::routes::own_numbers))
        .open(routes!(portal::routes::give_number_back))
        .open_within(Class::TakeNumber, routes!(portal::routes::judge_visit))
        .may(ViewPatients, routes!(portal::routes::show_portal_code))
        .may(ViewReports, routes!(portal::routes::reviews))
        // Desks
        .may(ViewDashboard, routes!(queue::dashboard::counters))
        .may(ViewDashboard, routes!(queue::dashboard::dashboard))
        .may(CallQueue, routes!(queue::pause::pause))
        .may(CallQueue, routes!(queue::pause::open))
        .may(CallQueue, routes!(queue::pause::close))
        .may(ViewDashboard, routes!(queue::stats::stats))
        .may(CallQueue, routes!(queue::calls::call_next))
        .may(CallQueue, routes!(queue::calls::call))
        .may(SkipQueue, routes!(queue::calls::skip))
        .may(CallQueue, routes!(queue::calls::serve))
        .may(FinishQueue, routes!(queue::calls::finish))
        .may(SkipQueue, routes!(queue::calls::return_to_line))
        .may(SkipQueue, routes!(queue::calls::cancel))
        .may(SkipQueue, routes!(queue::calls::transfer))
        .may(CallQueue, routes!(queue::calls::hand_over))
        .may(SkipQueue, routes!(queue::calls::undo))
        .may(ViewDashboard, routes!(queue::journeys::journeys))
        .may(RegisterVisitor, routes!(queue::journeys::give_way))
        .may(RegisterVisitor, routes!(queue::classes::give_class))
        // Reports
        .may(ViewReports, routes!(reports::routes::daily))
        .may(ViewReports, routes!(reports::routes::weekly))
        .may(ViewReports, routes!(reports::routes::monthly))
        .may(ViewReports, routes!(reports::routes::yearly))
        // Services and counters
        .may(ManageSite, routes!(queue::manage::managed_services))
        .may(ManageSite, routes!(queue::manage::add_a_service))
        .may(ManageSite, routes!(queue::manage::change_a_service))
        .may(ManageSite, routes!(queue::manage::retire_a_service))
        .may(ManageSite, routes!(queue::hours::change_hours))
        .may(ManageSite, routes!(queue::classes::add_class))
        .may(ManageSite, routes!(queue::classes::change_class))
        .may(ManageSite, routes!(queue::journeys::add_journey))
        .may(ManageSite, routes!(queue::journeys::change_journey))
        .may(ManageSite, routes!(queue::journeys::remove_journey))
        .may(ManageSite, routes!(site::routes::holidays::change_holidays))
        .may(ManageSite, routes!(queue::reset::reset_day))
        .may(ManageSite, routes!(queue::reset::undo_reset))
        .may(ManageSite, routes!(queue::manage::managed_counters))
        .may(ManageSite, routes!(queue::manage::add_a_counter))
        .may(ManageSite, routes!(queue::manage::change_a_counter))
        .may(ManageSite, routes!(queue::manage::retire_a_counter))
        // About the hub
        .open(routes!(openapi::openapi_document))
        .open(routes!(asyncapi::asyncapi_document))
        .open(routes!(health::routes::health))
        .open(routes!(ws::routes::listen))
        .open(routes!(ws::routes::listen_at_counter))
}
