#include "audience/link_rules.h"

#include "base/text.h"

namespace keepsake::link_rules {
namespace {

constexpr auto furthest_expiry = std::chrono::days(3'653);
constexpr std::size_t least_passphrase = 10;
constexpr std::size_t most_passphrase = 1'000;

Refusal passphrase_refusal(std::string sentence) {
  return {Refused::invalid, std::move(sentence), "passphrase"};
}

// A passphrase is told by voice and typed on a phone, which makes the first letter a capital and adds spaces.
std::string as_told(std::string_view typed) {
  const auto lower = ascii_lower(typed);
  std::string told;
  for (const auto word : split(trim(lower), ' ')) {
    if (word.empty()) continue;
    if (!told.empty()) told += ' ';
    told += word;
  }
  return told;
}

std::optional<Refusal> fault_of_new_passphrase(std::string_view told) {
  if (told.size() < least_passphrase)
    return passphrase_refusal(
        "Please choose a passphrase of 10 characters or more. Three words are easy to remember.");
  if (told.size() > most_passphrase || !is_clean_text(told))
    return passphrase_refusal("A passphrase is plain text of up to 1,000 characters.");
  return std::nullopt;
}

}  // namespace

Refusal ended() {
  return {Refused::gone, "This link has ended. Please ask the person who sent it."};
}

std::optional<Refusal> fault_of_expiry(const std::optional<Time>& expires, Time now) {
  if (!expires) return std::nullopt;
  if (*expires <= now)
    return Refusal{Refused::invalid, "Please choose a day that is still to come.", "expires"};
  if (*expires > now + furthest_expiry)
    return Refusal{Refused::invalid, "A link can be given up to ten years.", "expires"};
  return std::nullopt;
}

Result<std::optional<PasswordHash>> hash_of(Passwords& passwords, const std::optional<std::string>& typed) {
  if (!typed || trim(*typed).empty()) return std::optional<PasswordHash>();
  const auto told = as_told(*typed);
  if (auto fault = fault_of_new_passphrase(told)) return std::move(*fault);
  auto hash = passwords.hash(told, "");
  if (!hash.refused()) return std::optional(std::move(*hash));
  if (hash.refusal().kind == Refused::invalid)
    return passphrase_refusal("That passphrase would be easy to guess. Please choose another.");
  return hash.refusal();
}

std::optional<Refusal> fault_of_passphrase(Passwords& passwords, Attempts& attempts, const PasswordHash& hash,
                                           std::string_view typed, const std::string& subject,
                                           std::string_view address) {
  const auto told = as_told(typed.substr(0, most_passphrase));
  if (told.empty()) return passphrase_refusal("Please enter the passphrase that came with this link.");
  if (auto refusal = attempts.refusal(subject, address)) return refusal;
  const auto fits = passwords.verify(hash, told);
  if (fits.refused()) return fits.refusal();
  if (!*fits) return passphrase_refusal("That is not the passphrase of this link.");
  attempts.forgive(subject, address);
  return std::nullopt;
}

}  // namespace keepsake::link_rules
