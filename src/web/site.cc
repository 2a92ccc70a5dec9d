#include "web/site.h"

#include "blobs/blob_store.h"
#include "db/database.h"
#include "http/accept.h"
#include "http/encoding.h"
#include "http/url.h"
#include "web/assets.h"
#include "web/help_country.h"

namespace keepsake::web {
namespace {

bool is_reading(http::Method method) {
  return method == http::Method::get || method == http::Method::head;
}

// A fault of the body or of a store that the sender can do something about.
std::optional<int> status_of_fault(std::exception_ptr fault) {
  try {
    std::rethrow_exception(std::move(fault));
  } catch (const http::BodyTooLarge&) {
    return 413;
  } catch (const http::BodyTimeout&) {
    return 408;
  } catch (const http::BodyMalformed&) {
    return 400;
  } catch (const db::Busy&) {
    return 503;
  } catch (const db::Unreachable&) {
    return 503;
  } catch (const db::DiskFull&) {
    return 507;
  } catch (const blobs::DiskFull&) {
    return 507;
  } catch (...) {
    return std::nullopt;
  }
}

}  // namespace

bool wants_json(const http::RequestHead& request) {
  return http::best_media_type(request.headers, {"text/html", "application/json"}) == "application/json";
}

std::string cache_key(const http::RequestHead& request, std::string_view language, std::string_view country) {
  std::string key(request.path);
  if (wants_json(request)) {
    key += "\njson\n";
  } else {
    key.append("\nhtml ").append(language).append(" ").append(country) += '\n';
  }
  key += http::coding_name(http::best_coding(request.headers));
  return key;
}

Site::Site(Router router, SessionGuard& sessions, const html::Languages& languages, const Respond& respond,
           PageCache& cache, const SignInPages& sign_in, const PhotoPages& photos, const HelpEmbed& help,
           const Clock& clock, std::string country, std::string secure_origin,
           std::function<std::string()> metrics)
    : router_(std::move(router)),
      sessions_(sessions),
      languages_(languages),
      respond_(respond),
      cache_(cache),
      sign_in_(sign_in),
      photos_(photos),
      help_(help),
      clock_(clock),
      country_(std::move(country)),
      secure_origin_(std::move(secure_origin)),
      metrics_(std::move(metrics)) {}

http::Handlers Site::handlers() {
  return {
      .at_once = [this](const http::RequestHead& request) { return at_once(request); },
      .handle = [this](http::Request& request) { return handle(request); },
      .failure = [this](int status, const http::RequestHead& request) { return failure(status, request); },
      .metrics = metrics_,
      .loggable_path =
          [this](const http::RequestHead& request) { return std::string(router_.pattern_of(request.path)); },
  };
}

std::shared_ptr<const http::Response> Site::at_once(const http::RequestHead& request) {
  auto answer = ready(request);
  if (answer) tally_.asked();
  return answer;
}

std::shared_ptr<const http::Response> Site::ready(const http::RequestHead& request) {
  if (!is_reading(request.method)) return nullptr;
  if (request.path.starts_with("/assets/")) return find_asset_response(request);
  if (request.path.starts_with("/photos/")) return photo_at_once(request);
  if (!request.secure && !request.loopback) return nullptr;
  if (request.path.starts_with("/help/")) return help_.at_once(request, clock_.now());
  if (!request.path.starts_with("/stories/") || !request.query.empty()) return nullptr;
  if (!SessionGuard::shows_nothing(request)) return nullptr;
  return cache_.find(cache_key(request, language_of(languages_, request), country_of(request, country_)),
                     clock_.now());
}

// A rendition that is kept in memory, for a viewer about whom everything is known: decided like any other.
std::shared_ptr<const http::Response> Site::photo_at_once(const http::RequestHead& request) const {
  if (!request.secure && !request.loopback) return nullptr;
  const auto viewer = sessions_.known(request);
  return viewer ? photos_.rendition_at_once(request, *viewer) : nullptr;
}

http::Response Site::failure(int status, const http::RequestHead& request) const {
  tally_.answered(status);
  const Speaking speaking(languages_, request);
  return respond_.failure(wants_json(request), status, status >= 500 ? request.reference : std::string());
}

// What throws comes back as a failure, and is counted there.
http::Response Site::counted(http::Response response) const {
  tally_.answered(response.status);
  return response;
}

Later<http::Response> Site::handle(http::Request& request) {
  tally_.asked();
  const Speaking speaking(languages_, request);
  Router::Match match = router_.find(request.method, request.path);
  if (!request.secure && !request.loopback && request.path != "/health") {
    co_return by_https(request);
  }
  Ask ask{request, std::move(match.parameters), wants_json(request), clock_.now()};
  if (!match.route) co_return no_route(ask, match.allow);
  try {
    auto answered = co_await answer(ask, *match.route);
    co_return counted(answered.refused() ? refuse(ask, *match.route, answered.refusal())
                                         : *std::move(answered));
  } catch (...) {
    const auto status = status_of_fault(std::current_exception());
    if (!status) throw;
    co_return counted(
        respond_.failure(ask.wants_json, *status, *status >= 500 ? request.reference : std::string()));
  }
}

// What was sent in clear is not sent on: only who reads is led to the right door.
http::Response Site::by_https(const http::Request& request) const {
  if (secure_origin_.empty() || !is_reading(request.method)) {
    return respond_.refusal(wants_json(request), {Refused::forbidden, respond_.say("needs_https")});
  }
  std::string there = secure_origin_ + std::string(request.path);
  if (!request.query.empty()) there += "?" + std::string(request.query);
  return respond_.see_other(there);
}

Later<Result<http::Response>> Site::answer(Ask& ask, const Route& route) {
  if (ask.is_unsafe()) {
    if (auto refusal = foreign_origin(ask.request)) return *std::move(refusal);
  }
  return route.answer(ask, sessions_);
}

// A page that needs a person leads to the door and back, a form with what was typed in it; everything else is
// said as it is.
http::Response Site::refuse(Ask& ask, const Route& route, const Refusal& refusal) {
  if (ask.wants_json || refusal.kind != Refused::sign_in) return say_why(ask, refusal);
  if (!ask.is_unsafe())
    return respond_.see_other("/sign-in?then=" + http::percent_encode(ask.request.target));
  const auto form = route.pattern == "/sign-in" ? std::nullopt : carry(ask.request, route);
  return form ? sign_in_.carrying(*form) : say_why(ask, refusal);
}

http::Response Site::say_why(Ask& ask, const Refusal& refusal) {
  if (ask.wants_json) return respond_.refusal(true, refusal);
  const auto who = sessions_.admit<Reading>(ask);
  return respond_.refusal(false, refusal, who.refused() ? std::nullopt : who->signed_in());
}

http::Response Site::no_route(Ask& ask, const std::string& allow) {
  if (allow.empty()) return say_why(ask, respond_.not_here());
  http::Response response = respond_.failure(ask.wants_json, 405, {});
  response.headers.add("Allow", allow);
  return response;
}

}  // namespace keepsake::web
