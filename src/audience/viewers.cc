#include "audience/viewers.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "audience/recent.h"
#include "audience/viewer_store.h"
#include "base/hash.h"

namespace keepsake {
namespace {

// Whom keys are read for: a person or 0, and the digest of a pass or zeros.
struct Holder {
  std::int64_t person = 0;
  Digest pass{};
  bool operator==(const Holder&) const = default;
  bool nobody() const { return *this == Holder(); }
};

struct HolderHash {
  std::size_t operator()(const Holder& holder) const noexcept {
    std::uint64_t head = 0;
    std::memcpy(&head, holder.pass.data(), sizeof head);
    return head ^ (static_cast<std::uint64_t>(holder.person) * 0x9E37'79B9'7F4A'7C15u);
  }
};

Holder holder_of(const Shown& shown) {
  Holder holder;
  if (shown.person) holder.person = shown.person->value;
  if (!shown.pass.empty()) holder.pass = sha256(shown.pass);
  return holder;
}

// The viewer who shows this and holds the keys of `keys`.
Viewer viewer_with(Viewer keys, Shown shown) {
  keys.person = shown.person;
  keys.host = shown.person && shown.host;
  keys.gate_passes = std::move(shown.gate_passes);
  return keys;
}

void add_person(db::Reader& reader, PersonId person, Viewer& viewer) {
  viewer.keys.push_back(Key::members());
  viewer.keys.push_back(Key::person(person));
  const auto room = Viewers::most_keys - std::min(Viewers::most_keys, viewer.keys.size());
  const auto circles = viewer_store::circles_of(reader, person, room);
  viewer.keys.insert(viewer.keys.end(), circles.begin(), circles.end());
}

void add_pass(db::Reader& reader, const Digest& pass, Time now, Viewer& viewer) {
  for (const auto& link : viewer_store::links_of(reader, pass, now)) {
    viewer.keys.push_back(link.key);
    viewer.keys_until = std::min({viewer.keys_until, link.pass_expires, link.expires.value_or(Time::max())});
  }
}

Viewer read_keys(db::Reader& reader, const Holder& holder, std::optional<std::uint64_t> epoch, Time now) {
  auto viewer = anonymous_viewer(epoch);
  if (holder.pass != Digest()) add_pass(reader, holder.pass, now, viewer);
  if (holder.person != 0) add_person(reader, PersonId{holder.person}, viewer);
  std::sort(viewer.keys.begin(), viewer.keys.end());
  return viewer;
}

}  // namespace

struct Viewers::Kept {
  const Epoch& epoch;
  const Clock& clock;
  Recent<Holder, std::shared_ptr<const Viewer>, HolderHash> recent;

  std::optional<Viewer> find(const Holder& holder) const {
    if (holder.nobody()) return anonymous_viewer(epoch.current());
    const auto kept = recent.find(holder);
    const bool holds = kept && epoch.still((*kept)->epoch) && clock.now() < (*kept)->keys_until;
    return holds ? std::optional(**kept) : std::nullopt;
  }

  void keep(const Holder& holder, const Viewer& viewer) {
    if (!viewer.epoch) return;
    recent.put(holder, std::make_shared<const Viewer>(viewer), viewer.keys.size() + 10);
  }
};

Viewers::Viewers(db::Database& database, const Epoch& epoch, const Clock& clock, std::size_t most_kept)
    : database_(database), kept_(new Kept{epoch, clock, decltype(Kept::recent)(most_kept)}) {}

Viewers::~Viewers() = default;

Viewer Viewers::make(Shown shown) {
  const auto holder = holder_of(shown);
  if (auto found = kept_->find(holder)) return viewer_with(std::move(*found), std::move(shown));
  const auto epoch = kept_->epoch.current();  // before what it guards is read
  const auto now = kept_->clock.now();
  auto viewer = database_.read([&](db::Reader& reader) { return read_keys(reader, holder, epoch, now); });
  kept_->keep(holder, viewer);
  return viewer_with(std::move(viewer), std::move(shown));
}

std::optional<Viewer> Viewers::known(Shown shown) const {
  auto found = kept_->find(holder_of(shown));
  if (!found) return std::nullopt;
  return viewer_with(std::move(*found), std::move(shown));
}

}  // namespace keepsake
