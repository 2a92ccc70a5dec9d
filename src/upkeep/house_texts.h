#pragma once
// What the host says in their own words. Where they have said nothing, the program's own words stand.
#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "audience/epoch.h"
#include "base/clock.h"
#include "base/result.h"
#include "db/database.h"

namespace keepsake {

// How to reach the host; what they promise to whom keeps something here; what ends every story.
enum class HouseText : std::int64_t { contact = 0, privacy = 1, help = 2 };

struct OwnText {
  std::string lang;  // BCP 47
  std::string body;  // Markdown
  Time changed;
};

// Thread-safe.
class HouseTexts {
 public:
  static constexpr std::size_t most_characters = 20'000;

  HouseTexts(db::Database& database, Epoch& epoch, const Clock& clock)
      : database_(database), epoch_(epoch), clock_(clock) {}

  // Null while the host has said nothing. Asks the database only after something has changed.
  std::shared_ptr<const OwnText> find(HouseText kind);
  // An empty body takes the text away. Pages that were kept with the former end with it. `lang` is a tag that
  // the caller knows. Refused: invalid (field "body").
  Result<Done> set(HouseText kind, std::string_view lang, std::string_view body);

 private:
  using All = std::array<std::shared_ptr<const OwnText>, 3>;
  struct Kept {
    std::optional<std::uint64_t> epoch;
    All texts;
  };
  All all();

  db::Database& database_;
  Epoch& epoch_;
  const Clock& clock_;
  std::mutex mutex_;
  Kept kept_;
};

}  // namespace keepsake
