#include "web/language_pages.h"

#include "web/bodies.h"
#include "web/session_guard.h"
#include "web/speaking.h"
#include "web/way_back.h"

namespace keepsake::web {
namespace {

constexpr std::uint64_t most_form_bytes = 4 * 1024;
constexpr std::chrono::hours cookie_life = std::chrono::hours(24 * 365);

}  // namespace

// Kept by the browser, and for a signed-in person with their account: it holds in both.
Result<http::Response> LanguagePages::choose(Ask& ask, const Reading& who) const {
  const auto typed = read_input(ask.request, language_fields, most_form_bytes);
  if (typed.refused()) return typed.refusal();
  const std::string tag = typed->text_or_empty("language");
  if (!typed->has("language") || (!tag.empty() && !languages_.find(tag)))
    return Refusal{Refused::invalid, "The pages do not speak this language yet.", "language"};
  if (who.signed_in()) people_.set_language(who.signed_in()->person, tag);
  const std::string then =
      typed->has("then") ? place_of_ours(typed->text_or_empty("then")) : place_before(ask.request);
  http::Response response = ask.wants_json ? respond_.nothing() : respond_.see_other(then);
  if (tag.empty()) {
    take_cookie(response, language_cookie);
  } else {
    give_cookie(response, language_cookie, tag, cookie_life);
  }
  return response;
}

}  // namespace keepsake::web
