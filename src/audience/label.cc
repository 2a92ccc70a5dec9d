#include "audience/label.h"

#include "base/text.h"

namespace keepsake {
namespace {

constexpr std::size_t most_code_points = 100;

Refusal refusal(std::string_view what, std::string_view sentence) {
  return {Refused::invalid, std::string(what) + std::string(sentence), "name"};
}

}  // namespace

Result<std::string> new_label(std::string_view typed, std::string_view what) {
  const auto label = trim(typed);
  if (label.empty()) return refusal(what, " needs a name.");
  if (!is_clean_text(label) || label.find_first_of("\r\n\t") != label.npos)
    return refusal(what, "’s name is one line of plain text.");
  if (code_points(label) > most_code_points) return refusal(what, "’s name can have up to 100 characters.");
  return std::string(label);
}

}  // namespace keepsake
