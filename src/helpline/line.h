#pragma once
// A helpline: what data/helplines/ says of it and on whose word (docs/helplines.md).
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "helpline/hours.h"
#include "helpline/topic.h"

namespace keepsake {

// How one gets through.
enum class Means : std::uint8_t { call, text, chat, mail, web };
std::string_view word_of(Means means);  // "call", "text", "chat", "mail", "web"
std::optional<Means> parse_means(std::string_view word);

struct Channel {
  Means means = Means::call;
  std::string number;  // exactly as published; of chat and web the address as it is shown to people
  // What a telephone dials (digits, an international "+" only where the provider publishes one), the https
  // address that a browser opens, or the mail address.
  std::string dial;
  std::string vanity = {};          // the same number in letters: "0800 LIFELINE"
  std::string keyword = {};         // what to write in the text message
  std::optional<Hours> hours = {};  // where they are not those of the line

  // "tel:", "sms:" with the keyword filled in (RFC 5724 and what telephones take), "mailto:" or "https://".
  std::string address() const;
};

// Where a record comes from.
struct Source {
  std::string address;  // http or https
  std::string says;     // the date that the text itself bears: "2025-03-31", "2025-03", "2025", or ""
  std::string read;     // the day it was read: "2026-11-24"
  std::string quote;    // its words that carry number and hours
  bool own = false;     // the provider's
  bool copy = false;    // what was read is a stored copy, which may be older than that day
};

enum class Sure : std::uint8_t { provider, two, one };
std::string_view word_of(Sure sure);  // "provider", "two", "one"
std::optional<Sure> parse_sure(std::string_view word);

struct Line {
  std::string id;                    // "nz-lifeline"
  std::string country;               // ISO 3166-1 alpha-2; "XX": everywhere
  std::vector<std::string> regions;  // where the line serves only parts of it
  std::string name;                  // as the provider writes it
  Topics topics;
  bool general = false;    // listens to anyone about anything
  bool emergency = false;  // the emergency number
  std::string who;         // whom it is for, if not everyone
  std::optional<int> age_from, age_to;
  std::vector<Channel> channels;  // at least one
  std::optional<Hours> hours;     // absent: not published
  std::string cost;
  std::vector<std::string> languages;  // BCP 47
  std::vector<Source> sources;         // at least one
  Sure sure = Sure::one;
  std::string differs;  // where sources disagree: how, and which was taken

  // Those of the channel, else of the line; null: not published.
  const Hours* hours_of(const Channel& channel) const;
  // The source that a reader is pointed to: the provider's own before others', then the newest.
  const Source& main_source() const;
  // Up to when what stands here is known to have held: the date that the main source bears, or the day it was
  // read where it bears none.
  const std::string& checked() const;
};

// The first day of "2025-03-31", "2025-03" or "2025"; nothing for anything else.
std::optional<std::chrono::sys_days> first_day(std::string_view date);

}  // namespace keepsake
