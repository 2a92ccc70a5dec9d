#pragma once
// A person: an account with a name for addresses and a display name in any script. Values and pure rules.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/id.h"
#include "base/result.h"

namespace keepsake {

struct Person {
  PersonId id;
  std::string name;          // 2 to 32 of a-z 0-9 - _, a letter first; never changes
  std::string display_name;  // 1 to 80 code points in any script
  bool host = false;         // runs the instance
  Time created;
  std::optional<Time> suspended;       // may not sign in since then, and shares nothing meanwhile
  std::string language = {};           // of the pages, BCP 47; empty: as the browser asks
  std::optional<Time> signed_in = {};  // the day of the last sign-in, as its first moment in UTC
  std::optional<Time> removed = {};    // by a host, and suspended with it; gone for good after a while
};

// Whether `name` has the form of a name, reserved or not.
bool is_name(std::string_view name);
// What somebody typed where a name is asked for: white space and a leading @ taken off, upper case folded.
std::string typed_name(std::string_view typed);
// A new person's name, refused with a sentence if it has another form or is a word kept back ("host",
// "help").
Result<std::string> new_name(std::string_view typed);
// Trimmed; refused if empty, longer than 80 code points, not clean UTF-8, invisible, or holding characters
// that turn the direction of what stands around it (Unicode's Bidi_Control) or break the line.
Result<std::string> new_display_name(std::string_view typed);

}  // namespace keepsake
