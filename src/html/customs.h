#pragma once
// What a language writes in its own way: days, lists, and the order of names.
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"

namespace keepsake::html {

// Thread-safe. What ICU needs for it is made at its first use.
class Customs {
 public:
  explicit Customs(std::string_view language);  // BCP 47
  ~Customs();

  // "22 November 2026", in UTC, with the language's own digits.
  std::string day(Time time) const;
  // "22 Nov": for narrow places.
  std::string short_day(Time time) const;
  // "1.2 GB": with a digit after the point below ten, in steps of a thousand. `bytes` 0 or more.
  std::string size(std::int64_t bytes) const;
  // "12,345".
  std::string number(std::int64_t number) const;
  // "Mere, Tane and whoever has the link"; "" for none.
  std::string list(const std::vector<std::string>& parts) const;
  // Whether `left` stands before `right` in a list of names (Unicode UTS 10 with the language's tailoring).
  bool before(std::string_view left, std::string_view right) const;

 private:
  struct Made;
  const std::string language_;
  const std::unique_ptr<Made> made_;
};

}  // namespace keepsake::html
