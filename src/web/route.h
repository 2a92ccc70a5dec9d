#pragma once
// A row of the URL table: method, pattern, guard, what it does, what its body may hold, and who answers. A
// row without a guard does not compile: the guard is the template argument, and the handler takes its proof.
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/later.h"
#include "base/result.h"
#include "http/message.h"
#include "web/ask.h"
#include "web/fields.h"
#include "web/guard.h"
#include "web/session_guard.h"

namespace keepsake::web {

struct Route {
  http::Method method;
  std::string_view pattern;  // "/stories/{id}/edit"; a name in braces matches one segment
  std::string_view guard;    // as Guard::about says
  std::string_view about;    // one sentence
  Fields fields;             // of the body
  std::function<Later<Result<http::Response>>(Ask&, SessionGuard&)> answer;
};

// Keeps the proof for as long as the handler takes.
template <class Guard, class Page>
Later<Result<http::Response>> answer_later(Ask& ask, Guard proof, const Page& page,
                                           Later<Result<http::Response>> (Page::*handler)(Ask&, const Guard&)
                                               const) {
  co_return co_await (page.*handler)(ask, proof);
}

// `handler` is a const member function of `page`: Response handler(Ask&, const Guard&) const, or one that
// gives a Result<Response>: a refusal becomes an error page or a problem; or one that gives the result later.
template <class Guard, class Page, class Answer>
Route row(http::Method method, std::string_view pattern, std::string_view about, const Page& page,
          Answer (Page::*handler)(Ask&, const Guard&) const, Fields fields = {}) {
  return {method,
          pattern,
          Guard::about,
          about,
          fields,
          [&page, handler](Ask& ask, SessionGuard& sessions) -> Later<Result<http::Response>> {
            auto proof = sessions.admit<Guard>(ask);
            if (proof.refused()) return proof.refusal();
            if constexpr (std::same_as<Answer, Later<Result<http::Response>>>) {
              return answer_later(ask, *std::move(proof), page, handler);
            } else {
              return (page.*handler)(ask, *proof);
            }
          }};
}

// The routes, and which of them a request means.
class Router {
 public:
  explicit Router(std::vector<Route> routes);

  struct Match {
    const Route* route = nullptr;         // null: no such address, or not by this method
    std::vector<std::string> parameters;  // percent-decoded, clean UTF-8
    std::string allow;                    // the methods this address knows, if the address is known
  };
  Match find(http::Method method, std::string_view path) const;
  const std::vector<Route>& routes() const { return routes_; }
  // The pattern of the address, for logs: "/stories/{id}", or "-" where none fits.
  std::string_view pattern_of(std::string_view path) const;

 private:
  using Segments = std::vector<std::string_view>;

  std::vector<Route> routes_;
  std::vector<Segments> segments_;  // of each route's pattern
};

std::string_view method_name(http::Method method);

}  // namespace keepsake::web
