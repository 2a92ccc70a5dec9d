#include "photo/quotas.h"

#include "person/people.h"
#include "photo/quota_store.h"

namespace keepsake {
namespace {

std::optional<Refusal> fault_of(const std::optional<std::int64_t>& bytes) {
  if (!bytes || (*bytes >= 0 && *bytes <= Quotas::most)) return std::nullopt;
  return Refusal{Refused::invalid, "This is more than can be given, or less than nothing.", "gigabytes"};
}

}  // namespace

Kept Quotas::kept(db::Reader& reader, PersonId person) {
  return quota_store::kept(reader, person);
}

Kept Quotas::kept_by_all(db::Reader& reader) {
  return quota_store::kept_by_all(reader);
}

std::optional<std::int64_t> Quotas::standard(db::Reader& reader) {
  return quota_store::standard(reader);
}

std::optional<std::int64_t> Quotas::own(db::Reader& reader, PersonId person) {
  return quota_store::own(reader, person);
}

std::optional<std::int64_t> Quotas::of(db::Reader& reader, PersonId person) {
  const auto bytes = own(reader, person);
  return bytes ? bytes : standard(reader);
}

std::optional<Refusal> Quotas::fault(db::Reader& reader, PersonId person, std::int64_t more) {
  const auto quota = of(reader, person);
  if (!quota || kept(reader, person).bytes + more <= *quota) return std::nullopt;
  return Refusal{
      Refused::no_room,
      "The room that your photos may take here is full. Everything kept before is safe. You can remove "
      "photos that you no longer need, or ask whoever runs this place for more room.",
      "photo"};
}

Result<Done> Quotas::set_standard(const std::optional<std::int64_t>& bytes) {
  if (auto fault = fault_of(bytes)) return std::move(*fault);
  database_.write([&](db::Tx& tx) { quota_store::set_standard(tx, bytes); });
  return Done{};
}

Result<Done> Quotas::set_own(PersonId person, const std::optional<std::int64_t>& bytes) {
  if (auto fault = fault_of(bytes)) return std::move(*fault);
  return database_.write([&](db::Tx& tx) -> Result<Done> {
    if (!People::find(tx, person)) return Refusal{Refused::not_found, "There is no such person."};
    quota_store::set_own(tx, person, bytes);
    return Done{};
  });
}

}  // namespace keepsake
