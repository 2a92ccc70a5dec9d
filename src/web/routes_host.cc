#include "web/bodies.h"
#include "web/helpline_bodies.h"
#include "web/routes.h"

namespace keepsake::web {

using http::Method;

std::vector<Route> host_routes(const AllPages& pages) {
  return {
      row<Reading>(Method::get, "/contact", "How to reach the host.", pages.house_texts,
                   &HouseTextPages::contact),
      row<Reading>(Method::get, "/privacy", "What the host promises.", pages.house_texts,
                   &HouseTextPages::privacy),

      row<Host>(Method::get, "/host", "Looking after this place: what leads to the rest.", pages.host,
                &HostPages::overview),
      row<Host>(Method::get, "/host/people", "Who is here, by name; how much, never what, they keep.",
                pages.host_people, &HostPeoplePages::list),
      row<Host>(Method::get, "/host/people/{name}", "One person, as a host sees them.", pages.host_people,
                &HostPeoplePages::show),
      row<Host>(Method::post, "/host/people/{name}/suspend",
                "Shuts a person out and hides what they share, with the next request.", pages.host_people,
                &HostPeoplePages::suspend),
      row<Host>(Method::post, "/host/people/{name}/restore", "Ends a suspension, or takes a removal back.",
                pages.host_people, &HostPeoplePages::restore),
      row<Host>(Method::post, "/host/people/{name}/remove",
                "Suspends a person who is gone for good thirty days later.", pages.host_people,
                &HostPeoplePages::remove, name_again_fields),
      row<Host>(Method::post, "/host/people/{name}/quota", "How much room this person's photos may take.",
                pages.host_people, &HostPeoplePages::set_quota, quota_fields),
      row<Host>(Method::get, "/host/room", "The room that is taken and free, now and by day.",
                pages.host_room, &HostRoomPages::room),
      row<Host>(Method::post, "/host/room/quota", "How much room everybody's photos may take.",
                pages.host_room, &HostRoomPages::set_quota, quota_fields),
      row<Host>(Method::get, "/host/traffic", "Requests and failures by day.", pages.host_room,
                &HostRoomPages::traffic),
      row<Host>(Method::get, "/host/safety", "What is known of backups, verification and snapshots.",
                pages.host, &HostPages::safety),
      row<Host>(Method::get, "/host/texts", "The host's own words.", pages.house_texts,
                &HouseTextPages::list),
      row<Host>(Method::get, "/host/texts/{kind}", "One of them: contact, privacy or help.",
                pages.house_texts, &HouseTextPages::form),
      row<Host>(Method::post, "/host/texts/{kind}", "Writes it; empty takes it away.", pages.house_texts,
                &HouseTextPages::write, house_text_fields),

      row<Reading>(Method::get, "/help/lines/{id}/did-not-work",
                   "Where one says that a helpline did not work.", pages.help_reports,
                   &HelpReportPages::form),
      row<Reading>(Method::post, "/help/lines/{id}/did-not-work",
                   "Counts that a helpline did not work, and nothing of who says so.", pages.help_reports,
                   &HelpReportPages::report, did_not_work_fields),
      row<Host>(Method::get, "/host/helplines",
                "The countries that have helplines; with ?country= its lines.", pages.host_helplines,
                &HostHelplinePages::list),
      row<Host>(Method::post, "/host/helplines", "Adds a helpline.", pages.host_helplines,
                &HostHelplinePages::add, helpline_fields),
      row<Host>(Method::get, "/host/helplines/new", "The form of a new helpline.", pages.host_helplines,
                &HostHelplinePages::new_form),
      row<Host>(Method::get, "/host/helplines/{id}",
                "One helpline: its record, what is odd, what was changed.", pages.host_helplines,
                &HostHelplinePages::show),
      row<Host>(Method::post, "/host/helplines/{id}", "Corrects it.", pages.host_helplines,
                &HostHelplinePages::keep, helpline_fields),
      row<Host>(Method::post, "/host/helplines/{id}/hide", "No reader is shown it from now on.",
                pages.host_helplines, &HostHelplinePages::hide),
      row<Host>(Method::post, "/host/helplines/{id}/show", "Readers are shown it again.",
                pages.host_helplines, &HostHelplinePages::show_again),
      row<Host>(Method::post, "/host/helplines/{id}/take-back",
                "The program's record stands again; an added line is gone.", pages.host_helplines,
                &HostHelplinePages::take_back),
  };
}

}  // namespace keepsake::web
