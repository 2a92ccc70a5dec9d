#include "person/tokens.h"

#include <chrono>

#include "base/hash.h"
#include "base/random.h"
#include "base/text.h"
#include "person/person_store.h"
#include "person/token_store.h"

namespace keepsake {
namespace {

constexpr std::string_view prefix = "keepsake_";
constexpr std::size_t text_size = prefix.size() + 52;
constexpr std::chrono::hours seldom{1};

Result<std::string> label_of(std::string_view typed) {
  const std::string_view label = trim(typed);
  if (label.empty()) return std::string("token");
  if (label.size() > 80 * 4 || !is_clean_text(label) || code_points(label) > 80)
    return Refusal{Refused::invalid, "A token’s name is plain text of at most 80 characters.", "name"};
  return std::string(label);
}

}  // namespace

std::optional<TokenInfo> Tokens::find(db::Reader& reader, std::string_view text) const {
  if (text.size() != text_size || !text.starts_with(prefix)) return std::nullopt;
  return token_store::find(reader, sha256(text));
}

void Tokens::touch(const TokenInfo& token) {
  const Time now = clock_.now();
  if (token.last_used && now - *token.last_used < seldom) return;
  database_.write([&](db::Tx& tx) { token_store::touch(tx, token.id, now); });
}

Result<CreatedToken> Tokens::create(db::Tx& tx, PersonId person, std::string_view label) {
  const auto clean = label_of(label);
  if (clean.refused()) return clean.refusal();
  if (token_store::count(tx, person) >= most)
    return Refusal{Refused::conflict, "There are 50 tokens already. Please revoke one first."};
  CreatedToken created{PublicId::random(), std::string(prefix) + random_secret()};
  token_store::add(tx, created.id, person, sha256(created.text), *clean, clock_.now());
  person_store::record(tx, person, AccountEvent::token_made, clock_.now());
  return created;
}

std::vector<TokenListed> Tokens::list(db::Reader& reader, PersonId person) const {
  return token_store::list(reader, person);
}

bool Tokens::revoke(db::Tx& tx, PersonId person, const PublicId& token) {
  if (!token_store::remove(tx, person, token)) return false;
  person_store::record(tx, person, AccountEvent::token_revoked, clock_.now());
  if (on_end_) on_end_(tx);
  return true;
}

std::int64_t Tokens::revoke_all(db::Tx& tx, PersonId person) {
  if (on_end_) on_end_(tx);
  return token_store::remove_all(tx, person);
}

}  // namespace keepsake
