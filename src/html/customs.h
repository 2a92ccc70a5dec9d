#pragma once
// What a language writes in its own way: days and times, places, lists, and the order of names.
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
  // "November 2026".
  std::string month(Time time) const;
  // "22 Nov": for narrow places.
  std::string short_day(Time time) const;
  // A time of day, 0 to 1439 minutes after midnight: "11 pm", "11:30 pm", "23:00".
  std::string clock(int minutes) const;
  // "Monday" for 0 to "Sunday" for 6.
  std::string weekday(int day) const;
  // What the language calls a country (ISO 3166-1 alpha-2); the code itself where it has no name for it.
  std::string country(std::string_view code) const;
  // The city by which an IANA time zone is known: "Perth" for Australia/Perth.
  std::string city(std::string_view zone) const;
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
