#pragma once
// A form that came after its session had ended: the sign-in page carries what was typed through, and gives it
// back once the person has signed in. Until then it stands in that page alone and is kept nowhere here.
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "http/message.h"
#include "web/input.h"
#include "web/route.h"

namespace keepsake::web {

struct CarriedForm {
  static constexpr std::size_t most_bytes = 1280 * 1024;     // of names and values
  static constexpr std::size_t most_text = 2 * 1024 * 1024;  // as text()
  static constexpr std::uint64_t most_whole = 32u << 20;     // of a body with files, which are dropped

  std::string action;  // the path it was sent to
  Pairs fields;
  bool had_files = false;
  bool look = false;  // it is shown again before anything is done

  std::string text() const;
  static std::optional<CarriedForm> parse(std::string_view text);
};

// What `request` typed into the form of `route`. Nothing if it is no form, holds a password, or is larger
// than can be carried.
std::optional<CarriedForm> carry(http::Request& request, const Route& route);

}  // namespace keepsake::web
