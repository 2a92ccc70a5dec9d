#include "person/setup.h"

#include "base/hash.h"
#include "base/random.h"
#include "person/one_time_store.h"
#include "person/person_store.h"

namespace keepsake {
namespace {

using one_time_store::LinkKind;
constexpr int links_kept = 5;

Refusal link_ended() {
  return {Refused::gone, "This link has ended. The newest one stands where Keepsake was started."};
}

}  // namespace

bool Setup::needed(db::Reader& reader) {
  return !person_store::any_host(reader);
}

std::string Setup::make_link(db::Tx& tx) {
  const std::string secret = random_secret();
  one_time_store::add_link(tx, LinkKind::setup, sha256(secret), std::nullopt, clock_.now(), std::nullopt);
  one_time_store::keep_newest(tx, LinkKind::setup, links_kept);
  return secret;
}

bool Setup::link_works(db::Reader& reader, std::string_view secret) {
  return needed(reader) &&
         one_time_store::find_link(reader, LinkKind::setup, sha256(secret), Time()).has_value();
}

Result<PersonId> Setup::complete(std::string_view secret, const NewPerson& host, std::string_view address) {
  if (auto refusal = attempts_.refusal("setup", address)) return std::move(*refusal);
  if (!database_.read([&](db::Reader& reader) { return link_works(reader, secret); })) return link_ended();
  const auto name = new_name(host.name);
  if (name.refused()) return name.refusal();
  const auto hash = passwords_.hash(host.password, *name);
  if (hash.refused()) return hash.refusal();
  return database_.write([&](db::Tx& tx) -> Result<PersonId> {
    if (!link_works(tx, secret)) return link_ended();
    auto person = people_.add(tx, *name, host.display_name, *hash, true);
    if (!person.refused()) one_time_store::remove_links(tx, LinkKind::setup);
    return person;
  });
}

bool Setup::phrase_confirmed(db::Reader& reader) {
  return one_time_store::phrase_confirmed(reader);
}

void Setup::confirm_phrase(db::Tx& tx) {
  one_time_store::confirm_phrase(tx, clock_.now());
}

}  // namespace keepsake
