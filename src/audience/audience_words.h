#pragma once
// Between the words of an audience as addresses, forms and JSON carry them and the keys they stand for:
// "public", "door", "members", "followers", "circle:ID", "person:NAME", "link:ID".
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audience/grant.h"
#include "base/id.h"
#include "base/result.h"
#include "db/database.h"

namespace keepsake {

class AudienceWords {
 public:
  static constexpr std::size_t most_words = 200;  // of one story

  // What `author` may grant. A circle must be theirs, a person exist (other than themselves), a link belong
  // to `item`: a story that does not exist yet has none. Refused: invalid (field "audience").
  static Result<Key> parse(db::Reader& reader, PersonId author, const std::optional<ItemId>& item,
                           std::string_view text);
  // All of them, sorted and without doubles; also refused if there are more than most_words.
  static Result<std::vector<Key>> parse_all(db::Reader& reader, PersonId author,
                                            const std::optional<ItemId>& item,
                                            const std::vector<std::string>& texts);
  // Nothing if what the key names is no more.
  static std::optional<std::string> say(db::Reader& reader, Key key);
};

}  // namespace keepsake
