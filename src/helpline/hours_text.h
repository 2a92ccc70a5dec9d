#pragma once
// Hours as text: their parts as records have them, and whole as one writes them into a form.
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "helpline/hours.h"

namespace keepsake {

inline constexpr std::size_t most_spells = 40;  // in one list of a record

// From "00:00" to "24:00", and not from and to the same.
std::optional<Spell> parse_spell(std::string_view from, std::string_view to);
std::string clock_text(int minutes);  // "09:00"
// "mo-fr", "sa", "mo-we,fr" as the bits of WeekSpell::days; 0 for anything else.
unsigned parse_days(std::string_view text);
std::string days_text(unsigned days);

// "always", or days and times parted by semicolons, "mo-fr 09:00-17:00; sa 10:00-14:00". Refused: invalid
// (field "hours" or "zone").
Result<Hours> parse_hours(std::string_view text, const std::string& zone);
std::string hours_text(const Hours& hours);

}  // namespace keepsake
