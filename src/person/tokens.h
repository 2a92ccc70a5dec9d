#pragma once
// Personal tokens, with which programs act as a person: `Authorization: Bearer keepsake_...`. Only the
// SHA-256 is kept.
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "base/result.h"
#include "db/database.h"

namespace keepsake {

using TokenId = RowId<struct TokenTag>;

// What a request needs of its token, in one query.
struct TokenInfo {
  TokenId id;
  PersonId person;
  std::string name;
  std::string display_name;
  bool host = false;
  std::optional<Time> last_used;
  std::string language;  // the person's choice, or empty
};

struct TokenListed {
  PublicId id;
  std::string label;
  Time created;
  std::optional<Time> last_used;
};

struct CreatedToken {
  PublicId id;
  std::string text;  // "keepsake_" and 52 characters; shown this once
};

class Tokens {
 public:
  static constexpr int most = 50;  // a person

  Tokens(db::Database& database, const Clock& clock) : database_(database), clock_(clock) {}

  // Nothing if the token was revoked, never was, or its person is suspended.
  std::optional<TokenInfo> find(db::Reader& reader, std::string_view text) const;
  // Notes the use; writes at most once an hour.
  void touch(const TokenInfo& token);

  // `label`: 1 to 80 code points of clean text (empty: "token"). Refused: invalid; conflict past 50.
  Result<CreatedToken> create(db::Tx& tx, PersonId person, std::string_view label);
  // The newest first.
  std::vector<TokenListed> list(db::Reader& reader, PersonId person) const;
  // Whether the person had such a token.
  bool revoke(db::Tx& tx, PersonId person, const PublicId& token);
  std::int64_t revoke_all(db::Tx& tx, PersonId person);
  // As Sessions::on_end, for tokens that are revoked.
  void on_end(std::function<void(db::Tx&)> act) { on_end_ = std::move(act); }

 private:
  db::Database& database_;
  const Clock& clock_;
  std::function<void(db::Tx&)> on_end_;
};

}  // namespace keepsake
