#pragma once
// How much room each person's photos take, and how much they may.
#include <cstdint>
#include <optional>

#include "base/id.h"
#include "base/result.h"
#include "db/database.h"

namespace keepsake {

// Originals and renditions together, before they are encrypted.
struct Kept {
  std::int64_t photos = 0;
  std::int64_t bytes = 0;
  bool operator==(const Kept&) const = default;
};

class Quotas {
 public:
  static constexpr std::int64_t most = 1'000'000'000'000'000;

  explicit Quotas(db::Database& database) : database_(database) {}

  static Kept kept(db::Reader& reader, PersonId person);
  static Kept kept_by_all(db::Reader& reader);
  // In bytes; none: as much as the disk holds.
  static std::optional<std::int64_t> standard(db::Reader& reader);
  // A person's own, which counts before the standard one.
  static std::optional<std::int64_t> own(db::Reader& reader, PersonId person);
  static std::optional<std::int64_t> of(db::Reader& reader, PersonId person);
  // Why `more` bytes do not fit (no_room); nothing if they do. What others hold never matters.
  static std::optional<Refusal> fault(db::Reader& reader, PersonId person, std::int64_t more);

  // 0 to `most`; none takes it away. Less than is kept already removes nothing. Refused: invalid (field
  // "gigabytes"); for a person also not_found.
  Result<Done> set_standard(const std::optional<std::int64_t>& bytes);
  Result<Done> set_own(PersonId person, const std::optional<std::int64_t>& bytes);

 private:
  db::Database& database_;
};

}  // namespace keepsake
